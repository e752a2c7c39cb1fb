"""Outcomes of the sample's street files: dated by the archives that they came in."""

import pytest

from cspnb import analysis
from cspnb.report import open_report
from cspnb.store import Store
from tests.places import REPO


@pytest.fixture
def opened(sample_store, monkeypatch):
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    monkeypatch.setenv("CSPNB_STORE", str(sample_store))
    return open_report


def test_a_file_is_as_old_as_its_archive_says(opened):
    held = opened("harborough", "2013/14").outcomes("total_crime")
    assert set(held.table["edition"]) == {"2017-04"}
    assert held.dated_by == "Files are dated by the edition of the archive they came in."


def test_a_years_crimes_are_as_many_as_are_counted(opened, sample_store):
    result = analysis.outcomes(opened("harborough", "2013/14").outcomes("burglary"))
    rows = Store(str(sample_store)).read("offences", where={"crime_type": ["Burglary"]})
    ours = rows[rows["lsoa_name"].fillna("").str.startswith("Harborough ")]
    ours = ours[ours["month"].between("2013-04", "2014-03")]
    year = result.years.iloc[-1]
    assert year["crimes"] == len(ours)
    assert year["investigating"] == (ours["last_outcome"] == "Under investigation").sum()


def test_months_before_outcomes_were_published_say_so(opened):
    result = analysis.outcomes(opened("barnet", "2011/12").outcomes("burglary"))
    assert any("without any outcome published" in text for text in result.left_out)


def test_a_measure_of_no_such_source_says_what_would_tell(opened):
    held = opened("harborough", "2013/14").outcomes("primary_fires")
    assert "is not counted from a source that tells outcomes" in held.missing
    assert analysis.outcomes(held).reason == held.missing
