"""The sheet every map is drawn on: in metres, to one scale, with a scale bar and a north mark.

From the top, a map is a key, the map itself, and a foot with the scale:

    from cspnb.charts.drawing import drawn
    from cspnb.maps.sheet import FOOT, draw_areas, draw_key, draw_map, draw_outline, key_height
    from cspnb.maps.sheet import map_height

    shapes = ...                            # shapely, EPSG:27700; None is left out
    key = [("dark_blue", "Over 20"), ("mid_blue", "10 to 20"), ("light_blue", "Under 10")]
    top, tall = key_height(key), map_height(shapes)

    def draw(figure):
        draw_key(figure, key, top=0)
        axes = draw_map(figure, shapes, top=top, height=tall)     # scale bar and north mark too
        draw_areas(axes, shapes, ["dark_blue", "paper", ...])     # colours by name, one a shape
        draw_outline(axes, outline)                               # of the partnership, or None
        axes.scatter(eastings, northings)                         # anything else, in metres

    body = drawn(top + tall + FOOT, draw)

The axes are in metres on the British National Grid and of equal aspect; their limits stay as they
are whatever is drawn. Shapes are drawn no finer than the sheet shows them. A fill alone tells a
reader nothing: neighbours of the house's blues differ by less than 3 to 1, so areas stand apart by
outlines, dark ones about the pale, the key names every class, and what matters has a number or a
word on the map.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from cspnb.charts.drawing import WIDTH, axes_at, colours, shown, write
from cspnb.maps.foot import FOOT, draw_foot

__all__ = [
    "FOOT",
    "draw_areas",
    "draw_key",
    "draw_map",
    "draw_outline",
    "key_height",
    "map_height",
    "metres_per_unit",
    "on_sheet",
]

PALE = frozenset({"light_blue", "pale_grey", "paper"})
"""Fills that stand out from white by less than 3 to 1."""

TALLEST = 480
"""Units: an area longer from north to south than this at full width is drawn narrower."""

KEY_ROW = 22
_SWATCH = (18, 14)
_MARGIN = 6  # units kept free on every side of the map
_FINEST = 0.3  # units: no corner of a line that stands out by less is drawn
_LEAST_CORNER = 0.8  # the root of the least corner, in units, of areas that share their edges
_PLACES = 1  # decimals of a unit
_UNITS_PER_INCH = 72
_LONGEST_LABEL = 52


def map_height(shapes: Iterable) -> float:
    """The units that shapes take from north to south where they fill the sheet's width."""
    west, south, east, north = _extent(shapes)
    across = WIDTH - 2 * _MARGIN
    return float(math.ceil(min(across * (north - south) / (east - west) + 2 * _MARGIN, TALLEST)))


def key_height(key: Sequence) -> float:
    """The units that a key of so many classes takes, with the gap under it."""
    return KEY_ROW * len(key) + _MARGIN if key else 0


def draw_map(figure: Figure, shapes: Iterable, *, top: float, height: float) -> Axes:
    """Axes in metres that hold the shapes, `height` units of the sheet under its top `top`.

    shapes: shapely geometries in EPSG:27700; None is left out. The largest scale at which they
    fit is used, both ways alike. The scale bar and the north mark take FOOT units under the axes.
    Raises ValueError where there is no shape.
    """
    west, south, east, north = _extent(shapes)
    metres = max((east - west) / (WIDTH - 2 * _MARGIN), (north - south) / (height - 2 * _MARGIN))
    axes = axes_at(figure, 0, top, WIDTH, height)
    axes.set_axis_off()
    for centre, units, limit in (
        ((west + east) / 2, WIDTH, axes.set_xlim),
        ((south + north) / 2, height, axes.set_ylim),
    ):
        limit(centre - metres * units / 2, centre + metres * units / 2)
    axes.set_autoscale_on(False)
    draw_foot(_sheet_axes(figure, top + height, FOOT), metres)
    return axes


