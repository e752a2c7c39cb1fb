"""A forecast as it is told, drawn and tabulated: a range, with the error beside it, or a reason."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.forecast import Forecast, YearEnd, forecast
from cspnb.analysis.recent import recent
from cspnb.charts.monthly import spread
from cspnb.measures.definition import Measure
from cspnb.measures.forecast_error import Errors
from cspnb.periods import Month, Period
from tests.drawn_counts import of_numbers

SVG = "{http://www.w3.org/2000/svg}"
ERRORS = Errors(13, 156, 22.0, 2.34, 3.1, 0.61, 0.81, {0.8: 0.79, 0.95: 0.94})
YEAR = YearEnd(Period.parse("2013/14"), 9, 190, 258.0, 249.6, 266.2, 245.0, 271.0, 240)


def made(**changed):
    """Burglary to December 2013 and the three months after it, by hand."""
    first = Month.parse("2010-04")
    months = [str(first + step) for step in range(48)]
    ahead = pd.DataFrame(
        {
            "month": months[45:],
            "central": [22.4, 22.6, 23.1],
            "lower_80": [19.0, 18.0, 17.4],
            "upper_80": [26.0, 27.0, 28.6],
            "lower_95": [17.0, 16.0, 15.2],
            "upper_95": [28.0, 30.0, 31.9],
        }
    )
    known = {
        "measure": Measure("burglary", "Burglary"),
        "area": "Harborough",
        "period": Period.parse("2013-12"),
        "history": pd.DataFrame({"month": months[:45], "count": [20.0, 22.0, 24.0] * 15}),
        "ahead": ahead,
        "errors": ERRORS,
        "year_end": YEAR,
        "method": "Holt-Winters.",
        "source": "police.uk",
        "coverage": "All 45 months are sound.",
    }
    return Forecast(**(known | changed))


def none_given(**changed):
    nothing = {"ahead": made().ahead.iloc[:0], "year_end": None}
    return made(
        **(nothing | {"reason": "repeating the year before would have done better"} | changed)
    )


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def test_a_forecast_is_told_as_a_range_and_never_as_a_point_alone():
    body = narrative.forecast(made()).body
    assert body[0] == (
        "If the past is a guide, burglary in Harborough will come to between 250 and 266 offences "
        "in 2013/14 four times in five, and between 245 and 271 nineteen times in twenty; its "
        "first 9 months had 190. 2012/13 had 240: the whole of that range lies above it."
    )
    assert body[1] == (
        "By month, four times in five: between 19 and 26 in January 2014 and between 17 and 29 in "
        "March 2014."
    )
    assert not re.search(r"\b258\b", " ".join(body))


def test_the_error_stands_beside_it_with_what_repeating_the_year_before_gives():
    body = narrative.forecast(made()).body
    assert body[2] == (
        "Tested from 13 past months, forecasts were 2.3 offences a month out on average (11% of a "
        "month's count); repeating the year before would have been 3.1 out. Of 156 months "
        "forecast so, 79% fell inside their four-in-five range and 94% inside the wider one."
    )
    for exhibit in (charts.forecast(made()), tables.forecast(made())):
        assert any("2.3 offences a month out on average" in note for note in exhibit.notes)


@pytest.mark.parametrize(
    ("within", "said"),
    [
        ({0.8: 0.5, 0.95: 0.7}, "The ranges have been too narrow: think of them as wider."),
        ({0.8: 0.99, 0.95: 1.0}, "The ranges have been wider than they need be."),
    ],
)
def test_ranges_that_did_not_hold_what_they_should_say_so(within, said):
    result = made(errors=replace(ERRORS, within=within))
    assert narrative.forecast(result).body[2].endswith(said)


def test_no_error_is_a_percentage_of_a_count_under_ten():
    result = made(errors=replace(ERRORS, mean_count=9.5))
    assert "% of a month's count" not in narrative.forecast(result).body[2]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (260, "2012/13 had 260, which lies inside that range: neither a rise nor a fall can be"),
        (300, "2012/13 had 300: the whole of that range lies below it."),
        (None, "had 190."),
    ],
)
def test_the_year_before_stands_beside_the_range(before, said):
    result = made(year_end=replace(YEAR, last_year=before))
    assert said in narrative.forecast(result).body[0]


def test_one_month_so_far_is_in_the_singular():
    result = made(year_end=replace(YEAR, months_so_far=1, so_far=20))
    assert "; its first month had 20. " in narrative.forecast(result).body[0]


def test_the_headline_is_the_years_range_or_the_last_months():
    assert narrative.forecast(made()).title == (
        "Burglary in 2013/14: between 250 and 266, four times in five"
    )
    assert narrative.forecast(made(year_end=None)).title == (
        "Burglary in March 2014: between 17 and 29, four times in five"
    )
    assert narrative.forecast(none_given()).title == "Burglary: no forecast is given"


def test_no_forecast_is_drawn_where_it_loses_and_the_error_says_why():
    said = "No forecast of burglary in Harborough is given: repeating the year before would have"
    for show in (narrative.forecast, charts.forecast, tables.forecast):
        exhibit = show(none_given())
        assert exhibit.kind == "statement"
        assert exhibit.body[0].startswith(said)
        assert "2.3 offences a month out on average" in exhibit.body[0]


def test_too_few_months_are_a_reason_without_an_error():
    result = none_given(errors=None, reason="only 24 sound months stand in a row")
    assert narrative.forecast(result).body == (
        "No forecast of burglary in Harborough is given: only 24 sound months stand in a row.",
    )


def test_a_shortened_history_is_told_in_full_view():
    text = "Months before April 2011 are left out: a new way of counting."
    assert text in narrative.forecast(made(shortened=text)).notes
    assert text in charts.forecast(made(shortened=text)).notes
    refused = narrative.forecast(none_given(shortened=text))
    assert (refused.body + refused.notes).count(text) == 1
    assert charts.forecast(none_given(shortened=text)).body[0].endswith(text)


def test_the_fan_labels_its_limits_directly_and_prints_the_error():
    drawn_words = words(charts.forecast(made()))
    assert {"95% 32", "80% 29", "80% 17", "95% 15"} <= set(drawn_words)
    assert "Average error when tested: 2.3 offences a month" in drawn_words
    assert "(repeating the year before: 3.1)" in drawn_words


def test_one_month_ahead_is_drawn_too():
    exhibit = charts.forecast(made(ahead=made().ahead.head(1), year_end=None))
    assert "80% 26" in words(exhibit)
    told = narrative.forecast(made(ahead=made().ahead.head(1), year_end=None)).body
    assert told[0] == "By month, four times in five: between 19 and 26 in January 2014."


def test_the_alternative_has_the_last_months_ranges_and_the_error():
    said = charts.forecast(made()).alternative
    assert "In March 2014 the 80% range is 17 to 29, the 95% range 15 to 32." in said
    assert "2.3 offences a month out on average" in said


def test_the_table_has_a_row_a_month_and_the_year():
    exhibit = tables.forecast(made())
    assert exhibit.body.columns == ("Month", "95% from", "80% from", "Middle", "80% to", "95% to")
    assert exhibit.body.rows[0] == ("January 2014", "17", "19", "22", "26", "28")
    assert exhibit.body.rows[-1] == ("Year 2013/14", "245", "250", "258", "266", "271")
    assert any("do not add up to it" in note for note in exhibit.notes)


def test_the_data_are_the_months_drawn_recorded_then_to_come():
    data = charts.forecast(made()).data
    assert len(data) == 39  # three years behind and three months to come
    assert data["Offences"].notna().sum() == 36
    assert data["80% range to"].notna().sum() == 3


def test_facts_have_the_limits_and_the_error_and_no_point():
    facts = {fact.name: fact.text for fact in narrative.forecast(made()).facts}
    assert facts["burglary.year_end_lower_80"] == "250"
    assert facts["burglary.forecast_mean_error"] == "2.3"
    assert facts["burglary.forecast_mase"] == "0.61"
    assert not any("central" in name for name in facts)


def test_a_forecast_carries_no_cause():
    notes = narrative.forecast(made()).notes
    assert any("knows of no operation" in note for note in notes)


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([0, 40, 80], [0, 40, 80]),
        ([10, 10], [2.5, 17.5]),
        ([10, 12, 14], [-3, 12, 27]),
    ],
)
def test_labels_that_would_touch_are_moved_apart(heights, placed):
    assert spread(heights, 15) == placed


def test_a_fan_is_the_same_bytes_every_time():
    assert charts.forecast(made()).to_html() == charts.forecast(made()).to_html()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "months",
    [
        ([6] * 11 + [0]) * 4,  # forecast 6.0000001: no tick of the scale reaches it
        [0] * 40 + [60] + [0] * 7,  # smoothed without error
    ],
)
def test_months_without_chance_in_them_are_forecast_and_drawn_without_a_warning(months):
    result = forecast(of_numbers("2010-04", months))
    assert result.reason == ""
    for show in (narrative.forecast, charts.forecast, tables.forecast):
        assert show(result).body


@pytest.mark.filterwarnings("error")
def test_a_month_below_zero_is_not_forecast_from():
    result = forecast(of_numbers("2010-04", [5] * 30 + [-2] + [5] * 17))
    assert result.reason == (
        "October 2012 is below zero, as more offences were cancelled than recorded"
    )
    assert narrative.forecast(result).body


@pytest.mark.filterwarnings("error")
def test_a_scale_without_an_offence_is_drawn_without_a_warning():
    assert charts.recent(recent(of_numbers("2010-04", [0] * 48))).kind == "figure"
