"""Records by point: the very ones that are counted, wherever their place comes from."""

import io
import zipfile

import numpy as np
import pandas as pd
import pytest

from cspnb.extracts import Cover
from cspnb.ingest import boundaries, lookup, police_uk
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.snap_points import COLUMNS
from cspnb.params import load_measures, load_partnership
from cspnb.params.origins import Indicators, PoliceUk
from cspnb.periods import Period
from cspnb.project import find_project
from cspnb.report import analysis, open_report
from cspnb.report.opening import Report
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.places import REPO
from tests.reports.test_events import measure, records, take
from tests.reports.test_placing_by_point import ALL, EAST, NOWHERE, SQUARES, WEST, Town

BURGLARY = PoliceUk(crime_types=("Burglary",))
HERE, BY_NAME = ("E01025800", "Harborough 001A"), ("E01039999", "Harborough 009Z")
THERE = ("E01025901", "Melton 001A")
LSOAS = (
    "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM\n"
    "E01025800,Harborough 001A,E07000131,Harborough\n"
    "E01025801,Harborough 001B,E07000131,Harborough\n"
    "E01025901,Melton 001A,E07000133,Melton\n"
)
MARCH = "2020-03"


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.lookups()
    path = tmp_path / "lsoas.csv"
    path.write_text(LSOAS, encoding="utf-8")
    lookup.ingest([path], town.store)
    return town


def asked(store, *sources, period=MARCH):
    harborough = load_partnership(find_project(REPO), "harborough")
    measures = {"assault": measure(*sources)}
    return Report(harborough, Period.parse(period), "", measures, Holdings(store))


def per_month(points):
    """Records with a point and without one, by month."""
    both = pd.concat([points.table[["month", "count"]], points.unplaced])
    return both.groupby("month")["count"].sum()


def assert_as_many_as_counted(report, name):
    points = report.points(name)
    assert not points.missing
    counts = report.counts(name).monthly.set_index("month")["count"]
    sound = list(points.months.loc[points.months["status"] == SOUND, "month"])
    assert sound
    found = per_month(points).reindex(sound, fill_value=0)
    assert found.astype("int64").tolist() == counts[sound].astype("int64").tolist()
    return points


def test_points_are_the_records_of_the_district_however_they_are_placed(town):
    """By the lookup, by the name of an unknown LSOA, and by an outline; five have no point."""
    town.street((30, WEST, HERE), (7, EAST, BY_NAME), (4, WEST, None), (5, None, HERE),
                (9, WEST, THERE), (3, EAST, None), (2, NOWHERE, None), **ALL)  # fmt: skip
    town.outlines()
    points = assert_as_many_as_counted(asked(town.store, BURGLARY), "assault")
    by_lsoa = points.table.groupby("lsoa_code", dropna=False)["count"].sum()
    assert by_lsoa.to_dict() == {"E01025800": 30, "E01039999": 7, np.nan: 4}
    assert points.unplaced.to_dict("list") == {"month": [MARCH], "count": [5]}
    assert {name: str(kind) for name, kind in points.table.dtypes.items()} == COLUMNS
    assert points.are_snapped and points.origin == "police_uk"


def test_points_are_in_metres_on_the_national_grid(town):
    town.street((30, WEST, HERE), **ALL)
    [row] = asked(town.store, BURGLARY).points("assault").table.to_dict("records")
    # 1.05 degrees west is 0.95 east of the grid's middle, near 464,400 metres at this latitude
    assert (row["easting"], row["northing"]) == pytest.approx((464_500, 294_900), abs=400)
    assert row["location"] == "On or near High Street"


def test_a_neighbouring_forces_record_counts_where_it_is(town):
    town.street((30, WEST, HERE), **ALL)
    town.street((6, EAST, HERE), (8, EAST, THERE), force="northamptonshire", **ALL)
    points = assert_as_many_as_counted(asked(town.store, BURGLARY), "assault")
    assert points.table["count"].sum() == 36


def test_a_file_of_a_part_beside_a_whole_one_is_not_counted_twice(town):
    town.street((30, WEST, HERE), (31, EAST, THERE), **ALL)
    (town.folder / "part").mkdir()
    part = Town(town.folder / "part")
    path = part.folder / "2020-03-leicestershire-street.csv"
    whole = (town.folder / "2020-03-leicestershire-street.csv").read_text(encoding="utf-8")
    path.write_text("\n".join(whole.splitlines()[:13]) + "\n", encoding="utf-8")
    police_uk.ingest([path], town.store, types="Burglary", areas="Harborough")
    points = assert_as_many_as_counted(asked(town.store, BURGLARY), "assault")
    assert points.table["count"].sum() == 30


def test_other_crime_types_and_other_months_stay_out(town):
    town.street((30, WEST, HERE), **ALL)
    town.street((11, WEST, HERE), month="2018-03", **ALL)
    drugs = asked(town.store, PoliceUk(crime_types=("Drugs",)))
    assert drugs.points("assault").table.empty
    assert asked(town.store, BURGLARY).points("assault").table["count"].sum() == 30


