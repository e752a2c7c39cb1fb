"""The latest spans as they are told, drawn and tabulated."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.recent import recent
from cspnb.measures.definition import Break, Measure
from cspnb.periods import Month
from tests.drawn_counts import drawn

SVG = "{http://www.w3.org/2000/svg}"


def told(exhibit):
    return " ".join(exhibit.body)


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def paths_of_width_two(exhibit):
    styles = (path.get("style", "") for path in ET.fromstring(exhibit.body).iter(f"{SVG}path"))
    return sum("stroke: #12436d; stroke-width: 2" in style for style in styles)


def rising():
    return recent(drawn("2012-04", "10 " * 12, "10 " * 9, "30 30 30"))


def holed():
    return recent(drawn("2011-04", "10 " * 12, "10 " * 4, "3!", "10 " * 7, "10 " * 12, "12 " * 12))


@pytest.mark.parametrize(
    ("last_year", "this_year", "said"),
    [  # the month alone: 13, then 40 where months swing; 4, then 9; and a small change
        ("60 10 " * 5 + "60 13", "10 60 " * 5 + "10 40", "those of this measure vary that much"),
        ("0 1 " * 5 + "0 4", "1 0 " * 5 + "0 9", "counts this small vary that much by chance"),
        ("60 10 " * 5 + "60 40", "10 60 " * 5 + "10 41", ""),
    ],
)
def test_a_great_change_of_one_month_that_is_not_clear_says_how_that_can_be(
    last_year, this_year, said
):
    body = narrative.recent(recent(drawn("2012-04", last_year, this_year))).body
    month = next(paragraph for paragraph in body if paragraph.startswith("Latest month"))
    assert "no clear change" in month
    assert month.partition("A single month tells little")[2].startswith(
        f": {said}" if said else "."
    )


def test_the_longest_span_is_told_in_full_and_the_others_in_brief():
    body = narrative.recent(rising()).body
    assert body[0].startswith(
        "Last 12 months and year to date, 2013/14: burglary rose from 120 offences in 2012/13 to "
        "180 in 2013/14 (+60, or +50.0%). This is a clear rise, and for the worse:"
    )
    assert body[1] == (
        "Latest quarter, January to March 2014: 30 to 90, +200.0%. This is a clear rise, and for "
        "the worse (p < 0.001)."
    )
    assert body[2].endswith("A single month tells little.")


def test_the_headline_is_the_longest_span_and_what_says_otherwise():
    assert narrative.recent(rising()).title == (
        "Burglary rose clearly over the last 12 months, from 120 to 180"
    )
    quarter = recent(drawn("2012-04", "20 " * 12, "16 " * 9, "35 35 35"))
    assert narrative.recent(quarter).title == (
        "No clear change in burglary over the last 12 months, but a clear rise in the latest "
        "quarter"
    )
    same = recent(drawn("2012-04", "20 " * 24))
    assert narrative.recent(same).title == (
        "No change in burglary over the last 12 months: 240 both times"
    )
    nothing = recent(drawn("2013-04", "20 " * 12))
    assert narrative.recent(nothing).title == (
        "Burglary: nothing of late can be compared with a year before"
    )


def test_a_span_that_is_not_compared_says_why():
    body = narrative.recent(recent(drawn("2012-04", "10 " * 11, ".", "10 " * 12))).body
    assert "No change since 2012/13 is given: 2012/13 is incomplete (March 2013 absent)." in body[0]
    assert body[2].startswith(
        "Latest month, March 2014: 10 offences in March 2014; not compared, as March 2013 is not "
        "held (March 2013 absent)."
    )


def test_the_highest_and_lowest_rolling_totals_are_told():
    said = narrative.recent(rising()).body[-1]
    assert said == (
        "Of the 13 totals of 12 months in a row, the highest was 180 in 2013/14 and the lowest "
        "120 in 2012/13."
    )


def test_a_measure_that_cannot_be_had_is_a_sentence_everywhere():
    result = recent(drawn("2013-04", "", period="2013/14", missing="no extract was supplied"))
    said = "Burglary cannot be shown for Harborough: no extract was supplied."
    assert narrative.recent(result).body == (said,)
    assert charts.recent(result).body == (said,)
    assert said in tables.recent(result).notes
    assert narrative.recent(result).facts == ()


def test_the_table_has_both_counts_and_the_verdict_and_no_blank_cell():
    exhibit = tables.recent(rising())
    assert exhibit.body.rows[0] == (
        *("Last 12 months and year to date", "2013/14", "120", "180", "+60", "+50.0%"),
        "clear rise (p = 0.022)",  # t = 60 / sqrt(300 x dispersion) on 11
    )
    assert exhibit.body.columns[-1] == "Verdict"
    assert all(cell for row in exhibit.body.rows for cell in row)
    assert list(exhibit.data["Offences a year before"]) == [120, 30, 10]


@pytest.mark.parametrize(
    ("before", "mark", "note"),
    [
        ("9", "[low]", "[low]: no percentage is given on a base under 10."),
        ("0", "[z]", "[z]: not applicable, as there was none a year before."),
        (".", "[x]", "[x]: not available."),
    ],
)
def test_shorthand_stands_for_what_is_not_given_and_is_explained(before, mark, note):
    exhibit = tables.recent(recent(drawn("2012-04", "20 " * 11, before, "20 " * 12)))
    month = exhibit.body.rows[-1]
    assert month[5] == mark
    assert note in exhibit.notes
    assert sum(text.startswith("[") for text in exhibit.notes) == 1


def test_no_percentage_stands_on_a_base_under_ten():
    said = told(narrative.recent(recent(drawn("2012-04", "0 " * 11, "5", "0 " * 11, "9"))))
    assert "%" not in said


def test_the_line_is_labelled_rolling_and_broken_where_a_month_is_not_sound():
    exhibit = charts.recent(holed())
    assert "rolling 12-month total" in words(exhibit)
    assert paths_of_width_two(exhibit) == 2  # April 2012 to July 2012, then from August 2013
    assert exhibit.notes[0] == (
        "The line is broken where one of the 12 months is not sound. 47 of 48 months are sound; "
        "August 2012 abnormal."
    )
    assert list(exhibit.data["12 months to"][~exhibit.data["Complete"]])[:2] == [
        "2012-08",
        "2012-09",
    ]
    assert paths_of_width_two(charts.recent(rising())) == 1


def test_the_alternative_says_chart_message_range_and_latest():
    assert charts.recent(rising()).alternative == (
        "Line chart of Burglary, Harborough, rolling totals of the 12 months to each month, March "
        "2013 to March 2014, offences. Burglary rose clearly over the last 12 months, from 120 to "
        "180. It runs between 120 and 180, and stands at 180 in 2013/14."
    )


def test_no_twelve_sound_months_are_a_sentence_and_not_an_empty_chart():
    exhibit = charts.recent(recent(drawn("2013-04", "10 " * 5, ".", "10 " * 6)))
    assert exhibit.kind == "statement"
    assert exhibit.body == (
        "Burglary in Harborough has no 12 sound months in a row to add up: 11 of 12 months are "
        "sound; September 2013 absent.",
    )


def test_a_break_in_the_record_is_marked_and_told():
    broken = Measure("burglary", "Burglary", breaks=(Break(Month(2013, 9), "A new code."),))
    result = recent(drawn("2012-04", "10 " * 24, measure=broken))
    exhibit = charts.recent(result)
    assert "Sep 2013" in words(exhibit)
    assert "From September 2013 a new code." in exhibit.notes
    assert "From September 2013 a new code." in tables.recent(result).notes


def test_facts_are_named_by_their_span():
    facts = {fact.name: fact.text for fact in narrative.recent(rising()).facts}
    assert facts["burglary.latest_quarter_now"] == "90"
    assert facts["burglary.year_to_date_change_pct"] == "+50.0%"
    assert facts["burglary.last_12_months_before"] == "120"


def test_more_is_no_news_where_neither_is_good():
    result = rising()
    neutral = replace(result.measure, good="neither", unit="reports")
    spans = tuple(
        replace(span, change=replace(span.change, measure=neutral)) for span in result.spans
    )
    said = told(narrative.recent(replace(result, measure=neutral, spans=spans)))
    assert "a clear rise, which is not of itself good or bad news (p < 0.001)" in said
    assert "worse" not in said
