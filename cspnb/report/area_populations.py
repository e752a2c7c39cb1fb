"""Residents and households of small areas at a mid-year: one year and one definition for all."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.volumes import STAND_IN
from cspnb.periods import Period
from cspnb.report.populations import Populations


@dataclass(frozen=True)
class AreaPopulations:
    """Counts of one denominator by area code, and what is said of them."""

    counts: pd.Series
    label: str
    denominator: str
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        """How many of the areas have a count."""
        return int(self.counts.notna().sum())


def area_populations(
    population: pd.DataFrame, codes: pd.Series, denominator: str, period: Period
) -> AreaPopulations:
    """What to divide LSOAs' counts by: of the year and definition that most of them have.

    The latest mid-year not after the financial year in which the period starts, else the
    earliest after it. Households are seldom counted by LSOA: where none are held, residents
    stand in, and a note says so. population: that table of `cspnb.schemas`.
    """
    if denominator == "none":
        nobody = pd.Series(dtype=float).reindex(codes)
        return AreaPopulations(nobody, "not counted per resident or household", "residents")
    found = _of(population, codes, denominator, period)
    if found.known or denominator == STAND_IN:
        return found
    residents = _of(population, codes, STAND_IN, period)
    if not residents.known:
        return found
    note = f"Rates are per 1,000 {STAND_IN}, as no count of {denominator} of LSOAs is held."
    return AreaPopulations(residents.counts, residents.label, STAND_IN, (note,))


def _of(population, codes, denominator, period):
    rows = population[population["level"].eq("lsoa") & population["denominator"].eq(denominator)]
    rows = rows[rows["code"].isin(codes)]
    known = rows.groupby(["year", "definition"])["code"].nunique()
    ways = sorted(known[known == known.max()].index)
    if not ways:
        nobody = pd.Series(dtype=float).reindex(codes)
        return AreaPopulations(nobody, f"no {denominator} of LSOAs are held", denominator)
    wanted = period.start.financial_year.start.year
    before = [way for way in ways if way[0] <= wanted]
    year, definition = before[-1] if before else ways[0]
    chosen = rows[(rows["year"] == year) & (rows["definition"] == definition)]
    counts = chosen.drop_duplicates("code").set_index("code")["count"].reindex(codes)
    held = Populations(denominator, int(year), definition, counts, max(wanted - int(year), 0))
    return AreaPopulations(counts, held.label, denominator)
