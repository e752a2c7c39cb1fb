"""data.police.uk's records of a measure by point: placed as its counts are, by LSOA first."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cspnb.measures.districts import District
from cspnb.measures.recorded import served
from cspnb.measures.snap_points import COLUMNS
from cspnb.params.origins import PoliceUk
from cspnb.periods import Month
from cspnb.placing import UNPLACED, place
from cspnb.report.nearby import Links
from cspnb.report.outlines import placed_points
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import is_on_todays_terms
from cspnb.scopes import crime_types_of

_POINT = ["longitude", "latitude"]
_LSOA = ["lsoa_code", "lsoa_name"]
_FILE = ["source_id", "force", "month", "crime_type"]
_READ = [*_FILE, *_LSOA, *_POINT, "location"]
_DISTRICT = ["lad_code", "lad_name", "placed_by"]


def street_points(
    holdings: Holdings, source: PoliceUk, place_asked: Place, months: Iterable[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A measure's street records in a place: those with a point, and those without.

    They are the records that the measure's counts of the same months add up: of the measure's
    crime types, placed by LSOA, else by their point, each from the file that speaks for it. The
    first table has the columns of `SnapPoints.table`, the second `month` and `count`.
    """
    wanted = {month: _types(source, month) for month in months}
    districts = [holdings.ground.of(each) for each in place_asked.districts]
    parts = [_records_in(holdings, district, wanted) for district in districts]
    records = pd.concat(parts, ignore_index=True)
    located = records[_POINT].notna().all(axis="columns")
    nowhere = records[~located].groupby("month", as_index=False)["count"].sum()
    return _on_grid(records[located]), nowhere


def _types(source, month):
    if not is_on_todays_terms(month, source.since):
        return frozenset()
    return source.crime_types_among(crime_types_of(Month.parse(month)))


def _records_in(holdings, district: District, wanted):
    """Records counted by file, crime type, LSOA, point and name of the place, in one district."""
    read = _read(holdings, district, wanted)
    counted = read.groupby(_READ, dropna=False, as_index=False, observed=True).size()
    rows = counted.rename(columns={"size": "count"})
    kinds = zip(rows["month"], rows["crime_type"], strict=True)
    rows = rows[np.array([kind in wanted[month] for month, kind in kinds], dtype=bool)]
    placed = _by_point(holdings, place(rows, holdings.geography))
    placed = placed[served(placed, _street(holdings))]
    return placed[district.holds(placed)]


def _read(holdings, district, wanted):
    """The rows of the store that can be in the district.

    The counted cells tell which LSOAs' rows to read: few, of a table that may have millions.
    """
    street = _street(holdings)
    near = holdings.once(
        ("links", "near", district), lambda: Links(holdings.geography).near(district)
    )
    types = sorted(frozenset().union(*wanted.values()))
    ids = street.loc[street["month"].isin(wanted), "source_id"]
    cells = holdings.store.cells(ids, months=wanted, near=near)
    cells = cells[cells["crime_type"].isin(types)]
    lsoas = cells[_LSOA].drop_duplicates().reset_index(drop=True)
    here = lsoas[district.holds(place(lsoas, holdings.geography))]
    codes = {*here["lsoa_code"].dropna()}
    nameless = here["lsoa_code"].isna().any() or len(_points(holdings)) > 0
    where = {"month": list(wanted), "crime_type": types}
    where["lsoa_code"] = [*sorted(codes), None] if nameless else sorted(codes)
    files = cells.loc[cells["lsoa_code"].isin(codes) | nameless, "source_id"].unique()
    return holdings.store.read("offences", columns=_READ, source_ids=files, where=where)


def _street(holdings):
    """Every street file, what it speaks for widened to codes of the same ground."""
    sources = holdings.sources
    return holdings.once(
        ("street files",),
        lambda: holdings.ground.with_same_ground(sources[sources["table"] == "offences"]),
    )


def _points(holdings):
    """The points of records without an LSOA, each with its district; none without outlines."""
    if not holdings.holds("boundaries"):
        return pd.DataFrame(columns=[*_POINT, *_DISTRICT])
    return holdings.once(("points without an LSOA",), lambda: _distinct_points(holdings))


def _distinct_points(holdings):
    ids = _street(holdings)["source_id"]
    points, _ = placed_points(holdings.store, ids, holdings.geography)
    found = points[points["placed_by"] != UNPLACED]
    return found[[*_POINT, *_DISTRICT]].drop_duplicates(_POINT)


def _by_point(holdings, placed):
    """The placed rows, those in no LSOA moved to the district of their point."""
    points = _points(holdings)
    nowhere = (placed["placed_by"] == UNPLACED) & placed[_LSOA].isna().all(axis="columns")
    if points.empty or not nowhere.any():
        return placed
    bare = placed[nowhere].drop(columns=_DISTRICT)
    found = bare.merge(points, on=_POINT, how="left", validate="many_to_one")
    found["placed_by"] = found["placed_by"].fillna(UNPLACED)
    return pd.concat([placed[~nowhere], found], ignore_index=True)


def _on_grid(records):
    """The records by month and point in metres, in the columns of `SnapPoints.table`."""
    from cspnb.national_grid import to_grid

    distinct = records[_POINT].drop_duplicates()
    east, north = to_grid(*distinct.to_numpy("float64").T)
    metres = distinct.assign(easting=np.round(east), northing=np.round(north))
    rows = records.merge(metres, on=_POINT, how="left", validate="many_to_one")
    by = [name for name in COLUMNS if name != "count"]
    counted = rows.groupby(by, dropna=False, as_index=False)["count"].sum()
    return counted[list(COLUMNS)].astype(COLUMNS)
