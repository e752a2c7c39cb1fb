"""Every real lookup and population file goes through its door whole.

Numbers of rows are those of the data's own index; single facts were read off the files by hand,
and totals are the published ones.
"""

import csv
import gzip
from collections import Counter

import pytest

from cspnb.errors import IngestError
from cspnb.ingest import area_codes, lookup, population
from cspnb.store import Store
from cspnb.successors import active_codes, in_force, made_of

pytestmark = pytest.mark.slow

LOOKUP_ROWS = {
    "ons-lookups/csp19-names-codes-ew.csv": 314,
    "ons-lookups/lad17-to-csp17-to-pfa17-ew.csv": 348,
    "ons-lookups/lad19-names-codes-uk.csv": 382,
    "ons-lookups/lad19-to-csp19-to-pfa19-ew.csv": 342,
    "ons-lookups/lad20-names-codes-uk.csv": 379,
    "ons-lookups/lsoa01-to-lsoa11-to-lad11-ew.csv.gz": 34_917,
    "ons-lookups/lsoa11-to-ward19-to-lad19-ew.csv.gz": 34_753,
    "ons-lookups/pfa19-names-codes-uk.csv": 47,
    "ons-lookups/ward19-to-lad19-uk.csv.gz": 8_887,
    "population/london-lsoa11-mid2019-pop.csv.gz": 4_835,
    "population/lsoa11-rural-urban-classification-2011-ew.csv.gz": 34_753,
}

POPULATION_ROWS = {
    "population/iod2019-population-denominators-lsoa11-england.csv.gz": 32_844,
    "population/lad-population-2011.csv": 404,
    "population/london-lsoa11-mid2019-pop.csv.gz": 4_835,
    "population/london-lsoa11-mid2020-pop.csv.gz": 4_835,
    "population/lsoa11-mid2017-population-density-ew.csv.gz": 34_753,
}


@pytest.fixture(scope="module")
def real(real_data, tmp_path_factory):
    """A store of every real lookup and population file, and what was said of each."""
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    lookups = lookup.ingest([real_data / name for name in LOOKUP_ROWS], store)
    counts = population.ingest([real_data / name for name in POPULATION_ROWS], store)
    return store, lookups.sources, counts.sources


@pytest.fixture(scope="module")
def geography(real):
    return real[0].read("geography")


@pytest.fixture(scope="module")
def counted(real):
    return real[0].read("population")


def _rows_read(sources):
    return sources.groupby("file_name")["rows_read"].max().to_dict()


def _parents(geography, code, parent_level, parent_vintage):
    rows = geography[
        (geography["code"] == code)
        & (geography["parent_level"] == parent_level)
        & (geography["parent_vintage"] == parent_vintage)
    ]
    return sorted(set(rows["parent_code"]))


def _base_names(rows):
    return {name.split("/")[1]: number for name, number in rows.items()}


def test_every_row_of_every_file_is_read(real):
    _, lookups, counts = real
    assert _rows_read(lookups) == _base_names(LOOKUP_ROWS)
    assert _rows_read(counts) == _base_names(POPULATION_ROWS)
    assert not lookups["is_sample"].any()
    assert set(lookups["licence"]) | set(counts["licence"]) == {"Open Government Licence v3.0"}


def test_every_row_is_stored_or_accounted_for(real):
    _, _, counts = real
    left_out = counts["rows_copied"] + counts["rows_rejected"]
    assert (counts["rows_read"] == counts["rows_stored"] + left_out).all()


def test_the_same_files_again_change_nothing(real, real_data):
    store = real[0]
    before = store.versions()
    again = lookup.ingest([real_data / name for name in list(LOOKUP_ROWS)[:5]], store)
    assert len(again.unchanged) == 5
    names = ["population/london-lsoa11-mid2020-pop.csv.gz", "population/lad-population-2011.csv"]
    assert len(population.ingest([real_data / name for name in names], store).unchanged) == 2
    assert store.versions() == before


@pytest.mark.parametrize(
    ("code", "level", "vintage", "parents"),
    [
        ("E01025631", "lad", 2019, ["E07000129"]),
        ("E01025631", "lad", 2011, ["E07000129"]),
        ("E01025631", "ward", 2019, ["E05009619"]),
        ("E01025631", "ruc", 2011, ["C1"]),
        ("E07000234", "csp", 2019, ["E22000368"]),
        ("E07000234", "csp", 2017, ["E22000368"]),
        ("E07000234", "pfa", 2019, ["E23000016"]),
        ("E06000058", "csp", 2019, ["E22000063", "E22000067", "E22000367"]),
        ("E07000244", "csp", 2019, ["E22000274", "E22000278"]),
        ("E01023982", "lsoa", 2011, ["E01032810", "E01032812"]),
        ("E01000115", "msoa", 2011, ["E02000032"]),
        ("W01001324", "lad", 2019, ["W06000024"]),
    ],
)
def test_an_area_belongs_where_the_file_says(geography, code, level, vintage, parents):
    assert _parents(geography, code, level, vintage) == parents


