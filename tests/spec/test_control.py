"""Control limits and the rules for signals, against published values and charts worked by hand."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cspnb.analysis.control import control
from cspnb.errors import CspnbError
from cspnb.measures.control import c_limits, laney_limits, u_limits, xmr_limits
from cspnb.measures.control_rules import (
    MAKING_DATA_COUNT,
    NELSON,
    RULES,
    WESTERN_ELECTRIC,
    completed,
    part_of,
    trend_completed,
)
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Break, Measure
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.measures.signals import names, signals
from cspnb.periods import Month, Period

VIGNETTE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
NIST = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19]
NIST += [16, 31, 13]


def array(values):
    return np.array(values, dtype=float)


# Limits. The vignette of NHSRplotthedots: mean 35/18; the 17 moving ranges are fifteen of 1, and
# 8 and 9 about the 10, so that their mean is 32/17, and 1 without those over 3.267 x 32/17 = 6.15.


@pytest.mark.parametrize(
    ("screened", "lower", "upper"), [(True, -0.72, 4.60), (False, -3.06, 6.95)]
)
def test_xmr_limits_are_those_of_the_nhs_vignette(screened, lower, upper):
    limits = xmr_limits(array(VIGNETTE), screened=screened)
    assert limits.centre == pytest.approx(1.94, abs=0.005)
    assert limits.lower == pytest.approx(lower, abs=0.005)
    assert limits.upper == pytest.approx(upper, abs=0.005)


def test_c_limits_are_those_of_the_nist_handbook():
    limits = c_limits(array(NIST))
    assert (limits.centre, limits.lower[0], limits.upper[0]) == (16, 4, 28)
    z = (array(NIST) - limits.centre) / limits.sigma
    outside = [s for s in signals(array(NIST), z, RULES[MAKING_DATA_COUNT]) if "limit" in s.name]
    assert [(s.name, s.points) for s in outside] == [("above the upper limit", (23,))]


def test_u_limits_worked_by_hand():
    """10 + 12 + 8 = 30 over 1 + 2 + 2 = 5: u = 6; 6 +/- 3 sqrt(6/1), and 6 +/- 3 sqrt(6/2)."""
    limits = u_limits(array([10, 12, 8]), array([1, 2, 2]))
    assert limits.centre == 6
    assert list(limits.upper) == pytest.approx([13.348469, 11.196152, 11.196152])
    assert list(limits.lower) == pytest.approx([-1.348469, 0.803848, 0.803848])


def test_laney_limits_worked_by_hand():
    """u as above; z = 4/sqrt 6, 0, -2/sqrt 3; ranges 1.632993 and 1.154701, mean 1.393847,

    over 1.128 is 1.235680: every u sigma is multiplied by that.
    """
    limits = laney_limits(array([10, 12, 8]), array([1, 2, 2]))
    assert list(limits.sigma) == pytest.approx([1.235680 * sqrt(6), *[1.235680 * sqrt(3)] * 2])


def test_no_moving_range_reaches_across_an_absent_point():
    """5, 7 and 20, 21: ranges 2 and 1 alone, mean 1.5, mean of the points 13.25."""
    limits = xmr_limits(array([5, 7, np.nan, 20, 21]))
    assert limits.centre == 13.25
    assert limits.upper == pytest.approx(13.25 + 2.66 * 1.5)


# Rules.


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1]),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1], [0]),
    ],
)
def test_the_seventh_point_of_a_trend_is_flagged(values, ends):
    """The published tests of NHSRplotthedots' ptd_seven_point_trend."""
    assert list(trend_completed(array(values), 7)) == ends


def test_all_seven_points_are_then_part_of_the_trend():
    ends = trend_completed(array([1, 2, 3, 4, 5, 6, 7]), 7) == 1
    assert list(part_of(ends, 7)) == [True] * 7


@pytest.mark.parametrize(
    ("near", "part"),
    [
        ("1 0 1", "1 0 1"),
        ("0 1 1", "0 1 1"),
        ("0 0 1 0 1 0 0", "0 0 1 0 1 0 0"),
        ("1 0 0 1", "0 0 0 0"),
        ("1 0 0 1 1", "0 0 0 1 1"),
    ],
)
def test_two_in_three_marks_the_points_near_the_limit_alone(near, part):
    """The published tests of NHSRplotthedots' ptd_part_of_two_in_three."""
    hits = np.array([cell == "1" for cell in near.split()])
    marked = hits & part_of(completed(hits, 2, 3), 3)
    assert " ".join(str(int(each)) for each in marked) == part


