"""The points of a control chart: months or weeks, each with its value, denominator and segment."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.weeks import Weeks
from cspnb.periods import Month, Period

PER = 1000
"""Rates are per so many residents, or households."""

_KEPT = ["label", "starts", "month", "count", "status", "reason", "holiday"]


def points_of(
    recorded: Counts | Weeks, population: float | Mapping[str, float] | None
) -> pd.DataFrame:
    """One row a month or week, from the first that is not absent; none where all are.

    `label` (YYYY-MM or YYYY-Www), `starts` (YYYY-MM-DD), `month` (where it lies), `count` (Int64),
    `status`, `reason`, `holiday` (bool), `denominator` (thousands of the population, 1 where none
    is given), `value` (count over denominator; NaN where not sound), `last_year` (the value of
    the same month or week a year before; NaN where there is none), `segment` (from 1: a new one
    wherever a date of the register starts the limits anew).
    population: residents or households, of every point or by `label`.
    """
    points = _weekly(recorded) if isinstance(recorded, Weeks) else _monthly(recorded)
    points["denominator"] = _denominators(points["label"], population)
    counted = points["count"].astype(float).where(points["status"].eq(SOUND))
    points["value"] = counted / points["denominator"]
    points["segment"] = _segments(points["month"], recorded.measure)
    points["last_year"] = _year_before(points)
    held = np.flatnonzero(points["status"].ne(ABSENT))
    points = points.iloc[held[0] if len(held) else len(points) :].reset_index(drop=True)
    return points.assign(segment=points["segment"].rank(method="dense").astype(int))


def span_of(points: pd.DataFrame, period: Period) -> Period:
    """From the month of the first point to that of the last; the period where there is none."""
    if points.empty:
        return period
    return Period(*(Month.parse(points["month"].iloc[end]) for end in (0, -1)))


def _monthly(counts: Counts) -> pd.DataFrame:
    months = counts.monthly.rename(columns={"month": "label"})
    starts = months["label"] + "-01"
    return months.assign(month=months["label"], starts=starts, holiday=False)[_KEPT]


def _weekly(weeks: Weeks) -> pd.DataFrame:
    return weeks.table.rename(columns={"week": "label", "monday": "starts"})[_KEPT]


def _denominators(labels: pd.Series, population: float | Mapping[str, float] | None):
    if population is None:
        return 1.0
    if isinstance(population, Mapping):
        return labels.map(population).astype(float) / PER
    return float(population) / PER


def _year_before(points: pd.DataFrame) -> np.ndarray:
    """The value a year earlier, where it is of the same segment: else the two are not alike."""
    earlier = points.set_index("label").reindex(map(_a_year_less, points["label"]))
    alike = earlier["segment"].to_numpy() == points["segment"].to_numpy()
    return earlier["value"].where(alike).to_numpy()


def _a_year_less(label: str) -> str:
    year, _, rest = label.partition("-")
    return f"{int(year) - 1}-{rest}"


def _segments(months: pd.Series, measure: Measure) -> list[int]:
    """Which segment each point is in: the limits start anew at a break, and after a passing one."""
    breaks = [each for each in measure.breaks if each.re_bases]
    starts = [each.start for each in breaks]
    starts += [each.until + 1 for each in breaks if each.until is not None]
    return [1 + sum(start <= Month.parse(month) for start in starts) for month in months]
