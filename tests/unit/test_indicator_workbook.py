"""A workbook that was filled in gives exactly the figures typed, or says what is wrong."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import indicators, lookup
from cspnb.params import load_measures, load_partnership
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.store import Store
from cspnb.workbook import form, save
from tests.places import REPO

PROJECT = Project(REPO)
MEASURES = load_measures(PROJECT)
ASKED = (
    "anti_social_behaviour",
    "primary_fires",
    "secondary_fires",
    "reoffending",
    "user_satisfaction",
    "feels_safe_after_dark",
)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def book(tmp_path):
    """The workbook as it goes out to Harborough's partners: ASB and fires, three years."""
    harborough = load_partnership(PROJECT, "harborough")
    asked = form(harborough, MEASURES, Period.parse("2013/14"), years=3, only=ASKED)
    return openpyxl.load_workbook(save(asked, tmp_path / "blank.xlsx"))


@pytest.fixture
def take(tmp_path, store):
    def take(book, name="filled.xlsx", **options):
        book.save(tmp_path / name)
        return indicators.ingest([tmp_path / name], store, measures=MEASURES, **options)

    return take


@pytest.fixture
def told(take, store):
    """The lines of the refusal of a workbook, without the first and the remedy."""

    def told(book):
        before = store.versions()
        with pytest.raises(IngestError) as raised:
            take(book)
        assert store.versions() == before, "an error leaves the store as it was"
        assert raised.value.where == "filled.xlsx"
        return [line.strip() for line in raised.value.what.splitlines()[1:]]

    return told


def held(store):
    rows = store.read("indicators").sort_values(["measure", "start"])
    return [
        (row.measure, f"{row.start}..{row.end}", row.area_code, row.value)
        for row in rows.itertuples()
    ]


def test_it_comes_back_with_exactly_the_figures_typed(book, take, store):
    book["ASB"]["D5"], book["ASB"]["D7"] = 1400, 1159
    book["Fire"]["D7"] = 0
    book["Perceptions"]["D7"], book["Perceptions"]["F7"] = 88, 412
    book["Perceptions"]["G7"] = "Leicestershire Police"
    book["Perceptions"]["H7"] = "postal survey"
    book["Reoffending"]["D6"] = 27.5
    taken = take(book)
    assert held(store) == [
        ("anti_social_behaviour", "2011-04..2012-03", "E07000131", 1400),
        ("anti_social_behaviour", "2013-04..2014-03", "E07000131", 1159),
        ("primary_fires", "2013-04..2014-03", "E07000131", 0),
        ("reoffending", "2012-04..2013-03", "E10000018", 27.5),
        ("user_satisfaction", "2013-04..2014-03", "E07000131", 88),
    ]
    rows = store.read("indicators").set_index("measure")
    survey = rows.loc["user_satisfaction"]
    assert (survey["value"], survey["base"]) == (88, 412)
    assert (survey["supplier"], survey["note"]) == ("Leicestershire Police", "postal survey")
    assert rows.loc["reoffending", "supplier"] == "not stated"
    source = taken.sources.iloc[0]
    assert source[["rows_read", "rows_stored", "rows_rejected"]].tolist() == [18, 5, 13]
    assert source["rejections"] == "no figure filled in (13)"


def test_every_cell_filled_is_a_row_with_its_own_period(book, take, store):
    typed = {}
    for number, name in enumerate(("ASB", "Fire", "Reoffending", "Perceptions"), start=1):
        sheet = book[name]
        for row in range(5, sheet.max_row + 1):
            sheet[f"D{row}"] = number * 10 + row
            key = sheet[f"I{row}"].value, sheet[f"B{row}"].value, sheet[f"J{row}"].value
            typed[key] = float(number * 10 + row)
    take(book)
    rows = store.read("indicators")
    years = {"2011-04": "2011/12", "2012-04": "2012/13", "2013-04": "2013/14"}
    found = {(r.measure, years[r.start], r.area_code): r.value for r in rows.itertuples()}
    assert found == typed
    assert len(found) == len(rows) == 18


def test_a_workbook_that_came_back_empty_is_refused(book, take):
    with pytest.raises(IngestError, match="no figure is filled in"):
        take(book)


