"""Tables by ward or LSOA, summed over a district's own."""

import pandas as pd

from cspnb.ingest.area_counts import counted
from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import LsoaCounts, WardCounts
from cspnb.periods import Period
from cspnb.placing import lsoa_districts
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import (
    is_on_todays_terms,
    no_month,
    nothing_stated,
    sound_months,
    within,
)

WARDS = "Metropolitan Police counts by ward"
LSOAS = "yearly counts by LSOA"


def ward_series(
    holdings: Holdings, source: WardCounts, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's sum over the wards that the table itself puts in the place's districts."""
    rows = holdings.store.read("area_counts", where={"level": ["ward"]})
    names = {district.name.casefold() for district in place.districts}
    codes = rows.loc[rows["district_name"].str.casefold().isin(names), "code"].unique()
    periods = _summed(rows, holdings.sources, codes, source)
    if periods.empty:
        why = f"no table by ward that is held has {place.name}"
        return Series(source.origin, WARDS, no_month(span, WARDS, why), nothing_stated())
    known = periods.set_index("start")["count"].dropna()
    known = known[[is_on_todays_terms(month, source.since) for month in known.index]]
    monthly = sound_months(known, span, WARDS, "the tables by ward do not have the month")
    return Series(source.origin, WARDS, monthly, nothing_stated())


def lsoa_series(
    holdings: Holdings, source: LsoaCounts, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each calendar year's sum over the LSOAs that the lookups put in the place's districts."""
    rows = holdings.store.read("area_counts", where={"level": ["lsoa"]})
    districts = lsoa_districts(holdings.geography)
    codes = districts.loc[districts["lad_code"].isin(place.district_codes), "lsoa_code"]
    codes = [code for code in codes if code in set(rows["code"])]
    years = _summed(rows, holdings.sources, codes, source).dropna(subset=["count"])
    figures = years.rename(columns={"count": "value"}).astype({"value": "float64"})
    stated = within(figures.assign(source=LSOAS), span, source.since)
    why = "the tables by LSOA count by year" if len(years) else f"none has {place.name}"
    return Series(source.origin, LSOAS, no_month(span, LSOAS, why), stated)


def _summed(rows, sources, codes, source) -> pd.DataFrame:
    """`start`, `end`, `count` over the areas and the categories; null unless all are known."""
    wanted = [
        (category, subcategory)
        for category in source.categories
        for subcategory in (getattr(source, "subcategories", ()) or (None,))
    ]
    parts = [
        counted(rows, sources, codes=codes, category=category, subcategory=subcategory)
        for category, subcategory in wanted
        if len(codes)
    ]
    if not parts:
        return pd.DataFrame(columns=["start", "end", "count"])
    every = pd.concat(parts, ignore_index=True)
    whole = every.groupby(["start", "end"], as_index=False)["count"]
    return whole.agg(lambda counts: counts.sum(skipna=False))