def draw_areas(axes: Axes, shapes: Sequence, fills: Sequence[str]) -> None:
    """Shapes filled in house colours by name, one a shape, with outlines between them.

    Neighbours are simplified together and keep their common edges; holes stay holes. Outlines are
    white, but dark about what is as pale as `PALE`, which would not be seen on white otherwise.
    """
    drawn = [(shape, fill) for shape, fill in zip(shapes, fills, strict=True) if shape is not None]
    if not drawn:
        return
    drawn.sort(key=lambda each: each[1] in PALE)
    least = _LEAST_CORNER * metres_per_unit(axes)
    simple = shapely.coverage_simplify(np.array([shape for shape, _ in drawn]), least)
    edges = ["dark_grey" if fill in PALE else "paper" for _, fill in drawn]
    _draw_paths(axes, simple, [fill for _, fill in drawn], edges, 0.8)


def draw_outline(axes: Axes, shape, *, edge: str = "dark_grey", width: float = 1.6) -> None:
    """The edge of an area as a line, nothing filled; nothing at all for None."""
    if shape is not None:
        simple = shapely.simplify(shape, _FINEST * metres_per_unit(axes))
        _draw_paths(axes, [simple], [None], [edge], width)


def draw_key(figure: Figure, key: Sequence[tuple[str, str]], *, top: float) -> None:
    """The classes of a map, one a row: (house colour by name, words); nothing for none."""
    if not key:
        return
    axes = _sheet_axes(figure, top, KEY_ROW * len(key))
    edge = {"edgecolor": colours()["dark_grey"], "linewidth": 1}
    wide, tall = _SWATCH
    for row, (fill, words) in enumerate(key):
        middle = KEY_ROW * (row + 0.5)
        corner = (_MARGIN, middle - tall / 2)
        axes.add_artist(Rectangle(corner, wide, tall, facecolor=colours()[fill], **edge))
        beside = {"ha": "left", "va": "center"}
        write(axes, shown(words, _LONGEST_LABEL), (_MARGIN + wide + 8, middle), **beside)


def metres_per_unit(axes: Axes) -> float:
    """How many metres one unit of the sheet stands for."""
    west, east = axes.get_xlim()
    return (east - west) / WIDTH


def on_sheet(axes: Axes, points) -> np.ndarray:
    """Points in metres as units of the sheet, right and up from its lower left corner."""
    (west, _), (south, _) = axes.get_xlim(), axes.get_ylim()
    corner = axes.get_position().y0 * axes.figure.get_figheight() * _UNITS_PER_INCH
    return (np.asarray(points) - (west, south)) / metres_per_unit(axes) + (0, corner)


def _extent(shapes):
    held = [shape for shape in shapes if shape is not None]
    if not held:
        raise ValueError("there is no shape to draw a map of")
    return shapely.total_bounds(held)


def _draw_paths(axes, shapes, fills, edges, width):
    for shape, fill, edge in zip(shapes, fills, edges, strict=True):
        path = PathPatch(
            _path(axes, shape),
            facecolor=colours()[fill] if fill else "none",
            edgecolor=colours()[edge],
            linewidth=width,
            transform=_units_of(axes.figure),
            clip_on=False,
        )
        axes.add_artist(path)


def _path(axes, shape):
    """The rings of a polygon, or of several, in units; a hole turns the other way."""
    polygons = shapely.get_parts(shapely.orient_polygons(shape))
    rings = shapely.get_rings(polygons)
    found = [np.round(on_sheet(axes, shapely.get_coordinates(ring)), _PLACES) for ring in rings]
    codes = [Path.MOVETO, Path.LINETO, Path.CLOSEPOLY]
    turns = [np.repeat(codes, (1, len(ring) - 2, 1)) for ring in found]
    path = Path(np.concatenate(found), np.concatenate(turns))
    path.should_simplify = False
    return path


def _units_of(figure):
    """Units of the sheet, right and up from its lower left corner, to what matplotlib draws."""
    return Affine2D().scale(1 / _UNITS_PER_INCH) + figure.dpi_scale_trans


def _sheet_axes(figure, top, height):
    """Axes in units, right and down from the left of the sheet at `top`."""
    axes = axes_at(figure, 0, top, WIDTH, height)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    return axes
