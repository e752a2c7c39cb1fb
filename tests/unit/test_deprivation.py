"""Deprivation: a rank is out of its own country, whatever part of it a file holds."""

import math

import pandas as pd
import pytest

from cspnb.ingest import deprivation
from cspnb.ingest.deprivation.layouts import LAYOUTS, index_of
from cspnb.ingest.sheets import read
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

ENGLAND_2019 = Good(
    pd.DataFrame(
        {
            "LSOA11CD": ["E01025662", "E01025663"],
            "LSOA11NM": ["Harborough 001A", "Harborough 001B"],
            "LAD19CD": ["E07000131", "E07000131"],
            "LAD19NM": ["Harborough", "Harborough"],
            "IMD19": ["29199", "30012"],
            "FID": ["1", "2"],
        }
    ),
    number="IMD19",
    required="IMD19",
    name="imd19",
)
_RANK = "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)"
_DECILE = "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOA"
ENGLAND_2025 = Good(
    pd.DataFrame(
        {
            "LSOA code (2021)": ["E01025662", "E01025663"],
            "LSOA name (2021)": ["Harborough 001A", "Harborough 001B"],
            "Local Authority District code (2024)": ["E07000131", "E07000131"],
            "Local Authority District name (2024)": ["Harborough", "Harborough"],
            _RANK: ["26525", "31203"],
            _DECILE: ["8", "10"],
        }
    ),
    number=_RANK,
    required="LSOA code (2021)",
    name="File_1",
    sheet="IMD25",
)
WALES = Good(
    pd.DataFrame(
        {
            "lsoa11cd": ["W01000001", "W01000105"],
            "lsoa11nm": ["Aberffraw & Rhosneigr 1", "Porthmadog East"],
            "ladcd": ["W06000001", "W06000002"],
            "ladnmw": ["Ynys MÃ´n", "Gwynedd"],
            "wimd_2019": ["885", "1141"],
        }
    ),
    number="wimd_2019",
    required="lsoa11cd",
    name="wimd",
)
EVERY = [ENGLAND_2019, ENGLAND_2025, WALES]


@pytest.fixture
def store(tmp_path):
    """A store that holds one LSOA of each index, none of them in the files tried."""
    store = Store(str(tmp_path / "store"))
    folder = tmp_path / "held"
    for number, good in enumerate(EVERY):
        (folder / str(number)).mkdir(parents=True)
        code = good.frame.columns[0]
        other = good.frame.iloc[:1].assign(**{code: good.frame[code].iloc[0][:-2] + "99"})
        deprivation.ingest([good.csv(folder / str(number), frame=other)], store)
    return store


def _taken(good, tmp_path, **changes):
    store = Store(str(tmp_path / "own"))
    taken = deprivation.ingest([good.csv(tmp_path, frame=good.frame.assign(**changes))], store)
    return store.read("deprivation").sort_values("lsoa_code", ignore_index=True), taken


def test_a_rank_of_a_district_is_out_of_all_england(tmp_path):
    """29,199 of 32,844 is 88.9%: the ninth tenth."""
    rows, taken = _taken(ENGLAND_2019, tmp_path)
    assert list(rows["index_name"]) == ["IMD 2019"] * 2
    assert list(rows["areas"]) == [32_844] * 2
    assert list(rows["rank"]) == [29_199, 30_012]
    assert list(rows["decile"]) == [9, 10]
    assert list(rows["lad_code"]) == ["E07000131"] * 2
    assert list(rows["lsoa_vintage"]) == [2011] * 2
    assert taken.sources.iloc[0]["rejections"] == "columns not taken: LAD19NM, FID"


def test_a_published_decile_is_kept(tmp_path):
    rows, _ = _taken(ENGLAND_2025, tmp_path)
    assert list(rows["index_name"]) == ["IMD 2025"] * 2
    assert list(rows["decile"]) == [8, 10]
    assert list(rows["areas"]) == [33_755] * 2