def marked(drawn, rules):
    """The signal of each point of a series drawn in sigma about a mean of nought; '.' is absent."""
    z = array([np.nan if cell == "." else float(cell) for cell in drawn.split()])
    return names(signals(z, z, RULES[rules]), len(z))


def points_of(drawn, rules):
    """The same as places of the points that are part of any signal, with their one name."""
    told = marked(drawn, rules)
    assert len(set(told) - {""}) <= 1, told
    return {name for name in told if name}, [place for place, name in enumerate(told) if name]


RUN_OF_6, RUN_OF_7 = "0.5 0.2 0.4 0.1 0.6 0.3", "0.5 0.2 0.4 0.1 0.6 0.3 0.5"
ALL = MAKING_DATA_COUNT, WESTERN_ELECTRIC, NELSON


@pytest.mark.parametrize(
    ("rules", "drawn", "name", "points"),
    [
        *[(rules, "0 3.1 0 -1", "above the upper limit", [1]) for rules in ALL],
        *[(rules, "0 -3.1 0 1", "below the lower limit", [1]) for rules in ALL],
        *[(rules, "0 3 0 -1", None, []) for rules in ALL],  # on the limit is not outside
        *[(rules, "0 2.1 0 2.2 0", "near the upper limit", [1, 3]) for rules in ALL],
        *[(rules, "0 -2.1 -2.2 0", "near the lower limit", [1, 2]) for rules in ALL],
        *[(rules, "0 2.1 -2.2 0", None, []) for rules in ALL],  # not the same limit
        *[(rules, "0 2 0 2 0", None, []) for rules in ALL],  # on the line is not beyond
        (MAKING_DATA_COUNT, f"-1 {RUN_OF_7} -1", "run above the mean", [1, 2, 3, 4, 5, 6, 7]),
        (MAKING_DATA_COUNT, f"-1 {RUN_OF_6} -1", None, []),
        (MAKING_DATA_COUNT, f"-1 {RUN_OF_6} 0 0.5", None, []),  # on the mean ends the run
        (WESTERN_ELECTRIC, f"-1 {RUN_OF_7} 0.2 -1", "run above the mean", [*range(1, 9)]),
        (WESTERN_ELECTRIC, f"-1 {RUN_OF_7} -1", None, []),
        (NELSON, f"-1 {RUN_OF_7} 0.2 0.3 -1", "run above the mean", [*range(1, 10)]),
        (NELSON, f"-1 {RUN_OF_7} 0.2 -1", None, []),
        (MAKING_DATA_COUNT, "0 -1.5 -1 -.5 .5 1 1.5 1.9 1.5", "rising", [*range(1, 8)]),
        (MAKING_DATA_COUNT, "0 -1.5 -1 -.5 .5 1 1.5 1", None, []),
        (NELSON, "0 -1.5 -1 -.5 .5 1 1.5 1", "rising", [*range(1, 7)]),
        (NELSON, "0 1.5 1 .5 -.5 -1 -1.5 -1", "falling", [*range(1, 7)]),
        *[
            (rules, "0 1.1 1.2 0 1.3 1.4 0", "well above the mean", [1, 2, 4, 5])
            for rules in (WESTERN_ELECTRIC, NELSON)
        ],
        (NELSON, "1.2 -.2 " * 7, "up and down by turns", [*range(14)]),
        (NELSON, "1.2 -.2 " * 6 + "1.2", None, []),
        (NELSON, ".1 .2 -.1 " * 5, "close to the mean", [*range(15)]),
        (NELSON, ".1 .2 -.1 " * 4 + ".1 .2", None, []),
        (NELSON, "1.1 1.2 -1.1 -1.2 1.2 1.3 -1.5 -1.4", "far from the mean", [*range(8)]),
        (NELSON, "1.1 1.2 -1.1 -1.2 0.9 1.3 -1.5 -1.4", None, []),
    ],
)
def test_each_rule_marks_its_points_and_no_others(rules, drawn, name, points):
    assert points_of(drawn, rules) == ({name} - {None}, points)


def test_points_far_from_the_mean_on_one_side_alone_are_not_far_on_both():
    z = array([1.1, 1.2, 1.3, 1.2, 1.2, 1.3, 1.5, 1.4])
    assert "far from the mean" not in {each.name for each in signals(z, z, RULES[NELSON])}


