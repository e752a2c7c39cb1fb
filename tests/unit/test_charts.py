"""Charts: what is drawn, what is said of it, and that it is the same every time."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib
import matplotlib.pyplot as plt
import pytest

from cspnb import charts
from cspnb.charts.drawing import colours
from cspnb.charts.labels import year_name, year_tick
from cspnb.charts.line import _runs
from cspnb.measures.definition import Break
from cspnb.periods import Month
from tests.unit.results_by_hand import (
    BURGLARY,
    BURGLARY_CHANGE,
    TOTAL_CHANGE,
    burglary_trend,
    comparison,
    missing_trend,
    trend_of,
)

SVG = "{http://www.w3.org/2000/svg}"


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def shapes_filled(exhibit, colour):
    root = ET.fromstring(exhibit.body)
    of_hatching = {path for pattern in root.iter(f"{SVG}pattern") for path in pattern.iter()}
    shapes = [path for path in root.iter(f"{SVG}path") if path not in of_hatching]
    return sum(f"fill: {colour.lower()}" in path.get("style", "") for path in shapes)


def contrast_with_white(colour):
    """WCAG 2.2's formula."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_a_year_that_is_not_whole_is_hollow_and_says_incomplete():
    exhibit = charts.trend(burglary_trend())
    assert shapes_filled(exhibit, colours()["dark_blue"]) == 3
    assert words(exhibit).count("incomplete") == 1
    assert "253" in words(exhibit)


def test_a_year_with_nothing_held_has_no_column_and_says_so():
    rows = [("2011/12", None, "all months absent"), ("2012/13", 153, ""), ("2013/14", 253, "")]
    exhibit = charts.trend(trend_of(BURGLARY_CHANGE, rows))
    assert shapes_filled(exhibit, colours()["dark_blue"]) == 2
    assert {"no", "figure"} <= set(words(exhibit))


def test_no_line_joins_a_sound_year_to_one_that_is_not():
    rows = [("2009/10", 5, ""), ("2010/11", 6, ""), ("2011/12", 2, "x"), ("2012/13", None, "x")]
    years = trend_of(BURGLARY_CHANGE, [*rows, ("2013/14", 7, "")]).years
    assert list(_runs(years)) == [
        ("whole", [0, 1]),
        ("incomplete", [2]),
        ("no figure", [3]),
        ("whole", [4]),
    ]


def test_the_alternative_says_chart_subject_message_and_what_is_incomplete():
    assert charts.trend(burglary_trend()).alternative == (
        "Column chart of Domestic burglary, Harborough, 2010/11 to 2013/14, offences. Domestic "
        "burglary rose clearly, from 153 to 253. Of the 3 complete periods the first has 210 in "
        "2010/11 and the last 253 in 2013/14; the highest is 253 in 2013/14 and the lowest 153 in "
        "2012/13. 2011/12 is incomplete: June to September 2011 absent."
    )


def test_a_line_of_the_register_runs_behind_the_figures():
    """Every label of the columns is on paper of its own, drawn after the line."""
    measure = replace(BURGLARY, breaks=(Break(Month(2013, 10), "people stayed at home"),))
    exhibit = charts.trend(replace(burglary_trend(), measure=measure))
    drawn = list(ET.fromstring(exhibit.body).iter())
    dashed = max(i for i, e in enumerate(drawn) if "stroke-dasharray: 4" in e.get("style", ""))
    figures = [i for i, e in enumerate(drawn) if e.tag == f"{SVG}text" and e.text in {"253", "153"}]
    paper = [
        i for i, e in enumerate(drawn) if colours()["paper"].lower() in e.get("style", "").lower()
    ]
    for place in figures:
        assert dashed < place
        assert any(dashed < patch < place for patch in paper)


def test_title_is_the_message_and_subtitle_the_measure_place_period_and_unit():
    exhibit = charts.trend(burglary_trend())
    assert exhibit.title == "Domestic burglary rose clearly, from 153 to 253"
    assert exhibit.subtitle == "Domestic burglary, Harborough, 2010/11 to 2013/14, offences"


