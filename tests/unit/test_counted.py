"""Offences are counted as they come in: what a reader adds up is what was taken in."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from cspnb.errors import StoreError
from cspnb.schemas import OFFENCES
from cspnb.store import Near, Store, new_source_id
from cspnb.store.contract import arrow_schema
from tests.unit.test_store import offences, put, source

LSOAS = {"E01025631": "Blaby 002A", "E01025700": "Harborough 001A", None: None}


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def take(store, *, month="2020-04", force="leicestershire", **counts):
    """One file: so many offences in each LSOA, as an Arrow table with coded text."""
    name = new_source_id()
    parts = [
        offences(name, count, month=month, force=force, lsoa=code).assign(lsoa_name=lsoa)
        for (code, lsoa), count in zip(LSOAS.items(), counts.values(), strict=False)
        if count
    ]
    rows = arrow(pd.concat(parts, ignore_index=True))
    with store.batch() as batch:
        batch.append("offences", [rows])
        batch.name([source(name, len(rows), month=month, force=force)])
    return name


def arrow(frame):
    table = pa.Table.from_pandas(frame.astype({"context": "str"}), preserve_index=False)
    table = table.cast(arrow_schema(OFFENCES))
    coded = table["lsoa_code"].dictionary_encode()
    return table.set_column(table.column_names.index("lsoa_code"), "lsoa_code", coded)


def test_cells_and_tallies_add_up_to_the_rows_taken_in(store):
    name = take(store, blaby=3, harborough=2, nowhere=1)
    cells = store.cells([name]).set_index("lsoa_name", drop=False)["count"]
    assert (cells["Blaby 002A"], cells["Harborough 001A"], cells.sum()) == (3, 2, 6)
    assert store.tallies([name])[["crime_type", "count"]].values.tolist() == [["Burglary", 6]]


def test_cells_near_a_district_come_from_every_forces_files(store):
    """By its LSOAs' codes, or by the district that their names begin with."""
    names = [take(store, blaby=3, harborough=2), take(store, force="kent", blaby=1, harborough=4)]
    by_code = Near(frozenset({"E01025700"}), frozenset())
    by_name = Near(frozenset(), frozenset({"Harborough"}))
    for near in (by_code, by_name):
        cells = store.cells(names, near=near)
        assert set(cells["lsoa_code"]) == {"E01025700"}
        assert cells.set_index("force")["count"].to_dict() == {"leicestershire": 2, "kent": 4}


def test_offences_taken_in_before_there_were_counts_are_counted_when_asked_for(store):
    old = take(store, month="2020-03", blaby=3, harborough=2)
    for table in ("cells", "tallies"):
        shutil.rmtree(Path(store.address) / table)
    new = take(store, month="2020-04", blaby=1, harborough=7)
    assert store.cells([old, new]).groupby("source_id")["count"].sum()[[old, new]].tolist() == [
        5,
        8,
    ]
    tallies = store.tallies([old, new]).set_index("source_id")["count"]
    assert tallies[[old, new]].tolist() == [5, 8]


def test_counts_of_a_batch_that_fails_are_not_seen(store):
    first = put(store, month="2020-03")
    with pytest.raises(StoreError, match="brought 2 rows"), store.batch() as batch:
        batch.append("offences", [offences(new_source_id())])
    assert store.cells([first])["count"].sum() == 2
    assert len(store.read("tallies")) == 1


def test_a_batch_that_fails_leaves_no_file_behind(store):
    put(store)
    before = set(Path(store.address).rglob("*.parquet"))
    with pytest.raises(ValueError, match="x"), store.batch() as batch:
        batch.append("offences", [offences(new_source_id(), 5)])
        raise ValueError("x")
    assert set(Path(store.address).rglob("*.parquet")) == before


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("month", ["2020-04", "2020-4"], "'month' holds '2020-4'"),
        ("lsoa_code", [None, "Blaby 002A"], "'lsoa_code' holds 'Blaby 002A'"),
        ("crime_type", ["Burglary", None], "'crime_type' holds missing"),
        ("longitude", ["west", "east"], "'longitude' holds string: it should be float64"),
    ],
)
def test_arrow_rows_are_held_to_the_contract_as_frames_are(store, column, values, message):
    rows = arrow(offences(new_source_id()))
    place = rows.column_names.index(column)
    rows = rows.set_column(place, column, pa.array(values))
    with pytest.raises(StoreError, match="table offences") as refused, store.batch() as batch:
        batch.append("offences", [rows])
    assert message in refused.value.what
    assert not store.exists()


def test_arrow_rows_without_a_column_are_refused(store):
    rows = arrow(offences(new_source_id())).drop_columns(["context"])
    with pytest.raises(StoreError, match="'context' is missing"), store.batch() as batch:
        batch.append("offences", [rows])


def test_rows_of_several_forces_in_one_frame_are_kept_apart(store):
    name, other = new_source_id(), new_source_id()
    mixed = pd.concat([offences(name), offences(other, 3, force="kent")], ignore_index=True)
    with store.batch() as batch:
        batch.append("offences", [mixed])
        batch.name([source(name), source(other, 3, force="kent")])
    assert store.read("offences")["force"].value_counts().to_dict() == {
        "kent": 3,
        "leicestershire": 2,
    }


def test_a_text_too_long_for_the_files_own_statistics_is_still_found(store):
    name, long = new_source_id(), "x" * 5000
    with store.batch() as batch:
        batch.append("offences", [offences(name).assign(location=long)])
        batch.name([source(name)])
    assert len(store.read("offences", where={"location": [long]})) == 2


def test_a_file_in_the_store_tells_readers_what_it_holds(store):
    """So that a reader of one month leaves the files of others unopened."""
    put(store, month="2020-03")
    log = Path(store.address) / "offences" / "_delta_log" / f"{1:020d}.json"
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    [added] = [line["add"] for line in lines if "add" in line]
    stats = json.loads(added["stats"])
    assert added["partitionValues"] == {"force": "leicestershire"}
    assert (stats["numRecords"], stats["minValues"]["month"]) == (2, "2020-03")
    assert stats["nullCount"]["crime_id"] == 2
