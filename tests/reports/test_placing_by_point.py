"""Records with a point and no LSOA: the district of the outline they lie in, and what is said."""

import csv
import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import pytest

from cspnb.holdings import held
from cspnb.ingest import boundaries, lookup, police_uk
from cspnb.measures.coverage import District
from cspnb.periods import Period
from cspnb.report.reading import Holdings
from cspnb.store import Store

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
EIGHT_COLUMNS = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
FORCE = "Leicestershire Police"
FORCES = {
    "leicestershire": FORCE,
    "northamptonshire": "Northamptonshire Police",
    "btp": "British Transport Police",
}
HARBOROUGH = District("E07000131", "Harborough")
MELTON = District("E07000133", "Melton")
MARCH = Period.parse("2020-03..2020-03")

# Two squares side by side, a tenth of a degree each: Harborough to the west, Melton to the east.
WEST, EAST, NOWHERE = (-1.05, 52.55), (-0.95, 52.55), (-1.05, 53.5)
SQUARES = {"E07000131": ("Harborough", -1.1), "E07000133": ("Melton", -1.0)}


@dataclass
class Town:
    """A store that grows file by file."""

    folder: object

    @property
    def store(self):
        return Store(str(self.folder / "store"))

    @property
    def holdings(self):
        return Holdings(self.store)

    def lookups(self):
        path = self.folder / "lad19-to-csp19-to-pfa19.csv"
        rows = [
            f"{code},{name},E2200013{n},{name},E23000021,Leicestershire"
            for n, (code, (name, _)) in enumerate(SQUARES.items())
        ]
        header = "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        lookup.ingest([path], self.store)

    def outlines(self, *codes, level="lad19", name="districts-buc"):
        path = self.folder / f"{name}.geojson"
        features = [_square(code, *SQUARES[code], level) for code in codes or SQUARES]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        path.write_text(text, encoding="utf-8")
        boundaries.ingest([path], self.store)

    def street(self, *groups, month="2020-03", force="leicestershire", **declared):
        """Rows in groups of (number, point, lsoa)."""
        rows = []
        for number, point, lsoa in groups:
            for _ in range(number):
                rows.append(_row(month, len(rows), point, lsoa, FORCES[force]))
        path = self.folder / f"{month}-{force}-street.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        police_uk.ingest([path], self.store, **declared)

    def count(self, district, span=MARCH, force="leicestershire"):
        cells = self.holdings.district_counts(district, force, span)
        assert cells["status"].nunique() == 1
        return cells["status"].iloc[0], cells["count"].sum(min_count=1), cells["reason"].iloc[0]


