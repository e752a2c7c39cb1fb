"""Offences by code, from each source that has them: which is used, and what it gives."""

import pandas as pd
import pytest

from cspnb import analysis
from cspnb.ingest import home_office, lookup, severity
from cspnb.measures.harm import CATEGORIES, HOME_OFFICE_CODES
from cspnb.periods import Period
from cspnb.report import open_report
from cspnb.report.offence_codes import of_home_office, quarters_lacking
from cspnb.report.offence_mix import of_categories
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests import home_office_files
from tests.home_office_files import BICYCLE, HOMICIDE, RESIDENTIAL, row
from tests.places import REPO
from tests.reports.test_sources_of_a_measure import HARBOROUGH, LOOKUP

YEAR = Period.parse("2020/21")


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "lookup.csv"
    path.write_text(LOOKUP, encoding="utf-8")
    store = Store(str(tmp_path / "store"))
    lookup.ingest([path], store)
    return store


@pytest.fixture
def open_sample(sample_store, monkeypatch):
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    monkeypatch.setenv("CSPNB_STORE", str(sample_store))
    return open_report


def published(tmp_path, quarters=(1, 2, 3, 4)):
    """A table by partnership: 7 burglaries, 3 bicycles, a homicide a quarter in Harborough."""
    rows = [
        row("2020/21", quarter, csp, offence, count)
        for quarter in quarters
        for csp, times in (("Harborough", 1), ("Melton", 10))
        for offence, count in ((RESIDENTIAL, 7 * times), (BICYCLE, 3 * times), (HOMICIDE, times))
    ]
    path = tmp_path / "prc-csp.csv"
    frame = pd.DataFrame(rows, columns=list(home_office_files.HEADINGS))
    frame.to_csv(path, index=False)
    return path


def test_a_partnerships_offences_are_those_of_its_four_quarters_by_code(store, tmp_path):
    home_office.ingest([published(tmp_path)], store, edition="2021-07")
    found = of_home_office(Holdings(store), HARBOROUGH, [YEAR.earlier(), YEAR])
    table = found.table.set_index("offence_code")
    assert dict(table["count"]) == {"28E": 28, "44": 12, "1/4.1/4.10/4.2": 4}
    assert table.loc["28E", "offence_group"] == "Theft offences"
    assert table.loc["1/4.1/4.10/4.2", "offence_group"] == "Violence against the person"
    assert found.reasons[YEAR] == ""
    assert found.reasons[YEAR.earlier()] == "no Home Office table of 2019/20 is held"
    assert (found.why, found.code_system) == ("", HOME_OFFICE_CODES)


def test_a_year_that_lacks_a_quarter_is_not_whole(store, tmp_path):
    home_office.ingest([published(tmp_path, quarters=(1, 2, 4))], store, edition="2021-07")
    found = of_home_office(Holdings(store), HARBOROUGH, [YEAR])
    assert found.why == "Home Office tables lack October to December 2020"
    assert not found.is_whole


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("2020-05..2021-04", "the Home Office counts by quarter, and May 2020 to April 2021"),
        ("2020-04", "the Home Office counts by quarter, and April 2020"),
    ],
)
def test_only_quarters_make_a_period(period, why):
    assert quarters_lacking(Period.parse(period), {("2020-04", "2020-06")}).startswith(why)


def test_an_extract_gives_the_offences_of_its_months_by_code(open_sample, sample_store):
    report = open_sample("harborough", "2013/14")
    counts = report.harm(years=2)
    assert counts.missing == ""
    assert counts.code_system == HOME_OFFICE_CODES
    rows = Store(str(sample_store)).read("supplied_records")
    ours = rows[rows["partnership"].eq("harborough")]
    for label, first, last in (
        ("2013/14", "2013-04", "2014-03"), ("2012/13", "2012-04", "2013-03")
    ):  # fmt: skip
        of_year = ours[ours["month"].between(first, last)]
        counted = counts.table[counts.table["period"] == label]
        assert dict(zip(counted["offence_code"], counted["count"], strict=True)) == dict(
            of_year["offence_code"].value_counts()
        )


def test_harm_of_the_sample_is_weighed_by_its_one_index(open_sample):
    report = open_sample("harborough", "2013/14")
    index = report.harm_index(unit="days")
    assert (index.scheme, index.edition) == ("Sample harm index", "invented, 2014")
    result = analysis.harm(report.harm(), index)
    days = dict(zip(index.weights["offence_code"], index.weights["weight"], strict=True))
    table = report.harm().table
    now = table[table["period"] == "2013/14"]
    by_hand = sum(
        days.get(code, 0) * number
        for code, number in zip(now["offence_code"], now["count"], strict=True)
    )
    assert result.years.iloc[-1]["harm"] == pytest.approx(by_hand)
    assert result.reason == ""


def test_a_place_without_codes_says_what_each_source_lacks(open_sample):
    counts = open_sample("melton", "2020/21").harm()
    assert counts.missing.startswith("no source has every offence by code (no Home Office table")
    assert "no force extract has an offence of Melton then" in counts.missing
    again = open_sample("melton", "2020/21").harm(approximate=True)
    assert "no Home Office table of its force is held of a year near enough" in again.missing


def test_an_index_that_is_not_held_or_is_one_of_several_says_so(open_sample, tmp_path, monkeypatch):
    report = open_sample("harborough", "2013/14")
    other = report.harm_index("2020")
    assert other.missing.startswith("no such weights are held, but these: Sample harm index")
    assert analysis.harm(report.harm(), other).reason == other.missing

    store = Store(str(tmp_path / "two"))
    path = tmp_path / "weights.csv"
    for edition, weight in (("first", 400), ("second", 500)):
        path.write_text(f"scheme,offence_code,weight\nDays,28E,{weight}\n", encoding="utf-8")
        severity.ingest([path], store, weights_edition=edition)
    monkeypatch.setenv("CSPNB_STORE", str(tmp_path / "two"))
    report = open_report("harborough", "2013/14")
    assert report.harm_index().missing == (
        "several fit: name one of: Days, edition “first”; Days, edition “second”"
    )
    assert list(report.harm_index("second").weights["weight"]) == [500]


def test_without_any_weights_the_door_is_named(store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", store.address)
    assert "cspnb ingest severity" in open_report("harborough", "2013/14").harm_index().missing


def test_categories_need_the_forces_own_mix(store):
    found = of_categories(Holdings(store), HARBOROUGH, [YEAR])
    assert found.why == "no Home Office table of its force is held of a year near enough"
    assert found.code_system != CATEGORIES
