"""Maps of results: one function per kind, drawn like the charts, on a sheet with scale and north.

Each returns an `Exhibit` with its text alternative and the data behind it. A map of published
points says that they are snap points.
"""

from cspnb.maps.areas import small_area_rates
from cspnb.maps.places import top_places
from cspnb.maps.spots import hot_areas
from cspnb.maps.surface import density

__all__ = [
    "density",
    "hot_areas",
    "small_area_rates",
    "top_places",
]
