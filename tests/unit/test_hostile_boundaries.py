"""Boundaries that must not come in: each a good file with one thing wrong, and its remedy."""

import gzip
import io
import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from cspnb.ingest import boundaries
from cspnb.store import Store
from tests.hostile import refused

A = box(470_000, 290_000, 471_000, 292_000)
B = box(471_000, 290_000, 473_000, 292_000)
BOW_TIE = Polygon([(470_000, 290_000), (471_000, 291_000), (471_000, 290_000), (470_000, 291_000)])
GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


@pytest.fixture
def store(tmp_path):
    """A store that holds something else already: an MSOA."""
    store = Store(str(tmp_path / "store"))
    other = written(tmp_path, features(A, column="MSOA11CD", codes=["E02005368"]), "msoa.geojson")
    boundaries.ingest([other], store)
    return store


def features(*shapes, column="LSOA21CD", codes=None, crs=GRID):
    codes = codes or [f"E0102577{n}" for n in range(len(shapes))]
    return {
        "type": "FeatureCollection",
        **({} if crs is None else {"crs": crs}),
        "features": [
            {
                "type": "Feature",
                "properties": {column: code},
                "geometry": shape if isinstance(shape, dict | None) else geometry(shape),
            }
            for shape, code in zip(shapes, codes, strict=True)
        ],
    }


def geometry(shape):
    return json.loads(shapely.to_geojson(shape))


def ring(*points):
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


def written(folder, content, name="outlines.geojson"):
    path = folder / name
    if not isinstance(content, bytes):
        content = json.dumps(content).encode("utf-8")
    path.write_bytes(content)
    return path


def refusal(store, path, **options):
    return str(refused(lambda path: boundaries.ingest([path], store, **options), path, store))


NAN, INFINITE = float("nan"), float("inf")

FEATURES = {
    "wrong columns": (
        features(A, column="Colour"),
        "no column tells the level and the year of the codes; the columns are Colour",
    ),
    "two years of codes": (
        {
            **features(A),
            "features": [
                {
                    "type": "Feature",
                    "properties": {"LSOA11CD": "E01025770", "LSOA21CD": "E01025770"},
                    "geometry": geometry(A),
                }
            ],
        },
        "the codes could be those of LSOA11CD or LSOA21CD",
    ),
    "malformed code": (
        features(A, B, codes=["E01025770", "E0102577"]),
        "area 2, column 'LSOA21CD': 'E0102577' is no lsoa code",
    ),
    "code of another level": (features(A, codes=["E07000131"]), "'E07000131' is no lsoa code"),
    "code left out": (features(A, B, codes=["E01025770", None]), "a blank cell is no lsoa code"),
    "number for a code": (features(A, codes=[1025770]), "'1025770' is no lsoa code"),
    "code twice": (
        features(A, B, codes=["E01025770", "E01025770"]),
        "area 2, column 'LSOA21CD': 'E01025770' has an outline already, further up",
    ),
    "point": (features(A, Point(471_500, 291_000)), "'E01025771' has a point, a line or a mixture"),
    "line": (features(LineString([(0, 0), (1, 1)])), "has a point, a line or a mixture"),
    "mixture": (
        features({"type": "GeometryCollection", "geometries": [geometry(A)]}),
        "has a point, a line or a mixture",
    ),
    "no geometry": (features(A, None), "'E01025771' has no outline"),
    "empty geometry": (
        features(A, {"type": "Polygon", "coordinates": []}),
        "'E01025771' has no outline",
    ),
    "not a number": (
        features(ring((470_000, 290_000), (NAN, 290_000), (471_000, 291_000), (470_000, 290_000))),
        "has a coordinate that is no number",
    ),
    "infinite": (
        features(ring((470_000, 290_000), (INFINITE, 290_000), (471_000, 1), (470_000, 290_000))),
        "has a coordinate that is no number",
    ),
    "text for a coordinate": (
        features(ring(("a", 290_000), (471_000, 290_000), (471_000, 291_000), ("a", 290_000))),
        "has no outline",
    ),
    "huge coordinate": (features(box(470_000, 290_000, 1e12, 292_000)), "lies outside the country"),
    "huge coordinate in degrees": (features(box(-1, 52, 1e300, 53), crs=None), "in metres"),
    "wrong country": (
        features(A, column="LAD19CD", codes=["W06000022"]),
        "'W06000022' lies outside the country its code is of",
    ),
    "grid metres without a word": (
        features(A, crs=None),
        "coordinates in metres, in a file said to be in degrees",
    ),
    "degrees said to be metres": (features(box(0.5, 52, 0.6, 52.1)), "lies outside the country"),
    "latitude first": (
        features(box(52.5, -0.95, 52.6, -0.92), crs=None),
        "has latitude before longitude",
    ),
    "another continent": (features(box(10, 20, 11, 21), crs=None), "lies outside the country"),
    "bow tie": (features(BOW_TIE), "crosses itself, and mending it would change its area"),
    "open ring": (
        features(ring((470_000, 290_000), (471_000, 290_000), (471_000, 291_000))),
        "an outline is not closed",
    ),
    "no areas": (features(), "there is no outline in it"),
    "Northern Ireland alone": (
        features(A, column="LAD19CD", codes=["N09000003"]),
        "none of its areas is in Great Britain",
    ),
}


@pytest.mark.parametrize(("content", "says"), FEATURES.values(), ids=FEATURES)
def test_a_faulty_outline_is_refused_by_name(store, tmp_path, content, says):
    assert says in refusal(store, written(tmp_path, content))


GOOD = json.dumps(features(A, B)).encode("utf-8")

