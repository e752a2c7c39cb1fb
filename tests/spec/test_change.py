"""A change between two years has a test, and none is drawn across a gap."""

import warnings
from dataclasses import replace
from math import atan, cos, pi, sin, sqrt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from cspnb.measures.change import (
    CLEAR_FALL,
    CLEAR_RISE,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    change_between,
)
from cspnb.measures.counts import Counts, Series
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Month, Period

NOW = Period.parse("2013/14")
BEFORE = Period.parse("2012/13")


def counts_of(monthly, stated=(), missing=""):
    columns = ["month", "count", "status", "reason", "source"]
    return Counts(
        measure=Measure("burglary", "Burglary"),
        area="Harborough",
        period=NOW,
        monthly=pd.DataFrame(monthly, columns=columns).astype({"count": "Int64"}),
        stated=pd.DataFrame(stated, columns=["start", "end", "value", "source"]),
        missing=missing,
    )


def drawn(first, *years):
    """Counts drawn a line a year: '.' is absent, '46!' is abnormal."""
    rows = []
    for number, cell in enumerate(" ".join(years).split()):
        status = ABSENT if cell == "." else ABNORMAL if cell.endswith("!") else SOUND
        count = None if status == ABSENT else int(cell.rstrip("!"))
        rows.append((str(Month.parse(first) + number), count, status, "", "police.uk"))
    return counts_of(rows)


def supplied(now, before):
    """Two yearly figures from a report, and no months."""
    figures = [
        (str(period.start), str(period.end), float(count), "Scrutiny report")
        for period, count in ((NOW, now), (BEFORE, before))
    ]
    return change_between(counts_of([], figures), NOW, BEFORE)


# A district's published table of performance for 2013/14, percentages as printed, with the
# E-test's p to the digits shown (the score test's agrees to them where a count reaches 500). No
# p under 0.001 is published for the E-test: that of domestic burglary is bounded further down.
HARBOROUGH = [
    # measure              before  now   diff     %       p     digits verdict
    ("Total crime", 2773, 2778, 5, 0.2, 0.95, 2, NO_CLEAR_CHANGE),
    ("Domestic burglary", 153, 253, 100, 65.4, 0.0, 3, CLEAR_RISE),
    ("Commercial burglary", 107, 106, -1, -0.9, 0.95, 2, NO_CLEAR_CHANGE),
    ("Theft from vehicle", 335, 284, -51, -15.2, 0.04, 2, CLEAR_FALL),
    ("Theft of vehicle", 38, 54, 16, 42.1, 0.10, 2, NO_CLEAR_CHANGE),
    ("Violence with injury", 163, 176, 13, 8.0, 0.48, 2, NO_CLEAR_CHANGE),
    ("Domestic violence", 59, 68, 9, 15.3, 0.43, 2, NO_CLEAR_CHANGE),
    ("Criminal damage", 490, 412, -78, -15.9, 0.009, 3, CLEAR_FALL),
    ("Anti-social behaviour", 1269, 1159, -110, -8.7, 0.03, 2, CLEAR_FALL),
]


@pytest.mark.parametrize(
    ("before", "now", "difference", "percentage", "p_value", "digits", "verdict"),
    [row[1:] for row in HARBOROUGH],
    ids=[row[0] for row in HARBOROUGH],
)
def test_every_row_of_a_published_table_is_reproduced(
    before, now, difference, percentage, p_value, digits, verdict
):
    change = supplied(now, before)
    assert change.difference == difference
    assert round(change.change_pct, 1) == percentage
    assert round(change.p_value, digits) == p_value
    assert change.verdict == verdict


# The same table: two-sided p of the score test and of the exact conditional test, as the
# reference table gives them.
SCORE_AND_EXACT = [
    # now  before  score    exact    to
    (2778, 2773, 0.946, 0.957, 5e-4),
    (253, 153, 6.9e-7, 7.9e-7, 5e-9),
    (106, 107, 0.945, 1, 5e-4),
    (284, 335, 0.0404, 0.0444, 5e-5),
    (54, 38, 0.0953, 0.117, 5e-4),
    (176, 163, 0.480, 0.515, 5e-4),
    (68, 59, 0.425, 0.478, 5e-4),
    (412, 490, 0.0094, 0.0103, 5e-5),
    (1159, 1269, 0.0256, 0.0269, 5e-5),
]