def test_the_same_workbook_again_changes_nothing(book, take, store):
    book["ASB"]["D5"] = 1400
    take(book)
    before = store.versions()
    assert take(book).unchanged == ("filled.xlsx",)
    assert store.versions() == before


def _percent(book):
    book["Perceptions"]["D7"] = 0.88
    book["Perceptions"]["D7"].number_format = "0%"


CELLS = [
    # sheet, cell, what was typed, what is said
    ("ASB", "D7", "n/a", "'n/a' is not a number; leave it empty"),
    ("ASB", "D7", "[c]", "'[c]' is not a number; leave it empty"),
    ("ASB", "D7", "-", "'-' is not a number; leave it empty"),
    ("ASB", "D7", "about 12", "'about 12' is not a plain number; type digits only"),
    ("ASB", "D7", -4, "'-4' is below nothing"),
    ("ASB", "D7", 12.5, "'12.5' is not a whole number, and incidents are counted"),
    ("ASB", "D7", 1e30, f"'{10**30}' is more than any area has"),
    ("ASB", "D7", "#DIV/0!", "'#DIV/0!' is not a"),
    ("ASB", "D7", "=6*7", "'=6*7' is a formula that was never worked out"),
    ("ASB", "D7", datetime.date(2014, 3, 1), "'2014-03-01' is a date; type the figure again"),
    ("ASB", "D7", True, "'True' is not a number"),
    ("Perceptions", "D7", "88%", "'88%' has a percent sign or a percent format; type 88, not 88%"),
    ("Perceptions", "D7", 0.88, "'0.88' would be no more than one per cent; type 88, not 0.88"),
    ("Perceptions", "D7", 880, "'880' is more than 100 per cent"),
    ("Perceptions", "D7", -1, "'-1' is below nothing"),
]


@pytest.mark.parametrize(("sheet", "cell", "typed", "says"), CELLS)
def test_a_wrong_cell_is_told_by_its_sheet_and_cell(book, told, sheet, cell, typed, says):
    book[sheet][cell] = typed
    [line] = told(book)
    assert line.startswith(f"Sheet {sheet}, cell {cell}: {says}")


def test_88_in_a_percent_format_is_told(book, told):
    _percent(book)
    [line] = told(book)
    assert line.startswith("Sheet Perceptions, cell D7: '88%' has a percent sign")


@pytest.mark.parametrize("base", [0, 0.5, -3, "many", 10**30])
def test_a_base_that_is_no_number_of_people_is_told(book, told, base):
    book["Perceptions"]["D7"], book["Perceptions"]["F7"] = 88, base
    [line] = told(book)
    assert line.startswith("Sheet Perceptions, cell F7: ")


def test_a_base_without_a_value_is_told(book, told):
    book["Perceptions"]["F7"] = 412
    assert told(book) == [
        "Sheet Perceptions, cell D7: a blank cell stands where the value should; fill it, or empty "
        "the row"
    ]


def test_all_wrong_cells_of_all_sheets_are_told_together(book, told):
    book["ASB"]["D5"], book["ASB"]["D6"] = "n/a", 12.5
    book["Fire"]["D9"], book["Fire"]["J9"] = -1, "E07000999x"
    book["Perceptions"]["D5"], book["Perceptions"]["F5"] = 0.9, 0
    book["Reoffending"]["D5"] = 27
    assert [re.match(r"Sheet (\w+, cell \w+):", line)[1] for line in told(book)] == [
        *("ASB, cell D5", "ASB, cell D6"),
        *("Fire, cell C9", "Fire, cell D9", "Fire, cell J9"),
        *("Perceptions, cell D5", "Perceptions, cell F5"),
    ]


def test_no_more_than_twenty_are_listed_and_the_rest_counted(book, told):
    for name in ("ASB", "Fire", "Reoffending", "Perceptions"):
        for row in range(5, book[name].max_row + 1):
            book[name][f"D{row}"], book[name][f"F{row}"] = "x", "y"
    lines = told(book)
    assert len(lines) == 21
    assert lines[-1] == "and 16 more"


