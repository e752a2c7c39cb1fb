"""Districts whose codes have changed find their records and residents under either code."""

import csv
import gzip
import io
import zipfile
from collections import Counter

import pandas as pd
import pytest

from cspnb.ingest import area_codes, lookup, police_uk, population
from cspnb.measures.coverage import District
from cspnb.periods import Period
from cspnb.report.populations import populations_for
from cspnb.report.reading import Holdings
from cspnb.store import Store

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
# Newham and Oldham became Greatham; Gateshead was renumbered.
HISTORY = """LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE
E07000001,Newham,E06000009,Greatham
E07000002,Oldham,E06000009,Greatham
E06000009,Greatham,E06000009,Greatham
E08000020,Gateshead,E08000037,Gateshead
E08000037,Gateshead,E08000037,Gateshead
"""
BEFORE = """LSOA11CD,LSOA11NM,WD19CD,WD19NM,LAD19CD,LAD19NM
E01000001,Newham 001A,E05000001,Ward,E07000001,Newham
E01000002,Oldham 001A,E05000002,Ward,E07000002,Oldham
E01000003,Gateshead 001A,E05000003,Ward,E08000020,Gateshead
"""
AFTER = """LSOA11CD,LSOA11NM,WD23CD,WD23NM,LAD23CD,LAD23NM
E01000001,Newham 001A,E05000001,Ward,E06000009,Greatham
E01000002,Oldham 001A,E05000002,Ward,E06000009,Greatham
E01000003,Gateshead 001A,E05000003,Ward,E08000037,Gateshead
"""
GREATHAM = District("E06000009", "Greatham")
NEWHAM = District("E07000001", "Newham")
OLD_GATESHEAD = District("E08000020", "Gateshead")
NEW_GATESHEAD = District("E08000037", "Gateshead")
MONTH = Period.parse("2020-03..2020-03")
RECORDS = {"E01000001": 40, "E01000002": 30, "E01000003": 20}


@pytest.fixture
def take(tmp_path):
    store = Store(str(tmp_path / "store"))

    def take(*texts, history=True, areas="all"):
        for number, text in enumerate(texts):
            path = tmp_path / f"lookup{number}.csv"
            path.write_text(text, encoding="utf-8")
            lookup.ingest([path], store)
        if history:
            path = tmp_path / "codes.csv"
            path.write_text(HISTORY, encoding="utf-8")
            area_codes.ingest([path], store)
        path = tmp_path / "2020-03-leicestershire-street.csv"
        rows = [_row(lsoa, n) for lsoa, number in RECORDS.items() for n in range(number)]
        path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        police_uk.ingest([path], store, types="all", areas=areas)
        return Holdings(store)

    return take


def _row(lsoa, number):
    name = {"1": "Newham", "2": "Oldham", "3": "Gateshead"}[lsoa[-1]]
    crime_id = f"{lsoa}{number}".encode().hex().rjust(64, "0")
    force = "Leicestershire Police"
    place = f"-1.0,52.5,On or near High Street,{lsoa},{name} 001A"
    return f"{crime_id},2020-03,{force},{force},{place},Burglary,,"


def counted(holdings, district):
    cells = holdings.district_counts(district, "leicestershire", MONTH)
    burglary = cells.set_index("crime_type").loc["Burglary"]
    return burglary["status"], burglary["count"], burglary["reason"]


# lookups held      | asked           | records
ASKED = [
    ("of 2019", BEFORE, GREATHAM, 70, "those of the two it was made of"),
    ("of 2019", BEFORE, NEWHAM, 40, "its own"),
    ("of 2019", BEFORE, OLD_GATESHEAD, 20, "its own"),
    ("of 2019", BEFORE, NEW_GATESHEAD, 20, "those under its old number"),
    ("of 2023", AFTER, GREATHAM, 70, "its own"),
    ("of 2023", AFTER, OLD_GATESHEAD, 20, "those under its new number"),
]


@pytest.mark.parametrize(("held", "links", "district", "number", "why"), ASKED)
@pytest.mark.parametrize("every_force", [False, True])
def test_a_district_of_either_year_finds_its_records(
    take, held, links, district, number, why, every_force
):
    holdings = take(links)
    if every_force:
        assert holdings.recorded.monthly["count"].sum() == 90

    assert counted(holdings, district)[:2] == ("sound", number), (held, why)


def test_without_the_history_of_codes_the_new_district_is_absent(take):
    assert counted(take(BEFORE, history=False), GREATHAM)[0] == "absent"


def test_a_part_of_something_larger_is_absent_with_that_reason(take):
    status, count, reason = counted(take(AFTER), NEWHAM)

    assert status == "absent"
    assert pd.isna(count)
    assert reason == (
        "records are held for Greatham (E06000009), of which Newham is now a part, and cannot be "
        "taken apart"
    )


def test_records_held_under_both_codes_are_added_up(take):
    """A newer lookup knows one LSOA of Greatham only; the older one knows the other."""
    one = "\n".join(AFTER.splitlines()[:2]) + "\n"

    assert counted(take(BEFORE, one), GREATHAM)[1] == 70


DECLARED = [
    ("E08000020", BEFORE),
    ("E08000020", AFTER),
    ("E08000037", BEFORE),
    ("E08000037", AFTER),
]


