"""Yearly counts of LSOAs: a major category and a minor one are never added together."""

import zipfile

import pandas as pd
import pytest

from cspnb.ingest import lsoa_counts
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

HEAD = "LSOA11CD,LSOA11NM,MSOA11CD,MSOA11NM,LAD11CD,LAD11NM,2019,2020,2021\n"
ONE = "E01000115,Barnet 009A,E02000032,Barnet 009,E09000003,Barnet,"
TWO = "E01000116,Barnet 009B,E02000032,Barnet 009,E09000003,Barnet,"
BURGLARY = HEAD + ONE + "18.0,16.0,14.0\n" + TWO + "0.0,3.0,2.0\n"
THEFT = HEAD + ONE + "30.0,20.0,25.0\n" + TWO + "5.0,5.0,5.0\n"
BICYCLES = HEAD + ONE + "4.0,0.0,1.0\n" + TWO + "1.0,1.0,1.0\n"
NOTHING = HEAD + ONE + "0.0,0.0,0.0\n" + TWO + "0.0,0.0,0.0\n"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def file(tmp_path):
    def file(text, name="london-major-burglary.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def yearly(store, code, category):
    frame, sources = store.read("area_counts"), store.sources()
    counts = lsoa_counts.yearly(frame, sources, codes=[code], category=category)
    return {
        int(year): None if pd.isna(count) else count
        for year, count in zip(counts["year"], counts["count"], strict=True)
    }


def test_years_are_calendar_years_and_decimals_are_counts(store, file):
    lsoa_counts.ingest([file(BURGLARY)], store)
    held = store.read("area_counts")
    assert (len(held), held["count"].sum()) == (6, 53)
    assert set(zip(held["start"], held["end"], strict=True)) == {
        ("2019-01", "2019-12"),
        ("2020-01", "2020-12"),
        ("2021-01", "2021-12"),
    }
    assert yearly(store, "E01000115", "burglary") == {2019: 18, 2020: 16, 2021: 14}


def test_a_minor_category_is_never_part_of_a_major_one(store, file):
    """Bicycles are among all thefts already: 30 in 2019, not 34."""
    major = file(THEFT, "london-major-theft-all.csv")
    minor = file(BICYCLES, "london-minor-theft-bicycle.csv")
    lsoa_counts.ingest([major, minor], store)
    assert yearly(store, "E01000115", "theft-all") == {2019: 30, 2020: 20, 2021: 25}
    assert yearly(store, "E01000115", "theft-bicycle") == {2019: 4, 2020: 0, 2021: 1}
    held = store.read("area_counts")
    assert set(held.loc[held["category"].eq("theft-bicycle"), "subcategory"]) == {"theft-bicycle"}
    assert held.loc[held["category"].eq("theft-all"), "subcategory"].isna().all()


def test_an_area_that_is_not_named_is_unknown(store, file):
    lsoa_counts.ingest([file(BURGLARY)], store)
    assert yearly(store, "E01000999", "burglary") == {2019: None, 2020: None, 2021: None}


def test_an_archive_is_read_and_its_files_are_named(tmp_path, store):
    path = tmp_path / "london.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/london-major-burglary.csv", BURGLARY)
        archive.writestr("data/london-minor-theft-bicycle.csv", BICYCLES)
        archive.writestr("data/readme.txt", "Counts.")
    taken = lsoa_counts.ingest([path], store)
    assert list(taken.sources["file_name"]) == ["london.zip", "london.zip"]
    assert taken.sources["member"].iloc[0] == "data/london-major-burglary.csv"
    assert taken.ignored == ("london.zip: data/readme.txt",)


def test_a_folder_is_read_and_what_is_beside_the_files_is_named(tmp_path, store):
    folder = tmp_path / "london"
    folder.mkdir()
    (folder / "london-major-burglary.csv").write_text(BURGLARY, encoding="utf-8")
    (folder / "readme.txt").write_text("Counts.", encoding="utf-8")
    taken = lsoa_counts.ingest([folder], store)
    assert list(taken.sources["file_name"]) == ["london-major-burglary.csv"]
    assert taken.ignored == ("readme.txt",)


def test_a_folder_without_files_of_counts_is_refused(tmp_path, store):
    folder = tmp_path / "empty"
    folder.mkdir()
    refused(lambda path: lsoa_counts.ingest([path], store), folder, store)


def test_a_category_that_is_zero_everywhere_says_nothing(store, file):
    both = [file(BURGLARY), file(NOTHING, "london-major-sexual.csv")]
    taken = lsoa_counts.ingest(both, store)
    assert taken.ignored == ("london-major-sexual.csv (every figure is zero)",)
    assert set(store.read("area_counts")["category"]) == {"burglary"}


