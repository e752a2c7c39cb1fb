"""Trends, the order of a plan's standings, and the findings drawn from them."""

from dataclasses import replace

import pandas as pd
import pytest

from cspnb import analysis, narrative
from cspnb.analysis.comparison import Group
from cspnb.analysis.findings import TARGETS
from cspnb.analysis.performance import Aim
from cspnb.measures.change import CLEAR_RISE, NOT_COMPARED
from cspnb.measures.counts import Counts, Levels
from cspnb.measures.definition import Measure, Target
from cspnb.measures.months import ABSENT, SOUND
from cspnb.periods import Period

NOW = Period.parse("2013/14")


def counted(key, now, before, missing=""):
    figures = [
        (str(period.start), str(period.end), float(count), "Scrutiny report")
        for period, count in ((NOW, now), (NOW.earlier(), before))
        if count is not None
    ]
    return Counts(
        measure=Measure(key, key.replace("_", " ").capitalize()),
        area="Harborough",
        period=NOW,
        monthly=pd.DataFrame([], columns=["month", "count", "status", "reason", "source"]),
        stated=pd.DataFrame(figures, columns=["start", "end", "value", "source"]),
        missing=missing,
    )


SATISFACTION = Levels(
    measure=Measure("satisfaction", "Satisfaction", "%", "percentage", "higher"),
    area="Harborough",
    period=NOW,
    table=pd.DataFrame(
        [("2013-04", "2014-03", 88.0, None, "Survey")],
        columns=["start", "end", "value", "base", "source"],
    ),
)

PLAN = [
    Aim(counted("total_crime", 2778, 2773), Target("change", -5.0)),
    Aim(counted("domestic_burglary", 253, 153), Target("change", -13.0)),
    Aim(counted("commercial_burglary", 106, 107)),
    Aim(counted("theft_from_vehicle", 284, 335), Target("change", -14.0)),
    Aim(counted("theft_of_vehicle", 54, 38), Target("change", -10.0)),
    Aim(counted("violence_with_injury", 176, 163), Target("change", -2.0)),
    Aim(counted("criminal_damage", 412, 490)),
    Aim(counted("anti_social_behaviour", 1159, 1269)),
    Aim(SATISFACTION, Target("level", 85.0)),
]


def stands(aims=PLAN):
    return analysis.performance(aims, area="Harborough", period=NOW)


def told(*results):
    return [
        (finding.kind, finding.measure.key if finding.measure else None)
        for finding in analysis.findings(*results)
    ]


def test_a_plan_is_shown_in_its_own_order():
    result = stands()
    assert [s.measure.key for s in result.standings] == [a.recorded.measure.key for a in PLAN]
    assert (result.area, result.period) == ("Harborough", NOW)


def test_a_plan_says_how_many_measures_have_a_whole_figure_and_who_gave_them():
    lost = Aim(counted("fires", None, None, missing="no source gives it"), Target("change", -5.0))
    result = stands([*PLAN, lost])
    assert result.coverage == "9 of 10 measures have a whole figure for 2013/14."
    assert result.source == "Scrutiny report; Survey"
    assert result.reason == ""
    assert stands([lost]).reason == "no source gives it"


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        (0, "0 people answered, too few for a percentage"),
        (1, "1 person answered, too few for a percentage"),
        (9, "9 people answered, too few for a percentage"),
        (10, ""),
    ],
)
def test_no_percentage_is_given_on_a_base_under_ten(base, reason):
    table = SATISFACTION.table.assign(base=base)
    [standing] = stands([Aim(replace(SATISFACTION, table=table))]).standings
    assert (standing.level is None, standing.reason) == (bool(reason), reason)


def test_a_surveys_weighting_is_kept_where_it_is_known():
    """50 of 100: Wilson's interval is 40.38% to 59.62%, weighted or not."""
    table = SATISFACTION.table.assign(value=50.0, base=100, weighting="age")
    [standing] = stands([Aim(replace(SATISFACTION, table=table))]).standings
    assert (standing.share.weighting, standing.share.is_approximate) == ("age", True)
    assert standing.share.lower == pytest.approx(0.4038, abs=5e-5)
    unknown = replace(SATISFACTION, table=table.assign(weighting=None))
    [standing] = stands([Aim(unknown)]).standings
    assert not standing.share.is_approximate


