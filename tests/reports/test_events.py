"""Records one by one: as many as are counted, at local times, and none where only months are."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from cspnb.extracts import Cover, Extract
from cspnb.ingest import boundaries, force_extract, lookup, police_uk
from cspnb.measures.events import COLUMNS
from cspnb.measures.months import ABSENT, SOUND
from cspnb.params import load_partnership
from cspnb.params.measure import MeasureParams
from cspnb.params.origins import PoliceUk, SuppliedRecords
from cspnb.periods import Period
from cspnb.project import find_project
from cspnb.report.opening import Report
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.conftest import REPO

LOOKUP = """LSOA11CD,LSOA11NM,LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM
E01025800,Harborough 001A,E07000131,Harborough,E22000166,Harborough,E23000021,Leicestershire
E01025901,Melton 001A,E07000133,Melton,E22000169,Melton,E23000021,Leicestershire
"""
HERE = ("E07000131",)
EXTRACT = Extract(
    partnership="harborough",
    stream="force-extract",
    kind="offence",
    supplier="A police force",
    columns={
        "from": ("Began", "Time"),
        "to": ("Ended", "Until"),
        "offence": ("What",),
        "offence_code": ("Code",),
        "lsoa": ("Area",),
        "victim_key": ("Victim",),
        "domestic": ("Domestic",),
    },
    dates="year first",
    yes=("Y",),
    no=("N",),
    covers=Cover(HERE),
)
VICTIM = "8c6976e5b5410415bde908bd4dee15df"
RECORDS = f"""Began,Time,Ended,Until,What,Code,Area,Victim,Domestic
2020-04-03,22:30,2020-04-04,01:30,Assault with injury,8N,E01025800,{VICTIM},Y
2020-04-09,,,,Assault with injury,8N,E01025800,{VICTIM},N
2020-05-01,09:15,,,Shoplifting,46,E01025800,,N
2020-05-02,10:00,,,Assault with injury,8N,E01025901,,Y
2020-05-03,10:00,,,Assault with injury,8N,,,Y
2020-06-03,10:00,2020-06-05,,Assault with injury,8N,E01025800,,Y
"""


def records(**which):
    return SuppliedRecords(origin="supplied_records", stream="force-extract", **which)


def measure(*sources):
    return MeasureParams(
        key="assault",
        label="Assault",
        unit="offences",
        kind="count",
        good="lower",
        denominator="residents",
        why="It matters.",
        sources=sources,
        not_in={} if isinstance(sources[0], PoliceUk) else {"police_uk": "It has it otherwise."},
    )


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "lsoas.csv"
    path.write_text(LOOKUP, encoding="utf-8")
    districts = tmp_path / "districts.csv"
    rows = dict.fromkeys(row.split(",", 2)[2] for row in LOOKUP.splitlines())
    districts.write_text("\n".join(rows) + "\n", encoding="utf-8")
    store = Store(str(tmp_path / "store"))
    lookup.ingest([path, districts], store)
    return store


def report(store, *sources, period="2020/21"):
    harborough = load_partnership(find_project(REPO), "harborough")
    measures = {"assault": measure(*sources)}
    return Report(harborough, Period.parse(period), "", measures, Holdings(store))


def take(store, folder, text=RECORDS, **said):
    path = folder / "extract.csv"
    path.write_text(text, encoding="utf-8")
    force_extract.ingest([path], store, mapping=replace(EXTRACT, **said), edition=None)


WHICH = [
    # what is counted              April, May, June
    ({"codes": ("8N",)}, [2, 0, 1]),
    ({"codes": ("8N",), "flag": "domestic"}, [1, 0, 1]),
    ({"categories": ("Shoplifting",)}, [0, 1, 0]),
    ({}, [2, 1, 1]),
]


@pytest.mark.parametrize(("which", "expected"), WHICH)
def test_there_are_as_many_events_in_a_sound_month_as_are_counted(store, tmp_path, which, expected):
    take(store, tmp_path)
    asked = report(store, records(**which))
    events, counts = asked.events("assault"), asked.counts("assault").monthly.set_index("month")
    sound = events.months[events.months["status"] == SOUND]
    per_month = events.table["month"].value_counts()
    assert list(sound["month"]) == ["2020-04", "2020-05", "2020-06"]
    assert [per_month.get(month, 0) for month in sound["month"]] == expected
    assert counts.loc[sound["month"], "count"].tolist() == expected


def test_times_are_read_and_a_day_without_one_is_midnight_and_says_so(store, tmp_path):
    take(store, tmp_path)
    events = report(store, records(codes=("8N",))).events("assault")
    assert {name: str(kind) for name, kind in events.table.dtypes.items()} == COLUMNS
    times = events.table[["from_at", "to_at", "has_time"]].astype(str)
    assert times.to_numpy().tolist() == [
        ["2020-04-03 22:30:00", "2020-04-04 01:30:00", "True"],
        ["2020-04-09 00:00:00", "2020-04-09 00:00:00", "False"],
        ["2020-06-03 00:00:00", "2020-06-05 00:00:00", "False"],
    ]


def test_keys_are_the_same_for_the_same_person(store, tmp_path):
    take(store, tmp_path)
    keys = report(store, records(codes=("8N",))).events("assault").table["victim_key"]
    assert keys.nunique() == 1
    assert keys.isna().tolist() == [False, False, True]


def test_records_of_months_that_are_not_sound_are_left_out_and_told(store, tmp_path):
    silent = RECORDS.replace("Shoplifting,46,E01025800,,N", "Shoplifting,46,E01025800,,")
    other = "2020-07-02,10:00,,,Assault with injury,8N,E01025800,,\n"
    take(store, tmp_path, silent + other, covers=None)
    events = report(store, records(flag="domestic")).events("assault")
    by_month = events.months.set_index("month")["status"]
    assert by_month[["2020-04", "2020-07"]].tolist() == [SOUND, ABSENT]
    assert set(events.table["month"]) == {"2020-04", "2020-06"}


def test_a_measure_of_months_alone_says_what_would_give_its_days(store, tmp_path):
    events = report(store, PoliceUk(crime_types=("Burglary",))).events("assault")
    assert events.table.empty
    assert list(events.table.columns) == list(COLUMNS)
    assert "data.police.uk" in events.missing
    assert "months only" in events.missing
    assert "partner's extract would give days and times" in events.missing
    assert "cspnb" not in events.missing, "a reader of the report runs no command"
    assert "cspnb ingest force-extract" in events.remedy
    assert events.months["status"].eq(ABSENT).all()


def test_more_years_are_asked_for_by_number(store, tmp_path):
    take(store, tmp_path)
    asked = report(store, records(), period="2021/22")
    assert asked.events("assault").missing
    two = asked.events("assault", years=2)
    assert (len(two.table), str(two.span)) == (4, "2020-04..2022-03")


STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
SQUARE = [[-1.1, 52.5], [-1.0, 52.5], [-1.0, 52.6], [-1.1, 52.6], [-1.1, 52.5]]
HERE_AND_THERE = ("52.55,-1.05", "53.5,-1.05")


def outlines(store, folder):
    path = folder / "districts-buc.geojson"
    feature = {
        "type": "Feature",
        "properties": {"lad19cd": "E07000131", "lad19nm": "Harborough"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    boundaries.ingest([path], store)


def stop_files(store, folder, month, *times, point=HERE_AND_THERE[0]):
    rows = [f"Person search,{at}+00:00,,,{point},,,,,,Controlled drugs,,," for at in times]
    path = folder / f"{month}-leicestershire-stop-and-search.csv"
    path.write_text("\n".join([STOPS, *rows]) + "\n", encoding="utf-8")
    police_uk.ingest([path], store)


CLOCKS = [
    # month of the file, UTC as published, by the clocks of the place
    ("2020-07", "2020-06-30T23:10:00", "2020-07-01 00:10:00"),
    ("2020-10", "2020-10-25T00:30:00", "2020-10-25 01:30:00"),  # the clocks go back at 01:00 UTC
    ("2020-10", "2020-10-25T01:30:00", "2020-10-25 01:30:00"),
    ("2021-01", "2021-01-05T12:00:00", "2021-01-05 12:00:00"),
    ("2021-03", "2021-03-28T01:00:00", "2021-03-28 02:00:00"),  # there is no 01:00 that day
]


@pytest.mark.parametrize(("month", "utc", "local"), CLOCKS)
def test_stops_are_told_by_local_clocks(store, tmp_path, month, utc, local):
    outlines(store, tmp_path)
    stop_files(store, tmp_path, month, utc)
    table = report(store, records()).stop_events().table
    assert table["from_at"].astype(str).tolist() == [local]
    assert table["to_at"].equals(table["from_at"])
    assert table["has_time"].all()
    assert table["month"].tolist() == [month]


def test_there_are_as_many_stops_as_are_counted_and_none_from_elsewhere(store, tmp_path):
    outlines(store, tmp_path)
    stop_files(store, tmp_path, "2020-05", "2020-05-01T10:00:00", "2020-05-02T11:00:00")
    stop_files(store, tmp_path, "2020-06", "2020-06-01T10:00:00", point=HERE_AND_THERE[1])
    asked = report(store, records())
    events = asked.stop_events()
    counted = asked.holdings.stops_in(asked.place.districts[0], asked.period).monthly
    assert counted.dropna(subset="count")[["month", "count"]].to_numpy().tolist() == [
        ["2020-05", 2]
    ]
    assert events.table["month"].tolist() == ["2020-05", "2020-05"]
    assert events.are_snapped
    assert events.measure.good == "neither"
    assert "placed by their points" in events.caveats[0]


def test_without_a_file_of_stops_there_are_none_and_it_is_said(store):
    events = report(store, records()).stop_events()
    assert events.table.empty
    assert events.missing == "No file of stops and searches is held."


@pytest.mark.slow
def test_real_stops_of_barnet_are_as_many_and_as_late_as_pandas_says(real_data, tmp_path):
    """Against geopandas, in degrees, and pandas' own clocks, stop by stop."""
    store = Store(str(tmp_path / "real"))
    lookup.ingest([real_data / "ons-lookups" / "lad19-to-csp19-to-pfa19-ew.csv"], store)
    boundaries.ingest([real_data / OUTLINES], store)
    police_uk.ingest([real_data / STOPS_OF_LONDON], store)
    project = find_project(REPO)
    barnet = Report(
        load_partnership(project, "barnet"), Period.parse("2023/24"), "", {}, Holdings(store)
    )
    events = barnet.stop_events()
    expected = _by_geopandas(real_data, "E09000003")
    assert len(events.table) == len(expected)
    hours = events.table["from_at"].dt.strftime("%a %H").value_counts().sort_index()
    assert hours.equals(expected.dt.strftime("%a %H").value_counts().sort_index().rename("count"))


OUTLINES = "boundaries/lad-december-2019-uk-buc.geojson.gz"
STOPS_OF_LONDON = (
    "police-metropolitan-stop-and-search/metropolitan-stop-and-search-2022-09_2024-08.zip"
)


def _by_geopandas(real_data, code):
    """Local times of the stops in a district, of files April 2023 to March 2024."""
    import geopandas as gpd

    areas = gpd.read_file(f"/vsigzip/{real_data / OUTLINES}")
    area = areas.loc[areas["lad19cd"] == code].to_crs(4326).geometry.iloc[0]
    parts = []
    with zipfile.ZipFile(real_data / STOPS_OF_LONDON) as archive:
        for name in archive.namelist():
            month = Path(name).name[:7]
            if name.endswith("-stop-and-search.csv") and "2023-04" <= month <= "2024-03":
                parts.append(pd.read_csv(archive.open(name)))
    rows = pd.concat(parts).dropna(subset=["Longitude", "Latitude"])
    points = gpd.GeoSeries.from_xy(rows["Longitude"], rows["Latitude"], crs=4326)
    inside = rows[points.within(area).to_numpy()]
    return pd.to_datetime(inside["Date"], utc=True).dt.tz_convert("Europe/London")
