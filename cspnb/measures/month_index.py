"""How far each calendar month lies from the trend, and whether that is more than chance."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2
from scipy.stats import f as fisher
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

YEAR = 12


class SeasonTest(NamedTuple):
    """Whether calendar months differ by more than chance; `dispersion` is 1 for Poisson."""

    p_value: float
    method: str
    dispersion: float


def decomposed(counts: np.ndarray) -> pd.DataFrame:
    """Monthly counts taken apart into `trend`, `seasonal` and `residual`, which add up to them.

    The season is held the same every year, as `s.window = "periodic"` does in R: from three to
    six years a season that may change would follow chance. At least 24 months in a row.
    Source: STL, Cleveland and others 1990, Journal of Official Statistics 6:3-73; statsmodels.
    """
    from statsmodels.tsa.seasonal import STL  # takes a second or more to import

    whole_span = 10 * len(counts) + 1
    parts = STL(counts, period=YEAR, seasonal=whole_span, seasonal_deg=0, robust=True).fit()
    return pd.DataFrame({"trend": parts.trend, "seasonal": parts.seasonal, "residual": parts.resid})


def month_shares(parts: pd.DataFrame, months: np.ndarray) -> pd.Series:
    """The share of the trend that each calendar month has, by its number, in hundredths.

    parts: as `decomposed` gives them. months: the calendar month of each row, 1 to 12. A month's
    seasonal effects over all years, over the trend in the same months. The twelve average near
    100; an index is such a share over their average.
    """
    sums = parts[["trend", "seasonal"]].groupby(months).sum()
    return 100 * (1 + sums["seasonal"] / sums["trend"])


def strength(parts: pd.DataFrame) -> float:
    """How much of what the trend leaves is season: from 0 for none to 1 for all.

    Source: Wang, Smith and Hyndman 2006, Data Mining and Knowledge Discovery 13:335-364.
    """
    detrended = (parts["seasonal"] + parts["residual"]).var(ddof=0)
    if np.isclose(detrended, 0, atol=1e-9 * parts["trend"].abs().max()):
        return 0.0
    return float(max(0.0, 1 - parts["residual"].var(ddof=0) / detrended))


def season_test(counts: np.ndarray, months: np.ndarray) -> SeasonTest:
    """Whether the calendar months of a run differ, beyond its years and beyond chance.

    Deviances of two Poisson regressions, on the year counted back from the end, with and without
    calendar month. Where months vary more than chance about the fuller one, an F test over that
    dispersion (quasi-Poisson); else a chi-squared test.
    Source: McCullagh and Nelder, Generalized Linear Models, 1989, chapters 6 and 9.
    """
    back = np.arange(len(counts))[::-1] // YEAR
    table = pd.DataFrame({"count": counts, "month": months, "year": back})
    table = table[table.groupby("year")["count"].transform("sum") > 0]  # an empty year fits itself
    full = _fitted(table, ["month", "year"])
    gain = max(_fitted(table, ["year"]).deviance - full.deviance, 0.0)
    freedom = int(table["month"].nunique()) - 1
    spread = float(full.pearson_chi2 / full.df_resid)
    if spread > 1:
        p_value = fisher.sf(gain / freedom / spread, freedom, full.df_resid)
        return SeasonTest(float(p_value), "quasi-Poisson F test", spread)
    return SeasonTest(float(chi2.sf(gain, freedom)), "Poisson likelihood-ratio test", 1.0)


def _fitted(table: pd.DataFrame, factors: list[str]):
    named = table[factors].astype(str)
    design = pd.get_dummies(named, drop_first=True, dtype=float)
    design.insert(0, "level", 1.0)
    with warnings.catch_warnings():
        # Months that repeat exactly are fitted perfectly: a spread of nought, not a fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return GLM(table["count"], design, family=Poisson()).fit()
