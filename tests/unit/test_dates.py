"""How key dates are told and tabulated."""

import pandas as pd
import pytest

from cspnb import analysis, narrative, tables
from cspnb.measures.key_dates import Calendar, dates_of, key_dates
from cspnb.narrative.dates import days
from cspnb.periods import Period
from tests.unit.events_by_hand import at, events_of

CALENDAR = Calendar(key_dates(Period.parse("2012-04..2015-03")), "by rule", missing="None held.")


def two_a_day(*more, **said):
    daily = (str(day) for day in pd.date_range("2013-04-01", "2014-03-31") for _ in range(2))
    return analysis.key_dates(events_of(at(*daily, *more), **said), CALENDAR)


def halloween():
    return two_a_day(*["2013-10-31"] * 20)


def test_a_night_that_brings_more_is_named_with_both_numbers():
    exhibit = narrative.key_dates(halloween())
    assert exhibit.title == "Domestic burglary: more on Halloween"
    assert exhibit.body[0] == (
        "Domestic burglary in Harborough, 2013/14: of 11 key dates 1 brings more or fewer offences "
        "than ordinary days, beyond chance. More than on ordinary days: Halloween (22 where 2.0 "
        "would be usual, one year)."
    )


def test_a_night_beside_none_at_all_is_told_without_a_ratio():
    rows = at(*["2013-10-31"] * 40, *["2013-06-04"] * 20)
    result = analysis.key_dates(events_of(rows), CALENDAR)
    said = narrative.key_dates(result)
    assert "Halloween (40 where ordinary days had none, one year)" in said.body[0]
    assert not any("halloween.ratio" in fact.name for fact in said.facts)
    row = next(row for row in tables.key_dates(result).body.rows if row[0] == "Halloween")
    assert row[5] == "–"
    assert row[6].endswith(" or more")


def test_school_holidays_ahead_keep_the_name_that_the_county_gives_them():
    rows = [("Easter holidays", "school holiday", "2014-04-12", "2014-04-27")]
    calendar = Calendar(dates_of(rows), "the county")
    exhibit = narrative.key_dates(analysis.key_dates(events_of([], missing="Months."), calendar))
    assert exhibit.body[1] == "Dates ahead: Easter holidays (12 to 27 April 2014)."


def test_where_none_does_it_is_said():
    exhibit = narrative.key_dates(two_a_day())
    assert exhibit.title == "Domestic burglary: no key date stands out"
    assert "of 11 key dates none brought more or fewer offences" in exhibit.body[0]


def test_dates_ahead_are_listed_in_order_and_those_that_brought_more_marked():
    ahead = narrative.key_dates(halloween()).body[1]
    assert ahead.startswith("Dates ahead: Easter weekend (18 to 21 April 2014)")
    assert "Halloween (31 October 2014, which brought more before)" in ahead
    assert ahead.count("brought more") == 1


def test_what_is_left_out_is_told():
    rows = two_a_day(("2013-06-01", "2013-06-09"))
    notes = narrative.key_dates(rows).notes
    assert "1 offence that can lie on any of several days is left out." in notes
    assert "None held." in notes


@pytest.mark.parametrize("shown", [narrative.key_dates, tables.key_dates])
def test_a_measure_of_months_says_that_days_are_not_known(shown):
    result = analysis.key_dates(events_of([], missing="It has months only."), CALENDAR)
    exhibit = shown(result)
    assert exhibit.kind == "statement"
    assert exhibit.body[0] == (
        "Key dates are not looked at for domestic burglary in Harborough: its days are not known. "
        "It has months only."
    )
    assert exhibit.body[1].startswith("Dates ahead"), "dates to plan for do not need any data"


def test_the_table_has_each_date_its_test_and_when_it_comes_next():
    exhibit = tables.key_dates(halloween())
    row = next(row for row in exhibit.body.rows if row[0] == "Halloween")
    assert row == (
        "Halloween", "1", "1", "22", "2.0", "11.00", "5.52 to 22.41", "more (q < 0.001)",
        "31 October 2014",
    )  # fmt: skip
    assert exhibit.data.loc[exhibit.data["Date"] == "Halloween", "Expected"].tolist() == [2]


SPANS = [
    ("2014-10-31", "2014-10-31", "31 October 2014"),
    ("2014-04-18", "2014-04-21", "18 to 21 April 2014"),
    ("2013-03-29", "2013-04-01", "29 March to 1 April 2013"),
    ("2013-12-21", "2014-01-05", "21 December 2013 to 5 January 2014"),
]


@pytest.mark.parametrize(("first", "last", "said"), SPANS)
def test_days_are_said_without_repeating_month_or_year(first, last, said):
    assert days(pd.Timestamp(first), pd.Timestamp(last)) == said


def test_facts_are_of_the_measure_and_the_date():
    facts = {fact.name: str(fact) for fact in narrative.key_dates(halloween()).facts}
    assert facts["domestic_burglary.halloween.ratio"] == "11.00"
    assert "domestic_burglary.new_years_eve.events" in facts


def test_a_calendar_without_a_date_in_the_period_gives_no_sentence_of_dates():
    empty = Calendar(dates_of([]), "none")
    daily = at(*(str(day) for day in pd.date_range("2013-04-01", "2013-06-30")))
    exhibit = narrative.key_dates(analysis.key_dates(events_of(daily), empty))
    assert len(exhibit.body) == 1
