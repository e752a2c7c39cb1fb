"""One sheet of an XLSX workbook, as text."""

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from cspnb.errors import IngestError
from cspnb.ingest import no_workbook

NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    KeyError,
    ValueError,
    EOFError,
    SyntaxError,
)
"""What openpyxl raises for bytes that are no workbook; XML that does not parse is SyntaxError."""


def cells(content: bytes, name: str, sheet: str | None = None) -> list[tuple[int, list[str]]]:
    """(row number, texts) of each row of the sheet named, or of the one filled, visible sheet.

    sheet: a pattern the sheet's whole name fits, whatever its case; exactly one must.

    Dates become ISO 8601, percentages keep their sign ('88%'), whole numbers lose their '.0'.
    Raises IngestError for a damaged workbook, several such sheets or none, or a formula that was
    never worked out.
    """
    try:
        return _cells(content, name, sheet)
    except NOT_A_WORKBOOK as error:
        otherwise = "Save it as an Excel workbook (.xlsx) or as 'CSV UTF-8'."
        raise no_workbook.refusal(content, name, otherwise) from error


def _cells(content, name, sheet):
    shown = _opened(content, values=True)
    written = _opened(content, values=False)
    title = _only_filled(shown, name) if sheet is None else _named(shown, sheet, name)
    pairs = zip(shown[title].iter_rows(), written[title].iter_rows(), strict=True)
    rows = [[_text(*pair, name) for pair in zip(*row, strict=True)] for row in pairs]
    width = max(map(len, rows))
    return [(number, row + [""] * (width - len(row))) for number, row in enumerate(rows, start=1)]


def _only_filled(workbook, name):
    filled = [sheet.title for sheet in workbook.worksheets if _is_filled(sheet)]
    if not filled:
        raise IngestError("the workbook is empty", where=name)
    if len(filled) > 1:
        raise IngestError(
            f"the workbook has {len(filled)} filled sheets: {', '.join(filled)}",
            where=name,
            remedy="Keep the rows in one sheet, and move the others to another file.",
        )
    return filled[0]


def _named(workbook, pattern, name):
    titles = [sheet.title for sheet in workbook.worksheets]
    fitting = [title for title in titles if re.fullmatch(pattern, title, re.IGNORECASE)]
    if len(fitting) != 1:
        found = f"{len(fitting)} sheets fit" if fitting else "no sheet fits"
        raise IngestError(
            f"{found} '{pattern}'; the sheets are {', '.join(titles)}",
            where=name,
            remedy="Check that this is the file the source's page describes.",
        )
    return fitting[0]


def _opened(content, *, values):
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=values)


def _is_filled(sheet):
    return sheet.sheet_state == "visible" and any(
        value is not None for row in sheet.iter_rows(values_only=True) for value in row
    )


def text(cell) -> str:
    """What a cell of openpyxl holds: a date as ISO 8601, '88%', a whole number without '.0'."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value, cell.number_format)
    return str(value)


def _text(shown, written, name):
    if shown.value is None and written.data_type == "f":
        raise IngestError(
            "the cell holds a formula that was never worked out",
            where=f"{name}, cell {written.coordinate}",
            remedy="Open the workbook and save it, or paste the figures as values.",
        )
    return text(shown)


def _digits(value, number_format):
    """The number without exponent or '.0'; as a percentage where the cell shows one."""
    exact = Decimal(repr(value))
    sign = "%" if "%" in (number_format or "") else ""
    text = f"{exact * 100 if sign else exact:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + sign