def test_findings_are_told_in_the_order_a_reader_needs():
    assert told(stands()) == [
        ("total crime", "total_crime"),
        ("targets met", None),
        ("clear rise", "domestic_burglary"),
        ("clear fall", "anti_social_behaviour"),  # 110 fewer
        ("clear fall", "criminal_damage"),  # 78 fewer
        ("clear fall", "theft_from_vehicle"),  # 51 fewer
        ("target missed", "domestic_burglary"),  # 120 over 133: 90%
        ("target missed", "theft_of_vehicle"),  # 20 over 34: 59%
        ("target missed", "violence_with_injury"),  # 17 over 159: 11%; total crime 5% is fourth
    ]


def test_the_tally_counts_every_target_that_was_set():
    lost = Aim(counted("fires", None, None, missing="no source gives it"), Target("change", -5.0))
    tally = next(f.tally for f in analysis.findings(stands([*PLAN, lost])) if f.tally)
    assert (tally.met, tally.missed, tally.not_known) == (2, 4, 1)


def test_a_plan_without_targets_has_no_tally():
    assert told(stands([Aim(counted("total_crime", 2778, 2773))])) == [
        ("total crime", "total_crime")
    ]


def test_what_could_not_be_known_is_told_once_a_measure():
    aims = [
        Aim(counted("fires", None, None, missing="no source gives it")),
        Aim(counted("domestic_burglary", 253, None), Target("change", -13.0)),
        Aim(counted("commercial_burglary", 106, None)),
    ]
    trends = analysis.trends([aims[1].recorded, counted("robbery", 12, None)])
    assert [row for row in told(stands(aims), (), trends) if row[0] == "not known"] == [
        ("not known", "fires"),
        ("not known", "domestic_burglary"),
        ("not known", "commercial_burglary"),
        ("not known", "robbery"),
    ]


def test_a_trend_outside_the_plan_is_among_the_changes():
    trends = analysis.trends([counted("robbery", 40, 10), counted("criminal_damage", 412, 490)])
    rises = [row for row in told(stands(), (), trends) if row[0] == CLEAR_RISE]
    assert rises == [("clear rise", "domestic_burglary"), ("clear rise", "robbery")]
    falls = [row for row in told(stands(), (), trends) if row == ("clear fall", "criminal_damage")]
    assert len(falls) == 1


def group_of(key, count):
    areas = pd.DataFrame(
        {
            "area_code": ["E1", "E2", "E3"],
            "area_name": ["Harborough", "Melton", "Burnley"],
            "count": pd.Series([count, 500, 500], dtype="Int64"),
            "population": [10_000.0] * 3,
            "is_own": [True, False, False],
            "reason": ["", "", ""],
        }
    )
    return Group(
        Measure(key, key), "Harborough", NOW, "neighbours", "ONS", "2018", "residents", areas
    )


def test_comparisons_follow_furthest_from_the_mean_first():
    comparisons = [
        analysis.comparison(group_of(key, count))
        for key, count in (("total_crime", 600), ("robbery", 200), ("burglary", None))
    ]
    tail = told(stands(), comparisons)[-3:]
    assert tail == [
        ("comparison", "robbery"),
        ("comparison", "total_crime"),
        ("not known", "burglary"),
    ]


QUIET = [Aim(counted("burglary", 2374, 2390)), Aim(counted("robbery", 5, None))]


def test_a_change_that_is_not_clear_is_told_where_nothing_else_is_known():
    assert told(stands(QUIET)) == [("no clear change", "burglary"), ("not known", "robbery")]
    said = narrative.findings(analysis.findings(stands(QUIET))).body
    assert said[0] == "No clear change: burglary (2,390 to 2,374, −0.7%)."


def test_a_change_that_is_not_clear_is_told_beside_a_target_that_cannot_be_judged():
    unjudged = Aim(counted("theft", None, 9), Target("change", -5.0))
    assert ("no clear change", "burglary") in told(stands([*QUIET, unjudged]))