def test_nothing_runs_on_across_an_absent_point():
    half = "0.5 0.2 0.4 0.1"
    assert points_of(f"{half} 0.3 {half}", MAKING_DATA_COUNT)[1] == [*range(9)]
    assert points_of(f"{half} . {half}", MAKING_DATA_COUNT)[1] == []
    assert points_of("0 2.1 . 2.2", MAKING_DATA_COUNT)[1] == []


def test_a_point_of_several_signals_is_named_by_precedence():
    """Outside the limits, then trend, then two in three, then the run."""
    told = marked("-1 .1 .2 .3 .4 .5 .6 3.5 2.2 .2", MAKING_DATA_COUNT)
    assert told[1:7] == ["rising"] * 6
    assert told[7:] == ["above the upper limit", "near the upper limit", "run above the mean"]


# The answer over months.

NOW = Period.parse("2013/14")


def drawn(first, *lines, measure=None):
    """Counts drawn as months: '.' is absent, '46!' is abnormal."""
    rows = []
    for number, cell in enumerate(" ".join(lines).split()):
        status = ABSENT if cell == "." else ABNORMAL if cell.endswith("!") else SOUND
        count = None if status == ABSENT else int(cell.rstrip("!"))
        rows.append((str(Month.parse(first) + number), count, status, "", "police.uk"))
    columns = ["month", "count", "status", "reason", "source"]
    return Counts(
        measure=measure or Measure("burglary", "Burglary"),
        area="Harborough",
        period=NOW,
        monthly=pd.DataFrame(rows, columns=columns).astype({"count": "Int64"}),
        stated=pd.DataFrame(columns=["start", "end", "value", "source"]),
    )


TOO_LOW = "the mean is under 5 offences a month, and chance alone would then make signals too often"
STEADY = "10 12 10 12 10 12 10 12 10 12 10 12"  # mean 11, moving range 2: 5.68 to 16.32


def test_months_have_the_limits_of_their_own_spread():
    result = control(drawn("2013-04", STEADY, "17 5 11"))
    last = result.table.iloc[-1]
    ranges = [2] * 11 + [5, 12, 6]  # 45 over 14
    centre = (11 * 12 + 33) / 15
    assert last["centre"] == pytest.approx(centre)
    assert last["upper"] == pytest.approx(centre + 2.66 * sum(ranges) / 14)
    assert last["lower"] == pytest.approx(centre - 2.66 * sum(ranges) / 14)
    assert result.signals.empty
    assert result.reason == ""
    assert not result.is_signalled


def test_a_lower_limit_of_a_count_is_not_under_zero():
    assert (control(drawn("2013-04", "0 12 " * 6)).table["lower"] == 0).all()


def test_a_month_far_above_is_a_signal():
    result = control(drawn("2013-04", STEADY, "25"))
    # mean (132 + 25) / 13 = 12.08; moving ranges (22 + 13) / 12 = 2.92: up to 19.84
    assert result.table["upper"].iloc[-1] == pytest.approx(19.835, abs=5e-4)
    assert result.latest_signal["signal"] == "above the upper limit"
    assert result.latest_signal["start"] == result.latest_signal["end"] == "2014-04"
    assert result.is_signalled


@pytest.mark.parametrize(
    ("months", "reason"),
    [
        ("10 12 " * 5 + "10", "11 sound months are held, and 12 are needed"),
        ("10 12 " * 5 + "10 .", "11 sound months are held, and 12 are needed"),
        ("10 12 " * 5 + "10 3!", "11 sound months are held, and 12 are needed"),
        ("5", "1 sound month is held, and 12 are needed"),
        (". . .", "no sound month is held"),
        ("4 5 " * 6, TOO_LOW),
        ("7 9 " * 6 + "-1", "a month is below zero, as more offences were cancelled than recorded"),
        ("7 " * 12, "neighbouring months do not differ, so that there is no spread to judge by"),
        ("5 . 9 . " * 6, "0 pairs of neighbouring months are sound, and 6 are needed"),
        ("5 . 9 . " * 6 + "8 7", "1 pair of neighbouring months is sound, and 6 are needed"),
    ],
)
def test_what_cannot_be_judged_says_why(months, reason):
    result = control(drawn("2013-04", months))
    assert result.reason == reason
    assert result.table["centre"].isna().all()
    assert result.signals.empty


