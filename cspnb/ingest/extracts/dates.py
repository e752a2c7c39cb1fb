"""Dates and times of an extract, read in the order it is said to write them, and in no other.

Times are local wall time and stay so: an hour that the clocks leave out in March is kept.
"""

import pandas as pd

from cspnb.errors import IngestError
from cspnb.extracts import Extract
from cspnb.ingest.extracts.times import times
from cspnb.ingest.sheets import Sheet

_ISO = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<time>\S.*))?"
_YEAR_FIRST = r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:[T ]+(?P<time>\S.*))?"
_DAY_FIRST = r"(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-](?P<y>\d{4})(?:[T ]+(?P<time>\S.*))?"
_DAY_AND_NAME = (
    r"(?P<d>\d\d?)[ -](?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -]"
    r"(?P<y>\d{4})(?:[T ]+(?P<time>\S.*))?"
)
_SHORT_YEAR = r"\d\d?[/. -](?:\d\d?|[A-Za-z]{3,9})[/. -]\d\d(?:\D.*)?"
_ZONED = r".*\d:\d.*\d ?(?:Z|[+-]\d\d:?\d\d)"
_SERIAL = r"\d{5}(?:\.\d+)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {name: f"{number:02}" for number, name in enumerate(_MONTHS, start=1)}


def moments(sheet: Sheet, extract: Extract, field: str) -> pd.Series:
    """A field's dates as 'YYYY-MM-DDTHH:MM', or 'YYYY-MM-DD' where no time is given; blank is null.

    Raises IngestError for a cell in another order, a year of two digits, a day that is not in the
    calendar, a spreadsheet's number, a zone of time, or a time that `times` does not take.
    """
    columns = extract.columns[field]
    parts = _parts(sheet, columns[0], extract.dates)
    days = _days(sheet, columns[0], parts)
    clock = times(sheet, columns[0], parts["time"])
    if len(columns) == 2:
        both = clock.notna() & clock.ne("00:00")
        why = "has a time of its own, beside the column of times"
        sheet.refuse(both, columns[0], why, f"Map '{columns[0]}' alone.")
        clock = times(sheet, columns[1], sheet.frame[columns[1]])
        lone = clock.notna() & days.isna()
        sheet.refuse(lone, columns[1], "is a time without a date")
    return days.where(clock.isna(), days + "T" + clock)


def refuse_disorder(sheet: Sheet, extract: Extract, begun: pd.Series, ended: pd.Series) -> None:
    """Raise IngestError where something ended before it began; a date is compared as a date."""
    dates_alone = (begun.str.len() == 10) | (ended.str.len() == 10)
    first = begun.where(~dates_alone, begun.str[:10])
    last = ended.where(~dates_alone, ended.str[:10])
    early = (last < first) & begun.notna() & ended.notna()
    if early.any():
        line = early.index[early][0]
        raise IngestError(
            "it ended before it began",
            where=sheet.where(line, extract.column("to")),
            remedy="Find out which is right; check 'dates' and which column is 'from'.",
        )


def _parts(sheet, column, order):
    """Year, month, day and the rest of each cell, as text: y, m, d, time."""
    cells = sheet.frame[column]
    _refuse_other_ways(sheet, column, cells)
    iso = cells.str.fullmatch(_ISO).eq(True)
    real_dates = sheet.unit == "row" and iso.any()
    if real_dates and order == "day first":
        _refuse_mixture(sheet, column, cells, iso)
    if real_dates or order == "year first":
        pattern, example = _YEAR_FIRST, "2014-03-25"
    else:
        pattern, example = _DAY_FIRST, "25/03/2014"
    parts = cells.str.extract(f"^{pattern}$")
    if order == "day first":
        named = cells.str.extract(f"(?i)^{_DAY_AND_NAME}$")
        months = named["m"].str[:3].str.lower().map(_NUMBERS)
        parts = parts.fillna(named.assign(m=months))
    sheet.refuse(
        cells.notna() & parts["y"].isna(),
        column,
        f"is not a date written {order}, as {example}",
        "Check 'dates' in the partnership's file; leave a cell blank where the date is not known.",
    )
    return parts


def _refuse_other_ways(sheet, column, cells):
    sheet.refuse(
        cells.str.fullmatch(_SERIAL).eq(True),
        column,
        "is a spreadsheet's number for a date",
        "Give the column a date format in the spreadsheet, and save it again.",
    )
    sheet.refuse(
        cells.str.fullmatch(_SHORT_YEAR).eq(True),
        column,
        "has a year of two digits, and its century cannot be told",
        "Ask for years of four digits.",
    )
    sheet.refuse(
        cells.str.contains(r"\d ?(?:Z|[+-]\d\d:?\d\d)$").eq(True)
        & cells.str.contains(":").eq(True),
        column,
        "has a zone of time",
        "Ask for local time, as the clock on the wall showed it.",
    )


def _refuse_mixture(sheet, column, cells, iso):
    """Text beside real dates: a spreadsheet has read some days as months, and left the others."""
    sheet.refuse(
        cells.notna() & ~iso,
        column,
        "is text, and other cells of the column are dates: a spreadsheet took the day for the "
        "month wherever that gave a date",
        "Open the supplier's own file again with the column as text, and save it anew.",
    )


def _days(sheet, column, parts):
    years = parts["y"].astype(float)
    sheet.refuse(
        parts["y"].notna() & ~years.between(1900, 2099), column, "is of a year out of all bounds"
    )
    calendar = {"year": years, "month": parts["m"], "day": parts["d"]}
    days = pd.to_datetime(pd.DataFrame(calendar).astype(float), errors="coerce")
    sheet.refuse(
        parts["y"].notna() & days.isna(),
        column,
        "is a day that is not in the calendar",
        "Mend it; if the month stands first, ask for days first.",
    )
    return days.dt.strftime("%Y-%m-%d").astype("str")
