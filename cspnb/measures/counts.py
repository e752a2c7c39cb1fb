"""Counts of one measure in one area, and their totals over whole periods."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Month, Period

SOUND = "sound"
ABSENT = "absent"
ABNORMAL = "abnormal"


@dataclass(frozen=True)
class Counts:
    """A measure's counts in one area, with all that a reader needs to judge them.

    `monthly` has one row a month, without gaps, from the first month that was asked for to the
    last of `period`: `month` (YYYY-MM text), `count` (Int64, null where absent), `status` (sound,
    absent or abnormal), `reason` (text, empty when sound), `source` (text).
    `stated` has figures supplied for longer periods: `start`, `end` (YYYY-MM), `value` (float),
    `source`.
    `caveats` are sentences; `missing` says why the measure cannot be had at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    monthly: pd.DataFrame
    stated: pd.DataFrame
    caveats: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Levels:
    """A measure that is a percentage, by period: satisfaction, a survey's answer.

    `table` has one row a period: `start`, `end` (YYYY-MM), `value` (per cent), `base`
    (respondents, null where not given), `source`.
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    missing: str = ""


@dataclass(frozen=True)
class Total:
    """The sum over a period: whole only where every month is sound, or the figure was supplied.

    `count` holds the sum of the months that are there, whole or not; None where none is.
    `reason` says what is missing: 'April to November 2019 absent; March 2020 abnormal'.
    """

    period: Period
    count: int | None
    complete: bool
    sound_months: int
    reason: str = ""
    sources: tuple[str, ...] = ()


def total(counts: Counts, period: Period) -> Total:
    """One measure's total in one area over a period, and whether it is whole.

    The months decide: twelve sound ones make a year. Where some are not sound, a figure supplied
    for exactly this period stands in their place; failing that, what is there is added up and the
    total says which months are missing. A month before the first that is held is absent.
    """
    if counts.missing:
        return Total(period, None, complete=False, sound_months=0, reason=counts.missing)
    months = _months_of(counts, period)
    sound = int((months["status"] == SOUND).sum())
    complete, reason = sound == len(period), _unsound(months)
    if not complete:
        supplied = _supplied_for(counts, period)
        if supplied["value"].nunique() == 1:
            figure = round(supplied["value"].iloc[0])
            return Total(period, figure, True, sound, sources=_named(supplied["source"]))
        if len(supplied):
            reason += f"; {len(supplied)} supplied figures disagree"
    there = months[months["count"].notna()]
    count = int(there["count"].sum()) if len(there) else None
    return Total(period, count, complete, sound, reason, _named(there["source"]))


def shortfall(whole: Total) -> str:
    """Why a total is not whole: '2019/20 is incomplete (March 2020 abnormal)'; '' where it is."""
    if whole.complete:
        return ""
    state = "is not held" if whole.count is None else "is incomplete"
    return f"{whole.period.label} {state} ({whole.reason})"


def _months_of(counts: Counts, period: Period) -> pd.DataFrame:
    wanted = [str(month) for month in period.months]
    months = counts.monthly.set_index("month").reindex(wanted)
    return months.assign(status=months["status"].fillna(ABSENT))


def _supplied_for(counts: Counts, period: Period) -> pd.DataFrame:
    stated = counts.stated
    exactly = (stated["start"] == str(period.start)) & (stated["end"] == str(period.end))
    return stated[exactly & stated["value"].notna()]


def _named(sources: pd.Series) -> tuple[str, ...]:
    return tuple(source for source in sources.dropna().unique() if source)


def _unsound(months: pd.DataFrame) -> str:
    """The months that are not sound, as runs: 'April to November 2019 absent; ...'."""
    stretches = {
        status: _runs(Month.parse(month) for month in months.index[months["status"] == status])
        for status in (ABSENT, ABNORMAL)
    }
    return "; ".join(
        f"{', '.join(run.label for run in runs)} {status}"
        for status, runs in stretches.items()
        if runs
    )


def _runs(months) -> list[Period]:
    runs: list[Period] = []
    for month in months:
        if runs and runs[-1].end + 1 == month:
            runs[-1] = Period(runs[-1].start, month)
        else:
            runs.append(Period(month, month))
    return runs
