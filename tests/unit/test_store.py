"""Rows count only once their source is named; whatever happens before leaves the old state."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from cspnb.errors import StoreError
from cspnb.schemas import TABLES
from cspnb.store import Store, new_source_id
from cspnb.store.delta import address_of

REPO = Path(__file__).parents[2]


def offences(source_id, count=2, *, month="2020-04", force="leicestershire", lsoa="E01025631"):
    row = {"source_id": source_id, "force": force, "month": month, "crime_type": "Burglary"}
    text = dict.fromkeys(TABLES["offences"].columns) | row
    text |= {"lsoa_code": lsoa, "lsoa_name": None if lsoa is None else "Blaby 002A"}
    frame = pd.DataFrame([text] * count).astype("str")
    return frame.astype({"longitude": float, "latitude": float})


def outcomes(source_id, count=1):
    frame = offences(source_id, count).assign(outcome="Under investigation")
    return frame[list(TABLES["outcomes"].columns)]


def source(source_id, rows=2, **given):
    counts = ["rows_copied", "rows_rejected", "rows_placed", "rows_named"]
    return {
        "source_id": source_id,
        "table": "offences",
        "publisher": "data.police.uk",
        "licence": "Open Government Licence v3.0",
        "file_name": "2020-04-leicestershire-street.csv",
        "sha256": source_id * 2,
        "rows_digest": source_id,
        "force": "leicestershire",
        "month": "2020-04",
        "rows_read": rows,
        "rows_stored": rows,
        "rows_unplaced": rows,
        "is_sample": False,
        **dict.fromkeys(counts, 0),
        **given,
    }


def put(store, rows=2, *, lsoa="E01025631", **given):
    """One source of `offences`, taken in whole."""
    name = new_source_id()
    origin = {key: given[key] for key in ("month", "force") if key in given}
    with store.batch() as batch:
        batch.append("offences", [offences(name, rows, lsoa=lsoa, **origin)])
        batch.name([source(name, rows, **given)])
    return name


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "a store"))


def test_an_empty_store_gives_empty_tables_with_their_columns(store):
    assert not store.exists()
    assert store.is_sample() is None
    assert store.versions() == {}
    for name, table in TABLES.items():
        assert list(store.read(name).columns) == list(table.columns)
        assert store.read(name).empty
    assert list(store.cells([]).columns)[-1] == "count"


def test_reading_an_empty_store_makes_no_folder(tmp_path):
    Store(str(tmp_path / "nothing")).read("offences")
    assert not (tmp_path / "nothing").exists()


def test_rows_are_read_back_as_they_were_taken_in(store):
    name = put(store)
    pd.testing.assert_frame_equal(store.read("offences"), offences(name))
    assert store.sources()["rows_stored"].to_list() == [2]
    assert store.exists()
    assert store.is_sample() is False


class Killed(BaseException):
    """Stands for a key pressed or a signal: no ordinary exception."""


@pytest.mark.parametrize("point", ["before", "in the frames", "between tables", "before naming"])
@pytest.mark.parametrize("failure", [ValueError, Killed])
def test_a_batch_that_raises_anywhere_leaves_the_old_state(store, point, failure):
    first = put(store)

    def frames(name):
        yield offences(name)
        if point == "in the frames":
            raise failure("x" * 10)

    with pytest.raises(failure, match="x" * 10), store.batch() as batch:
        name = new_source_id()
        if point == "before":
            raise failure("x" * 10)
        batch.append("offences", frames(name))
        if point == "between tables":
            raise failure("x" * 10)
        other = new_source_id()
        batch.append("outcomes", [outcomes(other)])
        if point == "before naming":
            raise failure("x" * 10)
        batch.name([source(name), source(other, 1, table="outcomes", month="2020-05")])

    assert set(store.read("offences")["source_id"]) == {first}
    assert store.read("outcomes").empty
    assert len(store.sources()) == 1


CHILD = """
import os, sys
from tests.unit import test_store as t
store, point = t.Store(sys.argv[1]), sys.argv[2]
name, other = t.new_source_id(), t.new_source_id()
def frames():
    yield t.offences(name)
    if point == "in the frames": os._exit(9)
with store.batch() as batch:
    batch.append("offences", frames())
    if point == "between tables": os._exit(9)
    batch.append("outcomes", [t.outcomes(other)])
    batch.name([t.source(name), t.source(other, 1, table="outcomes")])
    if point == "before the sources": os._exit(9)
