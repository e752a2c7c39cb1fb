"""A season as it is told, drawn and tabulated."""

import xml.etree.ElementTree as ET

import matplotlib
import matplotlib.pyplot as plt
import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.season import season
from cspnb.measures.definition import Break, Measure
from cspnb.periods import Month
from tests.drawn_counts import drawn, of_numbers

SVG = "{http://www.w3.org/2000/svg}"
SUMMERY = [110, 120, 130, 120, 110, 100, 90, 80, 70, 80, 90, 100]


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def summery():
    return season(of_numbers("2010-04", SUMMERY * 3))


def flat():
    return season(of_numbers("2010-04", [30, 32, 31] * 12))


def too_short():
    return season(drawn("2012-04", "30 " * 20))


def test_a_clear_season_names_its_months_and_their_distance():
    exhibit = narrative.season(summery())
    assert exhibit.title == "Burglary is usually highest in June and lowest in December"
    assert exhibit.body[0] == (
        "Burglary in Harborough has a strong season. It is usually highest in June, 30% above an "
        "average month, and lowest in December, 30% below it. Chance would seldom set the months "
        "of April 2010 to March 2013 so far apart (p < 0.001)."
    )
    assert exhibit.body[1] == (
        "With an average month at 100, above it lie most June (130), May (120) and July (120) and "
        "below it lie most December (70), November (80) and January (80)."
    )


def test_no_clear_season_names_no_month():
    exhibit = narrative.season(flat())
    assert exhibit.title == "No clear season in burglary"
    assert "by no more than chance could bring about" in exhibit.body[0]
    assert len(exhibit.body) == 1


def test_what_is_not_judged_says_why_everywhere():
    said = (
        "The season of burglary in Harborough is not told: only 20 sound months in a row stand up "
        "to November 2013, and 36 are needed to tell a season from what one year brought."
    )
    for exhibit in (f(too_short()) for f in (narrative.season, charts.season, tables.season)):
        assert exhibit.kind == "statement"
        assert exhibit.body == (said,)
        assert exhibit.title == "Burglary: the season cannot be judged"


def test_months_that_a_passing_date_covers_are_told_beside_the_season():
    passing = Break(Month(2010, 3), "people stayed at home", Month(2010, 6))
    measure = Measure("burglary", "Burglary", breaks=(passing,))
    said = narrative.season(season(of_numbers("2010-04", SUMMERY * 3, measure=measure))).body
    assert "It is usually highest in June in these years, 30% above" in said[0]
    assert said[-1] == (
        "Of these years 3 months were unlike others (April to June 2010, see below): other years "
        "may have another season."
    )
    after = Break(Month(2011, 4), "recorded anew")
    lasting = Measure("burglary", "Burglary", breaks=(after,))
    said = narrative.season(season(of_numbers("2010-04", SUMMERY * 3, measure=lasting))).body
    assert not any("these years" in paragraph for paragraph in said)


def test_the_chart_labels_the_strongest_and_the_weakest_month():
    drawn_words = words(charts.season(summery()))
    assert {"June 130", "December 70", "Apr", "Mar", "100"} <= set(drawn_words)
    quiet = words(charts.season(flat()))
    assert not any(word.split(" ")[0] in ("June", "April", "December") for word in quiet)


def test_the_chart_has_a_ring_a_month_and_a_dot_a_calendar_month():
    root = ET.fromstring(charts.season(summery()).body)
    uses = [use.get("style", "") for use in root.iter(f"{SVG}use")]
    assert sum("stroke: #2073bc" in style for style in uses) == 36
    assert sum("fill: #12436d" in style for style in uses) == 12


def test_the_alternative_has_the_message_and_every_month():
    said = charts.season(summery()).alternative
    assert said.startswith(
        "Dot chart of Burglary, Harborough, April 2010 to March 2013, index by month (100 is the "
        "average). Burglary is usually highest in June and lowest in December. By month: April "
        "110, May 120,"
    )


def test_the_table_begins_in_april_with_what_the_index_is_a_share_of():
    exhibit = tables.season(summery())
    assert exhibit.body.columns == (
        *("Month", "Index", "Lowest year", "Highest year"),
        *("Offences", "Offences by the trend", "Years"),
    )
    assert exhibit.body.rows[0] == ("April", "110", "110", "110", "330", "300", "3")
    assert [row[0] for row in exhibit.body.rows][-1] == "March"


def test_the_data_behind_the_chart_are_months():
    data = charts.season(summery()).data
    assert len(data) == 36
    assert list(data["Offences"].iloc[:2]) == [110, 120]


def test_single_months_on_a_base_under_ten_have_no_ring_and_the_table_says_low():
    result = season(of_numbers("2010-04", [8] * 6 + [4] * 6 + [8] * 6 + [4] * 6 + [8] * 12))
    exhibit, table = charts.season(result), tables.season(result)
    assert "36 months of 36 have no ring: the trend then is under ten a month." in exhibit.notes
    assert {row[2] for row in table.body.rows} == {"[low]"}
    assert any(note.startswith("[low]") for note in table.notes)
    assert charts.season(summery()).notes[1:] == tables.season(summery()).notes[1:] == ()


def test_facts_have_the_index_and_the_strength():
    facts = {fact.name: fact.text for fact in narrative.season(summery()).facts}
    assert facts == {
        "burglary.highest_month_index": "130",
        "burglary.lowest_month_index": "70",
        "burglary.season_strength": "1.00",
    }


@pytest.mark.parametrize("result", [summery(), flat()])
def test_the_chart_is_the_same_bytes_every_time(result):
    first = charts.season(result).to_html()
    with matplotlib.rc_context({"font.size": 40, "lines.linewidth": 9}):
        assert charts.season(result).to_html() == first
    assert plt.get_fignums() == []