CHANGED = [
    ("A7", "Primary fires", "'Primary fires' does not go with the measure key of its row"),
    ("C7", "Melton", "'Melton' does not go with the area code of its row, 'E07000131'"),
    ("E7", "fires", "'fires' does not go with the measure key of its row"),
    ("J7", "E10000018", "'E10000018' is a county, and Anti-social behaviour is wanted of"),
    ("J7", "Harborough", "'Harborough' is the code of no district"),
    ("J7", None, "a blank cell stands where the area should"),
    ("I7", "asb", "'asb' is no measure of params/measures"),
    ("B7", datetime.datetime(2011, 12, 1), "'2011-12-01' is a date, and it cannot be told which"),
    ("B7", "2013/15", "'2013/15' is not a financial year"),
]


@pytest.mark.parametrize(("cell", "typed", "says"), CHANGED)
def test_a_prepared_cell_that_was_changed_is_told(book, told, cell, typed, says):
    book["ASB"]["D7"], book["ASB"][cell] = 1159, typed
    lines = told(book)
    assert any(line.startswith(f"Sheet ASB, cell {cell}: {says}") for line in lines), lines


def test_a_row_given_to_another_area_is_told_by_the_name_beside_it(book, told):
    book["ASB"]["D7"], book["ASB"]["J7"] = 1159, "E07000133"
    assert told(book) == [
        "Sheet ASB, cell C7: 'Harborough' does not go with the area code of its row, 'E07000133'; "
        "these cells come filled in: put back what was there"
    ]


def test_a_changed_row_without_a_figure_does_no_harm(book, take, store):
    book["ASB"]["D5"], book["ASB"]["J7"] = 1400, None
    take(book)
    assert len(store.read("indicators")) == 1


def test_rows_may_be_sorted_deleted_hidden_and_sheets_renamed_and_moved(book, take, store):
    sheet = book["ASB"]
    first, last = ([cell.value for cell in sheet[row]] for row in (5, 7))
    for row, values in ((5, last), (7, first)):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    sheet["D5"] = 1159  # 2013/14 now
    sheet.delete_rows(6)
    sheet.row_dimensions[5].hidden = True
    sheet.title = "From the police"
    book.move_sheet("From the police", 3)
    del book["Instructions"]
    take(book)
    assert held(store) == [
        ("anti_social_behaviour", "2013-04..2014-03", "E07000131", 1159),
    ]


def test_a_cell_of_a_renamed_sheet_is_told_by_its_new_name(book, told):
    book["ASB"].title = "From the police!"
    book["From the police!"]["D7"] = "n/a"
    assert told(book) == ["Sheet From the police!, cell D7: 'n/a' is not a number; leave it empty"]


def test_a_row_may_be_added_for_another_period_and_area(book, take, store):
    row = ["Anti-social behaviour", "2014-04", "Melton", 80, "incidents", None, None, None]
    book["ASB"].append([*row, "anti_social_behaviour", "E07000133"])
    take(book)
    assert held(store) == [("anti_social_behaviour", "2014-04..2014-04", "E07000133", 80)]


def test_an_added_district_that_no_lookup_has_is_told_but_not_the_partnerships_own(
    tmp_path, book, told, take, store
):
    (tmp_path / "lookup.csv").write_text(
        "LAD19CD,LAD19NM,CSP19CD,CSP19NM\nE07000200,Elsewhere,E22000300,Elsewhere\n", "utf-8"
    )
    lookup.ingest([tmp_path / "lookup.csv"], store)
    book["ASB"]["D7"] = 1159
    row = ["Anti-social behaviour", "2014-04", "Melton", 80, "incidents", None, None, None]
    book["ASB"].append([*row, "anti_social_behaviour", "E07000133"])
    [line] = told(book)
    assert line.startswith("Sheet ASB, cell J8: 'E07000133' is in no lookup that is held")


def test_two_different_figures_of_one_kind_are_told_across_sheets(book, told):
    book["ASB"]["D7"] = 1159
    book["Fire"].append([cell.value for cell in book["ASB"][7]])
    row = book["Fire"].max_row
    book["Fire"][f"D{row}"] = 1160
    assert told(book) == [
        f"Sheet Fire, cell D{row}: anti_social_behaviour 2013/14 E07000131 is 1,160 here and "
        "1,159 in Sheet ASB, cell D7; find out which is right, and take the other out"
    ]


