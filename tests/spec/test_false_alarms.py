"""How often a change is called clear between two years in which nothing changed.

The figures are those under Limits in docs/methods/change.md, found with 2,500 runs a column. Fewer
are made here: the bounds are some three standard errors to either side.
"""

import numpy as np
import pandas as pd
import pytest

from cspnb.measures.change import NO_CLEAR_CHANGE, change_between
from cspnb.periods import Period
from tests.drawn_counts import of_numbers

NOW = Period.parse("2013/14")
MEAN = 40
VARIANCE = 3.5 * MEAN  # of a month's count
RUNS = 300


def two_unchanged_years(lag_1, generator):
    """24 Poisson counts about a lognormal rate of one level that drifts, with that lag-1."""
    spread = np.log(1 + (VARIANCE - MEAN) / MEAN**2)
    shocks = generator.normal(0, 1, 24)
    drift = [shocks[0]]
    for shock in shocks[1:]:
        drift.append(lag_1 * drift[-1] + (1 - lag_1**2) ** 0.5 * shock)
    return generator.poisson(MEAN * np.exp(spread**0.5 * np.array(drift) - spread / 2))


def called_clear(months):
    change = change_between(of_numbers("2012-04", months), NOW, NOW.earlier())
    return change.verdict != NO_CLEAR_CHANGE


def test_the_drawn_months_have_the_mean_variance_and_drift_that_are_said():
    generator = np.random.default_rng(20)
    years = pd.DataFrame([two_unchanged_years(0.5, generator) for _ in range(4000)])
    assert years.to_numpy().mean() == pytest.approx(MEAN, abs=0.5)
    assert years.to_numpy().var() == pytest.approx(VARIANCE, rel=0.05)
    # Chance is without drift, so that a count's own lag-1 is the rate's by its part of variance.
    lagged = np.corrcoef(years[0], years[1])[0, 1]
    assert lagged == pytest.approx(0.5 * (VARIANCE - MEAN) / VARIANCE, abs=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(("lag_1", "share"), [(0, 0.05), (0.5, 0.19)])
def test_months_that_drift_together_raise_false_alarms(lag_1, share):
    generator = np.random.default_rng(2014)
    alarms = sum(called_clear(two_unchanged_years(lag_1, generator)) for _ in range(RUNS))
    assert alarms / RUNS == pytest.approx(share, abs=3 * (share * (1 - share) / RUNS) ** 0.5)
