"""Control charts as shown: sentences, titles, what is drawn, and what cannot be judged."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import matplotlib
import matplotlib.pyplot as plt
import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.control import control
from cspnb.charts.control_marks import mark
from cspnb.charts.drawing import colours
from cspnb.measures.control_rules import RULES
from cspnb.measures.definition import Break, Measure
from cspnb.measures.weeks import weeks
from cspnb.narrative import control_words as words
from cspnb.narrative import signals
from cspnb.periods import Month
from tests.spec.test_control import STEADY, drawn
from tests.spec.test_weeks import daily, events
from tests.unit.test_charts import SVG, contrast_with_white

BURGLARY = Measure("burglary", "Burglary", said_always=("Burglary is counted by building.",))
ANEW = Measure("burglary", "Burglary", breaks=(Break(Month(2014, 4), "recorded anew", None, True),))
LOW_RUN = f"{STEADY} {STEADY} 9 9 8 9 8 9 8 9"


def above():
    """Mean 417 / 13 = 32.08; moving ranges (11 x 4 + 12) / 12 = 4.67: 19.66 to 44.49."""
    return control(drawn("2013-04", "29 33 " * 6, "45", measure=BURGLARY))


def steady():
    return control(drawn("2013-04", STEADY, STEADY, measure=BURGLARY))


def unjudged():
    return control(drawn("2013-04", "10 12 10", measure=BURGLARY))


def weekly(numbers=(4, 6)):
    measure = Measure("robbery", "Robbery")
    rows = daily("2012-04..2014-03", list(numbers))
    return control(weeks(events("2012-04..2014-03", rows, measure=measure)))


def told(result):
    return " ".join(narrative.control(result).body)


def drawing(exhibit):
    return ET.fromstring(exhibit.body)


def texts(exhibit):
    return ["".join(text.itertext()) for text in drawing(exhibit).iter(f"{SVG}text")]


# Words.


def test_a_month_above_the_limit_is_told_with_mean_range_and_the_year_before():
    assert told(above()) == (
        "Burglary stood at 45 offences in April 2014; the mean is 32.1 a month, and the usual "
        "range 20 to 44. A year before it was 29. It was above the upper limit in April 2014. This "
        "is a signal for the worse. A signal is a pattern that the usual ups and downs seldom "
        "make; it does not say what is behind it."
    )


def test_the_usual_range_of_counts_is_the_whole_numbers_within_the_limits():
    """19.66 to 44.49: 19 would be a signal, 20 to 44 would not, 45 is."""
    row = above().latest
    assert 19 < row["lower"] < 20 and 44 < row["upper"] < 45
    assert words.usual_range(above(), row) == "20 to 44"


def test_ups_and_downs_alone_are_told_as_such():
    assert signals.headline(steady()) == "Burglary: ups and downs are no more than usual"
    assert told(steady()).endswith("No signal reaches this month.")


@pytest.mark.parametrize(
    ("months", "headline"),
    [
        (f"{STEADY} 25", "Burglary: above the usual range in April 2014"),
        (f"{STEADY} 1", "Burglary: below the usual range in April 2014"),
        (LOW_RUN, "Burglary: below the mean for 8 months running"),
        (f"{LOW_RUN} 12", "Burglary: no signal now; the last ended in November 2015"),
        (
            f"{STEADY} {STEADY} 7 8 9 10 11 12 13",
            "Burglary: rising month by month since April 2015",
        ),
        (f"{STEADY} {STEADY} {STEADY} 15 15", "Burglary: near the top of the usual range"),
    ],
)
def test_the_headline_is_the_latest_month_or_the_last_signal(months, headline):
    result = control(drawn("2013-04", months, measure=BURGLARY))
    assert signals.headline(result) == headline
    assert charts.control(result).title == tables.control(result).title == headline


def test_a_run_that_goes_on_is_told_in_the_present_and_one_that_ended_in_the_past():
    now = told(control(drawn("2013-04", LOW_RUN)))
    assert "It has stayed below the mean for 8 months, April to November 2015." in now
    assert "This is a signal for the better." in now
    then = told(control(drawn("2013-04", LOW_RUN, "12")))
    assert "Earlier, it stayed below the mean for 8 months, April to November 2015." in then


def test_of_earlier_signals_on_one_side_that_overlap_the_longest_is_told():
    result = control(drawn("2013-04", "10 12 " * 10, "8 7 6 5 8 7 8 8", "12 10 " * 3))
    assert len(result.signals) > 1
    assert told(result).count("Earlier") == 1
    assert "it stayed below the mean for 8 months" in told(result)
    assert ";" not in told(result).partition("Earlier")[2]


def test_neither_more_nor_less_is_called_good_where_a_measure_says_neither():
    reports = Measure("domestic_abuse", "Domestic abuse", unit="reports", good="neither")
    said = told(control(drawn("2013-04", STEADY, "25", measure=reports)))
    assert "This is a signal, which is not of itself good or bad news." in said


@pytest.mark.parametrize("rules", RULES)
def test_every_signal_has_its_words_and_its_mark(rules):
    for rule in RULES[rules]:
        for name in (rule.high, rule.low):
            row = {"signal": name, "start": "2013-04", "end": "2013-10", "number": 7}
            assert words.told(steady(), row).startswith("it ")
            assert words.headed(steady(), row)
            assert mark(name)["marker"]


def test_different_kinds_of_signal_have_different_shapes():
    shapes = {}
    for rule in RULES["nelson"]:
        for name in (rule.high, rule.low):
            shapes.setdefault(mark(name)["marker"], set()).add(rule.says)
    assert all(len(rules) == 1 for rules in shapes.values())
    assert mark("rising")["marker"] != mark("falling")["marker"]


@pytest.mark.parametrize(
    ("label", "to", "said"),
    [
        ("2013-04", "", "April 2013"),
        ("2013-04", "2013-06", "April to June 2013"),
        ("2013-W14", "", "the week of 1 April 2013"),
        ("2013-W14", "2013-W16", "1 April to 21 April 2013"),
        ("2012-W52", "2013-W01", "24 December 2012 to 6 January 2013"),
    ],
)
def test_months_and_weeks_are_named_as_a_reader_says_them(label, to, said):
    assert words.when(label, to) == said


def test_facts_are_of_the_latest_month():
    facts = {fact.name: str(fact) for fact in narrative.control(above()).facts}
    assert facts == {
        "burglary.month_latest": "45 offences",
        "burglary.month_mean": "32.1",
        "burglary.month_lower_limit": "20",
        "burglary.month_upper_limit": "44",
        "burglary.month_signalled": "1 month",
    }


# What cannot be judged.


@pytest.mark.parametrize("show", [narrative.control, charts.control, tables.control])
def test_what_cannot_be_judged_is_told_with_its_reason(show):
    exhibit = show(unjudged())
    assert exhibit.title == "Burglary: trend cannot be told from noise"
    said = " ".join(exhibit.body) if exhibit.kind == "statement" else " ".join(exhibit.notes)
    assert (
        "Whether burglary in Harborough shows more than its usual ups and downs cannot be told: 3 "
        "sound months are held, and 12 are needed."
    ) in said


@pytest.mark.parametrize("show", [narrative.control, charts.control, tables.control])
def test_nothing_held_at_all_is_told_too(show):
    exhibit = show(control(drawn("2013-04", ". . .", measure=BURGLARY)))
    assert exhibit.title == "Burglary: trend cannot be told from noise"
    assert exhibit.to_html() and exhibit.to_text()


def test_too_few_months_since_a_change_of_recording_are_shown_without_limits():
    result = control(drawn("2013-04", STEADY, "40 42 40", measure=ANEW))
    assert signals.headline(result) == "Burglary: too few months since April 2014 to judge"
    assert told(result) == (  # and April 2013 is not alike: no year before is told
        "Burglary stood at 40 offences in June 2014. It cannot be judged: from April 2014, 3 sound "
        "months are held, and 12 are needed."
    )
    notes = charts.control(result).notes
    assert "The limits start anew in April 2014." in notes
    assert (
        "No limits are given for April to June 2014: 3 sound months are held, and 12 are needed."
        in notes
    )
    assert tables.control(result).body.rows[0][-3:] == ("–", "–", "not judged")


# Charts.


def test_the_mean_and_limits_are_named_at_their_lines_and_signals_in_a_key():
    drawn_words = texts(charts.control(above()))
    assert {"mean 32.1", "upper limit 44", "lower limit 20", "outside the limits"} <= set(
        drawn_words
    )
    assert "outside the limits" not in texts(charts.control(steady()))


def test_the_alternative_says_kind_message_limits_and_how_many_are_signals():
    assert charts.control(above()).alternative == (
        "Line chart with control limits of Burglary, Harborough, April 2013 to April 2014, "
        "offences a month. Burglary: above the usual range in April 2014. The mean is 32.1, and "
        "the usual range 20 to 44. 1 of 13 months is part of a signal."
    )


def lines_of(exhibit, colour):
    """Each unbroken piece of the lines of a colour: one begins at every 'M' of a path."""
    paths = [p for p in drawing(exhibit).iter(f"{SVG}path") if "fill: none" in p.get("style", "")]
    inked = [p for p in paths if f"stroke: {colour.lower()}" in p.get("style", "")]
    return sum(p.get("d", "").count("M") for p in inked)


@pytest.mark.parametrize(("gap", "pieces"), [("11", 1), (".", 2), ("1!", 2)])
def test_the_line_is_broken_at_a_month_that_is_not_sound(gap, pieces):
    exhibit = charts.control(control(drawn("2013-04", STEADY, gap, STEADY)))
    assert lines_of(exhibit, colours()["dark_blue"]) == pieces


def test_an_abnormal_month_is_hollow_and_named():
    exhibit = charts.control(control(drawn("2013-04", STEADY, "1!", STEADY)))
    assert "abnormal, not judged" in texts(exhibit)
    assert "April 2014 is abnormal: it is drawn hollow, and not judged." in exhibit.notes


def test_where_limits_start_anew_the_month_is_on_the_chart():
    exhibit = charts.control(control(drawn("2013-04", STEADY, "30 32 " * 6, measure=ANEW)))
    assert "limits anew: April 2014" in texts(exhibit)
    assert {"mean 31.0", "upper limit 36"} <= set(texts(exhibit))


def test_starts_too_near_for_a_label_each_share_one():
    breaks = tuple(Break(Month(year, 4), "recorded anew", None, True) for year in (2014, 2015))
    measure = Measure("burglary", "Burglary", breaks=breaks)
    exhibit = charts.control(control(drawn("2013-04", *[STEADY] * 3, measure=measure)))
    assert "limits anew: April 2014 and April 2015" in texts(exhibit)


def test_the_numbers_of_the_scale_are_exact():
    result = control(drawn("2013-04", STEADY), chart="u", population=17_000)
    numbers = [float(text) for text in texts(charts.control(result)) if text[:1].isdigit()]
    steps = {round(b - a, 9) for a, b in zip(numbers, numbers[1:], strict=False) if b < 100}
    assert len(steps) == 1, numbers


def test_weeks_are_bars_of_the_latest_year_with_the_year_before_as_marks():
    exhibit = charts.control(weekly())
    filled = f"fill: {colours()['mid_blue'].lower()}"
    shapes = (*drawing(exhibit).iter(f"{SVG}path"), *drawing(exhibit).iter(f"{SVG}use"))
    assert sum(filled in shape.get("style", "") for shape in shapes) == 52
    assert "same week, year before" in texts(exhibit)
    assert exhibit.subtitle == "Robbery, Barnet, 1 April 2013 to 30 March 2014, offences a week"
    assert exhibit.notes[0] == (
        "Mean and limits are worked from the week of 2 April 2012 on; the latest 52 are drawn."
    )
    assert len(exhibit.data) == 104


@pytest.mark.parametrize("made", [above, weekly, steady])
def test_a_control_chart_is_the_same_bytes_every_time_and_leaves_no_state(made):
    first = charts.control(made()).to_html()
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 9}):
        assert charts.control(made()).to_html() == first
    assert plt.get_fignums() == []


@pytest.mark.parametrize("made", [above, weekly])
def test_words_are_dark_enough_to_read_and_marks_to_be_seen(made):
    root = drawing(charts.control(made()))
    inks = set()
    for element in root.iter(f"{SVG}text"):
        inks |= set(re.findall(r"fill: (#\w{6})", element.get("style", "")))
    assert inks and all(contrast_with_white(ink) >= 4.5 for ink in inks)
    assert contrast_with_white(colours()["dark_pink"]) >= 3
    assert contrast_with_white(colours()["orange"]) >= 3
    assert contrast_with_white(colours()["mid_blue"]) >= 3


def test_no_more_than_ten_grid_lines():
    root = drawing(charts.control(above()))
    grid = [p for p in root.iter(f"{SVG}path") if "#cccccc" in p.get("style", "")]
    assert 0 < len(grid) <= 10


# Tables.


def test_the_latest_months_come_first_with_their_mean_range_and_signal():
    exhibit = tables.control(above())
    assert exhibit.body.columns == (
        "Month", "Offences", "Year before", "Mean", "Usual range", "Signal",
    )  # fmt: skip
    assert exhibit.body.rows[0] == (
        "April 2014", "45", "29", "32.1", "20 to 44", "above the upper limit",
    )  # fmt: skip
    assert exhibit.body.rows[1] == ("March 2014", "33", "–", "32.1", "20 to 44", "none")
    assert len(exhibit.data) == 13


def test_a_month_without_a_count_is_absent_and_not_nought():
    rows = tables.control(control(drawn("2013-04", STEADY, ". 1!"))).body.rows
    assert rows[0] == ("May 2014", "–", "12", "–", "–", "abnormal")
    assert rows[1] == ("April 2014", "–", "10", "–", "–", "absent")


def test_a_week_with_a_bank_holiday_says_so():
    found = weeks(
        events("2012-04..2014-03", daily("2012-04..2014-03", [4, 6])), [date(2014, 3, 24)]
    )
    rows = tables.control(control(found), rows=2).body.rows
    assert [row[0] for row in rows] == [
        "Week of 24 March 2014, with a bank holiday",
        "Week of 17 March 2014",
    ]


def test_rates_are_shown_with_what_they_are_per():
    result = control(drawn("2013-04", STEADY), chart="u", population=2000)
    exhibit = tables.control(result)
    assert exhibit.body.columns[1] == "Rate per 1,000 residents"
    assert exhibit.body.rows[0][1] == "6.00"
    assert {"Thousands to divide by", "Rate per 1,000 residents"} <= set(exhibit.data.columns)
    assert "6.00 offences per 1,000 residents" in told(result)


def shifted(measure=BURGLARY):
    """36 months about 60, then 36 about 40: mean 50."""
    months = "58 62 " * 18 + "38 42 " * 18
    return control(drawn("2008-04", months, measure=measure))


def test_a_level_that_has_shifted_is_told_first_and_what_the_latest_are_judged_against():
    exhibit = narrative.control(shifted())
    assert exhibit.body[0] == (
        "The level of burglary has shifted within April 2008 to March 2014: 72 of 72 months lie "
        "in long runs above or below the mean of them all, 50.0. That one mean describes no part "
        "of it. The latest 36 months, from April 2011, are therefore judged against a mean of "
        "their own."
    )
    assert "The limits start anew in April 2011, as the level has shifted." in exhibit.notes
    assert any("The change against last year compares the totals" in each for each in exhibit.notes)
    assert exhibit.body[0] in charts.control(shifted()).alternative


def test_dates_of_the_register_within_the_span_are_marked_and_those_before_it_are_not():
    breaks = (
        Break(Month(2008, 1), "people stayed at home", Month(2008, 6)),
        Break(Month(2010, 11), "people stayed at home again", Month(2011, 1)),
    )
    exhibit = charts.control(shifted(Measure("burglary", "Burglary", breaks=breaks)))
    assert "Nov 2010" in texts(exhibit)
    assert "Jan 2008" not in texts(exhibit)
    assert "limits anew: April 2011" in texts(exhibit)
