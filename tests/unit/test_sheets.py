"""Files of rows and columns become text, or are refused with the reason and the place."""

import datetime
import gzip
import zipfile

import openpyxl
import pytest

from cspnb.errors import IngestError
from cspnb.ingest.sheets import read


def csv_file(folder, content, name="figures.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def workbook(folder, rows, name="figures.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def refusal(path):
    with pytest.raises(IngestError) as raised:
        read(path)
    return str(raised.value)


def test_cells_are_text_stripped_and_blank_ones_missing(tmp_path):
    sheet = read(csv_file(tmp_path, 'code,name\n01,"Bridgend "\n02,\n'))
    assert list(sheet.frame["code"]) == ["01", "02"]
    assert sheet.frame["name"].iloc[0] == "Bridgend"
    assert sheet.frame["name"].isna().tolist() == [False, True]


def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    plain = read(csv_file(tmp_path, "code,name\n1,a\n2,b\n"))
    other = read(csv_file(tmp_path, b"\xef\xbb\xbfcode,name\r\n1,a\r\n2,b", "other.csv"))
    assert other.frame.equals(plain.frame)
    assert list(other.frame.columns) == ["code", "name"]


def test_a_gzipped_file_reads_as_the_file_inside(tmp_path):
    content = "code,name\n1,Ynys Môn\n"
    plain = read(csv_file(tmp_path, content))
    zipped = read(csv_file(tmp_path, gzip.compress(content.encode("utf-8")), "figures.csv.gz"))
    assert zipped.frame.equals(plain.frame)


def test_rows_keep_the_number_of_the_line_they_start_on(tmp_path):
    """Lines 2 and 3 are one record, line 4 is blank."""
    sheet = read(csv_file(tmp_path, 'code,name\n1,"two\nlines"\n\n2,b\n'))
    assert list(sheet.frame.index) == [2, 5]


def test_trailing_columns_without_name_or_value_are_nothing(tmp_path):
    sheet = read(csv_file(tmp_path, "code,people,,,\n1,20,,,\n2,30\n"))
    assert list(sheet.frame.columns) == ["code", "people"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"code,name\n", "no rows"),
        (b"code,name\n1,a\n2\n", "line 3: the row has 1 cells of 2"),
        (b"code,name\n1,Newport, Gwent\n", "cell 3 stands in a column without a name"),
        (b"code,code\n1,2\n", "two columns are called 'code'"),
        (b"code;name\n1;a\n", "not separated by commas"),
        (b"code,name\n1,a\n2,Ynys M\xf4n\n", "line 3: byte 0xf4 is not UTF-8"),
        (b'code,name\n1,"a\n2,b\n', "line 2: the line is not CSV"),
        (gzip.compress(b"code,name\n" + b"1,a\n" * 99, mtime=0)[:-12], "cut short or damaged"),
        (b"PK\x03\x04 cut short", "not a workbook that can be read: it is damaged or cut short"),
        (b"\xd0\xcf\x11\xe0 old format", "it is of the old .xls format"),
        (b"\xd0\xcf\x11\xe0 old format", "save it as an Excel workbook (.xlsx)"),
    ],
)
def test_a_file_that_is_no_whole_table_is_refused_with_the_reason(tmp_path, content, says):
    assert says in refusal(csv_file(tmp_path, content))


def test_an_archive_is_told_from_a_workbook_with_what_is_in_it(tmp_path):
    path = tmp_path / "population.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("residents.csv", "code,people\n1,2\n")
    says = refusal(path)
    assert "it is an archive of other files (residents.csv)" in says
    assert "Take the file out of the archive first" in says


def test_an_open_document_is_told_to_be_saved_as_a_workbook(tmp_path):
    path = tmp_path / "figures.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    says = refusal(path)
    assert "an OpenDocument spreadsheet" in says
    assert "Excel workbook (.xlsx)" in says


