"""Residents and households of districts at a mid-year: one year, one definition for a group."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from cspnb.periods import Period

OLD = 2
"""A count of residents so many years before the period is old: readers are told."""

_KEYS = ["lad_code", "year", "denominator", "definition"]


@dataclass(frozen=True)
class Populations:
    """Counts of one denominator at one mid-year, by one definition: `counts` by `lad_code`.

    `years_before`: how many years before the period's own the mid-year is; 0 for none.
    """

    denominator: str
    year: int | None
    definition: str
    counts: pd.Series
    years_before: int = 0

    @property
    def label(self) -> str:
        """The definition, and how old the count is: 'mid-2017 usual residents, 4 years before'."""
        if self.years_before < OLD:
            return self.definition
        return f"{self.definition}, {self.years_before} years before the period"

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


def district_populations(
    population: pd.DataFrame, geography: pd.DataFrame, parts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The population table by district: counts stated for it, and sums over its LSOAs.

    A sum stands only where every LSOA that the newest lookup of its vintage gives the district
    has a count. parts: `lad_code`, `part`, a district and every other code of its ground; one
    that has no count of its own has the sum over those that a lookup of one year lists in its
    stead, where each has a count. Returns `lad_code`, `year`, `denominator`, `definition`,
    `count`, one row each.
    """
    stated = population[population["level"] == "lad"].rename(columns={"code": "lad_code"})
    sums = [_summed(population, lsoas) for lsoas in _lsoas_by_vintage(geography)]
    both = pd.concat([stated[[*_KEYS, "count"]], *sums], ignore_index=True)
    if parts is not None and len(parts):
        both = pd.concat([both, _of_parts(both.drop_duplicates(_KEYS), parts, geography)])
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
    counts = chosen.set_index("lad_code")["count"]
    return Populations(denominator, int(year), definition, counts, max(wanted - int(year), 0))


def _of_parts(table, parts, geography):
    """Sums over districts of one year that together are one of another, where none is missing."""
    listed = _districts_by_year(geography)
    itself = listed.rename(columns={"part": "lad_code"})
    of_year = parts.merge(listed, on="part", how="inner", validate="many_to_many")
    of_year = of_year.merge(itself, on=["lad_code", "of"], how="left", indicator=True)
    of_year = of_year[of_year.pop("_merge") == "left_only"]
    needed = of_year.groupby(["lad_code", "of"], as_index=False).agg(needed=("part", "nunique"))
    found = of_year.merge(
        table.rename(columns={"lad_code": "part"}), on="part", how="inner", validate="many_to_many"
    )
    sums = found.groupby([*_KEYS, "of"], as_index=False).agg(
        count=("count", "sum"), held=("part", "nunique")
    )
    whole = sums.merge(needed, on=["lad_code", "of"], how="left", validate="many_to_one")
    whole = whole[whole["held"] == whole["needed"]].sort_values("of", ascending=False)
    return whole.drop_duplicates(_KEYS)[[*_KEYS, "count"]]


def _districts_by_year(geography):
    """The districts that the lookups of each year list: `of`, `part`."""
    small = geography.loc[geography["level"] == "lad", ["vintage", "code"]]
    large = geography.loc[geography["parent_level"] == "lad", ["parent_vintage", "parent_code"]]
    both = [
        rows.drop_duplicates().set_axis(["of", "part"], axis="columns") for rows in (small, large)
    ]
    return pd.concat(both).drop_duplicates().astype({"part": "str"})


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
