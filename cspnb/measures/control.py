"""Control limits: how far a month or a week usually strays from the mean of its series.

No maintained Python library has them; the arithmetic is small, and here in one place.
"""

from dataclasses import dataclass

import numpy as np

XMR = "xmr"
C = "c"
U = "u"
LANEY_U = "laney u'"
CHARTS = (XMR, C, U, LANEY_U)

REACH = 2.66
"""XmR limits lie so many mean moving ranges from the mean: 3 / 1.128, as it is published."""

SCREEN = 3.267
"""The upper limit of moving ranges, in mean moving ranges: 1 + 3 x 0.8525 / 1.128."""

_PER_SIGMA = 1.128  # the mean range of two, in standard deviations: d2 for n = 2


@dataclass(frozen=True)
class Limits:
    """The mean of a series, and how far from it a point may usually be.

    `centre` is in the unit of the points. `sigma` has one entry a point, a third of the way from
    the centre to a limit; NaN where the limits cannot be had.
    """

    centre: float
    sigma: np.ndarray

    @property
    def lower(self) -> np.ndarray:
        """Three sigma under the centre; below zero where it comes out so."""
        return self.centre - 3 * self.sigma

    @property
    def upper(self) -> np.ndarray:
        """Three sigma over the centre."""
        return self.centre + 3 * self.sigma


def moving_ranges(values: np.ndarray) -> np.ndarray:
    """How far each point is from the one before; none where either is absent (NaN)."""
    ranges = np.abs(np.diff(values))
    return ranges[~np.isnan(ranges)]


def xmr_limits(values: np.ndarray, *, screened: bool = False) -> Limits:
    """Limits of individual values, by the mean moving range of neighbouring points.

    values: points in order, NaN where absent. screened: leave out, once, the moving ranges over
    3.267 times their mean, as NHSRplotthedots does and the NHS workbook does not.
    Source: Wheeler, Understanding Variation, 1993; NHS England, Making Data Count.
    """
    ranges = moving_ranges(values)
    if screened and len(ranges):
        ranges = ranges[ranges <= SCREEN * ranges.mean()]
    sigma = REACH / 3 * ranges.mean() if len(ranges) else np.nan
    return Limits(_mean(values), np.full(len(values), sigma))


def c_limits(counts: np.ndarray) -> Limits:
    """Limits of counts of a Poisson process with the same opportunity at each point.

    counts: points in order, NaN where absent.
    Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1.
    """
    centre = _mean(counts)
    return Limits(centre, np.full(len(counts), np.sqrt(centre)))


def u_limits(counts: np.ndarray, denominators: np.ndarray) -> Limits:
    """Limits of Poisson counts over a denominator that may differ from point to point.

    counts, denominators: points in order, NaN where absent. The centre is the sum of the counts
    over that of the denominators; limits are in counts per unit of the denominator.
    Source: Montgomery, Introduction to Statistical Quality Control, chapter 7.
    """
    known = ~np.isnan(counts) & (denominators > 0)
    if not known.any():
        return Limits(np.nan, np.full(len(counts), np.nan))
    centre = counts[known].sum() / denominators[known].sum()
    return Limits(centre, np.sqrt(centre / np.where(known, denominators, np.nan)))


def laney_limits(counts: np.ndarray, denominators: np.ndarray) -> Limits:
    """Limits of counts over a denominator, widened or narrowed to how they in fact vary: u'.

    counts, denominators: as in `u_limits`, whose sigma is multiplied by the mean moving range of
    the standardised points over 1.128.
    Source: Laney, Improved control charts for attributes, Quality Engineering 14, 2002.
    """
    poisson = u_limits(counts, denominators)
    if not poisson.centre > 0:
        return poisson
    ranges = moving_ranges((counts / denominators - poisson.centre) / poisson.sigma)
    spread = ranges.mean() / _PER_SIGMA if len(ranges) else np.nan
    return Limits(poisson.centre, poisson.sigma * spread)


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan
