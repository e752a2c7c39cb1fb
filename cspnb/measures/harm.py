"""How much harm offences stand for: counts by code, and what each code weighs in a harm index."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson

from cspnb.measures.definition import Measure
from cspnb.measures.dispersion import Dispersion
from cspnb.offences import parts_of
from cspnb.periods import Period

HOME_OFFICE_CODES = "Home Office offence codes"
CATEGORIES = "data.police.uk's categories"


@dataclass(frozen=True)
class OffenceCounts:
    """Recorded offences of one area by the finest offence held, over the same months of years.

    `table` has one row a year and code: `period` (as `str(Period)`), `offence_code`, `offence`,
    `offence_group` (text), `count` (int64; below nothing where earlier ones were cancelled).
    `years` has one row a year, oldest first: `period`, `label`, `complete` (bool), `reason`,
    `population` (residents, float, null where unknown), `population_label`. All years are of one
    source and one `code_system`. Where that is CATEGORIES the code is the category, and
    `composition` says what a force recorded in each: `category`, `offence_code`, `count`;
    `composed_of` names that force and year. `dispersion` is that of the monthly counts of all
    recorded crime, None where it cannot be measured. `missing` says why there is nothing.
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    years: pd.DataFrame
    code_system: str = HOME_OFFICE_CODES
    source: str = ""
    origin: str = ""
    composition: pd.DataFrame | None = None
    composed_of: str = ""
    dispersion: Dispersion | None = None
    caveats: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class HarmIndex:
    """What an offence of each code weighs, in one edition of one scheme.

    `weights` has `offence_code`, `offence` (text, may be null) and `weight` (float, in `unit`).
    `missing` says why there are none, or is empty.
    """

    scheme: str
    edition: str
    weights: pd.DataFrame
    unit: str = "points"
    source: str = ""
    missing: str = ""


@dataclass(frozen=True)
class WeightedRate:
    """A weighted sum of counts per resident, with the range that chance alone would give it."""

    value: float
    lower: float
    upper: float
    variance: float


def weights_of(codes: pd.Series, index: HarmIndex) -> pd.Series:
    """The weight of an offence of each code, null where the index has none; on the same index.

    Codes published together ('1/4.1/4.10/4.2') weigh what the index says of them together, or
    what all of their parts weigh where that is the same; a code listed only among others weighs
    what they do together. Case and blanks do not matter.
    """
    listed = dict(zip(index.weights["offence_code"].map(_folded), index.weights["weight"],
                      strict=True))  # fmt: skip
    of_parts = {part: weight for code, weight in listed.items() for part in parts_of(code)}
    both = of_parts | listed
    return codes.map(lambda code: _weight(_folded(code), both)).astype("float64")


def category_weights(composition: pd.DataFrame, index: HarmIndex) -> pd.DataFrame:
    """The mean weight of what a force recorded in each category, weighted by its numbers.

    composition: `category`, `offence_code`, `count`. Returns `weight` and `unweighted`, the share
    of the category's offences whose code has no weight, indexed by category. A mean over codes
    alone would make murder as common as shoplifting: only numbers can average them.
    """
    weight = weights_of(composition["offence_code"], index)
    number = composition["count"].clip(lower=0)
    known = number.where(weight.notna(), 0)
    sums = pd.DataFrame(
        {
            "harm": (known * weight.fillna(0)).groupby(composition["category"]).sum(),
            "known": known.groupby(composition["category"]).sum(),
            "all": number.groupby(composition["category"]).sum(),
        }
    )
    found = sums["known"] > 0
    return pd.DataFrame(
        {
            "weight": (sums["harm"] / sums["known"]).where(found),
            "unweighted": (1 - sums["known"] / sums["all"]).where(sums["all"] > 0, 1.0),
        }
    )


def weighted_rate(
    counts: pd.Series, weights: pd.Series, population: float, *, confidence: float = 0.95
) -> WeightedRate:
    """The sum of counts times weights over residents, with Dobson's interval.

    counts, weights: on one index, none missing. The variance takes each count for Poisson. Null
    limits where nothing was counted. Source: Dobson and others 1991, for standardised rates, of
    which this is one; exact Poisson limits of the total by statsmodels `confint_poisson`.
    """
    value = float((counts * weights).sum()) / population
    variance = float((counts.abs() * weights**2).sum()) / population**2
    total = float(counts.sum())
    if total <= 0:
        return WeightedRate(value, np.nan, np.nan, variance)
    lower, upper = confint_poisson(total, 1, method="exact-c", alpha=1 - confidence)
    step = np.sqrt(variance / total)
    ends = (float(value + step * (end - total)) for end in (lower, upper))
    return WeightedRate(value, *ends, variance)


def _folded(code: object) -> str:
    return "".join(str(code).split()).casefold()


def _weight(code: str, weights: dict[str, float]) -> float:
    if code in weights:
        return weights[code]
    found = {weights.get(part) for part in parts_of(code)}
    return found.pop() if len(found) == 1 and None not in found else np.nan
