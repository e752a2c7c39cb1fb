"""Counts by LSOA and ward: the records that the area's own figure adds up, in one year's codes."""

import io
import json
import zipfile

import pandas as pd
import pytest

from cspnb.errors import CspnbError
from cspnb.ingest import boundaries, lookup, police_uk, population, ward_counts
from cspnb.measures.counts import total
from cspnb.params import load_measures, load_partnership
from cspnb.params.origins import Indicators, PoliceUk, WardCounts
from cspnb.periods import Period
from cspnb.project import find_project
from cspnb.report import analysis, open_report
from cspnb.report.opening import Report
from cspnb.report.reading import Holdings
from cspnb.report.shielding import SUPPLIED, TOO_FEW
from cspnb.store import Store
from tests import ward_counts_files as by_ward
from tests.places import REPO
from tests.reports.test_events import RECORDS, measure, records, take
from tests.reports.test_placing_by_point import ALL, EAST, WEST, Town

BURGLARY = PoliceUk(crime_types=("Burglary",))
FIRST, SECOND = ("E01025800", "Harborough 001A"), ("E01025801", "Harborough 001B")
UNKNOWN, THERE = ("E01039999", "Harborough 009Z"), ("E01025901", "Melton 001A")
LSOAS = """LSOA11CD,LSOA11NM,WD19CD,WD19NM,LAD19CD,LAD19NM
E01025800,Harborough 001A,E05011965,Bosworth,E07000131,Harborough
E01025801,Harborough 001B,E05011965,Bosworth,E07000131,Harborough
E01025802,Harborough 001C,E05011966,Glen,E07000131,Harborough
E01025901,Melton 001A,E05005495,Asfordby,E07000133,Melton
"""
MARCH = "2020-03"


@pytest.fixture
def town(tmp_path):
    town = Town(tmp_path)
    town.lookups()
    _lookup(town, LSOAS, "lsoas")
    return town


def _lookup(town, text, name):
    path = town.folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    lookup.ingest([path], town.store)


def _residents(town, text):
    path = town.folder / "population.csv"
    path.write_text(text, encoding="utf-8")
    population.ingest([path], town.store)


def _outlines(town, year, **squares):
    """LSOAs of a year as (west, width) in hundredths of a degree, all of one height."""
    features = []
    for code, (west, width) in squares.items():
        left, right = -1.1 + west / 100, -1.1 + (west + width) / 100
        corners = [(left, 52.5), (right, 52.5), (right, 52.6), (left, 52.6), (left, 52.5)]
        properties = {f"lsoa{year}cd": code, f"lsoa{year}nm": f"Harborough {code[-4:]}"}
        shape = {"type": "Polygon", "coordinates": [corners]}
        features.append({"type": "Feature", "properties": properties, "geometry": shape})
    path = town.folder / f"lsoas-{year}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    boundaries.ingest([path], town.store)


def asked(store, *sources, period=MARCH, partnership="harborough"):
    partnership = load_partnership(find_project(REPO), partnership)
    measures = {"assault": measure(*sources)}
    return Report(partnership, Period.parse(period), "", measures, Holdings(store))


def counted(found, key="area_code"):
    """Counts by code, or by name."""
    return dict(zip(found.table[key], found.table["count"], strict=True))


def assert_adds_up(report, name, **which):
    found = report.small_areas(name, **which)
    whole = total(report.counts(name), report.period)
    assert not found.missing
    assert found.placed + found.unplaced == whole.count
    if found.origin not in SUPPLIED:
        assert found.by_month["count"].sum() == found.table["count"].sum()
    assert not found.table["area_code"].duplicated().any()
    return found


def test_every_lsoa_has_its_count_and_what_is_in_none_is_counted_apart(town):
    """Five of an LSOA that no lookup knows and two placed by their points are in no area."""
    town.outlines()
    town.street((30, WEST, FIRST), (4, WEST, SECOND), (5, WEST, UNKNOWN), (2, WEST, None),
                (9, EAST, THERE), **ALL)  # fmt: skip
    found = assert_adds_up(asked(town.store, BURGLARY), "assault")
    assert counted(found) == {"E01025800": 30, "E01025801": 4, "E01025802": 0}
    assert found.unplaced == 7
    assert found.table["ward_name"].tolist() == ["Bosworth", "Bosworth", "Glen"]
    assert (found.vintage, found.origin) == (2011, "police_uk")
    assert found.table["geometry"].isna().all()
    assert found.outline_source == ""


