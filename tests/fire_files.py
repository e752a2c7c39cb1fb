"""Generated, not real: fires in the layouts of the low-level dataset and of table FIRE0102.

The columns are those its publisher documents: an incident a row, in a workbook of a sheet a year;
and a fire and rescue service a row.
"""

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

INCIDENTS = ["FINANCIAL_YEAR", "INCIDENT_TYPE", "LSOA_CODE", "LSOA_DESCRIPTION"]
SERVICES = [
    "FINANCIAL_YEAR",
    "E_CODE",
    "FRS_NAME",
    "Total fires",
    "Primary fires",
    "Secondary fires",
    "Chimney fires",
]

DWELLING = "Primary fire - dwelling"
VEHICLE = "Primary fire - road vehicle"
REFUSE = "Secondary fire"
CHIMNEY = "Chimney fire"
ALARM = "Fire false alarm"
COLLISION = "Special service - road traffic collision"

ONE, TWO = ("E01025800", "Harborough 001A"), ("E01025901", "Melton 001A")

ROWS = [
    ("2020/21", DWELLING, *ONE),
    ("2020/21", DWELLING, *ONE),
    ("2020/21", VEHICLE, *ONE),
    ("2020/21", REFUSE, *ONE),
    ("2020/21", REFUSE, *TWO),
    ("2020/21", CHIMNEY, *TWO),
    ("2020/21", ALARM, *TWO),
    ("2020/21", COLLISION, *TWO),
]
"""Six fires and two incidents that are none."""


def as_csv(path: Path, rows, columns=INCIDENTS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def as_workbook(path: Path, tables) -> Path:
    """tables: {title: records}, the first record being the column names."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, records in tables.items():
        sheet = book.create_sheet(title)
        for record in records:
            sheet.append(list(record))
    book.save(path)
    return path


def as_open_document(path: Path, tables) -> Path:
    """The same as an .ods file."""
    names = {
        n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("office", "table", "text")
    }
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in names.items())
    body = "".join(
        f'<table:table table:name="{escape(title)}">'
        + "".join(
            f"<table:table-row>{''.join(map(_cell, record))}</table:table-row>" for record in rows
        )
        + "</table:table>"
        for title, rows in tables.items()
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _cell(value):
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p>'
        "</table:table-cell>"
        if value
        else "<table:table-cell/>"
    )