def test_north_worcestershire_is_three_districts(geography):
    rows = geography[
        (geography["parent_code"] == "E22000368") & (geography["parent_vintage"] == 2019)
    ]
    assert set(rows["name"]) == {"Bromsgrove", "Redditch", "Wyre Forest"}
    assert set(rows["parent_name"]) == {"North Worcestershire"}


def test_342_rows_of_2019_are_339_districts_in_314_partnerships(geography):
    """Two merged districts have five of the rows: three and two partnerships each."""
    rows = geography[(geography["parent_level"] == "csp") & (geography["parent_vintage"] == 2019)]
    assert (len(rows), rows["code"].nunique(), rows["parent_code"].nunique()) == (342, 339, 314)


def test_no_lsoa_of_2011_is_in_two_districts_of_one_year(geography):
    lsoas = geography[
        (geography["level"] == "lsoa")
        & (geography["vintage"] == 2011)
        & (geography["parent_level"] == "lad")
    ]
    assert not lsoas.duplicated(["code", "parent_vintage"]).any()
    assert (lsoas["parent_vintage"] == 2019).sum() == 34_753


def test_two_force_areas_without_a_name_are_counted(real):
    sources = real[1]
    source = sources[sources["file_name"] == "pfa19-names-codes-uk.csv"].iloc[0]
    assert source["rejections"] == "no name (2)"


@pytest.mark.parametrize(
    ("definition", "total"),
    [
        ("mid-2017 usual residents", 58_744_595),
        ("mid-2019 usual residents", 8_961_989),
        ("mid-2020 usual residents", 9_002_488),
    ],
)
def test_lsoas_sum_to_the_published_total(counted, definition, total):
    """ONS mid-year estimates: England and Wales 2017; London 2019 and 2020."""
    assert counted.loc[counted["definition"] == definition, "count"].sum() == total


@pytest.mark.parametrize(
    ("code", "year", "count"),
    [
        ("E01025631", 2017, 1_313),
        ("E01025631", 2015, 1_248),
        ("E01000115", 2019, 1_353),
        ("E01000115", 2020, 1_319),
        ("E07000131", 2011, 85_382),
        ("E06000016", 2011, 329_839),
        ("E06000023", 2011, 428_234),
        ("W06000014", 2011, 126_336),
        ("E08000020", 2011, 200_214),
    ],
)
def test_an_area_has_the_count_the_file_gives_it(counted, code, year, count):
    rows = counted[(counted["code"] == code) & (counted["year"] == year)]
    assert rows["count"].tolist() == [count]


def test_districts_of_2011_are_matched_by_name_but_for_those_no_lookup_has(real):
    """25 of Northern Ireland, the Western Isles by their old name, and one row of two districts."""
    sources = real[2]
    source = sources[sources["file_name"] == "lad-population-2011.csv"].iloc[0]
    assert source["rows_stored"] + source["rows_rejected"] == 404
    assert source["rows_rejected"] == 27
    assert "'Westminster City of London'" in source["rejections"]
    assert "'Eilean Siar'" in source["rejections"]


