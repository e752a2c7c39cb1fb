"""Boundaries: outlines of any level from three formats, on the British National Grid, sound."""

import gzip
import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Polygon, box

from cspnb.errors import IngestError, StoreError
from cspnb.ingest import boundaries
from cspnb.store import Store

GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
A = box(470_000, 290_000, 471_000, 292_000)
B = box(471_000, 290_000, 473_000, 292_000)
"""Two areas side by side near Market Harborough: 200 and 400 hectares."""


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


def collection(shapes, column="LSOA21CD", name="LSOA21NM", crs=GRID, codes=None):
    codes = codes or [f"E0102577{n}" for n in range(len(shapes))]
    features = [
        {
            "type": "Feature",
            "properties": {"FID": n, column: code, name: f"Harborough 00{n}A"},
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }
        for n, (shape, code) in enumerate(zip(shapes, codes, strict=True))
    ]
    stated = {} if crs is None else {"crs": crs}
    return {"type": "FeatureCollection", **stated, "features": features}


def geojson(folder, shapes, file="outlines.geojson", **options):
    path = folder / file
    path.write_text(json.dumps(collection(shapes, **options)), encoding="utf-8")
    return path


def frame(shapes=(A, B), crs="EPSG:27700"):
    codes = [f"E0102577{n}" for n in range(len(shapes))]
    names = [f"Harborough 00{n}A" for n in range(len(shapes))]
    columns = {"LSOA21CD": codes, "LSOA21NM": names}
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=crs)


def held(store):
    return store.read("boundaries").set_index("code").sort_index()


def outline(store, code):
    return shapely.from_wkb(held(store).loc[code, "geometry"])


def test_an_area_keeps_its_code_name_outline_extent_and_hectares(store, tmp_path):
    boundaries.ingest([geojson(tmp_path, [A, B])], store)
    row = held(store).loc["E01025771"]
    assert (row["level"], row["vintage"], row["name"]) == ("lsoa", 2021, "Harborough 001A")
    assert (row["min_east"], row["min_north"]) == (471_000, 290_000)
    assert (row["max_east"], row["max_north"]) == (473_000, 292_000)
    assert row["hectares"] == 400
    assert outline(store, "E01025771").equals(B)


@pytest.mark.parametrize(
    ("column", "code", "level", "vintage"),
    [
        ("LSOA01CD", "E01025770", "lsoa", 2001),
        ("LSOA11CD", "E01025770", "lsoa", 2011),
        ("MSOA21CD", "E02005368", "msoa", 2021),
        ("WD25CD", "E05011964", "ward", 2025),
        ("lad19cd", "E07000131", "lad", 2019),
        ("CSP19CD", "E22000368", "csp", 2019),
        ("PFA23CD", "E23000021", "pfa", 2023),
    ],
)
def test_the_column_of_codes_tells_level_and_year(store, tmp_path, column, code, level, vintage):
    boundaries.ingest([geojson(tmp_path, [A], column=column, codes=[code])], store)
    row = held(store).loc[code]
    assert (row["level"], row["vintage"]) == (level, vintage)


def test_the_smallest_level_of_a_file_is_the_one_that_is_drawn(store, tmp_path):
    """A file of wards names the district of each ward too."""
    path = geojson(tmp_path, [A], column="WD25CD", name="LAD25CD", codes=["E05011964"])
    text = path.read_text(encoding="utf-8").replace("Harborough 000A", "E07000131")
    path.write_text(text, encoding="utf-8")
    boundaries.ingest([path], store)
    assert set(held(store)["level"]) == {"ward"}


def test_where_no_column_tells_the_user_may(store, tmp_path):
    path = geojson(tmp_path, [A, B], column="geo_code", name="name")
    boundaries.ingest([path], store, level="lsoa", vintage=2021)
    assert held(store)["name"].tolist() == ["Harborough 000A", "Harborough 001A"]
    assert set(held(store)["vintage"]) == {2021}


def test_degrees_become_metres_and_longitude_comes_first(store, tmp_path):
    """The ONS gives the centre of Harborough 002A in both: 0.92254 W 52.5907 N, 473088 299754."""
    small = box(-0.92354, 52.5897, -0.92154, 52.5917)
    boundaries.ingest([geojson(tmp_path, [small], crs=None)], store)
    centre = outline(store, "E01025770").centroid
    assert centre.x == pytest.approx(473_088, abs=5)
    assert centre.y == pytest.approx(299_754, abs=5)


def test_a_point_of_the_ordnance_survey_s_own_worked_example_lands_where_it_says():
    """Caister water tower: 52 39 27.2531 N 1 43 4.5177 E on OSGB36 is E 651409.903 N 313177.270."""
    from cspnb.national_grid import transformer

    latitude = 52 + 39 / 60 + 27.2531 / 3600
    longitude = 1 + 43 / 60 + 4.5177 / 3600
    east, north = transformer("EPSG:4277").transform(longitude, latitude)
    assert (east, north) == pytest.approx((651_409.903, 313_177.270), abs=0.001)


