"""Rates per 1,000, with the range that chance alone would give them."""

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson


def rate_per_1000(
    counts: pd.Series, population: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Offences per 1,000 residents (or households) of each area, with exact Poisson limits.

    `counts` and `population` share an index, one entry an area. Returns `count`, `population`,
    `rate`, `rate_lower`, `rate_upper` (per 1,000) on that index; the rate is null where either
    is, or where nobody lives. Source: Garwood 1936; statsmodels `confint_poisson`, 'exact-c'.
    """
    numbers = pd.DataFrame({"count": counts, "population": population}).astype(float)
    known = numbers[numbers["count"].notna() & (numbers["population"] > 0)]
    count, people = known["count"].to_numpy(), known["population"].to_numpy()
    lower, upper = confint_poisson(count, people, method="exact-c", alpha=1 - confidence)
    rates = pd.DataFrame(
        {
            "rate": 1000 * count / people,
            "rate_lower": 1000 * np.where(count == 0, 0.0, lower),
            "rate_upper": 1000 * upper,
        },
        index=known.index,
    )
    return pd.concat([counts.rename("count"), population.rename("population")], axis=1).join(
        rates, how="left", validate="one_to_one"
    )
