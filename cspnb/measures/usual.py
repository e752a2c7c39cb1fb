"""What a month would usually hold, judged from the months nearest to it.

The rule behind `coverage`, in numbers alone; docs/methods/coverage.md says why they are these.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.counts import ABNORMAL, ABSENT
from cspnb.periods import Month

NEAREST = 12
"""Months around the one judged; a full year, so that seasons balance."""

FEWEST = 6
"""With fewer months than this to judge by, nothing is judged."""


@dataclass(frozen=True)
class Bounds:
    """How far from the expected count is too far.

    Under `low` or over `high` times the expected is abnormal, where at least `enough` were
    expected; no record at all is absent, where at least `some` were.
    """

    low: float
    high: float
    enough: float
    some: float


ALL_TYPES = Bounds(low=0.5, high=2.5, enough=30, some=8)
"""All crime types together: a steady quantity, judged closely."""

ONE_TYPE = Bounds(low=0.25, high=4, enough=30, some=20)
"""One type, or an extract of a few: these can halve or double of themselves."""


def unusual(counts: pd.Series, bases: pd.Series, bounds: Bounds) -> pd.DataFrame:
    """The months whose count is far from its usual share of a base.

    counts, bases: by month (`YYYY-MM`), the same months in any order; a base of one makes this
    a judgement of the counts alone. Expected is the base times the median share of the nearest
    months, up to 12, that are not unusual themselves; where there are under 6, none is judged.
    Returns, by month, `status` (absent or abnormal), `count` and `expected`.
    """
    counts = counts.sort_index()
    bases = bases.reindex(counts.index)
    at_first = _far_from(counts, _expected(counts, bases, leaving_out=[]), bounds)
    if at_first.empty:
        return at_first
    return _far_from(counts, _expected(counts, bases, leaving_out=at_first.index), bounds)


def _expected(counts, bases, *, leaving_out):
    when = np.array([Month.parse(month) - Month(2000, 1) for month in counts.index])
    count, base = counts.to_numpy(float), bases.to_numpy(float)
    usable = ~counts.index.isin(leaving_out) & (base > 0)
    share = count / np.where(base > 0, base, 1)
    return base * [_usual(i, when, share, usable) for i in range(len(count))]


def _usual(i, when, share, usable):
    """The median share of the months nearest to the i-th, itself left out."""
    others = np.flatnonzero(usable & (when != when[i]))
    if len(others) < FEWEST:
        return np.nan
    nearest = others[np.argsort(np.abs(when[others] - when[i]), kind="stable")][:NEAREST]
    return np.median(share[nearest])


def _far_from(counts, expected, bounds):
    count = counts.to_numpy()
    far = (count < bounds.low * expected) | (count > bounds.high * expected)
    abnormal = far & (expected >= bounds.enough)
    absent = (count == 0) & (expected >= bounds.some)
    found = pd.DataFrame(
        {"status": np.where(absent, ABSENT, ABNORMAL), "count": count, "expected": expected},
        index=counts.index,
    )
    return found[abnormal | absent]