def test_a_month_without_a_file_is_absent_and_has_no_point(town):
    town.street((30, WEST, HERE), **ALL)
    points = asked(town.store, BURGLARY).points("assault")
    status = points.months.set_index("month")["status"]
    assert (len(status), status["2019-03"], status[MARCH]) == (13, ABSENT, SOUND)


def test_a_measure_of_totals_alone_has_no_point_and_says_so(town):
    points = asked(town.store, Indicators()).points("assault")
    assert points.missing
    assert points.table.empty and points.months["status"].eq(ABSENT).all()


# -- the outline ----------------------------------------------------------------------------------


def square_of(town, *codes, level, name):
    halves = {"E01025800": ("Harborough 001A", -1.1), "E01025801": ("Harborough 001B", -1.2)}
    SQUARES.update(halves)
    try:
        town.outlines(*codes, level=level, name=name)
    finally:
        for code in halves:
            del SQUARES[code]


def test_the_outline_is_of_all_the_lsoas(town):
    town.street((30, WEST, HERE), **ALL)
    square_of(town, "E01025800", "E01025801", level="lsoa11", name="lsoas-bgc")
    town.outlines()
    points = asked(town.store, BURGLARY).points("assault")
    assert points.outline_source.startswith("outlines of LSOAs of 2011, generalised (BGC)")
    assert points.outline.area / 1e6 == pytest.approx(2 * 75.5, rel=0.01)
    assert points.outline.geom_type == "Polygon"


def test_where_an_lsoa_has_none_the_outline_is_the_districts(town):
    town.street((30, WEST, HERE), **ALL)
    square_of(town, "E01025800", level="lsoa11", name="lsoas-bgc")
    town.outlines()
    points = asked(town.store, BURGLARY).points("assault")
    assert points.outline_source.startswith("outlines of districts of 2019, ultra-generalised")
    assert points.outline.area / 1e6 == pytest.approx(75.5, rel=0.01)


def test_without_outlines_there_is_none(town):
    town.street((30, WEST, HERE), **ALL)
    points = asked(town.store, BURGLARY).points("assault")
    assert (points.outline, points.outline_source) == (None, "")


# -- a partner's own records ----------------------------------------------------------------------

EXACT = """Began,What,Code,Area,East,North
2020-03-03,Assault with injury,8N,E01025800,464500.4,294900
2020-03-04,Assault with injury,8N,E01025800,464500.2,294900
2020-03-09,Assault with injury,8N,E01025800,,
2020-03-02,Assault with injury,8N,E01025901,470000,295000
"""


def test_a_partners_points_are_exact_and_to_the_metre(town, tmp_path):
    columns = {"from": ("Began",), "offence": ("What",), "offence_code": ("Code",)}
    columns |= {"lsoa": ("Area",), "easting": ("East",), "northing": ("North",)}
    take(town.store, tmp_path, EXACT, columns=columns, covers=Cover(("E07000131",)))
    report = asked(town.store, records(codes=("8N",)))
    points = assert_as_many_as_counted(report, "assault")
    [row] = points.table.to_dict("records")
    assert (row["easting"], row["northing"], row["count"]) == (464_500, 294_900, 2)
    assert points.unplaced["count"].tolist() == [1]
    assert not points.are_snapped


# -- the sample, and real files -------------------------------------------------------------------


@pytest.fixture
def sample(sample_store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", sample_store)
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    return lambda *asked: open_report(*asked)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("partnership", "period"),
    [("harborough", "2013/14"), ("melton", "2020/21"), ("barnet", "2012/13"),
     ("north-worcestershire", "2008/09")],
)  # fmt: skip
def test_every_measure_of_the_sample_has_as_many_points_as_counts_or_says_why(
    sample, partnership, period
):
    report = sample(partnership, period)
    for name, params in load_measures(find_project(REPO)).items():
        if params.kind != "count":
            continue
        points = report.points(name)
        assert points.missing or assert_as_many_as_counted(report, name)


ARCHIVE = "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"
LOOKUPS = ("lsoa11-to-ward19-to-lad19-ew.csv.gz", "lad19-to-csp19-to-pfa19-ew.csv")
BOUNDARIES = "boundaries"


