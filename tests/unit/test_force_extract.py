"""A force's own extract: what is taken from it, what is refused, and which supply speaks.

The files are made by tests/extract_files.py, in the layout of no real force.
"""

import csv
from collections import Counter
from dataclasses import replace
from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import force_extract, lookup, sheets
from cspnb.ingest.extracts import rows
from cspnb.ingest.sample_mark import INVENTED
from cspnb.measures.supplied_records import monthly, placed
from cspnb.store import Store
from tests import extract_files
from tests.extract_files import FORCE, WORKBOOK, force_rows, key, records, write_csv, write_workbook
from tests.hostile import Good, refused, twins, with_byte_order_mark
from tests.places import REPO

SMALL = replace(
    FORCE,
    columns={"from": ("WHEN",), "offence": ("OFFENCE",), "lsoa": ("LSOA",)},
    ignore=(),
)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    """Takes lines of a file in, as they are written; `held` are the rows there are then."""

    def take(text, mapping=SMALL, name="extract.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return force_extract.ingest([path], store, mapping=mapping, **options)

    return take


@pytest.fixture
def rows_of(tmp_path):
    """The rows a file comes to, before any store has them."""

    def rows_of(text, mapping):
        path = tmp_path / "extract.csv"
        path.write_text(text, encoding="utf-8")
        return rows.records(sheets.read(path), mapping)

    return rows_of


@pytest.fixture
def refusal(take, store):
    def refusal(text, mapping=SMALL, **options):
        before = (store.versions(), len(store.sources()))
        with pytest.raises(IngestError) as caught:
            take(text, mapping, **options)
        assert (store.versions(), len(store.sources())) == before, "the store has changed"
        return str(caught.value)

    return refusal


def held(store):
    return store.read("supplied_records")


def by_csv(path):
    """The lines of a file, read with the csv module alone."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What a whole file comes to


def test_every_record_is_counted_in_the_month_it_was_recorded(tmp_path, store):
    path = write_csv(force_rows(records()), tmp_path / "force.csv")
    taken = force_extract.ingest([path], store, mapping=FORCE)

    rows, lines = held(store), by_csv(path)
    recorded = Counter(
        line["DATE_RECORDED"][6:] + "-" + line["DATE_RECORDED"][3:5] for line in lines
    )
    assert len(lines) == 3000
    assert rows["month"].value_counts().to_dict() == dict(recorded)
    assert rows["lsoa_code"].value_counts().to_dict() == Counter(
        line["LSOA"] for line in lines if line["LSOA"]
    )
    assert rows["category"].value_counts().to_dict() == Counter(
        line["OFFENCE_DESC"] for line in lines
    )
    assert rows["offence_code"].value_counts().to_dict() == Counter(
        line["HO_CODE"] for line in lines
    )
    assert rows["domestic"].eq("yes").sum() == sum(line["DV_FLAG"] == "Y" for line in lines)
    assert rows["domestic"].isna().sum() == sum(line["DV_FLAG"] == "" for line in lines)
    assert rows["alcohol"].eq("yes").sum() == sum(
        line["ALC_FLAG"] in ("yes", "1") for line in lines
    )
    assert rows["easting"].sum() == sum(float(line["X"]) for line in lines)
    assert rows["victim_key"].nunique() == len({line["VICTIM_HASH"] for line in lines})
    assert set(rows["partnership"]) == {"harborough"}
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_copied"]) == (3000, 3000, 0)
    assert (source["publisher"], source["licence"]) == ("A police force", "as supplied")


def test_a_workbook_with_other_column_names_tells_the_same(tmp_path, store):
    made = records(2000, seed=2)
    force_extract.ingest([write_workbook(made, tmp_path / "w.xlsx")], store, mapping=WORKBOOK)
    rows = held(store).set_index("record_key")
    assert len(rows) == 2000
    assert rows["month"].value_counts().to_dict() == Counter(f"{e['recorded']:%Y-%m}" for e in made)
    assert rows["domestic"].eq("yes").sum() == sum(each["domestic"] == "Y" for each in made)
    assert Counter(rows["from_at"].str[11:13]) == Counter(
        f"{each['begun']:%H}" if each["begun"].time() != datetime.min.time() else ""
        for each in made
    )


def test_the_generator_gives_the_same_records_for_the_same_seed():
    assert records(50, seed=3) == records(50, seed=3)
    assert records(50, seed=3) != records(50, seed=4)
    assert extract_files.key("crime", 1) == key("crime", 1)


# Dates and times

AT = replace(SMALL, columns={"from": ("D", "T"), "offence": ("O",)})
ONE = replace(SMALL, columns={"from": ("D",), "offence": ("O",)})


@pytest.mark.parametrize(
    ("dates", "date", "time", "begun"),
    [
        ("day first", "25/03/2014", "18:12", "2014-03-25T18:12"),
        ("day first", "5/3/2014", "9:30", "2014-03-05T09:30"),
        ("day first", "05.03.2014", "1812", "2014-03-05T18:12"),
        ("day first", "05-03-2014", "18:12:59", "2014-03-05T18:12"),
        ("day first", "25 Mar 2014", "", "2014-03-25"),
        ("day first", "25-MARCH-2014", "00:00", "2014-03-25T00:00"),
        ("day first", "25/03/2014 00:00:00", "18:12", "2014-03-25T18:12"),
        ("year first", "2014-03-25", "18:12", "2014-03-25T18:12"),
        ("year first", "2014/3/5", "", "2014-03-05"),
        ("day first", "30/03/2014", "01:30", "2014-03-30T01:30"),
        ("day first", "29/02/2012", "", "2012-02-29"),
    ],
)
def test_days_are_read_in_the_order_declared(rows_of, dates, date, time, begun):
    """At half past one on 30 March 2014 the clocks had gone forward: it is kept as it was told."""
    rows = rows_of(f"D,T,O\n{date},{time},Theft\n", replace(AT, dates=dates))
    assert list(rows["from_at"]) == [begun]
    assert list(rows["month"]) == [begun[:7]]


@pytest.mark.parametrize(
    ("dates", "date", "says"),
    [
        ("day first", "03/25/2014", "'0…' is a day that is not in the calendar"),
        ("day first", "31/02/2014", "is a day that is not in the calendar"),
        ("day first", "29/02/2014", "is a day that is not in the calendar"),
        ("day first", "25/03/14", "has a year of two digits"),
        ("day first", "25-Mar-14", "has a year of two digits"),
        ("day first", "2014-03-25", "is not a date written day first, as 25/03/2014"),
        ("year first", "25/03/2014", "is not a date written year first, as 2014-03-25"),
        ("day first", "41723", "is a spreadsheet's number for a date"),
        ("day first", "41723.75", "is a spreadsheet's number for a date"),
        ("day first", "25/03/0214", "is of a year out of all bounds"),
        ("year first", "2014-03-25T18:12:00Z", "has a zone of time"),
        ("year first", "2014-03-25 18:12 +01:00", "has a zone of time"),
        ("day first", "25/03/2014 24:00", "is midnight at the end of a day"),
        ("day first", "25/03/2014 6pm", "is not a time of day"),
        ("day first", "yesterday", "is not a date written day first"),
        ("day first", "", "is no answer, and every record needs one (from)"),
    ],
)
def test_a_date_that_could_be_another_is_refused_by_line(refusal, dates, date, says):
    text = f"D,O\n01/03/2014,Theft\n{date},Theft\n"
    if dates == "year first":
        text = text.replace("01/03/2014", "2014-03-01")
    told = refusal(text, replace(ONE, dates=dates))
    assert says in told
    assert "extract.csv, line 3, column 'D'" in told


@pytest.mark.parametrize("time", ["9.30", "930", "25:00", "18:60", "0.3", "6pm", "24:00", "5"])
def test_a_time_that_could_be_another_is_refused(refusal, time):
    told = refusal(f"D,T,O\n25/03/2014,{time},Theft\n", AT)
    assert "line 2, column 'T'" in told
    assert f"'{time[0]}…'" in told


def test_parts_of_a_day_are_times_where_they_cannot_be_hours_and_minutes(rows_of):
    """0.758333 of a day is 18:12, and with it in the column 0.5 is noon."""
    rows = rows_of(
        "D,T,O\n25/03/2014,0.7583333333,Theft\n25/03/2014,0.5,Theft\n25/03/2014,0,Theft\n", AT
    )
    assert list(rows["from_at"].str[11:]) == ["18:12", "12:00", "00:00"]


def test_two_times_of_one_date_are_refused(refusal):
    told = refusal("D,T,O\n25/03/2014 17:00,18:12,Theft\n", AT)
    assert "has a time of its own, beside the column of times" in told


def test_a_time_without_a_date_is_refused(refusal):
    both = replace(AT, columns=AT.columns | {"to": ("D2", "T2")})
    told = refusal("D,T,D2,T2,O\n25/03/2014,17:00,,18:12,Theft\n", both)
    assert "'1…' is a time without a date" in told


SPAN = replace(ONE, columns={"from": ("D",), "to": ("E",), "offence": ("O",)})


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        ("25/03/2014 18:12", "25/03/2014 18:11"),
        ("25/03/2014", "24/03/2014"),
        ("25/03/2014 18:12", "24/03/2014"),
    ],
)
def test_nothing_ends_before_it_begins(refusal, begun, ended):
    told = refusal(f"D,E,O\n{begun},{ended},Theft\n", SPAN)
    assert "before it began" in told
    assert "line 2, column 'E'" in told


@pytest.mark.parametrize("ended", ["25/03/2014", "25/03/2014 18:12", ""])
def test_the_same_day_is_no_earlier(rows_of, ended):
    rows = rows_of(f"D,E,O\n25/03/2014 18:12,{ended},Theft\n", SPAN)
    assert len(rows) == 1


def test_a_long_span_is_kept_and_told(take):
    taken = take("D,E,O\n01/01/2014,01/04/2014,Theft\n01/01/2014,02/04/2014,Theft\n", SPAN)
    assert "kept, with more than 90 days between from and to (1)" in taken.sources["rejections"][0]


def test_nothing_happens_after_the_month_the_file_was_supplied_in(refusal, take):
    text = "D,O\n01/04/2014,Theft\n"
    assert "a record of 2014-04 cannot be in a file supplied in 2014-03" in refusal(
        text, ONE, edition="2014-03"
    )
    take(text, ONE, edition="2014-04")


def workbook(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_real_dates_of_a_workbook_are_taken_whatever_the_order_of_text(tmp_path, store):
    rows = [("D", "T", "O"), (datetime(2014, 3, 4), datetime(2014, 1, 1, 18, 12).time(), "Theft")]
    force_extract.ingest([workbook(tmp_path / "w.xlsx", rows)], store, mapping=AT)
    assert list(held(store)["from_at"]) == ["2014-03-04T18:12"]


def test_dates_beside_text_are_days_taken_for_months(tmp_path, store):
    rows = [("D", "O"), (datetime(2014, 4, 3), "Theft"), ("13/04/2014", "Theft")]
    path = workbook(tmp_path / "w.xlsx", rows)
    error = refused(lambda p: force_extract.ingest([p], store, mapping=ONE), path, store)
    assert "a spreadsheet took the day for the month" in str(error)


# Places

WHERE = replace(
    SMALL,
    columns={
        "from": ("D",), "offence": ("O",), "lsoa": ("L",), "ward": ("W",), "district": ("A",),
        "easting": ("X",), "northing": ("Y",),
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ("Harborough 001A,,,,", "column 'L': 'H… 0…' is the code of no LSOA"),
        ("E02005362,,,,", "is the code of no LSOA"),
        ("Unknown,,,,", "Leave the cell blank where the place is not known"),
        (",E07000131,,,", "column 'W': 'E…' is the code of no ward"),
        (",,E10000018,,", "column 'A': 'E…' is the code of no district"),
        (",,,52.47,-0.92", "column 'X': '5…' is not in Great Britain, in metres"),
        (",,,0,0", "column 'X': '0…' is not in Great Britain"),
        (",,,800000,285000", "column 'X': '8…' is not in Great Britain"),
        (",,,477000,1400000", "column 'Y': '1…' is not in Great Britain"),
        (",,,SP730870,285000", "is not a plain number"),
        (",,,477000,", "are half a place"),
    ],
)
def test_a_place_that_is_none_is_refused(refusal, places, says):
    assert says in refusal(f"D,O,L,W,A,X,Y\n25/03/2014,Theft,{places}\n", WHERE)


def test_a_record_without_a_place_is_kept_and_told(take, store):
    taken = take(
        "D,O,L,W,A,X,Y\n25/03/2014,Theft,,,,,\n25/03/2014,Theft,,,,477000,285000.5\n", WHERE
    )
    assert len(held(store)) == 2
    assert taken.sources["rejections"][0] == "kept, without a place (1)"


# Keys

KEYED = replace(ONE, columns=ONE.columns | {"record_key": ("K",)})


@pytest.mark.parametrize(
    "keys",
    [
        ["3f2a9c1b7d4e8f60", "0123456789ABCDEF"],
        ["0x3f2a9c1b7d4e8f60", "0x0123456789abcdef"],
        ["123e4567-e89b-12d3-a456-426614174000"],
        ["q83vEjRWeJq83vEjRWeJA==", "n4bQgYhMfWWaL+qgxVrQFa"],
        ["k3x9p2m7q1z8", "a7b2c9d4e1f6g3"],
    ],
)
def test_hashed_keys_are_taken_and_hashed_once_more(rows_of, keys):
    rows = rows_of("D,O,K\n" + "".join(f"25/03/2014,Theft,{each}\n" for each in keys), KEYED)
    assert rows["record_key"].str.fullmatch("[0-9a-f]{64}").all()
    assert set(rows["record_key"]).isdisjoint(keys)


def test_a_key_is_stored_as_the_sha_256_of_its_supplier_and_itself(rows_of):
    """The digest was worked out with sha256sum: 'A police force', a line feed, the key."""
    rows = rows_of("D,O,K\n25/03/2014,Theft,3f2a9c1b7d4e8f60\n", KEYED)
    assert list(rows["record_key"]) == [
        "be66b77678097fdf8ccfa31310a967320b81e2b9b2c6abb20a365934e187eb8b",
    ]


@pytest.mark.parametrize(
    "keys",
    [
        ["LE/123/2014", "LE/124/2014"],
        ["14-0012345-LEICS", "14-0012346-LEICS"],
        ["LEICS000123456", "LEICS000123457"],
        ["9434765919", "9434765920"],
        ["2014032512345678", "2014032512345679"],
        ["25/03/2014"],
        ["Jonathan"],
        ["JonathanSmithson"],
        ["short1"],
        ["3f2a9c1b7d4e8f60", "LE/123/2014"],
        ["3f2a9c1b7d4e8f60", "=HYPERLINK(1)"],
        [f"LE14C{n:03}x9Z8" for n in range(30)],
    ],
)
def test_a_key_that_is_not_hashed_is_refused_and_not_printed(refusal, keys):
    told = refusal("D,O,K\n" + "".join(f"25/03/2014,Theft,{each}\n" for each in keys), KEYED)
    assert "column 'K'" in told
    assert not any(each in told for each in keys)
    assert "hash it" in told


def test_a_formula_in_words_is_kept_as_it_is_written(rows_of):
    rows = rows_of('D,O\n25/03/2014,"=HYPERLINK(""http://a.example"")"\n', ONE)
    assert list(rows["category"]) == ['=HYPERLINK("http://a.example")']


# Copies

K1, K2 = key("crime", 1), key("crime", 2)


def test_a_record_that_comes_twice_alike_is_a_copy(take, store):
    taken = take(
        f"D,O,K\n25/03/2014,Theft,{K1}\n25/03/2014,Theft,{K2}\n25/03/2014,Theft,{K1}\n", KEYED
    )
    assert len(held(store)) == 2
    assert list(taken.sources["rows_copied"]) == [1]


def test_a_record_with_two_contents_is_refused_by_line(refusal):
    told = refusal(f"D,O,K\n25/03/2014,Theft,{K1}\n25/03/2014,Arson,{K1}\n", KEYED)
    assert "the record of line 2 is here again, with another category" in told
    assert "line 3" in told


def test_two_records_alike_without_a_key_are_two_records(take, store):
    take("D,O\n25/03/2014,Theft\n25/03/2014,Theft\n", ONE)
    take(f"D,O,K\n25/05/2014,Theft,{K1}\n25/05/2014,Theft,\n25/05/2014,Theft,\n", KEYED, "b.csv")
    assert held(store)["month"].value_counts().to_dict() == {"2014-03": 2, "2014-05": 3}


# Columns

HEAD = "WHEN,OFFENCE,LSOA"
LINE = "25/03/2014,Theft,E01025662"


def test_a_column_that_is_not_there_is_named_with_the_nearest(refusal):
    told = refusal("WHEN,OFFENCE,LSOA_\n" + LINE)
    assert "there is no column 'LSOA'" in told
    assert "Did you mean 'LSOA_'?" in told
    assert "params/partnerships/harborough.yml, extract 'force-extract'" in told


def test_a_column_nobody_spoke_of_is_refused(refusal, take, store):
    text = f"{HEAD},BEAT,Team\n{LINE},NH01,North\n"
    told = refusal(text)
    assert "2 columns are neither mapped nor ignored: 'BEAT', 'Team'" in told
    take(text, replace(SMALL, ignore=("BEAT", "Team", "not here")))
    assert len(held(store)) == 1


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Q7", ["John Smith", "Mary Jones"], "names of people"),
        ("VICTIM_DOB", ["a", "b"], "dates of birth"),
        ("REF2", ["07911 123456", ""], "telephone numbers"),
        ("PC", ["LE16 7AB", ""], "full postcodes"),
        ("REF3", ["a@example.org", ""], "e-mail addresses"),
    ],
)
def test_personal_data_is_refused_in_a_column_that_is_ignored(refusal, header, cells, kind):
    lines = "".join(f"{LINE},{cell}\n" for cell in cells)
    told = refusal(f"{HEAD},{header}\n{lines}", replace(SMALL, ignore=(header,)))
    assert f"'{header}' ({kind}" in told
    assert not any(cell in told for cell in cells if len(cell) > 1)


def test_dates_of_birth_are_told_from_the_dates_of_the_offences(refusal):
    lines = "".join(
        f"{day}/03/2014,Theft,E01025662,0{day % 9}/01/19{60 + day}\n" for day in range(10, 20)
    )
    lines = lines.replace(",00/", ",01/")
    assert "'WAS' (dates of birth" in refusal(
        f"{HEAD},WAS\n{lines}", replace(SMALL, ignore=("WAS",))
    )


def test_a_column_declared_harmless_is_taken(rows_of):
    text = f"{HEAD},Notes\n{LINE},x\n"
    rows = rows_of(text, replace(SMALL, ignore=("Notes",), not_personal=("Notes",)))
    assert len(rows) == 1


FLAGGED = replace(ONE, columns=ONE.columns | {"hate": ("H",)}, yes=("Y",), no=("N",))


def test_a_flag_says_yes_or_no_or_that_it_is_not_known(rows_of):
    rows = rows_of("D,O,H\n25/03/2014,Theft,y\n25/03/2014,Theft,N\n25/03/2014,Theft,\n", FLAGGED)
    assert list(rows["hate"].fillna("?")) == ["yes", "no", "?"]


def test_a_blank_flag_means_no_only_where_the_partnership_says_so(rows_of):
    rows = rows_of(
        "D,O,H\n25/03/2014,Theft,y\n25/03/2014,Theft,\n", replace(FLAGGED, blank_is_no=True)
    )
    assert list(rows["hate"]) == ["yes", "no"]


def test_a_flag_of_another_word_is_refused(refusal):
    told = refusal("D,O,H\n25/03/2014,Theft,P\n", FLAGGED)
    assert "column 'H': 'P…' counts neither as yes nor as no" in told


EVERYTHING = replace(
    FLAGGED,
    columns={
        "from": ("D", "T"), "to": ("E",), "offence": ("O",), "hate": ("H",), "lsoa": ("L",),
        "ward": ("W",), "district": ("A",), "easting": ("X",), "northing": ("Y",),
        "record_key": ("K",),
    },
)  # fmt: skip
A_ROW = {
    "D": "25/03/2014", "T": "18:12", "E": "25/03/2014", "O": "Theft", "H": "Y",
    "L": "E01025662", "W": "", "A": "", "X": "", "Y": "", "K": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        ("H", "Y - Mrs Jane Smith of Kibworth rang", "'Y… -… M…' counts neither"),
        ("D", "John Smith 12/03/1970", "'J… S… 1…' is not a date"),
        ("T", "Jane rang at nine", "'J… r… a…' is not a time"),
        ("E", "Smith 03/70", "'S… 0…' is not a date"),
        ("L", "Jane Smith Kibworth", "'J… S… K…' is the code of no LSOA"),
        ("W", "Jane Smith Kibworth", "'J… S… K…' is the code of no ward"),
        ("A", "Jane Smith Kibworth", "'J… S… K…' is the code of no district"),
        ("X", "Smith's house", "'S… h…' is not a plain number"),
        ("K", "Smith's case", "'S… c…'"),
        ("E", "12/03/1970", "before it began"),
    ],
)
def test_no_cell_of_a_record_is_printed_in_an_error(refusal, column, cell, shown):
    """It may stand in the wrong column, and hold a name that no rule knows."""
    lines = [",".join(A_ROW), *[",".join(A_ROW.values())] * 30]
    told = refusal("\n".join([*lines, ",".join((A_ROW | {column: cell}).values())]), EVERYTHING)
    assert shown in told
    assert f"line 32, column '{column}'" in told
    for secret in ("Jane", "Smith", "Kibworth", "1970", "rang", "house"):
        assert secret not in told


@pytest.mark.parametrize("text", ["25/03/2014,Theft,Ada Garside\n" * 2, f"{HEAD}\n{LINE},Garside"])
def test_nor_where_names_of_columns_are_lacking_or_a_comma_is_one_too_many(refusal, text):
    assert "Garside" not in refusal(text)


CODED = replace(
    ONE,
    columns=ONE.columns | {"status": ("S",), "offence_code": ("C",)},
)
NARRATIVES = [
    "john smith hit his wife mary smith",
    "entered by the back door and left again with goods and was seen by a neighbour",
    "a" * 101,
]


@pytest.mark.parametrize("column", ["O", "S", "C"])
@pytest.mark.parametrize("cell", NARRATIVES)
def test_what_happened_in_words_is_no_offence_status_or_code(refusal, column, cell):
    """One such cell is enough, among others that are names of offences."""
    plain = {"D": "25/03/2014", "O": "Burglary dwelling", "S": "Open", "C": "28E"}
    lines = [",".join(plain), *[",".join(plain.values())] * 30]
    told = refusal("\n".join([*lines, ",".join((plain | {column: cell}).values())]), CODED)
    assert f"line 32, column '{column}'" in told
    assert "tells what happened, or names somebody" in told
    assert cell not in told


@pytest.mark.parametrize(
    "offence",
    [
        "burglary dwelling",
        "Market Harborough",
        "anti-social behaviour - nuisance (rowdy)",
        "Racially or Religiously Aggravated Public Fear, Alarm or Distress",
        "Driving Motor Vehicle In Excess Of 30 Mph On Restricted Road",
        "Threat or Possession With Intent to Commit Criminal Damage",
        "Theft From John Lewis",
    ],
)
def test_names_of_offences_are_taken_whole(rows_of, offence):
    text = f'D,O,S,C\n25/03/2014,"{offence}",Open,28E\n'
    assert list(rows_of(text, CODED)["category"]) == [offence]


def test_every_offence_of_the_home_offices_list_is_taken_whole(rows_of):
    with (REPO / "cspnb" / "offences" / "codes.csv").open(encoding="utf-8", newline="") as file:
        named = sorted({line["description"] for line in csv.DictReader(file)})
    text = "D,O\n" + "".join(f'25/03/2014,"{name}"\n' for name in named)
    assert list(rows_of(text, ONE)["category"]) == named


def test_a_column_of_long_names_can_be_declared_harmless(rows_of):
    text = f"D,O\n25/03/2014,{NARRATIVES[1]}\n"
    assert len(rows_of(text, replace(ONE, not_personal=("O",)))) == 1


def test_an_offence_left_blank_is_refused(refusal):
    assert "column 'O': a blank cell is no answer" in refusal("D,O\n25/03/2014,\n", ONE)


def test_an_extract_of_cases_goes_through_the_other_door(refusal):
    assert "of kind 'case', and this source takes offence or incident" in refusal(
        "D,O\n", replace(ONE, kind="case")
    )


# Months and editions

APRIL = "WHEN,OFFENCE,LSOA\n01/04/2014,Theft,E01025662\n02/04/2014,Theft,E01025662\n"
AGAIN = "WHEN,OFFENCE,LSOA\n01/04/2014,Theft,E01025662\n03/05/2014,Arson,E01025662\n"


def test_the_same_file_again_changes_nothing(take, store):
    take(APRIL)
    before = store.versions()
    assert take(APRIL, name="again.csv").unchanged == ("again.csv",)
    assert take(APRIL, edition="2014-06").unchanged == ("extract.csv",)
    assert store.versions() == before


def test_other_records_of_months_held_need_an_edition(take, refusal):
    take(APRIL, name="first.csv")
    told = refusal(AGAIN)
    assert (
        "its months (2014-04 to 2014-05) are also those of first.csv (2014-04 to 2014-04)" in told
    )
    assert "--edition YYYY-MM" in told


def test_and_an_edition_of_their_own(take, refusal):
    take(APRIL, edition="2014-06")
    assert "supplied in 2014-06" in refusal(AGAIN, edition="2014-06")


def in_force(store):
    rows = force_extract.in_force(held(store), store.sources())
    return Counter(zip(rows["month"], rows["category"], strict=True))


def test_the_newest_edition_speaks_for_whole_months(take, store):
    """April was supplied three times, and the second supply had one record of it, not two."""
    take(APRIL, name="first.csv")
    take(AGAIN, name="second.csv", edition="2014-06")
    take(
        APRIL + "03/04/2014,Arson,E01025662\n01/03/2014,Theft,E01025662\n",
        name="third.csv",
        edition="2014-05",
    )
    assert in_force(store) == {
        ("2014-03", "Theft"): 1,
        ("2014-04", "Theft"): 1,
        ("2014-05", "Arson"): 1,
    }
    assert len(held(store)) == 2 + 2 + 4


def test_partnerships_and_streams_do_not_speak_for_one_another(take, store):
    take(APRIL, name="first.csv")
    take(AGAIN, replace(SMALL, partnership="melton"), name="second.csv")
    take(AGAIN, replace(SMALL, stream="incidents"), name="third.csv")
    assert sum(in_force(store).values()) == 6


def test_a_month_without_any_record_is_not_passed_over(refusal):
    told = refusal(APRIL + "01/08/2014,Theft,E01025662\n")
    assert "2014-04 to 2014-08, with none of 3 months between (2014-05, 2014-06, 2014-07)" in told
    assert "--months" in told


def test_old_records_that_stray_in_are_left_out_and_counted(take, store):
    """The file was drawn for April and May 2014; two offences were of long before."""
    text = AGAIN + "01/06/1987,Theft,E01025662\n31/03/2014,Theft,E01025662\n"
    taken = take(text, months="2014-04..2014-05")
    assert sorted(held(store)["month"]) == ["2014-04", "2014-05"]
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (4, 2, 2)
    assert source["rejections"] == "outside the months 2014-04..2014-05 (2)"


def test_a_file_with_none_of_the_months_is_refused(refusal):
    assert "no record is of 2013/14" in refusal(APRIL, months="2013/14")


def two_files(tmp_path, one, other):
    paths = [tmp_path / "one.csv", tmp_path / "other.csv"]
    for path, text in zip(paths, (one, other), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_parts_of_one_supply_share_months_where_keys_tell_copies(tmp_path, store):
    one = f"D,O,K\n25/03/2014,Theft,{K1}\n26/03/2014,Theft,{K2}\n"
    other = f"D,O,K\n26/03/2014,Theft,{K2}\n27/03/2014,Arson,{key('crime', 3)}\n"
    paths = two_files(tmp_path, one, other)
    taken = force_extract.ingest(paths, store, mapping=KEYED, edition="2014-04")
    assert list(taken.sources["rows_stored"]) == [2, 1]
    assert list(taken.sources["rows_copied"]) == [0, 1]
    assert sum(in_force(store).values()) == 3
    before = store.versions()
    again = force_extract.ingest(paths, store, mapping=KEYED, edition="2014-04")
    assert again.unchanged == ("one.csv", "other.csv")
    assert store.versions() == before


@pytest.mark.parametrize(
    ("mapping", "one", "other", "says"),
    [
        (ONE, "D,O\n25/03/2014,A\n", "D,O\n25/03/2014,B\n", "no record keys to tell by"),
        (
            KEYED,
            f"D,O,K\n25/03/2014,Theft,{K1}\n",
            f"D,O,K\n25/03/2014,Arson,{K1}\n",
            "the record has another content in one.csv",
        ),
    ],
)
def test_else_the_whole_supply_is_refused(tmp_path, store, mapping, one, other, says):
    with pytest.raises(IngestError) as caught:
        force_extract.ingest(two_files(tmp_path, one, other), store, mapping=mapping)
    assert says in str(caught.value)
    assert not store.exists()


def test_invented_records_say_so_and_make_a_sample(take, store):
    taken = take(f"{HEAD},source_note\n25/03/2014,Theft,E01990001,{INVENTED}\n")
    assert taken.sources["is_sample"].all()


# What must not come in

GOOD = Good(
    pd.DataFrame(force_rows(records(40, seed=5, days=50)), dtype="str"),
    number="X",
    required="OFFENCE_DESC",
)


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    other = write_csv(
        force_rows(records(20, seed=9, start="2010-01-01", days=20)), tmp_path / "o.csv"
    )
    force_extract.ingest([other], store, mapping=FORCE)
    for wrong, path in twins(GOOD, tmp_path / "twins"):
        error = refused(
            lambda path: force_extract.ingest([path], store, mapping=FORCE), path, store
        )
        assert error.remedy or wrong == "huge value", wrong


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = force_extract.ingest([with_byte_order_mark(GOOD, tmp_path)], store, mapping=FORCE)
    assert list(taken.sources["rows_stored"]) == [40]


# Reading


def test_records_are_counted_by_month_and_a_month_without_any_is_unknown():
    """June has none of any kind: nobody knows. May has others: none of burglary, for certain."""
    table = pd.DataFrame(
        [
            ("2014-04", "offence", "Burglary", "28A", "yes", "E07000131"),
            ("2014-04", "offence", "Burglary", "28A", None, "E07000133"),
            ("2014-04", "incident", "Noise", None, "no", "E07000131"),
            ("2014-05", "offence", "Theft", "45", None, "E07000131"),
            ("2014-07", "offence", "Break-in", "28A", "no", "E07000131"),
        ],
        columns=["month", "kind", "category", "offence_code", "domestic", "lad_code"],
    ).astype("str")

    def counts(**wanted):
        return [None if pd.isna(n) else int(n) for n in monthly(table, **wanted)["count"]]

    assert counts() == [3, 1, None, 1]
    assert counts(kind="offence") == [2, 1, None, 1]
    assert counts(categories=["Burglary"]) == [2, 0, None, 0]
    assert counts(offence_codes=["28A"]) == [2, 0, None, 1]
    assert counts(offence_codes=["45"], categories=["Break-in"]) == [0, 1, None, 1]
    assert counts(districts=["E07000131"]) == [2, 1, None, 1]
    assert counts(flag="domestic") == [1, None, None, 0]
    assert counts(flag="domestic", categories=["Burglary"]) == [1, 0, None, 0]
    told = monthly(table, flag="domestic").set_index("month")
    assert list(told["status"]) == ["sound", "absent", "absent", "sound"]
    assert (
        "does not say of any record of this month whether it is domestic"
        in told["reason"]["2014-05"]
    )
    assert "has no record of this month" in told["reason"]["2014-06"]


def test_a_record_is_in_the_district_it_names_or_else_in_that_of_its_lsoa(tmp_path, store):
    """The lookup knows the first LSOA only; the second record names another district itself."""
    path = tmp_path / "lookup.csv"
    path.write_text(
        "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM\nE01025662,Harborough 001A,E07000131,Harborough\n",
        encoding="utf-8",
    )
    lookup.ingest([path], store)
    table = pd.DataFrame(
        {
            "lsoa_code": ["E01025662", "E01025662", "E01029999", None],
            "lad_code": [None, "E07000133", None, None],
        },
        dtype="str",
        index=[5, 6, 7, 8],
    )
    found = placed(table, store.read("geography"))["lad_code"]
    assert list(found.fillna("-")) == ["E07000131", "E07000133", "-", "-"]


def test_an_empty_store_has_no_records_in_force(store):
    assert force_extract.in_force(held(store), store.sources()).empty


def test_no_records_cover_no_months():
    nothing = pd.DataFrame(
        columns=["month", "kind", "category", "offence_code", "domestic", "lad_code"], dtype="str"
    )
    assert monthly(nothing, flag="domestic").empty