def _csv_rows(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


LINKS = [
    ("lsoa01-to-lsoa11-to-lad11-ew.csv.gz", "LSOA01CD", "LSOA11CD"),
    ("lsoa01-to-lsoa11-to-lad11-ew.csv.gz", "LSOA01CD", "LAD11CD"),
    ("lsoa11-to-ward19-to-lad19-ew.csv.gz", "LSOA11CD", "WD19CD"),
    ("lsoa11-to-ward19-to-lad19-ew.csv.gz", "LSOA11CD", "LAD19CD"),
    ("ward19-to-lad19-uk.csv.gz", "WD19CD", "LAD19CD"),
    ("lad17-to-csp17-to-pfa17-ew.csv", "LAD17CD", "CSP17CD"),
    ("lad17-to-csp17-to-pfa17-ew.csv", "LAD17CD", "PFA17CD"),
    ("lad19-to-csp19-to-pfa19-ew.csv", "LAD19CD", "CSP19CD"),
    ("lad19-to-csp19-to-pfa19-ew.csv", "LAD19CD", "PFA19CD"),
]


@pytest.mark.parametrize(("name", "smaller", "larger"), LINKS)
def test_every_link_of_a_file_is_held_and_no_other(geography, real_data, name, smaller, larger):
    """Distinct pairs of codes, counted with the csv module."""
    pairs = {(row[smaller], row[larger]) for row in _csv_rows(real_data / "ons-lookups" / name)}
    level = {"LSOA": "lsoa", "WD": "ward", "LAD": "lad", "CSP": "csp", "PFA": "pfa"}
    rows = geography[
        (geography["level"] == level[smaller[:-4]])
        & (geography["vintage"] == 2000 + int(smaller[-4:-2]))
        & (geography["parent_level"] == level[larger[:-4]])
        & (geography["parent_vintage"] == 2000 + int(larger[-4:-2]))
    ]
    assert set(zip(rows["code"], rows["parent_code"], strict=True)) == pairs
    assert len(rows) == len(pairs)


def test_an_lsoa_that_one_lookup_leaves_out_is_held_from_another_file(geography, real_data):
    """E01033730 of Greenwich, by the file of London's population, which names its district."""
    path = real_data / "ons-lookups/lsoa01-to-lsoa11-to-lad11-ew.csv.gz"
    pairs = {(row["LSOA11CD"], row["LAD11CD"]) for row in _csv_rows(path)}
    rows = geography[(geography["vintage"] == 2011) & (geography["parent_level"] == "lad")]
    rows = rows[(rows["level"] == "lsoa") & (rows["parent_vintage"] == 2011)]
    held = set(zip(rows["code"], rows["parent_code"], strict=True))
    assert held - pairs == {("E01033730", "E09000011")}
    assert pairs <= held


def test_how_the_lsoas_of_2001_changed_is_kept(geography, real_data):
    path = real_data / "ons-lookups/lsoa01-to-lsoa11-to-lad11-ew.csv.gz"
    changes = Counter(row["CHGIND"] for row in _csv_rows(path))
    assert changes == {"U": 33_519, "S": 922, "M": 313, "X": 163}
    assert geography["change"].dropna().value_counts().to_dict() == changes


@pytest.fixture(scope="module")
def histories(real_data, tmp_path_factory):
    """A store of both tables of the history of codes, and what was said of each."""
    store = Store(str(tmp_path_factory.mktemp("histories") / "store"))
    files = [real_data / "geo-code-history" / name for name in HISTORY_ROWS]
    taken = area_codes.ingest(files, store)
    return in_force(store.read("successors"), store.sources()), taken.sources


HISTORY_ROWS = {"la_all_codes.csv": 415, "ward_all_codes.csv.gz": 15_729}


def test_every_row_of_the_histories_is_held(histories, real_data):
    rows, sources = histories
    assert _rows_read(sources) == HISTORY_ROWS
    assert (sources["rows_read"] == sources["rows_stored"]).all()
    districts = _csv_rows(real_data / "geo-code-history/la_all_codes.csv")
    changed = sum(row["LADCD"] != row["LADCD_ACTIVE"] for row in districts)
    held = rows[rows["level"] == "lad"]
    assert (held["code"] != held["active_code"]).sum() == changed == 54
    wards = _csv_rows(real_data / "geo-code-history/ward_all_codes.csv.gz")
    moved = sum(row["LADCD"] != row["LADCD_ACTIVE"] for row in wards)
    held = rows[rows["level"] == "ward"]
    assert (held["lad_code"] != held["active_lad_code"]).sum() == moved


def test_every_code_leads_to_the_one_in_use_and_back(histories, real_data):
    rows, _ = histories
    table = {
        row["LADCD"]: row["LADCD_ACTIVE"]
        for row in _csv_rows(real_data / "geo-code-history/la_all_codes.csv")
    }
    assert active_codes(rows, table).to_dict() == table
    for new in set(table.values()):
        older = {old for old, active in table.items() if active == new} - {new}
        assert set(made_of(rows, new)) == older


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("E06000061", ["150", "152", "153", "156"]),
        ("E06000062", ["151", "154", "155"]),
        ("E06000060", ["004", "005", "006", "007"]),
        ("E06000063", ["026", "028", "029"]),
        ("E06000064", ["027", "030", "031"]),
        ("E06000065", ["163", "164", "165", "166", "167", "168", "169"]),
        ("E06000066", ["187", "188", "189", "190", "191", "246"]),
        ("E06000059", ["049", "050", "051", "052", "053"]),
        ("E07000244", ["205", "206"]),
        ("E07000245", ["201", "204"]),
    ],
)
def test_a_merged_district_is_made_of_those_the_orders_of_parliament_merged(histories, code, parts):
    assert made_of(histories[0], code) == tuple(f"E07000{part}" for part in parts)


def test_a_history_is_not_taken_for_a_lookup(real_data, tmp_path):
    store = Store(str(tmp_path / "store"))
    with pytest.raises(IngestError, match="a history of codes, not a lookup of one year"):
        lookup.ingest([real_data / "geo-code-history/la_all_codes.csv"], store)
    assert not store.exists()
