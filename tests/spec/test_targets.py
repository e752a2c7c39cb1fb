"""A target is met or missed on the count it allows, worked exactly."""

import pandas as pd
import pytest

from cspnb.analysis import performance
from cspnb.analysis.performance import MET, MISSED, NO_TARGET, NOT_KNOWN, Aim
from cspnb.measures.counts import Counts, Levels
from cspnb.measures.definition import Measure, Target
from cspnb.measures.targets import target_count
from cspnb.periods import Period

NOW = Period.parse("2013/14")
BEFORE = NOW.earlier()


def counted(now, before, good="lower", missing=""):
    """A measure's counts in two years, supplied as figures; None where there is none."""
    figures = [
        (str(period.start), str(period.end), float(count), "Scrutiny report")
        for period, count in ((NOW, now), (BEFORE, before))
        if count is not None
    ]
    return Counts(
        measure=Measure("measure", "Measure", good=good),
        area="Harborough",
        period=NOW,
        monthly=pd.DataFrame([], columns=["month", "count", "status", "reason", "source"]),
        stated=pd.DataFrame(figures, columns=["start", "end", "value", "source"]),
        missing=missing,
    )


def surveyed(*figures, good="higher"):
    """A percentage by period: rows of period, value, base."""
    rows = []
    for text, value, base in figures:
        period = Period.parse(text)
        rows.append((str(period.start), str(period.end), value, base, "Survey"))
    return Levels(
        measure=Measure("satisfaction", "Satisfaction", "%", "percentage", good),
        area="Harborough",
        period=NOW,
        table=pd.DataFrame(rows, columns=["start", "end", "value", "base", "source"]),
    )


def standing(recorded, target=None):
    (only,) = performance([Aim(recorded, target)], area="Harborough", period=NOW).standings
    return only


def change_of(per_cent):
    return None if per_cent is None else Target("change", per_cent)


# The table of performance of one district's annual review, 1 April 2013 to 31 March 2014.
HARBOROUGH = [
    # measure             before  now  diff     %  target  count  over  status
    ("Total crime", 2773, 2778, 5, 0.2, -5.0, 2634, 144, MISSED),
    ("Domestic burglary", 153, 253, 100, 65.4, -13.0, 133, 120, MISSED),
    ("Commercial burglary", 107, 106, -1, -0.9, None, None, None, NO_TARGET),
    ("Theft from vehicle", 335, 284, -51, -15.2, -14.0, 288, -4, MET),
    ("Theft of vehicle", 38, 54, 16, 42.1, -10.0, 34, 20, MISSED),
    ("Violence with injury", 163, 176, 13, 8.0, -2.0, 159, 17, MISSED),
    ("Domestic violence", 59, 68, 9, 15.3, None, None, None, NO_TARGET),
    ("Criminal damage", 490, 412, -78, -15.9, None, None, None, NO_TARGET),
    ("Anti-social behaviour", 1269, 1159, -110, -8.7, None, None, None, NO_TARGET),
]


@pytest.mark.parametrize(
    ("before", "now", "difference", "percentage", "target", "allowed", "over", "status"),
    [row[1:] for row in HARBOROUGH],
    ids=[row[0] for row in HARBOROUGH],
)
def test_every_row_of_a_published_table_stands_as_it_should(
    before, now, difference, percentage, target, allowed, over, status
):
    row = standing(counted(now, before), change_of(target))
    assert row.status == status
    assert (row.change.difference, round(row.change.change_pct, 1)) == (difference, percentage)
    assert (row.target_count, row.gap) == (allowed, over)


def test_the_tables_last_row_is_a_level_three_points_over_its_target():
    row = standing(surveyed(("2013/14", 88.0, None)), Target("level", 85.0))
    assert (row.status, row.level, row.gap, row.base) == (MET, 88.0, 3.0, None)
    assert row.change is None


@pytest.mark.parametrize(
    ("before", "per_cent", "allowed"),
    [
        (100, -5.0, 95),
        (2773, -5.0, 2634),  # 2634.35
        (40, -2.5, 39),  # exactly 39
        (200, -2.5, 195),
        (1000, -0.1, 999),  # exactly 999
        (100, -7.0, 93),  # 93 exactly, where binary fractions give 92.99999999999999
        (700, -29.0, 497),
        (100, 10.0, 110),  # exactly 110, where binary fractions give 110.00000000000001
        (59, 10.0, 65),  # 64.9: the fewest that is a rise of 10%
        (3, 0.0, 3),
    ],
)
def test_a_fall_is_rounded_down_or_a_rise_up_in_exact_decimals(before, per_cent, allowed):
    assert target_count(before, Target("change", per_cent)) == allowed


