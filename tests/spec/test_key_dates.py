"""Key dates: when they are, and what they bring beside ordinary days of the same weekdays."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from cspnb.analysis import key_dates
from cspnb.analysis.judged_dates import FEWER, MORE, NO_CLEAR_DIFFERENCE, NOT_JUDGED
from cspnb.measures.key_dates import (
    Calendar,
    bank_holidays,
    dates_of,
    days_of,
    key_dates_ahead,
)
from cspnb.measures.key_dates import key_dates as dates_in
from cspnb.measures.ordinary_days import Expected, day_ratio, expected_on, pooled, spread_of
from cspnb.params.calendar import CalendarParams
from cspnb.periods import Period
from cspnb.report.holidays import calendar_of
from tests.unit.events_by_hand import at, events_of

# As proclaimed, one-off ones and those that were moved included.
PROCLAIMED = [
    (2011, "2011-04-29 Fri"),  # a royal wedding
    (2012, "2012-06-04 Mon"),  # the spring bank holiday, moved to June
    (2012, "2012-06-05 Tue"),  # a jubilee
    (2020, "2020-05-08 Fri"),  # early May, moved for the anniversary of VE Day
    (2022, "2022-06-02 Thu"),  # spring, moved
    (2022, "2022-06-03 Fri"),  # a jubilee
    (2022, "2022-09-19 Mon"),  # a state funeral
    (2023, "2023-05-08 Mon"),  # a coronation
]


@pytest.mark.parametrize(("year", "day"), PROCLAIMED)
def test_bank_holidays_are_those_proclaimed(year, day):
    held = bank_holidays(date(year, 1, 1), date(year, 12, 31))
    assert day in [each.strftime("%Y-%m-%d %a") for each in held.index]


def test_a_moved_bank_holiday_is_not_where_it_would_have_been():
    held = bank_holidays(date(2012, 1, 1), date(2022, 12, 31))
    for gone in (date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)):
        assert gone not in held.index


def test_a_year_without_one_offs_has_eight():
    assert len(bank_holidays(date(2019, 1, 1), date(2019, 12, 31))) == 8


RUNS = [
    # period, name, first, last: with the weekend and the bank holidays that it adjoins
    ("2013-05..2013-05", "Early May bank holiday weekend", "2013-05-04", "2013-05-06"),
    ("2012-06..2012-06", "Spring bank holiday weekend", "2012-06-02", "2012-06-05"),
    ("2022-06..2022-06", "Spring bank holiday weekend", "2022-06-02", "2022-06-05"),
    ("2020-05..2020-05", "Early May bank holiday weekend", "2020-05-08", "2020-05-10"),
    ("2013-03..2013-04", "Easter weekend", "2013-03-29", "2013-04-01"),
    ("2022-09..2022-09", "State Funeral of Queen Elizabeth II", "2022-09-17", "2022-09-19"),
    ("2013-10..2013-11", "Mischief Night", "2013-10-30", "2013-10-30"),
    ("2013-10..2013-11", "Halloween", "2013-10-31", "2013-10-31"),
    ("2013-10..2013-11", "Bonfire Night", "2013-11-05", "2013-11-05"),
    ("2013-12..2013-12", "Last Friday before Christmas", "2013-12-20", "2013-12-20"),
    ("2012-12..2012-12", "Christmas and Boxing Day", "2012-12-25", "2012-12-26"),
    ("2013-12..2013-12", "New Year's Eve", "2013-12-31", "2013-12-31"),
]


@pytest.mark.parametrize(("period", "name", "first", "last"), RUNS)
def test_dates_are_as_long_as_the_time_off(period, name, first, last):
    dates = dates_in(Period.parse(period)).set_index("name")
    assert [str(dates.loc[name, end])[:10] for end in ("first", "last")] == [first, last]


def test_a_weekend_that_a_span_cuts_is_not_one_of_its_dates():
    assert "Easter weekend" not in set(dates_in(Period.parse("2013/14"))["name"])
    assert "Easter weekend" in set(dates_in(Period.parse("2012-04..2014-03"))["name"])


def test_when_the_24th_is_a_friday_the_last_one_before_christmas_is_christmas_eve():
    names = list(dates_in(Period.parse("2021-12"))["name"])
    assert "Christmas Eve" in names
    assert "Last Friday before Christmas" not in names


YEAR = Period.parse("2013/14")
CALENDAR = Calendar(dates_in(Period.parse("2012-04..2015-03")), "by rule")
HALLOWEEN = "2013-10-31"


def two_a_day(*more, span="2013/14", without=()):
    days = pd.date_range("2013-04-01", "2014-03-31")
    rows = [str(day) for day in days for _ in range(2) if str(day)[:10] not in without]
    return events_of(at(*rows, *more), span=Period.parse(span))


def named(result):
    return result.dates.set_index("name")


def test_a_night_is_set_beside_the_same_weekday_in_four_weeks_either_side():
    """Thursday 31 October: 22, beside 16 on the eight Thursdays around, so 2 are expected.

    By hand: of 38 events 22 are on the night, where 1 in 9 of the days is. Clopper and Pearson's
    interval of 22 in 38 is 0.4082 to 0.7369; times eight nights to one, 5.52 to 22.41.
    """
    result = key_dates(two_a_day(*[HALLOWEEN] * 20), CALENDAR)
    night = named(result).loc["Halloween"]
    assert (night["events"], night["expected"], night["ratio"]) == (22, 2, 11)
    assert (night["lower"], night["upper"]) == pytest.approx((5.518, 22.407), abs=0.005)
    theirs = binomtest(22, 38).proportion_ci(0.95)
    assert (night["lower"], night["upper"]) == pytest.approx(
        [8 * share / (1 - share) for share in theirs]
    )
    assert night["verdict"] == MORE
    others = named(result).drop("Halloween")
    assert set(others.loc[others["times"] > 0, "verdict"]) == {NO_CLEAR_DIFFERENCE}
    assert others.loc["Bonfire Night", "ratio"] == 1


def test_the_p_value_is_exact_given_how_many_there_are():
    few = Expected(events=10, expected=0.25, variance=0.0625, compared=1, ordinary_days=4)
    # of 11, each with a chance of 1 in 5: 10 or 11 are on it
    by_hand = 11 * 0.2**10 * 0.8 + 0.2**11
    assert day_ratio(few).p_value == pytest.approx(2 * by_hand)
    ratio = day_ratio(Expected(events=9, expected=2, variance=0.25, compared=16, ordinary_days=8))
    assert ratio.p_value == pytest.approx(2 * binom.sf(8, 25, 1 / 9))


def test_days_that_vary_more_than_chance_make_the_test_more_cautious():
    """Eight beside 16 at four times the variance weigh as two beside four: 2 in 6, at 1 in 9."""
    days = Expected(events=8, expected=2, variance=0.25, compared=16, ordinary_days=8)
    plain, spread = day_ratio(days), day_ratio(days, 4.0)
    assert spread.value == plain.value
    assert spread.lower < plain.lower < plain.upper < spread.upper
    by_hand = 1 - (8 / 9) ** 6 - 6 * (1 / 9) * (8 / 9) ** 5
    assert spread.p_value == pytest.approx(2 * by_hand)


@pytest.mark.filterwarnings("error")
def test_a_night_of_many_where_ordinary_days_have_none_is_more():
    """Forty and none on 24 days: each has a chance of 1 in 25 to be on the night."""
    night = day_ratio(Expected(40, 0.0, 0.0, 0, 24))
    assert (night.value, night.upper) == (None, np.inf)
    assert night.p_value == pytest.approx(2 * 25.0**-40)
    assert night.lower == pytest.approx(24 / (0.025 ** (-1 / 40) - 1))
    assert day_ratio(Expected(9, 0.0, 0.0, 0, 24)) is None
    rows = at(*[HALLOWEEN] * 40, *["2013-06-04"] * 20)
    row = named(key_dates(events_of(rows), CALENDAR)).loc["Halloween"]
    assert (row["verdict"], row["events"], row["expected"]) == (MORE, 40, 0)
    assert pd.isna(row["ratio"])


@pytest.mark.slow
def test_where_nothing_differs_no_more_than_the_level_is_called():
    random = np.random.default_rng(1934)
    called = 0
    for _ in range(4_000):
        counts = random.poisson(3, 9)
        around = int(counts[1:].sum())
        days = Expected(int(counts[0]), around / 8, around / 64, around, 8)
        called += day_ratio(days).p_value < 0.05
    assert called <= 0.05 * 4_000


def test_ordinary_days_leave_out_other_key_dates_and_those_of_absent_months():
    counts = pd.Series(2, index=pd.date_range("2013-10-01", "2013-11-30"))
    night = pd.Timestamp(HALLOWEEN)
    both = expected_on(counts, pd.DatetimeIndex(["2013-11-07", "2013-10-03"]), night, night)
    assert both.ordinary_days == 6
    october = expected_on(counts[:"2013-10-31"], pd.DatetimeIndex([]), night, night)
    assert october.ordinary_days == 4
    assert expected_on(counts["2013-11-01":], pd.DatetimeIndex([]), night, night) is None
    assert (
        expected_on(counts["2013-10-20":"2013-11-03"], pd.DatetimeIndex([]), night, night) is None
    )


def test_a_week_off_is_set_beside_the_weeks_before_it_and_after_it():
    """Ten a day in the nine days, five on every other: 90 where 45 would be."""
    counts = pd.Series(5, index=pd.date_range("2013-09-01", "2013-12-15"))
    first, last = pd.Timestamp("2013-10-19"), pd.Timestamp("2013-10-27")
    counts[first:last] = 10
    week = expected_on(counts, days_of(dates_of([("Half-term", "", first, last)])), first, last)
    assert (week.events, week.expected, week.ordinary_days) == (90, 45, 56)


def test_each_weekday_is_expected_as_it_usually_is():
    """Friday and Saturday, 1 and 3 as usual, make 4; not twice the mean of 2."""
    days = pd.date_range("2013-04-01", "2013-07-31")
    counts = pd.Series(np.where(days.day_of_week == 5, 3, 1), index=days)
    first = pd.Timestamp("2013-05-31")
    both = expected_on(counts, pd.DatetimeIndex([]), first, first + pd.Timedelta(days=1))
    assert (both.events, both.expected) == (4, 4)


def test_the_years_of_a_night_are_added_up():
    parts = [Expected(3, 1.0, 0.1, 8, 8), Expected(5, 2.0, 0.2, 16, 8)]
    assert pooled(parts) == Expected(8, 3.0, pytest.approx(0.3), 24, 16, days=2)


def test_a_night_without_an_event_is_fewer_only_where_enough_were_expected():
    quiet = named(key_dates(two_a_day(without=[HALLOWEEN]), CALENDAR)).loc["Halloween"]
    assert (quiet["events"], quiet["ratio"], quiet["verdict"]) == (0, 0, NO_CLEAR_DIFFERENCE)
    ten = at(*(str(day) for day in pd.date_range("2013-04-01", "2014-03-31") for _ in range(10)
               if str(day)[:10] != HALLOWEEN))  # fmt: skip
    silent = named(key_dates(events_of(ten), CALENDAR)).loc["Halloween"]
    assert (silent["expected"], silent["verdict"]) == (10, FEWER)


def test_many_dates_are_looked_at_and_that_is_allowed_for():
    result = key_dates(two_a_day(*[HALLOWEEN] * 20), CALENDAR)
    judged = result.dates[result.dates["p_value"].notna()]
    assert (judged["q_value"] >= judged["p_value"]).all()
    assert f"over the {len(judged)} dates judged" in result.method


def test_an_absent_month_is_no_month_of_nothing():
    full = two_a_day()
    october = full.table["month"].eq("2013-10")
    missing = events_of(full.table[~october].to_dict("records"), span=YEAR, absent=["2013-10"])
    night = named(key_dates(missing, CALENDAR)).loc["Halloween"]
    assert (night["verdict"], night["times"]) == (NOT_JUDGED, 0)
    assert pd.isna(night["events"])
    bonfire = named(key_dates(missing, CALENDAR)).loc["Bonfire Night"]
    assert (bonfire["expected"], bonfire["verdict"]) == (2, NO_CLEAR_DIFFERENCE)


def test_what_can_lie_on_more_than_two_days_is_left_out_and_counted():
    rows = two_a_day((HALLOWEEN, "2013-11-02 09:00"), (f"{HALLOWEEN} 22:00", "2013-11-01 09:00"))
    result = key_dates(rows, CALENDAR)
    assert result.days_unknown == 1
    assert named(result).loc["Halloween", "events"] == 3


REFUSED = [
    (events_of([], missing="Only months are held."), "Only months are held."),
    (events_of(at(*["2013-06-03"] * 49)), "49 of them have a known day, and 50 are needed"),
]


@pytest.mark.parametrize(("events", "why"), REFUSED)
def test_without_days_or_with_few_no_date_is_looked_at(events, why):
    result = key_dates(events, CALENDAR)
    assert result.reason == why
    assert set(result.dates["verdict"]) == {NOT_JUDGED}


def test_dates_ahead_are_those_of_the_period_that_follows():
    ahead = key_dates_ahead(CALENDAR, YEAR)
    assert str(ahead["first"].iloc[0])[:10] == "2014-04-18"  # Good Friday
    assert ahead["first"].between("2014-04-01", "2015-03-31").all()
    quarter = key_dates_ahead(CALENDAR, Period.parse("2013/14-Q2"))
    assert list(quarter["name"])[:3] == ["Mischief Night", "Halloween", "Bonfire Night"]
    assert quarter["last"].max() < pd.Timestamp("2014-01-01")
    marked = key_dates(two_a_day(*[HALLOWEEN] * 20), CALENDAR).ahead.set_index("name")["verdict"]
    assert marked["Halloween"] == MORE


def test_a_bank_holiday_proclaimed_once_is_not_among_the_dates_ahead():
    """In 2022/23 a state funeral had one; a jubilee is part of the spring weekend, and stays."""
    calendar = Calendar(dates_in(Period.parse("2021-04..2023-03")), "by rule")
    ahead = key_dates_ahead(calendar, Period.parse("2021/22"))
    assert not ahead["name"].str.contains("Funeral").any()
    assert calendar.dates["name"].str.contains("Funeral").any(), "it was no ordinary day"
    assert {"Easter weekend", "Spring bank holiday weekend", "New Year's Day"} <= set(ahead["name"])
    assert "Day in lieu of a winter bank holiday" in set(ahead["name"])


def test_school_holidays_of_a_file_stand_among_the_dates():
    holiday = {"name": "Half-term", "first": "2013-10-19", "last": "2013-10-27"}
    params = CalendarParams(slug="shire", source="The county", school_holidays=(holiday,))
    calendar = calendar_of(YEAR, params)
    row = calendar.dates.set_index("name").loc["Half-term"]
    assert (row["kind"], str(row["first"])[:10]) == ("school holiday", "2013-10-19")
    assert "The county" in calendar.source
    without = calendar_of(YEAR, None)
    assert without.missing == "School holidays are not held."
    assert "params/calendars" in without.remedy
    assert "params/calendars" in key_dates(two_a_day(), without).method


def test_a_spread_of_ordinary_days_is_found_and_key_dates_are_no_part_of_it():
    days = pd.date_range("2013-04-01", "2014-03-31")
    poisson = pd.Series(np.random.default_rng(3).poisson(4, len(days)), index=days)
    assert spread_of(poisson, pd.DatetimeIndex([])) == pytest.approx(1, abs=0.2)
    assert spread_of(3 * poisson, pd.DatetimeIndex([])) == pytest.approx(3, abs=0.6)
    wild = poisson.copy()
    wild[HALLOWEEN] = 500
    assert spread_of(wild, pd.DatetimeIndex([HALLOWEEN])) == pytest.approx(1, abs=0.2)
    assert spread_of(poisson[:40], pd.DatetimeIndex([])) is None


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=120, max_size=120), st.integers(1, 8))
def test_events_multiplied_multiply_what_is_expected_and_not_the_ratio(counts, times):
    days = pd.Series(counts, index=pd.date_range("2013-09-01", periods=120))
    night = pd.Timestamp(HALLOWEEN)
    one = expected_on(days, pd.DatetimeIndex([]), night, night)
    many = expected_on(times * days, pd.DatetimeIndex([]), night, night)
    assert many.expected == pytest.approx(times * one.expected)
    if one.expected and one.events + one.compared >= 10:
        ratio, other = day_ratio(one), day_ratio(many)
        assert other.value == pytest.approx(ratio.value)
        assert ratio.lower - 1e-9 <= ratio.value <= ratio.upper + 1e-9
        assert other.upper - other.lower <= ratio.upper - ratio.lower + 1e-9
