"""Density of records over the ground: the quartic kernel on a grid of squares."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

SQUARES_ACROSS = 150
SQUARES_IN_A_BANDWIDTH = 5
_ROUND = 10  # metres: sides of squares are said to a reader


@dataclass(frozen=True)
class Grid:
    """Equal squares over an area's extent, in rows from south to north.

    `west` and `south` are the metres of its lower left corner, `cell` the side of a square in
    metres. `inside` says of each square (rows x columns) whether it touches the area.
    """

    west: float
    south: float
    cell: float
    inside: np.ndarray

    @property
    def eastings(self) -> np.ndarray:
        """The middles of the columns."""
        return self.west + self.cell * (np.arange(self.inside.shape[1]) + 0.5)

    @property
    def northings(self) -> np.ndarray:
        """The middles of the rows."""
        return self.south + self.cell * (np.arange(self.inside.shape[0]) + 0.5)

    @property
    def square_km(self) -> float:
        """The ground of all squares that touch the area, in square kilometres."""
        return float(self.inside.sum() * self.cell**2 / 1e6)


def usual_cell(outline) -> float:
    """The side of a square: the shorter side of the extent over 150, to the nearest 10 metres."""
    west, south, east, north = outline.bounds
    across = min(east - west, north - south) / SQUARES_ACROSS
    return float(max(_ROUND * round(across / _ROUND), _ROUND))


def usual_bandwidth(cell: float) -> float:
    """The bandwidth in metres that goes with a side of square: five of them."""
    return SQUARES_IN_A_BANDWIDTH * cell


def grid_over(outline, cell: float) -> Grid:
    """The squares over an outline (a shapely polygon in metres), from its south-west corner."""
    import shapely

    west, south, east, north = outline.bounds
    lefts = west + cell * np.arange(max(int(np.ceil((east - west) / cell)), 1))
    bottoms = south + cell * np.arange(max(int(np.ceil((north - south) / cell)), 1))
    left, bottom = np.meshgrid(lefts, bottoms)
    shapely.prepare(outline)
    squares = shapely.box(left, bottom, left + cell, bottom + cell)
    return Grid(west, south, cell, shapely.intersects(outline, squares))


def counted_on(grid: Grid, places: pd.DataFrame) -> tuple[np.ndarray, int]:
    """Records by square (rows x columns), and how many lie in no square that touches the area.

    places: `easting`, `northing`, `count`. A place on a line is in the square north or east of it.
    """
    row = np.floor((places["northing"].to_numpy() - grid.south) / grid.cell).astype(int)
    column = np.floor((places["easting"].to_numpy() - grid.west) / grid.cell).astype(int)
    rows, columns = grid.inside.shape
    on = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
    on[on] = grid.inside[row[on], column[on]]
    count = places["count"].to_numpy("float64")
    counted = np.zeros(grid.inside.shape)
    np.add.at(counted, (row[on], column[on]), count[on])
    return counted, int(count[~on].sum())


def density(counted: np.ndarray, cell: float, bandwidth: float) -> np.ndarray:
    """Records per square kilometre at each square's middle, by the quartic kernel.

    counted: records by square, each taken to be at its square's middle. A record within the
    bandwidth (metres) counts 3 / (pi h^2) (1 - (d / h)^2)^2 at distance d, and beyond it
    nothing; the weights on the grid are scaled to sum to one record. What lies beyond the grid is
    not known and adds nothing. Library: `scipy.ndimage.convolve`, which adds up the weights
    themselves, so that equal ground comes out equal; a Fourier transform would not.
    Source: Silverman 1986, section 4.2. Raises ValueError for a bandwidth under one square.
    """
    from scipy.ndimage import convolve

    if bandwidth < cell:
        raise ValueError(f"a bandwidth of {bandwidth:g} metres is less than a square of {cell:g}")
    weights = _kernel(cell, bandwidth)
    return convolve(counted, weights, mode="constant", cval=0.0) / (cell**2 / 1e6)


def places_near(grid: Grid, places: pd.DataFrame, radius: float) -> np.ndarray:
    """How many different places lie within so many metres of each square (rows x columns).

    places: `easting`, `northing`, a row a place, each taken to be at its square's middle.
    """
    from scipy.ndimage import convolve

    each, _ = counted_on(grid, places.assign(count=1))
    within = (_squared(grid.cell, radius) <= radius**2).astype("float64")
    return np.round(convolve(each, within, mode="constant", cval=0.0)).astype(int)


def _kernel(cell: float, bandwidth: float) -> np.ndarray:
    near = np.clip(1 - _squared(cell, bandwidth) / bandwidth**2, 0, None) ** 2
    return near / near.sum()


def _squared(cell: float, reach: float) -> np.ndarray:
    """The squared distance in metres from the middle square to each within reach of it."""
    squares = int(reach // cell)
    steps = cell * np.arange(-squares, squares + 1)
    across, along = np.meshgrid(steps, steps)
    return across**2 + along**2
