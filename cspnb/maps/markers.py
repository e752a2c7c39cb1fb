"""Numbered circles on a map, each with a line to its point where it stands off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from cspnb.charts.drawing import colours, write
from cspnb.maps.sheet import metres_per_unit


@dataclass(frozen=True)
class Marker:
    """A number in a circle: the point it stands for and its own middle in metres, its radius in
    units of the sheet."""

    number: int
    point: tuple[float, float]
    middle: tuple[float, float]
    radius: float


def draw_markers(axes: Axes, markers: Sequence[Marker], *, fill: str, ink: str, edge: str) -> None:
    """Lines, points, circles and numbers, in that order; colours are the house's, by name."""
    if not markers:
        return
    points, middles = (
        np.array([getattr(each, end) for each in markers]) for end in ("point", "middle")
    )
    line = colours()[fill if fill != "paper" else edge]
    ends = np.stack([points, middles], axis=1)
    for paint, width in ((colours()["paper"], 3.2), (line, 1.2)):  # seen on any ground
        lines = LineCollection(ends, colors=paint, linewidths=width, zorder=5)
        axes.add_collection(lines, autolim=False)
    flat = {"linewidths": 1, "zorder": 6, "clip_on": False}
    axes.scatter(*points.T, s=14, facecolor=line, edgecolor=colours()["paper"], **flat)
    sizes = [(2 * each.radius) ** 2 for each in markers]  # a unit of the sheet is a point of type
    paint = {"facecolor": colours()[fill], "edgecolor": colours()[edge]}
    axes.scatter(*middles.T, s=sizes, **paint, **flat)
    style = {"color": colours()[ink], "weight": "bold", "fontsize": 12, "zorder": 7}
    for each in markers:
        write(axes, str(each.number), each.middle, va="center", **style)


def towards_middle(axes: Axes, point: tuple[float, float], units: float) -> tuple[float, float]:
    """A place so many units east or west, and north or south, of a point: nearer the middle."""
    ends = (axes.get_xlim(), axes.get_ylim())
    step = units * metres_per_unit(axes)
    east, north = (
        metres + (step if 2 * metres < sum(limits) else -step)
        for metres, limits in zip(point, ends, strict=True)
    )
    return east, north
