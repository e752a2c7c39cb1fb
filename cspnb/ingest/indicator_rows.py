"""A sheet of supplied figures read as rows, and all that can be wrong with one."""

import difflib
import re
from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from cspnb.errors import IngestError, PeriodError
from cspnb.ingest.sheets import Sheet
from cspnb.periods import Period

REQUIRED = ("measure", "period", "area", "value")
OPTIONAL = ("base", "supplier", "note")
NOT_STATED = "not stated"

_AREA = r"(E0[6-9]|W06|E22|W14)\d{6}"
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[A-Za-z]{3}-\d\d|\d{5}")


def with_our_columns(sheet: Sheet) -> Sheet:
    """The sheet with its columns in lower case; IngestError for one missing or unknown."""
    frame = sheet.frame.rename(columns=str.casefold)
    absent = [name for name in REQUIRED if name not in frame]
    unknown = [name for name in frame if name not in REQUIRED + OPTIONAL]
    if absent or unknown or frame.columns.has_duplicates:
        fault = f"column '{absent[0]}' is missing" if absent else "a column is not known"
        raise IngestError(
            f"{fault}; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=f"The first row names {', '.join(REQUIRED)} and, if need be, "
            f"{', '.join(OPTIONAL)}, in any order.",
        )
    return replace(sheet, frame=frame)


def figures(sheet: Sheet, measures: Collection[str] | None) -> pd.DataFrame:
    """The sheet's figures, indexed by line: INDICATORS columns but `source_id`.

    measures: the names of known measures, or None where any name will do. Raises IngestError for
    a blank or malformed cell, and for a period that a spreadsheet has turned into a date.
    """
    text = sheet.frame
    for column in REQUIRED:
        sheet.refuse(text[column].isna(), column, "is no answer", "Fill it, or drop the row.")
    _refuse_unknown(sheet, measures)
    sheet.refuse(
        ~text["area"].str.fullmatch(_AREA).eq(True),
        "area",
        "is the code of no district and of no partnership",
        "District codes begin E06-E09 or W06, partnerships' E22 or W14.",
    )
    periods = _periods(sheet)
    rows = pd.DataFrame(
        {
            "measure": text["measure"],
            "start": [str(period.start) for period in periods],
            "end": [str(period.end) for period in periods],
            "area_code": text["area"],
            "value": sheet.numbers("value"),
            "base": _bases(sheet),
            "supplier": text.get("supplier"),
            "note": text.get("note"),
        },
        index=text.index,
    )
    texts = {name: "str" for name in rows if name not in ("value", "base")}
    return rows.astype(texts).fillna({"supplier": NOT_STATED})


def _refuse_unknown(sheet, measures):
    if measures is None:
        return
    names = sheet.frame["measure"]
    unknown = ~names.isin(list(measures))
    if unknown.any():
        nearest = difflib.get_close_matches(names[unknown].iloc[0], sorted(measures), n=1)
        remedy = f"Did you mean '{nearest[0]}'? " if nearest else ""
        known_names = ", ".join(sorted(measures)) or "none"
        sheet.refuse(unknown, "measure", "is no measure", f"{remedy}Measures: {known_names}.")


def _periods(sheet):
    text = sheet.frame["period"]
    sheet.refuse(
        text.str.fullmatch(_DATE).eq(True),
        "period",
        "is a date, and it cannot be told which period it was: spreadsheets turn both the month "
        "2011-12 and the year 2011/12 into 1 December 2011",
        "Format the column as text, then type the period again.",
    )
    return [_period(sheet, line, written) for line, written in text.items()]


def _period(sheet, line, written):
    try:
        return Period.parse(written)
    except PeriodError as error:
        raise IngestError(
            error.what, where=sheet.where(line, "period"), remedy=error.remedy
        ) from error


def _bases(sheet):
    """The bases as numbers of at least nothing; a blank one is missing."""
    if "base" not in sheet.frame:
        return float("nan")
    stated = replace(sheet, frame=sheet.frame[sheet.frame["base"].notna()])
    bases = stated.numbers("base") if len(stated.frame) else pd.Series(dtype=float)
    stated.refuse(bases < 0, "base", "is below nothing")
    return bases.reindex(sheet.frame.index)