def test_the_same_figure_twice_is_taken_once(book, take, store):
    book["ASB"]["D7"] = 1159
    book["Fire"].append([cell.value for cell in book["ASB"][7]])
    source = take(book).sources.iloc[0]
    assert source[["rows_stored", "rows_copied"]].tolist() == [1, 1]


def test_a_merged_heading_is_told(book, told):
    book["ASB"]["D7"] = 1159
    book["ASB"].merge_cells("G4:H4")
    assert "Sheet ASB, cells G4:H4: they are merged; unmerge them" in told(book)


def test_a_column_taken_away_or_added_is_told(book, told):
    book["ASB"]["D7"] = 1159
    book["ASB"]["J4"] = "District"
    book["ASB"]["L9"] = "tbc"
    lines = told(book)
    assert "Sheet ASB: the column 'Area code' is missing; put it back" in lines
    assert "Sheet ASB, cell J4: 'District' is in no column of this workbook; take it out" in lines
    assert "Sheet ASB, cell L9: 'tbc' is in no column of this workbook; take it out" in lines


def test_a_sheet_whose_headings_are_gone_is_told(book, told):
    book["ASB"].delete_rows(4)
    book["Fire"]["D5"] = 3
    [line] = told(book)
    assert line.startswith("Sheet ASB: the row of headings is gone")


def test_an_analysts_own_sheet_is_passed_by_and_named(book, take):
    book["ASB"]["D7"] = 1159
    book.create_sheet("Workings")["A1"] = 42
    assert take(book).ignored == ("filled.xlsx, sheet Workings",)


def test_a_workbook_of_a_later_layout_is_refused(book, take):
    book["ASB"]["D7"] = 1159
    book["ASB"]["A2"] = "Indicators workbook (layout 2): figures."
    with pytest.raises(IngestError, match="layout 2, and only layout 1 can be read"):
        take(book)


def test_a_correction_needs_a_newer_edition_and_says_which_cell(book, take, store):
    book["ASB"]["D7"] = 1159
    take(book)
    book["ASB"]["D7"] = 1160
    with pytest.raises(IngestError) as raised:
        take(book, "second.xlsx")
    assert "Sheet ASB, cell D7: anti_social_behaviour 2013-04..2014-03" in str(raised.value)
    assert "is 1,160 here, and 1,159 in filled.xlsx" in str(raised.value)
    take(book, "second.xlsx", edition="2014-06")
    assert len(store.read("indicators")) == 2


def test_figures_of_several_workbooks_are_taken_together_or_not_at_all(tmp_path, book, store):
    book["ASB"]["D7"] = 1159
    book.save(tmp_path / "one.xlsx")
    book["ASB"]["D7"], book["ASB"]["D6"] = None, "n/a"
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(IngestError, match="two.xlsx"):
        indicators.ingest([tmp_path / "one.xlsx", tmp_path / "two.xlsx"], store, measures=MEASURES)
    assert not store.exists()


def _altered(path, name, old, new):
    """A workbook's file with one part of it changed."""
    content = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        for member in archive.namelist():
            data = archive.read(member)
            copy.writestr(member, data.replace(old, new) if member == name else data)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<sheetData>", b"<sheetData"),
        (
            b"<worksheet ",
            b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet ',
        ),
    ],
)
def test_a_damaged_or_hostile_workbook_is_refused(tmp_path, book, store, old, new):
    path = tmp_path / "filled.xlsx"
    book.save(path)
    _altered(path, "xl/worksheets/sheet2.xml", old, new)
    with pytest.raises(IngestError, match="not a workbook that can be read"):
        indicators.ingest([path], store, measures=MEASURES)
    assert not store.exists()


def test_a_workbook_cut_short_is_refused(tmp_path, book, store):
    path = tmp_path / "filled.xlsx"
    book.save(path)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(IngestError):
        indicators.ingest([path], store, measures=MEASURES)
    assert not store.exists()
