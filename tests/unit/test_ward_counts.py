"""Ward counts: a ward that is named and has no row had none; a ward that is not is unknown."""

import csv

import pandas as pd
import pytest

from cspnb.ingest import area_counts, ward_counts
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark
from tests.ward_counts_files import AIRPORT, GARDEN, HILLSIDE, newer, older, written

HOMES = ("BURGLARY", "RES BURGLARY OF A HOME")
SHOPS = ("BURGLARY", "BURGLARY BUSINESS AND COMMUNITY")
ROBBERY = ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY")

ROWS = [
    (*HOMES, HILLSIDE, {"202402": 3, "202403": 0}),
    (*SHOPS, HILLSIDE, {"202402": 1, "202403": 2}),
    (*ROBBERY, GARDEN, {"202402": 0, "202403": 4}),
]
"""Garden Suburb had no burglary, and so has no row of it; nothing is said of other wards."""


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(records, name="wards.csv", **options):
        return ward_counts.ingest([written(tmp_path / name, records)], store, **options)

    return take


def monthly(store, code, **what):
    """{month: count} of one ward, None where unknown."""
    frame, sources = store.read("area_counts"), store.sources()
    counts = area_counts.counted(frame, sources, codes=[code], **what)
    return {
        month: None if pd.isna(count) else count
        for month, count in zip(counts["start"], counts["count"], strict=True)
    }


def test_every_count_is_stored_the_zeros_too(take, store):
    taken = take(newer(ROWS))
    held = store.read("area_counts")
    assert (len(held), held["count"].sum(), (held["count"] == 0).sum()) == (6, 10, 2)
    assert set(held["start"]) == set(held["end"]) == {"2024-02", "2024-03"}
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"]) == (3, 6)
    assert source["publisher"] == "Metropolitan Police Service"


@pytest.mark.parametrize(
    ("ward", "what", "counts"),
    [
        (HILLSIDE, {"category": "BURGLARY"}, {"2024-02": 4, "2024-03": 2}),
        (HILLSIDE, {"category": HOMES[0], "subcategory": HOMES[1]}, {"2024-02": 3, "2024-03": 0}),
        # named, and no row: none
        (GARDEN, {"category": "BURGLARY"}, {"2024-02": 0, "2024-03": 0}),
        (GARDEN, {"category": SHOPS[0], "subcategory": SHOPS[1]}, {"2024-02": 0, "2024-03": 0}),
        # a ward the file does not name, and a category no row of it names: unknown
        (AIRPORT, {"category": "BURGLARY"}, {"2024-02": None, "2024-03": None}),
        (GARDEN, {"category": "DRUG OFFENCES"}, {"2024-02": None, "2024-03": None}),
        (GARDEN, {"category": "BURGLARY", "subcategory": "X"}, {"2024-02": None, "2024-03": None}),
    ],
)
def test_silence_is_zero_only_where_ward_and_category_are_named(take, store, ward, what, counts):
    take(newer(ROWS))
    assert monthly(store, ward[1], **what) == counts


def test_the_newest_edition_speaks_for_whole_months(take, store):
    """A revised count replaces the old one, and so does a row that has gone."""
    take(newer(ROWS), edition="2024-04")
    revised = [
        (*SHOPS, HILLSIDE, {"202403": 5, "202404": 6}),
        (*ROBBERY, GARDEN, {"202403": 1, "202404": 1}),
    ]
    take(newer(revised), "revised.csv", edition="2024-05")
    burglary = {"category": "BURGLARY"}
    assert monthly(store, HILLSIDE[1], **burglary) == {"2024-02": 4, "2024-03": 5, "2024-04": 6}
    homes = {"category": HOMES[0], "subcategory": HOMES[1]}
    assert monthly(store, HILLSIDE[1], **homes) == {
        "2024-02": 3,
        "2024-03": None,
        "2024-04": None,
    }, "the newer edition does not name the subcategory: renamed, not zero"


def test_an_older_edition_taken_in_later_does_not_speak(take, store):
    take(newer(ROWS), edition="2024-05")
    take(newer([(*SHOPS, HILLSIDE, {"202402": 9, "202403": 9})]), "old.csv", edition="2024-04")
    assert monthly(store, HILLSIDE[1], category="BURGLARY") == {"2024-02": 4, "2024-03": 2}


def test_an_edition_of_one_borough_leaves_the_others_as_they_were(take, store):
    rows = [*ROWS, (*SHOPS, AIRPORT, {"202402": 9, "202403": 6})]
    take(newer(rows), edition="2024-04")
    take(newer([(*SHOPS, HILLSIDE, {"202402": 8, "202403": 8})]), "b.csv", edition="2024-05")
    assert monthly(store, AIRPORT[1], category="BURGLARY") == {"2024-02": 9, "2024-03": 6}
    assert monthly(store, GARDEN[1], category="BURGLARY") == {"2024-02": None, "2024-03": None}


def test_aviation_security_keeps_its_own_name(take, store):
    take(newer([(*SHOPS, AIRPORT, {"202402": 9})]))
    assert set(store.read("area_counts")["district_name"]) == {"Aviation Security (SO18)"}


def test_wards_of_one_name_in_two_boroughs_stay_two(take, store):
    hillside_brent = ("Hillside", "E05000099", "Brent")
    take(newer([*ROWS, (*SHOPS, hillside_brent, {"202402": 70, "202403": 80})]))
    assert monthly(store, HILLSIDE[1], category="BURGLARY") == {"2024-02": 4, "2024-03": 2}
    assert monthly(store, "E05000099", category="BURGLARY") == {"2024-02": 70, "2024-03": 80}


