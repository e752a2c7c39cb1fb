"""Residents and households of a district at a mid-year."""

import pandas as pd

from cspnb.periods import Period
from cspnb.placing import lsoa_districts


def district_populations(population: pd.DataFrame, geography: pd.DataFrame) -> pd.DataFrame:
    """The population table by district: those stated, and sums of LSOAs where none is.

    Returns `lad_code`, `year`, `denominator`, `count`, `definition`, one row each.
    """
    keys = ["lad_code", "year", "denominator"]
    stated = population[population["level"] == "lad"].rename(columns={"code": "lad_code"})
    parts = population[population["level"] == "lsoa"].merge(
        lsoa_districts(geography), left_on="code", right_on="lsoa_code", how="inner"
    )
    summed = parts.groupby([*keys, "definition"], as_index=False)["count"].sum()
    both = pd.concat([stated[[*keys, "count", "definition"]], summed], ignore_index=True)
    return both.drop_duplicates(keys).reset_index(drop=True)


def population_year(populations: pd.DataFrame, codes, denominator: str, period: Period):
    """The mid-year to divide by: the latest not after the period's start, else the earliest after.

    Only years in which every one of the districts `codes` has a figure; None where there is none.
    """
    own = populations[
        populations["lad_code"].isin(codes) & (populations["denominator"] == denominator)
    ]
    known = own.groupby("year")["lad_code"].nunique()
    years = sorted(known[known == len(set(codes))].index)
    before = [year for year in years if year <= period.start.year]
    return before[-1] if before else next(iter(years), None)