def test_wales_is_ranked_apart_and_its_garbled_names_are_not_taken(tmp_path):
    rows, taken = _taken(WALES, tmp_path)
    assert list(rows["country"]) == ["Wales"] * 2
    assert list(rows["areas"]) == [1_909] * 2
    assert not rows.astype("str").apply(lambda column: column.str.contains("Ã")).any(axis=None)
    assert taken.sources.iloc[0]["publisher"] == "Welsh Government"


def test_a_garbled_name_is_left_out_and_counted(tmp_path):
    rows, taken = _taken(WALES, tmp_path, lsoa11nm=["Felin-fÃ\u0083Â¢ch", "Pontprennau"])
    assert rows["lsoa_name"].isna().tolist() == [True, False]
    assert taken.sources.iloc[0]["rejections"].endswith("names garbled in the file, left out (1)")


@pytest.mark.parametrize(
    ("layout", "rank", "decile"),
    [
        # England 2025, read off the published deciles: the last rank of a tenth and the next.
        (0, 3_375, 1),
        (0, 3_376, 2),
        (0, 6_751, 2),
        (0, 16_877, 5),
        (0, 16_878, 6),
        (0, 33_755, 10),
        # Wales: the Welsh Government's first tenths are 1 to 191, 192 to 382, 383 to 573.
        (2, 191, 1),
        (2, 192, 2),
        (2, 382, 2),
        (2, 383, 3),
        (2, 955, 5),
        (2, 956, 6),
        (2, 1_909, 10),
    ],
)
def test_a_tenth_ends_where_its_publisher_ends_it(tmp_path, layout, rank, decile):
    good = {0: ENGLAND_2025, 2: WALES}[layout]
    index = index_of(read(good.csv(tmp_path)), LAYOUTS[layout])
    assert index.decile(pd.Series([rank])).tolist() == [decile]


def test_an_english_tenth_is_ten_ranks_over_the_areas_rounded_up(tmp_path):
    index = index_of(read(ENGLAND_2019.csv(tmp_path)), LAYOUTS[1])
    ranks = pd.Series(range(1, 32_845))
    by_hand = [math.ceil(10 * rank / 32_844) for rank in ranks]
    assert index.decile(ranks).tolist() == by_hand


def _welsh(ranks):
    codes = [f"W0100{number:04d}" for number in range(1, len(ranks) + 1)]
    frame = pd.DataFrame({"lsoa11cd": codes, "ladcd": "W06000001"})
    return Good(frame.assign(wimd_2019=[str(rank) for rank in ranks]), "wimd_2019", "lsoa11cd")


def test_in_a_whole_file_two_equal_areas_share_the_first_of_their_ranks(tmp_path):
    ranks = [1, 2, 2, *range(4, 1_910)]
    rows, _ = _taken(_welsh(ranks), tmp_path)
    assert rows["rank"].tolist() == ranks


@pytest.mark.parametrize(
    "ranks",
    [
        [1, 2, 2, 3, *range(5, 1_910)],
        [2, 2, *range(3, 1_910)],
        [1, 1, 1, *range(2, 1_908)],
    ],
)
def test_a_whole_file_whose_ranks_cannot_be_so_is_refused(tmp_path, store, ranks):
    path = _welsh(ranks).csv(tmp_path)
    error = refused(lambda path: deprivation.ingest([path], store), path, store)
    assert "are ranked before it" in error.what


