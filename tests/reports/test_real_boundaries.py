"""Real outlines, and real records located in them.

Expected figures come from the files themselves, read here with plain json, csv and geopandas: the
areas that the ONS computed (st_areashape), its centres in both systems of coordinates, and the
LSOA that police.uk gives each record.
"""

import csv
import gzip
import io
import json
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from cspnb.ingest import boundaries
from cspnb.locating import locate, lsoas_by_point, outlines, stops_by_district
from cspnb.national_grid import to_grid
from cspnb.store import Store

pytestmark = pytest.mark.slow

DISTRICTS = "boundaries/lad-december-2019-uk-buc.geojson.gz"
SMALL = "boundaries/lsoa-msoa-ward-boundaries.zip"
STOPS = "police-metropolitan-stop-and-search/metropolitan-stop-and-search-2022-09_2024-08.zip"
STREET = "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"
JUNE_2013 = "police-multi-force-2013-06/police-2013-06.zip"


@pytest.fixture(scope="module")
def taken(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    return store, boundaries.ingest([real_data / "boundaries"], store)


@pytest.fixture(scope="module")
def held(taken):
    return taken[0].read("boundaries")


@pytest.fixture(scope="module")
def published(real_data):
    """Every feature of both files, by the name of its file, as json reads it."""
    with zipfile.ZipFile(real_data / SMALL) as archive:
        files = {name: json.loads(archive.read(name))["features"] for name in archive.namelist()}
    files[DISTRICTS] = json.loads(gzip.decompress((real_data / DISTRICTS).read_bytes()))["features"]
    return files


def layer(held, level, vintage):
    return held[(held["level"] == level) & (held["vintage"] == vintage)].set_index("code")


def test_every_feature_of_every_file_is_stored_or_counted(taken, published):
    sources = taken[1].sources
    assert len(sources) == 65
    read = sources.assign(name=sources["member"].fillna(DISTRICTS)).set_index("name")["rows_read"]
    assert read.to_dict() == {name: len(features) for name, features in published.items()}
    assert (sources["rows_read"] == sources["rows_stored"] + sources["rows_rejected"]).all()
    assert not sources["is_sample"].any()
    assert taken[1].ignored == ("SOURCE.md",)


def test_of_382_districts_the_11_of_northern_ireland_are_left_out(taken, held):
    source = taken[1].sources.set_index("file_name").loc["lad-december-2019-uk-buc.geojson.gz"]
    assert (source["rows_read"], source["rows_stored"]) == (382, 371)
    assert source["rejections"] == "outside Great Britain, off the National Grid (11)"
    districts = layer(held, "lad", 2019)
    assert districts.index.str[0].value_counts().to_dict() == {"E": 317, "S": 32, "W": 22}
    assert set(districts["resolution"]) == {"BUC"}


@pytest.mark.parametrize(
    ("level", "vintage", "district", "number"),
    [
        ("lsoa", 2011, "Barnet", 211),
        ("lsoa", 2021, "Barnet", 220),
        ("lsoa", 2011, "Harborough", 47),
        ("lsoa", 2021, "Harborough", 52),
    ],
)
def test_a_district_has_the_lsoas_that_its_page_says(held, level, vintage, district, number):
    names = layer(held, level, vintage)["name"]
    assert names.str.fullmatch(rf"{district} \d{{3}}\w").sum() == number


@pytest.mark.parametrize(("district", "number"), [("E09000003", 24), ("E07000131", 19)])
def test_a_district_has_the_wards_of_2025(held, published, district, number):
    codes = {f["properties"]["WD25CD"] for f in published[f"ward/{district}.geojson"]}
    assert len(codes) == number
    assert codes <= set(layer(held, "ward", 2025).index)


def test_each_district_has_the_area_that_the_ons_computed(held, published):
    """Theirs is from the finer shift of coordinates; ours differs by under a thousandth."""
    ours = layer(held, "lad", 2019)["hectares"]
    properties = pd.DataFrame([feature["properties"] for feature in published[DISTRICTS]])
    theirs = properties.set_index("lad19cd")["st_areashape"].loc[ours.index] / 10_000
    assert (ours / theirs - 1).abs().max() < 0.001
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.0001)


