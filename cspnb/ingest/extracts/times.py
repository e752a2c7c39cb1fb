"""Times of the day in a column: 18:12, 1812, and a spreadsheet's part of a day."""

import pandas as pd

from cspnb.ingest.sheets import Sheet

_CLOCK = r"(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?"
_FOUR_DIGITS = r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)"
_PART_OF_A_DAY = r"0(?:\.\d+)?"
_EXACT_PART = r"0\.\d{3,}"
_MINUTES = 24 * 60


def times(sheet: Sheet, column: str, cells: pd.Series) -> pd.Series:
    """The cells of a column, or what follows the dates in it, as 'HH:MM'; blank is null.

    Seconds are dropped. A column of numbers from 0 up to 1 is read as parts of a day, as
    spreadsheets keep times, if some have three decimals or more: 0.3 might be half past midnight.
    Raises IngestError for 24:00, for 9.30 and 930, and for anything else.
    """
    if _are_parts_of_days(cells):
        minutes = (cells.astype(float) * _MINUTES).round() % _MINUTES
        return _clock(_digits(minutes // 60), _digits(minutes % 60))
    sheet.refuse(
        cells.str.fullmatch(r"24:?00(?::00)?").eq(True),
        column,
        "is midnight at the end of a day, and it cannot be told which day is meant",
        "Write 00:00 of the day that begins, or 23:59 of the day that ends.",
    )
    read = cells.str.extract(f"^{_CLOCK}$").fillna(cells.str.extract(f"^{_FOUR_DIGITS}$"))
    sheet.refuse(
        cells.notna() & read["h"].isna(),
        column,
        "is not a time of day",
        "Write hours and minutes of 24 hours, 18:12 or 1812; give a column of numbers the format "
        "hh:mm in the spreadsheet, for 9.30 and 930 may be times or not.",
    )
    return _clock(read["h"], read["m"])


def _are_parts_of_days(cells):
    filled = cells.dropna()
    parts = filled.str.fullmatch(_PART_OF_A_DAY).all()
    return parts and filled.str.fullmatch(_EXACT_PART).any()


def _digits(numbers):
    return numbers.astype("Int64").astype("string").astype("str")


def _clock(hours, minutes):
    return hours.str.zfill(2) + ":" + minutes.str.zfill(2)