def test_wards_are_the_sums_of_their_lsoas_and_say_so(town):
    town.street((30, WEST, FIRST), (4, WEST, SECOND), (1, WEST, ("E01025802", "")), **ALL)
    _residents(
        town,
        "area_code,area_name,year,residents,households\n"
        "E01025800,Harborough 001A,2019,1500,600\nE01025801,Harborough 001B,2019,1600,700\n",
    )
    found = assert_adds_up(asked(town.store, BURGLARY), "assault", level="ward")
    assert counted(found, "area_name") == {"Bosworth": 34, "Glen": 1}
    people = found.table.set_index("area_name")["population"]
    assert people["Bosworth"] == 3_100
    assert pd.isna(people["Glen"]), "one of its LSOAs is not known"
    assert "Wards are those of 2019" in found.notes[0]
    assert "best fit" in found.notes[0]


MAPS = """LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM
E01025800,Harborough 001A,E01025800,Harborough 001A,U,E07000131,Harborough
E01025801,Harborough 001B,E01035001,Harborough 001E,S,E07000131,Harborough
E01025801,Harborough 001B,E01035002,Harborough 001F,S,E07000131,Harborough
E01025802,Harborough 001C,E01035003,Harborough 001G,M,E07000131,Harborough
E01025803,Harborough 001D,E01035003,Harborough 001G,M,E07000131,Harborough
"""
SPLIT, MERGED = ("E01035001", "Harborough 001E"), ("E01035003", "Harborough 001G")


@pytest.mark.parametrize(
    ("old", "split", "merged", "vintage", "counts", "unplaced"),
    [
        # the split LSOA's newer codes lie in its older one; the merged one's lie in two
        (9, 4, 1, 2011, {"E01025800": 1, "E01025801": 13, "E01025802": 0, "E01025803": 0}, 1),
        # its older code lies in two newer ones, so nine records of it are in neither
        (1, 4, 9, 2021, {"E01025800": 1, "E01035001": 4, "E01035002": 0, "E01035003": 9}, 1),
    ],
)
def test_codes_of_two_years_are_counted_in_the_year_that_places_most(
    tmp_path, old, split, merged, vintage, counts, unplaced
):
    town = Town(tmp_path)
    town.lookups()
    _lookup(town, MAPS, "lsoa11-to-lsoa21")
    town.street((1, WEST, FIRST), (old, WEST, SECOND), (split, WEST, SPLIT),
                (merged, WEST, MERGED), **ALL)  # fmt: skip
    found = assert_adds_up(asked(town.store, BURGLARY), "assault")
    assert found.vintage == vintage
    assert counted(found) == counts
    assert found.unplaced == unplaced


def test_without_a_lookup_a_newer_code_is_counted_where_its_outline_lies(town):
    """One new LSOA is within an old one; another is half in each of two, and is in neither."""
    _outlines(town, 11, E01025800=(0, 2), E01025801=(2, 2), E01025802=(4, 2))
    _outlines(town, 21, E01035001=(0, 1), E01035002=(3, 2))
    within, across = ("E01035001", "Harborough 001E"), ("E01035002", "Harborough 001F")
    town.street((8, WEST, FIRST), (6, WEST, SECOND), (3, WEST, within), (2, WEST, across), **ALL)
    found = assert_adds_up(asked(town.store, BURGLARY), "assault")
    assert counted(found) == {"E01025800": 11, "E01025801": 6, "E01025802": 0}
    assert found.unplaced == 2
    assert found.notes == (
        "LSOAs are those of 2011; 3 records have a newer or older code, and are counted in the "
        "LSOA that holds its ground.",
    )
    assert [shape.area > 0 for shape in found.table["geometry"]] == [True] * 3
    assert found.outline_source.startswith("outlines of LSOAs of 2011")
    wards = assert_adds_up(asked(town.store, BURGLARY), "assault", level="ward")
    assert counted(wards, "area_name") == {"Bosworth": 17, "Glen": 0}
    bosworth = wards.table.set_index("area_name").loc["Bosworth", "geometry"]
    assert bosworth.area == pytest.approx(
        found.table["geometry"].iloc[:2].map(lambda s: s.area).sum()
    )


