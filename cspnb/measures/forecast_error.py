"""How far forecasts were out, and how far simply repeating the year before would have been."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

YEAR = 12
CONFIDENCES = (0.8, 0.95)


@dataclass(frozen=True)
class Errors:
    """The errors of forecasts of known months, and those of the seasonal naive method.

    `origins`: from how many past months a forecast was made; `months`: how many months were
    forecast in all. `mean_error` and `naive_error` are mean absolute errors in the counts' unit,
    `mean_count` the mean of what was recorded. `mase` and `naive_mase` are the errors over the
    naive method's own before each origin; None where that is nought. `within` is the share of
    months inside each range, by its confidence.
    """

    origins: int
    months: int
    mean_count: float
    mean_error: float
    naive_error: float
    mase: float | None
    naive_mase: float | None
    within: dict[float, float]

    @property
    def loses(self) -> bool:
        """Whether repeating the year before was the better forecast; a tie is no loss."""
        return self.mean_error > self.naive_error + 1e-6 * max(1.0, self.naive_error)


def seasonal_naive(history: np.ndarray, ahead: int, *, period: int = YEAR) -> np.ndarray:
    """The months of the last year held, again in their order."""
    return np.resize(history[-period:], ahead)


def mase(
    actual: np.ndarray, forecast: np.ndarray, history: np.ndarray, *, period: int = YEAR
) -> float | None:
    """The mean absolute scaled error: 1 is as good as the naive method was within the history.

    The mean absolute error over the mean absolute difference between the history's values one
    period apart; None where they do not differ. Source: Hyndman and Koehler 2006, International
    Journal of Forecasting 22:679-688.
    """
    scale = np.mean(np.abs(history[period:] - history[:-period]))
    if np.isclose(scale, 0):
        return None
    return float(np.mean(np.abs(actual - forecast)) / scale)


def limits(futures: np.ndarray, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """The limits that leave equal tails of the draws outside, a row (or the whole) at a time."""
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(futures, [tail, 1 - tail], axis=-1)
    return lower, upper


def back_test(
    counts: np.ndarray,
    ahead: int,
    futures: Callable[[np.ndarray, int], np.ndarray],
    *,
    learn_from: int,
    most: int,
) -> Errors:
    """How forecasts would have done, from past months whose next `ahead` months are known.

    futures: the method under test: counts in order and a number of months in, an array with a row
    a month and a column a draw out; the middle draw is its forecast. learn_from: the fewest months
    an origin may have behind it. most: how many origins are tried, the latest ones. Each forecast
    sees only what lies before its origin (rolling origin, horizons 1 to `ahead`).
    """
    origins = range(learn_from, len(counts) - ahead + 1)[-most:]
    tests = [_tested(counts[:at], counts[at : at + ahead], futures) for at in origins]
    pooled = {name: np.concatenate([test[name] for test in tests]) for name in tests[0]}
    scaled, naive_scaled = pooled.pop("mase"), pooled.pop("naive_mase")
    return Errors(
        origins=len(tests),
        months=len(tests) * ahead,
        mean_count=float(pooled["actual"].mean()),
        mean_error=float(pooled["error"].mean()),
        naive_error=float(pooled["naive"].mean()),
        mase=_mean_or_none(scaled),
        naive_mase=_mean_or_none(naive_scaled),
        within={level: float(pooled[str(level)].mean()) for level in CONFIDENCES},
    )


def _tested(history, actual, futures) -> dict[str, np.ndarray]:
    drawn = futures(history, len(actual))
    forecast, naive = np.median(drawn, axis=1), seasonal_naive(history, len(actual))
    inside = {}
    for level in CONFIDENCES:
        lower, upper = limits(drawn, level)
        slack = 1e-9 * max(1.0, float(actual.max()))  # a range of no width still holds its value
        inside[str(level)] = (lower - slack <= actual) & (actual <= upper + slack)
    return {
        "actual": actual,
        "error": np.abs(actual - forecast),
        "naive": np.abs(actual - naive),
        "mase": np.array([_or_nan(mase(actual, forecast, history))]),
        "naive_mase": np.array([_or_nan(mase(actual, naive, history))]),
        **inside,
    }


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value


def _mean_or_none(values: np.ndarray) -> float | None:
    return None if np.isnan(values).any() else float(values.mean())
