"""How the hours are told, drawn and tabulated."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.charts.shades import shade_of, shades
from tests.unit.events_by_hand import STOPS, at, events_of

SVG = "{http://www.w3.org/2000/svg}"


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def busy(**said):
    """One in each hour of a week, and 40 more on a Friday night: 208, of which 61 from 23:00."""
    hours = at(*pd.date_range("2013-04-01", periods=168, freq="h"))
    night = at(*pd.date_range("2013-04-05 23:00", periods=40, freq="4min"))
    return analysis.timing(events_of(hours + night, **said))


def few():
    return analysis.timing(
        events_of(at("2013-06-03 10:00", ("2013-06-04 10:30", "2013-06-04 11:30")))
    )


def missing():
    why = "Burglary in Harborough is from data.police.uk, which gives months only."
    return analysis.timing(events_of([], missing=why))


def test_the_busiest_hours_are_told_with_their_share_and_what_even_hours_would_have():
    known, told = narrative.timing(busy()).body
    assert known == (
        "Domestic burglary in Harborough, 2013/14: 208 offences, every one with a known time."
    )
    assert told.startswith(
        "The busiest three hours of the day are 23:00 to 02:00, with 29.3% of them, where even "
        "hours would have 12.5% (p < 0.001)."
    )
    assert "Friday 23:00 to 02:00 is the busiest stretch, with 43, where 4 would be even" in told
    assert told.endswith(
        "The busiest of all is bound to look busy, so it was set beside the busiest that chance "
        "alone makes of even hours and days, wherever that falls; only what is busier still is "
        "told."
    )


def test_a_title_names_the_hours():
    assert narrative.timing(busy()).title == "Domestic burglary: busiest between 23:00 and 02:00"


def test_where_nothing_stands_out_it_is_said():
    hours = at(*pd.date_range("2013-04-01", periods=168, freq="h"))
    exhibit = narrative.timing(analysis.timing(events_of(hours)))
    assert exhibit.title == "Domestic burglary: no hour or day stands out"
    assert "stand out by more than chance" in exhibit.body[1]


def test_few_events_name_no_hour_but_are_drawn():
    result = few()
    assert (
        "No hour is said to stand out: 2 of them have a known time"
        in narrative.timing(result).body[0]
    )
    drawn = charts.timing(result)
    assert drawn.kind == "figure"
    assert any("50 are needed" in note for note in drawn.notes)
    assert any("counts in parts" in note for note in drawn.notes)


@pytest.mark.parametrize("shown", [narrative.timing, charts.timing, tables.timing])
def test_a_measure_of_months_says_that_its_hours_are_not_known(shown):
    exhibit = shown(missing())
    assert exhibit.kind == "statement"
    assert exhibit.body == (
        "The hours of domestic burglary in Harborough are not known. Burglary in Harborough is "
        "from data.police.uk, which gives months only.",
    )


def test_what_has_no_time_is_told_and_months_that_are_absent():
    rows = at(*["2013-06-03 10:00"] * 60) + at("2013-06-05", has_time=False)
    rows += at(("2013-06-03 10:00", "2013-06-09 10:00"), ("2013-06-03 10:00", "2013-06-08 10:00"))
    exhibit = narrative.timing(analysis.timing(events_of(rows, absent=["2013-04"])))
    assert exhibit.body[0] == (
        "Domestic burglary in Harborough, 2013/14: 63 offences, 60 (95.2%) with a known time; 2 "
        "can lie anywhere in more than 24 hours and 1 has no time."
    )
    assert "Left out: April 2013 absent." in exhibit.notes


def test_many_at_midnight_are_told_for_systems_write_it_for_not_known():
    rows = at(*["2013-06-03 10:00"] * 60, *["2013-06-03 00:00"] * 5)
    notes = narrative.timing(analysis.timing(events_of(rows))).notes
    assert any(note.startswith("5 of 65 are timed at 00:00 exactly") for note in notes)
    assert not any("00:00 exactly" in note for note in narrative.timing(busy()).notes)


def test_the_number_is_in_every_cell_of_the_chart():
    drawn = words(charts.timing(busy()))
    assert drawn[:1] == ["Mon"]
    assert {"00–03", "21–24"} <= set(drawn)
    assert len(drawn) == 7 + 8 + 56
    assert drawn.count("3") == 54  # all but Friday's last three hours and Saturday's first
    assert {"18", "28"} <= set(drawn)


def test_the_alternative_says_chart_subject_message_and_where_most_is():
    assert charts.timing(busy()).alternative == (
        "Heat table of Domestic burglary, Harborough, 2013/14, offences with a known time, by hour "
        "and day. Domestic burglary: busiest between 23:00 and 02:00. The cell with most is "
        "Saturday 00:00 to 03:00, 28 of 208."
    )


def test_the_table_has_every_hour_and_the_sums():
    exhibit = tables.timing(busy())
    assert exhibit.body.columns[:2] == ("Hour", "Monday")
    assert len(exhibit.body.rows) == 25
    assert exhibit.body.rows[-1] == ("All hours", "24", "24", "24", "24", "39", "49", "24", "208")
    assert exhibit.data["All days"].sum() == pytest.approx(208)


def test_facts_are_of_the_measure():
    facts = {fact.name: str(fact) for fact in narrative.timing(busy(measure=STOPS)).facts}
    assert facts["stops.timing.busiest_hours"] == "23:00 to 02:00"
    assert facts["stops.timing.busiest_hours_share"] == "29.3%"
    assert facts["stops.timing.timed"] == "208"


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_can_be_read_on_every_shade_and_darker_is_more():
    """WCAG 2.2: 4.5 to 1 for words."""
    lights = []
    for fill, ink in shades():
        light, dark = sorted((_luminance(fill), _luminance(ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
        lights.append(_luminance(fill))
    assert lights == sorted(lights, reverse=True)
    assert shade_of(0, 10) == shades()[0]
    assert shade_of(10, 10) == shades()[-1]
    assert shade_of(0, 0) == shades()[0]


def test_a_chart_is_the_same_every_time():
    assert charts.timing(busy()).body == charts.timing(busy()).body
