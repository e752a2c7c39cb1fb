"""How much more a measure's monthly counts vary than chance alone would have them."""

import warnings
from typing import NamedTuple

import pandas as pd
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from cspnb.measures.counts import Counts
from cspnb.measures.months import SOUND
from cspnb.periods import Month, Period

MONTHS_NEEDED = 24
_LEAST_MEAN = 1  # an offence a month: below it Pearson's statistic says little about spread


class Dispersion(NamedTuple):
    """Variance over mean of monthly counts once season and year are taken out; 1 is Poisson."""

    value: float
    degrees_of_freedom: int


def dispersion(counts: Counts, now: Period, before: Period) -> Dispersion | None:
    """Pearson's chi-squared over its degrees of freedom, from the latest 24 sound months.

    The months are those up to the end of the later period: for two whole years, exactly the
    months compared. A Poisson regression on calendar month and on stretch of time takes out the
    season and the change itself, so that neither counts as spread. None where 24 sound months
    are not held or they average under one a month.
    Source: McCullagh and Nelder, Generalized Linear Models, 1989, chapter 9 (quasi-likelihood).
    """
    later = max(now, before, key=lambda period: period.end)
    months = _sound_months(counts, later.end)
    if len(months) < MONTHS_NEEDED or months["count"].mean() < _LEAST_MEAN:
        return None
    factors = months.assign(stretch=[_stretch(month, later) for month in months["month"]])
    factors["season"] = [f"{month.number:02d}" for month in months["month"]]
    informative = _without_nil_levels(factors)
    design = pd.get_dummies(informative[["season", "stretch"]], drop_first=True, dtype=float)
    design.insert(0, "level", 1.0)
    if len(design) <= design.shape[1]:
        return None
    return _fitted(informative["count"].astype(float), design)


def _fitted(count: pd.Series, design: pd.DataFrame) -> Dispersion:
    with warnings.catch_warnings():
        # Months that repeat exactly are fitted perfectly: a spread of nought, not a fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(count, design, family=Poisson()).fit()
    return Dispersion(float(fit.pearson_chi2 / fit.df_resid), int(fit.df_resid))


def _sound_months(counts: Counts, last: Month) -> pd.DataFrame:
    sound = counts.monthly[counts.monthly["status"] == SOUND]
    months = sound.assign(month=[Month.parse(month) for month in sound["month"]])
    return months[[month <= last for month in months["month"]]].tail(MONTHS_NEEDED)


def _stretch(month: Month, later: Period) -> str:
    """The year, counted back from the later period's end; a shorter period stands on its own."""
    if month in later and len(later) < 12:
        return "the period"
    return f"year {(later.end - month) // 12}"


def _without_nil_levels(factors: pd.DataFrame) -> pd.DataFrame:
    """A season or stretch with no offence fits itself: it holds no information on spread."""
    for factor in ("stretch", "season"):
        factors = factors[factors.groupby(factor)["count"].transform("sum") > 0]
    return factors
