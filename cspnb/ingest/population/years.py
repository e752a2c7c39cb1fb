"""Which mid-year, or census year, the counts of a file are of."""

import re

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.sheets import Sheet


def years_of(sheet: Sheet, layout, given: int | None, titled: int | None) -> pd.Series:
    """The year of each row: of its own column, else of the column names, the sheet's title, the
    file's name, or as given. IngestError where none says, and where `given` is contradicted.

    layout: its `column(sheet, field)` finds columns, its `residents` may capture a year.
    """
    column = layout.column(sheet, "year")
    if column:
        text = sheet.frame[column]
        sheet.refuse(~text.str.fullmatch(r"(19|20)\d\d").eq(True), column, "is not a year")
        years = text.astype("int64")
    else:
        stated = _in_columns(sheet, layout) or titled or _in_name(sheet.name) or given
        if stated is None:
            raise IngestError(
                "the year is neither in the column names nor, once, in the file's name",
                where=sheet.name,
                remedy="Give it: --year 2019.",
            )
        years = pd.Series(int(stated), index=sheet.frame.index)
    _refuse_contradiction(sheet, years, given)
    return years


def _refuse_contradiction(sheet, years, given):
    if given is not None and (years != int(given)).any():
        raise IngestError(
            f"the file says its figures are of {years[years != int(given)].iloc[0]}, "
            f"and --year says {given}",
            where=sheet.name,
            remedy="Leave --year out, or rename the file if its name is wrong.",
        )


def _in_columns(sheet, layout):
    column = layout.counts(sheet).get("residents")
    match = column and re.fullmatch(layout.residents, column, re.IGNORECASE)
    return match.groupdict().get("year") if match else None


def _in_name(name):
    """The one year in a file's name, 'mid2019' before any other; None where there are two."""
    for pattern in (r"mid[-_ ]?((?:19|20)\d\d)", r"(?<!\d)((?:19|20)\d\d)(?!\d)"):
        years = set(re.findall(pattern, name, re.IGNORECASE))
        if years:
            return years.pop() if len(years) == 1 else None
    return None
