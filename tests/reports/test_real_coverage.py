"""The rule of coverage on real files: 35 months of Leicestershire, and three Metropolitan sets.

Expected figures are those of the sets' own notes on what is wrong with them.
"""

import zipfile

import pandas as pd
import pytest

from cspnb.measures.coverage import District, file_coverage
from cspnb.measures.recorded import district_counts, recorded

pytestmark = pytest.mark.slow

NAMES = {"LSOA code": "lsoa_code", "LSOA name": "lsoa_name", "Crime type": "crime_type"}
CELL = ["source_id", "force", "month", "crime_type", "lsoa_code", "lsoa_name"]

LEICESTERSHIRE = {
    "Blaby": "E07000129",
    "Charnwood": "E07000130",
    "Harborough": "E07000131",
    "Hinckley and Bosworth": "E07000132",
    "Leicester": "E06000016",
    "Melton": "E07000133",
    "North West Leicestershire": "E07000134",
    "Oadby and Wigston": "E07000135",
    "Rutland": "E06000017",
}


def _files(path, kind="street"):
    """(month, rows) of each file of one kind in an archive."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(f"-{kind}.csv"):
                with archive.open(name) as member:
                    yield name[:7], pd.read_csv(member, low_memory=False)


def _source(rows, source_id, force, month):
    """The row of `sources` that a file has, as far as these rules read it."""
    districts = rows["lsoa_name"].dropna().str.rsplit(n=1).str[0].unique()
    return {
        "source_id": source_id,
        "table": "offences",
        "force": force,
        "month": month,
        "edition": None,
        "rows_digest": source_id,
        "declared_types": None,
        "declared_areas": None,
        "types_seen": "; ".join(sorted(rows["crime_type"].unique())),
        "districts_seen": "; ".join(sorted(districts)),
        "rows_stored": len(rows),
        "rows_unplaced": int(rows["lsoa_name"].isna().sum()),
    }


def _held(path, force):
    """The store's cells, and the rows of `sources`, of an archive."""
    cells, sources = [], []
    for month, file in _files(path):
        rows = file.rename(columns=NAMES).assign(
            source_id=f"{path.stem} {month}", force=force, month=month
        )
        sources.append(_source(rows, f"{path.stem} {month}", force, month))
        cells.append(rows.groupby(CELL, dropna=False).size().rename("count").reset_index())
    return pd.concat(cells, ignore_index=True), pd.DataFrame(sources)


@pytest.fixture(scope="module")
def geography(real_data):
    links = pd.read_csv(real_data / "ons-lookups" / "lsoa11-to-ward19-to-lad19-ew.csv.gz")
    return pd.DataFrame(
        {
            "level": "lsoa",
            "vintage": 2011,
            "code": links["LSOA11CD"],
            "name": links["LSOA11NM"],
            "parent_level": "lad",
            "parent_vintage": 2019,
            "parent_code": links["LAD19CD"],
            "parent_name": links["LAD19NM"],
        }
    )


@pytest.fixture(scope="module")
def leicestershire(real_data, geography):
    """Every district's months, types, counts and statuses, from all 35 files."""
    folder = real_data / "police-leicestershire-street"
    cells, sources = _held(folder / "leicestershire-street-2019-12_2022-10.zip", "leicestershire")
    counted = recorded(cells, sources, geography)
    months = sources["month"]
    tables = {
        name: district_counts(
            counted, sources, force="leicestershire", district=District(code, name), months=months
        )
        for name, code in LEICESTERSHIRE.items()
    }
    return counted, pd.concat(tables, names=["district"]).reset_index("district")


def _total(table, district, month):
    rows = table[(table["district"] == district) & (table["month"] == month)]
    return int(rows["count"].sum()), set(rows["status"])


@pytest.mark.parametrize(
    ("district", "month", "count", "status"),
    [
        ("Harborough", "2019-12", 422, "sound"),
        ("Harborough", "2020-02", 375, "sound"),
        ("Harborough", "2020-03", 46, "abnormal"),
        ("Harborough", "2020-04", 415, "sound"),
        ("Oadby and Wigston", "2020-02", 304, "sound"),
        ("Oadby and Wigston", "2020-03", 42, "abnormal"),
        ("Oadby and Wigston", "2020-04", 308, "sound"),
        ("Melton", "2020-03", 252, "sound"),
        ("Melton", "2020-04", 237, "sound"),
    ],
)
def test_march_2020_lost_two_districts_and_april_is_only_low(
    leicestershire, district, month, count, status
):
    assert _total(leicestershire[1], district, month) == (count, {status})


def test_no_other_month_or_type_of_the_35_is_called_unsound(leicestershire):
    """315 district-months and 4,410 of single types: two district-months, every type of each."""
    table = leicestershire[1]

    unsound = table[table["status"] != "sound"]

    assert len(table) == 35 * 9 * 14
    assert set(zip(unsound["district"], unsound["month"], strict=True)) == {
        ("Harborough", "2020-03"),
        ("Oadby and Wigston", "2020-03"),
    }
    assert len(unsound) == 2 * 14


def test_no_record_is_lost_and_those_in_no_district_are_counted(leicestershire):
    counted, table = leicestershire

    in_months = counted.unplaced.groupby("month")["count"].sum()
    first_seven = in_months.head(7).tolist()

    assert counted.monthly["count"].sum() + in_months.sum() == 301_838
    assert first_seven == [557, 729, 542, 1157, 330, 396, 25]
    assert table.loc[table["district"] == "Harborough", "count"].sum() == 14_824
    assert table.loc[table["district"] == "Melton", "count"].sum() == 10_850


@pytest.fixture(scope="module")
def barnet(real_data, geography):
    """Barnet, from its own extract of 134 months and the force's burglaries of the last 36."""
    folder = real_data / "police-metropolitan-burglary"
    held = [
        _held(folder / "barnet-burglary-2014-01_2025-02.zip", "metropolitan"),
        _held(folder / "metropolitan-burglary-2022-03_2025-02.zip", "metropolitan"),
    ]
    cells, sources = (pd.concat(part, ignore_index=True) for part in zip(*held, strict=True))
    counted = recorded(cells, sources, geography)
    table = district_counts(
        counted,
        sources,
        force="metropolitan",
        district=District("E09000003", "Barnet"),
        months=sources["month"],
    )
    return counted, table


def test_burglary_files_under_the_names_of_full_files_make_no_other_type_zero(barnet):
    by_burglary = barnet[1]["crime_type"] == "Burglary"

    burglary, others = barnet[1][by_burglary], barnet[1][~by_burglary]

    assert len(burglary) == 134
    assert set(burglary["status"]) == {"sound"}
    assert burglary["count"].sum() == 34_334  # once, though two files hold the last 36 months
    assert set(others["status"]) == {"absent"}
    assert others["count"].isna().all()


def test_what_an_extract_repeats_is_left_out_and_said(barnet):
    left_out = barnet[0].left_out

    assert left_out["month"].nunique() == 36
    assert left_out["source_id"].str.startswith("barnet").all()


def test_december_2022_of_the_metropolitan_searches_is_cut_short(real_data):
    """It stops on the 17th, with 5,706 rows."""
    folder = real_data / "police-metropolitan-stop-and-search"
    archive = folder / "metropolitan-stop-and-search-2022-09_2024-08.zip"
    rows = {month: len(file) for month, file in _files(archive, "stop-and-search")}

    judged = file_coverage(pd.Series(rows)).set_index("month")

    assert rows["2022-12"] == 5706
    assert judged.index[judged["status"] != "sound"].tolist() == ["2022-12"]
