"""How do we compare? Rates of an area and of a named group of others."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import NOT_COMPARED
from cspnb.measures.definition import Measure
from cspnb.measures.funnel import (
    AREAS_NEEDED,
    LEAST_EXPECTED,
    Overdispersion,
    funnel_limits,
    is_measurable,
    overdispersion,
)
from cspnb.measures.rates import rate_per_1000
from cspnb.measures.totals import named_once
from cspnb.periods import Period

ABOVE = "above"
IN_LINE = "in line"
BELOW = "below"

FEWEST_AREAS = 3
_NO_RATE = "no count or population is held"

_MEAN = "The average is the mean of the areas' rates, each area counted once."
_LIMITS = (
    "An area is above or below it where its rate is outside 95% {kind}funnel limits about that "
    "mean at its own population."
)
_BY_CHANCE = "They allow for chance alone"
_INTERVALS = "The intervals of the rates are 95% exact Poisson intervals."


@dataclass(frozen=True)
class Group:
    """The areas compared with: their name, date and source are part of every comparison.

    `areas` has one row an area, the own one included: `area_code`, `area_name`, `count` (Int64,
    null where the period is incomplete), `population` (float, null where unknown), `is_own`
    (bool), `reason` (text: why there is no count or population, else empty), `origin` and
    `source` (of the count: as params name it, and for readers). Counts are of one origin alone.
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
    funnel limits about the mean at the own population. They allow for `overdispersion`, how the
    areas differ beyond chance, where ten areas or more let it be told (and hold about nine in ten
    of those that differ as usual); else for chance alone.
    `verdict` is 'above', 'in line', 'below' or 'not compared', and `reason` says why not.
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
    method: str = ""
    overdispersion: Overdispersion | None = None

    @property
    def measure(self) -> Measure:
        """What is compared."""
        return self.group.measure

    @property
    def area(self) -> str:
        """The own area."""
        return self.group.area

    @property
    def period(self) -> Period:
        """Over which months."""
        return self.group.period

    @property
    def source(self) -> str:
        """Where the counts, the group and its population come from."""
        group = self.group
        dated = f"{group.name}: {group.source}, {group.date}" if group.date else group.source
        return named_once([*group.areas.get("source", ()), dated, group.population_label])

    @property
    def coverage(self) -> str:
        """How many of the group's areas have a rate, and why the others have none."""
        number = len(self.rates) + len(self.left_out)
        if self.left_out.empty:
            return f"All {number} areas have a rate."
        without = "; ".join(
            f"{', '.join(names)} ({reason})" for reason, names in self.left_out_by_reason.items()
        )
        has = "has" if len(self.rates) == 1 else "have"
        return f"{len(self.rates)} of {number} areas {has} a rate; none for {without}."

    @property
    def left_out_by_reason(self) -> dict[str, list[str]]:
        """The names of the areas without a rate, under the reason that holds for them."""
        by_reason = self.left_out.groupby("reason", sort=False)["area_name"]
        return {str(reason): list(names) for reason, names in by_reason}

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the limits allow for more than chance: for how the areas differ as well."""
        return self.overdispersion is not None and self.overdispersion.variance > 0

    @property
    def own_rate(self) -> float | None:
        """The own area's rate per 1,000; None where it has none."""
        own = self.rates.loc[self.rates["is_own"], "rate"]
        return float(own.iloc[0]) if len(own) == 1 else None

    @property
    def distance_pct(self) -> float | None:
        """How far the own rate lies from the group's mean, as a percentage of the mean."""
        if self.own_rate is None or not self.mean_rate:
            return None
        return 100 * (self.own_rate / self.mean_rate - 1)