def test_a_measure_that_cannot_be_had_is_not_judged():
    why = "the files hold burglary only"
    assert control(replace(drawn("2013-04", ". . ."), missing=why)).reason == why


def test_months_before_the_first_that_is_held_are_left_out_and_told():
    result = control(drawn("2013-01", ". . .", STEADY))
    assert list(result.table["label"])[:1] == ["2013-04"]
    assert result.coverage == "12 of 15 months are sound; January to March 2013 absent."
    assert result.span == Period.parse("2013/14")


def test_an_abnormal_month_is_not_judged_and_breaks_a_run():
    result = control(drawn("2013-04", STEADY, "13 13 13 1! 13 13 13 13", STEADY))
    month = result.table.set_index("label").loc["2014-07"]
    assert np.isnan(month["value"])
    assert (month["count"], month["signal"], month["status"]) == (1, "", ABNORMAL)
    assert "run above the mean" not in set(result.signals["signal"])


RECORDED_ANEW = Break(Month(2014, 4), "forces record the principal crime alone", re_bases=True)
PASSING = Break(Month(2014, 4), "restrictions", until=Month(2014, 6))


def with_breaks(*breaks):
    return Measure("burglary", "Burglary", breaks=breaks)


def test_limits_start_anew_at_a_change_of_recording():
    measure = with_breaks(RECORDED_ANEW)
    result = control(drawn("2013-04", STEADY, "30 32 " * 6, measure=measure))
    assert list(result.segments["start"]) == ["2013-04", "2014-04"]
    assert list(result.segments["centre"]) == [11, 31]
    assert result.table["upper"].iloc[0] == pytest.approx(11 + 2.66 * 2)
    assert result.table["upper"].iloc[-1] == pytest.approx(31 + 2.66 * 2)
    assert result.signals.empty  # twenty more, and no signal: what is counted changed


def test_a_date_that_does_not_re_base_leaves_one_segment():
    result = control(drawn("2013-04", STEADY, "30 32 " * 6, measure=with_breaks(PASSING)))
    assert len(result.segments) == 1
    assert set(result.signals["signal"]) >= {"run below the mean", "run above the mean"}


def test_a_passing_break_that_re_bases_is_a_segment_of_its_own():
    gap = Break(Month(2014, 4), "records were lost", until=Month(2014, 6), re_bases=True)
    result = control(drawn("2013-04", STEADY, "3 2 1", STEADY, measure=with_breaks(gap)))
    assert list(result.segments["start"]) == ["2013-04", "2014-04", "2014-07"]
    assert list(result.segments["sound"]) == [12, 3, 12]
    assert list(result.segments["reason"]) == [
        "", "3 sound months are held, and 12 are needed", "",
    ]  # fmt: skip
    assert result.reason == ""


def test_segments_that_are_all_too_short_are_not_judged():
    measure = with_breaks(RECORDED_ANEW)
    result = control(drawn("2013-10", STEADY, measure=measure))
    assert "long enough" in result.reason
    assert list(result.segments["sound"]) == [6, 6]


def test_rates_are_per_1000_and_need_a_population():
    counts = drawn("2013-04", STEADY)
    rates = control(counts, chart="u", population=2000)
    assert rates.per == "1,000 residents"
    assert list(rates.table["value"])[:2] == [5, 6]
    assert rates.table["denominator"].iloc[0] == 2
    assert rates.table["upper"].iloc[0] == pytest.approx(5.5 + 3 * sqrt(5.5 / 2))
    assert control(counts, chart="u").reason == "no number of residents was given to divide by"


def test_a_population_by_month_leaves_out_the_months_it_lacks():
    counts = drawn("2013-04", STEADY, "10 12")
    known = {str(Month(2013, 4) + n): 2000.0 for n in range(13)}
    assert list(control(counts, chart="u", population=known).table["value"].isna()) == [
        *[False] * 13, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [{"chart": "p"}, {"rules": "whatever"}, {"chart": "c", "population": 90_000}],
)
def test_what_does_not_exist_is_refused_with_what_does(asked):
    with pytest.raises(CspnbError) as refused:
        control(drawn("2013-04", STEADY), **asked)
    assert refused.value.remedy


def test_the_same_month_of_the_year_before_stands_beside_each():
    table = control(drawn("2013-04", STEADY, "7 8 .")).table.set_index("label")
    assert table.loc["2014-04", "last_year"] == 10
    assert table.loc["2014-05", "last_year"] == 12
    assert np.isnan(table.loc["2013-04", "last_year"])


