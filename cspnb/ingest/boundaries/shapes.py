"""Outlines made sound: polygons of Great Britain, flat, on the National Grid, valid."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from cspnb.errors import IngestError
from cspnb.ingest.boundaries.layers import Layer
from cspnb.national_grid import DEGREES, transformer

MOST_CHANGE = 0.01
"""The share of its area that mending may cost or give an outline."""

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_COUNTRIES = {
    "E": (75_000, 0, 665_000, 665_000),
    "W": (135_000, 155_000, 365_000, 405_000),
    "S": (-10_000, 520_000, 480_000, 1_230_000),
}
"""Each country's box on the grid, in metres, some kilometres wider than its land."""

_UNITED_KINGDOM = {"longitude": (-9.0, 2.5), "latitude": (49.0, 61.5)}


@dataclass(frozen=True)
class Shapes:
    """`outlines`: a polygon or multipolygon an area, by line; `mended`: how many were repaired."""

    outlines: pd.Series
    mended: int


def shapes_of(layer: Layer, codes: pd.Series, column: str, crs: str | None = None) -> Shapes:
    """The outline of each code, on the National Grid.

    codes: those wanted, by line of the layer; column: where they stand, for messages; crs: what
    the user says of a file that states none. Height and measure are dropped. Raises IngestError
    for an area without an outline, one that is no polygon, has a coordinate that is no number,
    lies where its country is not, or cannot be mended without changing its area by over 1%.
    """
    reference = _reference(layer, crs)
    shapes = pd.Series(layer.shapes, index=layer.sheet.frame.index)[codes.index]
    refuse = _Refusing(layer.sheet, column, codes.index)
    _require_polygons(shapes.to_numpy(), refuse)
    flat = shapely.force_2d(shapes.to_numpy())
    _require_plausible(flat, reference, layer, refuse)
    moved = shapely.transform(flat, transformer(reference).transform, interleaved=False)
    _require_in_country(moved, codes, refuse)
    broken = ~shapely.is_valid(moved)
    return Shapes(pd.Series(_mended(moved, broken, refuse), index=codes.index), int(broken.sum()))


@dataclass(frozen=True)
class _Refusing:
    """Refuses the first outline marked wrong, by the code of its area."""

    sheet: object
    column: str
    lines: pd.Index

    def __call__(self, wrong, why, remedy=""):
        marked = pd.Series(wrong, index=self.lines)
        self.sheet.refuse(marked, self.column, why, remedy)


def _reference(layer, crs):
    """The layer's coordinate reference system, in two dimensions, as text."""
    said = None if crs is None else _known(crs, layer)
    stated = None if layer.reference is None else _known(layer.reference, layer)
    if said is not None and stated is not None and not stated.equals(said, ignore_axis_order=True):
        raise IngestError(
            f"the file states its coordinates to be {stated.name}, and --crs says {said.name}",
            where=layer.sheet.name,
            remedy="Leave --crs out; it is for files that state nothing.",
        )
    if stated is None and said is None and layer.file.kind != "geojson":
        raise IngestError(
            "the file does not state what its coordinates are"
            + (" (a shapefile does so in its .prj)" if layer.file.kind == "shp" else ""),
            where=layer.sheet.name,
            remedy="Find the part that ends in .prj; or, where you know it, say it: "
            "--crs EPSG:27700 is the British National Grid, EPSG:4326 longitude and latitude.",
        )
    known = stated or said
    return DEGREES if known is None else known.to_wkt()


def _known(reference, layer):
    try:
        crs = CRS.from_user_input(reference)
    except CRSError as error:
        raise IngestError(
            f"'{reference[:60]}' is no coordinate reference system that is known here",
            where=layer.sheet.name,
            remedy="The British National Grid is EPSG:27700; longitude and latitude EPSG:4326.",
        ) from error
    flat = crs.sub_crs_list[0] if crs.is_compound else crs
    return flat.to_2d()


def _require_polygons(shapes, refuse):
    refuse(shapely.is_missing(shapes) | shapely.is_empty(shapes), "has no outline")
    refuse(
        ~np.isin(shapely.get_type_id(shapes), _POLYGONS),
        "has a point, a line or a mixture where an outline belongs",
        "Fetch the boundaries of the areas, not their centres.",
    )


def _require_plausible(shapes, reference, layer, refuse):
    """Coordinates that are numbers, and where the file says degrees, degrees in their order."""
    points, of = shapely.get_coordinates(shapes, return_index=True)
    wrong = np.bincount(of[~np.isfinite(points).all(axis=1)], minlength=len(shapes)) > 0
    refuse(wrong, "has a coordinate that is no number", "Fetch the file again.")
    if not CRS.from_user_input(reference).is_geographic:
        return
    bounds = shapely.bounds(shapes)
    first, second = bounds[:, [0, 2]], bounds[:, [1, 3]]
    refuse(
        (np.abs(first) > 180).any(axis=1) | (np.abs(second) > 90).any(axis=1),
        "has coordinates in metres, in a file said to be in degrees",
        "Save it again with its coordinate reference system stated, as EPSG:4326."
        if layer.reference
        else "If they are of the British National Grid, say so: --crs EPSG:27700.",
    )
    swapped = _within(second, "longitude") & _within(first, "latitude")
    refuse(swapped, "has latitude before longitude", "Save the file again with longitude first.")


def _within(values, axis):
    low, high = _UNITED_KINGDOM[axis]
    return ((values >= low) & (values <= high)).all(axis=1)


def _require_in_country(shapes, codes, refuse):
    boxes = np.array([_COUNTRIES[code[0]] for code in codes])
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, :2] >= boxes[:, :2]).all(axis=1) & (bounds[:, 2:] <= boxes[:, 2:]).all(
        axis=1
    )
    refuse(
        ~inside,
        "lies outside the country its code is of",
        "Check that code and outline belong together, and which coordinates the file is in.",
    )


def _mended(shapes, broken, refuse):
    if not broken.any():
        return shapes
    before = shapely.area(shapes)
    repaired = shapes.copy()
    repaired[broken] = shapely.make_valid(shapes[broken], method="structure", keep_collapsed=False)
    after = shapely.area(repaired)
    sound = np.isin(shapely.get_type_id(repaired), _POLYGONS) & (after > 0)
    refuse(
        ~sound | (np.abs(after - before) > MOST_CHANGE * after),
        "has an outline that crosses itself, and mending it would change its area by over 1%",
        "Mend it in a mapping program, or fetch the boundaries again.",
    )
    return repaired
