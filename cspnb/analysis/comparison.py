"""How do we compare? Rates of an area and of a named group of others."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period


@dataclass(frozen=True)
class Group:
    """The areas compared with: their name, date and source are part of every comparison.

    `areas` has one row an area, the own one included: `area_code`, `area_name`, `count` (Int64,
    null where the period is incomplete), `population` (float, null where unknown), `is_own`
    (bool), `reason` (text: why there is no count or population, else empty).
    """

    measure: Measure
    area: str
    period: Period
    name: str
    source: str
    date: str
    population_label: str
    areas: pd.DataFrame


@dataclass(frozen=True)
class Comparison:
    """Rates per 1,000 across a group, and where the own area stands.

    `rates` has one row an area with a rate, highest first: `area_code`, `area_name`, `count`,
    `population`, `rate`, `rate_lower`, `rate_upper` (per 1,000, 95% exact Poisson), `is_own`.
    `left_out` has `area_name` and `reason`. `mean_rate` is the mean of the areas' rates, the own
    one included; `rank` counts from 1, the lowest rate; `limit_lower` and `limit_upper` are 95%
    funnel limits about the mean at the own population; `verdict` is 'above', 'in line', 'below'
    or 'not compared', and `reason` says why not.
    """

    group: Group
    rates: pd.DataFrame
    left_out: pd.DataFrame
    mean_rate: float | None
    rank: int | None
    limit_lower: float | None
    limit_upper: float | None
    verdict: str
    reason: str = ""