def test_a_file_that_is_not_there_is_refused_by_its_path(tmp_path):
    assert "absent.csv: there is no such file" in refusal(tmp_path / "absent.csv")


def test_a_workbook_reads_as_the_csv_of_the_same_cells(tmp_path):
    book = workbook(tmp_path, [["code", "people", "rate"], ["01", 1632, 0.5], ["02", 20.0, 12]])
    text = csv_file(tmp_path, "code,people,rate\n01,1632,0.5\n02,20,12\n")
    assert read(book).frame.equals(read(text).frame)
    assert read(book).where(3, "rate") == "figures.xlsx, row 3, column 'rate'"


def test_a_date_in_a_workbook_arrives_as_the_date_it_has_become(tmp_path):
    book = workbook(tmp_path, [["period"], [datetime.datetime(2014, 3, 1)]])
    assert read(book).frame["period"].tolist() == ["2014-03-01"]


def test_a_percentage_in_a_workbook_keeps_its_sign_and_so_is_no_plain_number(tmp_path):
    """Excel holds 0.88 and shows 88%: neither may pass for the other."""
    path = workbook(tmp_path, [["value"], [0.88]])
    book = openpyxl.load_workbook(path)
    book.active["A2"].number_format = "0%"
    book.save(path)
    sheet = read(path)
    assert sheet.frame["value"].tolist() == ["88%"]
    with pytest.raises(IngestError, match="'88%' is not a plain number"):
        sheet.numbers("value")


def test_a_formula_never_worked_out_is_refused_by_its_cell(tmp_path):
    path = workbook(tmp_path, [["area", "value"], ["E07000131", "=1+2"]])
    assert "cell B2: the cell holds a formula that was never worked out" in refusal(path)


def test_a_workbook_with_two_filled_sheets_is_refused_by_their_names(tmp_path):
    path = workbook(tmp_path, [["area"], ["E07000131"]])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes")["A1"] = "as at May"
    book.save(path)
    assert "2 filled sheets: Sheet, Notes" in refusal(path)


@pytest.mark.parametrize(
    ("written", "number"),
    [("1,632", 1632), ("1632", 1632), ("-0.5", -0.5), ("1,234,567.5", 1234567.5)],
)
def test_thousands_separators_are_read(tmp_path, written, number):
    assert read(csv_file(tmp_path, f'value\n"{written}"\n')).numbers("value").tolist() == [number]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1,63", "is not a plain number"),
        ("1e5", "is not a plain number"),
        ("£12", "is not a plain number"),
        ("[c]", "withheld or not available"),
        ("x", "withheld or not available"),
        ("..", "withheld or not available"),
    ],
)
def test_what_is_no_number_is_refused_by_line_and_column(tmp_path, written, says):
    sheet = read(csv_file(tmp_path, f'value,n\n1,1\n"{written}",2\n'))
    with pytest.raises(IngestError, match=says) as raised:
        sheet.numbers("value")
    assert "figures.csv, line 3, column 'value'" in str(raised.value)


def test_a_blank_is_no_number_and_the_error_counts_its_like(tmp_path):
    sheet = read(csv_file(tmp_path, "value,n\n,1\n3,2\n,3\n"))
    with pytest.raises(IngestError, match=r"a blank cell .*\(and 1 more like it\)"):
        sheet.numbers("value")


def test_a_folder_is_told_from_a_file_that_is_not_there(tmp_path):
    with pytest.raises(IngestError, match="this is a folder"):
        read(tmp_path)
    with pytest.raises(IngestError, match="no such file"):
        read(tmp_path / "nothing.csv")


def test_two_answers_are_told_where_a_part_of_their_key_is_blank(tmp_path):
    sheet = read(csv_file(tmp_path, "code,kind,count\n1,,5\n2,,6\n1,,7\n"))
    with pytest.raises(IngestError) as raised:
        sheet.settle(sheet.frame, ["code", "kind"], ["count"], "has")
    assert "1 has 5 on line 2 and 7 on line 4" in str(raised.value)