@pytest.mark.parametrize(("now", "before", "score", "exact", "to"), SCORE_AND_EXACT)
def test_the_library_gives_the_score_and_exact_tests_of_the_table(now, before, score, exact, to):
    for method, p_value in (("score", score), ("exact-cond", exact)):
        found = poisson_test(now, 1, before, 1, method=method).pvalue
        assert found == pytest.approx(p_value, abs=to)


@pytest.mark.parametrize(("now", "before", "score", "exact", "to"), SCORE_AND_EXACT)
def test_each_verdict_rests_on_a_p_near_the_score_tests_and_no_higher_than_the_exact(
    now, before, score, exact, to
):
    # Derived, not published: the E-test sums Poisson tails beyond the score statistic, and
    # rejects wherever the exact test does (Krishnamoorthy and Thomson 2004).
    p_value = supplied(now, before).p_value
    assert 0.85 * score <= p_value <= exact + to


@pytest.mark.parametrize(
    ("method", "p_value"), [("score", 0.000316), ("wald", 0.000356), ("exact-cond", 0.000428)]
)
def test_the_library_gives_the_published_one_sided_p_of_two_rates(method, p_value):
    # Gu and others 2008: 60 in 51,477.5 person-years against 30 in 54,308.7.
    found = poisson_test(60, 51477.5, 30, 54308.7, method=method, alternative="larger").pvalue
    assert found == pytest.approx(p_value, abs=5e-7)


@pytest.mark.parametrize(("now", "before"), [(500, 0), (0, 500), (400, 0), (0, 400), (0, 0)])
def test_a_year_without_an_offence_is_tested_quietly(now, before):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = supplied(now, before)
    assert (change.p_value < 0.001) == (now != before)


def test_a_quarter_after_one_without_an_offence_is_tested_quietly_beside_its_variation():
    quarter = Period.parse("2013/14-Q3")
    counts = drawn("2012-01", "5 90 " * 4, "5 0 0 0", "90 5 " * 4, "5 60 60 60")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = change_between(counts, quarter, quarter.earlier())
    assert (change.now.count, change.before.count) == (180, 0)
    assert change.method.startswith("quasi-Poisson")


@pytest.mark.parametrize(
    ("now", "before", "p_value", "test"),
    [
        (0, 3, 0.0884, "Poisson E-test"),  # Krishnamoorthy and Thomson 2004
        (6, 2, 0.1749, "Poisson E-test"),
        (20, 10, 0.0688, "Poisson E-test"),
        (2778, 2773, 0.9465, "Poisson score test"),
        (1159, 1269, 0.0256, "Poisson score test"),
    ],
)
def test_the_p_value_is_the_published_one(now, before, p_value, test):
    change = supplied(now, before)
    assert change.p_value == pytest.approx(p_value, abs=6e-5)
    assert change.method.startswith(test)
    assert change.method.endswith("at the 5% level")


@pytest.mark.parametrize(
    ("now", "before", "test"),
    [(499, 499, "Poisson E-test"), (500, 499, "Poisson score test"), (0, 500, "Poisson score")],
)
def test_the_e_test_is_for_two_counts_under_500(now, before, test):
    assert supplied(now, before).method.startswith(test)


@pytest.mark.parametrize(
    ("now", "before", "percentage"), [(18, 9, None), (9, 10, -10.0), (5, 0, None), (20, 10, 100.0)]
)
def test_a_percentage_is_not_given_on_a_base_under_ten(now, before, percentage):
    change = supplied(now, before)
    assert change.change_pct == percentage
    assert change.difference == now - before


