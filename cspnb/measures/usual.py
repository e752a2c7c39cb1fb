"""What a month would usually hold, judged from the months nearest to it.

The rule behind `coverage`, in numbers alone; docs/methods/coverage.md says why they are these.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.months import ABNORMAL, ABSENT

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
    """The base times the median share of the nearest months, each itself left out."""
    count, base = counts.to_numpy(float), bases.to_numpy(float)
    usable = ~counts.index.isin(leaving_out) & (base > 0)
    share = count / np.where(base > 0, base, 1)
    shares = _of_nearest(share, counts.index, usable)
    judged = np.isfinite(shares).sum(axis=1) >= FEWEST
    usual = np.full(len(count), np.nan)
    usual[judged] = np.nanmedian(shares[judged], axis=1)
    return base * usual


def _of_nearest(share, months, usable):
    """A row a month: the shares of the usable months nearest to it; NaN where there are fewer."""
    when = np.array([int(month[:4]) * 12 + int(month[5:]) for month in months])
    distance = np.abs(when[:, None] - when).astype(float)
    distance[:, ~usable] = np.inf
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :NEAREST]
    too_far = np.isinf(np.take_along_axis(distance, nearest, axis=1))
    return np.where(too_far, np.nan, share[nearest])


def _far_from(counts, expected, bounds):
    count = counts.to_numpy()
    far = (count < bounds.low * expected) | (count > bounds.high * expected)
    abnormal = far & (expected >= bounds.enough)
    absent = (count == 0) & (expected >= bounds.some)
    unsound = abnormal | absent
    return pd.DataFrame(
        {
            "status": np.where(absent[unsound], ABSENT, ABNORMAL),
            "count": count[unsound],
            "expected": expected[unsound],
        },
        index=counts.index[unsound],
    )
