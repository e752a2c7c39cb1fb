"""The rows of a Home Office file as text, one at a time: CSV, gzipped CSV, .xlsx and .ods.

One such file has a million rows and more, so none is ever held whole.
"""

import csv
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest import no_workbook, open_document

YEAR_SHEET = re.compile(r"\d{4}[-_]\d{2}")
"""A sheet of figures is called by its financial year: '2015_16', formerly '2015-16'."""

MOST_XLSX_BYTES = 4 * 2**30
MOST_STRING_BYTES = 64 * 2**20
"""Unpacked; shared strings are held in memory, and a genuine file has a few thousand."""

Row = tuple[str, int, list[str]]
"""The sheet ('' in a CSV file), the number of the line or row, and its cells."""

_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, SyntaxError, OSError)
"""What openpyxl raises for bytes that are no workbook; XML that does not parse is SyntaxError."""


def rows(path: Path) -> Iterator[Row]:
    """Each row of the sheets that hold figures or notes, in the file's order.

    A CSV file is one sheet of figures. Raises IngestError for a file that is absent, damaged, of
    another format, or without a sheet of figures.
    """
    if not path.is_file():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise IngestError(what, where=str(path), remedy="Name the files to take in.")
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"PK\x03\x04"):
        return _rows_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _no_workbook(path, no_workbook.OLD_FORMAT)
    return _rows_of_csv(path, gzipped=head.startswith(b"\x1f\x8b"))


def is_notes(sheet: str) -> bool:
    """Whether a sheet holds the publisher's notes."""
    return sheet.strip().casefold() == "notes"


def unit(sheet: str) -> str:
    """What a row is called there: a 'line' of a CSV file, a 'row' of a sheet."""
    return "row" if sheet else "line"


def _rows_of_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise _no_workbook(path, no_workbook.DAMAGED) from error
    if open_document.CONTENT in sizes:
        return _from_ods(path)
    if "xl/workbook.xml" in sizes:
        strings = sum(size for name, size in sizes.items() if "sheets/" not in name)
        if sum(sizes.values()) > MOST_XLSX_BYTES or strings > MOST_STRING_BYTES:
            raise _no_workbook(path, "it unpacks to more than any genuine one")
        return _from_xlsx(path)
    raise _no_workbook(path, no_workbook.ARCHIVE)


def _no_workbook(path, why):
    return IngestError(
        f"the file is not a workbook that can be read: {why}",
        where=path.name,
        remedy="Take the file as the Home Office publishes it (.ods, .xlsx), or save the sheet "
        "as 'CSV UTF-8'; unpack an archive first.",
    )


def _from_ods(path):
    seen = []

    def wanted(title):
        seen.append(title)
        return _holds_something(title)

    yield from open_document.rows(path, wanted)
    _require_figures(seen, path)


def _from_xlsx(path):
    """openpyxl raises as late as a sheet's last row, so every step of it is watched."""
    steps = _cells(path)
    while True:
        try:
            row = next(steps)
        except StopIteration:
            return
        except _DAMAGED as error:
            raise _no_workbook(path, "another format, or damaged") from error
        yield row


def _cells(path):
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True, data_only=False)
    _require_figures([sheet.title for sheet in workbook.worksheets], path)
    for sheet in workbook.worksheets:
        if _holds_something(sheet.title):
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells = [_text(cell, path, sheet.title) for cell in row]
                if any(cells):
                    yield sheet.title, number, cells
    workbook.close()


def _text(cell, path, sheet):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise IngestError(
            "the cell holds a formula, which a published file never does",
            where=f"{path.name}, sheet {sheet}, cell {cell.coordinate}",
            remedy="Paste the figures as values.",
        )
    if isinstance(value, float) and value % 1:
        return _as_shown(value, cell.number_format)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _as_shown(value, number_format):
    """4.1 in a cell of the format 0.00 is '4.10', which is another offence than 4.1."""
    decimals = re.fullmatch(r"0\.(0+)", number_format or "")
    shown = f"{value:.{len(decimals[1])}f}" if decimals else repr(value)
    return shown if float(shown) == value else repr(value)


def _holds_something(title):
    return bool(YEAR_SHEET.fullmatch(title.strip())) or is_notes(title)


def _require_figures(titles, path):
    if not any(YEAR_SHEET.fullmatch(title.strip()) for title in titles):
        raise IngestError(
            f"no sheet is called by a financial year; the sheets are {', '.join(titles) or 'none'}",
            where=path.name,
            remedy="Check that this is a file of recorded crime; name the sheet of figures "
            "for its year: 2017-18.",
        )


def _rows_of_csv(path, *, gzipped):
    line = 1
    opened = gzip.open if gzipped else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            for cells in reader:
                cells = [cell.strip() for cell in cells]
                if any(cells):
                    yield "", line, cells
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise IngestError(
            f"byte {error.object[error.start]:#04x} is not UTF-8 text",
            where=f"{path.name}, after line {line - 1}",
            remedy="Save the file again as 'CSV UTF-8', or as a workbook (.xlsx).",
        ) from error
    except csv.Error as error:
        raise IngestError(
            f"the line is not CSV ({error})",
            where=f"{path.name}, line {line}",
            remedy="Look for a quotation mark that is never closed, or a file cut short.",
        ) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise IngestError(
            f"the gzip file is cut short or damaged ({error})",
            where=path.name,
            remedy="Download or copy the file again.",
        ) from error
