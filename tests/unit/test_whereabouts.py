"""Answers about places as they are shown: sentences, tables, charts and maps of one result."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from math import hypot

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from cspnb import analysis, charts, maps, narrative, tables
from cspnb.charts.drawing import WIDTH
from cspnb.maps.places import _apart
from cspnb.measures.months import ABSENT
from cspnb.measures.snap_points import SNAPPED
from tests.points_by_hand import SOUTH, points_of, record
from tests.unit.test_charts import SVG, contrast_with_white, words

ANSWERS = ("top_places", "concentration", "density", "prediction")


def a_town(**changed):
    """Two towns and eight farms over two years: 107 records in the last, 94 in the first."""
    rows = [record(2_050, 2_050, 40), record(2_350, 2_050, 15, location="On or near Mill Lane")]
    rows += [record(8_050, 8_050, 30, location="On or near Hill Top", lsoa="002B")]
    rows += [record(1_000 * n, 5_000, 3 if n < 7 else 2, lsoa=None) for n in range(1, 9)]
    rows += [
        record(2_050, 2_050, 60, "2012-05"),
        record(8_050, 8_050, 30, "2012-05", "On or near Hill Top", "002B"),
    ]
    rows += [record(2_350, 2_050, 4, "2012-05", "On or near Mill Lane")]
    return points_of(*rows, unplaced=[("2013-05", 1)], **changed)


def shown(name, points):
    """Every way of showing an answer, by room."""
    result = getattr(analysis, name)(points)
    rooms = (narrative, tables, charts, maps)
    return [getattr(room, name)(result) for room in rooms if hasattr(room, name)]


def test_top_places_are_told_with_both_years_and_what_a_list_cannot_say():
    told = narrative.top_places(analysis.top_places(a_town(), top=3))
    assert told.title == "Burglary: the highest count is on or near High Street, 40 offences"
    assert told.body[0] == (
        "Of the 11 places in Harborough with any burglary in 2013/14, the 3 with most had 85 of "
        "107 offences, or 79.4%. The highest counts were 40 on or near High Street (Harborough "
        "001A), against 60 at this point the year before; 30 on or near Hill Top (Harborough "
        "002B), against 30 at this point the year before; and 15 on or near Mill Lane (Harborough "
        "001A), against 4 at this point the year before."
    )
    assert "most of them show a rise by chance alone" in told.body[1]
    assert "1 offence of the period has no place, and is left out." in told.notes
    assert told.body[1] not in told.notes
    assert told.body[1] in tables.top_places(analysis.top_places(a_town())).notes


def test_a_list_that_no_place_leads_says_so():
    points = points_of(record(0, 0, 6), record(900, 0, 6), record(1_800, 0, 2))
    told = narrative.top_places(analysis.top_places(points))
    assert told.title == "Burglary: no place had more than 6 offences, and 2 had as many"


def test_without_a_whole_year_before_only_this_years_counts_are_told():
    points = a_town(unsound={"2012-07": ABSENT})
    told = narrative.top_places(analysis.top_places(points, top=1))
    assert "against" not in told.body[0]
    assert told.body[1].startswith(
        "The year before is not given: 2012/13 is not whole (July 2012 absent)."
    )
    [row] = tables.top_places(analysis.top_places(points, top=1)).body.rows
    assert row[3:5] == ("–", "–")


def test_a_table_of_places_is_numbered_and_keeps_its_metres():
    table = tables.top_places(analysis.top_places(a_town(), top=2))
    assert table.body.rows[0] == (
        "1. On or near High Street", "Harborough 001A", "40", "60", "−20", "37.4%"
    )  # fmt: skip
    assert table.data[["Number", "Easting", "Northing"]].iloc[0].tolist() == [1, 452_050, 292_050]


def test_concentration_names_its_places_and_allows_for_few_records():
    told = narrative.concentration(analysis.concentration(a_town()))
    assert told.title == "Half of burglary was at 2 of 11 places"
    assert told.body[0] == (
        "In 2013/14 half of the 107 offences in Harborough were at 2 of 11 places, or 18.2% of "
        "them. The top 10% (1) had 37.4% and the top 25% (2) had 65.4%."
    )
    assert told.body[1].endswith("on a scale from 0, all places alike, to 1, everything in one.")
    assert told.notes[0] == (
        "The 11 places are snap points with any record in the 24 months to March 2014; each of "
        "them had some in 2013/14."
    )
    rows = [record(100 * n, 0) for n in range(60)] + [record(0, 900, 9, "2012-05")]
    few = points_of(*rows, *(record(100 * n, 50, 1, "2012-05") for n in range(20)))
    assert (
        "With fewer offences than places some must have none"
        in (narrative.concentration(analysis.concentration(few)).body[1])
    )


def test_density_tells_how_little_ground_holds_how_much():
    told = narrative.density(analysis.density(a_town(), cell=100, bandwidth=100))
    # 10,000 squares, and nothing spreads: 40 of 107 are on one of them, 70 on two, 85 on three
    assert told.title == "Half of burglary was on the densest under 0.1% of Harborough"
    assert told.body[0] == (
        "Of the 107 offences in Harborough in 2013/14, a quarter were on the densest under 0.1% of "
        "its ground, half on under 0.1% and three quarters on under 0.1%."
    )
    assert told.body[1].startswith(
        "Peak 1 has 40 offences (37.4%) within 100 metres; the place with most of them is on or "
        "near High Street (Harborough 001A)."
    )


def test_a_map_that_is_tried_tells_its_tenth_and_its_hundredth():
    result = analysis.prediction(a_town(), cell=500, bandwidth=500)
    told = narrative.prediction(result)
    # 400 squares: the tenth is 40 of them, and the farms' rows had nothing the year before
    assert told.title.startswith("The densest tenth of 2012/13 held ")
    assert "offences: " in told.body[0] and "times its share of the ground." in told.body[0]
    assert f"Of 400 squares of 500 metres {result.used} (" in told.body[1]
    facts = {fact.name: fact.text for fact in told.facts}
    assert facts["burglary.densest_10_pct"] in told.body[0]
    assert facts["burglary.densest_10_pai"] in told.body[0]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_way_of_showing_an_answer_has_one_title_and_what_points_are(name):
    exhibits = shown(name, a_town())
    assert len({exhibit.title for exhibit in exhibits}) == 1
    for exhibit in exhibits:
        assert SNAPPED in exhibit.notes
        assert exhibit.method and exhibit.source.startswith("data.police.uk")
        assert exhibit.coverage.endswith("months are sound.")
        if exhibit.kind != "statement":
            assert exhibit.subtitle in exhibit.alternative or exhibit.kind == "table"
            assert len(exhibit.data)


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    "points",
    [
        points_of(missing="The Home Office counts by quarter", outline=None),
        points_of(record(0, 0, 3)),
        points_of(record(0, 0, 3), unsound={f"2013-{m:02d}": ABSENT for m in range(4, 13)}),
    ],
    ids=["no points", "few records", "few months"],
)
def test_what_cannot_be_told_is_a_sentence_in_every_room(name, points):
    for exhibit in shown(name, points):
        assert exhibit.kind in ("statement", "table")
        said = exhibit.body if exhibit.kind == "statement" else exhibit.notes
        assert re.search(r"cannot be told: .+\.$", said[0])
        assert not exhibit.facts
        assert "nan" not in exhibit.to_text()


def test_without_an_outline_the_places_are_listed_and_not_drawn():
    result = analysis.top_places(a_town(outline=None))
    assert tables.top_places(result).body.rows
    drawn = maps.top_places(result)
    assert drawn.kind == "statement" and "no outline" in drawn.body[0].lower()


def a_year_before(row):
    """A record of the year before."""
    return ("2012-05", *row[1:])


def test_exact_places_are_named_nowhere():
    homes = [record(2_050 + 60 * n, 2_050 + 40 * (n % 5), 3) for n in range(40)]
    estate = points_of(*homes, *(a_year_before(row) for row in homes), are_snapped=False)
    assert not analysis.density(estate).reason
    for name in ("concentration", "density", "prediction"):
        for exhibit in [*shown(name, estate), *shown(name, a_town(are_snapped=False))]:
            assert SNAPPED not in exhibit.notes
            assert "High Street" not in exhibit.to_html()
            assert not re.search(r"[Ee]asting|[Nn]orthing|Harborough 0", exhibit.to_html())
            data = exhibit.data if exhibit.data is not None else pd.DataFrame()
            assert not {"Easting", "Northing", "Peak"} & set(data.columns)
            numbers = data.select_dtypes("number").to_numpy().ravel()
            assert not [n for n in numbers if n >= SOUTH], "no metre of a place is exported"


# -- drawings -------------------------------------------------------------------------------------


def test_the_map_of_places_has_every_number_a_scale_and_north():
    seen = words(maps.top_places(analysis.top_places(a_town(), top=4)))
    assert {"1", "2", "3", "4", "N"} <= set(seen)
    assert any("km" in word or "metres" in word for word in seen)


def test_circles_hide_neither_one_another_nor_another_place():
    points = [(200, 200), (203, 204), (210, 200), (390, 10), (60, 60), (61, 61)]
    radii = [17, 14, 12, 10, 9, 9]
    centres = _apart(points, radii, 300)
    for (one, r), (other, s) in combinations(list(zip(centres, radii, strict=True)), 2):
        assert hypot(one[0] - other[0], one[1] - other[1]) >= r + s
    for n, (centre, radius) in enumerate(zip(centres, radii, strict=True)):
        assert radius <= centre[0] <= WIDTH - radius and radius <= centre[1] <= 300 - radius
        for m, point in enumerate(points):
            if hypot(points[n][0] - point[0], points[n][1] - point[1]) > 3:
                assert hypot(centre[0] - point[0], centre[1] - point[1]) >= radius, (n, m)


def test_a_circle_that_hides_nothing_stands_at_its_point():
    assert _apart([(100, 100), (300, 200)], [17, 9], 300) == [(100, 100), (300, 200)]


def test_the_map_of_density_says_what_each_class_holds():
    seen = words(maps.density(analysis.density(a_town(), bandwidth=700)))
    for portion in ("A quarter", "Half", "Three quarters"):
        said = rf"{portion} of all on (under )?\d+\.\d% of the area"
        assert any(re.fullmatch(said, word) for word in seen)
    assert {"1", "2", "N"} <= set(seen)


def test_alternatives_say_the_kind_the_message_and_the_numbers():
    result = analysis.density(a_town(), bandwidth=700)
    assert maps.density(result).alternative == (
        "Density map of Burglary, Harborough, 2013/14, offences per square kilometre. "
        f"{maps.density(result).title}. Peak 1, 55 offences within 700 metres; peak 2, 30 offences "
        "within 700 metres."
    )
    places = maps.top_places(analysis.top_places(a_town(), top=2)).alternative
    assert places == (
        "Map of Burglary, Harborough, 2013/14, offences. Burglary: the highest count is on or near "
        "High Street, 40 offences. 1. On or near High Street, 40; 2. On or near Hill Top, 30."
    )
    curve = charts.concentration(analysis.concentration(a_town())).alternative
    assert curve.startswith("Lorenz curve of Burglary, Harborough, 2013/14, offences. Half of ")
    assert curve.endswith("The top 10% hold 37.4%, the top 25% hold 65.4%.")


def test_the_curves_carry_their_own_labels():
    lorenz = words(charts.concentration(analysis.concentration(a_town())))
    assert {"if all places", "were alike", "the top 10% of places", "hold 37.4%"} <= set(lorenz)
    capture = words(charts.prediction(analysis.prediction(a_town())))
    assert "an even spread" in capture
    assert any(re.fullmatch(r"10% held \d+\.\d%", word) for word in capture)


@pytest.mark.parametrize(
    ("room", "name"),
    [(charts, "concentration"), (charts, "prediction"), (maps, "top_places"), (maps, "density")],
)
def test_a_drawing_is_the_same_every_time_and_its_words_can_be_read(room, name):
    result = getattr(analysis, name)(a_town())
    first = getattr(room, name)(result)
    assert getattr(room, name)(result).to_html() == first.to_html()
    assert plt.get_fignums() == []
    paper_on_dark = {"#ffffff"}  # numbers in dark circles
    for text in ET.fromstring(first.body).iter(f"{SVG}text"):
        inks = re.findall(r"fill: (#\w{6})", text.get("style", ""))
        assert all(ink in paper_on_dark or contrast_with_white(ink) >= 4.5 for ink in inks)


def test_numbers_on_white_are_never_white():
    """Only the map of places puts white words on dark circles."""
    result = analysis.density(a_town())
    for text in ET.fromstring(maps.density(result).body).iter(f"{SVG}text"):
        assert "#ffffff" not in text.get("style", "")


def test_the_result_is_left_as_it_was():
    result = analysis.density(a_town())
    before = replace(result, peaks=result.peaks.copy(), classes=result.classes.copy())
    maps.density(result), tables.density(result), narrative.density(result)
    assert result.peaks.equals(before.peaks) and result.classes.equals(before.classes)
