"""The range about a common rate in which areas lie: by chance alone, or as such areas differ."""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy.stats import chi2, norm

AREAS_NEEDED = 10
"""With fewer areas than this a tenth of them is less than one: none could be drawn in."""

LEAST_EXPECTED = 10
"""With fewer offences expected in an area than this, the logarithm of its ratio is not normal."""

WINSORISED = 0.1
"""The share of areas at either end whose distance is drawn in, so that none sets the limits."""


@dataclass(frozen=True)
class Overdispersion:
    """How much more areas differ about their common rate than chance would have them.

    phi: the mean square of the winsorised distances; 1 is chance alone. variance: between the
    areas, of the logarithm of the rate; 0 where chance explains all. areas: how many there are.
    """

    phi: float
    variance: float
    areas: int


def funnel_limits(
    rate: float, population: float, *, confidence: float = 0.95, variance: float = 0.0
) -> tuple[float, float]:
    """Lower and upper limits about a common rate per 1,000, for an area of this population.

    Without a variance between areas: exact Poisson limits by the chi-squared distribution, on
    the count that the common rate would give the area. With one: T exp(±z sqrt(1/E + variance)),
    which of 95% hold about nine ordinary areas in ten where `overdispersion` gave the variance.
    The smaller the area, the wider. Source: Spiegelhalter 2005, Statistics in Medicine
    24:1185-1202, the ratio of an observed to an expected count; additive random effects.
    """
    expected = rate * population / 1000
    tail = (1 - confidence) / 2
    if variance > 0 and expected > 0:
        spread = exp(norm.ppf(1 - tail) * sqrt(1 / expected + variance))
        return rate / spread, rate * spread
    lower = chi2.ppf(tail, 2 * expected) / 2 if expected > 0 else 0.0
    upper = chi2.ppf(1 - tail, 2 * (expected + 1)) / 2
    return float(1000 * lower / population), float(1000 * upper / population)


def distances(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """How far each count lies from the expected one, in standard errors on the log scale.

    sqrt(E) ln(O/E); counts and expected counts above zero. Source: as in `funnel_limits`.
    """
    return np.sqrt(expected) * np.log(observed / expected)


def overdispersion(
    observed: np.ndarray, expected: np.ndarray, *, winsorised: float = WINSORISED
) -> Overdispersion:
    """The variance between areas that chance does not explain, of the logarithm of the rate.

    Distances beyond the tenth and the ninetieth percentile are drawn in to them; phi is their
    mean square. The variance is nought where n phi < n - 1, else by the method of moments (of
    DerSimonian and Laird 1986): (n phi - (n - 1)) / (Σw - Σw²/Σw), w = E. Drawing in the ends
    of areas none of which is unusual makes it too small: 95% limits by it hold 90 to 92% of them
    (docs/methods/comparison.md). Counts and expected counts above zero.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185-1202.
    """
    observed, expected = np.asarray(observed, float), np.asarray(expected, float)
    far = distances(observed, expected)
    drawn_in = np.clip(far, *np.quantile(far, (winsorised, 1 - winsorised)))
    areas, phi = len(far), float(np.mean(drawn_in**2))
    beyond = areas * phi - (areas - 1)
    if beyond <= 0:
        return Overdispersion(phi, 0.0, areas)
    weight = expected.sum() - (expected**2).sum() / expected.sum()
    return Overdispersion(phi, float(beyond / weight), areas)


def is_measurable(observed: np.ndarray, expected: np.ndarray) -> bool:
    """Whether overdispersion can be told: ten areas or more, none with too little to judge by."""
    enough = np.all(np.asarray(expected, float) >= LEAST_EXPECTED)
    return bool(len(observed) >= AREAS_NEEDED and enough and np.all(np.asarray(observed) > 0))
