"""Locating: the one area a point lies in, drawn on a small map whose answers can be read off."""

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from cspnb.locating import (
    districts_by_point,
    locate,
    lsoas_by_point,
    outlines,
    stops_by_district,
)
from cspnb.national_grid import transformer
from cspnb.placing import place

E0, N0 = 470_000, 290_000
WEST = box(E0, N0, E0 + 1_000, N0 + 2_000)
EAST = box(E0 + 1_000, N0, E0 + 3_000, N0 + 2_000)
#  N0 + 2000  +------+------------+
#             | WEST |    EAST    |
#  N0         +------+------------+
#             E0    +1000       +3000


def areas(*shapes, level="lsoa", vintage=2021, codes=None, resolution=None, names=None):
    codes = codes or [f"E0102577{n}" for n in range(len(shapes))]
    names = names or [f"Harborough 00{n}A" for n in range(len(shapes))]
    rows = pd.DataFrame(shapely.bounds(list(shapes)), columns=list("abcd")).set_axis(
        ["min_east", "min_north", "max_east", "max_north"], axis="columns"
    )
    return rows.assign(
        source_id="s",
        level=level,
        vintage=vintage,
        code=codes,
        name=names,
        hectares=shapely.area(list(shapes)) / 10_000,
        resolution=pd.Series([resolution] * len(shapes), dtype="str"),
        geometry=shapely.to_wkb(list(shapes)),
    )


MAP = areas(WEST, EAST)


def metres(*points):
    frame = pd.DataFrame(points, columns=["easting", "northing"], dtype="float64")
    return frame + [E0, N0]


def degrees(*points):
    grid = metres(*points)
    way = transformer("EPSG:4326").transform(
        grid["easting"].to_numpy(), grid["northing"].to_numpy(), direction="INVERSE"
    )
    return pd.DataFrame(dict(zip(["longitude", "latitude"], way, strict=True)))


def answers(points, where=MAP):
    return [code if isinstance(code, str) else None for code in locate(points, where)]


def test_a_point_is_in_the_area_around_it():
    assert answers(metres((500, 500), (2_000, 500))) == ["E01025770", "E01025771"]


def test_a_point_in_degrees_is_in_the_same_area_as_in_metres():
    points = [(500, 500), (2_000, 500), (999, 1_999), (1_001, 1)]
    assert answers(degrees(*points)) == answers(metres(*points))


@pytest.mark.parametrize("point", [(1_000, 1_000), (1_000, 0), (1_000, 2_000)])
def test_a_point_on_a_shared_border_is_in_the_area_of_the_lower_code_only(point):
    assert answers(metres(point)) == ["E01025770"]
    turned = MAP.iloc[::-1]
    assert answers(metres(point), turned) == ["E01025770"]


def test_a_point_outside_every_area_is_in_none():
    assert answers(metres((-1, 500), (3_001, 500), (500, 2_001))) == [None, None, None]


def test_a_point_in_a_hole_is_in_what_fills_the_hole():
    hole = box(E0 + 400, N0 + 400, E0 + 600, N0 + 600)
    ringed = areas(WEST.difference(hole), hole)
    assert answers(metres((500, 500), (300, 300)), ringed) == ["E01025771", "E01025770"]


def test_a_point_without_both_coordinates_is_in_none():
    points = metres((500, 500), (np.nan, 500), (500, np.nan), (np.inf, 500))
    assert answers(points) == ["E01025770", None, None, None]


def test_latitude_in_the_place_of_longitude_is_in_none():
    points = degrees((500, 500))
    swapped = points.rename(columns={"longitude": "latitude", "latitude": "longitude"})
    assert answers(swapped) == [None]


def test_points_keep_their_number_order_and_index():
    points = metres((2_000, 500), (500, 500), (2_000, 500)).set_axis([7, 7, 3])
    found = locate(points, MAP)
    assert found.index.tolist() == [7, 7, 3]
    assert found.tolist() == ["E01025771", "E01025770", "E01025771"]


def test_no_areas_and_no_points_are_no_fault():
    assert answers(metres((500, 500)), MAP.iloc[:0]) == [None]
    assert len(locate(metres((500, 500)).iloc[:0], MAP)) == 0


def test_every_point_of_a_grid_is_in_exactly_one_of_many_neighbours():
    """Ten triangles that share edges and corners: points on them are counted once."""
    corners = [(E0 + 100 * n, N0 + 1_000 * (n % 2)) for n in range(12)]
    triangles = [Polygon(corners[n : n + 3]) for n in range(10)]
    codes = [f"E010257{n:02d}" for n in range(10)]
    where = areas(*triangles, codes=codes, names=codes)
    points = metres(*((x, y) for x in range(0, 1_101, 50) for y in range(0, 1_001, 100)))
    got = answers(points, where)
    for (east, north), code in zip(points.to_numpy(), got, strict=True):
        point = shapely.Point(east, north)
        holding = [c for c, t in zip(codes, triangles, strict=True) if t.intersects(point)]
        assert code == min(holding, default=None)


