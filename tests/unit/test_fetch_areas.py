"""Which ground is asked about, and how it is cut where one answer would be too long."""

import gzip
import json

import geopandas
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from cspnb.errors import IngestError
from cspnb.fetch.areas import area_of, as_poly, in_a_hole, quarters
from cspnb.fetch.held_areas import area_held
from cspnb.schemas import TABLES
from cspnb.store import Store
from tests.police_uk_server import inside


def feature(shape, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shape),
    }


def write(path, *features):
    text = json.dumps({"type": "FeatureCollection", "features": list(features)})
    path.write_text(text, encoding="utf-8")
    return path


def district(code, name, *box):
    return feature(shapely.box(*box), LAD19CD=code, LAD19NM=name)


HARBOROUGH = district("E07000131", "Harborough", -1.0, 52.4, -0.8, 52.6)
MELTON = district("E07000133", "Melton", -0.8, 52.6, -0.7, 52.8)


def test_a_file_of_one_district_says_its_code_and_name(tmp_path):
    area = area_of(write(tmp_path / "harborough.geojson", HARBOROUGH))
    assert (area.name, area.districts) == ("Harborough", ("E07000131",))
    assert area.shape.bounds == (-1.0, 52.4, -0.8, 52.6)


@pytest.mark.parametrize("wanted", ["E07000133", "melton", " Melton "])
def test_one_of_several_is_chosen_by_code_or_name(tmp_path, wanted):
    area = area_of(write(tmp_path / "all.geojson", HARBOROUGH, MELTON), wanted)
    assert (area.name, area.districts) == ("Melton", ("E07000133",))


@pytest.mark.parametrize("wanted", ["all", "Harborough; E07000133"])
def test_several_are_one_area(tmp_path, wanted):
    area = area_of(write(tmp_path / "all.geojson", HARBOROUGH, MELTON), wanted)
    assert area.districts == ("E07000131", "E07000133")
    assert len(area.polygons) == 2


def test_a_file_of_several_must_be_told_which(tmp_path):
    path = write(tmp_path / "all.geojson", HARBOROUGH, MELTON)
    with pytest.raises(IngestError, match=r"draws 2 areas(?s:.)*--district"):
        area_of(path)
    with pytest.raises(IngestError, match="no area with the code or name 'oadby'"):
        area_of(path, "Melton; Oadby")


def test_a_polygon_that_is_no_district_is_known_by_its_files_name(tmp_path):
    area = area_of(write(tmp_path / "town-centre.geojson", feature(shapely.box(-1, 52, 0, 53))))
    assert (area.name, area.districts) == ("town-centre", ())


def test_a_gzipped_file_a_geopackage_and_the_national_grid_are_read_alike(tmp_path):
    plain = write(tmp_path / "a.geojson", HARBOROUGH)
    packed = tmp_path / "a.geojson.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    grid = tmp_path / "a.gpkg"
    geopandas.read_file(plain).to_crs(27700).to_file(grid)
    assert area_of(packed).sha256 == area_of(plain).sha256
    assert area_of(grid).districts == ("E07000131",)
    assert area_of(grid).shape.bounds == pytest.approx((-1.0, 52.4, -0.8, 52.6), abs=1e-6)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.geojson", "not a map", "cannot be read as boundaries"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "draws nothing"),
        ("a.csv", "code,name\nE07000131,Harborough\n", "draws nothing"),
    ],
)
def test_a_file_that_draws_nothing_is_refused(tmp_path, name, text, told):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(IngestError, match=told):
        area_of(tmp_path / name)


def test_points_and_places_abroad_are_refused(tmp_path):
    with pytest.raises(IngestError, match="has no polygon"):
        area_of(write(tmp_path / "points.geojson", feature(shapely.Point(-1, 52))))
    swapped = feature(shapely.box(52.4, -1.0, 52.6, -0.8))
    with pytest.raises(IngestError, match="outside the United Kingdom"):
        area_of(write(tmp_path / "swapped.geojson", swapped))
    with pytest.raises(IngestError, match="no such file"):
        area_of(tmp_path / "none.geojson")


def test_an_outline_is_told_latitude_first_and_not_closed():
    outline = as_poly(shapely.box(-1.5, 52.25, -1.0, 52.5))
    pairs = sorted(outline.split(":"))
    assert pairs == [
        "52.2500000,-1.0000000",
        "52.2500000,-1.5000000",
        "52.5000000,-1.0000000",
        "52.5000000,-1.5000000",
    ]