@pytest.mark.parametrize(
    ("last", "says"),
    [
        # 19 in 2020: 80% is 15.2
        (("14.0", "2.0"), None),
        (("13.0", "2.0"), "2021 may be incomplete: 15 offences in all, against 19 in 2020"),
    ],
)
def test_a_low_last_year_is_noted_and_kept(store, file, last, says):
    text = HEAD + ONE + f"18.0,16.0,{last[0]}\n" + TWO + f"0.0,3.0,{last[1]}\n"
    source = lsoa_counts.ingest([file(text)], store).sources.iloc[0]
    assert (source["rejections"] if says else pd.isna(source["rejections"])) == (says or True)
    assert source["rows_stored"] == 6


@pytest.mark.parametrize(
    ("later", "doubt"),
    [
        (None, (2021, "2021 may be incomplete: 15 offences in all, against 19 in 2020")),
        # a later file has a year after it, or more of that year
        ({"2021": "2021,2022", "13.0": "13.0,13.0", "2.0": "2.0,2.0"}, None),
        ({"13.0": "17.0"}, None),
    ],
)
def test_the_last_year_is_in_doubt_until_a_later_file_settles_it(store, file, later, doubt):
    text = HEAD + ONE + "18.0,16.0,13.0\n" + TWO + "0.0,3.0,2.0\n"
    lsoa_counts.ingest([file(text)], store, edition="2022-02")
    if later:
        for old, new in later.items():
            text = text.replace(old, new)
        path = file(text, "later-major-burglary.csv")
        lsoa_counts.ingest([path], store, edition="2023-02")
    frame, sources = store.read("area_counts"), store.sources()
    assert lsoa_counts.year_in_doubt(frame, sources, "burglary") == doubt
    assert lsoa_counts.year_in_doubt(frame, sources, "robbery") is None


def test_the_newest_edition_speaks(store, file):
    lsoa_counts.ingest([file(BURGLARY)], store, edition="2022-02")
    revised = file(BURGLARY.replace("14.0", "17.0"), "revised-major-burglary.csv")
    lsoa_counts.ingest([revised], store, edition="2022-06")
    assert yearly(store, "E01000115", "burglary") == {2019: 18, 2020: 16, 2021: 17}


def test_the_same_file_again_changes_nothing(store, file):
    lsoa_counts.ingest([file(BURGLARY)], store)
    before = store.versions()
    assert lsoa_counts.ingest([file(BURGLARY)], store).unchanged == ("london-major-burglary.csv",)
    assert store.versions() == before


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        (BURGLARY, "burglary.csv", "does not say which category"),
        (BURGLARY.replace("2020", "2018"), "a-major-b.csv", "2019, 2018, 2021"),
        (BURGLARY.replace(",2020", ",2022"), "a-major-b.csv", "must be consecutive"),
        (BURGLARY.replace("2020", "2019"), "a-major-b.csv", "two columns are called '2019'"),
        (BURGLARY.replace("18.0", "18.5"), "a-major-b.csv", "'18.5' is not a whole number"),
        (BURGLARY.replace("18.0", ""), "a-major-b.csv", "line 2, column '2019': a blank cell"),
        (BURGLARY.replace("E01000116", "E01000115"), "a-major-b.csv", "stands in the file a secon"),
        (BURGLARY.replace("E01000116", "E02000116"), "a-major-b.csv", "is the code of no LSOA"),
        (BURGLARY.replace("LSOA11CD", "LSOA"), "a-major-b.csv", "no column reads LSOA11CD"),
        ("LSOA11CD,LSOA11NM,LAD11NM\nE01000115,B,C\n", "a-major-b.csv", "no column is a year"),
    ],
)
def test_a_faulty_file_is_refused(store, file, text, name, says):
    error = refused(lambda path: lsoa_counts.ingest([path], store), file(text, name), store)
    assert says in str(error)


def test_a_count_that_contradicts_one_held_is_refused(store, file):
    lsoa_counts.ingest([file(BURGLARY)], store)
    path = file(BURGLARY.replace("14.0", "17.0"), "revised-major-burglary.csv")
    error = refused(lambda path: lsoa_counts.ingest([path], store), path, store)
    assert "E01000115 has 17 burglary in 2021-01 here, and 14 in a file already held" in str(error)


HOSTILE = Good(
    pd.DataFrame(
        {
            "LSOA11CD": ["E01000115", "E01000116"],
            "LSOA11NM": ["Barnet 009A", "Barnet 009B"],
            "LAD11NM": ["Barnet", "Barnet"],
            "2020": ["16.0", "3.0"],
            "2021": ["14.0", "2.0"],
        }
    ),
    number="2021",
    required="LSOA11CD",
    name="london-major-burglary",
)


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(store, file, tmp_path):
    lsoa_counts.ingest([file(BICYCLES, "london-minor-theft-bicycle.csv")], store)
    for _, path in twins(HOSTILE, tmp_path / "twins"):
        refused(lambda path: lsoa_counts.ingest([path], store), path, store)


def test_a_byte_order_mark_alone_is_no_fault(store, tmp_path):
    taken = lsoa_counts.ingest([with_byte_order_mark(HOSTILE, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [4]
