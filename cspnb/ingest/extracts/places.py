"""Where an extract's records are: codes of areas, and metres on the national grid."""

from dataclasses import replace

import pandas as pd

from cspnb.extracts import Extract
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import LSOA_CODE

_CODES = {
    "lsoa": ("lsoa_code", LSOA_CODE.strip("^$"), "LSOA", "E01 or W01 and six digits"),
    "ward": ("ward_code", r"[EW]05\d{6}", "ward", "E05 or W05 and six digits"),
    "district": ("lad_code", r"(?:E0[6-9]|W06)\d{6}", "district", "E06-E09 or W06 and six digits"),
}
_GRID = {"easting": 700_000, "northing": 1_300_000}
"""Great Britain lies within these, in metres."""

_DEGREES = 1_000
"""No place of England or Wales is so near the grid's own corner; degrees are below it."""

_UNKNOWN = "Leave the cell blank where the place is not known."


def places(sheet: Sheet, extract: Extract) -> pd.DataFrame:
    """lsoa_code, ward_code, lad_code, easting and northing of each row; blank is null.

    Raises IngestError for what is no code of its kind, for a place outside Great Britain, for
    degrees, for 0, and for half a pair of coordinates.
    """
    rows = pd.DataFrame(index=sheet.frame.index)
    for field, (name, pattern, kind, written) in _CODES.items():
        rows[name] = _codes(sheet, extract.column(field), pattern, kind, written)
    for field, furthest in _GRID.items():
        rows[field] = _metres(sheet, extract.column(field), furthest)
    easting, northing = extract.column("easting"), extract.column("northing")
    if easting:
        half = rows["easting"].isna() != rows["northing"].isna()
        sheet.refuse(half, easting, f"and '{northing}' beside it are half a place", _UNKNOWN)
    return rows


def without_place(rows: pd.DataFrame) -> int:
    """How many rows say nothing of where they are."""
    return int(rows[["lsoa_code", "ward_code", "lad_code", "easting"]].isna().all(axis=1).sum())


def _codes(sheet, column, pattern, kind, written):
    if column is None:
        return pd.Series(None, index=sheet.frame.index, dtype="str")
    codes = sheet.frame[column]
    wrong = codes.notna() & ~codes.str.fullmatch(pattern).eq(True)
    sheet.refuse(wrong, column, f"is the code of no {kind}", f"It is {written}. {_UNKNOWN}")
    return codes


def _metres(sheet, column, furthest):
    if column is None:
        return float("nan")
    filled = replace(sheet, frame=sheet.frame[sheet.frame[column].notna()])
    metres = filled.numbers(column) if len(filled.frame) else pd.Series(dtype=float)
    filled.refuse(
        ~metres.between(_DEGREES, furthest),
        column,
        "is not in Great Britain, in metres on the national grid",
        f"Ask for eastings and northings (EPSG:27700), not degrees. {_UNKNOWN}",
    )
    return metres.reindex(sheet.frame.index)
