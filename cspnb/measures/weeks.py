"""Records counted by ISO week: Monday to Sunday, whole weeks of sound months only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.events import Events
from cspnb.measures.months import ABSENT, SOUND
from cspnb.periods import Month, Period

COLUMNS = ["week", "monday", "month", "count", "status", "reason", "holiday"]

_DAYS = 7
_NO_DAY = "{number} of a sound month {have} no day, and {are} in no week."
_EITHER = (
    "{number} may belong to a later week: when it happened is known only between two times, and "
    "the earlier is taken."
)


@dataclass(frozen=True)
class Weeks:
    """A measure's counts in one area by ISO week, of one source.

    `table` has one row a week, without gaps, of those that lie whole in `span`: `week`
    (YYYY-Www), `monday` (YYYY-MM-DD), `month` (YYYY-MM, where most of its days lie), `count`
    (Int64, null where absent), `status` (sound or absent), `reason` (text, empty when sound) and
    `holiday` (bool: a bank holiday lies in it). `months` has `month`, `status` and `reason`, as
    in `Events`. `missing` says why the measure has no weeks at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    table: pd.DataFrame
    months: pd.DataFrame
    source: str = ""
    origin: str = ""
    caveats: tuple[str, ...] = ()
    missing: str = ""


def weeks(events: Events, holidays: Iterable[date] = ()) -> Weeks:
    """The records of one measure by ISO week, counted at the earliest time each can have happened.

    A week that touches a month which is not sound is absent. holidays: the bank holidays, by
    which weeks are flagged; they count as any other. Records without a day are in no week: the
    caveats say how many of sound months there are. Source of the week: ISO 8601.
    """
    mondays = _mondays(events.span)
    table = _judged(mondays, events.months).assign(
        count=lambda weeks: _counts(events.table, mondays).mask(weeks["status"].ne(SOUND)),
        holiday=_has_any(mondays, holidays),
    )
    return Weeks(
        measure=events.measure,
        area=events.area,
        period=events.period,
        span=events.span,
        table=table[COLUMNS],
        months=events.months,
        source=events.source,
        origin=events.origin,
        caveats=(*events.caveats, *_uncounted(events), *_between_weeks(events)),
        missing=events.missing,
    )


def monday_of(days: pd.Series) -> pd.Series:
    """The Monday of the week of each day or time; null where there is none."""
    midnight = days.dt.normalize()
    return midnight - pd.to_timedelta(midnight.dt.day_of_week, unit="D")


def _mondays(span: Period) -> list[date]:
    """The first day of every ISO week that lies whole within a span of months."""
    first = date(span.start.year, span.start.number, 1)
    after = span.end + 1
    last = date(after.year, after.number, 1) - timedelta(days=_DAYS)
    first += timedelta(days=-first.weekday() % _DAYS)
    return [first + timedelta(weeks=n) for n in range((last - first).days // _DAYS + 1)]


def _judged(mondays: list[date], months: pd.DataFrame) -> pd.DataFrame:
    """The weeks with their status, by the months that their first and last days lie in."""
    unsound = {
        row.month: f"{Month.parse(row.month).label} {row.status}"
        for row in months.itertuples(index=False)
        if row.status != SOUND
    }
    rows = []
    for monday in mondays:
        ends = dict.fromkeys(_month(monday + timedelta(days=day)) for day in (0, _DAYS - 1))
        reason = "; ".join(unsound[month] for month in ends if month in unsound)
        year, number, _ = monday.isocalendar()
        rows.append(
            {
                "week": f"{year}-W{number:02d}",
                "monday": monday.isoformat(),
                "month": _month(monday + timedelta(days=_DAYS // 2)),
                "status": ABSENT if reason else SOUND,
                "reason": reason,
            }
        )
    return pd.DataFrame(rows, columns=["week", "monday", "month", "status", "reason"])


def _counts(records: pd.DataFrame, mondays: list[date]) -> pd.Series:
    counted = monday_of(records["from_at"]).dt.strftime("%Y-%m-%d").value_counts()
    wanted = [monday.isoformat() for monday in mondays]
    return counted.reindex(wanted, fill_value=0).astype("Int64").reset_index(drop=True)


def _has_any(mondays: list[date], days: Iterable[date]) -> list[bool]:
    holidays = {day - timedelta(days=day.weekday()) for day in days}
    return [monday in holidays for monday in mondays]


def _uncounted(events: Events) -> tuple[str, ...]:
    sound = events.months.loc[events.months["status"].eq(SOUND), "month"]
    without = events.table["from_at"].isna() & events.table["month"].isin(sound)
    if not (number := int(without.sum())):
        return ()
    have, are = ("has", "is") if number == 1 else ("have", "are")
    return (_NO_DAY.format(number=_records(number), have=have, are=are),)


def _between_weeks(events: Events) -> tuple[str, ...]:
    """How many records could lie in a later week than the one they are counted in."""
    table = events.table.dropna(subset=["from_at", "to_at"])
    later = monday_of(table["to_at"]) > monday_of(table["from_at"])
    number = int(later.sum())
    return (_EITHER.format(number=_records(number)),) if number else ()


def _records(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"


def _month(day: date) -> str:
    return str(Month(day.year, day.month))
