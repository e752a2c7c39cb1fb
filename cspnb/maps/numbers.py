"""Numbers on a map: each in a disc at its place, or beside it where it would hide another."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from cspnb.charts.drawing import WIDTH, colours, write
from cspnb.maps.sheet import metres_per_unit

RADIUS = 9
_HIDDEN = 3 * RADIUS  # units: a disc hides most of what is narrower
_GAP, _STEP, _TURNS, _RINGS = 2, 4, 24, 40


def draw_numbers(axes: Axes, shapes: Sequence, words: Sequence[str]) -> None:
    """A disc with a word of one or two letters for each shape, none over another.

    shapes: shapely polygons in metres. A disc stands in its shape, or beside it where it would
    hide it or another disc, and then has a line to a dot in the shape.
    """
    metres = metres_per_unit(axes)
    west, south = axes.get_xlim()[0], axes.get_ylim()[0]
    tall = (axes.get_ylim()[1] - south) / metres
    points = [shape.point_on_surface().coords[0] for shape in shapes]
    units = [((x - west) / metres, (y - south) / metres) for x, y in points]
    hidden = [_breadth(shape) < _HIDDEN * metres for shape in shapes]
    for point, (x, y), word in zip(points, apart(units, hidden, tall), words, strict=True):
        _draw_number(axes, point, (west + x * metres, south + y * metres), word)


def apart(
    points: Sequence[tuple[float, float]], hidden: Sequence[bool], tall: float
) -> list[tuple[float, float]]:
    """Where the disc of each point goes, in units: there, or the nearest way off that is free.

    hidden: whether the disc would hide what is at its point, so that it must stand off. The same
    for the same points: rings round the point, each a step further out, are tried from the east.
    A disc stays at its point where no ring has room.
    """
    placed: list[tuple[float, float]] = []
    for point, must_move in zip(points, hidden, strict=True):
        others = [other for other in points if other != point]
        tries = _tries(*point, first=1 if must_move else 0)
        free = (at for at in tries if _is_free(at, point, placed, others, tall))
        placed.append(next(free, point))
    return placed


def _breadth(shape) -> float:
    west, south, east, north = shape.bounds
    return min(east - west, north - south)


def _is_free(at, point, placed, others, tall: float) -> bool:
    if not (RADIUS <= at[0] <= WIDTH - RADIUS and RADIUS <= at[1] <= tall - RADIUS):
        return False
    if any(_distance(at, other) < 2 * RADIUS + _GAP for other in placed):
        return False
    return at == point or all(_distance(at, other) >= RADIUS + _GAP for other in (point, *others))


def _distance(one, other) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _tries(x: float, y: float, *, first: int) -> Iterator[tuple[float, float]]:
    if not first:
        yield x, y
    for ring in range(1, _RINGS):
        for turn in range(_TURNS):
            angle = 2 * pi * turn / _TURNS
            yield x + ring * _STEP * cos(angle), y + ring * _STEP * sin(angle)


def _draw_number(axes: Axes, point, centre, word: str) -> None:
    dark, paper = colours()["dark_grey"], colours()["paper"]
    if centre != point:
        axes.plot(*zip(point, centre, strict=True), color=dark, linewidth=1, zorder=3)
        axes.plot(*point, marker="o", markersize=4, color=dark, markeredgecolor=paper, zorder=3)
    radius = RADIUS * metres_per_unit(axes)
    disc = Circle(centre, radius, facecolor=paper, edgecolor=dark, linewidth=1.2, zorder=4)
    axes.add_artist(disc)
    style = {"weight": "bold", "fontsize": 12, "zorder": 5, "va": "center", "color": dark}
    write(axes, word, centre, **style)
