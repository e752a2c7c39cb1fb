"""A measure's records by the LSOA or the ward that their source gives."""

from collections.abc import Callable

import pandas as pd

from cspnb.ingest.area_counts import counted
from cspnb.measures.recorded import served
from cspnb.params.origins import PoliceUk, SuppliedRecords, WardCounts
from cspnb.periods import Month, Period
from cspnb.placing import place as placed
from cspnb.report.nearby import Links
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import records
from cspnb.report.series.months import is_on_todays_terms
from cspnb.scopes import crime_types_of

COLUMNS = ["code", "name", "month", "count"]


def by_lsoa(holdings: Holdings, source, place: Place, period: Period) -> pd.DataFrame:
    """The records of a source in a place, by LSOA as it gives it and month: COLUMNS.

    They are those that the measure's counts of the same months add up, less the ones that are
    placed by their point alone. source: of an origin of LSOAS.
    """
    return LSOAS[source.origin](holdings, source, place, period)


def by_ward(holdings: Holdings, source: WardCounts, place: Place, period: Period) -> pd.DataFrame:
    """The counts of a table by ward, by ward and month: COLUMNS; null where no file speaks."""
    rows = holdings.store.read("area_counts", where={"level": ["ward"]})
    names = {district.name.casefold() for district in place.districts}
    codes = rows.loc[rows["district_name"].str.casefold().isin(names), "code"].unique()
    parts = [
        counted(rows, holdings.sources, codes=codes, category=category, subcategory=subcategory)
        for category in source.categories
        for subcategory in (source.subcategories or (None,))
    ]
    every = pd.concat(parts, ignore_index=True)
    inside = every["start"].between(str(period.start), str(period.end))
    wards = every[inside].groupby(["code", "name", "start"], as_index=False)["count"]
    summed = wards.agg(lambda counts: counts.sum(skipna=False))
    return summed.set_axis(COLUMNS, axis="columns")


def _street(holdings: Holdings, source: PoliceUk, place: Place, period: Period) -> pd.DataFrame:
    wanted = {str(month): _types(source, month) for month in period.months}
    sources = holdings.sources
    files = holdings.once(
        ("street files",),
        lambda: holdings.ground.with_same_ground(sources[sources["table"] == "offences"]),
    )
    parts = [_cells(holdings, files, each, wanted) for each in place.districts]
    return _summed(pd.concat(parts, ignore_index=True))


def _types(source: PoliceUk, month: Month) -> frozenset[str]:
    if not is_on_todays_terms(str(month), source.since):
        return frozenset()
    return source.crime_types_among(crime_types_of(str(month)))


def _cells(holdings, files, district, wanted):
    """The cells in force of one district, of the crime types wanted in their months."""
    ground = holdings.ground.of(district)
    ids = files.loc[files["month"].isin(wanted), "source_id"]
    near = holdings.once(("near", ground), lambda: Links(holdings.geography).near(ground))
    cells = placed(holdings.store.cells(ids, months=wanted, near=near), holdings.geography)
    cells = cells[ground.holds(cells)]
    kinds = zip(cells["month"], cells["crime_type"], strict=True)
    cells = cells[[kind in wanted[month] for month, kind in kinds]]
    return cells[served(cells, files)]


def _extract(holdings: Holdings, source: SuppliedRecords, place: Place, period: Period):
    rows = records.rows(holdings, source, place, period)
    return _summed(rows.assign(lsoa_name=None, count=1).astype({"lsoa_name": "str"}))


def _summed(rows):
    sums = rows.groupby(["lsoa_code", "lsoa_name", "month"], dropna=False, as_index=False)
    return sums["count"].sum().set_axis(COLUMNS, axis="columns")


LSOAS: dict[str, Callable] = {"police_uk": _street, "supplied_records": _extract}
"""The origins that give the LSOA of each record, and what reads them."""

WARDS = "ward_counts"
"""The origin that counts by ward itself."""
