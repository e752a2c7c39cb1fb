"""Offence codes that a spreadsheet took for dates: '8/13' is shown as a day of August.

A code `class/subclass` looks like a date, and a spreadsheet set to month before day makes `3/2`
the second of March of the year it was typed in, and `8/52` the first of August 1952. The date
can be turned back into the code where it is certain that this is what was done.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

_FIRST_SERIAL, _LAST_SERIAL = 1_000, 80_000
_DAY_NOUGHT = date(1899, 12, 30)
_ISO = r"(?:19|20)\d\d-\d\d-\d\d"


@dataclass(frozen=True)
class Codes:
    """Codes as text, null where a date cannot be turned back; what was, and what was not.

    `restored`: the code of each date as the file shows it; `lost`: dates, one a row left out.
    """

    text: pd.Series
    restored: dict[str, str]
    rows_restored: int
    lost: list[str]


def worked_back(codes: pd.Series) -> Codes:
    """The codes of a column, dates turned back into codes where the column itself proves how.

    It is proved that months came first when a code stands as text that a spreadsheet with days
    first would have made a date too (`13/1`), and none does that one with months first would have
    (`8/13`). It is known in which year they were typed when all dates but first days of a month
    lie in one. No code has four digits before its stroke, so a whole number above 1,000 is a date.
    """
    dates = {seen: day for seen in codes.unique() if (day := _date(seen)) is not None}
    typed = {day.year for day in dates.values() if day.day != 1}
    proved = len(typed) == 1 and _months_came_first(codes)
    year = typed.pop() if proved else None
    restored = {seen: _code(day, year) for seen, day in dates.items()} if proved else {}
    restored = {seen: code for seen, code in restored.items() if code is not None}
    restored = {seen: code for seen, code in restored.items() if code not in set(codes)}
    was_date = codes.isin(list(dates))
    text = codes.replace(restored).where(~was_date | codes.isin(list(restored)))
    rows_restored = int(codes.isin(list(restored)).sum())
    return Codes(text.astype("str"), restored, rows_restored, list(codes[text.isna()]))


def are_dates(codes: pd.Series) -> pd.Series:
    """Which cells are no code but the date that a spreadsheet made of one."""
    return codes.map(lambda text: _date(text) is not None)


def _date(text):
    if text.isdigit() and _FIRST_SERIAL < int(text) < _LAST_SERIAL:
        return _DAY_NOUGHT + timedelta(days=int(text))
    if not re.fullmatch(_ISO, text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _months_came_first(codes):
    parts = codes.str.extract(r"^(\d{1,2})/(\d{1,2})$").dropna().astype("int64")
    first, second = parts[0], parts[1]
    only_days_first = first.between(13, 31) & second.between(1, 12)
    months_first = first.between(1, 12) & second.between(1, 31)
    return bool(only_days_first.any()) and not months_first.any()


def _code(day, year):
    """'month/day' in the year of typing; 'month/year' for a first day of another year."""
    if day.year == year:
        return f"{day.month}/{day.day}"
    last_two = day.year % 100
    if day.day != 1 or last_two == 0 or _is_day(year, day.month, last_two):
        return None
    return f"{day.month}/{last_two}"


def _is_day(year, month, number):
    first = date(year, month, 1)
    return number <= 31 and (first + timedelta(days=number - 1)).month == month
