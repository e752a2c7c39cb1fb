"""Where is it densest? Kernel density of a period's records over the area's own ground."""

from dataclasses import dataclass, field
from math import dist

import numpy as np
import pandas as pd

from cspnb.analysis.whereabouts import Whereabouts, of_points
from cspnb.measures import kernel_density
from cspnb.measures.kernel_density import (
    Grid,
    counted_on,
    grid_over,
    places_near,
    usual_bandwidth,
    usual_cell,
)
from cspnb.measures.place_names import named
from cspnb.measures.snap_points import SnapPoints, counted_by_place, lack, sound_months

FEWEST_RECORDS = 50
"""With fewer, a density surface is a bump round each record."""

SHARES = (0.25, 0.5, 0.75)
"""The classes of the map: the densest ground that holds a quarter, a half, three quarters."""

FEWEST_NEAR = 5
"""A peak has so many records; of exact places, no ground is drawn but near so many of them."""

LEAST_CELL, LEAST_BANDWIDTH = 100.0, 500.0
"""Metres, of exact places: with less, the ground of a class could be one house."""

EXACT = (
    "the places are those of a partner's records, to the metre, and too few of the records are "
    f"near {FEWEST_NEAR} different places for a map not to point to a home"
)
NO_OUTLINE = "no outline of the area is held, and a density needs the ground it is of"

_CLASSES = ["share", "threshold", "records", "square_km", "share_of_area"]
_PEAKS = ["rank", "easting", "northing", "count", "share", "location", "lsoa_name"]


@dataclass(frozen=True, kw_only=True)
class Density(Whereabouts):
    """Records per square kilometre on a grid of squares over the area.

    `grid` says where the squares are and which touch the area; `surface` (rows x columns, as the
    grid) has the density at each square's middle, beyond the area too. `cell` and `bandwidth` are
    metres. `classes` has a row for each of SHARES: `share` (fraction of the records), `threshold`
    (the least density of the squares that hold them), `records`, `square_km`, `share_of_area`.
    `peaks` has the highest points of the surface, over two bandwidths apart: `rank`, `easting`,
    `northing`, `count` (records within the bandwidth, five or more, most first), `share`
    (fraction of all with a point), and `location` and `lsoa_name` of the point with most of them.
    There are none of exact places: a peak of those could be a home. Nor has the surface any
    density there but within a bandwidth of five different places.
    `records` are those on the grid, `outside` those off it.
    """

    cell: float = 0.0
    bandwidth: float = 0.0
    records: int = 0
    outside: int = 0
    grid: Grid | None = None
    surface: np.ndarray | None = None
    classes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_CLASSES))
    peaks: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_PEAKS))


def density(
    points: SnapPoints,
    *,
    bandwidth: float | None = None,
    cell: float | None = None,
    peaks: int = 5,
) -> Density:
    """Where a period's records are densest.

    cell: the side of a square in metres; by rule of thumb the shorter side of the area's extent
    over 150. bandwidth: how far in metres a record counts; by rule of thumb five squares. Of
    exact places neither is less than LEAST_CELL and LEAST_BANDWIDTH, whatever is asked. Not
    judged without an outline, with less than half of the months sound, under 50 records, or where
    the classes of exact places would be ground near fewer than five of them.
    """
    if points.outline is None:
        about = of_points(points, points.period, method="")
        return Density(**about | {"reason": points.missing or NO_OUTLINE})
    usual = bandwidth is None
    cell, bandwidth = _sizes(points, cell, bandwidth)
    method = _method(cell, bandwidth, usual) + ("" if points.are_snapped else _KEPT)
    about = of_points(points, points.period, method=method)
    if reason := lack(points, points.period, fewest=FEWEST_RECORDS):
        return Density(**about | {"reason": reason}, cell=cell, bandwidth=bandwidth)
    places = counted_by_place(points, sound_months(points, points.period))
    grid = grid_over(points.outline, cell)
    counted, outside = counted_on(grid, places)
    surface = kernel_density.density(counted, cell, bandwidth)
    if not points.are_snapped:
        surface[places_near(grid, places, bandwidth) < FEWEST_NEAR] = 0
        if counted[grid.inside & (surface > 0)].sum() < SHARES[-1] * counted.sum():
            return Density(**about | {"reason": EXACT}, cell=cell, bandwidth=bandwidth)
    return Density(
        **about,
        cell=cell,
        bandwidth=bandwidth,
        records=int(counted.sum()),
        outside=outside,
        grid=grid,
        surface=surface,
        classes=_classes(grid, surface, counted),
        peaks=_peaks(points, places, grid, surface, bandwidth, peaks * points.are_snapped),
    )


