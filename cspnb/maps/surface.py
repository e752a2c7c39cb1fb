"""The density of records as filled contours, at most three classes, with numbered peaks."""

import numpy as np
import shapely
from matplotlib.axes import Axes

from cspnb import numerals
from cspnb.analysis.density import Density
from cspnb.charts.drawing import drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.maps.markers import Marker, draw_markers, towards_middle
from cspnb.maps.sheet import (
    FOOT,
    draw_areas,
    draw_key,
    draw_map,
    draw_outline,
    key_height,
    map_height,
    metres_per_unit,
)
from cspnb.narrative import densest, whereabouts
from cspnb.narrative.densest import portion
from cspnb.narrative.whereabouts import share
from cspnb.narrative.wording import caveats, sentence
from cspnb.tables.places import density as table_of

_FILLS = ("dark_blue", "mid_blue", "light_blue")
_RADIUS = 8
_OFF = 14
_SIMPLE = 0.5  # units


def density(result: Density) -> Exhibit:
    """The densest ground that holds a quarter, a half and three quarters of the records."""
    if result.reason:
        return refusal(densest.headline(result), densest.missing_sentence(result))
    key = _key(result)
    top, tall = key_height(key), map_height([result.outline])
    title, subtitle = densest.headline(result), densest.subtitle(result)
    peaks = "; ".join(
        f"peak {row['rank']}, {numerals.counted(row['count'], result.measure.unit)} within "
        f"{result.bandwidth:,.0f} metres"
        for row in result.peaks.to_dict("records")
    )
    return Exhibit(
        kind="figure",
        title=title,
        subtitle=subtitle,
        body=drawn(top + tall + FOOT, lambda figure: _draw(figure, result, key, top, tall)),
        alternative=" ".join(map(sentence, (f"Density map of {subtitle}", title, peaks))),
        data=table_of(result).data,
        source=whereabouts.source(result, with_outline=True),
        method=result.method,
        coverage=result.coverage,
        notes=(_numbers(result), *densest.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=densest.facts(result),
    )


def _key(result: Density) -> list[tuple[str, str]]:
    """A class a row, the densest first: what it holds with those above it, and of how much."""
    return [
        (
            fill,
            f"{portion(row.share).capitalize()} of all on {share(row.share_of_area)} of the area",
        )
        for fill, row in zip(_FILLS, result.classes.itertuples(), strict=True)
    ]


def _draw(figure, result: Density, key, top: float, tall: float) -> None:
    draw_key(figure, key, top=0)
    axes = draw_map(figure, [result.outline], top=top, height=tall)
    classes = _classes(result, metres_per_unit(axes))
    held = [
        (shape, fill) for shape, fill in zip(classes, _FILLS, strict=True) if not shape.is_empty
    ]
    draw_areas(axes, [shape for shape, _ in held], [fill for _, fill in held])
    draw_outline(axes, result.outline)
    markers = [_marker(axes, row) for row in result.peaks.to_dict("records")]
    draw_markers(axes, markers, fill="paper", ink="dark_grey", edge="dark_grey")


def _marker(axes: Axes, row: dict) -> Marker:
    """The peak's number a little off it, so that the peak is seen."""
    peak = (row["easting"], row["northing"])
    return Marker(row["rank"], peak, towards_middle(axes, peak, _OFF), _RADIUS)


def _classes(result: Density, metres: float) -> list:
    """The ground of each class alone, the densest first."""
    found, denser = [], shapely.Polygon()
    for threshold in result.classes["threshold"]:
        ground = _at_least(result, threshold, metres)
        found.append(_areal(shapely.difference(ground, denser)))
        denser = shapely.union(denser, ground)
    return found


def _at_least(result: Density, threshold: float, metres: float):
    """The ground of the area where the surface is so high, as a polygon in metres."""
    from contourpy import FillType, contour_generator

    east, north = _edged(result.grid.eastings), _edged(result.grid.northings)
    surface = np.pad(result.surface, 1)
    contours = contour_generator(east, north, surface, fill_type=FillType.OuterOffset)
    rings, offsets = contours.filled(threshold * (1 - 1e-9), float("inf"))
    shapes = [_polygon(*one) for one in zip(rings, offsets, strict=True)]
    whole = shapely.union_all([shapely.make_valid(shape) for shape in shapes])
    return _areal(shapely.intersection(shapely.simplify(whole, _SIMPLE * metres), result.outline))


def _edged(middles: np.ndarray) -> np.ndarray:
    """The middles with one more at each end, where the surface is nothing."""
    step = middles[1] - middles[0] if len(middles) > 1 else 1.0
    return np.array([middles[0] - step, *middles, middles[-1] + step])


def _polygon(points, offsets):
    outer, *holes = (points[a:b] for a, b in zip(offsets[:-1], offsets[1:], strict=True))
    return shapely.Polygon(outer, holes)


def _areal(shape):
    """The polygons of a shape, without the lines and points that an intersection may leave."""
    parts = shapely.get_parts(shape)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _numbers(result: Density) -> str:
    held = "has none marked" if result.peaks.empty else "numbers its peaks as the table does"
    return (
        f"The map {held}. Each class is the densest ground that holds so much of all between it "
        "and the darker ones."
    )