def test_two_years_without_an_offence_show_no_clear_change():
    change = supplied(0, 0)
    assert (change.difference, change.p_value, change.verdict) == (0, 1.0, NO_CLEAR_CHANGE)
    assert (change.change_pct, change.method) == (None, "")


def test_the_level_of_the_test_is_stated_and_can_be_stricter():
    figures = [("2013-04", "2014-03", 284.0, "report"), ("2012-04", "2013-03", 335.0, "report")]
    change = change_between(counts_of([], figures), NOW, BEFORE, alpha=0.01)
    assert (change.verdict, change.alpha) == (NO_CLEAR_CHANGE, 0.01)
    assert change.method.endswith("at the 1% level")


SOUND_YEAR = "10 10 10 10 10 10 10 10 10 10 10 10"


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (
            SOUND_YEAR,
            "10 10 10 10 10 10 10 10 10 10 10 .",
            "2013/14 is incomplete (March 2014 absent)",
        ),
        (
            "10 10 10 10 10 10 10 10 10 10 10 1!",
            SOUND_YEAR,
            "2012/13 is incomplete (March 2013 abnormal)",
        ),
        (  # the same eleven months are sound in both years; the year is still not compared
            "10 10 10 10 10 10 10 10 10 10 10 .",
            "10 10 10 10 10 10 10 10 10 10 10 1!",
            "2013/14 is incomplete (March 2014 abnormal); "
            "2012/13 is incomplete (March 2013 absent)",
        ),
        (". " * 12, SOUND_YEAR, "2012/13 is not held (2012/13 absent)"),
    ],
)
def test_a_year_with_a_month_missing_has_no_change(before, now, reason):
    change = change_between(drawn("2012-04", before, now), NOW, BEFORE)
    assert change.verdict == NOT_COMPARED
    assert change.reason == reason
    assert (change.difference, change.change_pct, change.p_value) == (None, None, None)


def test_the_months_sound_in_both_years_are_compared_when_they_are_asked_for():
    counts = drawn(
        "2012-04", "10 10 10 10 10 10 10 10 10 10 10 .", "10 10 10 10 10 10 10 10 10 10 20 10"
    )
    eleven = Period.parse("2013-04..2014-02")
    change = change_between(counts, eleven, eleven.earlier())
    assert (change.now.count, change.before.count, change.difference) == (120, 110, 10)


def test_a_measure_that_cannot_be_had_is_not_compared():
    why = "the files hold burglary only"
    change = change_between(counts_of([], missing=why), NOW, BEFORE)
    assert (change.verdict, change.reason) == (NOT_COMPARED, why)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2013/14", "2012/13-Q1"),  # unlike lengths
        ("2013/14-Q2", "2013/14-Q1"),  # unlike seasons
        ("2012-04..2014-03", "2011-04..2013-03"),  # a year in both
    ],
)
def test_only_the_same_months_of_two_years_are_compared(now, before):
    counts = drawn("2011-04", SOUND_YEAR, SOUND_YEAR, SOUND_YEAR)
    change = change_between(counts, Period.parse(now), Period.parse(before))
    assert change.verdict == NOT_COMPARED
    assert "not the same months of two years" in change.reason


# Two sources: the counts' own gives months, another gives years.


def stated_by(name, origin, **years):
    """A source that states a figure for each year of `now` and `before` that is named."""
    spans = {"now": NOW, "before": BEFORE}
    rows = [(str(spans[y].start), str(spans[y].end), float(n), name) for y, n in years.items()]
    no_months = drawn("2012-04", ". " * 24).monthly
    table = pd.DataFrame(rows, columns=["start", "end", "value", "source"])
    return Series(origin, name, no_months, table)


LATER_ALONE = (". " * 12, "50 " * 12)  # 600 in the later year; the year before is not held


def test_totals_of_two_sources_are_not_compared_and_the_reason_names_both():
    counts = drawn("2012-04", *LATER_ALONE)
    other = stated_by("Home Office", "home_office", before=420)
    change = change_between(replace(counts, others=(other,)), NOW, BEFORE)
    assert (change.verdict, change.p_value, change.difference) == (NOT_COMPARED, None, None)
    assert (change.now.count, change.before.count) == (600, 420)
    assert change.reason == (
        "2013/14 is from police.uk and 2012/13 from Home Office, which may not count alike"
    )


