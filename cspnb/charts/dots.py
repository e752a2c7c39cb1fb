"""Rows of dots with their ranges: a name and its figures above each, one scale under all."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cspnb.charts.drawing import WIDTH, axes_at, colours, shown, write

_ROW = 66
_TOP, _BOTTOM = 26, 30
_SIDE = 26
_LINE = 0.86
"""How far down its row a dot is; the words are above it."""
_HALF = 0.13
"""Half the height of a line of the scale, in rows."""
_NAME, _DETAIL = 38, 56


@dataclass(frozen=True)
class Row:
    """A dot and the range about it, in the scale's units; `wide` is a second, thinner range."""

    name: str
    value: str
    detail: str
    at: float
    low: float
    high: float
    wide: tuple[float, float] | None = None


@dataclass(frozen=True)
class Scale:
    """What the rows share: its ends, what is written under it, and a line with a name."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    line: tuple[float, str] | None = None


def height(rows: Sequence[Row]) -> float:
    """The sheet that so many rows need."""
    return _TOP + _ROW * len(rows) + _BOTTOM


def draw_rows(figure: Figure, rows: Sequence[Row], scale: Scale) -> None:
    """The rows from the top down, each on a line of its own."""
    axes = axes_at(figure, _SIDE, _TOP, WIDTH - 2 * _SIDE, _ROW * len(rows))
    axes.set_xlim(scale.low, scale.high)
    axes.set_ylim(len(rows), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    _draw_scale(axes, scale, len(rows))
    for place, row in enumerate(rows):
        _draw_row(axes, place, row)


def _draw_scale(axes: Axes, scale: Scale, number: int) -> None:
    """Short gridlines, beside the dots alone, so that no line runs through words."""
    _draw_lines(axes, [at for at, _ in scale.ticks], number, color=colours()["grid"], linewidth=0.6)
    for at, label in scale.ticks:
        write(axes, label, (at, number), shift=(0, -6), va="top")
    if scale.line:
        at, label = scale.line
        _draw_lines(axes, [at], number, color=colours()["dark_grey"], linewidth=1.5)
        write(axes, label, (at, 0), shift=(0, 6))


def _draw_lines(axes: Axes, at: Sequence[float], number: int, **ink) -> None:
    """A short line beside each row's dot at each place of the scale; all of them drawn at once."""
    places = [(x, row + _LINE) for x in at for row in range(number)]
    ends = [[(x, line - _HALF), (x, line + _HALF)] for x, line in places]
    axes.add_collection(LineCollection(ends, zorder=1, **ink), autolim=False)


def _draw_row(axes: Axes, place: int, row: Row) -> None:
    blue, grey = colours()["dark_blue"], colours()["dark_grey"]
    line = place + _LINE
    for ends, width in ((row.wide, 1.5), ((row.low, row.high), 5)):
        if ends is not None:
            bar = {"color": grey, "linewidth": width, "zorder": 2, "clip_on": False}
            axes.add_line(Line2D(ends, (line, line), solid_capstyle="butt", **bar))
    dot = {"markersize": 11, "markeredgecolor": colours()["paper"], "markeredgewidth": 1.5}
    point = {"marker": "o", "color": blue, "zorder": 3, "clip_on": False}
    axes.add_line(Line2D([row.at], [line], **point, **dot))
    left = {"frame": ("axes fraction", "data"), "ha": "left", "va": "center"}
    right = left | {"ha": "right", "weight": "bold", "color": blue}
    write(axes, shown(row.name, _NAME), (0, place + 0.22), shift=(-_SIDE, 0), weight="bold", **left)
    write(axes, row.value, (1, place + 0.22), shift=(_SIDE, 0), **right)
    detail = shown(row.detail, _DETAIL)
    write(axes, detail, (0, place + 0.5), shift=(-_SIDE, 0), fontsize=12, **left)
