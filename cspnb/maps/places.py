"""The places with most records on a map: numbered circles, as large as their counts."""

from math import cos, hypot, pi, sin, sqrt

import numpy as np

from cspnb.analysis.top_places import TopPlaces
from cspnb.charts.drawing import WIDTH, drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.maps.markers import Marker, draw_markers
from cspnb.maps.sheet import FOOT, draw_map, draw_outline, map_height, metres_per_unit
from cspnb.narrative import busiest, whereabouts
from cspnb.narrative.wording import caveats, sentence
from cspnb.tables.places import top_places as table_of

_LARGEST, _SMALLEST = 17, 9
_GAP, _STEP, _TURNS = 3, 4, 24
_ONE_DOT = 3  # units: nearer points than this are one dot
NO_OUTLINE = "no outline of the area is held, so its places cannot be drawn on a map"


def top_places(result: TopPlaces) -> Exhibit:
    """A circle a place, numbered as in the table, beside its point where it would hide another."""
    if result.reason or result.outline is None:
        why = busiest.missing_sentence(result) if result.reason else sentence(NO_OUTLINE)
        return refusal(busiest.headline(result), why)
    tall = map_height([result.outline])
    title, subtitle = busiest.headline(result), whereabouts.subtitle(result)
    table = table_of(result)
    listed = "; ".join(f"{cells[0]}, {cells[2]}" for cells in table.body.rows)
    return Exhibit(
        kind="figure",
        title=title,
        subtitle=subtitle,
        body=drawn(tall + FOOT, lambda figure: _draw(figure, result, tall)),
        alternative=" ".join(map(sentence, (f"Map of {subtitle}", title, listed))),
        data=table.data,
        source=whereabouts.source(result, with_outline=True),
        method=result.method,
        coverage=result.coverage,
        notes=(_key(result), *busiest.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=busiest.facts(result),
    )


def _draw(figure, result: TopPlaces, tall: float) -> None:
    axes = draw_map(figure, [result.outline], top=0, height=tall)
    draw_outline(axes, result.outline)
    corner, metres = (axes.get_xlim()[0], axes.get_ylim()[0]), metres_per_unit(axes)
    points = result.places[["easting", "northing"]].to_numpy()
    counts = list(result.places["count"])
    radii = [_radius(count, counts[0]) for count in counts]
    centres = _apart([tuple(point) for point in (points - corner) / metres], radii, tall)
    markers = [
        Marker(rank, tuple(point), tuple(np.array(centre) * metres + corner), radius)
        for rank, point, centre, radius in zip(
            result.places["rank"], points, centres, radii, strict=True
        )
    ]
    draw_markers(axes, markers, fill="dark_blue", ink="paper", edge="paper")


def _radius(count: int, most: int) -> float:
    """Units: areas of circles are as the counts, but none is too small for its number."""
    return max(_LARGEST * sqrt(count / most), _SMALLEST)


def _apart(points, radii, tall: float) -> list[tuple[float, float]]:
    """Where each circle goes: at its point, or the nearest way off that hides no other place.

    Deterministic: rings round the point, each a step further out, are tried from the east. A
    circle stays at its point where none of them is clear.
    """
    placed: list[tuple[float, float, float]] = []
    for (x, y), radius in zip(points, radii, strict=True):
        others = [point for point in points if hypot(x - point[0], y - point[1]) > _ONE_DOT]
        taken = [*placed, *((u, v, 0) for u, v in others)]
        clear = (at for at in _tries(x, y) if _is_clear(at, radius, taken, tall))
        placed.append((*next(clear, (x, y)), radius))
    return [(x, y) for x, y, _ in placed]


def _is_clear(at, radius: float, taken, tall: float) -> bool:
    """Whether a circle there lies on the map and off all that is taken: x, y and radius each."""
    if not (radius <= at[0] <= WIDTH - radius and radius <= at[1] <= tall - radius):
        return False
    return all(hypot(at[0] - x, at[1] - y) >= radius + other + _GAP for x, y, other in taken)


def _tries(x: float, y: float):
    yield x, y
    for ring in range(1, 40):
        for turn in range(_TURNS):
            angle = 2 * pi * turn / _TURNS
            yield x + ring * _STEP * cos(angle), y + ring * _STEP * sin(angle)


def _key(result: TopPlaces) -> str:
    return (
        f"A circle's area is as its {result.measure.unit}, but none is too small for its number; "
        "the numbers are those of the table. A circle that would hide another place stands off, "
        "with a line to its point."
    )