def test_a_period_that_is_not_whole_has_no_counts_and_its_months_have(town):
    town.street((30, WEST, FIRST), **ALL)
    found = asked(town.store, BURGLARY, period="2020-02..2020-03").small_areas("assault")
    assert found.table["count"].isna().all()
    assert found.by_month["month"].unique().tolist() == [MARCH]
    assert found.by_month["count"].sum() == 30
    assert found.months["status"].tolist() == ["absent", "sound"]
    reason = analysis.small_area_rates(found).reason
    assert reason.endswith("is incomplete (February 2020 absent)")


def test_residents_stand_in_where_no_households_of_lsoas_are_held(town):
    town.street((30, WEST, FIRST), **ALL)
    _residents(
        town,
        "area_code,area_name,year,residents\n"
        "E01025800,Harborough 001A,2018,1500\nE01025800,Harborough 001A,2021,1700\n",
    )
    report = asked(town.store, BURGLARY)
    per_home = report.measures["assault"].model_copy(update={"denominator": "households"})
    homes = Report(report.partnership, report.period, "", {"assault": per_home}, report.holdings)
    found = homes.small_areas("assault")
    assert found.denominator == "residents"
    assert found.notes == (
        "Rates are per 1,000 residents, as no count of households of LSOAs is held.",
    )
    assert found.table["population"].iloc[0] == 1_500, "the latest not after the year"


@pytest.mark.parametrize(
    ("homes", "per", "rate"), [(None, "residents", 30 / 4.5), (600, "households", 30 / 1.8)]
)
def test_a_district_and_its_areas_are_rated_per_the_same(town, homes, per, rate):
    """30 burglaries: per 1,000 of 4,500 residents where households are not held."""
    town.street((30, WEST, FIRST), **ALL)
    codes = (FIRST[0], SECOND[0], "E01025802")
    held = "" if homes is None else f",{homes}"
    rows = "".join(f"{code},,2019,1500{held}\n" for code in codes)
    _residents(town, f"area_code,area_name,year,residents{',households' * bool(held)}\n{rows}")
    report = asked(town.store, BURGLARY)
    per_home = report.measures["assault"].model_copy(update={"denominator": "households"})
    report = Report(report.partnership, report.period, "", {"assault": per_home}, report.holdings)

    [row] = analysis.rates(report.volumes(["assault"])).table.to_dict("records")
    areas = analysis.small_area_rates(report.small_areas("assault"))

    assert row["denominator"] == areas.small_areas.denominator == per
    assert row["rate"] == pytest.approx(rate)
    assert areas.own_rate == pytest.approx(rate)


def test_records_of_a_partners_extract_are_counted_by_its_lsoas(town):
    take(town.store, town.folder, RECORDS)
    report = asked(town.store, records(), period="2020-04..2020-06")
    found = report._areas_in_full("assault")
    assert counted(found) == {"E01025800": 4, "E01025801": 0, "E01025802": 0}
    assert found.origin == "supplied_records"
    shown = report.small_areas("assault")
    assert (shown.missing, len(shown.table), len(shown.by_month)) == (TOO_FEW, 0, 0)
    year_to_year = asked(town.store, records(), period="2020-04..2020-06").counts_by_area("assault")
    assert not any(each.monthly["count"].notna().any() for each in year_to_year)


def test_a_table_by_ward_counts_its_own_wards(tmp_path):
    store = Store(str(tmp_path / "store"))
    rows = [
        ("BURGLARY", "RES BURGLARY OF A HOME", by_ward.HILLSIDE, {"202004": 3, "202005": 4}),
        ("BURGLARY", "RES BURGLARY OF A HOME", by_ward.GARDEN, {"202004": 1, "202005": 0}),
    ]
    path = by_ward.written(tmp_path / "wards.csv", by_ward.newer(rows))
    ward_counts.ingest([path], store)
    source = WardCounts(origin="ward_counts", categories=("BURGLARY",))
    report = asked(store, source, period="2020-04..2020-05", partnership="barnet")
    found = assert_adds_up(report, "assault", level="ward")
    assert counted(found, "area_name") == {"Hillside": 7, "Garden Suburb": 1}
    assert found.table["population"].isna().all()
    assert "says in which LSOA" in report.small_areas("assault").missing


def test_a_ward_that_is_new_within_the_period_cannot_be_compared(tmp_path):
    store = Store(str(tmp_path / "store"))
    new = ("Lakeside", "E05013012", "Barnet")
    for name, ward, month in (("a", by_ward.HILLSIDE, "202004"), ("b", new, "202005")):
        rows = [("BURGLARY", "RES BURGLARY OF A HOME", ward, {month: 3})]
        path = by_ward.written(tmp_path / f"{name}.csv", by_ward.newer(rows))
        ward_counts.ingest([path], store)
    source = WardCounts(origin="ward_counts", categories=("BURGLARY",))
    report = asked(store, source, period="2020-04..2020-05", partnership="barnet")
    found = report.small_areas("assault", level="ward")
    assert found.missing.endswith("their borders changed within it")


