"""Real files of deprivation, similar areas, offence weights and population go in whole.

What must come out is counted here from the files themselves, with csv, pandas and openpyxl alone.
"""

import csv
import gzip
from collections import Counter

import openpyxl
import pandas as pd
import pytest

from cspnb.ingest import deprivation, lookup, population, severity, similar_areas
from cspnb.ingest.similar_areas.group import group_for
from cspnb.periods import Month
from cspnb.store import Store

pytestmark = pytest.mark.slow

MODELS = ("global", "economic", "demographic")


def _store(tmp_path_factory):
    return Store(str(tmp_path_factory.mktemp("real") / "store"))


def _lines(path, encoding="utf-8-sig"):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


# Deprivation.


@pytest.fixture(scope="module")
def deprived(real_data, tmp_path_factory):
    store = _store(tmp_path_factory)
    folder = real_data / "deprivation"
    files = [
        folder / "imd2019-rank-lsoa11-england.csv.gz",
        folder / "imd2019-rank-lsoa11-wales.csv",
        folder / "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx",
    ]
    return store, deprivation.ingest(files, store).sources, files


@pytest.fixture(scope="module")
def indices(deprived):
    return deprived[0].read("deprivation")


def test_every_lsoa_has_its_rank(deprived, indices):
    files = deprived[2]
    england = {row["LSOA11CD"]: int(row["IMD19"]) for row in _lines(files[0])}
    wales = {row["lsoa11cd"]: int(row["wimd_2019"]) for row in _lines(files[1])}
    sheet = openpyxl.load_workbook(files[2], read_only=True)["IMD25"]
    latest = {row[0]: row[4] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert (len(england), len(wales), len(latest)) == (32_844, 1_909, 33_755)
    for name, ranks in (("IMD 2019", england), ("WIMD 2019", wales), ("IMD 2025", latest)):
        rows = indices[indices["index_name"] == name]
        assert dict(zip(rows["lsoa_code"], rows["rank"], strict=True)) == ranks
        assert set(rows["areas"]) == {len(ranks)}


def test_our_tenths_are_those_published_in_2025(deprived, indices):
    """The published decile of all 33,755 areas, against ten ranks over the areas rounded up."""
    published = pd.read_excel(deprived[2][2], sheet_name="IMD25").iloc[:, [0, 4, 5]]
    published.columns = ["code", "rank", "decile"]
    by_rule = -(-10 * published["rank"] // 33_755)
    assert (by_rule == published["decile"]).all()
    rows = indices[indices["index_name"] == "IMD 2025"].set_index("lsoa_code")
    assert rows["decile"].to_dict() == published.set_index("code")["decile"].to_dict()


def test_a_tenth_of_wales_ends_where_the_welsh_government_ends_it(indices):
    """Its groups: ranks 1 to 191, 192 to 382, 383 to 573, and half of the areas at 955."""
    rows = indices[indices["index_name"] == "WIMD 2019"]
    last = rows.groupby("decile")["rank"].max()
    assert [last[1], last[2], last[3], last[5], last[10]] == [191, 382, 573, 955, 1_909]


def test_no_garbled_welsh_name_comes_in(deprived, indices):
    """One LSOA, W01000440, has an accent garbled in the file; its rank is taken."""
    rows = indices[indices["index_name"] == "WIMD 2019"].set_index("lsoa_code")
    assert list(rows.index[rows["lsoa_name"].isna()]) == ["W01000440"]
    assert rows["lsoa_name"].dropna().map(str.isascii).all()
    said = deprived[1].set_index("file_name").at["imd2019-rank-lsoa11-wales.csv", "rejections"]
    assert "names garbled in the file, left out (1)" in said


def test_the_same_files_of_ranks_again_change_nothing(deprived):
    store, _, files = deprived
    before = store.versions()
    assert len(deprivation.ingest(files[:2], store).unchanged) == 2
    assert store.versions() == before


# Similar areas.


@pytest.fixture(scope="module")
def alike(real_data, tmp_path_factory):
    store = _store(tmp_path_factory)
    folder = real_data / "ons-statistical-neighbours"
    files = [folder / f"{model}-neighbours.csv" for model in MODELS]
    files.append(folder / "cluster-allocation.csv")
    return store, similar_areas.ingest(files, store, as_at="2024-02").sources, files


def test_every_neighbour_keeps_its_place(alike):
    store, sources, files = alike
    rows = store.read("similar_areas")
    for model, path in zip(MODELS, files, strict=False):
        expected = {
            (line["AREACD"], peer, float(place))
            for line in _lines(path)
            for place, peer in line.items()
            if place != "AREACD" and peer
        }
        assert len(expected) == 7_715
        own = rows[rows["group_name"] == f"ONS statistical neighbours, {model}"]
        columns = own[["area_code", "peer_code", "position"]]
        assert set(columns.itertuples(index=False, name=None)) == expected
    assert sources["rows_read"].tolist() == [397, 397, 397, 361]


def test_every_cluster_is_everybody_in_it_but_oneself(alike):
    store, sources, files = alike
    lines = _lines(files[-1])
    sizes = [Counter(line[model.title()] for line in lines) for model in MODELS]
    pairs = sum(n * (n - 1) for size in sizes for name, n in size.items() if name != "[x]")
    rows = store.read("similar_areas")
    assert int((rows["kind"] == "cluster").sum()) == pairs == 117_170
    assert sources["rejections"].tolist()[-1] == (
        "areas in no global cluster (3); areas in no economic cluster (2)"
    )


def test_harboroughs_nearest_are_those_of_the_file(alike):
    store, _, files = alike
    [line] = [line for line in _lines(files[0]) if line["AREACD"] == "E07000131"]
    group = group_for(store.read("similar_areas"), "E07000131", Month(2024, 2))
    assert group.name == "ONS statistical neighbours, global"
    assert group.peers["peer_code"].tolist() == [line[str(n)] for n in range(1, 21)]
    assert group_for(store.read("similar_areas"), "E07000131", Month(2024, 1)) is None


# Weights and categories of offences.


@pytest.fixture(scope="module")
def weighed(real_data, tmp_path_factory):
    store = _store(tmp_path_factory)
    folder = real_data / "offence-severity"
    files = [
        folder / "ons-crime-severity-weights.csv",
        folder / "police-uk-category-mappings.xlsx",
        folder / "policeuk-ons-code-join.csv",
    ]
    taken = severity.ingest(files, store, weights_edition="in use in early 2021")
    return store, taken.sources.set_index("file_name"), files


def test_every_offence_has_its_weight(weighed):
    """134 rows; 4.1 stands twice, for two offences of one weight."""
    store, sources, files = weighed
    lines = _lines(files[0])
    expected = {line["code_original"]: float(line["weight"]) for line in lines}
    assert (len(lines), len(expected)) == (134, 133)
    assert len({line["code_severity"] for line in lines}) == 128
    rows = store.read("severity_weights")
    assert dict(zip(rows["offence_code"], rows["weight"], strict=True)) == expected
    assert rows["weight"].min() == pytest.approx(1.77, abs=0.005)
    assert rows["weight"].max() == pytest.approx(7973.39, abs=0.005)
    assert sources.at[files[0].name, "rows_copied"] == 1


def test_every_mapping_row_is_stored_or_accounted_for(weighed):
    _, sources, _ = weighed
    assert sources["rows_read"].tolist() == [134, 1_482, 134]
    left_out = sources["rows_copied"] + sources["rows_rejected"]
    assert (sources["rows_read"] == sources["rows_stored"] + left_out).all()


def test_every_code_has_the_category_of_the_workbook(weighed):
    """Codes that are text, or numbers below 1,000, stand as they are: 1,320 and 38 rows."""
    store, _, files = weighed
    sheet = openpyxl.load_workbook(files[1])["police-uk-category-mappings"]
    rows = [row[:4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    plain = {str(row[0]).strip(): row[3].casefold() for row in rows if not _is_a_date(row[0])}
    held = store.read("offence_categories").set_index("offence_code")["crime_type"]
    assert held.index.is_unique
    assert {code: held[code].casefold() for code in plain} == plain


def _is_a_date(code):
    return isinstance(code, int) and code > 1_000


@pytest.mark.parametrize(
    ("serial", "code", "offence"),
    [
        (44621, "3/1", "Threats to Kill"),
        (44779, "8/6", "Assault occasioning  actual bodily harm"),
        (44804, "8/31", "Breach of a restraining order"),
        (11902, "8/32", "Breach of Anti-Social Behaviour Order"),
        (26512, "8/72", "Sending letters etc with intent to cause distress or anxiety"),
    ],
)
def test_codes_that_had_become_dates_are_codes_again(weighed, serial, code, offence):
    store, sources, files = weighed
    held = store.read("offence_categories").set_index("offence_code")
    assert held.at[code, "offence"] == offence
    assert str(serial) not in held.index
    assert "worked back from dates (124 rows)" in sources.at[files[1].name, "rejections"]


def test_every_joined_offence_has_its_category(weighed):
    store, _, files = weighed
    expected = {
        line["ONS_COUNTS_code"]: line["POLICE_UK_CAT_MAP_category"].casefold()
        for line in _lines(files[2])
    }
    assert len(expected) == 134
    held = store.read("offence_categories").set_index("offence_code")["crime_type"]
    assert {code: held[code].casefold() for code in expected} == expected
    assert held["4.10"] == "Violence and sexual offences"


# Population: totals added up from the files.

COUNTS = {
    "iod2019-population-denominators-lsoa11-england.csv.gz": (
        "Total population: mid 2015 (excluding prisoners)",
        "mid-2015 residents, excluding prisoners",
        32_844,
    ),
    "london-lsoa11-mid2019-pop.csv.gz": ("Persons_All-Ages", "mid-2019 usual residents", 4_835),
    "london-lsoa11-mid2020-pop.csv.gz": ("Persons_All-Ages", "mid-2020 usual residents", 4_835),
    "lsoa11-mid2017-population-density-ew.csv.gz": (
        "Mid-2017 population",
        "mid-2017 usual residents",
        34_753,
    ),
}


@pytest.fixture(scope="module")
def counted(real_data, tmp_path_factory):
    store = _store(tmp_path_factory)
    lookup.ingest([real_data / "ons-lookups" / "lad19-names-codes-uk.csv"], store)
    lookup.ingest([real_data / "ons-lookups" / "lsoa01-to-lsoa11-to-lad11-ew.csv.gz"], store)
    folder = real_data / "population"
    files = [folder / name for name in (*COUNTS, "lad-population-2011.csv")]
    population.ingest(files, store)
    return store, folder


@pytest.mark.parametrize("name", COUNTS)
def test_every_count_of_residents_is_that_of_the_file(counted, name):
    store, folder = counted
    column, definition, number = COUNTS[name]
    rows = store.read("population", where={"definition": [definition]})
    table = pd.read_csv(folder / name, thousands=",")
    assert len(rows) == len(table) == number
    assert int(rows["count"].sum()) == int(table[column].sum())
    by_code = table.set_index(table.columns[0])[column].to_dict()
    assert dict(zip(rows["code"], rows["count"].astype(int), strict=True)) == by_code


def test_the_districts_of_2011_add_up_to_the_file_but_for_the_names_left_out(counted):
    store, folder = counted
    rows = store.read("population", where={"level": ["lad"]})
    source = store.sources().set_index("file_name").loc["lad-population-2011.csv"]
    table = pd.read_csv(folder / "lad-population-2011.csv")
    assert source["rows_read"] == len(table) == 404
    left_out = table[~table["Local Authority"].str.strip().isin(set(rows["name"]))]
    assert len(left_out) == source["rows_rejected"]
    assert int(rows["count"].sum()) == int(table["Population"].sum() - left_out["Population"].sum())
