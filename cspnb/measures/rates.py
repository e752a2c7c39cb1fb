"""Rates per 1,000, with the range that chance alone would give them."""

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.stats.rates import confint_poisson

EXACT = "exact"
BYAR = "byar"

BYAR_FROM = 10
"""Byar's approximation serves from this count; below it the exact limits do."""


def rate_per_1000(
    counts: pd.Series, population: pd.Series, *, confidence: float = 0.95, method: str = EXACT
) -> pd.DataFrame:
    """Offences per 1,000 residents (or households) of each area, with exact Poisson limits.

    `counts` and `population` share an index, one entry an area. Returns `count`, `population`,
    `rate`, `rate_lower`, `rate_upper` (per 1,000) on that index; the rate is null where either
    is, or where nobody lives. method 'byar' gives Byar's limits to counts of ten or more, as
    health bodies publish them. Raises ValueError for another method. Source: Garwood 1936;
    statsmodels `confint_poisson`, 'exact-c'; Breslow and Day 1987 for Byar's.
    """
    numbers = pd.DataFrame({"count": counts, "population": population}).astype(float)
    known = numbers[numbers["count"].notna() & (numbers["population"] > 0)]
    count, people = known["count"].to_numpy(), known["population"].to_numpy()
    lower, upper = poisson_limits(count, confidence=confidence, method=method)
    rates = pd.DataFrame(
        {
            "rate": 1000 * count / people,
            "rate_lower": 1000 * lower / people,
            "rate_upper": 1000 * upper / people,
        },
        index=known.index,
    )
    return pd.concat([counts.rename("count"), population.rename("population")], axis=1).join(
        rates, how="left", validate="one_to_one"
    )


def poisson_limits(
    counts: np.ndarray, *, confidence: float = 0.95, method: str = EXACT
) -> tuple[np.ndarray, np.ndarray]:
    """The lower and upper limits of Poisson counts; sources and methods as in `rate_per_1000`."""
    if method not in (EXACT, BYAR):
        raise ValueError(f"'{method}' is no way to limits: they are '{EXACT}' or '{BYAR}'")
    counts = np.asarray(counts, float)
    lower, upper = confint_poisson(counts, 1, method="exact-c", alpha=1 - confidence)
    lower = np.where(counts == 0, 0.0, lower)
    if method == EXACT:
        return lower, upper
    byar_lower, byar_upper = _byar(counts, norm.ppf(1 - (1 - confidence) / 2))
    is_large = counts >= BYAR_FROM
    return np.where(is_large, byar_lower, lower), np.where(is_large, byar_upper, upper)


def _byar(counts: np.ndarray, z: float) -> tuple[np.ndarray, np.ndarray]:
    low, high = np.maximum(counts, 1), counts + 1  # one stands in for none, which is not used
    lower = low * (1 - 1 / (9 * low) - z / (3 * np.sqrt(low))) ** 3
    return lower, high * (1 - 1 / (9 * high) + z / (3 * np.sqrt(high))) ** 3
