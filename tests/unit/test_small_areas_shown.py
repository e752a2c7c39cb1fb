"""Small areas told, drawn and tabulated: sentences, titles, maps, data, and refusals."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from cspnb import maps, narrative, tables
from cspnb.analysis import hot_areas, small_area_rates
from cspnb.charts.drawing import colours
from cspnb.maps.numbers import RADIUS, apart
from tests.small_areas_by_hand import corner, lattice, months
from tests.unit.test_charts import contrast_with_white

SVG = "{http://www.w3.org/2000/svg}"
WARDS = ["Bosworth", "Bosworth", "Glen", None]


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def filled(exhibit, colour):
    paths = ET.fromstring(exhibit.body).iter(f"{SVG}path")
    return sum(f"fill: {colours()[colour].lower()}" in path.get("style", "") for path in paths)


def four(**changed):
    return small_area_rates(lattice([[60, 20], [20, 0]], wards=WARDS, **changed))


def many(**changed):
    return small_area_rates(lattice([[n + 10 for n in range(24)]], **changed))


def spots():
    return hot_areas(lattice(corner(8, 40, 5, size=3)))


def test_rates_are_told_with_their_counts_their_people_and_their_interval():
    # 100 among 4,000; 60 among 1,000: exact limits of 60 are 45.79 and 77.23
    exhibit = narrative.small_area_rates(four())
    assert exhibit.title == "Burglary: 1 of 4 small areas is above the partnership's rate"
    assert exhibit.subtitle == (
        "Burglary, LSOAs of 2011 of Harborough, 2013/14, offences per 1,000 residents"
    )
    assert exhibit.body == (
        "Burglary in Harborough came to 100 offences in 2013/14, 25.0 per 1,000 residents, across "
        "4 small areas. The highest rate was in Harborough 001A (Bosworth ward): 60.0 per 1,000 "
        "(95% interval 45.8 to 77.2), from 60 offences among 1,000 residents.",
        "Of the 4 small areas, 1 is above the partnership's rate and 1 is below it by more than "
        "chance; the other 2 could easily differ by chance alone.",
    )


def test_wards_are_called_wards():
    exhibit = narrative.small_area_rates(four(level="ward", vintage=2019))
    assert "Of the 4 wards, 1 is above" in exhibit.body[1]
    assert "wards of 2019" in exhibit.subtitle
    assert not any("LSOA" in note for note in exhibit.notes)


def test_no_area_that_differs_is_said_plainly():
    exhibit = narrative.small_area_rates(small_area_rates(lattice([[9, 10, 11]])))
    assert exhibit.title == "Burglary: no small area is clearly above the partnership's rate"
    assert exhibit.body[1] == (
        "None of the 3 small areas differs from the partnership's rate by more than chance could "
        "explain."
    )


def test_the_ten_areas_with_most_have_a_share_where_there_are_twice_as_many():
    # 10 to 33 offences: the ten most are 24 to 33, 285 of 516; ten of 24 areas of equal people
    exhibit = narrative.small_area_rates(many())
    assert (
        "The ten small areas with the most offences had 55.2% of them, and 41.7% of the"
        in (exhibit.body[1])
    )
    assert "The ten" not in narrative.small_area_rates(four()).body[1]


def test_offences_in_no_area_are_told_once():
    exhibit = narrative.small_area_rates(four(unplaced=1))
    assert exhibit.body[-1] == (
        "1 offence of burglary cannot be placed in any small area, and is in the total alone."
    )
    assert exhibit.body[-1] not in exhibit.notes
    assert exhibit.body[0].startswith("Burglary in Harborough came to 101 offences")
    table = tables.small_area_rates(four(unplaced=1))
    assert ("In no small area", "–", "1", "–", "–", "–", "–") in table.body.rows
    assert exhibit.body[-1] in table.notes


def test_places_of_street_files_are_said_to_be_snap_points():
    assert any("snap points" in note for note in narrative.small_area_rates(four()).notes)
    ours = narrative.small_area_rates(four(origin="supplied_records"))
    assert not any("snap points" in note for note in ours.notes)


def test_residents_counted_long_before_are_a_caution():
    old = four(population_label="mid-2011 usual residents, 2 years before the period")
    assert any("homes have been built" in text for text in maps.small_area_rates(old).caveats)
    assert not any("homes have" in text for text in maps.small_area_rates(four()).caveats)


def test_counts_alone_are_told_where_nothing_is_known_to_divide_by():
    exhibit = narrative.small_area_rates(four(population=None, population_label="none held"))
    assert exhibit.title == "Burglary: most in Harborough 001A"
    assert exhibit.body == (
        "Burglary in Harborough came to 100 offences in 2013/14, across 4 small areas. The most "
        "were in Harborough 001A (Bosworth ward): 60 offences.",
        "No rates are given: there is nothing to divide by (none held).",
    )
    drawn = maps.small_area_rates(four(population=None))
    assert "50.0 or more: at least twice the average area" in words(drawn)
    table = tables.small_area_rates(four(population=None))
    assert table.body.columns == ("Small area", "Ward", "Offences", "Share of all")
    assert table.body.rows[0] == ("Harborough 001A", "Bosworth", "60", "60%")


def test_the_map_has_a_class_and_a_number_for_each_area_and_lists_them():
    exhibit = maps.small_area_rates(four())
    said = words(exhibit)
    assert said[:3] == [
        "50.0 or more: at least twice the partnership's rate",
        "25.0 to under 50.0",
        "under 25.0: below the partnership's rate",
    ]
    assert {"1", "2", "3", "4", "Harborough 001A", "60.0", "500 metres (0.31 miles)", "N"} <= set(
        said
    )
    assert filled(exhibit, "dark_blue") == 1 + 1  # the area and its swatch in the key
    assert filled(exhibit, "mid_blue") == 1
    assert filled(exhibit, "light_blue") == 3 + 1
    assert exhibit.alternative == (
        "Map of Burglary, LSOAs of 2011 of Harborough, 2013/14, offences per 1,000 residents. "
        "Burglary: 1 of 4 small areas is above the partnership's rate. 1 small area at twice the "
        "partnership's rate or more, none between it and twice it, 3 below it. Highest: 1, "
        "Harborough 001A, 60.0; 2, Harborough 002A, 20.0; 3, Harborough 003A, 20.0; "
        "4, Harborough 004A, 0.0."
    )


def test_an_area_without_a_rate_is_white_and_the_key_says_so():
    exhibit = maps.small_area_rates(
        small_area_rates(lattice([[60, 20, 20, 4]], [1_000.0, 1_000.0, 1_000.0, 300.0]))
    )
    assert "no rate" in words(exhibit)
    assert filled(exhibit, "paper") >= 2


def test_without_outlines_the_map_is_a_sentence_and_the_table_stands():
    result = four(outlines=False)
    exhibit = maps.small_area_rates(result)
    assert exhibit.kind == "statement"
    assert exhibit.body == (
        "Burglary in Harborough cannot be drawn on a map: no outline of its LSOAs is held; the "
        "table has every small area.",
    )
    assert tables.small_area_rates(result).kind == "table"


def test_an_area_whose_outline_is_missing_is_named_as_not_drawn():
    small = lattice([[60, 20, 20, 4]])
    table = small.table.copy()
    table.loc[0, "geometry"] = None
    exhibit = maps.small_area_rates(small_area_rates(replace(small, table=table)))
    assert "1 small area has no outline and is not drawn." in exhibit.notes
    assert "Harborough 002A" in words(exhibit)
    assert "Harborough 001A" not in words(exhibit)


def test_the_table_shows_ten_and_the_partnership_and_its_data_have_all():
    exhibit = tables.small_area_rates(many(unplaced=2))
    assert len(exhibit.body.rows) == 12
    assert exhibit.body.rows[0][0] == "Harborough 024A"
    assert exhibit.body.rows[-1][:3] == ("Harborough", "518", "24,000")
    assert len(exhibit.data) == 24
    assert exhibit.data["Offences"].sum() == 516
    assert "The 10 highest rates of 24 small areas are shown; the data have them all." in (
        exhibit.notes
    )


def test_spots_are_told_lettered_and_listed():
    result = spots()
    number = len(result.called("hot"))
    exhibit = narrative.hot_areas(result)
    assert exhibit.title == f"Burglary: {number} small areas are hot"
    assert exhibit.body[0].startswith("Areas with high rates of burglary lie by one another")
    drawn = maps.hot_areas(result)
    assert words(drawn).count("H") == 1, "areas that touch are one spot"
    assert f"H, hot: higher with its neighbours than chance ({number})" in words(drawn)
    assert filled(drawn, "dark_pink") == number + 1
    assert "Harborough 010A" in drawn.alternative
    table = tables.hot_areas(result)
    assert len(table.body.rows) == number
    assert {row[2] for row in table.body.rows} == {"hot"}
    assert len(table.data) == 64


def test_no_spot_is_a_sentence_and_no_map():
    result = hot_areas(lattice([[10 + (3 * x + 5 * y) % 4 for x in range(7)] for y in range(7)]))
    for show in (narrative.hot_areas, maps.hot_areas, tables.hot_areas):
        exhibit = show(result)
        assert exhibit.kind == "statement"
        assert exhibit.title == "Burglary: no small area is in a hot or a cold spot"
        assert exhibit.body[-1] == (
            "None of the 49 small areas is part of a hot or a cold spot that chance could not "
            "easily explain."
        )
        times = sum("Moran's I is" in text for text in (*exhibit.body, *exhibit.notes))
        assert times == (show is narrative.hot_areas), "said once, in words"


def test_no_area_below_is_none_and_not_nought():
    # 40 among 1,000 stands out from 6 areas' 10 each; a rate of 14.3 is not far above 10
    told = narrative.small_area_rates(small_area_rates(lattice([[40, 10, 10, 10, 10, 10, 10]])))
    assert told.body[1].startswith(
        "Of the 7 small areas, 1 is above the partnership's rate and none is below it by more than "
        "chance; the other 6 could"
    )


@pytest.mark.parametrize("ask", [small_area_rates, hot_areas])
@pytest.mark.parametrize(
    ("small", "why"),
    [
        (lattice([], missing="no lookup held has its LSOAs"), "no lookup held has its LSOAs"),
        (
            lattice([[None] * 3], months=months(absent=["2013-05", "2013-06"])),
            "2013/14 is incomplete (May to June 2013 absent)",
        ),
    ],
)
def test_what_cannot_be_had_is_one_sentence_everywhere(ask, small, why):
    result = ask(small)
    for room in (narrative, maps, tables):
        exhibit = getattr(room, ask.__name__)(result)
        assert exhibit.kind == "statement"
        assert exhibit.body[0].startswith("Burglary in Harborough cannot be ")
        assert exhibit.body[0].endswith(f"for 2013/14: {why}.")
        assert exhibit.facts == ()


def test_no_word_says_cause_or_significance():
    for ask, result in (("small_area_rates", four()), ("hot_areas", spots())):
        for room in (narrative, maps, tables):
            text = getattr(room, ask)(result).to_text().casefold()
            assert not {"significan", "because", "due to", "caused"} & set(text.split())
            assert "significan" not in text


@pytest.mark.parametrize(
    "draw", [lambda: maps.small_area_rates(four()), lambda: maps.hot_areas(spots())]
)
def test_maps_are_the_same_bytes_every_time_and_their_words_can_be_read(draw):
    first = draw()
    assert draw().to_html() == first.to_html()
    assert all(contrast_with_white(colours()[ink]) >= 4.5 for ink in ("dark_grey",))
    styles = [t.get("style", "") for t in ET.fromstring(first.body).iter(f"{SVG}text")]
    assert all(f"fill: {colours()['dark_grey'].lower()}" in style for style in styles)


def test_discs_do_not_hide_one_another_and_stay_on_the_map():
    points = [(200.0 + n % 3, 100.0 + n // 3) for n in range(12)]
    placed = apart(points, [False] * 12, tall=300)
    gaps = [
        ((a - c) ** 2 + (b - d) ** 2) ** 0.5
        for i, (a, b) in enumerate(placed)
        for c, d in placed[:i]
    ]
    assert min(gaps) >= 2 * RADIUS
    assert all(RADIUS <= x <= 400 - RADIUS and RADIUS <= y <= 300 - RADIUS for x, y in placed)
    assert apart([(50.0, 50.0)], [False], tall=100) == [(50.0, 50.0)]
    [(x, y)] = apart([(50.0, 50.0)], [True], tall=100)
    assert ((x - 50) ** 2 + (y - 50) ** 2) ** 0.5 > RADIUS
