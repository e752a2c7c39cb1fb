"""Who again: shares of those recorded more than once, and how soon, without a short look."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import repeats
from cspnb.measures.repetition import by_number, cumulative, days_to_next, occasions
from cspnb.periods import Period
from tests.unit.events_by_hand import at, events_of

TWO_YEARS = Period.parse("2012-04..2014-03")


def of_keys(*days_of_each, **others):
    """A key for each list of days: 'a', 'b' ..."""
    rows = []
    for number, days in enumerate(days_of_each):
        rows += at(*days, victim_key=f"key {number:03d}", **others)
    return rows


def many(number, *days):
    """So many victims, each with the same days."""
    return [list(days)] * number


def test_victims_are_told_by_how_often_they_are_recorded():
    """20 once, 10 twice, 5 four times: 35 victims on 60 occasions, 15 of them on 40."""
    rows = of_keys(
        *many(20, "2012-05-01"),
        *many(10, "2012-05-01", "2013-09-01"),
        *many(5, "2012-05-01", "2012-05-09", "2013-01-01", "2013-02-01"),
    )
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert result.table[["number", "keys", "occasions"]].to_numpy().tolist() == [
        ["1", 20, 20],
        ["2", 10, 20],
        ["3 or more", 5, 20],
    ]
    assert result.table["keys_share"].tolist() == pytest.approx([20 / 35, 10 / 35, 5 / 35])
    assert (result.keys, result.repeat_keys) == (35, 15)
    assert (result.occasions, result.repeat_occasions) == (60, 40)


def test_records_of_one_victim_on_one_day_are_one_occasion():
    rows = of_keys(*many(30, "2012-05-01 10:00", "2012-05-01 23:00"))
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert (result.events, result.occasions, result.same_day) == (60, 30, 30)
    assert result.repeat_keys == 0


def test_records_that_do_not_say_whose_are_counted_and_left_out():
    rows = of_keys(*many(30, "2012-05-01")) + at(*["2012-05-02"] * 7)
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert (result.events, result.without_key, result.keys) == (37, 7, 30)


def test_one_to_four_who_are_recorded_often_stand_with_those_recorded_twice():
    rows = of_keys(*many(30, "2012-05-01"), *many(9, "2012-05-01", "2012-06-01"))
    rows += at("2012-05-01", "2012-06-01", "2012-07-01", victim_key="often")
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert list(result.table["number"]) == ["1", "2 or more"]
    assert list(result.table["keys"]) == [30, 10]
    assert list(result.table["occasions"]) == [30, 21]


SOON = [
    # first, next, days followed
    ("2012-05-01", "2012-05-31", 30),
    ("2012-05-01", "2012-05-02", 1),
    ("2012-05-01", "2013-05-01", 365),
    ("2012-05-01", "2013-05-02", None),  # a day after the window
    ("2012-05-01", None, None),
]


@pytest.mark.parametrize(("first", "then", "days"), SOON)
def test_the_next_occasion_is_so_many_days_after_the_first(first, then, days):
    rows = of_keys([first] if then is None else [first, then])
    events = events_of(rows, span=TWO_YEARS)
    [gap] = days_to_next(occasions(events.table, "victim_key"), events.months, 365)
    assert (None if pd.isna(gap) else gap) == days


LONG_ENOUGH = [
    # first occasion, whether 365 days of sound months follow it
    ("2013-03-31", True),
    ("2013-04-01", False),
    ("2014-03-01", False),
]


@pytest.mark.parametrize(("first", "is_followed"), LONG_ENOUGH)
def test_only_those_who_can_be_followed_for_the_whole_window_are(first, is_followed):
    """The last sound day is 31 March 2014."""
    soon = str(pd.Timestamp(first) + pd.Timedelta(days=3))[:10]
    events = events_of(of_keys([first, soon]), span=TWO_YEARS)
    gaps = days_to_next(occasions(events.table, "victim_key"), events.months, 365)
    assert len(gaps) == is_followed


def test_nobody_is_followed_over_an_absent_month():
    early = of_keys(["2012-05-01"], ["2012-08-15"])
    events = events_of(early, span=TWO_YEARS, absent=["2013-06"])
    gaps = days_to_next(occasions(events.table, "victim_key"), events.months, 365)
    assert len(gaps) == 1


def test_the_curve_is_the_share_recorded_again_by_each_day():
    curve = cumulative(pd.Series([1, 30, 30, None]), 60).set_index("days")
    assert curve.loc[[0, 1, 29, 30, 60], "repeated"].tolist() == [0, 1, 1, 3, 3]
    assert curve.loc[60, "share"] == pytest.approx(3 / 4)


def test_a_late_victim_does_not_lower_the_share():
    """Of 40 in 2012 half are recorded again; 60 of March 2014 have had no time to be."""
    rows = of_keys(
        *many(20, "2012-05-01", "2012-06-01"), *many(20, "2012-05-01"), *many(60, "2014-03-01")
    )
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert (result.followed, result.again.value) == (40, 0.5)
    # Wilson's interval of 20 in 40, by hand: centre 0.5, half 0.1480
    assert (result.again.lower, result.again.upper) == pytest.approx((0.352, 0.648), abs=0.001)


def test_repeats_that_come_soon_are_told_from_those_that_come_evenly():
    soon = of_keys(*many(10, "2012-05-01", "2012-05-11"), *many(30, "2012-05-01"))
    result = repeats(events_of(soon, span=TWO_YEARS))
    assert (result.soon, result.are_soon) == (10, True)
    assert result.soon_p_value == pytest.approx((30 / 365) ** 10)
    spaced = pd.date_range("2012-05-31", periods=10, freq="36D").strftime("%Y-%m-%d")
    even = of_keys(*(["2012-05-01", day] for day in spaced), *many(30, "2012-05-01"))
    assert not repeats(events_of(even, span=TWO_YEARS)).are_soon
    few = of_keys(*many(9, "2012-05-01", "2012-05-11"), *many(30, "2012-05-01"))
    assert repeats(events_of(few, span=TWO_YEARS)).soon_p_value is None


REFUSED = [
    (events_of([], missing="Only months are held."), "Only months are held."),
    (events_of(at(*["2013-06-03"] * 60)), "needs an extract with a hashed victim key"),
    (events_of(of_keys(*many(29, "2013-06-03"))), "there are 29, and 30 are needed"),
    (
        events_of(of_keys(*many(40, "2013-06-03")) + at(*["2013-06-03"] * 41)),
        "only 40 of 81 records say which victim they are of",
    ),
    (
        events_of(of_keys(*many(40, "2013-06-03"), *many(4, "2013-06-03", "2013-07-03"))),
        "fewer than 5 of them",
    ),
]


@pytest.mark.parametrize(("events", "why"), REFUSED)
def test_without_keys_or_with_few_repeats_are_not_known(events, why):
    result = repeats(events)
    assert why in result.reason
    assert result.again is None


def test_a_year_is_too_short_to_follow_anybody_for_a_year():
    rows = of_keys(*many(30, "2013-06-03"), *many(10, "2013-06-03", "2013-07-03"))
    result = repeats(events_of(rows))
    assert result.reason == ""
    assert result.curve_reason == ("none of them can be followed for 365 days, and 30 are needed")
    assert repeats(events_of(rows), window=180).followed == 40


def test_fewer_than_five_recorded_again_give_no_curve():
    rows = of_keys(*many(40, "2012-05-01"), *many(4, "2012-05-01", "2012-06-01"))
    rows += at("2014-01-01", "2014-02-01", victim_key="late")
    result = repeats(events_of(rows, span=TWO_YEARS))
    assert result.repeat_keys == 5
    assert "fewer than 5 were recorded again" in result.curve_reason


def test_the_curve_begins_when_five_are_recorded_again():
    """Three after 9 days, two more after 40: nothing is told of before."""
    soon = [*many(3, "2012-05-01", "2012-05-10"), *many(9, "2012-05-01", "2012-06-10")]
    result = repeats(events_of(of_keys(*soon, *many(30, "2012-05-01")), span=TWO_YEARS))
    assert result.curve["days"].iloc[0] == 40
    assert result.curve["repeated"].min() == 12
    assert (result.soon, result.soon_p_value) == (None, None), "three within 30 days are not told"
    exact = [*many(5, "2012-05-01", "2012-05-10"), *many(30, "2012-05-01")]
    curve = repeats(events_of(of_keys(*exact), span=TWO_YEARS)).curve
    assert curve["days"].iloc[[0, -1]].tolist() == [9, 365]
    assert curve["repeated"].min() == 5


def test_offenders_are_told_though_most_are_never_known():
    rows = at(*["2013-06-03"] * 300)
    for number in range(40):
        days = ["2013-06-03", "2013-07-03"] if number < 6 else ["2013-06-03"]
        rows += at(*days, offender_key=f"key {number}")
    result = repeats(events_of(rows), by="offender")
    assert (result.reason, result.keys, result.repeat_keys) == ("", 40, 6)


def test_another_by_is_refused():
    with pytest.raises(ValueError, match="by victim, location or offender"):
        repeats(events_of([]), by="vehicle")


days = st.dates(pd.Timestamp("2012-04-01").date(), pd.Timestamp("2014-03-31").date())
records = st.lists(st.tuples(st.integers(0, 9), days), min_size=1, max_size=40)


@settings(max_examples=30, deadline=None)
@given(records, st.randoms())
def test_shares_add_up_and_neither_order_nor_names_matter(records, random):
    rows = [at(str(day), victim_key=f"key {key}")[0] for key, day in records]
    renamed = [row | {"victim_key": row["victim_key"][::-1]} for row in rows]
    random.shuffle(renamed)
    tables = []
    for each in (rows, renamed):
        events = events_of(each, span=TWO_YEARS)
        found = occasions(events.table, "victim_key")
        table = by_number(found)
        assert table["keys_share"].sum() == pytest.approx(1)
        assert table["occasions_share"].sum() == pytest.approx(1)
        assert table["occasions"].sum() == len(set(records))
        gaps = days_to_next(found, events.months, 90)
        assert gaps.dropna().between(1, 90).all()
        tables.append((table.to_numpy().tolist(), sorted(gaps.fillna(-1))))
    assert tables[0] == tables[1]