def test_heights_and_measures_are_dropped(store, tmp_path):
    high = shapely.force_3d(A, 71.5)
    boundaries.ingest([geojson(tmp_path, [high])], store)
    assert not shapely.has_z(outline(store, "E01025770"))
    assert outline(store, "E01025770").equals(A)


def test_islands_and_lakes_stay(store, tmp_path):
    lake = box(470_400, 290_400, 470_600, 290_600)
    islands = shapely.union_all([A.difference(lake), box(474_000, 290_000, 474_100, 290_100)])
    boundaries.ingest([geojson(tmp_path, [islands])], store)
    assert held(store).loc["E01025770", "hectares"] == 200 - 4 + 1


def test_an_outline_that_touches_itself_is_mended_and_counted(store, tmp_path):
    """A spike of a metre on 200 hectares: nothing of the area is lost."""
    spiked = Polygon(
        [(470_000, 290_000), (471_000, 290_000), (471_000, 292_000), (471_001, 292_000),
         (471_000, 292_000), (470_000, 292_000)]
    )  # fmt: skip
    assert not spiked.is_valid
    source = boundaries.ingest([geojson(tmp_path, [spiked, B])], store).sources.iloc[0]
    assert source["rejections"] == "1 outline mended"
    assert source["rows_stored"] == 2
    assert outline(store, "E01025770").equals(A)


def test_areas_of_northern_ireland_are_left_out_and_counted(store, tmp_path):
    path = geojson(
        tmp_path,
        [A, box(300_000, 500_000, 301_000, 501_000)],
        column="LAD19CD",
        codes=["E07000131", "N09000003"],
    )
    source = boundaries.ingest([path], store).sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (2, 1, 1)
    assert source["rejections"] == "outside Great Britain, off the National Grid (1)"


def test_scottish_districts_are_kept(store, tmp_path):
    edinburgh = box(320_000, 665_000, 330_000, 675_000)
    boundaries.ingest(
        [geojson(tmp_path, [edinburgh], column="LAD19CD", codes=["S12000036"])], store
    )
    assert held(store).index.tolist() == ["S12000036"]


@pytest.mark.parametrize(
    ("file", "resolution"),
    [
        ("Local_Authority_Districts_(December_2019)_Boundaries_UK_BUC.geojson", "BUC"),
        ("lsoa-2021-ew-bfc-v10.geojson", "BFC"),
        ("outlines.geojson", None),
        ("bucks.geojson", None),
    ],
)
def test_the_file_s_name_tells_the_resolution(store, tmp_path, file, resolution):
    boundaries.ingest([geojson(tmp_path, [A], file=file)], store)
    value = held(store).loc["E01025770", "resolution"]
    assert (value if isinstance(value, str) else None) == resolution


def test_a_geopackage_says_the_same_as_the_geojson(store, tmp_path):
    frame().to_file(tmp_path / "outlines.gpkg", layer="LSOA_2021", driver="GPKG")
    boundaries.ingest([tmp_path / "outlines.gpkg"], store)
    assert held(store)["hectares"].tolist() == [200, 400]
    again = boundaries.ingest([geojson(tmp_path, [A, B])], store)
    assert again.unchanged == ("outlines.geojson",)


def test_of_several_layers_those_that_tell_their_level_are_taken(store, tmp_path):
    path = tmp_path / "several.gpkg"
    frame().to_file(path, layer="LSOA_2021", driver="GPKG")
    roads = frame().rename(columns={"LSOA21CD": "road"})
    roads.to_file(path, layer="roads", driver="GPKG", mode="a")
    districts = frame((A,)).rename(columns={"LSOA21CD": "LAD21CD"}).assign(LAD21CD="E07000131")
    districts.to_file(path, layer="LAD_2021_BFC", driver="GPKG", mode="a")
    sources = boundaries.ingest([path], store).sources
    assert sources["member"].tolist() == ["LSOA_2021", "LAD_2021_BFC"]
    assert held(store)["level"].value_counts().to_dict() == {"lsoa": 2, "lad": 1}
    assert held(store).loc["E07000131", "resolution"] == "BFC"


def test_one_layer_may_be_asked_for(store, tmp_path):
    path = tmp_path / "several.gpkg"
    frame().to_file(path, layer="fine", driver="GPKG")
    frame((A,)).to_file(path, layer="coarse", driver="GPKG", mode="a")
    boundaries.ingest([path], store, layer="coarse")
    assert len(held(store)) == 1


