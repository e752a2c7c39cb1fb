"""When does it happen? Events by hour of the week, and the hours and days that stand out."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.measures.aoristic import DAYS, LIMIT, by_day_and_hour, hours_of_week
from cspnb.measures.definition import Measure
from cspnb.measures.event_days import sound_days
from cspnb.measures.events import Events
from cspnb.measures.months import coverage, unsound
from cspnb.measures.peaks import RESAMPLES, Peak, peak
from cspnb.periods import Period

FEWEST = 50
"""With fewer events of a known time than this, no hour is said to stand out."""

LEAST_KNOWN = 0.5
"""Where fewer than this share have a known time, those that have may be unlike the others."""

WINDOW = 3
_LOOKS = 3  # at hours of the day, at days, and at hours of the week


@dataclass(frozen=True)
class Timing:
    """A measure's events by day and hour, and where they are densest.

    `hours` has a row a day (Monday first) and a column an hour (0 to 23): the expected number of
    events, parts included. `events` is how many there are; `timed` how many of them have a known
    time, `without_time` how many have none, `too_long` how many may lie anywhere in more than
    `limit` hours. `at_midnight` is how many are timed at 00:00 exactly, of `timed`.
    `gaps` names the months that are not sound, none of whose events are here.
    `busiest_hours` are three neighbouring hours of the day, `busiest_day` a day of the week,
    `busiest_time` three neighbouring hours of the week; None where `reason` says why.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    hours: pd.DataFrame
    events: int
    timed: int
    without_time: int
    too_long: int
    at_midnight: int
    busiest_hours: Peak | None = None
    busiest_day: Peak | None = None
    busiest_time: Peak | None = None
    limit: float = LIMIT
    alpha: float = 0.05
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    missing: str = ""
    gaps: str = ""
    caveats: tuple[str, ...] = field(default=())

    @property
    def by_hour(self) -> pd.DataFrame:
        """A row an hour, `Hour` its beginning ('00:00'), a column a day and `All days`."""
        hours = [f"{hour:02d}:00" for hour in self.hours.columns]
        table = self.hours.T.set_axis(hours).rename_axis("Hour").rename_axis(columns=None)
        return table.assign(**{"All days": table.sum(axis=1)}).reset_index()

    def stands_out(self, found: Peak | None) -> bool:
        """Whether a peak is more than chance, three kinds of peak having been looked for."""
        return found is not None and found.p_value < self.alpha / _LOOKS


def timing(events: Events, *, limit: float = LIMIT, alpha: float = 0.05) -> Timing:
    """The hours of the week at which a measure's events happen, and which stand out.

    An event between two known times is spread over the hours between (`measures.aoristic`); one
    that may lie anywhere in more than `limit` hours, or has no time, is counted apart. A peak
    must be denser than the densest that chance makes of even hours (`measures.peaks`), at `alpha`
    over three looks. Nothing is judged with fewer than 50 timed events, or where fewer than half
    have a time.
    """
    table = events.table
    timed = table[table["has_time"]]
    known = timed[timed["to_at"] - timed["from_at"] <= pd.Timedelta(hours=limit)]
    expected = hours_of_week(known["from_at"], known["to_at"])
    reason = _why_not(events, len(known))
    exactly = (known["from_at"] == known["to_at"]) & known["from_at"].eq(
        known["from_at"].dt.normalize()
    )
    return Timing(
        measure=events.measure,
        area=events.area,
        period=events.period,
        span=events.span,
        hours=by_day_and_hour(expected),
        events=len(table),
        timed=len(known),
        without_time=len(table) - len(timed),
        too_long=len(timed) - len(known),
        at_midnight=int(exactly.sum()),
        **({} if reason else _peaks(expected, _days_of_each(events.months))),
        limit=limit,
        alpha=alpha,
        method=f"{_method(limit, alpha)} {events.remedy}".strip(),
        source=events.source,
        coverage=coverage(events.months),
        reason=reason,
        missing=events.missing,
        gaps="" if events.missing else unsound(events.months),
        caveats=events.caveats,
    )


def _peaks(expected: np.ndarray, days: np.ndarray) -> dict[str, Peak]:
    week = expected.reshape(len(DAYS), 24)
    share = days / days.sum()
    hourly = np.repeat(share / 24, 24)
    return {
        "busiest_hours": peak(week.sum(axis=0), np.full(24, 1 / 24), cells=WINDOW),
        "busiest_day": peak(week.sum(axis=1), share),
        "busiest_time": peak(expected, hourly, cells=WINDOW),
    }


def _days_of_each(months: pd.DataFrame) -> np.ndarray:
    """How many Mondays, Tuesdays ... the sound months have."""
    return np.bincount(sound_days(months).day_of_week, minlength=len(DAYS))


def _why_not(events: Events, timed: int) -> str:
    if events.missing:
        return events.missing
    if timed < FEWEST:
        return f"{timed or 'none'} of them have a known time, and {FEWEST} are needed"
    if timed < LEAST_KNOWN * len(events.table):
        return (
            f"only {timed:,} of {len(events.table):,} have a known time, and the others may be at "
            "other hours"
        )
    return ""


def _method(limit: float, alpha: float) -> str:
    return (
        "Each event counts as one, spread over the hours in which it can have happened (aoristic "
        "weights; Ratcliffe and McCullagh 1998), by the clocks of the place; one that can lie "
        f"anywhere in more than {limit:g} hours is left out. The densest stretch is tested against "
        f"the densest, wherever it lies, of each of {RESAMPLES:,} simulations of even hours and "
        f"days, at the {100 * alpha:g}% level over the three kinds of peak looked for."
    )
