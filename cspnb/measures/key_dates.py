"""Dates that crime is known or feared to follow: bank holidays, nights in autumn, holidays.

Bank holidays are those of England and Wales, by the `holidays` library, one-off ones included.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from cspnb.periods import Period

NIGHT = "date"
BANK_HOLIDAY = "bank holiday"
SCHOOL_HOLIDAY = "school holiday"

COLUMNS = ("name", "kind", "first", "last")

_FIXED = (
    ("Mischief Night", 10, 30, 30),
    ("Halloween", 10, 31, 31),
    ("Bonfire Night", 11, 5, 5),
    ("Christmas Eve", 12, 24, 24),
    ("Christmas and Boxing Day", 12, 25, 26),
    ("New Year's Eve", 12, 31, 31),
)
_OF_EVERY_YEAR = {
    "Good Friday": "Easter weekend",
    "Easter Monday": "Easter weekend",
    "May Day": "Early May bank holiday weekend",
    "Spring Bank Holiday": "Spring bank holiday weekend",
    "Late Summer Bank Holiday": "Summer bank holiday weekend",
    "New Year's Day": "New Year's Day",
}
_IN_LIEU = " (observed)"
_DAY_IN_LIEU = "Day in lieu of a winter bank holiday"
_BANK_HOLIDAYS = (*_OF_EVERY_YEAR.values(), _DAY_IN_LIEU)
_WINTER = ("Christmas Day", "Boxing Day", "New Year's Day")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Key dates of an area, one row a date or run of days: COLUMNS, days as timestamps, ordered.

    `first` and `last` are both of it. A name is the same in every year. `source` is where the
    dates are from, for readers; `missing` says which kind could not be had, or is empty, and
    `remedy`, to whoever runs the report, what would supply it.
    """

    dates: pd.DataFrame
    source: str
    missing: str = ""
    remedy: str = ""


def bank_holidays(first: date, last: date) -> pd.Series:
    """The bank holidays of England and Wales between two days, both included: names, by day.

    A day in lieu of one that fell on a weekend ends in '(observed)'.
    """
    import holidays  # takes a tenth of a second, and most reports ask for no date

    years = range(first.year, last.year + 1)
    known = holidays.country_holidays("GB", subdiv="ENG", years=years)
    days = {day: name for day, name in sorted(known.items()) if first <= day <= last}
    return pd.Series(days, dtype="str")


def key_dates(span: Period) -> pd.DataFrame:
    """The key dates of every year of a span, as `Calendar.dates` has them.

    A bank holiday counts with the weekend and the other bank holidays that it adjoins, for that
    is the time off; those of Christmas and New Year, and days in lieu of them, stand alone.
    """
    first, last = _ends(span)
    rows = [*_fixed(first, last), *_last_fridays(first, last), *_weekends(first, last)]
    return dates_of(rows)


def dates_of(rows) -> pd.DataFrame:
    """Rows of name, kind, first and last day as `Calendar.dates`, ordered by day."""
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table.astype({"first": "datetime64[s]", "last": "datetime64[s]"})
    return table.sort_values(["first", "last", "name"]).reset_index(drop=True)


def within(dates: pd.DataFrame, span: Period) -> pd.DataFrame:
    """The dates any day of which lies within a span of months."""
    first, last = (pd.Timestamp(day) for day in _ends(span))
    inside = (dates["last"] >= first) & (dates["first"] <= last)
    return dates[inside].reset_index(drop=True)


def _ends(span: Period) -> tuple[date, date]:
    after = span.end + 1
    return date(span.start.year, span.start.number, 1), date(after.year, after.number, 1) - _DAY


def _fixed(first: date, last: date) -> Iterator[tuple]:
    for year in range(first.year, last.year + 1):
        for name, month, begins, ends in _FIXED:
            start, end = date(year, month, begins), date(year, month, ends)
            if first <= start and end <= last:
                yield name, NIGHT, start, end


def _last_fridays(first: date, last: date) -> Iterator[tuple]:
    for year in range(first.year, last.year + 1):
        eve = date(year, 12, 24)
        friday = eve - _DAY * ((eve.weekday() - 4) % 7)
        if first <= friday <= last and friday != eve:
            yield "Last Friday before Christmas", NIGHT, friday, friday


def _weekends(first: date, last: date) -> Iterator[tuple]:
    """Bank holidays by run of days off; looked for beyond the ends, so that no run is cut."""
    month = timedelta(days=31)
    days = bank_holidays(first - month, last + month)
    others = {day: name for day, name in days.items() if not name.startswith(_WINTER)}
    told = set()
    for day, name in days.items():
        if day not in others:
            if name == "New Year's Day" or name.endswith(_IN_LIEU):
                called = _DAY_IN_LIEU if _IN_LIEU in name else name
                if first <= day <= last:
                    yield called, BANK_HOLIDAY, day, day
            continue
        start, end = _run(day, others)
        if start in told or not (first <= start and end <= last):
            continue
        told.add(start)
        names = (others[each] for each in _each(start, end) if each in others)
        known = [_OF_EVERY_YEAR.get(each) for each in names]
        yield next(filter(None, known), others[day]), BANK_HOLIDAY, start, end


def _run(day: date, bank: dict[date, str]) -> tuple[date, date]:
    """The days off, weekends and bank holidays, that a day is one of."""
    start = end = day
    while start - _DAY in bank or (start - _DAY).weekday() >= 5:
        start -= _DAY
    while end + _DAY in bank or (end + _DAY).weekday() >= 5:
        end += _DAY
    return start, end


def _each(start: date, end: date) -> list[date]:
    return [start + _DAY * place for place in range((end - start).days + 1)]


def days_of(dates: pd.DataFrame) -> pd.DatetimeIndex:
    """Every day of any of the dates, each once, in order."""
    days = [pd.date_range(row.first, row.last) for row in dates[["first", "last"]].itertuples()]
    return pd.DatetimeIndex(sorted(set().union(*days))) if days else pd.DatetimeIndex([])


def key_dates_ahead(calendar: Calendar, period: Period) -> pd.DataFrame:
    """The calendar's dates in the period that follows one, as many months long, ordered by day.

    A bank holiday that was proclaimed once is none of them: it comes in no other year, and in a
    report on the past it may be over.
    """
    following = Period(period.end + 1, period.end + len(period))
    ahead = within(calendar.dates, following)
    is_once = ahead["kind"].eq(BANK_HOLIDAY) & ~ahead["name"].isin(_BANK_HOLIDAYS)
    return ahead[~is_once].reset_index(drop=True)
