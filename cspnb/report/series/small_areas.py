"""Tables by ward or LSOA, summed over a district's own."""

import pandas as pd

from cspnb.ingest import lsoa_counts
from cspnb.ingest.area_counts import of_districts
from cspnb.measures.counts import Series
from cspnb.measures.months import ABSENT, SOUND
from cspnb.params import MeasureParams
from cspnb.params.origins import LsoaCounts, WardCounts
from cspnb.periods import Month, Period
from cspnb.placing import lsoa_districts
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import (
    every_month,
    is_on_todays_terms,
    no_month,
    nothing_stated,
    within,
)

WARDS = "Metropolitan Police counts by ward"
LSOAS = "yearly counts by LSOA"

_TWO_CODES = "two tables have its wards, one under older codes and one under newer"


def ward_series(
    holdings: Holdings, source: WardCounts, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's sum over the wards that the table itself puts in the place's districts."""
    rows = holdings.store.read("area_counts", where={"level": ["ward"]})
    months = _months(rows, holdings.sources, source, place)
    if months.empty:
        why = f"no table by ward that is held has {place.name}"
        return Series(source.origin, WARDS, no_month(span, WARDS, why), nothing_stated())
    months = months[[is_on_todays_terms(month, source.since) for month in months.index]]
    known = months["count"].notna()
    table = months.assign(
        status=known.map({True: SOUND, False: ABSENT}),
        reason=known.map({True: "", False: _TWO_CODES}),
    )
    monthly = every_month(table, span, WARDS, "the tables by ward do not have the month")
    return Series(source.origin, WARDS, monthly, nothing_stated())


def lsoa_series(
    holdings: Holdings, source: LsoaCounts, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each calendar year's sum over all the LSOAs of the place's districts, of one census."""
    rows = holdings.store.read("area_counts", where={"level": ["lsoa"]})
    censuses = _censuses(holdings.geography, place)
    if lacking := sorted(set(source.categories) - set(rows["category"])):
        return _no_year(source, span, f"no table by LSOA that is held has {', '.join(lacking)}")
    if not censuses or not source.categories:
        return _no_year(source, span, f"no lookup that is held has the LSOAs of {place.name}")
    codes = sorted(set().union(*censuses))
    years = _years(rows, holdings.sources, codes, source)
    sums = [years.loc[census].sum(skipna=False) for census in censuses]
    known = pd.concat(sums, axis=1).bfill(axis=1).iloc[:, 0].dropna()
    if known.empty:
        return _no_year(source, span, _what_is_lacking(years, censuses, place))
    stated = pd.DataFrame({"value": known.to_numpy("float64")}).assign(
        start=[f"{year}-01" for year in known.index],
        end=[f"{year}-12" for year in known.index],
        source=LSOAS,
    )
    monthly = no_month(span, LSOAS, "the tables by LSOA count by year")
    cautions = _cautions(rows, holdings.sources, source, span)
    stated = within(stated, span, source.since)
    return Series(source.origin, LSOAS, monthly, stated, cautions if len(stated) else ())


def _months(rows, sources, source, place) -> pd.DataFrame:
    """`count` by month, of the months that have every one of the categories."""
    wanted = [
        (category, subcategory)
        for category in source.categories
        for subcategory in (source.subcategories or (None,))
    ]
    names = [district.name for district in place.districts]
    parts = [
        of_districts(rows, sources, districts=names, category=category, subcategory=subcategory)
        for category, subcategory in wanted
    ]
    if not parts:
        return pd.DataFrame(columns=["count"])
    return (
        pd.concat([part.set_index("start")["count"] for part in parts], axis=1, join="inner")
        .agg(lambda counts: counts.sum(skipna=False), axis=1)
        .to_frame("count")
    )


def _censuses(geography, place):
    """The place's LSOAs in the codes of each census that has every district, newest first."""
    districts = lsoa_districts(geography)
    ours = districts[districts["lad_code"].isin(place.district_codes)]
    vintages = geography.loc[geography["level"].eq("lsoa"), ["code", "vintage"]].drop_duplicates()
    dated = ours.merge(
        vintages.rename(columns={"code": "lsoa_code"}),
        on="lsoa_code",
        how="inner",
        validate="one_to_many",
    )
    return [
        sorted(part["lsoa_code"])
        for _, part in sorted(dated.groupby("vintage"), reverse=True, key=lambda each: each[0])
        if set(part["lad_code"]) == set(place.district_codes)
    ]


def _years(rows, sources, codes, source) -> pd.DataFrame:
    """Offences of the categories together: a row an LSOA, a column a year, null where not known."""
    parts = [
        lsoa_counts.yearly(rows, sources, codes=codes, category=category)
        for category in source.categories
    ]
    every = pd.concat(parts).groupby(["code", "year"])["count"]
    return every.agg(lambda counts: counts.sum(skipna=False)).unstack("year").reindex(codes)


def _what_is_lacking(years, censuses, place):
    """Of the census that the tables have most of, how many LSOAs they do not have in any year."""
    lacking = {tuple(one): int(years.loc[one].isna().all(axis=1).sum()) for one in censuses}
    best = min(lacking, key=lambda one: lacking[one] / len(one))
    if not lacking[best]:
        return f"no year of the tables by LSOA has all the LSOAs of {place.name}"
    return f"the tables by LSOA lack {lacking[best]:,} of the {len(best):,} LSOAs of {place.name}"


def _cautions(rows, sources, source, span):
    """A sentence a category whose last year, if it is in the span, may be incomplete."""
    doubts = {
        category: lsoa_counts.year_in_doubt(rows, sources, category)
        for category in source.categories
    }
    return tuple(
        f"{category.capitalize()} by LSOA: {doubt[1]}."
        for category, doubt in doubts.items()
        if doubt and Month(doubt[0], 1) in span
    )


def _no_year(source, span, why):
    return Series(source.origin, LSOAS, no_month(span, LSOAS, why), nothing_stated())
