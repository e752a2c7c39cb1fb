"""Every real lookup and population file goes through its door whole.

Numbers of rows are those of the data's own index; single facts were read off the files by hand,
and totals are the published ones.
"""

import pytest

from cspnb.ingest import lookup, population
from cspnb.store import Store

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