def test_the_first_source_that_holds_both_years_whole_gives_both():
    counts = drawn("2012-04", *LATER_ALONE)
    one = stated_by("A partner", "indicators", before=77)
    both = stated_by("Home Office", "home_office", now=430, before=420)
    last = stated_by("An extract", "supplied_records", now=90, before=10)
    change = change_between(replace(counts, others=(one, both, last)), NOW, BEFORE)
    assert (change.now.count, change.before.count) == (430, 420)
    assert (change.verdict, change.source) == (NO_CLEAR_CHANGE, "Home Office")


def test_the_counts_own_source_comes_first_where_it_holds_both_years():
    counts = drawn("2012-04", "40 " * 12, "50 " * 12)
    other = stated_by("Home Office", "home_office", now=430, before=420)
    change = change_between(replace(counts, others=(other,)), NOW, BEFORE)
    assert (change.now.count, change.before.count) == (600, 480)


def test_a_total_below_zero_is_not_tested():
    assert supplied(-2, 10).verdict == NOT_COMPARED


# Allowing for how much months vary. Each calendar month has 90 offences over the two years, so
# chance would share them 50 to 40, as 600 to 480. Each month is `swing` off, six up, six down:
#   Pearson's chi-squared = 12 x swing^2 x (1/50 + 1/40); over 11 degrees of freedom.
#   score statistic = (600 - 480) / sqrt(600 + 480) = 3.6515: a clear rise by Poisson alone.


def swinging(swing):
    signs = (1, -1) * 6
    now = " ".join(str(50 + sign * swing) for sign in signs)
    before = " ".join(str(40 - sign * swing) for sign in signs)
    return change_between(drawn("2012-04", before, now), NOW, BEFORE)


def two_sided_t_11(t):
    """Student's t at 11 degrees of freedom, by Abramowitz and Stegun 26.7.3."""
    angle = atan(t / sqrt(11))
    coefficients = (1, 2 / 3, 8 / 15, 48 / 105, 384 / 945)
    series = sum(c * cos(angle) ** (2 * i + 1) for i, c in enumerate(coefficients))
    return 1 - 2 / pi * (angle + sin(angle) * series)


def test_the_worked_distribution_is_the_published_one():
    assert two_sided_t_11(2.201) == pytest.approx(0.05, abs=5e-5)
    assert two_sided_t_11(3.106) == pytest.approx(0.01, abs=5e-5)


@pytest.mark.parametrize(
    ("swing", "dispersion", "verdict"),
    [(5, 13.5 / 11, CLEAR_RISE), (10, 54 / 11, NO_CLEAR_CHANGE)],
)
def test_months_that_vary_more_than_chance_make_a_change_less_clear(swing, dispersion, verdict):
    change = swinging(swing)
    assert (change.now.count, change.before.count) == (600, 480)
    assert change.dispersion == pytest.approx(dispersion)
    assert change.p_value == pytest.approx(two_sided_t_11(120 / sqrt(1080 * dispersion)))
    assert change.verdict == verdict
    assert change.method == (
        f"quasi-Poisson score test (monthly variation after season {dispersion:.1f} times "
        "what chance gives), at the 5% level"
    )


def test_months_that_vary_no_more_than_chance_leave_the_poisson_verdict():
    change = swinging(2)  # chi-squared 2.16 on 11
    assert change.dispersion == pytest.approx(2.16 / 11)
    assert change.method.startswith("Poisson score test (monthly variation after season no more")
    assert change.p_value == pytest.approx(0.000261, abs=5e-7)  # normal, 3.6515 either side


def test_a_season_repeated_is_not_variation():
    season = "10 20 40 80 80 40 20 10 10 10 10 10"
    change = change_between(drawn("2012-04", season, season), NOW, BEFORE)
    assert change.dispersion == pytest.approx(0, abs=1e-9)


