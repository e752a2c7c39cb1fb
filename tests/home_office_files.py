"""Files of recorded crime made in the Home Office's documented layout; every figure is invented.

The layout by partnership and the .ods are not among the real files kept beside the project, so
they are made here: headings, sheet names and the sheet of notes as its publications have them.
"""

import csv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from tests.places import REPO

HEADINGS = (
    "Financial Year",
    "Financial Quarter",
    "Police Force",
    "CSP Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Offence Count",
)
"""Of the sheets by partnership as they are now."""

OLDER_HEADINGS = (*HEADINGS[:-1], "Number of Offences")

THEFT = "Theft offences"
RESIDENTIAL = ("Burglary Residential", THEFT, "Residential burglary", "28E")
ATTEMPTED = ("Attempted Burglary Residential", THEFT, "Residential burglary", "28F")
BICYCLE = ("Theft or unauthorised taking of a pedal cycle", THEFT, "Bicycle theft", "44")
HOMICIDE = ("Homicide", "Violence against the person", "Homicide", "1/4.1/4.10/4.2")
NEW = ("Burglary of a home by drone", THEFT, "Residential burglary of a home", "28Z")

_NAMESPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
_BEFORE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<office:document-content{_NAMESPACES} office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_AFTER = "</office:spreadsheet></office:body></office:document-content>"
_ENDLESS_CELLS = '<table:table-cell table:number-columns-repeated="16375"/>'
_ENDLESS_ROWS = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def row(year, quarter, csp, offence, count, force="Leicestershire"):
    """A row of a sheet by partnership; `offence` is description, group, subgroup and code."""
    return (year, quarter, force, csp, *offence, count)


def csv_file(path, rows, headings=HEADINGS):
    """The rows as CSV."""
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([headings, *rows])
    return Path(path)


def xlsx_file(path, sheets):
    """Sheets by their names, each a list of rows, the first of them column names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return Path(path)


def ods_file(path, sheets):
    """The same as an OpenDocument spreadsheet, with the endless blank cells such files have."""
    tables = "".join(
        table(title, "".join(ods_row(cells) for cells in rows)) for title, rows in sheets.items()
    )
    return ods_of(path, tables)


def ods_of(path, tables, before=_BEFORE, after=_AFTER):
    """An OpenDocument spreadsheet of tables written by hand."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{before}{tables}{after}")
    return Path(path)


def with_entity(tables_before=""):
    """The beginning of a document that declares an entity, as an XML bomb does."""
    declared = '<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    return _BEFORE.replace("?>", f"?>{declared}", 1) + tables_before


def table(title, rows):
    """A sheet of an .ods of rows written by hand."""
    return f"<table:table table:name={quoteattr(title)}>{rows}{_ENDLESS_ROWS}</table:table>"


def ods_row(cells, repeated=1):
    """A row: texts as texts, numbers as numbers, a pair as a number and what it shows."""
    inside = "".join(ods_cell(cell) for cell in cells)
    repeats = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{repeats}>{inside}{_ENDLESS_CELLS}</table:table-row>"


def ods_cell(cell):
    """One cell."""
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{escape(cell)}</text:p></table:table-cell>"
        )
    value, shown = cell if isinstance(cell, tuple) else (cell, str(cell))
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{escape(shown)}</text:p></table:table-cell>"
    )


@dataclass(frozen=True)
class Large:
    """What a large file was made of."""

    path: Path
    rows: int
    offences: int
    xml_bytes: int


def large_ods(path, xml_bytes, years=("2020_21", "2021_22", "2022_23")):
    """An .ods with at least so many bytes of XML, written a block at a time.

    Each partnership has every code in every quarter of every year, as the published file does;
    there are as many partnerships as it takes. Sheets come one after the other, so their number
    of partnerships is worked out from the size of one block.
    """
    offences = _every_offence()
    block, total = _block(offences)
    partnerships = xml_bytes // (len(block) * 4 * len(years)) + 1
    written = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("content.xml", "w", force_zip64=True) as stream,
    ):
        written += stream.write(_BEFORE.encode())
        for year in years:
            written += stream.write(f'<table:table table:name="{year}">'.encode())
            written += stream.write(ods_row(HEADINGS).encode())
            for quarter in "1234":
                of_quarter = block.replace(b"@Y@", year.replace("_", "/").encode())
                of_quarter = of_quarter.replace(b"@Q@", quarter.encode())
                for number in range(partnerships):
                    named = of_quarter.replace(b"@C@", f"Partnership {number:04d}".encode())
                    written += stream.write(named)
            written += stream.write(f"{_ENDLESS_ROWS}</table:table>".encode())
        written += stream.write(_AFTER.encode())
    blocks = partnerships * 4 * len(years)
    return Large(Path(path), blocks * len(offences), blocks * total, written)


def large_xlsx(path, partnerships, years=("2020_21", "2021_22", "2022_23")):
    """A workbook of so many partnerships, written a row at a time."""
    offences = _every_offence()
    book = openpyxl.Workbook(write_only=True)
    for year in years:
        sheet = book.create_sheet(year)
        sheet.append(HEADINGS)
        for quarter in range(1, 5):
            for number in range(partnerships):
                for place, offence in enumerate(offences):
                    cells = (year.replace("_", "/"), quarter, "Large force")
                    sheet.append((*cells, f"Partnership {number:04d}", *offence, place % 50))
    book.save(path)
    blocks = partnerships * 4 * len(years)
    total = sum(place % 50 for place in range(len(offences)))
    return Large(Path(path), blocks * len(offences), blocks * total, 0)


def _every_offence():
    """Description, group, subgroup, code of every code that is known."""
    folder = REPO / "cspnb" / "offences"
    with (folder / "subgroups.csv").open(encoding="utf-8") as stream:
        groups = {row["subgroup"]: row["group"] for row in csv.DictReader(stream)}
    with (folder / "codes.csv").open(encoding="utf-8") as stream:
        return [
            (row["description"], groups[row["subgroup"]], row["subgroup"], row["code"])
            for row in csv.DictReader(stream)
        ]


def _block(offences):
    """The rows of one partnership in one quarter, with its name left open, and their sum."""
    rows = [
        ods_row(("@Y@", "Q@Q@", "Large force", "@C@", *offence, place % 50))
        for place, offence in enumerate(offences)
    ]
    return "".join(rows).encode(), sum(place % 50 for place in range(len(offences)))