def test_the_older_layout_has_names_of_several_words_and_quotation_marks(tmp_path, store):
    path = written(tmp_path / "older.csv", older(ROWS), quoting=csv.QUOTE_ALL)
    ward_counts.ingest([path], store)
    assert monthly(store, HILLSIDE[1], category="Burglary") == {"2024-02": 4, "2024-03": 2}


def test_the_same_file_again_changes_nothing(take, store):
    take(newer(ROWS))
    before = store.versions()
    assert take(newer(ROWS)).unchanged == ("wards.csv",)
    assert store.versions() == before


def test_later_months_without_an_edition_are_added(take, store):
    take(newer(ROWS))
    longer = [(*row[:3], row[3] | {"202404": 7}) for row in ROWS]
    taken = take(newer(longer), "longer.csv")
    assert taken.sources.iloc[0][["rows_stored", "rows_copied"]].tolist() == [3, 6]
    assert monthly(store, GARDEN[1], category="ROBBERY") == {
        "2024-02": 0,
        "2024-03": 4,
        "2024-04": 7,
    }


def records(*changes):
    """The file with cells put in: (row, column, value)."""
    rows = newer(ROWS)
    for row, column, value in changes:
        rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (records((0, 6, "202404")), "column of 2024-04 stands after that of 2024-02"),
        (records((0, 5, "202403"), (0, 6, "202402")), "months must be consecutive"),
        (records((0, 6, "202402")), "two columns are called '202402'"),
        (records((0, 6, "202413")), "'202413' is not a month"),
        (records((0, 6, "202402.1")), "'202402.1' is not a month"),
        (records((0, 5, "Burglaries"), (0, 6, "Robberies")), "no column is a month"),
        (records((1, 3, "E09000003")), "'E09000003' is the code of no ward"),
        (records((1, 5, "")), "line 2, column '202402': a blank cell"),
        (records((1, 5, "1.5")), "'1.5' is not a whole number"),
        (records((1, 5, "-2")), "'-2' is below"),
        (records((0, 4, "WardName2")), "no column for district_name"),
        (
            newer([*ROWS, (*HOMES, HILLSIDE, {"202402": 4, "202403": 0})]),
            "line 5, column 'WardCode': 'E05000011' has this category a second time",
        ),
    ],
)
def test_a_faulty_file_is_refused_by_line_and_column(tmp_path, store, rows, says):
    path = written(tmp_path / "faulty.csv", rows)
    error = refused(lambda path: ward_counts.ingest([path], store), path, store)
    assert says in str(error)


@pytest.mark.parametrize("edition", [None, "2024-04"])
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ((*HOMES, HILLSIDE, {"202402": 4, "202403": 0}), "has 4 RES BURGLARY OF A HOME in 2024-02"),
        # no row of it in the file held, which names both the ward and the kind: it said none
        ((*HOMES, GARDEN, {"202402": 2, "202403": 0}), "in 2024-02 here, and no in a file"),
    ],
)
def test_a_count_that_contradicts_one_of_its_edition_is_refused(
    tmp_path, store, take, edition, row, says
):
    take(newer(ROWS), edition=edition)
    path = written(tmp_path / "other.csv", newer([row]))
    error = refused(lambda path: ward_counts.ingest([path], store, edition=edition), path, store)
    assert says in str(error)
    assert "--edition" in error.remedy


def test_one_faulty_file_keeps_the_others_out(tmp_path, store):
    good = written(tmp_path / "good.csv", newer(ROWS))
    bad = written(tmp_path / "bad.csv", records((1, 5, "many")))
    refused(lambda path: ward_counts.ingest([good, path], store), bad, store)


HOSTILE = Good(
    pd.DataFrame(newer(ROWS)[1:], columns=newer(ROWS)[0]).astype("str"),
    number="202402",
    required="WardCode",
)


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    other = [(*ROBBERY, AIRPORT, {"201901": 1})]
    ward_counts.ingest([written(tmp_path / "held.csv", newer(other))], store)
    for _, path in twins(HOSTILE, tmp_path / "twins"):
        refused(lambda path: ward_counts.ingest([path], store), path, store)


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = ward_counts.ingest([with_byte_order_mark(HOSTILE, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [6]


def test_a_ward_whose_name_is_spelt_anew_is_not_counted_twice(take, store):
    take(newer(ROWS))
    spelt = ("HILLSIDE", *HILLSIDE[1:])
    rows = [(*row[:2], spelt if row[2] is HILLSIDE else row[2], row[3]) for row in ROWS]
    assert take(newer(rows), "spelt.csv").unchanged == ("spelt.csv",)
    assert monthly(store, HILLSIDE[1], category="BURGLARY") == {"2024-02": 4, "2024-03": 2}


def test_a_ward_under_two_names_of_a_borough_is_one_ward(take, store):
    """The airport's ward stands under its borough too, for what others recorded there."""
    hillingdon = (*AIRPORT[:2], "Hillingdon")
    take(newer([(*SHOPS, AIRPORT, {"202402": 9}), (*SHOPS, hillingdon, {"202402": 4})]))
    assert monthly(store, AIRPORT[1], category="BURGLARY") == {"2024-02": 13}