def test_the_rise_under_test_is_not_variation():
    quarter = Period.parse("2013/14-Q3")
    counts = drawn("2012-01", "30 " * 21, "60 60 60")
    change = change_between(counts, quarter, quarter.earlier())
    assert (change.now.count, change.before.count) == (180, 90)
    assert change.dispersion == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("months", "measured"),
    [
        ("30 " * 24, True),
        ("30 " * 23, False),  # one too few
        ("30 " * 5 + "3! " + "30 " * 18, False),  # one of them abnormal
        ("30 " + "30 " * 5 + "3! " + "30 " * 18, True),  # and one more before
    ],
)
def test_variation_is_measured_from_24_sound_months(months, measured):
    quarter = Period.parse("2013/14-Q3")
    first = Month.parse("2014-01") - len(months.split())
    change = change_between(drawn(str(first), months), quarter, quarter.earlier())
    assert (change.dispersion is not None) == measured
    assert ("without 24 sound months" in change.method) == (not measured)


def test_variation_is_not_measured_where_offences_are_fewer_than_months():
    change = change_between(
        drawn("2012-04", "0 1 0 1 0 1 0 1 0 1 0 1", "1 0 2 1 0 1 1 0 2 0 1 0"), NOW, BEFORE
    )
    assert change.dispersion is None
    assert change.method.startswith("Poisson E-test")


def test_a_calendar_month_with_no_offence_in_either_year_tells_nothing_of_variation():
    signs = (1, -1) * 5
    now = " ".join(str(50 + 10 * sign) for sign in signs) + " 0 0"
    before = " ".join(str(40 - 10 * sign) for sign in signs) + " 0 0"
    change = change_between(drawn("2012-04", before, now), NOW, BEFORE)
    assert change.dispersion == pytest.approx(10 * 100 * (1 / 50 + 1 / 40) / 9)


def test_months_after_the_period_do_not_bear_on_it():
    counts = drawn("2012-04", "40 " * 12, "50 " * 12)
    later = drawn("2012-04", "40 " * 12, "50 " * 12, "5 200 " * 6)
    assert change_between(later, NOW, BEFORE) == change_between(counts, NOW, BEFORE)


two_years = st.lists(st.integers(0, 60), min_size=24, max_size=24)


@settings(max_examples=20, deadline=None)
@given(two_years)
def test_swapping_the_years_turns_the_sign_alone(months):
    counts = drawn("2012-04", " ".join(map(str, months)))
    forth, back = change_between(counts, NOW, BEFORE), change_between(counts, BEFORE, NOW)
    assert back.difference == -forth.difference
    assert back.p_value == pytest.approx(forth.p_value)
    turned = {CLEAR_RISE: CLEAR_FALL, CLEAR_FALL: CLEAR_RISE, NO_CLEAR_CHANGE: NO_CLEAR_CHANGE}
    assert back.verdict == turned[forth.verdict]


@settings(max_examples=20, deadline=None)
@given(two_years, st.integers(0, 23))
def test_any_one_month_made_absent_leaves_nothing_compared(months, lost):
    cells = [str(count) for count in months]
    cells[lost] = "."
    change = change_between(drawn("2012-04", " ".join(cells)), NOW, BEFORE)
    assert change.verdict == NOT_COMPARED
    assert (Month.parse("2012-04") + lost).label in change.reason


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 300), st.integers(10, 300), st.integers(2, 9))
def test_ten_times_the_offences_is_the_same_percentage(now, before, times):
    assert supplied(now * times, before * times).change_pct == pytest.approx(
        supplied(now, before).change_pct
    )


@settings(max_examples=20, deadline=None)
@given(two_years)
def test_allowing_for_variation_never_makes_a_change_clearer(months):
    change = change_between(drawn("2012-04", " ".join(map(str, months))), NOW, BEFORE)
    poisson = supplied(sum(months[12:]), sum(months[:12]))
    assert change.p_value >= poisson.p_value - 1e-9
