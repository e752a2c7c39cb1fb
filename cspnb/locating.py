"""Which area a point lies in: for records that have coordinates and no LSOA.

Pure functions over the `boundaries` table of `cspnb.schemas`. A point on a border that two areas
share is in the one with the lower code, so that no record is counted twice; a point in no area
has a null code. Coordinates of police.uk are those of a point in the street nearby, not of the
event: what is located is that point, as is the LSOA in police.uk's own files.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from cspnb.national_grid import to_grid

_GENERALISED = {
    "BUC": "ultra-generalised (BUC): borders are off by up to 500 metres",
    "BSC": "super-generalised (BSC): borders are off by up to 200 metres",
    "BGC": "generalised (BGC): borders are off by up to 20 metres",
}
_FINEST_FIRST = ("BFE", "BFC", "BGC", None, "BSC", "BUC")
_DEGREES = ["longitude", "latitude"]
_METRES = ["easting", "northing"]
_LSOA = ["lsoa_code", "lsoa_name"]
_WITHOUT = pd.Series({name: name in _LSOA for name in (*_LSOA, *_DEGREES)})
_CELL = ["source_id", "force", "month", "crime_type"]


@dataclass(frozen=True)
class Located:
    """Records with the district their coordinates lie in.

    rows: as given, in number, order and index, with `lad_code` and `lad_name` (null where there is
    none). without_point: records without coordinates. outside: records whose point is in no
    district held. vintage: the year of the districts; None where no district's outline is held.
    resolutions: of the outlines used, as published.
    """

    rows: pd.DataFrame
    without_point: int
    outside: int
    vintage: int | None
    resolutions: tuple[str, ...]

    @property
    def caveat(self) -> str:
        """What a reader must know of the districts, in a sentence or two."""
        if self.vintage is None:
            return "No district's outline is held, so no record has a district."
        drawn = "".join(f", {each}" for each in generalised(self.resolutions))
        return (
            f"Districts are found by the outlines of {self.vintage}{drawn}. Of {len(self.rows):,} "
            f"records {self.without_point:,} have no coordinates and {self.outside:,} lie in no "
            "district whose outline is held."
        )


def generalised(resolutions: Iterable[str]) -> tuple[str, ...]:
    """What to say of outlines that are drawn roughly: how far off their borders are."""
    known = {name for name in resolutions if isinstance(name, str)}
    return tuple(_GENERALISED[name] for name in sorted(known & set(_GENERALISED)))


def outlines(boundaries: pd.DataFrame, level: str, vintage: int | None = None) -> pd.DataFrame:
    """One outline an area: the rows of a level and vintage, the newest if none is asked for.

    Where an area is held in several resolutions, the finest serves. Ordered by code.
    """
    rows = boundaries[boundaries["level"] == level]
    rows = rows[rows["vintage"] == (rows["vintage"].max() if vintage is None else vintage)]
    known = rows["resolution"].map(lambda name: None if pd.isna(name) else name)
    rank = known.map(lambda name: _FINEST_FIRST.index(name if name in _FINEST_FIRST else None))
    finest = rows.assign(rank=rank).sort_values(["code", "rank"], kind="stable")
    return finest.drop_duplicates("code").drop(columns="rank").reset_index(drop=True)


def locate(points: pd.DataFrame, areas: pd.DataFrame) -> pd.Series:
    """The code of the area each point lies in, null where there is none; indexed as the points.

    points: `longitude` and `latitude` (degrees, WGS84), or `easting` and `northing` (metres on
    the British National Grid), null where missing. areas: rows of `boundaries`, one an area, of
    one level and vintage. Latitude given as longitude lies in no area, and is null. Each distinct
    point is looked up once.
    """
    columns = _DEGREES if set(_DEGREES) <= set(points.columns) else _METRES
    distinct = points[columns].dropna().drop_duplicates()
    east, north = distinct.to_numpy("float64").T
    if columns == _DEGREES:
        east, north = to_grid(east, north)
    codes = _codes(np.column_stack([east, north]), areas)
    known = distinct.assign(code=codes)
    found = (
        points[columns]
        .reset_index(drop=True)
        .merge(known, on=columns, how="left", validate="many_to_one")
    )
    return found["code"].set_axis(points.index).astype("str")


def lsoas_by_point(
    rows: pd.DataFrame, boundaries: pd.DataFrame, vintage: int | None = None
) -> pd.DataFrame:
    """Rows with the LSOA of their point where they have none: `lsoa_code` and `lsoa_name` filled.

    rows: any table with `lsoa_code`, `lsoa_name`, `longitude`, `latitude`. A row that has an LSOA,
    by code or by name alone, keeps it. LSOAs are of the vintage asked for, else of the newest
    whose outlines are held at the point. `cspnb.placing` then finds the district as of any other
    row. Rows keep their number, order and index.
    """
    areas = boundaries[boundaries["level"] == "lsoa"]
    vintages = sorted(set(areas["vintage"]), reverse=True) if vintage is None else [vintage]
    for year in vintages:
        without = rows[[*_LSOA, *_DEGREES]].isna().eq(_WITHOUT).all(axis="columns")
        if not without.any():
            break
        there = outlines(areas, "lsoa", year)
        codes = locate(rows.loc[without, _DEGREES], there)
        names = _named(codes, there).where(codes.notna(), rows.loc[without, "lsoa_name"])
        rows = _filled(rows, without, {"lsoa_code": codes, "lsoa_name": names})
    return rows


def districts_by_point(
    rows: pd.DataFrame, boundaries: pd.DataFrame, vintage: int | None = None
) -> pd.DataFrame:
    """Placed rows with the district of their point where they are in none.

    rows: as `cspnb.placing.place` returns them, with `longitude` and `latitude`. A row that is
    placed stays where it is; one placed here has `placed_by` 'point'. For records whose LSOAs'
    outlines are not held. Rows keep their number, order and index.
    """
    areas = outlines(boundaries, "lad", vintage)
    nowhere = rows["lad_name"].isna() & rows["lad_code"].isna()
    without = nowhere & rows[_DEGREES].notna().all(axis="columns")
    codes = locate(rows.loc[without, _DEGREES], areas)
    by = rows.loc[without, "placed_by"].mask(codes.notna(), "point")
    found = {"lad_code": codes, "lad_name": _named(codes, areas), "placed_by": by}
    return _filled(rows, without, found)


def stops_by_district(
    stops: pd.DataFrame, boundaries: pd.DataFrame, vintage: int | None = None
) -> Located:
    """Each stop and search with the district its point lies in.

    stops: rows of the `stops` table, which has no LSOA, or any with `longitude` and `latitude`.
    Districts are of the vintage asked for, else of the newest whose outlines are held.
    """
    areas = outlines(boundaries, "lad", vintage)
    codes = locate(stops, areas)
    points = stops[_DEGREES].notna().all(axis="columns")
    return Located(
        rows=stops.assign(lad_code=codes, lad_name=_named(codes, areas)),
        without_point=int((~points).sum()),
        outside=int((points & codes.isna()).sum()),
        vintage=None if areas.empty else int(areas["vintage"].iloc[0]),
        resolutions=tuple(sorted(areas["resolution"].dropna().unique())),
    )


def _codes(points, areas):
    """The lowest code of the areas that hold each point, ends and edges included."""
    codes = np.full(len(points), None, dtype=object)
    if areas.empty or not len(points):
        return codes
    finite = np.isfinite(points).all(axis=1)
    places = np.flatnonzero(finite)
    ordered = areas.sort_values("code")
    tree = shapely.STRtree(shapely.points(points[finite]))
    area, point = tree.query(shapely.from_wkb(ordered["geometry"]), predicate="intersects")
    lowest = np.full(len(places), len(ordered))
    np.minimum.at(lowest, point, area)
    held = lowest < len(ordered)
    codes[places[held]] = ordered["code"].to_numpy()[lowest[held]]
    return codes


def _named(codes, areas):
    return codes.map(areas.set_index("code")["name"]).astype("str")


def _filled(rows, which, values):
    """The rows with new values in those of `which`, told by place, for an index may repeat."""
    filled = rows.copy()
    places = np.flatnonzero(which.to_numpy())
    for column, found in values.items():
        whole = rows[column].astype("str").to_numpy(dtype=object, na_value=None)
        whole[places] = found.to_numpy(dtype=object, na_value=None)
        filled[column] = pd.array(whole, dtype="str")
    return filled