def test_lsoas_have_their_area_on_the_round_earth_within_the_grid_s_own_scale(held, published):
    """The grid's scale is 0.9996 to 1.0004, so an area is off by less than a thousandth."""
    earth = pyproj.Geod(ellps="WGS84")
    ours = layer(held, "lsoa", 2021)["hectares"]
    for feature in published["lsoa/E07000131.geojson"]:
        shape = shapely.geometry.shape(feature["geometry"])
        hectares = abs(earth.geometry_area_perimeter(shape)[0]) / 10_000
        assert ours[feature["properties"]["LSOA21CD"]] == pytest.approx(hectares, rel=0.001)


@pytest.mark.parametrize(
    ("level", "vintage"),
    [("lad", 2019), ("lsoa", 2011), ("lsoa", 2021), ("msoa", 2011), ("ward", 2025)],
)
def test_neighbours_do_not_overlap(held, level, vintage):
    shapes = shapely.from_wkb(layer(held, level, vintage)["geometry"])
    assert shapely.is_valid(shapes).all()
    whole = shapely.area(shapely.union_all(shapes))
    assert shapely.area(shapes).sum() == pytest.approx(whole, rel=1e-9)


def test_the_ons_s_centres_in_degrees_fall_on_its_centres_in_metres(published):
    """1,749 centres in both systems: ours are within 3 metres of theirs."""
    centres = pd.DataFrame([f["properties"] for features in published.values() for f in features])
    centres = centres.dropna(subset=["BNG_E", "LONG"])
    assert len(centres) == 1_749
    east, north = to_grid(centres["LONG"].to_numpy(), centres["LAT"].to_numpy())
    assert np.hypot(east - centres["BNG_E"], north - centres["BNG_N"]).max() < 4


@pytest.mark.parametrize("crs", ["EPSG:27700", "EPSG:4326", "EPSG:3857"])
@pytest.mark.parametrize("ending", ["gpkg", "shp"])
def test_other_formats_made_of_the_same_outlines_are_the_same(
    held, published, tmp_path, ending, crs
):
    """Harborough, written by geopandas and read back: no outline is more than a metre off."""
    features = gpd.GeoDataFrame.from_features(published["lsoa/E07000131.geojson"], crs="EPSG:4326")
    features = features[["LSOA21CD", "LSOA21NM", "geometry"]]
    features.to_crs(crs).to_file(tmp_path / f"lsoa21.{ending}")
    store = Store(str(tmp_path / "store"))
    boundaries.ingest([tmp_path / f"lsoa21.{ending}"], store)
    again = layer(store.read("boundaries"), "lsoa", 2021)
    first = layer(held, "lsoa", 2021).loc[again.index]
    assert len(again) == 52
    apart = shapely.hausdorff_distance(
        shapely.from_wkb(first["geometry"]), shapely.from_wkb(again["geometry"])
    )
    assert apart.max() < 1
    assert again["name"].tolist() == first["name"].tolist()


def test_lsoas_lie_in_the_district_that_the_lookup_gives_them(held, real_data):
    """All but 7 of 1,186: the districts' outlines are off by up to 500 metres, the LSOAs' not."""
    path = real_data / "ons-lookups/lsoa11-to-ward19-to-lad19-ew.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig") as stream:
        district = {row["LSOA11CD"]: row["LAD19CD"] for row in csv.DictReader(stream)}
    lsoas = layer(held, "lsoa", 2011)
    inside = shapely.point_on_surface(shapely.from_wkb(lsoas["geometry"]))
    points = pd.DataFrame({"easting": shapely.get_x(inside), "northing": shapely.get_y(inside)})
    found = locate(points, outlines(held, "lad")).to_numpy()
    wrong = sum(code != district[lsoa] for code, lsoa in zip(found, lsoas.index, strict=True))
    assert len(lsoas) == 1_186
    assert wrong == 7


