"""The British National Grid: metres east and north, the one ground on which areas are compared.

Degrees become metres by one fixed formula, the seven-parameter shift published for Great Britain,
good to between 2 and 5 metres anywhere. A finer method needs a table of shifts that not every
machine has, and a figure must not depend on the machine. Points and outlines that both come in
degrees are moved alike, so where a point lies in its area is not touched by the error.
"""

from functools import cache

import numpy as np
from pyproj import CRS, Transformer

NATIONAL_GRID = "EPSG:27700"
DEGREES = "EPSG:4326"

_DATUM = "Ordnance Survey of Great Britain 1936"
_SHIFTED = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs"
)


def to_grid(longitude, latitude) -> tuple[np.ndarray, np.ndarray]:
    """Eastings and northings in metres of points in degrees, WGS84; infinite where none is."""
    return transformer(DEGREES).transform(longitude, latitude)


@cache
def transformer(reference: str) -> Transformer:
    """The way from a coordinate reference system, by code or text, to the National Grid.

    Longitude or easting comes first on both sides. A system on the grid's own datum is only
    projected. Raises pyproj's CRSError for a system nobody knows.
    """
    source = CRS.from_user_input(reference)
    datum = source.geodetic_crs.datum if source.geodetic_crs else None
    target = NATIONAL_GRID if datum is not None and datum.name == _DATUM else _SHIFTED
    return Transformer.from_crs(source, target, always_xy=True)
