"""Rows of dots with their ranges: a name and its figures above each, one scale under all."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb.charts.drawing import WIDTH, axes_at, colours, shown, write

_ROW = 66
_TOP, _BOTTOM = 26, 30
_SIDE = 26
_LINE = 0.86
"""How far down its row a dot is; the words are above it."""
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
    grid = {"color": colours()["grid"], "linewidth": 0.6, "zorder": 0}
    for at, label in scale.ticks:
        for place in range(number):
            axes.vlines(at, place + _LINE - 0.13, place + _LINE + 0.13, **grid)
        write(axes, label, (at, number), shift=(0, -6), va="top")
    if scale.line:
        at, label = scale.line
        ink = {"color": colours()["dark_grey"], "linewidth": 1.5, "zorder": 1}
        for place in range(number):
            axes.vlines(at, place + _LINE - 0.13, place + _LINE + 0.13, **ink)
        write(axes, label, (at, 0), shift=(0, 6))


def _draw_row(axes: Axes, place: int, row: Row) -> None:
    blue, grey = colours()["dark_blue"], colours()["dark_grey"]
    line = place + _LINE
    for ends, width in ((row.wide, 1.5), ((row.low, row.high), 5)):
        if ends is not None:
            axes.hlines(line, *ends, color=grey, linewidth=width, zorder=2, clip_on=False)
    dot = {"markersize": 11, "markeredgecolor": colours()["paper"], "markeredgewidth": 1.5}
    axes.plot([row.at], [line], "o", color=blue, zorder=3, clip_on=False, **dot)
    left = {"frame": ("axes fraction", "data"), "ha": "left", "va": "center"}
    right = left | {"ha": "right", "weight": "bold", "color": blue}
    write(axes, shown(row.name, _NAME), (0, place + 0.22), shift=(-_SIDE, 0), weight="bold", **left)
    write(axes, row.value, (1, place + 0.22), shift=(_SIDE, 0), **right)
    detail = shown(row.detail, _DETAIL)
    write(axes, detail, (0, place + 0.5), shift=(-_SIDE, 0), fontsize=12, **left)
