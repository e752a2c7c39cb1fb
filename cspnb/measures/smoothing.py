"""Monthly counts carried forward by exponential smoothing, with the range of what may come."""

import warnings

import numpy as np
from statsmodels.tools.sm_exceptions import ConvergenceWarning

DRAWS = 2000
"""Futures drawn for each forecast: others would move a 95% limit by a sixtieth of the range."""

_SEED = 20131


def level_and_season(values: np.ndarray, *, period: int = 12):
    """Holt-Winters smoothing with an additive season and no trend, fitted by least squares.

    values: in order, without a gap, at least two whole periods. Returns statsmodels' results;
    look ahead by their `simulate`: `forecast` of statsmodels 0.15 gives the last season of the
    period as it stood before its latest value.
    Source: Holt 1957, Winters 1960; Hyndman and others 2008, the model ETS(A,N,A).
    """
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # a second or more to import

    model = ExponentialSmoothing(
        values, seasonal="add", seasonal_periods=period, initialization_method="estimated"
    )
    with warnings.catch_warnings():
        # How good the fit is, the back-test says; a search cut short costs it accuracy.
        warnings.simplefilter("ignore", ConvergenceWarning)
        # An exact fit leaves no error: its information criteria, which nothing reads, take log 0.
        with np.errstate(divide="ignore"):
            return model.fit(method="ls")


def futures(counts: np.ndarray, ahead: int, *, period: int = 12) -> np.ndarray:
    """So many counts to come, DRAWS times over: an array of `ahead` rows and a column a draw.

    The smoothing is of square roots, whose chance variation does not grow with the level and
    whose squares are never below zero. Errors are normal, with the variance of the fit's own
    over its degrees of freedom; that the fit itself is uncertain is not allowed for. The same
    counts give the same draws. Raises ValueError for a count below zero, which has no root.
    """
    if (np.asarray(counts) < 0).any():
        raise ValueError("a count is below zero, and has no square root")
    fit = level_and_season(np.sqrt(counts), period=period)
    freedom = len(counts) - (period + 2)  # a level, the season's effects, and two weights
    spread = np.sqrt(fit.sse / freedom)
    errors = spread * np.random.default_rng(_SEED).standard_normal((ahead, DRAWS))
    roots = fit.simulate(ahead, repetitions=DRAWS, random_errors=errors)
    return np.maximum(np.asarray(roots), 0) ** 2