"""


@pytest.mark.parametrize("point", ["in the frames", "between tables", "before the sources"])
def test_a_process_killed_between_two_writes_leaves_the_old_state(store, point):
    first = put(store, month="2020-03")
    child = [sys.executable, "-c", CHILD, store.address, point]
    assert subprocess.run(child, cwd=REPO, check=False).returncode == 9
    assert set(store.read("offences")["source_id"]) == {first}
    assert store.read("outcomes").empty


def test_the_rows_of_a_killed_batch_stay_unseen_after_a_second_try(store):
    child = [sys.executable, "-c", CHILD, store.address, "before the sources"]
    assert subprocess.run(child, cwd=REPO, check=False).returncode == 9
    name = put(store)
    assert store.read("offences")["source_id"].to_list() == [name, name]
    assert store.cells([name])["count"].to_list() == [2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"month": "2020-4"}, "'month' holds '2020-4'"),
        ({"lsoa_code": "Blaby 002A"}, "'lsoa_code' holds 'Blaby 002A'"),
        ({"crime_type": None}, "'crime_type' holds missing"),
        ({"longitude": "west"}, "'longitude' holds 'west': it should be float64"),
        ({"colour": "blue"}, "'colour' is not in the contract"),
    ],
)
def test_a_frame_that_breaks_its_contract_is_refused_by_table_column_and_value(
    store, change, message
):
    frame = offences(new_source_id()).assign(**change)
    with pytest.raises(StoreError, match="table offences") as refused, store.batch() as batch:
        batch.append("offences", [frame])
    assert message in refused.value.what
    assert store.read("offences").empty


def test_a_frame_without_a_column_is_refused(store):
    frame = offences(new_source_id()).drop(columns="context")
    with pytest.raises(StoreError, match="'context' is missing"), store.batch() as batch:
        batch.append("offences", [frame])


def test_rows_that_no_source_names_are_refused(store):
    with pytest.raises(StoreError, match="brought 2 rows"), store.batch() as batch:
        batch.append("offences", [offences(new_source_id())])
    assert store.read("offences").empty


def test_a_source_that_states_other_rows_than_it_brought_is_refused(store):
    name = new_source_id()
    with pytest.raises(StoreError, match="is said to bring 3"), store.batch() as batch:
        batch.append("offences", [offences(name)])
        batch.name([source(name, 3)])
    assert not store.exists()


def test_an_unknown_table_or_column_is_refused(store):
    with pytest.raises(StoreError, match="no table 'crimes'"):
        store.read("crimes")
    with pytest.raises(StoreError, match="no column 'ward'"):
        store.read("offences", where={"ward": ["x"]})


@pytest.mark.parametrize("held", [True, False])
def test_sample_and_real_data_never_mix(store, held):
    put(store, is_sample=held)
    with pytest.raises(StoreError, match="never mix"):
        put(store, is_sample=not held, month="2020-05")
    assert store.is_sample() is held
    assert len(store.read("offences")) == 2


def test_sample_and_real_data_never_mix_within_one_batch(store):
    names = [new_source_id(), new_source_id()]
    with pytest.raises(StoreError, match="never mix"), store.batch() as batch:
        batch.append("offences", [offences(name) for name in names])
        batch.name([source(names[0], is_sample=True), source(names[1], is_sample=False)])


def test_recorded_versions_read_the_store_as_it_was(store):
    first = put(store, month="2020-03")
    then = store.versions()
    put(store, month="2020-04")

    as_it_was = Store(store.address, versions=then)
    assert set(as_it_was.read("offences")["source_id"]) == {first}
    assert as_it_was.versions() == then
    assert as_it_was.read("geography").empty
    assert len(store.read("offences")) == 4


def test_recorded_versions_cannot_be_written_to(store):
    put(store)
    with pytest.raises(StoreError, match="read only"):
        put(Store(store.address, versions=store.versions()))


def test_a_version_that_is_gone_is_an_error_and_no_empty_table(store):
    put(store)
    with pytest.raises(StoreError, match="version 99"):
        Store(store.address, versions={"sources": 99}).sources()


def test_reading_picks_columns_sources_and_values(store):
    march, april = put(store, 1, month="2020-03"), put(store, 3, month="2020-04")
    assert len(store.read("offences", source_ids=[april])) == 3
    picked = store.read("offences", columns=["month"], where={"month": ["2020-03"]})
    assert picked.to_dict("list") == {"month": ["2020-03"]}
    assert store.read("sources", source_ids=[march], columns=["rows_stored"]).size == 1


def test_cells_count_records_by_source_force_month_type_and_lsoa(store):
    one = put(store, 3, month="2020-03")
    two = put(store, 2, month="2020-04", lsoa=None)
    cells = store.cells([one, two])
    assert cells["count"].sum() == 5
    by_source = cells.set_index("source_id")
    assert by_source.loc[one, "count"] == 3
    assert by_source.loc[one, "lsoa_code"] == "E01025631"
    assert by_source.loc[two, "count"] == 2
    assert pd.isna(by_source.loc[two, "lsoa_code"])
    assert store.cells([one, two], months=["2020-04"])["count"].to_list() == [2]
    assert store.cells([one])["count"].to_list() == [3]


def test_two_ingests_at_once_both_count(store):
    names = [new_source_id(), new_source_id()]
    with store.batch() as one, store.batch() as two:
        for batch, name, month in zip((one, two), names, ("2020-03", "2020-04"), strict=True):
            batch.append("offences", [offences(name, month=month)])
            batch.name([source(name, month=month)])
    assert set(store.sources()["source_id"]) == set(names)
    assert len(store.read("offences")) == 4


def test_two_ingests_at_once_of_one_force_and_month_do_not_both_count(store):
    with pytest.raises(StoreError, match="another ingest"), store.batch() as late:
        name = new_source_id()
        late.append("offences", [offences(name)])
        late.name([source(name)])
        put(store)
    assert len(store.sources()) == 1


def test_sources_are_listed_in_the_order_they_were_named(store):
    names = [put(store, month=f"2020-{month:02d}") for month in range(1, 7)]
    assert store.sources()["source_id"].to_list() == names


def test_a_batch_of_nothing_changes_nothing(store):
    with store.batch() as batch:
        batch.append("offences", [])
        batch.name([])
    assert store.versions() == {}


def test_old_versions_are_kept_for_ever(store):
    put(store)
    log = Path(store.address) / "sources" / "_delta_log" / f"{0:020d}.json"
    assert '"delta.enableExpiredLogCleanup":"false"' in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("s3://bucket/csp", "s3://bucket/csp/offences"),
        ("az://box/csp/", "az://box/csp/offences"),
    ],
)
def test_an_object_stores_address_is_passed_on_as_it_is(address, table):
    assert address_of(address, "offences") == table
