"""What worked, what matters, what residents say and what stands out, on the invented data."""

from dataclasses import replace

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.errors import CspnbError
from cspnb.measures.intervention import COMPARISON, RING, TREATED
from cspnb.periods import Period
from cspnb.report import open_report
from cspnb.report.interventions import touching
from cspnb.report.opening import Report
from tests.places import REPO


@pytest.fixture
def harborough(sample_store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", str(sample_store))
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    return open_report("harborough", "2013/14")


def test_the_zones_of_an_intervention_make_up_the_partnership(harborough):
    done = harborough.intervention("sample-lighting")
    zones = done.zones.set_index("zone")["areas"]
    assert set(zones.index) == {TREATED, COMPARISON, RING}
    assert zones[TREATED] == 3
    two_years = replace(harborough, period=Period.parse("2012-04..2014-03"))
    areas = two_years.small_areas("burglary")
    assert zones.sum() == len(areas.table)
    assert done.by_month["count"].sum() == areas.by_month["count"].sum()
    result = analysis.impact(done)
    whole = sum(result.zones["before"]) + sum(result.zones["after"])
    assert whole + areas.unplaced == int(
        harborough.counts("burglary").monthly["count"].tail(24).sum()
    )


def test_the_ring_is_every_area_that_touches_and_no_other(harborough):
    """The sample's LSOAs are squares of a grid: a square has at most eight neighbours."""
    table = harborough.small_areas("burglary").table
    shapes = table.set_index("area_code")["geometry"]
    code = table["area_code"].iloc[0]
    found = touching(table, {code})
    near = {each for each, shape in shapes.items() if shape.distance(shapes[code]) < 10}
    assert found == near - {code}
    assert 1 <= len(found) <= 8
    assert touching(table.assign(geometry=None), {code}) == set()


def test_an_intervention_that_is_not_described_is_refused(harborough):
    with pytest.raises(CspnbError, match="no intervention 'gates'"):
        harborough.intervention("gates")
    assert [each.title for each in harborough.interventions] == [
        "Lighting in three neighbourhoods (an invented example)"
    ]


def test_invented_scores_and_examples_are_never_set_beside_real_figures(harborough, monkeypatch):
    monkeypatch.setattr(Report, "is_sample", False)
    assert harborough.interventions == ()
    for done in (harborough.intervention("sample-lighting"), harborough.intervention()):
        unjudged = analysis.impact(done)
        assert unjudged.reason == "nothing is described as having been done in Harborough"
        for room in (narrative, charts, tables):
            exhibit = room.impact(unjudged)
            assert exhibit.kind == "statement"
            assert exhibit.body == ("Nothing is described as having been done in Harborough.",)
            assert "invented" not in exhibit.to_html()
    unranked = analysis.priority_matrix(harborough.issues)
    assert unranked.reason == "nobody has scored issues for Harborough yet"
    assert harborough.issues.issues == ()


def test_without_a_slug_an_intervention_is_the_partnerships_first(harborough):
    assert harborough.intervention().title == harborough.intervention("sample-lighting").title


def test_a_partnership_that_describes_nothing_done_has_a_result_that_says_so(harborough):
    other = replace(
        harborough, partnership=harborough.partnership.model_copy(update={"slug": "barnet"})
    )
    told = narrative.impact(analysis.impact(other.intervention()))
    assert told.title == "Harborough: no intervention to judge"
    assert told.body == ("Nothing is described as having been done in Harborough.",)
    assert len(told.notes) == 1
    assert "params/interventions" in told.notes[0]


def test_issues_come_with_the_labels_of_their_measures(harborough):
    issues = harborough.issues
    assert "Domestic burglary" in issues.issues[0].measures
    assert len(analysis.priority_matrix(issues).not_scored) == 1


def test_a_partnership_without_scores_says_where_they_would_be(harborough):
    other = replace(
        harborough, partnership=harborough.partnership.model_copy(update={"slug": "barnet"})
    )
    result = analysis.priority_matrix(other.issues)
    assert result.reason == "nobody has scored issues for Harborough yet"
    told = narrative.priority_matrix(result)
    assert told.body == ("Nobody has scored issues for Harborough yet.",)
    assert told.notes == ("To have issues ranked, put scores into params/issues/barnet.yml.",)


def test_residents_shares_are_those_of_the_survey_and_volumes_those_of_the_measures(harborough):
    result = analysis.concerns(harborough.concerns())
    rows = harborough.holdings.store.read("surveys")
    asked = rows[
        (rows["area_code"] == "E07000131")
        & (rows["start"] == "2013-04")
        & (rows["question"] == result.question.text)
    ].set_index("answer")
    shares = result.table.set_index("answer")["share"]
    assert set(shares.index) == set(asked.index)
    for answer, share in shares.items():
        assert 100 * share == pytest.approx(asked.loc[answer, "percentage"])
    burglary = result.table.set_index("answer").loc["Burglary", "recorded"]
    assert burglary == analysis.trend(harborough.counts("burglary")).change.now.count
    assert set(result.table["weighting"]) == {"unweighted"}
    with pytest.raises(CspnbError, match="no question 'first'"):
        harborough.concerns("first")


def test_levels_carry_their_weighting_to_the_page(harborough):
    of_survey = harborough.levels("feels_safe_after_dark").table
    assert set(of_survey["weighting"]) == {"unweighted"}
    supplied = harborough.levels("user_satisfaction").table
    assert supplied["weighting"].isna().all()


def test_each_small_area_has_two_years_and_they_add_up(harborough):
    areas = harborough.counts_by_area("burglary")
    monthly = pd.concat([each.monthly for each in areas])
    assert set(monthly["month"]) == {
        str(month) for month in Period.parse("2012-04..2014-03").months
    }
    now = monthly.loc[monthly["month"] >= "2013-04", "count"].sum()
    assert now == harborough.small_areas("burglary").table["count"].sum()
    result = analysis.scan(areas, area=harborough.area)
    assert result.tested <= len(areas)
    assert len(result.clear) <= result.clear_alone