@pytest.fixture(scope="module")
def harborough(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    lookup.ingest([real_data / "ons-lookups" / name for name in LOOKUPS], store)
    boundaries.ingest([real_data / BOUNDARIES], store)
    police_uk.ingest([real_data / ARCHIVE], store)
    project = find_project(REPO)
    measures = load_measures(project)
    period = Period.parse("2021/22")
    return Report(load_partnership(project, "harborough"), period, "", measures, Holdings(store))


@pytest.fixture(scope="module")
def rows(real_data):
    """Every record of Harborough's LSOAs from April 2020 to March 2022, by pandas alone."""
    with zipfile.ZipFile(real_data / ARCHIVE) as archive:
        names = [name for name in archive.namelist() if name.endswith("-street.csv")]
        frames = [pd.read_csv(io.BytesIO(archive.read(name))) for name in names]
    every = pd.concat(frames, ignore_index=True)
    lsoas = pd.read_csv(real_data / "ons-lookups" / LOOKUPS[0])
    ours = set(lsoas.loc[lsoas["LAD19NM"] == "Harborough", "LSOA11CD"])
    within = every["LSOA code"].isin(ours) & every["Month"].between("2020-04", "2022-03")
    return every[within]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measure_name", "crime_type"),
    [("burglary", "Burglary"), ("vehicle_crime", "Vehicle crime"),
     ("anti_social_behaviour", "Anti-social behaviour")],
)  # fmt: skip
def test_real_points_and_top_places_are_those_pandas_counts(
    harborough, rows, measure_name, crime_type
):
    theirs = rows[rows["Crime type"] == crime_type]
    points = assert_as_many_as_counted(harborough, measure_name)
    assert per_month(points).to_dict() == theirs.groupby("Month").size().to_dict()
    now = theirs[theirs["Month"] >= "2021-04"]
    places = now.groupby(["Longitude", "Latitude"]).size()
    result = analysis.top_places(points)
    assert result.places["count"].tolist() == sorted(places, reverse=True)[: len(result.places)]
    assert result.number == len(places)
    first = now.set_index(["Longitude", "Latitude"]).loc[[places.idxmax()], "Location"]
    if (places == places.max()).sum() == 1:
        assert result.places["location"].iloc[0].startswith(first.iloc[0])


@pytest.mark.slow
def test_real_hotspots_of_2020_are_tried_on_2021_as_pandas_tries_them(harborough, rows):
    """The hits of the densest ground, counted square by square from the rows themselves."""
    points = harborough.points("burglary")
    result = analysis.prediction(points, cell=500, bandwidth=500)
    table = points.table.assign(
        square=list(zip((points.table["easting"] - points.outline.bounds[0]) // 500,
                        (points.table["northing"] - points.outline.bounds[1]) // 500, strict=True))
    )  # fmt: skip
    # at a bandwidth of one square a square's density is its own count, so these come first
    then = table[table["month"] < "2021-04"].groupby("square")["count"].sum()
    now = table[table["month"] >= "2021-04"].groupby("square")["count"].sum()
    rows_that_end_among_them = result.hotspots[result.hotspots["squares"] <= len(then)]
    assert len(rows_that_end_among_them) >= 2
    for row in rows_that_end_among_them.to_dict("records"):
        least = then.nlargest(row["squares"]).min()
        surely, perhaps = (
            now.reindex(then[chosen].index, fill_value=0).sum()
            for chosen in (then > least, then >= least)
        )
        assert surely <= row["hits"] <= perhaps
        assert row["best"] == now.nlargest(row["squares"]).sum()
    burglaries = rows["Crime type"].eq("Burglary") & (rows["Month"] >= "2021-04")
    assert result.records == burglaries.sum()


@pytest.mark.slow
def test_real_burglaries_of_barnet_are_those_pandas_counts_without_copied_rows(real_data, tmp_path):
    """Two years of the force's files; a row copied whole, its Crime ID too, counts once."""
    archive = "police-metropolitan-burglary/metropolitan-burglary-2022-03_2025-02.zip"
    with zipfile.ZipFile(real_data / archive) as files:
        names = [name for name in files.namelist() if name.endswith("-street.csv")]
        every = pd.concat(pd.read_csv(io.BytesIO(files.read(name))) for name in names)
    lsoas = pd.read_csv(real_data / "ons-lookups" / LOOKUPS[0])
    ours = every["LSOA code"].isin(lsoas.loc[lsoas["LAD19NM"] == "Barnet", "LSOA11CD"])
    ours |= every["LSOA name"].fillna("").str.startswith("Barnet ")
    theirs = every[ours & every["Month"].between("2022-04", "2024-03")]
    theirs = theirs[~(theirs.duplicated() & theirs["Crime ID"].notna())]

    store = Store(str(tmp_path / "store"))
    lookup.ingest([real_data / "ons-lookups" / name for name in LOOKUPS], store)
    police_uk.ingest([real_data / archive], store)
    project = find_project(REPO)
    period, barnet = Period.parse("2023/24"), load_partnership(project, "barnet")
    report = Report(barnet, period, "", load_measures(project), Holdings(store))
    points = assert_as_many_as_counted(report, "burglary")

    assert per_month(points).to_dict() == theirs.groupby("Month").size().to_dict()
    now = theirs[theirs["Month"] >= "2023-04"]
    highest = now.groupby(["Longitude", "Latitude"]).size().nlargest(10)
    assert analysis.top_places(points).places["count"].tolist() == highest.tolist()
