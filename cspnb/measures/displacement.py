"""The weighted displacement difference: a place and its surroundings against their comparisons."""

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from scipy.stats import chi2_contingency, norm
from scipy.stats import t as student
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from cspnb.measures.dispersion import MONTHS_NEEDED, Dispersion

FEWEST_AREAS = 10
"""Small areas from which it can be told how much they vary beside one another."""

_LEAST_MEAN = 1  # an offence a month in each zone, as for the change between two years


class Zone(NamedTuple):
    """Counts of one zone before and after. Both are divided by `size`, to make zones alike."""

    before: float
    after: float
    size: float = 1.0


@dataclass(frozen=True)
class Displacement:
    """What treated zones changed by, less what their comparisons did, with its interval."""

    difference: float
    standard_error: float
    lower: float
    upper: float
    confidence: float

    @property
    def z(self) -> float:
        """The difference over its standard error."""
        return self.difference / self.standard_error

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.lower > 0 or self.upper < 0


def weighted_displacement_difference(
    treated: Iterable[Zone],
    comparison: Iterable[Zone],
    *,
    lengths: tuple[float, float] = (1.0, 1.0),
    spread: Dispersion | None = None,
    confidence: float = 0.95,
) -> Displacement:
    """The change in the treated zones less that in their comparisons, counts a unit of time.

    treated: the area where something was done, and the ring about it; comparison: one for each.
    lengths: of the time before and of the time after, by which counts are divided. Each count is
    taken as Poisson, or as so much more variable as `spread` says, where that is above 1: then
    the interval is Student's, on its degrees of freedom.
    Raises ValueError where no zone has a record. Source: Wheeler and Ratcliffe 2018, Crime
    Science 7:11; weights for unequal times and areas as in the authors' own programs.
    """
    signed = [(1, zone) for zone in treated] + [(-1, zone) for zone in comparison]
    before, after = lengths
    difference = sum(
        sign * (zone.after / after - zone.before / before) / zone.size for sign, zone in signed
    )
    variance = sum(
        (zone.after / after**2 + zone.before / before**2) / zone.size**2 for _, zone in signed
    )
    if not variance:
        raise ValueError("no zone has a record, so nothing can be compared")
    error, quantile = variance**0.5, norm.ppf((1 + confidence) / 2)
    if spread is not None and spread.value > 1:
        error *= spread.value**0.5
        quantile = student.ppf((1 + confidence) / 2, spread.degrees_of_freedom)
    reach = float(quantile) * error
    return Displacement(difference, error, difference - reach, difference + reach, confidence)


def area_dispersion(areas: pd.DataFrame) -> Dispersion | None:
    """How much more the changes of small areas differ than chance would have them.

    areas: a row an area where nothing was done, `before` and `after`. Pearson's chi-squared of
    before and after by area, over its degrees of freedom: 1 where all changed alike but for
    chance. Places rise and fall for years at a time for reasons of their own, which no month
    shows. None for fewer than ten areas with a record. Source: as `cspnb.measures.dispersion`.
    """
    counts = areas[["before", "after"]].astype(float)
    held = counts[counts.sum(axis=1) > 0]
    if len(held) < FEWEST_AREAS or not held.sum().all():
        return None
    found = chi2_contingency(held.to_numpy(), correction=False)
    return Dispersion(float(found.statistic / found.dof), int(found.dof))


def zone_dispersion(monthly: pd.DataFrame) -> Dispersion | None:
    """How much more zones vary beside one another, month by month, than chance would have them.

    monthly: a row a zone and month, of the months compared: `zone`, `month`, `stretch` (before or
    after), `count`. Pearson's chi-squared over its degrees of freedom, of a Poisson regression on
    month, and on zone before and after: season, what all zones share, and the change under test
    are none of it. None for fewer than two zones, fewer than 24 months, or a zone that averages
    under one a month. Source: as `cspnb.measures.dispersion`.
    """
    zones = monthly.groupby("zone")["count"]
    if len(zones) < 2 or monthly["month"].nunique() < MONTHS_NEEDED:
        return None
    if zones.mean().min() < _LEAST_MEAN:
        return None
    held = monthly[monthly.groupby("month")["count"].transform("sum") > 0]
    design = _design(held)
    if len(held) <= design.shape[1]:
        return None
    with warnings.catch_warnings():
        # Zones that move exactly together are fitted perfectly: a spread of nought, not a fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(held["count"].astype(float), design, family=Poisson()).fit()
    return Dispersion(float(fit.pearson_chi2 / fit.df_resid), int(fit.df_resid))


def _design(monthly: pd.DataFrame) -> pd.DataFrame:
    """A column a month, and one for each zone but the first, before and after."""
    months = pd.get_dummies(monthly["month"], dtype=float)
    parts = pd.get_dummies(monthly["zone"] + " " + monthly["stretch"], dtype=float)
    first = monthly["zone"].min()
    others = [name for name in parts if not name.startswith(f"{first} ")]
    return pd.concat([months, parts[others]], axis=1)
