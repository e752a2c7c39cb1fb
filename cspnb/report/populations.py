"""Residents and households of districts at a mid-year: one year, one definition for a group."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from cspnb.periods import Period

_KEYS = ["lad_code", "year", "denominator", "definition"]


@dataclass(frozen=True)
class Populations:
    """Counts of one denominator at one mid-year, by one definition: `counts` by `lad_code`."""

    denominator: str
    year: int | None
    definition: str
    counts: pd.Series

    def of(self, codes: Collection[str]) -> float | None:
        """The population of districts together; None unless every one is known."""
        known = codes and all(code in self.counts.index for code in codes)
        return float(self.counts[list(codes)].sum()) if known else None

    def lack(self, population: float | None) -> str:
        """Why there is no population; '' where there is one."""
        if population is not None:
            return ""
        if self.year is None:
            return f"no {self.denominator} of the partnership's own districts are held"
        return f"no count is held that is made as the others are ({self.definition})"


def district_populations(population: pd.DataFrame, geography: pd.DataFrame) -> pd.DataFrame:
    """The population table by district: counts stated for it, and sums over its LSOAs.

    A sum stands only where every LSOA that the newest lookup of its vintage gives the district
    has a count. Returns `lad_code`, `year`, `denominator`, `definition`, `count`, one row each.
    """
    stated = population[population["level"] == "lad"].rename(columns={"code": "lad_code"})
    sums = [_summed(population, lsoas) for lsoas in _lsoas_by_vintage(geography)]
    both = pd.concat([stated[[*_KEYS, "count"]], *sums], ignore_index=True)
    return both.drop_duplicates(_KEYS).sort_values(_KEYS).reset_index(drop=True)


def populations_for(
    populations: pd.DataFrame, codes: Collection[str], denominator: str, period: Period
) -> Populations:
    """What to divide by: the year and the definition that the districts `codes` all have.

    The latest mid-year not after the financial year in which the period starts, else the
    earliest after it. populations: as `district_populations` gives them.
    """
    rows = populations[populations["denominator"] == denominator]
    own = rows[rows["lad_code"].isin(codes)]
    known = own.groupby(["year", "definition"])["lad_code"].nunique()
    ways = sorted(known[known == len(set(codes))].index)
    wanted = period.start.financial_year.start.year
    before = [way for way in ways if way[0] <= wanted]
    if not ways:
        return Populations(denominator, None, "", pd.Series(dtype=float))
    year, definition = before[-1] if before else ways[0]
    chosen = rows[(rows["year"] == year) & (rows["definition"] == definition)]
    return Populations(denominator, int(year), definition, chosen.set_index("lad_code")["count"])


def _lsoas_by_vintage(geography):
    """For each vintage of LSOAs, the newest district of each: lsoa_code, lad_code."""
    links = geography[(geography["level"] == "lsoa") & (geography["parent_level"] == "lad")]
    for _, vintage in links.groupby("vintage"):
        newest = vintage.sort_values("parent_vintage").drop_duplicates("code", keep="last")
        yield newest[["code", "parent_code"]].set_axis(["lsoa_code", "lad_code"], axis="columns")


def _summed(population, lsoas):
    """Sums over the LSOAs of one vintage, for districts in which none is missing."""
    parts = population[population["level"] == "lsoa"].merge(
        lsoas, left_on="code", right_on="lsoa_code", how="inner", validate="many_to_one"
    )
    sums = parts.groupby(_KEYS, as_index=False).agg(
        count=("count", "sum"), held=("code", "nunique")
    )
    needed = lsoas.groupby("lad_code").size()
    return sums[sums["held"] == sums["lad_code"].map(needed)].drop(columns="held")
