"""A suppressed table as its reader sees it, and as it is downloaded."""

import json

import pandas as pd

from cspnb import tables
from cspnb.measures.suppression import rounded, suppressed
from cspnb.periods import Period

YEAR = Period.parse("2013/14")
ABOUT = {"subject": "Hate crimes by ward", "area": "Harborough", "period": YEAR}


def by_ward(**columns):
    wards = pd.Index(["Bosworth", "Kibworth", "Lutterworth"], name="Ward")
    return pd.DataFrame(columns, index=wards, dtype="Int64")


SECRET = by_ward(Race=[2, 25, 60], Faith=[4711, 5310, 6120])


def test_hidden_counts_are_marked_on_the_page_and_in_the_data():
    exhibit = tables.suppressed(suppressed(SECRET), **ABOUT)
    assert exhibit.title == "Hate crimes by ward: 4 counts of 12 are hidden"
    assert exhibit.subtitle == "Hate crimes by ward, Harborough, 2013/14"
    assert exhibit.body.rows == (
        ("Bosworth", "[c]", "[c]", "4,713"),
        ("Kibworth", "[c]", "[c]", "5,335"),
        ("Lutterworth", "60", "6,120", "6,180"),
        ("Total", "87", "16,141", "16,228"),
    )
    assert exhibit.body.columns[0] == "Ward"
    assert exhibit.data["Race"].tolist() == ["[c]", "[c]", 60, 87]
    assert exhibit.notes == (
        "[c] stands for a small count that is kept confidential, or one that would give such a "
        "count away.",
    )


def test_no_form_of_the_exhibit_holds_a_hidden_count():
    exhibit = tables.suppressed(suppressed(SECRET), **ABOUT)
    forms = (exhibit.to_html(), exhibit.to_text(), json.dumps(exhibit.to_json()), repr(exhibit))
    for form in forms:
        assert "4711" not in form.replace(",", "")
        assert "5310" not in form.replace(",", "")


def test_rounded_counts_say_so():
    exhibit = tables.suppressed(rounded(by_ward(Race=[2, 25, 61])), **ABOUT)
    assert exhibit.title == "Hate crimes by ward: rounded to the nearest 5"
    assert [row[1] for row in exhibit.body.rows] == ["0", "25", "60", "85"]
    assert "rounded to the nearest 5" in exhibit.notes[0]


def test_where_nothing_is_small_nothing_is_said_of_hiding():
    exhibit = tables.suppressed(suppressed(by_ward(Race=[20, 25, None])), **ABOUT)
    assert exhibit.title == "Hate crimes by ward: no count is small"
    assert [row[1] for row in exhibit.body.rows] == ["20", "25", "–", "–"]
    assert exhibit.notes == ("A dash stands where a count is not held.",)


def test_a_table_too_small_to_be_shown_says_why():
    exhibit = tables.suppressed(suppressed(by_ward(Race=[1, 1, 1])), **ABOUT)
    assert exhibit.title == "Hate crimes by ward: too few to be shown"
    assert "so few that any of them could be worked out" in exhibit.notes[0]