def test_a_shapefile_is_read_loose_in_a_folder_and_zipped(store, tmp_path):
    folder = tmp_path / "shape"
    folder.mkdir()
    frame().to_file(folder / "lsoa21.shp")
    with zipfile.ZipFile(tmp_path / "lsoa21.zip", "w") as archive:
        for part in folder.iterdir():
            archive.write(part, f"download/{part.name}")
    boundaries.ingest([folder / "lsoa21.shp"], store)
    assert held(store)["hectares"].tolist() == [200, 400]
    assert outline(store, "E01025770").equals(A)
    assert boundaries.ingest([folder], store).unchanged == ("lsoa21.shp",)
    zipped = boundaries.ingest([tmp_path / "lsoa21.zip"], store)
    assert zipped.unchanged == ("lsoa21.zip: download/lsoa21.shp",)


def test_a_shapefile_without_its_reference_is_read_where_the_user_says_it(store, tmp_path):
    frame().to_file(tmp_path / "lsoa21.shp")
    (tmp_path / "lsoa21.prj").unlink()
    boundaries.ingest([tmp_path / "lsoa21.shp"], store, crs="EPSG:27700")
    assert outline(store, "E01025771").equals(B)


def test_a_byte_order_mark_and_a_gzip_are_no_fault(store, tmp_path):
    text = json.dumps(collection([A, B]))
    (tmp_path / "bom.geojson").write_text(text, encoding="utf-8-sig")
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(text.encode("utf-8")))
    taken = boundaries.ingest([tmp_path / "bom.geojson"], store)
    assert taken.sources["rows_stored"].tolist() == [2]
    again = boundaries.ingest([tmp_path / "packed.json.gz"], store)
    assert again.unchanged == ("packed.json.gz",)


def test_every_file_of_an_archive_has_its_own_source(store, tmp_path):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        archive.writestr("lsoa/one.geojson", json.dumps(collection([A])))
        archive.writestr("lsoa/two.geojson", json.dumps(collection([B], codes=["E01025779"])))
        archive.writestr("read me.txt", "about")
    taken = boundaries.ingest([tmp_path / "many.zip"], store)
    assert taken.sources["member"].tolist() == ["lsoa/one.geojson", "lsoa/two.geojson"]
    assert set(taken.sources["file_name"]) == {"many.zip"}
    assert taken.sources["sha256"].nunique() == 2
    assert taken.ignored == ("many.zip: read me.txt",)


def test_the_same_file_again_changes_nothing(store, tmp_path):
    path = geojson(tmp_path, [A, B])
    boundaries.ingest([path], store)
    before = store.versions()
    again = boundaries.ingest([path], store)
    assert (again.unchanged, len(again.sources)) == (("outlines.geojson",), 0)
    assert store.versions() == before


def test_an_outline_rounded_otherwise_is_the_same_one(store, tmp_path):
    boundaries.ingest([geojson(tmp_path, [A])], store)
    rounded = shapely.transform(A, lambda points: points + 0.001)
    taken = boundaries.ingest([geojson(tmp_path, [rounded, B], file="again.geojson")], store)
    assert taken.sources[["rows_stored", "rows_copied"]].values.tolist() == [[1, 1]]


def test_another_resolution_or_year_of_an_area_stands_beside_the_first(store, tmp_path):
    boundaries.ingest([geojson(tmp_path, [A])], store)
    boundaries.ingest([geojson(tmp_path, [B], file="coarse-BUC.geojson")], store)
    boundaries.ingest([geojson(tmp_path, [B], file="old.geojson", column="LSOA11CD")], store)
    rows = store.read("boundaries")
    assert len(rows) == 3
    assert set(rows["code"]) == {"E01025770"}


def test_another_outline_of_the_same_area_is_refused(store, tmp_path):
    boundaries.ingest([geojson(tmp_path, [A])], store)
    before = store.versions()
    with pytest.raises(IngestError, match="has another outline in a file already held"):
        boundaries.ingest([geojson(tmp_path, [B], file="other.geojson")], store)
    assert store.versions() == before


def test_invented_lsoas_are_a_sample_and_never_join_real_ones(store, tmp_path):
    sample = geojson(tmp_path, [A], column="LSOA11CD", codes=["E01990001"])
    assert boundaries.ingest([sample], store).sources["is_sample"].tolist() == [True]
    with pytest.raises(StoreError, match="never mix"):
        boundaries.ingest([geojson(tmp_path, [B], file="real.geojson")], store)


def test_the_sample_s_own_boundaries_go_in_at_this_door(store, tmp_path):
    from cspnb.sample.ground import boundaries as cells
    from cspnb.sample.ground import make_ground

    lsoas = make_ground(2014).lsoas
    path = tmp_path / "sample-lsoa11.geojson"
    path.write_text(json.dumps(cells(lsoas)), encoding="utf-8")
    source = boundaries.ingest([path], store).sources.iloc[0]
    assert source["is_sample"]
    assert source["rows_stored"] == len(lsoas)
    assert source["publisher"] == "Invented sample data"
