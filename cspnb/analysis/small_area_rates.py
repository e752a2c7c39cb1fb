"""Where is it high? Rates of LSOAs or wards against the partnership's own, allowing for many."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.rates import test_poisson

from cspnb.analysis.comparison import ABOVE, BELOW, IN_LINE
from cspnb.analysis.of_small_areas import OfSmallAreas, kind_of, why_nothing
from cspnb.measures.funnel import funnel_limits
from cspnb.measures.multiplicity import false_discovery_q
from cspnb.measures.rates import rate_per_1000
from cspnb.measures.small_areas import NOT_SHOWN, SmallAreas

FALSE_DISCOVERY = 0.05
FEWEST_AREAS = 3
LEAST_POPULATION = {"residents": 500, "households": 200}
"""Half the fewest an LSOA is made to have: on fewer, a rate is of a few people."""

LEADING = 10
"""How many areas are named first, and how much of all offences they have."""

NO_RATE, HIDDEN = "no rate", "not shown"


@dataclass(frozen=True)
class SmallAreaRates(OfSmallAreas):
    """Counts and rates of the small areas of one partnership, and which stand out.

    `areas` has one row an area, highest rate first, then those without one by their counts:
    `area_code`, `area_name`, `ward_name`, `count`, `population`, `rate`, `rate_lower`,
    `rate_upper` (per 1,000, 95% exact Poisson), `share` (of the partnership's total, as a
    fraction), `rank` (1 is the highest rate; null without one), `limit_lower`, `limit_upper` (95%
    funnel limits about the own rate), `p_value`, `q_value` (Benjamini-Hochberg), `verdict`
    ('above', 'in line', 'below', 'no rate', or 'not shown' of a hidden count), `reason` (why there
    is no rate, else empty) and `geometry`. `own_rate` is that of all areas with a rate together,
    hidden counts in it; `family` how many were tested at once. `total` is the partnership's, the
    unplaced included. `leading_share` and
    `leading_people` are the shares, as fractions, of all offences and of all people in the
    LEADING areas with most offences; None where there are not twice as many areas.
    """

    small_areas: SmallAreas
    areas: pd.DataFrame
    total: int | None
    own_rate: float | None
    family: int
    method: str
    reason: str = ""
    leading_share: float | None = None
    leading_people: float | None = None

    def called(self, verdict: str) -> pd.DataFrame:
        """The rows of the areas with a verdict, in their order."""
        return self.areas[self.areas["verdict"] == verdict]


def small_area_rates(small_areas: SmallAreas) -> SmallAreaRates:
    """Each area's rate with its limits, its share, and whether it differs from the own rate.

    Every area with a rate is tested against the rate of all of them together (exact Poisson,
    two-sided); the p-values are one family, of which at most FALSE_DISCOVERY of those called
    above or below are expected to be so by chance. An area of fewer people than
    LEAST_POPULATION, or of an unknown number, has its count and no rate. Where fewer than
    FEWEST_AREAS have a rate none is judged, and `reason` says why.
    """
    table = small_areas.table.reset_index(drop=True)
    lack = _lacks(small_areas, table)
    people = table["population"].where(lack.eq(""))
    rates = rate_per_1000(table["count"], people).drop(columns=["count", "population"])
    areas = table.join(rates, how="left", validate="one_to_one").assign(reason=lack)
    total = None
    if small_areas.is_whole:
        total = small_areas.placed + small_areas.unplaced
    areas["share"] = table["count"].astype(float) / total if total else np.nan
    rated = areas["rate"].notna()
    own_rate = _own_rate(areas[rated | small_areas.is_hidden], small_areas.hidden_count)
    reason = _why_not(small_areas, int(rated.sum()))
    judged = areas.join(_judged(areas[rated], None if reason else own_rate), how="left")
    judged["verdict"] = judged["verdict"].fillna(NO_RATE).mask(small_areas.is_hidden, HIDDEN)
    order = ["rate", "count", "area_name", "area_code"]
    return SmallAreaRates(
        small_areas=small_areas,
        areas=judged.sort_values(
            order, ascending=[False, False, True, True], ignore_index=True, na_position="last"
        ),
        total=total,
        own_rate=own_rate,
        family=0 if reason else int(rated.sum()),
        method=_method(small_areas, reason, int(rated.sum())),
        reason=reason,
        **_leading(areas, total),
    )


def _lacks(small_areas: SmallAreas, table: pd.DataFrame) -> pd.Series:
    """Why each area has no rate; '' where it has one."""
    named = small_areas.denominator
    least = LEAST_POPULATION[named]
    lack = pd.Series("", index=table.index)
    lack = lack.mask(table["population"] < least, f"it has fewer than {least} {named}")
    lack = lack.mask(table["population"].isna(), f"its number of {named} is not known")
    lack = lack.mask(table["count"].isna(), "the period is not whole")
    return lack.mask(small_areas.is_hidden, NOT_SHOWN)


def _own_rate(rated: pd.DataFrame, hidden: int) -> float | None:
    """Of all areas with a rate; hidden counts are in it, all together, as they are in the total."""
    people = float(rated["population"].sum())
    return 1000 * (float(rated["count"].sum()) + hidden) / people if people else None


def _leading(areas: pd.DataFrame, total: int | None) -> dict[str, float]:
    if not total or len(areas) < 2 * LEADING or areas["count"].notna().sum() < LEADING:
        return {}
    most = areas.sort_values(["count", "area_code"], ascending=[False, True]).head(LEADING)
    people = most["population"].sum(skipna=False) / areas["population"].sum(skipna=False)
    return {
        "leading_share": float(most["count"].sum() / total),
        "leading_people": None if pd.isna(people) else float(people),
    }


def _judged(rated: pd.DataFrame, own_rate: float | None) -> pd.DataFrame:
    """Rank, limits, p, q and verdict of the areas with a rate, on their index."""
    rank = rated["rate"].rank(method="min", ascending=False).astype("Int64")
    if own_rate is None:
        nothing = dict.fromkeys(["limit_lower", "limit_upper", "p_value", "q_value"], np.nan)
        return pd.DataFrame({"rank": rank}).assign(**nothing, verdict=IN_LINE).assign(verdict=None)
    limits = [funnel_limits(own_rate, people) for people in rated["population"]]
    p_values = _p_values(rated, own_rate)
    q_values = false_discovery_q(p_values)
    verdict = np.where(rated["rate"] > own_rate, ABOVE, BELOW)
    return pd.DataFrame(
        {
            "rank": rank,
            "limit_lower": [lower for lower, _ in limits],
            "limit_upper": [upper for _, upper in limits],
            "p_value": p_values,
            "q_value": q_values,
            "verdict": np.where(q_values <= FALSE_DISCOVERY, verdict, IN_LINE),
        },
        index=rated.index,
    )


def _p_values(rated: pd.DataFrame, own_rate: float) -> np.ndarray:
    """Two-sided exact p of each count, where the own rate held; 1 where nothing is expected."""
    pairs = zip(rated["count"].astype(float), rated["population"], strict=True)
    if own_rate == 0:
        return np.ones(len(rated))
    value = own_rate / 1000
    p = [
        test_poisson(count, people, value=value, method="exact-c").pvalue for count, people in pairs
    ]
    return np.minimum(np.array(p, float), 1)


def _why_not(small_areas: SmallAreas, rated: int) -> str:
    if why := why_nothing(small_areas):
        return why
    if small_areas.table.loc[small_areas.is_hidden, "population"].isna().any():
        named = small_areas.denominator
        return f"the {named} of an area whose count is not shown are not known"
    if rated < FEWEST_AREAS:
        label = small_areas.population_label
        if not rated and small_areas.table["population"].isna().all():
            return f"there is nothing to divide by ({label or 'no count of residents is held'})"
        return f"only {rated} of its areas have a rate, and {FEWEST_AREAS} are needed"
    return ""


def _method(small_areas: SmallAreas, reason: str, family: int) -> str:
    intervals = (
        f"Rates are per 1,000 {small_areas.denominator} with 95% exact Poisson intervals "
        "(Garwood 1936)."
    )
    if reason:
        return intervals if family else ""
    kind = kind_of(small_areas)
    return (
        f"{intervals} Each is tested against the rate of all {family} {kind} together by the exact "
        f"Poisson test, two-sided. The {family} tests are one family: of the areas called above or "
        f"below, at most {FALSE_DISCOVERY:.0%} are expected to be so by chance (Benjamini and "
        "Hochberg 1995)."
    )
