"""Counts of one measure in one area, and their totals over whole periods."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND, runs, unsound
from cspnb.periods import Month, Period


@dataclass(frozen=True)
class Series:
    """What one source holds of a measure in one area: `monthly` and `stated` as in `Counts`.

    `origin` is the source as params name it, `source` its name for readers. `caveats` are its
    own: what its publisher says of it.
    """

    origin: str
    source: str
    monthly: pd.DataFrame
    stated: pd.DataFrame
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """A measure's counts in one area, with all that a reader needs to judge them.

    They are of one source. `others` are the other sources that hold the measure, best first: one
    of them may give a period which this one does not hold whole. No two are ever added together.

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
    origin: str = ""
    others: tuple[Series, ...] = ()

    def coverage(self) -> pd.DataFrame:
        """Whether any source has each month: `month`, `status`, `reason`, `source`.

        A month is told by the first source that has it sound, else by the counts' own.
        """
        own = self.monthly.set_index("month")
        for series in self.others:
            other = series.monthly.set_index("month").reindex(own.index)
            better = own["status"].ne(SOUND) & other["status"].eq(SOUND)
            own = own.where(~better, other)
        return own.reset_index()[["month", "status", "reason", "source"]]


@dataclass(frozen=True)
class Levels:
    """A measure that is a percentage, by period: satisfaction, a survey's answer.

    `table` has one row a period: `start`, `end` (YYYY-MM), `value` (per cent), `base`
    (respondents, null where not given), `source`, `weighting` ('unweighted', or how it was
    weighted; null where that is not said).
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    missing: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Total:
    """The sum over a period: whole only where every month is sound, or the figure was supplied.

    `count` holds the sum of the months that are there, whole or not; None where none is.
    `reason` says what is missing: 'April to November 2019 absent; March 2020 abnormal'.
    `sources` name who gave it, for readers; `origin` is that source as params name it.
    """

    period: Period
    count: int | None
    complete: bool
    sound_months: int
    reason: str = ""
    sources: tuple[str, ...] = ()
    origin: str = ""


def total(counts: Counts, period: Period) -> Total:
    """One measure's total in one area over a period, from one source, and whether it is whole.

    The months decide: twelve sound ones make a year. Where some are not sound, figures stated for
    exactly this period, or for shorter ones that make it up, stand in their place. Where the
    source of the counts has no whole total, the first of `others` that has one gives it; where
    none has, what the first holds is added up and the total says which months are missing.
    """
    if counts.missing:
        return Total(period, None, complete=False, sound_months=0, reason=counts.missing)
    totals = [total_of(series, period) for series in (counts, *counts.others)]
    whole = [each for each in totals if each.complete]
    there = [each for each in totals if each.count is not None]
    return (*whole, *there, *totals)[0]


def totals_of_one_source(counts: Counts, *periods: Period) -> tuple[Total, ...]:
    """The totals over several periods from the first source that has every one whole; else ()."""
    for series in () if counts.missing else (counts, *counts.others):
        totals = tuple(total_of(series, period) for period in periods)
        if all(each.complete for each in totals):
            return totals
    return ()


def total_of(series: Series | Counts, period: Period) -> Total:
    """One source's total over a period, and whether it is whole."""
    months = _months_of(series.monthly, period)
    sound = int((months["status"] == SOUND).sum())
    if sound < len(period):
        figure, named, why = _stated_total(series.stated, period)
        if figure is not None:
            return Total(period, figure, True, sound, sources=named, origin=series.origin)
    else:
        why = ""
    there = months[months["count"].notna()]
    count = int(there["count"].sum()) if len(there) else None
    reason = "; ".join(filter(None, (unsound(months.reset_index(names="month")), why)))
    complete = sound == len(period)
    return Total(period, count, complete, sound, reason, _named(there["source"]), series.origin)


def _stated_total(stated: pd.DataFrame, period: Period):
    """The figure stated for a period or made of its parts, who gave it, and why there is none."""
    supplied = _stated_for(stated, period)
    if supplied["value"].nunique() == 1:
        return round(supplied["value"].iloc[0]), _named(supplied["source"]), ""
    if len(supplied):
        return None, (), f"{len(supplied)} supplied figures disagree"
    for _, of_one in stated.groupby("source", sort=False, dropna=False):
        if len(parts := _parts_of(of_one, period)):
            return round(parts["value"].sum()), _named(parts["source"]), ""
    if len(parts := _parts_of(stated, period)):
        return None, (), f"its parts come from {' and '.join(_named(parts['source']))}"
    return None, (), ""


def shortfall(whole: Total) -> str:
    """Why a total is not whole: '2019/20 is incomplete (March 2020 abnormal)'; '' where it is."""
    if whole.complete:
        return ""
    state = "is not held" if whole.count is None else "is incomplete"
    return f"{whole.period.label} {state} ({whole.reason})"


def _months_of(monthly: pd.DataFrame, period: Period) -> pd.DataFrame:
    wanted = [str(month) for month in period.months]
    months = monthly.set_index("month").reindex(wanted)
    return months.assign(status=months["status"].fillna(ABSENT))


def _stated_for(stated: pd.DataFrame, period: Period) -> pd.DataFrame:
    exactly = (stated["start"] == str(period.start)) & (stated["end"] == str(period.end))
    return stated[exactly & stated["value"].notna()]


def _parts_of(stated: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Figures for shorter periods of one length that make up the period exactly; else none."""
    within = stated[
        (stated["start"] >= str(period.start))
        & (stated["end"] <= str(period.end))
        & stated["value"].notna()
    ]
    spans = [
        Period(Month.parse(start), Month.parse(end))
        for start, end in zip(within["start"], within["end"], strict=True)
    ]
    for _, parts in within.assign(span=spans, length=[*map(len, spans)]).groupby("length"):
        parts = parts.drop_duplicates(["start", "end", "value"]).sort_values("start")
        if runs(month for span in parts["span"] for month in span.months) == [period]:
            return parts
    return within.iloc[:0]


def _named(sources: pd.Series) -> tuple[str, ...]:
    return tuple(source for source in sources.dropna().unique() if source)
