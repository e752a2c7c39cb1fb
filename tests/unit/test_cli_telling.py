"""What an ingest says it has done: a line a file, figures that are true, part files named."""

from types import SimpleNamespace

import pandas as pd
import pytest

from cspnb.cli.telling import told
from cspnb.schemas import TABLES

EVERY_TYPE = (
    "Anti-social behaviour; Bicycle theft; Burglary; Criminal damage and arson; Drugs; "
    "Other crime; Other theft; Robbery; Shoplifting; Vehicle crime"
)
WHOLE = {"types_seen": EVERY_TYPE, "districts_seen": "Barnet; Brent"}
PART = {"types_seen": "Burglary", "districts_seen": "Barnet"}


def _source(name, table="geography", **others):
    """A row of `sources`: 348 rows read and 696 stored, unless said otherwise."""
    counts = {each: 0 for each in ("rows_copied", "rows_rejected", "rows_unplaced")}
    named = {"file_name": name, "member": None, "sha256": name, "table": table}
    rows = {"rows_read": 348, "rows_stored": 696, "rejections": None}
    return dict.fromkeys(TABLES["sources"].columns) | counts | named | rows | others


def _street(month, holding):
    about = {"force": "metropolitan", "month": month, "rows_read": 361, "rows_stored": 360}
    return _source(f"{month}-metropolitan-street.csv", "offences", **about, **holding)


def _told(*sources, unchanged=(), ignored=()):
    columns = list(TABLES["sources"].columns)
    frame = pd.DataFrame(list(sources), columns=columns)
    return told(SimpleNamespace(sources=frame, unchanged=unchanged, ignored=ignored))


def test_rows_that_bring_several_are_not_told_as_a_share_of_those_read():
    assert _told(_source("lookup.csv"))[0] == "taken in   lookup.csv: 696 stored from 348 rows read"


def test_a_file_of_two_tables_is_one_line_and_one_file():
    lines = _told(_source("a.csv"), _source("b.csv"), _source("a.csv", "places", rows_stored=1_705))

    assert lines == [
        "taken in   a.csv: geography: 696 stored from 348 rows read; "
        "places: 1,705 stored from 348 rows read",
        "taken in   b.csv: 696 stored from 348 rows read",
        "2 files taken in, 0 unchanged.",
    ]


def test_files_of_one_name_in_two_archives_are_two_files():
    twice = [_source("a.zip", member="x/street.csv", sha256=each) for each in ("1", "2")]

    assert _told(*twice)[-1] == "2 files taken in, 0 unchanged."


@pytest.mark.parametrize(
    ("copied", "said"), [(1, "1 copy left out"), (1_200, "1,200 copies left out")]
)
def test_one_is_told_as_one(copied, said):
    lines = _told(_source("a.csv", rows_read=1, rows_stored=1, rows_copied=copied))

    assert lines == [
        f"taken in   a.csv: 1 stored from 1 row read, {said}",
        "1 file taken in, 0 unchanged.",
    ]


def test_what_is_rejected_is_told_with_its_reasons():
    [line, _] = _told(_source("a.csv", rows_rejected=3, rejections="no month (3)"))

    assert line.endswith("read, 3 rejected, no month (3)")


def test_files_unchanged_and_passed_by_are_told():
    assert _told(unchanged=("a.csv",), ignored=("notes.txt",)) == [
        "unchanged  a.csv: the store holds these rows already",
        "passed by  notes.txt: not a file of this kind",
        "0 files taken in, 1 unchanged.",
    ]


def test_a_street_file_of_a_part_says_which_part():
    whole, part, _ = _told(_street("2014-01", WHOLE), _street("2014-02", PART))

    assert whole.endswith("360 stored from 361 rows read")
    assert part.endswith("read, speaks only for Burglary in Barnet")


def test_a_declared_part_is_told_and_a_file_declared_whole_is_not():
    declared = PART | {"declared_types": "all", "declared_areas": "Barnet"}
    everything = PART | {"declared_types": "all", "declared_areas": "all"}

    one, other, _ = _told(_street("2014-01", declared), _street("2014-02", everything))

    assert one.endswith("speaks only for every crime type in Barnet")
    assert "speaks" not in other


def test_many_files_of_one_part_are_told_together():
    lines = _told(*(_street(f"2014-0{month}", PART) for month in range(1, 5)))

    assert not any("speaks" in line for line in lines)
    assert lines[-2:] == [
        "4 files speak only for Burglary in Barnet.",
        "4 files taken in, 0 unchanged.",
    ]


def test_of_many_whole_files_and_of_other_tables_no_part_is_told():
    street = [_street(f"2014-0{month}", WHOLE) for month in range(1, 6)]
    others = [_source(f"{number}.csv") for number in range(5)]

    lines = _told(*street, *others)

    assert len(lines) == 11 and not any("speak" in line for line in lines)
