"""Harborough's published table for 2013/14, from the ingested rows to the page's own words.

The figures are those of Figure 3 of the partnership's annual review to its scrutiny panel of
May 2014; target counts and verdicts follow from them (E-test, 5%).
"""

import csv
import zipfile

import pytest

from cspnb import sample
from cspnb.analysis import performance
from cspnb.demo import ingest_sample
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE
from cspnb.report import open_report
from cspnb.store import Store

MET, MISSED, NONE = "met", "missed", "no target"

PUBLISHED = [
    # measure                          now   diff   pct   target  status   gap   verdict
    ("total_crime", 2778, 5, 0.2, -5, MISSED, 144, NO_CLEAR_CHANGE),
    ("domestic_burglary", 253, 100, 65.4, -13, MISSED, 120, CLEAR_RISE),
    ("commercial_burglary", 106, -1, -0.9, None, NONE, None, NO_CLEAR_CHANGE),
    ("theft_from_vehicle", 284, -51, -15.2, -14, MET, -4, CLEAR_FALL),
    ("theft_of_vehicle", 54, 16, 42.1, -10, MISSED, 20, NO_CLEAR_CHANGE),
    ("violence_with_injury", 176, 13, 8.0, -2, MISSED, 17, NO_CLEAR_CHANGE),
    ("domestic_violence_with_injury", 68, 9, 15.3, None, NONE, None, NO_CLEAR_CHANGE),
    ("criminal_damage", 412, -78, -15.9, None, NONE, None, CLEAR_FALL),
    ("anti_social_behaviour", 1159, -110, -8.7, None, NONE, None, CLEAR_FALL),
]


def _standings(store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", store)
    report = open_report("harborough", "2013/14")
    result = performance(report.aims(), area=report.area, period=report.period)
    return {standing.measure.key: standing for standing in result.standings}


@pytest.fixture(scope="module")
def standings(sample_store):
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield _standings(sample_store, monkeypatch)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row[0])
def test_each_row_of_the_published_table_comes_out_of_the_rows(standings, row):
    key, now, difference, pct, target, status, gap, verdict = row
    standing = standings[key]

    assert standing.change.now.count == now
    assert standing.change.difference == difference
    assert round(standing.change.change_pct, 1) == pct
    assert (standing.target.value if standing.target else None) == target
    assert standing.status == status
    assert standing.gap == gap
    assert standing.change.verdict == verdict


def test_the_last_row_is_a_level_met_by_three_percentage_points(standings):
    satisfaction = standings["user_satisfaction"]

    assert (satisfaction.level, satisfaction.target.value) == (88, 85)
    assert satisfaction.status == MET
    assert satisfaction.gap == 3


def test_the_table_has_the_ten_published_rows_in_their_order(standings):
    assert list(standings) == [row[0] for row in PUBLISHED] + ["user_satisfaction"]


@pytest.fixture(scope="module")
def sample_files(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("files"))


@pytest.mark.slow
def test_when_rows_change_the_table_and_its_verdict_move(sample_files, tmp_path, monkeypatch):
    """One more offence in the street files, and five more thefts from vehicles in the extract."""
    _one_more_offence(sample_files.police_uk)
    _five_more_thefts(sample_files.extracts["harborough"])
    store = Store(str(tmp_path / "store"))
    ingest_sample(sample_files, store)

    moved = _standings(store.address, monkeypatch)

    assert moved["total_crime"].change.now.count == 2779
    assert moved["total_crime"].change.difference == 6
    assert moved["theft_from_vehicle"].change.now.count == 289
    assert moved["theft_from_vehicle"].status == MISSED
    assert moved["theft_from_vehicle"].gap == 1
    assert moved["theft_from_vehicle"].change.verdict == NO_CLEAR_CHANGE
    assert moved["domestic_burglary"].change.now.count == 253


def _one_more_offence(archives):
    """Another drugs offence in Harborough in January 2014, with an ID of its own."""
    name = "2014-01/2014-01-leicestershire-street.csv"
    [archive] = [path for path in archives if name in zipfile.ZipFile(path).namelist()]
    with zipfile.ZipFile(archive) as old:
        members = {member: old.read(member) for member in old.namelist()}
        comment = old.comment
    lines = members[name].decode("utf-8").splitlines(keepends=True)
    like = next(line for line in lines if ",Harborough " in line and ",Drugs," in line)
    members[name] = "".join([*lines, "f" * 64 + like[64:]]).encode("utf-8")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as new:
        new.comment = comment
        for member, content in members.items():
            new.writestr(member, content)


def _five_more_thefts(extract):
    """The first theft from a vehicle of February 2014 five times more, under keys of their own."""
    with extract.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    of_a_vehicle = (row for row in rows if row["offence_code"] == "45")
    like = next(row for row in of_a_vehicle if row["date_to"].startswith("2014-02"))
    more = [like | {"record": f"{number:016x}"} for number in range(5)]
    with extract.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(like))
        writer.writeheader()
        writer.writerows([*rows, *more])
