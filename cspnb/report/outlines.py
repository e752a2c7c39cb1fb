"""Records placed by their points: which outlines are read for it, and what is said of them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cspnb.placing import UNPLACED, outlines_year, place_points
from cspnb.store import Store

_BOX = ["min_east", "min_north", "max_east", "max_north"]
_POINT = ["longitude", "latitude"]


def placed_points(
    store: Store, source_ids: Iterable[str], geography: pd.DataFrame
) -> tuple[pd.DataFrame, str]:
    """Street records that have a point and no LSOA, counted with the district of their point.

    Returns them as `cspnb.measures.recorded.recorded` takes them, and a clause that says by which
    outlines they are placed. Each distinct point is located once.
    """
    points = store.points(source_ids)
    if points.empty:
        return points.assign(lad_code=None, lad_name=None, placed_by=UNPLACED), ""
    boundaries = outlines_around(store, points, ("lsoa", "lad"))
    distinct = points[_POINT].drop_duplicates()
    placed = place_points(distinct, geography, boundaries)
    return points.merge(placed, on=_POINT, how="left", validate="many_to_one"), told(
        boundaries, outlines_year(boundaries, geography)
    )


def outlines_around(store: Store, points: pd.DataFrame, levels: Iterable[str]) -> pd.DataFrame:
    """The rows of `boundaries` that can have any of the points: those that meet their extent."""
    from cspnb.national_grid import to_grid

    asked = {"level": list(levels)}
    boxes = store.read("boundaries", columns=["code", *_BOX], where=asked)
    east, north = to_grid(*points[_POINT].dropna().drop_duplicates().to_numpy("float64").T)
    inside = np.isfinite(east) & np.isfinite(north)
    if not inside.any():
        return store.read("boundaries", source_ids=[])
    meets = (boxes["min_east"] <= east[inside].max()) & (boxes["max_east"] >= east[inside].min())
    meets &= boxes["min_north"] <= north[inside].max()
    meets &= boxes["max_north"] >= north[inside].min()
    if not meets.any():
        return store.read("boundaries", source_ids=[])
    codes = list(boxes.loc[meets, "code"].unique())
    return store.read("boundaries", where=asked | {"code": codes})


def told(boundaries: pd.DataFrame, year: int | None) -> str:
    """'by the outlines of LSOAs of 2021, then of districts of 2019, ultra-generalised (BUC): ...'

    Empty where there are none. year: of the districts' outlines that are used.
    """
    from cspnb.locating import generalised, outlines

    lsoas = boundaries[boundaries["level"] == "lsoa"]
    years = sorted(lsoas["vintage"].unique(), reverse=True)
    clauses = []
    if years:
        rough = "".join(f", {each}" for each in generalised(lsoas["resolution"]))
        clauses.append(f"of LSOAs of {' and '.join(map(str, years))}{rough}")
    if year is not None:
        drawn = generalised(outlines(boundaries, "lad", year)["resolution"])
        clauses.append(f"of districts of {year}" + "".join(f", {each}" for each in drawn))
    return "by the outlines " + ", else ".join(clauses) if clauses else ""