@pytest.mark.parametrize(
    ("good", "per_cent", "now", "allowed", "status"),
    [
        ("lower", -10.0, 90, 90, MET),
        ("lower", -10.0, 91, 90, MISSED),
        ("lower", 3.0, 103, 103, MET),  # "rise by no more than 3%"
        ("lower", 3.0, 104, 103, MISSED),
        ("higher", 10.0, 110, 110, MET),  # more reports of a hidden harm
        ("higher", 10.0, 109, 110, MISSED),
        ("higher", -5.0, 95, 95, MET),  # "fall by no more than 5%"
        ("higher", -5.0, 94, 95, MISSED),
        ("neither", -10.0, 90, 90, MET),
        ("neither", 10.0, 109, 110, MISSED),
    ],
)
def test_the_direction_of_good_says_which_side_of_the_target_meets_it(
    good, per_cent, now, allowed, status
):
    row = standing(counted(now, 100, good), change_of(per_cent))
    assert (row.target_count, row.status) == (allowed, status)


@pytest.mark.parametrize(
    ("good", "level", "target", "status", "gap"),
    [
        ("higher", 88.0, 85.0, MET, 3.0),
        ("higher", 85.0, 85.0, MET, 0.0),
        ("higher", 84.9, 85.0, MISSED, -0.1),
        ("lower", 85.0, 85.0, MET, 0.0),
        ("lower", 88.0, 85.0, MISSED, 3.0),
        ("neither", 88.0, 85.0, NOT_KNOWN, None),
    ],
)
def test_a_level_is_met_on_its_good_side(good, level, target, status, gap):
    row = standing(surveyed(("2013/14", level, 400), good=good), Target("level", target))
    assert (row.status, row.gap, row.base) == (status, gap, 400)


def test_a_count_can_have_a_level_which_needs_no_year_before():
    row = standing(counted(104, None), Target("level", 100))
    assert (row.status, row.target_count, row.gap) == (MISSED, 100, 4)


def test_a_level_is_not_borrowed_from_another_period():
    row = standing(surveyed(("2012/13", 86.0, 400), ("2013/14-Q4", 88.0, 90)), Target("level", 85))
    assert (row.status, row.level) == (NOT_KNOWN, None)
    assert row.reason == "no figure is held for 2013/14"


def test_two_levels_that_disagree_are_not_chosen_between():
    row = standing(surveyed(("2013/14", 86.0, 400), ("2013/14", 88.0, 400)), Target("level", 85))
    assert (row.status, row.reason) == (NOT_KNOWN, "2 figures held for 2013/14 disagree")


def test_a_level_without_a_target_is_shown_all_the_same():
    row = standing(surveyed(("2013/14", 88.0, 400)))
    assert (row.status, row.level) == (NO_TARGET, 88.0)


def test_a_change_in_a_percentage_is_not_guessed_at():
    row = standing(surveyed(("2013/14", 88.0, 400)), Target("change", 2.0))
    assert row.status == NOT_KNOWN


def test_a_target_on_a_year_that_is_not_whole_is_not_known():
    row = standing(counted(253, None), change_of(-13.0))
    assert (row.status, row.target_count, row.gap) == (NOT_KNOWN, None, None)
    assert row.reason == "2012/13 is not held (2012/13 absent)"


def test_without_a_target_a_year_that_is_not_whole_has_no_status_but_its_reason():
    row = standing(counted(253, None))
    assert (row.status, row.reason) == (NO_TARGET, "2012/13 is not held (2012/13 absent)")


def test_a_percentage_off_nothing_is_not_known():
    row = standing(counted(3, 0), change_of(-5.0))
    assert row.status == NOT_KNOWN
    assert "2012/13" in row.reason


def test_a_measure_that_cannot_be_had_is_not_known_with_its_reason():
    row = standing(counted(None, None, missing="no source gives it"), change_of(-5.0))
    assert (row.status, row.reason) == (NOT_KNOWN, "no source gives it")