def _sizes(points: SnapPoints, cell: float | None, bandwidth: float | None) -> tuple[float, float]:
    """The side of a square and the bandwidth, in metres: as asked, or by rule of thumb."""
    cell = usual_cell(points.outline) if cell is None else cell
    cell = cell if points.are_snapped else max(cell, LEAST_CELL)
    bandwidth = usual_bandwidth(cell) if bandwidth is None else bandwidth
    return cell, bandwidth if points.are_snapped else max(bandwidth, LEAST_BANDWIDTH, cell)


def ranked(grid: Grid, surface: np.ndarray) -> np.ndarray:
    """The places of a grid's squares (flattened) that touch the area, densest first.

    Densities that differ by rounding alone are equal, and keep the grid's order: from the south,
    then from the west.
    """
    flat = surface.ravel()
    highest = flat.max() or 1.0
    inside = np.flatnonzero(grid.inside.ravel())
    return inside[np.argsort(-np.round(flat[inside] / highest, 12), kind="stable")]


_KEPT = (
    f" Places are exact: no peak is told, and ground with fewer than {FEWEST_NEAR} of them within "
    "the bandwidth counts as having none."
)


def _method(cell, bandwidth, usual) -> str:
    rule = ", by rule of thumb: the shorter side of the area's extent over 150, and five squares"
    return (
        f"Kernel density with a quartic kernel, bandwidth {bandwidth:,.0f} metres, on squares of "
        f"{cell:,.0f} metres{rule if usual else ''}. Records are taken to be in the middle of "
        "their square. Records beyond the border are not counted, and nothing makes up for them: "
        f"within {bandwidth:,.0f} metres of the border the density is understated."
    )


def _classes(grid, surface, counted) -> pd.DataFrame:
    order = ranked(grid, surface)
    held = np.cumsum(counted.ravel()[order])
    rows = []
    for share in SHARES:
        number = int(np.searchsorted(held, share * held[-1] - 1e-9)) + 1
        ground = number * grid.cell**2 / 1e6
        threshold = float(surface.ravel()[order[number - 1]])
        rows.append((share, threshold, int(held[number - 1]), ground, number / len(order)))
    return pd.DataFrame(rows, columns=_CLASSES)


def _peaks(points, places, grid, surface, bandwidth, most) -> pd.DataFrame:
    """The densest squares' middles, none so near a denser one that both would count a record."""
    found: list[tuple[float, float]] = []
    columns = grid.inside.shape[1]
    for square in ranked(grid, surface):
        row, column = divmod(int(square), columns)
        if len(found) == most or surface[row, column] <= 0:
            break
        here = (float(grid.eastings[column]), float(grid.northings[row]))
        if all(dist(here, other) > 2 * bandwidth for other in found):
            found.append(here)
    rows = [_peak(points, places, here, bandwidth) for here in found]
    table = pd.DataFrame(rows, columns=_PEAKS[1:])
    table = table[table["count"] >= FEWEST_NEAR]
    table = table.sort_values("count", ascending=False, kind="stable", ignore_index=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


def _peak(points, places, here, radius):
    """A peak's records within the radius, and the names of the place with most of them."""
    distance = np.hypot(places["easting"] - here[0], places["northing"] - here[1])
    near = places[distance <= radius]
    count = int(near["count"].sum())
    names = named(points, near.head(1))[["location", "lsoa_name"]]
    location, lsoa = names.iloc[0] if len(names) else (None, None)
    return (*here, count, count / places["count"].sum(), location, lsoa)
