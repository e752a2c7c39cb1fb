"""A council's cases of anti-social behaviour: date, type, status and place are wanted.

The file is made by tests/extract_files.py: there is no national layout, and this is no council's.
"""

import csv
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import council_asb, force_extract
from cspnb.store import Store
from tests.extract_files import COUNCIL, FORCE, council_rows, force_rows, records, write_csv
from tests.hostile import Good, refused, twins, with_byte_order_mark


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def without(*fields):
    columns = {field: names for field, names in COUNCIL.columns.items() if field not in fields}
    dropped = tuple(COUNCIL.column(field) for field in fields)
    return replace(COUNCIL, columns=columns, ignore=(*COUNCIL.ignore, *dropped))


def test_every_case_is_counted_in_the_month_it_was_opened(tmp_path, store):
    path = write_csv(council_rows(records(2500, seed=7)), tmp_path / "cases.csv")
    taken = council_asb.ingest([path], store, mapping=COUNCIL)

    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    rows = store.read("supplied_records")
    assert rows["month"].value_counts().to_dict() == Counter(x["Opened on"][:7] for x in lines)
    assert rows["category"].value_counts().to_dict() == Counter(x["Category"] for x in lines)
    assert rows["status"].value_counts().to_dict() == Counter(x["State"] for x in lines)
    area = "Lower super output area"
    assert rows["lsoa_code"].value_counts().to_dict() == Counter(x[area] for x in lines if x[area])
    assert set(rows["kind"]) == {"case"}
    assert list(taken.sources["rows_stored"]) == [2500]
    assert council_asb.ingest([path], store, mapping=COUNCIL).unchanged == ("cases.csv",)


def test_cases_and_offences_of_the_same_months_stand_side_by_side(tmp_path, store):
    made = records(60, seed=8, days=60)
    cases = write_csv(council_rows(made), tmp_path / "cases.csv")
    offences = write_csv(force_rows(made), tmp_path / "offences.csv")
    council_asb.ingest([cases], store, mapping=COUNCIL)
    force_extract.ingest([offences], store, mapping=FORCE)
    spoken = council_asb.in_force(store.read("supplied_records"), store.sources())
    assert spoken["stream"].value_counts().to_dict() == {"council-asb": 60, "force-extract": 60}


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        (without("status"), "no column is mapped to status"),
        (without("lsoa", "easting", "northing"), "no column says where a case is"),
        (replace(COUNCIL, kind="incident"), "of kind 'incident', and this source takes case"),
    ],
)
def test_a_mapping_that_leaves_out_what_is_wanted_is_refused(tmp_path, store, mapping, says):
    path = write_csv(council_rows(records(5)), tmp_path / "cases.csv")
    with pytest.raises(IngestError) as caught:
        council_asb.ingest([path], store, mapping=mapping)
    assert says in str(caught.value)
    assert "params/partnerships/harborough.yml, extract 'council-asb'" in str(caught.value)
    assert not store.exists()


@pytest.mark.parametrize("place", [("lsoa",), ("easting", "northing")])
def test_either_the_lsoa_or_coordinates_will_do(tmp_path, store, place):
    path = write_csv(council_rows(records(30, days=30)), tmp_path / "cases.csv")
    council_asb.ingest([path], store, mapping=without(*place))
    assert len(store.read("supplied_records")) == 30


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ("Opened on", "every record needs one (from)"),
        ("Category", "every record needs one (type)"),
        ("State", "every record needs one (status)"),
    ],
)
def test_a_case_without_date_type_or_status_is_refused_by_line(tmp_path, store, column, says):
    rows = council_rows(records(30, days=30))
    rows[3][column] = ""
    path = write_csv(rows, tmp_path / "cases.csv")
    error = refused(lambda p: council_asb.ingest([p], store, mapping=COUNCIL), path, store)
    assert says in str(error)
    assert f"line 5, column '{column}'" in str(error)


def test_the_tenants_name_among_the_columns_is_refused_though_it_is_ignored(tmp_path, store):
    rows = [
        row | {"Tenant name": "Ottoline Bellweather"} for row in council_rows(records(30, days=30))
    ]
    path = write_csv(rows, tmp_path / "cases.csv")
    mapping = replace(COUNCIL, ignore=("Town", "Tenant name"))
    error = refused(lambda p: council_asb.ingest([p], store, mapping=mapping), path, store)
    assert "'Tenant name' (names of people, such as 'O… B…')" in str(error)


GOOD = Good(
    pd.DataFrame(council_rows(records(40, seed=5, days=50)), dtype="str"),
    number="East",
    required="Opened on",
)


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    earlier = council_rows(records(20, seed=9, start="2010-01-01", days=20))
    council_asb.ingest([write_csv(earlier, tmp_path / "earlier.csv")], store, mapping=COUNCIL)
    for wrong, path in twins(GOOD, tmp_path / "twins"):
        error = refused(
            lambda path: council_asb.ingest([path], store, mapping=COUNCIL), path, store
        )
        assert error.remedy or wrong == "huge value", wrong


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = council_asb.ingest([with_byte_order_mark(GOOD, tmp_path)], store, mapping=COUNCIL)
    assert list(taken.sources["rows_stored"]) == [40]