def test_no_month_stands_beside_one_from_before_a_change_of_recording():
    measure = with_breaks(RECORDED_ANEW)
    result = control(drawn("2013-04", STEADY, "30 32 " * 7, measure=measure))
    table = result.table.set_index("label")
    assert np.isnan(table.loc["2014-04", "last_year"])
    assert table.loc["2015-04", "last_year"] == 30


def test_the_latest_months_alone_are_judged_by_their_own_limits_when_asked_for():
    result = control(drawn("2013-04", "30 32 " * 6, STEADY), latest=12)
    assert list(result.table["label"])[0] == "2014-04"
    assert result.table["centre"].iloc[0] == 11
    assert result.table["last_year"].iloc[0] == 30


def test_the_method_names_chart_rules_and_why():
    said = control(drawn("2013-04", STEADY)).method
    assert said.startswith("XmR chart")
    assert "2.66 times" in said and "Making Data Count" in said and "7 points in a row" in said
    assert "Poisson" in control(drawn("2013-04", STEADY), chart="c").method
    screened = control(drawn("2013-04", STEADY), screened=True, rules="nelson").method
    assert "3.267" in screened and "Nelson (1984)" in screened


# Laws.

series = st.lists(st.integers(0, 200), min_size=12, max_size=40)


@settings(max_examples=50, deadline=None)
@given(series, st.integers(0, 1000), st.booleans())
def test_shifting_every_point_shifts_the_limits(values, shift, screened):
    before = xmr_limits(array(values), screened=screened)
    after = xmr_limits(array(values) + shift, screened=screened)
    assert after.lower == pytest.approx(before.lower + shift)
    assert after.upper == pytest.approx(before.upper + shift)


@settings(max_examples=50, deadline=None)
@given(series, st.integers(2, 9))
def test_scaling_every_point_scales_the_limits(values, times):
    before, after = xmr_limits(array(values)), xmr_limits(array(values) * times)
    assert after.lower == pytest.approx(before.lower * times)
    assert after.upper == pytest.approx(before.upper * times)


def found_in(counts, **asked):
    table = control(counts, **asked).table
    return table.set_index("label")["signal"]


@settings(max_examples=15, deadline=None)
@given(series)
def test_told_backwards_the_same_points_are_marked_and_a_rise_is_a_fall(values):
    forth = found_in(drawn("2013-04", " ".join(map(str, values))))
    back = found_in(drawn("2013-04", " ".join(map(str, reversed(values)))))
    assert [bool(name) for name in forth] == [bool(name) for name in reversed(list(back))]


@settings(max_examples=15, deadline=None)
@given(series, st.integers(2, 9), st.sampled_from(ALL))
def test_ten_times_the_population_of_the_same_counts_marks_the_same_points(values, times, rules):
    counts = drawn("2013-04", " ".join(map(str, values)))
    few = found_in(counts, rules=rules, population=1000)
    many = found_in(counts, rules=rules, population=1000 * times)
    assert list(few) == list(many)


@settings(max_examples=15, deadline=None)
@given(series, st.integers(0, 3), st.integers(0, 3), st.sampled_from(ALL))
def test_absent_months_at_either_end_change_nothing(values, before, after, rules):
    cells = [str(value) for value in values]
    alone = found_in(drawn("2013-04", *cells), rules=rules)
    first = str(Month.parse("2013-04") - before)
    among = found_in(drawn(first, *["."] * before, *cells, *["."] * after), rules=rules)
    assert list(among[alone.index]) == list(alone)
    assert set(among.drop(alone.index)) <= {""}


@settings(max_examples=20, deadline=None)
@given(series, st.integers(1, 38), st.sampled_from([MAKING_DATA_COUNT, WESTERN_ELECTRIC]))
def test_an_absent_month_put_in_anywhere_never_creates_a_signal(values, place, rules):
    """On a c chart, whose limits do not hang on which months are neighbours."""
    assume(place < len(values) and sum(values) >= len(values))
    cells = [str(value) for value in values]
    whole = found_in(drawn("2013-04", *cells), chart="c", rules=rules).to_list()
    parted = found_in(
        drawn("2013-04", *cells[:place], ".", *cells[place:]), chart="c", rules=rules
    ).to_list()
    del parted[place]
    assert all(before for before, after in zip(whole, parted, strict=True) if after)