def rows_of(path, kind):
    """Rows of every file of a kind in a police.uk archive, as csv reads them."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(f"{kind}.csv"):
                text = io.TextIOWrapper(archive.open(name), encoding="utf-8")
                yield from csv.DictReader(text)


def points_of(rows):
    pairs = [(row["Longitude"] or "nan", row["Latitude"] or "nan") for row in rows]
    return pd.DataFrame(pairs, columns=["longitude", "latitude"]).astype("float64")


def test_stops_of_london_are_in_the_district_that_another_library_finds(held, published, real_data):
    """271,127 stops, against geopandas in degrees: only points on a border itself may differ."""
    stops = points_of(rows_of(real_data / STOPS, "stop-and-search"))
    located = stops_by_district(stops, held)
    known = stops.dropna()
    frame = gpd.GeoDataFrame.from_features(published[DISTRICTS], crs="EPSG:4326")
    joined = gpd.sjoin(
        gpd.GeoDataFrame(known, geometry=gpd.points_from_xy(*known.to_numpy().T), crs="EPSG:4326"),
        frame[["lad19cd", "geometry"]],
        how="left",
        predicate="intersects",
    )
    assert (len(stops), len(stops) - len(known)) == (271_127, located.without_point)
    theirs = joined["lad19cd"].fillna("none")
    ours = located.rows.loc[theirs.index, "lad_code"].fillna("none")
    assert (ours != theirs).sum() < 20
    assert located.outside == pytest.approx((theirs == "none").sum(), abs=20)
    assert "ultra-generalised" in located.caveat


def test_nearly_all_stops_of_london_s_police_are_in_london(held, real_data):
    """A few are over the edge, and some 600 by the tidal Thames, which the outlines leave out."""
    located = stops_by_district(points_of(rows_of(real_data / STOPS, "stop-and-search")), held)
    codes = located.rows["lad_code"].dropna()
    assert codes.str.startswith("E09").mean() > 0.997
    assert codes[codes.str.startswith("E09")].nunique() == 33
    assert located.outside / len(codes) < 0.003


@pytest.fixture(scope="module")
def leicestershire(real_data):
    """Street rows with a point and an LSOA whose outline is held; the LSOA kept apart."""
    rows = [row for row in rows_of(real_data / STREET, "street") if row["LSOA code"]]
    frame = points_of(rows).assign(
        published=[row["LSOA code"] for row in rows], named=[row["LSOA name"] for row in rows]
    )
    return frame.dropna()


def without_lsoa(points):
    empty = points[["longitude", "latitude"]].assign(lsoa_code=None, lsoa_name=None)
    return empty.astype({"lsoa_code": "str", "lsoa_name": "str"})


def test_located_records_are_in_the_lsoa_that_police_uk_gives_them(held, leicestershire):
    """A point in a street that is a border is on either side; its district is nearly always one."""
    known = leicestershire[leicestershire["published"].isin(layer(held, "lsoa", 2011).index)]
    found = lsoas_by_point(without_lsoa(known), held, 2011)
    assert len(known) > 290_000
    assert (found["lsoa_code"] == known["published"]).mean() > 0.96
    district = [names.str.rpartition(" ")[0] for names in (found["lsoa_name"], known["named"])]
    assert (district[0] == district[1]).mean() > 0.995


def test_34_records_of_june_2013_without_an_lsoa_get_one(held, real_data):
    every = rows_of(real_data / JUNE_2013, "leicestershire-street")
    rows = [row for row in every if row["Longitude"] and not row["LSOA code"]]
    found = lsoas_by_point(without_lsoa(points_of(rows)), held)
    districts = found["lsoa_name"].str.rpartition(" ")[0].value_counts().to_dict()
    assert len(rows) == 34
    assert districts == {
        "Leicester": 23,
        "Melton": 7,
        "Hinckley and Bosworth": 2,
        "Harborough": 1,
        "Charnwood": 1,
    }