def test_what_no_source_gives_by_area_is_said_and_not_raised(town):
    report = asked(town.store, Indicators())
    for level in ("lsoa", "ward"):
        found = report.small_areas("assault", level=level)
        assert found.missing
        assert found.table.empty
        assert analysis.small_area_rates(found).reason == found.missing
    with pytest.raises(CspnbError, match="no level 'msoa'"):
        report.small_areas("assault", level="msoa")


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
@pytest.mark.parametrize("level", ["lsoa", "ward"])
def test_every_measure_of_the_sample_adds_up_or_says_why_it_cannot(
    sample, partnership, period, level
):
    report = sample(partnership, period)
    for name, params in load_measures(find_project(REPO)).items():
        if params.kind != "count":
            continue
        found = report.small_areas(name, level)
        if found.missing:
            assert found.table.empty
        elif found.is_whole and not any("need not agree" in said for said in found.caveats):
            assert_adds_up(report, name, level=level)


LOOKUPS = ("lsoa11-to-ward19-to-lad19-ew.csv.gz", "lad19-to-csp19-to-pfa19-ew.csv")
PEOPLE = "population/lsoa11-mid2017-population-density-ew.csv.gz"
LEICESTERSHIRE = "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"


@pytest.fixture(scope="module")
def real(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    lookup.ingest([real_data / "ons-lookups" / name for name in LOOKUPS], store)
    boundaries.ingest([real_data / "boundaries"], store)
    population.ingest([real_data / PEOPLE], store)
    police_uk.ingest([real_data / LEICESTERSHIRE], store)
    project = find_project(REPO)
    measures = load_measures(project)
    period = Period.parse("2021/22")
    harborough = load_partnership(project, "harborough")
    return Report(harborough, period, "", measures, Holdings(store))


@pytest.fixture(scope="module")
def rows(real_data):
    """Every record of Harborough's LSOAs in 2021/22, with its ward, by pandas alone."""
    with zipfile.ZipFile(real_data / LEICESTERSHIRE) as archive:
        names = [name for name in archive.namelist() if name.endswith("-street.csv")]
        frames = [pd.read_csv(io.BytesIO(archive.read(name))) for name in names]
    every = pd.concat(frames, ignore_index=True)
    lsoas = pd.read_csv(real_data / "ons-lookups" / LOOKUPS[0])
    ours = lsoas[lsoas["LAD19NM"] == "Harborough"]
    every = every.merge(ours, left_on="LSOA code", right_on="LSOA11CD", how="inner")
    return every[every["Month"].between("2021-04", "2022-03")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "crime_type"),
    [("burglary", "Burglary"), ("anti_social_behaviour", "Anti-social behaviour")],
)
def test_real_lsoas_and_wards_have_the_counts_that_pandas_gives(real, rows, name, crime_type):
    theirs = rows[rows["Crime type"] == crime_type]
    found = assert_adds_up(real, name)
    assert len(found.table) == 47
    some = {code: n for code, n in counted(found).items() if n}
    assert some == theirs["LSOA code"].value_counts().to_dict()
    wards = assert_adds_up(real, name, level="ward")
    some = {ward: n for ward, n in counted(wards, "area_name").items() if n}
    assert some == theirs["WD19NM"].value_counts().to_dict()
    per_month = found.by_month.groupby("month")["count"].sum()
    assert per_month.to_dict() == theirs["Month"].value_counts().to_dict()


@pytest.mark.slow
def test_real_total_crime_leaves_out_anti_social_behaviour(real, rows, real_data):
    found = assert_adds_up(real, "total_crime")
    theirs = rows[rows["Crime type"] != "Anti-social behaviour"]
    assert counted(found) == theirs["LSOA code"].value_counts().to_dict()
    result = analysis.small_area_rates(found)
    assert (result.family, result.total) == (47, len(theirs))
    people = pd.read_csv(real_data / PEOPLE, thousands=",").set_index("Code")
    people = people.loc[result.areas["area_code"], "Mid-2017 population"]
    assert result.areas["population"].tolist() == people.tolist()
    hot = analysis.hot_areas(found)
    assert (hot.family, hot.islands) == (47, ())