BYTES = {
    "UTF-16": (json.dumps(features(A)).encode("utf-16"), "outlines.geojson", "UTF-16 text"),
    "empty": (b"", "outlines.geojson", "is not GeoJSON, whatever its name says"),
    "cut short": (GOOD[:-60], "outlines.geojson", "cannot be read"),
    "a web page": (b"<!DOCTYPE html><html>", "outlines.geojson", "is not GeoJSON"),
    "a pointer to another file": (
        b'<OGRVRTDataSource><OGRVRTLayer name="a"/></OGRVRTDataSource>',
        "outlines.json",
        "is not GeoJSON",
    ),
    "other JSON": (b'{"name": "cspnb", "version": 1}', "package.json", "cannot be read"),
    "gzip cut short": (gzip.compress(GOOD)[:-20], "outlines.geojson.gz", "cut short or damaged"),
    "a lookup": (b"LSOA21CD,LAD22CD\n", "lookup.csv", "holds no file of outlines"),
    "no GeoPackage": (GOOD, "outlines.gpkg", "is not a GeoPackage"),
    "no shapefile part": (b"\0", "outlines.dbf", "this is one part of a shapefile"),
    "no zip": (b"PK\x03\x04 and then nothing", "outlines.zip", "not a zip archive"),
}


@pytest.mark.parametrize(("content", "name", "says"), BYTES.values(), ids=BYTES)
def test_a_file_of_another_kind_is_refused(store, tmp_path, content, name, says):
    assert says in refusal(store, written(tmp_path, content, name))


def zipped(folder, members, name="outlines.zip"):
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return path


def test_an_archive_in_an_archive_is_refused(store, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("outlines.geojson", GOOD)
    path = zipped(tmp_path, {"inner.zip": inner.getvalue()})
    assert "an archive in an archive is not opened" in refusal(store, path)


@pytest.mark.parametrize(
    "member", ["../outlines.geojson", "/outlines.geojson", "C:/outlines.geojson", "a/../../b.json"]
)
def test_a_member_whose_name_leads_out_of_the_archive_is_refused(store, tmp_path, member):
    before = sorted(tmp_path.rglob("*.geojson"))
    assert "leads out of it" in refusal(store, zipped(tmp_path, {member: GOOD}))
    assert sorted(tmp_path.rglob("*.geojson")) == before


def test_one_faulty_member_of_an_archive_stops_them_all(store, tmp_path):
    bad = json.dumps(features(None, codes=["E01025799"]))
    path = zipped(tmp_path, {"good.geojson": GOOD, "bad.geojson": bad})
    assert "outlines.zip: bad.geojson, area 1" in refusal(store, path)


def test_an_archive_without_outlines_is_refused(store, tmp_path):
    path = zipped(tmp_path, {"read me.txt": "about"})
    assert "holds no file of outlines" in refusal(store, path)


@pytest.fixture
def shapefile(tmp_path):
    frame = gpd.GeoDataFrame({"LSOA21CD": ["E01025770"]}, geometry=[A], crs="EPSG:27700")
    frame.to_file(tmp_path / "outlines.shp")
    return tmp_path / "outlines.shp"


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        (".shx", "lacks the part that ends in .shx, its index"),
        (".dbf", "lacks the part that ends in .dbf, its names and codes"),
        (".prj", "does not state what its coordinates are (a shapefile does so in its .prj)"),
    ],
)
def test_a_shapefile_that_lacks_a_part_is_refused(store, shapefile, ending, says):
    shapefile.with_suffix(ending).unlink()
    assert says in refusal(store, shapefile)


def test_a_shapefile_cut_short_is_refused(store, shapefile):
    shapefile.write_bytes(shapefile.read_bytes()[:-40])
    assert "the shapefile is cut short" in refusal(store, shapefile)


@pytest.fixture
def geopackage(tmp_path):
    shapes = [shapely.Point(470_000, 290_000).buffer(100 + n, 512) for n in range(30)]
    codes = [f"E010257{n:02d}" for n in range(30)]
    frame = gpd.GeoDataFrame({"LSOA21CD": codes}, geometry=shapes, crs="EPSG:27700")
    frame.to_file(tmp_path / "outlines.gpkg", layer="lsoa", driver="GPKG")
    return tmp_path / "outlines.gpkg"


def test_a_geopackage_cut_short_is_refused(store, geopackage):
    geopackage.write_bytes(geopackage.read_bytes()[:-5_000])
    assert "the GeoPackage is cut short" in refusal(store, geopackage)


def test_a_geopackage_damaged_inside_is_refused(store, geopackage):
    content = bytearray(geopackage.read_bytes())
    half = len(content) // 2
    content[half : half + 300_000] = b"\xff" * len(content[half : half + 300_000])
    geopackage.write_bytes(content)
    refusal(store, geopackage)


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(store, geopackage):
    says = refusal(store, geopackage, layer="ward")
    assert "no layer of outlines called ward" in says
    assert "Its layers are: lsoa" in says


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"level": "parish"}, "there is no level 'parish'"),
        ({"vintage": 2011}, "the columns are of LSOA21CD, not of 2011"),
        ({"level": "ward", "vintage": 2021}, "no column holds ward codes on every row"),
        ({"crs": "EPSG:4326"}, "states its coordinates to be OSGB36 / British National Grid"),
        ({"crs": "EPSG:999999"}, "is no coordinate reference system that is known here"),
    ],
)
def test_what_the_user_says_must_agree_with_the_file(store, tmp_path, options, says):
    assert says in refusal(store, written(tmp_path, GOOD), **options)