def _square(code, name, west, level):
    corners = [(west, 52.5), (west + 0.1, 52.5), (west + 0.1, 52.6), (west, 52.6), (west, 52.5)]
    return {
        "type": "Feature",
        "properties": {f"{level}cd": code, f"{level}nm": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


def _row(month, number, point, lsoa, force=FORCE):
    crime_id = hashlib.sha256(f"{month}{number}{point}{lsoa}".encode()).hexdigest()
    place = f"{point[0]},{point[1]}" if point else ","
    code = f"{lsoa[0]},{lsoa[1]}" if lsoa else ","
    return f"{crime_id},{month},{force},{force},{place},On or near High Street,{code},Burglary,,"


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.lookups()
    return town


ALL = {"types": "all", "areas": "all"}


def test_a_record_without_an_lsoa_is_in_the_district_its_point_lies_in(town):
    town.street((30, WEST, None), (12, EAST, None), (5, None, None), (3, NOWHERE, None), **ALL)
    town.outlines()

    assert town.count(HARBOROUGH)[:2] == ("sound", 30)
    assert town.count(MELTON)[:2] == ("sound", 12)


def test_without_outlines_it_is_nowhere(town):
    town.street((30, WEST, None), **ALL)

    assert town.count(HARBOROUGH)[0] == "absent"


def test_a_record_that_has_an_lsoa_stays_in_it_wherever_its_point_is(town):
    town.street((30, WEST, ("E01025900", "Melton 001A")), (2, WEST, None), **ALL)
    town.outlines()

    assert town.count(MELTON)[1] == 30
    assert town.count(HARBOROUGH)[1] == 2


def test_outlines_that_arrive_before_the_records_give_the_same_count(town):
    town.outlines()
    town.street((30, WEST, None), (12, EAST, None), **ALL)

    assert town.count(HARBOROUGH)[1] == 30


def test_an_lsoa_s_outline_decides_before_a_district_s(town):
    """The western square is an LSOA of Melton: a district's rough outline does not outvote it."""
    SQUARES["E01025900"] = ("Melton 001A", -1.1)
    try:
        town.outlines("E01025900", level="lsoa11", name="lsoas-bgc")
    finally:
        del SQUARES["E01025900"]
    town.outlines()
    town.street((30, WEST, None), (4, EAST, None), **ALL)

    assert town.count(MELTON)[1] == 34


def test_a_neighbouring_force_s_record_counts_where_its_point_lies(town):
    town.street((30, WEST, None), **ALL)
    town.street((7, WEST, None), (9, EAST, None), force="northamptonshire", **ALL)
    town.outlines()

    assert town.count(HARBOROUGH)[1] == 37


def test_every_record_is_counted_once_or_told_as_nowhere(town):
    """Counting one district and counting every force agree."""
    in_melton = (8, EAST, ("E01025900", "Melton 001A"))
    town.street((30, WEST, None), (12, EAST, None), (5, None, None), in_melton, **ALL)
    town.outlines()
    alone = town.count(MELTON)
    holdings = town.holdings
    everywhere = holdings.recorded

    assert alone[1] == 20
    assert holdings.district_counts(MELTON, "leicestershire", MARCH)["count"].sum() == 20
    assert everywhere.monthly["count"].sum() == 50
    assert everywhere.unplaced["count"].sum() == 5
    by = everywhere.placed_by.set_index("placed_by")["count"]
    assert by.to_dict() == {"name": 8, "point": 42, "none": 5}


def test_cspnb_data_tells_how_many_are_placed_by_point(town):
    town.street((30, WEST, None), (5, None, None), (8, EAST, ("E01025900", "Melton 001A")), **ALL)
    town.outlines()

    what = held(town.store.address)
    [files] = what.files.to_dict("records")

    told = [files[name] for name in ("records", "placed", "by name", "by point", "nowhere")]
    assert told == [43, 0, 8, 30, 5]
    assert "by point" in what.as_text()
    assert max(map(len, what.as_text().splitlines())) <= 120


def test_the_caveat_says_how_many_and_by_how_rough_an_outline(town):
    town.street((30, WEST, None), **ALL)
    town.outlines()

    said = town.holdings.point_caveat(HARBOROUGH, "leicestershire", MARCH)

    assert said == (
        "In Harborough 30 records are placed by their points, by the outlines of districts of "
        "2019, ultra-generalised (BUC): borders are off by up to 500 metres."
    )


def test_there_is_no_caveat_where_no_record_is_placed_by_its_point(town):
    town.street((30, WEST, ("E01025800", "Harborough 001A")), **ALL)
    town.outlines()

    assert town.holdings.point_caveat(HARBOROUGH, "leicestershire", MARCH) == ""


def test_a_file_of_2011_in_eastings_and_northings_is_placed(town):
    """A square of Harborough: 468000 to 474000 east or so, 289000 to 300000 north."""
    path = town.folder / "2011-03-leicestershire-street.csv"
    rows = [
        f"2011-03,{FORCE},{FORCE},464500,295500,On or near High Street,Burglary," for _ in range(40)
    ]
    path.write_text("\n".join([EIGHT_COLUMNS, *rows]) + "\n", encoding="utf-8")
    police_uk.ingest([path], town.store, **ALL)
    town.outlines()

    assert town.count(HARBOROUGH, Period.parse("2011-03..2011-03"))[:2] == ("sound", 40)


# -- a file declared to be of a district ----------------------------------------------------------


OF_HARBOROUGH = {"types": "all", "areas": HARBOROUGH.code, "edition": "2020-05"}


def test_a_fetched_file_all_of_whose_records_are_nowhere_is_absent_not_none(town):
    """Another force's record makes the district known: that alone must not make it sound."""
    town.street((40, WEST, None), **OF_HARBOROUGH)
    town.street((1, WEST, ("E01025800", "Harborough 001A")), (9, EAST, None), force="btp", **ALL)

    status, count, reason = town.count(HARBOROUGH)

    assert status == "absent"
    assert pd.isna(count)
    assert reason == (
        "March 2020 holds no records in the district: 40 records have no place, and may be in "
        "the district"
    )


def test_the_same_file_is_sound_once_its_outline_is_held(town):
    town.street((40, WEST, None), **OF_HARBOROUGH)
    town.outlines()

    assert town.count(HARBOROUGH)[:2] == ("sound", 40)


def test_crimes_without_a_location_do_not_make_a_district_doubtful(town):
    town.street((40, WEST, None), **OF_HARBOROUGH)
    town.outlines()
    town.street((99, None, None), types="all", areas="No location", edition="2020-05")

    assert town.count(HARBOROUGH)[:2] == ("sound", 40)


# -- stops and searches, whose files name no area -------------------------------------------------


def _stops(town, *groups, month="2020-03", force="leicestershire"):
    rows = []
    for number, point in groups:
        place = f"{point[1]},{point[0]}" if point else ","
        rows += [
            f"Person search,{month}-02T10:00:00+00:00,,,{place},,,,,,,,," for _ in range(number)
        ]
    path = town.folder / f"{month}-{force}-stop-and-search.csv"
    path.write_text("\n".join([STOPS, *rows]) + "\n", encoding="utf-8")
    police_uk.ingest([path], town.store)


def _of(stops):
    return [tuple(row) for row in stops.monthly[["month", "status"]].to_numpy()], [
        None if pd.isna(count) else count for count in stops.monthly["count"]
    ]


def test_stops_are_counted_in_the_district_of_their_point_by_the_month_of_the_file(town):
    _stops(town, (5, WEST), (3, EAST), (2, None))
    town.outlines()

    stops = town.holdings.stops_in(HARBOROUGH, Period.parse("2020-02..2020-03"))

    assert _of(stops) == ([("2020-02", "absent"), ("2020-03", "sound")], [None, 5])
    assert "Of 10 in the files 2 are in no district known" in stops.caveat
    assert "ultra-generalised" in stops.caveat


def test_a_neighbouring_force_s_stops_count_where_they_were(town):
    _stops(town, (5, WEST))
    _stops(town, (4, WEST), force="northamptonshire")
    town.outlines()

    assert _of(town.holdings.stops_in(HARBOROUGH, MARCH))[1] == [9]


def test_without_an_outline_of_the_district_its_stops_are_unknown_and_not_none(town):
    _stops(town, (5, WEST), (3, EAST))

    assert _of(town.holdings.stops_in(HARBOROUGH, MARCH)) == ([("2020-03", "absent")], [None])

    town.outlines("E07000133")

    assert _of(town.holdings.stops_in(HARBOROUGH, MARCH)) == ([("2020-03", "absent")], [None])


def test_a_file_most_of_whose_stops_have_no_point_is_not_believed(town):
    _stops(town, (5, WEST), (9, None))
    town.outlines()

    stops = town.holdings.stops_in(HARBOROUGH, MARCH)

    assert stops.monthly["status"].tolist() == ["abnormal"]
    assert stops.monthly["reason"].tolist() == ["9 of 14 stops of the file have no place"]
    melton = town.holdings.stops_in(MELTON, MARCH)
    assert _of(melton) == ([("2020-03", "absent")], [None])


def test_cspnb_data_tells_where_stops_are_once_outlines_are_held(town):
    _stops(town, (5, WEST), (3, EAST), (2, None))
    [before] = held(town.store.address).files.to_dict("records")
    town.outlines()
    [after] = held(town.store.address).files.to_dict("records")

    assert pd.isna(before["nowhere"])
    assert (after["by point"], after["nowhere"]) == (8, 2)


# -- real files -----------------------------------------------------------------------------------

REAL_STOPS = "police-metropolitan-stop-and-search/metropolitan-stop-and-search-2022-09_2024-08.zip"
REAL_DISTRICTS = "boundaries/lad-december-2019-uk-buc.geojson.gz"
REAL_JUNE = "police-multi-force-2013-06/police-2013-06.zip"
LSOAS = "ons-lookups/lsoa11-to-ward19-to-lad19-ew.csv.gz"
FORCES_19 = "ons-lookups/lad19-to-csp19-to-pfa19-ew.csv"


@pytest.fixture(scope="module")
def london(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("london") / "store"))
    lookup.ingest([real_data / FORCES_19], store)
    boundaries.ingest([real_data / REAL_DISTRICTS], store)
    police_uk.ingest([real_data / REAL_STOPS], store)
    return Holdings(store)


@pytest.mark.slow
def test_real_stops_of_barnet_are_those_another_library_finds_month_by_month(london, real_data):
    """Counted here with csv and geopandas in degrees: a point on a border may differ."""
    points, months = [], []
    with zipfile.ZipFile(real_data / REAL_STOPS) as archive:
        for name in archive.namelist():
            for row in csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8")):
                points.append((row["Longitude"] or "nan", row["Latitude"] or "nan"))
                months.append(name.split("/")[-1][:7])
    frame = pd.DataFrame(points, columns=["x", "y"]).astype("float64").assign(month=months)
    features = json.loads(gzip.decompress((real_data / REAL_DISTRICTS).read_bytes()))["features"]
    [barnet] = [f for f in features if f["properties"]["lad19cd"] == "E09000003"]
    outline = gpd.GeoDataFrame.from_features([barnet], crs="EPSG:4326")
    known = frame.dropna()
    there = gpd.GeoDataFrame(known, geometry=gpd.points_from_xy(known["x"], known["y"]), crs=4326)
    theirs = gpd.sjoin(there, outline, predicate="intersects").groupby("month").size()

    ours = london.stops_in(District("E09000003", "Barnet"), Period.parse("2022-09..2024-08"))

    monthly = ours.monthly.set_index("month")
    december = monthly.loc["2022-12"]
    assert december["status"] == "abnormal"
    assert "5,706 records" in december["reason"]
    assert (monthly.drop("2022-12")["status"] == "sound").all()
    assert len(theirs) == 24
    assert (monthly["count"].astype("int64") - theirs).abs().max() <= 1
    assert "271,127" in ours.caveat and "ultra-generalised" in ours.caveat


@pytest.mark.slow
def test_34_real_records_of_june_2013_are_placed_by_their_points(real_data, tmp_path):
    """Which districts' outlines hold them was found with geopandas; none is nowhere."""
    store = Store(str(tmp_path / "store"))
    lookup.ingest([real_data / LSOAS, real_data / FORCES_19], store)
    police_uk.ingest([real_data / REAL_JUNE], store)
    june, force = Period.parse("2013-06..2013-06"), "leicestershire"
    before = Holdings(store).district_counts(HARBOROUGH, force, june)["count"].sum()

    boundaries.ingest([real_data / "boundaries"], store)
    holdings = Holdings(store)
    after = holdings.district_counts(HARBOROUGH, force, june)["count"].sum()

    assert after - before == 1
    by = holdings.recorded.placed_by
    own = by[by["force"] == force].set_index("placed_by")["count"]
    assert own["point"] == 34
    said = holdings.point_caveat(HARBOROUGH, force, june)
    assert said.startswith("In Harborough 1 record is placed by")


@pytest.mark.slow
def test_leicestershire_without_its_lsoas_has_nearly_the_counts_it_has_with_them(
    real_data, tmp_path
):
    """A month as the API gives it: the same rows, both LSOA columns blank."""
    archive = real_data / "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"
    with zipfile.ZipFile(archive) as files:
        [name] = [n for n in files.namelist() if n.endswith("2021-06-leicestershire-street.csv")]
        rows = list(csv.DictReader(io.TextIOWrapper(files.open(name), encoding="utf-8")))
    expected = sum(row["LSOA name"].startswith("Harborough ") for row in rows)
    bare = tmp_path / "2021-06-leicestershire-street.csv"
    with bare.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | {"LSOA code": "", "LSOA name": ""} for row in rows)
    store = Store(str(tmp_path / "store"))
    lookup.ingest([real_data / LSOAS, real_data / FORCES_19], store)
    boundaries.ingest([real_data / "boundaries"], store)
    police_uk.ingest([bare], store)

    cells = Holdings(store).district_counts(
        HARBOROUGH, "leicestershire", Period.parse("2021-06..2021-06")
    )

    assert expected > 300
    assert set(cells["status"]) == {"sound"}
    assert cells["count"].sum() == pytest.approx(expected, rel=0.01)
