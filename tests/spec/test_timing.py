"""When things happen: parts of hours, what is not known, and which peaks are more than chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import timing
from cspnb.measures.aoristic import DAYS, by_day_and_hour, hours_of_week
from cspnb.measures.peaks import peak
from cspnb.periods import Period
from tests.unit.events_by_hand import at, events_of

# 6 January 2014 is a Monday.
WORKED = [
    # from, to, {(day, hour): part}
    (
        "2014-01-07 22:30",
        "2014-01-08 01:30",
        {("Tuesday", 22): 0.5 / 3, ("Tuesday", 23): 1 / 3}
        | {("Wednesday", 0): 1 / 3, ("Wednesday", 1): 0.5 / 3},
    ),
    ("2014-01-12 23:00", "2014-01-13 01:00", {("Sunday", 23): 1 / 2, ("Monday", 0): 1 / 2}),
    ("2014-01-06 09:15", "2014-01-06 09:45", {("Monday", 9): 1}),
    ("2014-01-06 09:15", "2014-01-06 09:15", {("Monday", 9): 1}),
    ("2014-01-06 09:00", "2014-01-06 10:00", {("Monday", 9): 1}),
    ("2014-01-06 09:45", "2014-01-06 10:15", {("Monday", 9): 1 / 2, ("Monday", 10): 1 / 2}),
    # The clocks go back at 02:00 on 26 October 2014, a Sunday: of the hours from half past
    # midnight to half past two the clock shows two, though three go by.
    (
        "2014-10-26 00:30",
        "2014-10-26 02:30",
        {("Sunday", 0): 1 / 4, ("Sunday", 1): 1 / 2, ("Sunday", 2): 1 / 4},
    ),
]


def hourly(*pairs):
    begun, ended = (pd.to_datetime(pd.Series(list(side))) for side in zip(*pairs, strict=True))
    return by_day_and_hour(hours_of_week(begun, ended))


@pytest.mark.parametrize(("begun", "ended", "parts"), WORKED)
def test_an_event_between_two_times_counts_in_parts_by_how_long_it_may_lie_in_each_hour(
    begun, ended, parts
):
    table = hourly((begun, ended)).stack()
    assert dict(table[table > 0]) == pytest.approx(parts)


def test_a_whole_day_and_night_is_spread_evenly():
    table = hourly(("2014-01-06 12:00", "2014-01-07 12:00"))
    assert table.loc["Monday", 12:23].tolist() == pytest.approx([1 / 24] * 12)
    assert table.loc["Tuesday", 0:11].tolist() == pytest.approx([1 / 24] * 12)
    assert table.to_numpy().sum() == pytest.approx(1)


def test_an_event_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        hourly(("2014-01-06 12:00", "2014-01-06 11:00"))


minutes = st.integers(0, 365 * 24 * 60)
spans = st.lists(st.tuples(minutes, st.integers(0, 24 * 60)), min_size=1, max_size=20)


def _moments(pairs, days=0):
    start = pd.Timestamp("2014-01-01") + pd.Timedelta(days=days)
    begun = start + pd.to_timedelta(pd.Series([first for first, _ in pairs]), unit="min")
    return begun, begun + pd.to_timedelta(pd.Series([lasts for _, lasts in pairs]), unit="min")


@given(spans)
def test_the_parts_of_every_event_add_up_to_one(pairs):
    assert hours_of_week(*_moments(pairs)).sum() == pytest.approx(len(pairs))


@given(spans, st.integers(1, 60))
def test_a_week_later_is_the_same_hour_of_the_week(pairs, weeks):
    now, later = hours_of_week(*_moments(pairs)), hours_of_week(*_moments(pairs, days=7 * weeks))
    assert later == pytest.approx(now)


@given(spans, st.integers(1, 6))
def test_a_day_later_is_the_same_hour_of_the_next_day(pairs, days):
    now, later = hours_of_week(*_moments(pairs)), hours_of_week(*_moments(pairs, days=days))
    assert later == pytest.approx(np.roll(now, 24 * days))


@settings(max_examples=15, deadline=None)
@given(spans, st.randoms())
def test_the_order_of_records_changes_nothing(pairs, random):
    begun, ended = _moments(pairs)
    rows = at(*zip(begun, ended, strict=True))
    shuffled = random.sample(rows, len(rows))
    here, there = (timing(events_of(each, span=SPAN)).hours for each in (rows, shuffled))
    pd.testing.assert_frame_equal(here, there)


SPAN = Period.parse("2014-01..2014-12")


def test_what_may_lie_in_more_than_a_day_or_has_no_time_is_counted_apart():
    rows = [
        *at(("2013-06-03 10:00", "2013-06-04 10:00"), "2013-06-05 11:00"),
        *at(("2013-06-03 10:00", "2013-06-04 10:01")),
        *at("2013-06-06", has_time=False),
    ]
    result = timing(events_of(rows))
    assert (result.events, result.timed, result.too_long, result.without_time) == (4, 2, 1, 1)
    assert result.hours.to_numpy().sum() == pytest.approx(2)
    assert timing(events_of(rows), limit=12).timed == 1


def every_hour(times=1, start="2013-04-01", weeks=1):
    """So many events in every hour of a week."""
    hours = pd.date_range(start, periods=24 * 7 * weeks, freq="h")
    return at(*(hour for hour in hours for _ in range(times)))


def test_even_hours_have_no_peak():
    result = timing(events_of(every_hour(times=2)))
    assert result.reason == ""
    found = (result.busiest_hours, result.busiest_day, result.busiest_time)
    assert [result.stands_out(each) for each in found] == [False, False, False]
    assert result.busiest_hours.share == pytest.approx(3 / 24)


def test_a_peak_is_found_where_it_is_round_midnight_too():
    night = at(*pd.date_range("2013-04-05 23:00", periods=40, freq="4min"))  # Friday to 01:36
    result = timing(events_of(every_hour() + night))
    hours, time = result.busiest_hours, result.busiest_time
    assert (hours.first, hours.cells) == (23, 3)
    assert hours.count == pytest.approx(3 * 7 + 40)
    assert hours.share == pytest.approx(61 / 208)
    assert (DAYS[time.first // 24], time.first % 24, time.count) == ("Friday", 23, 43)
    assert result.stands_out(hours)
    assert result.stands_out(time)


def test_the_end_of_the_week_joins_its_beginning():
    night = at(*pd.date_range("2013-04-07 23:00", periods=40, freq="4min"))  # Sunday
    found = timing(events_of(every_hour() + night)).busiest_time
    assert (DAYS[found.first // 24], found.first % 24) == ("Sunday", 23)


def test_the_densest_of_many_hours_is_not_taken_for_more_than_chance():
    """Of 100 rounds of even hours some 2 have a densest run beyond the level, not 24 times that."""
    random = np.random.default_rng(7)
    even = np.full(24, 1 / 24)
    rounds = random.multinomial(120, even, size=100)
    named = sum(peak(each, even, cells=3).p_value < 0.05 for each in rounds)
    assert 0 <= named <= 12


@pytest.mark.slow
def test_even_hours_and_days_are_called_busy_no_more_often_than_the_level():
    """Of 200 years without a pattern at most 5% show one, all three looks together.

    Had the busiest been chosen and then tested as if it were the only one, most would.
    """
    random = np.random.default_rng(24)
    hours = pd.date_range("2013-04-01", "2014-03-30 23:00", freq="h")  # 52 whole weeks
    called = 0
    for _ in range(200):
        found = timing(events_of(at(*random.choice(hours, 300))))
        peaks = (found.busiest_hours, found.busiest_day, found.busiest_time)
        called += any(map(found.stands_out, peaks))
    # at exactly 5%, more than 17 of 200 would come about once in fifty times
    assert called <= 17


def test_days_are_weighed_by_how_many_of_each_the_sound_months_have():
    """July 2013 has five Mondays, Tuesdays and Wednesdays, and four of each other day."""
    july = Period.parse("2013-07")
    days = at(*(day for day in pd.date_range("2013-07-01 12:00", periods=31) for _ in range(4)))
    result = timing(events_of(days, span=july))
    assert result.busiest_day.share / result.busiest_day.even == pytest.approx(1)
    absent = timing(events_of(days, span=Period.parse("2013-06..2013-07"), absent=["2013-06"]))
    assert absent.busiest_day.even == pytest.approx(5 / 31)
    assert absent.gaps == "June 2013 absent"
    assert absent.coverage == "1 of 2 months is sound; June 2013 absent."


REFUSED = [
    # timed, without a time, what is said
    (0, 0, "none of them have a known time"),
    (49, 0, "49 of them have a known time, and 50 are needed"),
    (50, 51, "only 50 of 101 have a known time"),
]


@pytest.mark.parametrize(("timed", "untimed", "why"), REFUSED)
def test_without_enough_known_times_no_hour_is_named(timed, untimed, why):
    rows = at(*pd.date_range("2013-06-03 10:00", periods=timed, freq="1min")) + at(
        *["2013-06-06"] * untimed, has_time=False
    )
    result = timing(events_of(rows))
    assert why in result.reason
    assert result.busiest_hours is None
    assert not result.stands_out(result.busiest_hours)


def test_fifty_known_times_of_a_hundred_are_enough():
    rows = at(*pd.date_range("2013-06-03 10:00", periods=50, freq="1min")) + at(
        *["2013-06-06"] * 50, has_time=False
    )
    assert timing(events_of(rows)).reason == ""


def test_a_measure_without_days_says_why():
    result = timing(events_of([], missing="Burglary is from data.police.uk."))
    assert (result.reason, result.missing) == ("Burglary is from data.police.uk.",) * 2
    assert (result.timed, result.hours.to_numpy().sum()) == (0, 0)