@settings(max_examples=20, deadline=None)
@given(series, st.integers(0, 39))
def test_a_month_that_becomes_absent_is_never_part_of_a_signal(values, lost):
    assume(lost < len(values))
    cells = [str(value) for value in values]
    cells[lost] = "."
    found = found_in(drawn("2013-04", *cells))
    assert found.get(str(Month.parse("2013-04") + lost), "") == ""


def _about(level, months):
    """Months 2 above and 2 below a level by turns."""
    return " ".join(str(level + (2 if place % 2 else -2)) for place in range(months))


def test_where_the_level_has_shifted_the_latest_36_months_are_judged_by_themselves():
    """36 months about 60, then 36 about 40: mean 50, every month in one of two runs of 36."""
    result = control(drawn("2008-04", _about(60, 36), _about(40, 36)))
    shift = result.shift
    assert (shift.number, shift.sound, shift.centre) == (72, 72, 50)
    assert (shift.restart, shift.kept) == ("2011-04", 36)
    assert list(result.segments["centre"]) == [60, 40]
    assert list(result.segments["start"]) == ["2008-04", "2011-04"]
    assert result.signals.empty
    assert not result.is_signalled


def test_of_a_shift_within_the_latest_36_months_the_latest_24_are_judged():
    result = control(drawn("2009-04", _about(60, 36), _about(40, 24)))
    assert (result.shift.restart, result.shift.kept) == ("2012-04", 24)
    assert result.segments["centre"].iloc[-1] == 40


def test_months_that_are_asked_for_are_judged_as_asked_and_the_shift_is_told():
    result = control(drawn("2008-04", _about(60, 36), _about(40, 36)), latest=72)
    assert (result.shift.restart, result.shift.number) == ("", 72)
    assert len(result.segments) == 1
    assert result.is_signalled


def test_the_last_year_still_stands_beside_a_month_after_a_restart():
    result = control(drawn("2008-04", _about(60, 36), _about(40, 36)))
    assert result.table["last_year"].iloc[36] == 58


@pytest.mark.parametrize(
    "months",
    [
        _about(50, 72),
        _about(50, 60) + " " + _about(30, 12),  # a fall at the end: a signal, and the mean holds
        (_about(58, 6) + " " + _about(42, 6) + " ") * 6,  # a season
        _about(60, 12) + " " + _about(40, 12),  # too short to start anew, but told
    ],
)
def test_where_no_later_stretch_on_one_level_is_long_enough_all_is_judged_together(months):
    result = control(drawn("2008-04", months))
    assert len(result.segments) == 1


@pytest.mark.parametrize(
    ("months", "number"),
    [
        (_about(60, 12) + " " + _about(40, 12), 24),
        (_about(60, 11) + " " + _about(40, 11), None),  # no run is as long as a year
        (_about(50, 40) + " " + _about(56, 9), None),  # mean 51.1: 9 above it are under half
        ((_about(58, 6) + " " + _about(42, 6) + " ") * 6, None),
    ],
)
def test_a_level_has_shifted_where_over_half_lie_in_runs_and_one_is_a_year(months, number):
    shift = control(drawn("2008-04", months)).shift
    assert (shift.number if shift else None) == number


def _charts_with_a_signal(mean, runs=400):
    """Of so many charts of 36 months of chance alone, the percentage with a signal, and latest."""
    generator = np.random.default_rng(36)
    somewhere = latest = 0
    for _ in range(runs):
        values = generator.poisson(mean, 36).astype(float)
        limits = xmr_limits(values)
        z = np.round((values - limits.centre) / limits.sigma, 9)
        found = signals(values, z, RULES["making data count"])
        somewhere += bool(found)
        latest += any(each.points[-1] == 35 for each in found)
    return 100 * somewhere / runs, 100 * latest / runs


@pytest.mark.parametrize(
    ("mean", "least", "most"),
    [(40, 22, 36), (2, 39, 54)],  # 29 and 46 of 100: three standard errors of 400 charts
)
def test_false_signals_come_as_often_as_the_page_of_the_method_says(mean, least, most):
    somewhere, latest = _charts_with_a_signal(mean)
    assert least <= somewhere <= most
    assert latest <= 7


def test_means_at_which_chance_alone_makes_runs_are_not_judged():
    assert control(drawn("2013-04", "4 6 " * 6)).reason == ""  # a mean of five
    assert control(drawn("2013-04", "4 5 " * 6)).reason == TOO_LOW
