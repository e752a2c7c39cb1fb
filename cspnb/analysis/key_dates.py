"""What do key dates bring? Events on them beside ordinary days of the same weekdays."""

from dataclasses import dataclass

import pandas as pd

from cspnb.analysis.judged_dates import NOT_JUDGED, judged
from cspnb.measures.definition import Measure
from cspnb.measures.event_days import has_known_day, sound_days
from cspnb.measures.events import Events
from cspnb.measures.key_dates import Calendar, days_of, key_dates_ahead, within
from cspnb.measures.months import coverage, unsound
from cspnb.measures.ordinary_days import AROUND, Expected, expected_on, spread_of
from cspnb.periods import Period

FEWEST = 50
"""With fewer events of a known day than this, no date is looked at."""


@dataclass(frozen=True)
class KeyDates:
    """A measure's events on key dates, beside what ordinary days lead one to expect.

    `dates` has one row a date of the calendar, all its years together, in the order of the year
    from the period's first month: `name`, `kind`, `times` (in how many years), `days`, `events`,
    `expected`, `ratio`, `lower`, `upper` (95%), `p_value`, `q_value` (false discovery, over the
    dates judged), `verdict` (one of the four of `judged_dates`), `reason`; `ratio` is null and
    `upper` infinite where none is expected. `each` has one row a date and
    year: `name`, `first`, `last`, `events`, `expected` (both null where not known).
    `ahead` has the calendar's dates in the period that follows: `name`, `kind`, `first`, `last`,
    `verdict`. `spread` is the variance over the mean of ordinary days; None where not measured.
    `days_unknown` events can have happened on any of more than two days, and are left out.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    dates: pd.DataFrame
    each: pd.DataFrame
    ahead: pd.DataFrame
    events: int
    days_unknown: int
    spread: float | None = None
    alpha: float = 0.05
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    missing: str = ""
    gaps: str = ""
    calendar_missing: str = ""
    caveats: tuple[str, ...] = ()


def key_dates(events: Events, calendar: Calendar, *, alpha: float = 0.05) -> KeyDates:
    """Events on each key date against the same weekdays in the four weeks either side.

    Ordinary days leave out every date of the calendar, and every day of a month that is not
    sound. A date's years are added up. More or fewer is said where the q-value is `alpha` or less,
    the family being the dates judged. An event counts on the first day it can have happened; one
    that can lie on more than two days is left out.
    """
    counts, unknown = _by_day(events)
    reason = _why_not(events, int(counts.sum()))
    key_days = days_of(calendar.dates)
    spread = None if reason else spread_of(counts, key_days)
    inside = within(calendar.dates, events.span)
    found = {} if reason else _found(counts, key_days, inside)
    remedies = (events.remedy, calendar.remedy)
    dates = judged(inside, found, max(spread or 1, 1), alpha)
    return KeyDates(
        measure=events.measure,
        area=events.area,
        period=events.period,
        span=events.span,
        dates=dates,
        each=_each(inside, found),
        ahead=_ahead(calendar, events.period, dates),
        events=len(events.table),
        days_unknown=unknown,
        spread=spread,
        alpha=alpha,
        method=" ".join(filter(None, (_method(spread, alpha, dates), *remedies))),
        source="; ".join(filter(None, (events.source, calendar.source))),
        coverage=coverage(events.months),
        reason=reason,
        missing=events.missing,
        gaps="" if events.missing else unsound(events.months),
        calendar_missing=calendar.missing,
        caveats=events.caveats,
    )


def _by_day(events: Events) -> tuple[pd.Series, int]:
    """Events by day, for every day of the sound months, and how many have no day."""
    known = events.table[has_known_day(events.table)]
    per_day = known["from_at"].dt.normalize().value_counts()
    counts = per_day.reindex(sound_days(events.months), fill_value=0)
    return counts, len(events.table) - len(known)


def _found(counts, key_days, dates) -> dict[int, Expected | None]:
    """What each date of each year had and would have had, by its place in the dates."""
    return {
        row.Index: expected_on(counts, key_days, row.first, row.last) for row in dates.itertuples()
    }


def _each(dates: pd.DataFrame, found: dict) -> pd.DataFrame:
    known = [found.get(place) for place in dates.index]
    return dates[["name", "first", "last"]].assign(
        events=pd.array([day and day.events for day in known], dtype="Int64"),
        expected=pd.array([day and day.expected for day in known], dtype="Float64"),
    )


def _ahead(calendar: Calendar, period: Period, dates: pd.DataFrame) -> pd.DataFrame:
    ahead = key_dates_ahead(calendar, period)
    verdicts = dates.set_index("name")["verdict"]
    return ahead.assign(
        verdict=ahead["name"].map(verdicts).astype("object").fillna(NOT_JUDGED).astype("str")
    )


def _why_not(events: Events, known: int) -> str:
    if events.missing:
        return events.missing
    if known < FEWEST:
        return f"{known or 'none'} of them have a known day, and {FEWEST} are needed"
    return ""


def _method(spread: float | None, alpha: float, dates: pd.DataFrame) -> str:
    number = int(dates["p_value"].notna().sum())
    if spread is None:
        varies = "that ordinary days may vary more than chance is not allowed for"
    elif spread > 1:
        varies = f"ordinary days vary {spread:.1f} times as much as chance has it, allowed for"
    else:
        varies = f"ordinary days vary no more than chance: {spread:.1f} times"
    return (
        f"Expected are the same weekdays in the {AROUND // 7} weeks either side, without other key "
        f"dates; ratio with its 95% interval by the exact conditional test of "
        f"two counts ({varies}). More or fewer is said at a false discovery rate of "
        f"{100 * alpha:g}% over the {number} dates judged (Benjamini and Hochberg 1995)."
    )
