"""Records by ISO week: whole weeks, of sound months only, each record in one week."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.control import control
from cspnb.measures.definition import Break, Measure
from cspnb.measures.events import COLUMNS, Events
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.measures.weeks import weeks
from cspnb.periods import Month, Period


def events(span, rows, *, unsound=None, **more):
    """`rows` are (from, to or None, month or None); every month is sound but those of `unsound`."""
    span = Period.parse(span)
    table = pd.DataFrame(index=range(len(rows)), columns=list(COLUMNS))
    table["from_at"] = pd.Series([pd.Timestamp(row[0]) for row in rows], dtype="datetime64[s]")
    latest = [pd.Timestamp(row[1] or row[0]) for row in rows]
    table["to_at"] = pd.Series(latest, dtype="datetime64[s]")
    table["month"] = [row[2] or str(row[0])[:7] for row in rows]
    months = pd.DataFrame({"month": [str(month) for month in span.months]})
    months["status"] = [(unsound or {}).get(month, SOUND) for month in months["month"]]
    measure = more.pop("measure", Measure("robbery", "Robbery"))
    months = months.assign(reason="")
    return Events(measure, "Barnet", span, span, table, months, source="an extract", **more)


def at(*days):
    return [(day, None, None) for day in days]


def test_the_first_and_the_last_week_are_whole():
    """April 2013 began on a Monday; 30 June 2013 was a Sunday; July's last days are cut."""
    table = weeks(events("2013-04..2013-06", [])).table
    assert (table["monday"].iloc[0], table["monday"].iloc[-1]) == ("2013-04-01", "2013-06-24")
    assert len(table) == 13
    table = weeks(events("2013-07", [])).table
    assert list(table["monday"]) == ["2013-07-01", "2013-07-08", "2013-07-15", "2013-07-22"]


def test_weeks_are_numbered_as_iso_8601_does():
    """29 December 2008 is in week 1 of 2009; 2009 has 53 weeks; 3 January 2010 is in the last."""
    table = weeks(events("2008-12..2010-01", [])).table.set_index("monday")["week"]
    assert table["2008-12-29"] == "2009-W01"
    assert table["2009-12-28"] == "2009-W53"
    assert table["2010-01-04"] == "2010-W01"


def test_a_week_is_from_monday_to_the_end_of_sunday():
    days = at("2013-04-07 23:59", "2013-04-08 00:00", "2013-04-14 12:00", "2013-04-15")
    counted = weeks(events("2013-04", days)).table.set_index("monday")["count"]
    assert list(counted) == [1, 2, 1, 0]


@pytest.mark.parametrize("status", [ABSENT, ABNORMAL])
def test_a_week_that_touches_an_unsound_month_is_absent(status):
    """29 April to 5 May 2013 lies in both months; 22 to 28 April in April alone."""
    found = weeks(events("2013-04..2013-06", at("2013-05-03"), unsound={"2013-05": status}))
    table = found.table.set_index("monday")
    assert list(table.index[table["status"] == ABSENT]) == [
        *("2013-04-29", "2013-05-06", "2013-05-13", "2013-05-20", "2013-05-27"),
    ]
    assert table.loc["2013-04-29", "reason"] == f"May 2013 {status}"
    assert pd.isna(table.loc["2013-04-29", "count"])
    assert table.loc["2013-04-22", "count"] == 0


def test_a_record_is_counted_at_the_earliest_time_it_can_have_happened():
    rows = [("2013-04-07", "2013-04-09", None), ("2013-04-08", "2013-04-09", None)]
    found = weeks(events("2013-04", rows))
    assert list(found.table["count"]) == [1, 1, 0, 0]
    assert found.caveats == (
        "1 record may belong to a later week: when it happened is known only between two times, "
        "and the earlier is taken.",
    )


def test_records_without_a_day_are_told_where_their_month_is_sound():
    rows = [(None, None, "2013-04"), (None, None, "2013-05"), (None, None, "2013-05")]
    found = weeks(events("2013-04..2013-05", rows, unsound={"2013-05": ABSENT}))
    assert found.table["count"].sum() == 0
    assert found.caveats == ("1 record of a sound month has no day, and is in no week.",)


def test_weeks_with_a_bank_holiday_are_flagged_and_counted_as_any_other():
    found = weeks(events("2013-05", at("2013-05-06")), [date(2013, 5, 6), date(2013, 5, 27)])
    assert list(found.table["holiday"]) == [True, False, False]  # the week of the 27th is cut
    assert list(found.table["count"]) == [1, 0, 0]


def test_a_measure_without_days_has_no_weeks_and_says_why():
    why = "data.police.uk gives months only"
    assert weeks(events("2013-04", [], missing=why)).missing == why
    assert control(weeks(events("2013-04", [], missing=why))).reason == why


def test_a_week_has_the_month_in_which_most_of_its_days_lie():
    """29 April to 5 May 2013: two days of April, five of May."""
    table = weeks(events("2013-04..2013-05", [])).table.set_index("monday")["month"]
    assert table["2013-04-29"] == "2013-05"
    assert table["2013-04-22"] == "2013-04"


def daily(span, numbers):
    """So many records on the Wednesday of each week of a span."""
    mondays = weeks(events(span, [])).table["monday"]
    days = [pd.Timestamp(monday) + pd.Timedelta(days=2) for monday in mondays]
    each = [numbers[place % len(numbers)] for place in range(len(days))]
    return at(*(day for day, number in zip(days, each, strict=True) for _ in range(number)))


def test_weeks_are_judged_as_months_are_with_the_same_week_of_the_year_before():
    """4 and 6 by turns: mean 5, moving range 2, limits 5 +/- 5.32; 104 weeks from 2 April 2012."""
    result = control(weeks(events("2012-04..2014-03", daily("2012-04..2014-03", [4, 6]))))
    last = result.table.iloc[-1]
    assert (len(result.table), result.points) == (104, "weeks")
    assert (last["centre"], last["lower"]) == (5, 0)
    assert last["upper"] == pytest.approx(10.32)
    assert (last["label"], last["value"], last["last_year"]) == ("2014-W13", 6, 6)
    assert result.signals.empty


def test_weekly_limits_start_anew_with_the_first_week_that_is_mostly_after_the_date():
    """1 May 2013 was a Wednesday: most of the week of 29 April is of May."""
    anew = Break(Month(2013, 5), "recorded otherwise", re_bases=True)
    measure = Measure("robbery", "Robbery", breaks=(anew,))
    rows = daily("2013-01..2013-12", [4, 6])
    result = control(weeks(events("2013-01..2013-12", rows, measure=measure)))
    assert list(result.segments["start"]) == ["2013-W02", "2013-W18"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 24 * 364 - 1), max_size=60))
def test_every_record_of_whole_weeks_is_in_one_week(hours):
    """52 weeks from Monday 1 April 2013 to Sunday 30 March 2014."""
    days = [pd.Timestamp("2013-04-01") + pd.Timedelta(hours=hour) for hour in hours]
    assert weeks(events("2013-04..2014-03", at(*days))).table["count"].sum() == len(hours)


@settings(max_examples=10, deadline=None)
@given(st.permutations(list(range(12))))
def test_the_order_of_the_records_does_not_matter(order):
    days = [pd.Timestamp("2013-04-03") + pd.Timedelta(days=5 * n) for n in range(12)]
    one, other = at(*days), at(*(days[n] for n in order))
    tables = [weeks(events("2013-04..2013-06", rows)).table for rows in (one, other)]
    pd.testing.assert_frame_equal(*tables)