@pytest.mark.parametrize(("areas", "links"), DECLARED)
@pytest.mark.parametrize("district", [OLD_GATESHEAD, NEW_GATESHEAD])
def test_a_file_declared_by_either_number_speaks_for_the_district(take, areas, links, district):
    assert counted(take(links, areas=areas), district)[:2] == ("sound", 20)


def test_a_file_declared_by_a_number_that_nobody_knows_any_more_is_never_a_sound_nought(take):
    """No history is held: the lookup's Gateshead is not the declared one, as far as is known."""
    holdings = take(AFTER, history=False, areas="E08000020")

    assert counted(holdings, OLD_GATESHEAD)[0] == "absent"
    assert counted(holdings, NEW_GATESHEAD)[0] == "absent"


RESIDENTS = [
    # lookups | rows held                          | asked           | residents
    (BEFORE, {"E01000001": 10, "E01000002": 5}, GREATHAM, 15),
    (BEFORE, {"E01000001": 10}, GREATHAM, None),
    (BEFORE, {"E07000001": 10, "E07000002": 5}, GREATHAM, 15),
    (BEFORE, {"E07000001": 10}, GREATHAM, None),
    (BEFORE, {"E08000020": 7}, NEW_GATESHEAD, 7),
    (AFTER, {"E08000037": 7}, OLD_GATESHEAD, 7),
    (AFTER, {"E01000003": 7}, OLD_GATESHEAD, 7),
    (AFTER, {"E06000009": 15}, NEWHAM, None),
    (AFTER, {"E06000009": 15}, GREATHAM, 15),
]


@pytest.mark.parametrize(("links", "rows", "district", "residents"), RESIDENTS)
def test_a_district_s_residents_are_found_under_either_code(
    take, tmp_path, links, rows, district, residents
):
    holdings = take(links)
    path = tmp_path / "residents.csv"
    lines = [f"{code},Somewhere,2019,{number}" for code, number in rows.items()]
    path.write_text("\n".join(["area_code,area_name,year,residents", *lines]), encoding="utf-8")
    population.ingest([path], holdings.store)

    found = populations_for(
        Holdings(holdings.store).populations, [district.code], "residents", MONTH
    )

    assert found.of([district.code]) == residents


# -- the real history of codes, with the lookups of 2019 ------------------------------------------

WEST = District("E06000062", "West Northamptonshire")
WAS = {"E07000151", "E07000154", "E07000155"}  # Daventry, Northampton, South Northamptonshire
LSOAS = "ons-lookups/lsoa11-to-ward19-to-lad19-ew.csv.gz"
RESIDENTS_2017 = "population/lsoa11-mid2017-population-density-ew.csv.gz"
JUNE = "police-multi-force-2013-06/police-2013-06.zip"


@pytest.fixture(scope="module")
def real(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    lookups = [LSOAS, "ons-lookups/lad19-to-csp19-to-pfa19-ew.csv"]
    lookup.ingest([real_data / name for name in lookups], store)
    area_codes.ingest([real_data / "geo-code-history/la_all_codes.csv"], store)
    population.ingest([real_data / RESIDENTS_2017], store)
    police_uk.ingest([real_data / JUNE], store)
    return Holdings(store)


def _lsoas_of(real_data, codes):
    with gzip.open(real_data / LSOAS, "rt", encoding="utf-8-sig") as stream:
        return {row["LSOA11CD"] for row in csv.DictReader(stream) if row["LAD19CD"] in codes}


@pytest.mark.slow
def test_west_northamptonshire_has_the_records_of_the_three_it_was_made_of(real, real_data):
    lsoas, expected = _lsoas_of(real_data, WAS), Counter()
    with zipfile.ZipFile(real_data / JUNE) as archive:
        for name in archive.namelist():
            if name.endswith("street.csv"):
                text = io.TextIOWrapper(archive.open(name), encoding="utf-8")
                for row in csv.DictReader(text):
                    expected[row["Crime type"]] += row["LSOA code"] in lsoas

    june = Period.parse("2013-06..2013-06")
    cells = real.district_counts(WEST, "northamptonshire", june)

    assert real.force_of(WEST.code) == "northamptonshire"
    assert set(cells["status"]) == {"sound"}
    assert cells.set_index("crime_type")["count"].to_dict() == {
        crime_type: number for crime_type, number in expected.items() if number
    }


@pytest.mark.slow
def test_west_northamptonshire_has_the_residents_of_the_three_it_was_made_of(real, real_data):
    lsoas, expected = _lsoas_of(real_data, WAS), 0
    with gzip.open(real_data / RESIDENTS_2017, "rt", encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if row["Code"] in lsoas:
                expected += int(row["Mid-2017 population"].replace(",", ""))

    found = populations_for(real.populations, [WEST.code], "residents", Period.parse("2017/18"))

    assert found.of([WEST.code]) == expected
    assert 390_000 < expected < 420_000


@pytest.mark.slow
@pytest.mark.parametrize("code", ["E06000063", "E06000058", "E08000037", "E08000020"])
def test_merged_and_renumbered_districts_have_residents(real, code):
    """Cumberland, Bournemouth with its neighbours, and Gateshead under either number."""
    found = populations_for(real.populations, [code], "residents", Period.parse("2017/18"))
    assert found.of([code]) > 100_000