def test_the_newest_year_is_used_unless_another_is_asked_for():
    both = pd.concat([areas(WEST, vintage=2011), areas(EAST, vintage=2021)])
    assert outlines(both, "lsoa")["vintage"].tolist() == [2021]
    assert outlines(both, "lsoa", 2011)["vintage"].tolist() == [2011]
    assert outlines(both, "ward").empty


@pytest.mark.parametrize(
    ("held", "used"),
    [(["BUC", "BFC"], "BFC"), (["BUC", "BGC"], "BGC"), (["BSC", "BGC", "BFC"], "BFC")],
)
def test_the_finest_resolution_of_an_area_is_used(held, used):
    both = pd.concat([areas(WEST, resolution=name) for name in held])
    assert outlines(both, "lsoa")["resolution"].tolist() == [used]


def rows(points, **columns):
    empty = {"lsoa_code": None, "lsoa_name": None}
    frame = points.assign(**(empty | columns))
    return frame.astype({"lsoa_code": "str", "lsoa_name": "str"})


def test_a_record_without_an_lsoa_gets_that_of_its_point():
    found = lsoas_by_point(rows(degrees((500, 500), (2_000, 500), (9_000, 500))), MAP)
    assert found["lsoa_code"].tolist()[:2] == ["E01025770", "E01025771"]
    assert found["lsoa_name"].tolist()[:2] == ["Harborough 000A", "Harborough 001A"]
    assert found["lsoa_code"].isna().tolist() == [False, False, True]


def test_a_record_that_names_its_lsoa_keeps_it():
    """police.uk placed it; its point may have been moved since."""
    named = rows(degrees((500, 500)), lsoa_code="E01025999", lsoa_name="Elsewhere 001A")
    assert lsoas_by_point(named, MAP)["lsoa_code"].tolist() == ["E01025999"]


def test_where_the_newest_outlines_do_not_reach_older_ones_serve():
    both = pd.concat([areas(WEST, vintage=2021), areas(WEST, EAST, vintage=2011)])
    found = lsoas_by_point(rows(degrees((500, 500), (2_000, 500))), both)
    assert found["lsoa_code"].tolist() == ["E01025770", "E01025771"]


_PARENT = ["parent_level", "parent_vintage", "parent_code", "parent_name"]


def test_a_record_with_only_an_lsoa_s_name_keeps_it():
    named = rows(degrees((500, 500)), lsoa_name="Elsewhere 001A")
    found = lsoas_by_point(named, MAP)
    assert found["lsoa_name"].tolist() == ["Elsewhere 001A"]
    assert found["lsoa_code"].isna().all()


def geography(code, district, name):
    return pd.DataFrame(
        [["lsoa", 2021, code, None, "lad", 2022, district, name]],
        columns=[
            "level",
            "vintage",
            "code",
            "name",
            "parent_level",
            "parent_vintage",
            "parent_code",
            "parent_name",
        ],
    )


def test_a_record_located_in_an_lsoa_is_then_placed_as_any_other():
    links = geography("E01025770", "E07000131", "Harborough")
    located = lsoas_by_point(rows(degrees((500, 500), (9_000, 9_000))), MAP)
    placed = place(located, links)
    assert placed["placed_by"].tolist() == ["lookup", "none"]
    assert placed["lad_code"].tolist()[0] == "E07000131"


DISTRICTS = areas(
    WEST,
    EAST,
    level="lad",
    vintage=2019,
    codes=["E07000131", "E07000132"],
    names=["Harborough", "Hinckley and Bosworth"],
    resolution="BUC",
)


def test_a_record_still_in_no_district_gets_that_of_its_point():
    links = geography("E01025770", "E07000131", "Harborough")
    unplaced = rows(degrees((2_000, 500), (9_000, 500), (2_000, 500)))
    unplaced.loc[2, "lsoa_code"] = "E01025770"
    placed = districts_by_point(place(unplaced, links), DISTRICTS)
    assert placed["placed_by"].tolist() == ["point", "none", "lookup"]
    assert placed["lad_code"].tolist()[0] == "E07000132"
    assert placed["lad_name"].tolist()[2] == "Harborough"
    assert placed["lad_name"].isna().tolist() == [False, True, False]


def test_stops_are_counted_by_district_and_what_is_in_none_is_said():
    stops = degrees((500, 500), (500, 600), (2_000, 500), (9_000, 500))
    stops.loc[4] = [np.nan, np.nan]
    located = stops_by_district(stops, pd.concat([MAP, DISTRICTS]))
    counts = located.rows["lad_name"].value_counts().to_dict()
    assert counts == {"Harborough": 2, "Hinckley and Bosworth": 1}
    assert (located.without_point, located.outside, located.vintage) == (1, 1, 2019)
    assert located.caveat == (
        "Districts are found by the outlines of 2019, ultra-generalised (BUC): borders are off by "
        "up to 500 metres. Of 5 records 1 have no coordinates and 1 lie in no district whose "
        "outline is held."
    )


def test_without_a_district_s_outline_no_stop_has_a_district_and_it_is_said():
    located = stops_by_district(degrees((500, 500)), MAP)
    assert located.rows["lad_code"].isna().all()
    assert located.caveat == "No district's outline is held, so no record has a district."