def test_the_data_behind_a_trend_are_its_years():
    data = charts.trend(burglary_trend()).data
    assert list(data["Offences"]) == [210, 88, 153, 253]
    assert list(data["Complete"]) == [True, False, True, True]


def test_a_measure_that_cannot_be_had_is_a_sentence_and_not_an_empty_chart():
    exhibit = charts.trend(missing_trend())
    assert exhibit.kind == "statement"
    assert "no figure has been supplied" in exhibit.body[0]


def test_among_several_measures_the_missing_one_is_a_note():
    exhibit = charts.trends([burglary_trend(), missing_trend()])
    assert "Domestic burglary" in words(exhibit)
    assert "User satisfaction" not in words(exhibit)
    assert any(note.startswith("User satisfaction cannot be shown") for note in exhibit.notes)


def test_a_reason_that_holds_for_every_measure_is_given_once():
    rows = [("2012/13", 9, "May 2012 absent"), ("2013/14", 8, "")]
    several = [trend_of(BURGLARY_CHANGE, rows), trend_of(TOTAL_CHANGE, rows)]
    assert charts.trends(several).notes[0] == "2012/13 is incomplete: May 2012 absent."


def test_the_own_area_is_dark_and_named_in_words():
    exhibit = charts.comparison(comparison())
    assert shapes_filled(exhibit, colours()["dark_blue"]) == 1
    assert shapes_filled(exhibit, colours()["pale_grey"]) == 3
    assert {"Charnwood", "Harborough", "32.5", "average 41.9"} <= set(words(exhibit))
    assert exhibit.notes[0].startswith("The dark bar is Harborough.")
    assert "Between the dotted lines, 40.6 and 43.3, chance alone would leave" in exhibit.notes[0]
    assert "Left out: Melton (May 2013 absent)." in exhibit.notes


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.trend(burglary_trend()),
        lambda: charts.trends([burglary_trend(), burglary_trend()]),
        lambda: charts.comparison(comparison()),
    ],
)
def test_a_chart_is_the_same_bytes_every_time_and_leaves_no_state(draw):
    first = draw().to_html()
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 9}):
        assert draw().to_html() == first
    assert plt.get_fignums() == []


def test_a_drawing_has_no_fixed_size_no_date_and_nothing_that_reaches_the_page():
    body = charts.trend(burglary_trend()).body
    root = ET.fromstring(body)
    assert body.startswith("<svg")
    assert "viewBox" in root.attrib
    assert {"width", "height"}.isdisjoint(root.attrib)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags.isdisjoint({"style", "metadata", "script", "image", "a"})
    ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
    assert all(f"#{name}" in body for name in ids)
    assert "DejaVu" not in body
    assert root.get("font-family").startswith("Arial, Helvetica")


def test_words_are_text_and_each_keeps_its_anchor():
    texts = list(ET.fromstring(charts.trend(burglary_trend()).body).iter(f"{SVG}text"))
    assert texts
    assert all("text-anchor: middle" in text.get("style", "") for text in texts)


def test_every_word_is_dark_enough_to_read():
    for exhibit in (charts.trend(burglary_trend()), charts.comparison(comparison())):
        styles = [t.get("style", "") for t in ET.fromstring(exhibit.body).iter(f"{SVG}text")]
        inks = {ink for style in styles for ink in re.findall(r"fill: (#\w{6})", style)}
        assert inks
        assert all(contrast_with_white(ink) >= 4.5 for ink in inks)


@pytest.mark.parametrize(
    ("period", "tick", "name"),
    [
        ("2013/14", "2013/\n14", "2013/14"),
        ("2012/13-Q3", "Oct–Dec\n2012", "Oct–Dec 2012"),
        ("2014-03", "Mar\n2014", "Mar 2014"),
        ("2013-10..2014-02", "Oct–Feb\n2013–14", "Oct–Feb 2013–14"),
    ],
)
def test_a_year_under_a_column_is_short(period, tick, name):
    assert year_tick(period) == tick
    assert year_name(period) == name