def test_a_point_in_a_hole_is_known():
    ring = shapely.box(0, 50, 1, 51) - shapely.box(0.4, 50.4, 0.6, 50.6)
    assert in_a_hole(ring, 0.5, 50.5)
    assert not in_a_hole(ring, 0.2, 50.2)


STAR = shapely.Polygon(
    [
        (-1.0, 52.0),
        (-0.8, 52.1),
        (-0.6, 52.0),
        (-0.7, 52.2),
        (-0.6, 52.4),
        (-0.8, 52.3),
        (-1.0, 52.4),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.integers(-1_000_000, -600_000), st.integers(52_000_000, 52_400_000))
def test_a_published_point_of_an_area_is_in_one_of_its_quarters_and_in_one_only(x, y):
    """Points have six decimals; those on the area's own edge are anybody's."""
    point = x / 1e6, y / 1e6
    if STAR.boundary.distance(shapely.Point(point)) < 1e-6:
        return
    outlines = [
        [tuple(map(float, pair.split(","))) for pair in as_poly(part).split(":")]
        for part in quarters(STAR)
    ]
    found = sum(inside(outline, *point) for outline in outlines)
    assert found == STAR.contains(shapely.Point(point))


@pytest.mark.parametrize("point", [(-0.75, 52.25), (-0.75, 52.1), (-0.9, 52.25)])
def test_no_published_point_lies_on_a_cut(point):
    """On the line between two polygons a point may be in both, or in neither: nobody promises."""
    parts = quarters(shapely.box(-1.0, 52.0, -0.5, 52.5))
    assert len(parts) == 4
    assert sum(part.contains(shapely.Point(point)) for part in parts) == 1
    assert all(part.boundary.distance(shapely.Point(point)) > 1e-7 for part in parts)


def outlines(store, *rows):
    """Squares of the National Grid as the store holds boundaries, a row each."""
    table = []
    for code, name, vintage, resolution, east in rows:
        square = shapely.box(east, 290_000, east + 10_000, 300_000)
        bounds = dict(
            zip(
                ("min_east", "min_north", "max_east", "max_north"),
                map(float, square.bounds),
                strict=True,
            )
        )
        told = {
            "level": "lad",
            "vintage": vintage,
            "code": code,
            "name": name,
            "hectares": 10_000.0,
        }
        table.append(
            told | bounds | {"resolution": resolution, "geometry": square.wkb, "source_id": "s"}
        )
    source = dict.fromkeys(("publisher", "licence", "file_name"), "x")
    source |= {"source_id": "s", "table": "boundaries", "is_sample": False}
    source |= {"sha256": "0" * 64, "rows_digest": "0" * 64}
    source |= dict.fromkeys(
        ("rows_copied", "rows_rejected", "rows_placed", "rows_named", "rows_unplaced"), 0
    )
    with store.batch() as batch:
        batch.append("boundaries", [pd.DataFrame(table)[list(TABLES["boundaries"].columns)]])
        batch.name([source | {"rows_read": len(table), "rows_stored": len(table)}])
    return store


def test_a_district_is_drawn_as_the_store_has_it_newest_and_finest(tmp_path):
    store = outlines(
        Store(str(tmp_path / "store")),
        ("E07000131", "Harborough", 2019, "BFC", 400_000),
        ("E07000131", "Harborough", 2024, "BUC", 410_000),
        ("E07000131", "Harborough", 2024, "BGC", 420_000),
        ("E07000133", "Melton", 2024, "BUC", 470_000),
    )
    said = []
    area = area_held(store, "harborough", said.append)
    assert (area.name, area.districts, said) == ("Harborough", ("E07000131",), [])
    corner = Transformer.from_crs(27700, 4326, always_xy=True).transform(420_000, 290_000)
    within_ten_metres = 1e-4  # the grid is turned to degrees to within five
    assert area.shape.distance(shapely.Point(corner)) < within_ten_metres

    both = area_held(store, "E07000131; E07000133", said.append)
    assert both.districts == ("E07000131", "E07000133")
    assert len(both.polygons) == 2
    assert said[0].startswith("Melton: drawn ultra-generalised")
    with pytest.raises(IngestError, match=r"no boundary of a district 'Oadby'(?s:.)*ingest bound"):
        area_held(store, "Oadby")


def test_the_real_districts_of_2019_are_read(real_data):
    path = real_data / "boundaries" / "lad-december-2019-uk-buc.geojson.gz"
    area = area_of(path, "Harborough")
    assert (area.name, area.districts) == ("Harborough", ("E07000131",))
    latitude, longitude = area.inside
    assert 52.3 < latitude < 52.8 and -1.4 < longitude < -0.7