def comparison(group: Group) -> Comparison:
    """Where an area's rate stands among its group's, beyond what chance gives an area its size.

    The mean of the areas' rates counts each area once, whatever its size, and the own one with
    the others. The limits are funnel limits about that mean: with Spiegelhalter's allowance for
    overdispersion where at least ten areas, each expecting ten offences, show more spread than
    chance; else exact Poisson. Fewer than three areas with a rate, or none for the own area, are
    not compared.
    """
    rates, left_out = _rates(group)
    own = rates[rates["is_own"]]
    if reason := _why_not(group, rates, own):
        return Comparison(group, rates, left_out, None, None, None, None, NOT_COMPARED, reason)
    own = own.iloc[0]
    mean_rate = float(rates["rate"].mean())
    spread = _overdispersion(rates, mean_rate)
    variance = spread.variance if spread else 0.0
    lower, upper = funnel_limits(mean_rate, float(own["population"]), variance=variance)
    return Comparison(
        group=group,
        rates=rates,
        left_out=left_out,
        mean_rate=mean_rate,
        rank=int((rates["rate"] < own["rate"]).sum()) + 1,
        limit_lower=lower,
        limit_upper=upper,
        verdict=_verdict(float(own["rate"]), lower, upper),
        method=_method(spread, len(rates)),
        overdispersion=spread,
    )


def _overdispersion(rates: pd.DataFrame, mean_rate: float) -> Overdispersion | None:
    """The spread of the areas about their mean; None where they are too few or too small."""
    counts, expected = rates["count"].to_numpy(float), mean_rate * rates["population"] / 1000
    measurable = is_measurable(counts, expected)
    return overdispersion(counts, expected.to_numpy(float)) if measurable else None


def _method(spread: Overdispersion | None, areas: int) -> str:
    kind = "" if spread and spread.variance else "exact Poisson "
    limits = _LIMITS.format(kind=kind)
    if spread is None:
        few = f"{areas} areas" if areas < AREAS_NEEDED else f"under {LEAST_EXPECTED} in an area"
        allowance = f"{_BY_CHANCE}: {few} would be too few to tell how such areas differ beyond it."
    elif not spread.variance:
        allowance = f"{_BY_CHANCE}: the areas differ by no more than that."
    else:
        allowance = (
            "They allow for chance and for how the areas differ from one another beyond it "
            f"(overdispersion after Spiegelhalter 2005: {spread.phi:.1f} times what chance gives). "
            "As published they hold about nine in ten areas that differ no more than usual, not 95 "
            "in 100."
        )
    return f"{_MEAN} {limits} {allowance} {_INTERVALS}"


def _verdict(rate: float, lower: float, upper: float) -> str:
    if rate > upper:
        return ABOVE
    return BELOW if rate < lower else IN_LINE


def _rates(group: Group) -> tuple[pd.DataFrame, pd.DataFrame]:
    areas = group.areas.reset_index(drop=True)
    rates = rate_per_1000(areas["count"], areas["population"])
    names = areas[["area_code", "area_name", "is_own"]]
    joined = names.join(rates, how="left", validate="one_to_one")
    with_rate = joined["rate"].notna()
    order = ["area_code", "area_name", *rates.columns, "is_own"]
    highest_first = (
        joined.loc[with_rate, order]
        .sort_values(["rate", "area_name"], ascending=[False, True])
        .reset_index(drop=True)
    )
    left_out = areas.loc[~with_rate, ["area_name", "reason"]].reset_index(drop=True)
    return highest_first, left_out.assign(reason=left_out["reason"].replace("", _NO_RATE))


def _why_not(group: Group, rates: pd.DataFrame, own: pd.DataFrame) -> str:
    listed = group.areas[group.areas["is_own"]]
    if len(listed) != 1:
        return f"{group.area} is not one of the areas of {group.name}"
    if own.empty:
        because = listed["reason"].iloc[0] or _NO_RATE
        return f"{group.area} has no rate for {group.period.label} ({because})"
    if len(rates) < FEWEST_AREAS:
        return (
            f"a rate is held for only {len(rates)} of its {len(group.areas)} areas, and "
            f"{FEWEST_AREAS} are needed"
        )
    return ""