@pytest.mark.parametrize(
    ("good", "changes", "says"),
    [
        (WALES, {"lsoa11cd": ["W01000001", "E01000105"]}, "'E01000105' is no LSOA of Wales"),
        (ENGLAND_2019, {"LSOA11CD": ["W01000001", "E01000105"]}, "is no LSOA of England"),
        (ENGLAND_2019, {"LSOA11CD": ["E02000001", "E01000105"]}, "is no LSOA of England"),
        (WALES, {"wimd_2019": ["1910", "1"]}, "is a rank out of 1,909 areas"),
        (WALES, {"wimd_2019": ["0", "1"]}, "'0' is below 1"),
        (WALES, {"wimd_2019": ["1.5", "1"]}, "is not a whole number"),
        (WALES, {"wimd_2019": [None, "1"]}, "a blank cell"),
        (ENGLAND_2025, {_DECILE: ["11", "10"]}, "there are ten"),
        (ENGLAND_2025, {_DECILE: ["2", "10"]}, "is not the tenth its rank is in"),
    ],
)
def test_a_faulty_rank_or_area_is_refused(tmp_path, store, good, changes, says):
    path = good.csv(tmp_path, frame=good.frame.assign(**changes))
    error = refused(lambda path: deprivation.ingest([path], store), path, store)
    assert says in error.what


@pytest.mark.parametrize(
    ("lsoa", "lad", "name", "areas"),
    [
        ("2011", "2013", "IMD 2015", 32_844),
        ("2011", "2019", "IMD 2019", 32_844),
        ("2021", "2024", "IMD 2025", 33_755),
    ],
)
def test_an_english_file_is_known_by_its_years_and_its_domains_are_not_taken(
    tmp_path, store, lsoa, lad, name, areas
):
    """In the layout of File 7, drawn here: scores, ranks and deciles of every domain."""
    frame = ENGLAND_2025.frame.assign(**{"Income Rank (where 1 is most deprived)": ["1", "2"]})
    frame = frame.rename(columns=lambda column: column.replace("2021", lsoa).replace("2024", lad))
    deprivation.ingest([ENGLAND_2025.csv(tmp_path, frame=frame)], store)
    rows = store.read("deprivation", where={"lsoa_code": list(ENGLAND_2025.frame.iloc[:, 0])})
    assert set(zip(rows["index_name"], rows["areas"], strict=True)) == {(name, areas)}
    assert sorted(rows["rank"]) == [26_525, 31_203]


def test_an_index_that_is_not_known_is_refused(tmp_path, store):
    frame = ENGLAND_2025.frame.rename(
        columns={"Local Authority District code (2024)": "Local Authority District code (2030)"}
    )
    path = ENGLAND_2025.csv(tmp_path, frame=frame)
    error = refused(lambda path: deprivation.ingest([path], store), path, store)
    assert "LSOAs of 2021 in districts of 2030 are those of no index known" in error.what


@pytest.mark.parametrize("good", EVERY)
def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store, good):
    for wrong, path in twins(good, tmp_path / "twins"):
        error = refused(lambda path: deprivation.ingest([path], store), path, store)
        assert error.remedy or wrong == "huge value", wrong


@pytest.mark.parametrize("good", EVERY)
def test_a_workbook_or_a_byte_order_mark_is_no_fault(tmp_path, store, good):
    assert deprivation.ingest([good.workbook(tmp_path)], store).sources["rows_stored"].sum() == 2
    again = deprivation.ingest([with_byte_order_mark(good, tmp_path)], store)
    assert again.unchanged == (f"{good.name}.csv",)


def test_a_rank_that_differs_from_one_held_is_refused(tmp_path, store):
    deprivation.ingest([WALES.csv(tmp_path)], store)
    path = WALES.csv(tmp_path, frame=WALES.frame.assign(wimd_2019=["886", "1141"]))
    error = refused(lambda path: deprivation.ingest([path], store), path, store)
    assert "W01000001 has rank, decile 886 5 here, and 885 5 in a file already held" in error.what


def test_a_part_held_already_is_not_stored_twice(tmp_path, store):
    deprivation.ingest([WALES.csv(tmp_path, frame=WALES.frame.iloc[:1])], store)
    deprivation.ingest([WALES.csv(tmp_path)], store)
    rows = store.read("deprivation")
    assert not rows.duplicated(["index_name", "lsoa_code"]).any()
    assert len(rows[rows["index_name"] == "WIMD 2019"]) == 3
