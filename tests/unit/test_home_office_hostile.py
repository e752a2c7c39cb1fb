"""Files of recorded crime that must not come in."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from cspnb.ingest import home_office, open_document
from cspnb.ingest.home_office import files as home_office_files
from cspnb.ingest.sample_mark import INVENTED
from cspnb.store import Store
from tests.home_office_files import (
    BICYCLE,
    HEADINGS,
    RESIDENTIAL,
    csv_file,
    ods_file,
    ods_of,
    ods_row,
    row,
    table,
    with_entity,
    xlsx_file,
)
from tests.hostile import Good, refused, twins, with_byte_order_mark

ROWS = [
    row("2017/18", "1", "Harborough", BICYCLE, "3"),
    row("2017/18", "1", "Harborough", RESIDENTIAL, "12"),
    row("2017/18", "2", "Harborough", RESIDENTIAL, "1,234"),
]
GOOD = Good(
    pd.DataFrame(ROWS, columns=HEADINGS),
    number="Offence Count",
    required="Offence Code",
    name="prc-csp",
    sheet="2017-18",
)
HELD = [row("2015/16", 1, "Melton", BICYCLE, 7)]


@pytest.fixture
def store(tmp_path):
    """A store that holds other figures, so that none of ours contradicts them."""
    store = Store(str(tmp_path / "store"))
    home_office.ingest([csv_file(tmp_path / "held.csv", HELD)], store)
    return store


def says(path, store, **options):
    take = lambda path: home_office.ingest([path], store, **options)  # noqa: E731
    return str(refused(take, path, store))


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    for wrong, path in twins(GOOD, tmp_path / "twins"):
        error = refused(lambda path: home_office.ingest([path], store), path, store)
        assert error.remedy, wrong


def test_a_byte_order_mark_alone_is_no_fault(tmp_path, store):
    taken = home_office.ingest([with_byte_order_mark(GOOD, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [3]


def spoilt(column, text):
    cells = list(row("2017/18", 1, "Harborough", BICYCLE, 3))
    cells[HEADINGS.index(column)] = text
    return [ROWS[1], tuple(cells)]


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("Financial Year", "2017", "is not a financial year"),
        ("Financial Year", "2017/19", "is not a financial year"),
        ("Financial Year", "2017-03-01", "is not a financial year"),
        ("Financial Year", "", "a blank cell is not a financial year"),
        ("Financial Quarter", "5", "is not a quarter"),
        ("Financial Quarter", "Apr-Jun", "is not a quarter"),
        ("CSP Name", " ", "a blank cell stands where a name should"),
        ("Police Force", "", "a blank cell stands where a name should"),
        ("Offence Code", "", "is no offence code"),
        ("Offence Code", "=1+1", "is no offence code"),
        ("Offence Count", "3.5", "is not a whole number"),
        ("Offence Count", "1e5", "is not a whole number"),
        ("Offence Count", "12,34", "is not a whole number"),
        ("Offence Count", "88%", "is not a whole number"),
        ("Offence Count", "-2000000000", "is larger than any count here can be"),
    ],
)
def test_a_faulty_cell_is_refused_by_line_and_column(tmp_path, store, column, text, why):
    path = csv_file(tmp_path / "prc-csp.csv", spoilt(column, text))
    told = says(path, store)
    assert f"line 3, column '{column}'" in told
    assert why in told


@pytest.mark.parametrize(("write", "suffix"), [(xlsx_file, "xlsx"), (ods_file, "ods")])
def test_a_faulty_cell_of_a_workbook_is_named_by_sheet_and_row(tmp_path, store, write, suffix):
    sheets = {"2016-17": [HEADINGS, ROWS[0]], "2017-18": [HEADINGS, *spoilt("Offence Count", "x")]}
    told = says(write(tmp_path / f"prc-csp.{suffix}", sheets), store)
    assert f"prc-csp.{suffix}, sheet 2017-18, row 3, column 'Offence Count': 'x'" in told


@pytest.mark.parametrize(("write", "suffix"), [(xlsx_file, "xlsx"), (ods_file, "ods")])
@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        ({"Sheet1": [HEADINGS, *ROWS]}, "no sheet is called by a financial year"),
        ({"Notes": [["Kent: see the page"]]}, "no sheet is called by a financial year"),
        ({"2017-18": [["Kent"]] * 40}, "no row of column names was found"),
        ({"2017-18": [HEADINGS]}, "has column names and no rows"),
        ({"2017-18": [[*HEADINGS, "Number of Offences"], *ROWS]}, "two columns are the same"),
        ({"2017-18": [HEADINGS, (*ROWS[0], "beside")]}, "'beside' stands in a column without"),
    ],
)
def test_a_workbook_of_another_kind_is_refused(tmp_path, store, write, suffix, sheets, why):
    assert why in says(write(tmp_path / f"prc-csp.{suffix}", sheets), store)


def test_a_merged_heading_of_an_open_document_is_refused(tmp_path, store):
    merged = ods_row(HEADINGS).replace(
        '<table:table-cell office:value-type="string"><text:p>Offence Code</text:p>'
        "</table:table-cell>",
        "<table:covered-table-cell/>",
    )
    sheet = table("2017_18", merged + "".join(ods_row(cells) for cells in ROWS))
    told = says(ods_of(tmp_path / "prc-csp.ods", sheet), store)
    assert "there is no column 'Offence Code'" in told


def test_a_formula_never_worked_out_is_refused_in_an_open_document(tmp_path, store):
    formula = '<table:table-cell table:formula="of:=6*7"/>'
    broken = ods_row(ROWS[0]).replace(
        '<table:table-cell office:value-type="string"><text:p>3</text:p></table:table-cell>',
        formula,
    )
    assert formula in broken
    path = ods_of(tmp_path / "prc-csp.ods", table("2017_18", ods_row(HEADINGS) + broken))
    assert "sheet 2017_18, row 2: the cell holds a formula" in says(path, store)


def test_a_date_in_place_of_a_code_is_refused_in_a_workbook(tmp_path, store):
    path = GOOD.workbook(tmp_path)
    book = openpyxl.load_workbook(path)
    book.active["H2"] = pd.Timestamp("2024-03-28").to_pydatetime()
    book.save(path)
    assert "'2024-03-28' is a date" in says(path, store)


def test_a_declared_entity_is_refused(tmp_path, store):
    sheet = table("2017_18", ods_row(HEADINGS) + ods_row(ROWS[0]))
    path = ods_of(tmp_path / "prc-csp.ods", sheet, before=with_entity())
    assert "declares a document type or entities" in says(path, store)


def test_a_row_repeated_a_million_times_is_refused_before_it_is_unrolled(tmp_path, store):
    sheet = table("2017_18", ods_row(HEADINGS) + ods_row(ROWS[0], repeated=1_000_000))
    assert "one row 1,000,000 times" in says(ods_of(tmp_path / "prc-csp.ods", sheet), store)


def test_a_cell_repeated_over_ten_thousand_columns_is_refused(tmp_path, store):
    cell = '<table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p>'
    wide = ods_row(ROWS[0]).replace(
        "</table:table-row>", f"{cell}</table:table-cell></table:table-row>"
    )
    sheet = table("2017_18", ods_row(HEADINGS) + wide)
    assert "columns: no genuine file is so large" in says(
        ods_of(tmp_path / "prc-csp.ods", sheet), store
    )


@pytest.mark.parametrize("repeats", ["-1", "many", "9" * 40])
def test_a_number_of_repeats_that_is_none_is_refused(tmp_path, store, repeats):
    strange = ods_row(ROWS[0]).replace('"16375"', f'"{repeats}"')
    sheet = table("2017_18", ods_row(HEADINGS) + strange)
    assert "is no number of repeats" in says(ods_of(tmp_path / "prc-csp.ods", sheet), store)


@pytest.mark.parametrize(
    "hostile",
    [
        "<table:table table:name='" + "x" * 2_000_000 + "'/>",
        table("2017_18", ods_row(("x" * 2_000_000,))),
        "<table:table>" * 2_000,
        table("2017_18", ods_row(HEADINGS) + ods_row(ROWS[0]) * 20_000),
    ],
    ids=["a tag without end", "a cell without end", "tables in tables", "more XML than allowed"],
)
def test_what_has_no_end_is_stopped_at_a_limit(tmp_path, hostile):
    limits = open_document.Limits(xml_bytes=2**23, token_bytes=2**20)
    path = ods_of(tmp_path / "prc-csp.ods", hostile)
    with pytest.raises(open_document.IngestError, match="no genuine file is so large"):
        list(open_document.rows(path, lambda title: True, limits))


def damaged_ods(path):
    good = ods_file(path, {"2017_18": [HEADINGS, *ROWS * 50]}).read_bytes()
    place = good.index(b"content.xml") + 200
    path.write_bytes(good[:place] + bytes(40) + good[place + 40 :])
    return path


def cut_short(path):
    good = ods_file(path, {"2017_18": [HEADINGS, *ROWS * 50]}).read_bytes()
    path.write_bytes(good[: len(good) // 2])
    return path


def broken_off(path):
    return ods_of(path, table("2017_18", ods_row(HEADINGS) + ods_row(ROWS[0])), after="")


def zip_in_ods(path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", inner.getvalue())
    return path


@pytest.mark.parametrize("spoil", [damaged_ods, cut_short, broken_off, zip_in_ods])
def test_a_damaged_open_document_is_refused(tmp_path, store, spoil):
    assert "can be read" in says(spoil(tmp_path / "prc-csp.ods"), store)


def test_a_fault_at_the_very_end_leaves_nothing_of_the_rows_before(tmp_path, store, monkeypatch):
    """Rows come in batches; the last of several is the bad one."""
    monkeypatch.setattr("cspnb.ingest.home_office.sheets.BATCH_ROWS", 2)
    rows = [row("2017/18", 1, f"Place {n}", BICYCLE, n) for n in range(9)]
    path = csv_file(tmp_path / "prc-csp.csv", [*rows, row("2017/18", 1, "Last", BICYCLE, "x")])
    assert "line 11" in says(path, store)


def test_a_bad_file_beside_a_good_one_stops_both(tmp_path, store):
    good = csv_file(tmp_path / "good.csv", ROWS)
    bad = csv_file(tmp_path / "bad.csv", spoilt("Offence Count", "x"))
    take = lambda path: home_office.ingest([good, path], store)  # noqa: E731
    refused(take, bad, store)


def test_a_workbook_that_unpacks_to_more_than_any_genuine_one_is_refused(
    tmp_path, store, monkeypatch
):
    monkeypatch.setattr(home_office_files, "MOST_STRING_BYTES", 100)
    assert "unpacks to more than any genuine one" in says(GOOD.workbook(tmp_path), store)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old .xls format"),
        (b"\x1f\x8b\x08 not gzip", "cut short or damaged"),
        (b"PK\x03\x04 cut short", "damaged or cut short"),
        (b"<html><body>Not found</body></html>", "no row of column names"),
    ],
)
def test_a_file_of_another_format_is_refused(tmp_path, store, content, why):
    path = tmp_path / "prc-csp.csv"
    path.write_bytes(content)
    assert why in says(path, store)


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path, store):
    assert "there is no such file" in says(tmp_path / "absent.ods", store)
    assert "this is a folder" in says(tmp_path, store)


def test_more_areas_than_there_can_be_are_refused(tmp_path, store, monkeypatch):
    monkeypatch.setattr(home_office, "MOST_AREAS", 2)
    rows = [row("2017/18", 1, f"Place {n}", BICYCLE, n) for n in range(3)]
    assert "names 4 areas" in says(csv_file(tmp_path / "prc-csp.csv", rows), store)


def test_more_notes_than_there_can_be_are_refused(tmp_path, store, monkeypatch):
    monkeypatch.setattr("cspnb.ingest.home_office.sheets.MOST_NOTES", 2)
    sheets = {"2017-18": [HEADINGS, *ROWS], "Notes": [["A note: of it."]] * 3}
    assert "rows of notes" in says(ods_file(tmp_path / "prc-csp.ods", sheets), store)


def test_a_file_that_is_in_part_invented_is_refused(tmp_path, store):
    rows = [(*ROWS[0], INVENTED), (*ROWS[1], "")]
    path = csv_file(tmp_path / "prc-csp.csv", rows, (*HEADINGS, "source_note"))
    assert "mixes sample data with real data" in says(path, store)
