"""Real files of counts and casualties, against totals made without the package.

Skipped, visibly, where the files are not: they are not in the repository.
"""

import csv
import gzip
import io
import zipfile
from collections import Counter

import pytest

from cspnb.ingest import area_counts, lsoa_counts, road_casualties, ward_counts
from cspnb.ingest.road_casualties.in_force import killed_or_seriously_injured
from cspnb.periods import Period
from cspnb.store import Store

WARDS = "mps-ward-crime/mps-ward-level-crime-2024-02_2026-01.csv.gz"
LSOAS = "london-lsoa-annual-crime/london-lsoa-annual-crime-2011-2021.zip"
LEEDS = "road-casualties-leeds-2019/Traffic accidents_2019_Leeds.csv"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture(scope="module")
def ward_rows(real_data):
    with gzip.open(real_data / WARDS, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_ward_counts_of_two_years(real_data, store, ward_rows):
    taken = ward_counts.ingest([real_data / WARDS], store)
    held = store.read("area_counts")
    months = [name for name in ward_rows[0] if name.isdigit()]
    cells = [(row, month, int(row[month])) for row in ward_rows for month in months]

    assert (len(ward_rows), len(months), len(cells)) == (18_695, 24, 448_680)
    assert len(held) == taken.sources["rows_stored"].sum() == 448_680
    assert held["count"].sum() == sum(count for *_, count in cells) == 1_788_630
    assert held["code"].nunique() == len({row["WardCode"] for row in ward_rows}) == 679

    by_month, by_borough = Counter(), Counter()
    for row, month, count in cells:
        by_month[f"{month[:4]}-{month[4:]}", row["MajorText"]] += count
        by_borough[row["LookUp_BoroughName"]] += count
    assert held.groupby(["start", "category"])["count"].sum().to_dict() == dict(by_month)
    assert held.groupby("district_name")["count"].sum().to_dict() == dict(by_borough)
    assert "Aviation Security (SO18)" in by_borough

    _silence_of_named_wards(store, ward_rows, months)
    _burglary_of_barnet(store, ward_rows, months)


def _silence_of_named_wards(store, ward_rows, months):
    """A ward of the file without a row of homicide had none; a ward of the City is unknown."""
    named = {row["WardCode"] for row in ward_rows}
    with_row = {row["WardCode"] for row in ward_rows if row["MinorText"] == "HOMICIDE"}
    asked = [*sorted(named), "E05009288"]
    counts = area_counts.counted(
        store.read("area_counts"),
        store.sources(),
        codes=asked,
        category="VIOLENCE AGAINST THE PERSON",
        subcategory="HOMICIDE",
    )
    assert len(counts) == len(asked) * len(months)
    assert counts.loc[counts["count"].isna(), "code"].unique().tolist() == ["E05009288"]
    silent = counts[counts["code"].isin(named - with_row)]
    assert len(silent) and not silent["count"].any()
    homicides = [row for row in ward_rows if row["MinorText"] == "HOMICIDE"]
    assert counts["count"].sum() == sum(int(row[m]) for row in homicides for m in months)


def _burglary_of_barnet(store, ward_rows, months):
    """A borough is the sum of its wards, month by month."""
    sums = area_counts.of_districts(
        store.read("area_counts"), store.sources(), districts=["BARNET"], category="BURGLARY"
    )
    ours = [
        row
        for row in ward_rows
        if (row["LookUp_BoroughName"], row["MajorText"]) == ("Barnet", "BURGLARY")
    ]
    expected = [sum(int(row[month]) for row in ours) for month in months]
    assert sums["count"].tolist() == expected
    assert len(expected) == 24 and min(expected) > 0


@pytest.mark.slow
def test_lsoa_counts_of_eleven_years(real_data, store):
    taken = lsoa_counts.ingest([real_data / LSOAS], store)
    held = store.read("area_counts")
    totals, rows = Counter(), 0
    with zipfile.ZipFile(real_data / LSOAS) as archive:
        for name in archive.namelist():
            records = csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8"))
            for record in records:
                rows += 1
                for year in range(2011, 2022):
                    category = name.removesuffix(".csv").split("-", 4)[4]
                    totals[category, f"{year}-01"] += int(float(record[str(year)]))
    assert rows == 13 * 4_829
    assert {totals["sexual", f"{year}-01"] for year in range(2011, 2022)} == {0}
    assert taken.ignored == (
        "london-lsoa-annual-crime-2011-2021.zip: london-2011-2021-major-sexual.csv "
        "(every figure is zero)",
    )
    expected = {key: total for key, total in totals.items() if key[0] != "sexual"}
    assert held.groupby(["category", "start"])["count"].sum().to_dict() == expected
    assert len(held) == 12 * 4_829 * 11
    notes = taken.sources.set_index("member")["rejections"].dropna()
    assert notes["london-2011-2021-major-burglary.csv"] == (
        "2021 may be incomplete: 52,345 offences in all, against 70,698 in 2020"
    )
    assert len(notes) == 4, "burglary, drugs, robbery, vehicle offences"


def test_casualties_of_leeds_in_2019(real_data, store):
    with (real_data / LEEDS).open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    taken = road_casualties.ingest([real_data / LEEDS], store, district="E08000035", year=2019)
    held = store.read("casualties")

    assert len(records) == len(held) == taken.sources["rows_stored"].sum() == 1_907
    names = {"1": "fatal", "2": "serious", "3": "slight"}
    severities = Counter(names[record["Casualty Severity"]] for record in records)
    assert severities == {"fatal": 22, "serious": 334, "slight": 1_551}
    assert held["severity"].value_counts().to_dict() == dict(severities)
    assert held["easting"].sum() == sum(int(r["Grid Ref: Easting"]) for r in records)
    over_75 = sum(int(record["Age of Casualty"]) > 75 for record in records)
    assert held["age_band"].eq("over 75").sum() == over_75
    hours = Counter(f"{int(record['Time (24hr)']) // 100:02d}" for record in records)
    assert held["time"].str[:2].value_counts().to_dict() == dict(hours)

    year = Period.parse("2019-01..2019-12")
    rows = killed_or_seriously_injured(held, store.sources(), lad_codes=["E08000035"], period=year)
    assert rows[["ksi", "basis"]].values.tolist() == [[356, "as recorded"]]
