"""A figure published for a county is never shown as that of one of its districts."""

import pytest

from cspnb.analysis.performance import Aim, performance
from cspnb.ingest import indicators
from cspnb.measures.coverage import District
from cspnb.params import load_measures, load_partnership
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.report.counting import count, levels
from cspnb.report.opening import Report
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.places import REPO

MEASURES = load_measures(Project(REPO))
YEAR = Period.parse("2017/18")
HARBOROUGH = Place(
    "Harborough",
    (District("E07000131", "Harborough"),),
    ("E22000166",),
    force="leicestershire",
    county="Leicestershire",
)
BARNET = Place("Barnet", (District("E09000003", "Barnet"),), ("E22000187",))
UPPER_TIER = [
    "reoffending",
    "youth_reoffending",
    "youth_first_time_entrants",
    "youth_custody",
    "opiate_treatment_completions",
    "alcohol_treatment_completions",
    "supported_families",
]


@pytest.fixture
def holdings(tmp_path):
    def take(text):
        path = tmp_path / "sheet.csv"
        path.write_text(f"measure,period,area,value\n{text}\n", encoding="utf-8")
        store = Store(str(tmp_path / "store"))
        indicators.ingest([path], store)
        return Holdings(store)

    return take


def recorded(holdings, measure, place):
    ask = levels if MEASURES[measure].kind == "percentage" else count
    return ask(holdings, MEASURES[measure], place, YEAR)


def test_measures_known_for_counties_alone_say_so():
    found = {key for key, each in MEASURES.items() if each.published_for == "upper_tier"}
    assert found == set(UPPER_TIER)


@pytest.mark.parametrize("measure", UPPER_TIER)
def test_a_district_never_shows_its_countys_figure(holdings, measure):
    found = recorded(holdings(f"{measure},2017/18,E10000018,28"), measure, HARBOROUGH)
    assert found.missing == "Published for the county, Leicestershire, alone"
    shown = found.table if hasattr(found, "table") else found.stated
    assert shown.empty


def test_a_county_that_the_params_do_not_name_is_not_guessed(holdings):
    nameless = Place("Harborough", HARBOROUGH.districts)
    found = recorded(holdings("reoffending,2017/18,E10000018,28"), "reoffending", nameless)
    assert found.missing == "Published for the county alone"


def test_a_figure_under_the_districts_or_partnerships_code_is_not_shown_either(holdings):
    text = "reoffending,2017/18,E07000131,28\nreoffending,2017/18,E22000166,28"
    assert recorded(holdings(text), "reoffending", HARBOROUGH).table.empty


@pytest.mark.parametrize(
    ("measure", "value"), [("reoffending", 28), ("youth_first_time_entrants", 140)]
)
def test_a_unitary_authority_shows_its_own(holdings, measure, value):
    found = recorded(holdings(f"{measure},2017/18,E09000003,{value}"), measure, BARNET)
    assert found.missing == ""
    shown = found.table if hasattr(found, "table") else found.stated
    assert shown["value"].tolist() == [value]


def test_a_district_shows_what_is_published_for_districts(holdings):
    found = recorded(holdings("drug_deaths,2017/18,E07000131,4"), "drug_deaths", HARBOROUGH)
    assert found.stated["value"].tolist() == [4]


@pytest.mark.parametrize("measure", ["reoffending", "youth_first_time_entrants"])
def test_a_report_says_whose_figure_it_is_in_place_of_the_figure(holdings, measure):
    report = Report(
        partnership=load_partnership(Project(REPO), "harborough"),
        period=YEAR,
        subject="",
        measures=MEASURES,
        holdings=holdings(f"{measure},2017/18,E10000018,28"),
    )
    ask = report.levels if MEASURES[measure].kind == "percentage" else report.counts
    [standing] = performance([Aim(ask(measure), None)], area=report.area, period=YEAR).standings
    assert standing.reason == "Published for the county, Leicestershire, alone"