def test_a_change_that_is_not_clear_gives_way_to_one_that_is():
    clear = Aim(counted("theft", 100, 300))
    assert "no clear change" not in [kind for kind, _ in told(stands([*QUIET, clear]))]


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        (
            [Aim(counted("a", 50, 48)), Aim(counted("b", 60, 61)), *QUIET],
            "Of the 3 measures tested here, none changed clearly on the year before; 1 was not "
            "tested.",
        ),
        (
            [*QUIET, Aim(SATISFACTION)],
            "The one measure tested here did not change clearly on the year before; 2 were not "
            "tested.",
        ),
        (QUIET[:1], "The one measure tested here did not change clearly on the year before."),
    ],
)
def test_what_is_said_of_chance_is_of_the_measures_tested(aims, said):
    assert narrative.performance(stands(aims)).body[-1] == said


@pytest.mark.parametrize(
    ("aims", "said"),
    [
        (QUIET, "Both measures have a whole figure for 2013/14."),
        (QUIET[:1], "The one measure has a whole figure for 2013/14."),
        ([Aim(counted("a", None, 9))], "The one measure has no whole figure for 2013/14."),
        (
            [Aim(counted("a", None, 9)), Aim(counted("b", None, 9))],
            "None of the 2 measures has a whole figure for 2013/14.",
        ),
        ([*QUIET, Aim(counted("a", None, 9))], "2 of 3 measures have a whole figure for 2013/14."),
    ],
)
def test_how_many_figures_are_whole_is_in_the_right_number(aims, said):
    assert stands(aims).coverage == said


def test_one_trend_is_told_as_one_measure():
    one = analysis.trend(counted("burglary", 2374, 2390))
    assert narrative.trends([one]).title == "The one measure compared showed no clear change"


def test_a_finding_carries_the_result_it_tells():
    first, second, third = analysis.findings(stands())[:3]
    assert first.change.verdict == "no clear change"
    assert first.standing.status == "missed"
    assert second.kind == TARGETS
    assert third.standing.target_count == 133


MONTHS = Period.parse("2010-04..2014-03").months


def monthly_counts(lost=()):
    """Ten a month in 2010/11, then 11, 12 and 13; the months named are absent."""
    rows = [
        (str(month), None, ABSENT, "not held", "")
        if str(month) in lost
        else (str(month), 10 + number // 12, SOUND, "", "police.uk")
        for number, month in enumerate(MONTHS)
    ]
    columns = ["month", "count", "status", "reason", "source"]
    return Counts(
        measure=Measure("burglary", "Burglary"),
        area="Harborough",
        period=NOW,
        monthly=pd.DataFrame(rows, columns=columns).astype({"count": "Int64"}),
        stated=pd.DataFrame([], columns=["start", "end", "value", "source"]),
        caveats=("Recording changed in April 2014.",),
    )


def test_a_trend_has_a_row_a_year_oldest_first_held_or_not():
    years = analysis.trend(monthly_counts(), years=5).years
    assert years["period"].tolist() == ["2009/10", "2010/11", "2011/12", "2012/13", "2013/14"]
    assert years["count"].tolist()[1:] == [120, 132, 144, 156]
    assert years["count"].isna().tolist() == [True, False, False, False, False]
    assert years["complete"].tolist() == [False, True, True, True, True]
    assert years.loc[0, "reason"] == "2009/10 absent"


def test_a_trend_ends_in_the_change_on_the_year_before():
    result = analysis.trend(monthly_counts())
    assert (result.change.now.count, result.change.before.count) == (156, 144)
    assert result.caveats == ("Recording changed in April 2014.",)
    assert len(result.years) == 6


def test_a_year_with_an_absent_month_stays_in_the_trend_as_what_it_is():
    result = analysis.trend(monthly_counts(lost=["2013-06"]), years=3)
    last = result.years.iloc[-1]
    assert (last["count"], last["complete"], last["sound_months"]) == (143, False, 11)
    assert last["reason"] == "June 2013 absent"
    assert result.change.verdict == NOT_COMPARED


@pytest.mark.parametrize("period", ["2013/14-Q3", "2014-03", "2013-06..2013-11"])
def test_a_trend_of_a_shorter_period_takes_the_same_months_of_each_year(period):
    counts = monthly_counts()
    shorter = Counts(**(counts.__dict__ | {"period": Period.parse(period)}))
    result = analysis.trend(shorter, years=4)
    months = len(shorter.period)
    assert result.years["count"].tolist() == [months * n for n in (10, 11, 12, 13)]
    assert result.years["sound_months"].tolist() == [months] * 4
