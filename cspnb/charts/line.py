"""A small line of yearly counts from zero, broken wherever a year is not whole."""

from collections.abc import Iterator
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.charts.drawing import axes_at, colours, write
from cspnb.charts.labels import backed, year_name

LINE_TOP = 88
_DEEP = 92
SIDE = 46

_WHOLE, _INCOMPLETE, _NO_FIGURE = "whole", "incomplete", "no figure"


def draw_line(
    figure: Figure, years: pd.DataFrame, *, left: float, top: float, width: float
) -> Axes:
    """Axes with the years' counts: sound ones joined, others hollow, the two ends labelled.

    `years` is a trend's table; left, top and width are in the sheet's units.
    """
    axes = axes_at(figure, left + SIDE, top, width - 2 * SIDE, _DEEP)
    axes.set_ylim(0, float(years["count"].max()) or 1)
    axes.set_xlim(0, max(len(years) - 1, 1))
    axes.set_xticks([])
    axes.set_yticks([])
    under = {"frame": ("data", "axes fraction"), "shift": (0, -8), "va": "top"}
    for end in sorted({0, len(years) - 1}):
        write(axes, year_name(years["period"].iloc[end]), (end, 0), **under)
    for state, places in _runs(years):
        _draw_run(axes, years["count"].iloc[places], state, places)
    _label_ends(axes, years)
    return axes


def _draw_run(axes: Axes, counts: pd.Series, state: str, places: list[int]) -> None:
    """A line, hollow points with a word above them, or nothing where there is no figure."""
    mark = {"color": colours()["dark_blue"], "marker": "o", "markersize": 6, "clip_on": False}
    if state == _WHOLE:
        axes.plot(places, counts.astype(float), **mark)
    elif state == _INCOMPLETE:
        hollow = {"linestyle": "none", "markerfacecolor": colours()["paper"]}
        axes.plot(places, counts.astype(float), markeredgewidth=1.5, **(mark | hollow))
        _say_incomplete(axes, counts, places)


def _say_incomplete(axes: Axes, counts: pd.Series, places: list[int]) -> None:
    middle, last = sum(places) / len(places), axes.get_xlim()[1]
    side = "left" if middle < 0.2 * last else "right" if middle > 0.8 * last else "center"
    is_high = counts.max() > 0.8 * axes.get_ylim()[1]  # above it stands the panel's verdict
    beside = {"shift": (0, -9), "va": "top"} if is_high else {"shift": (0, 9)}
    write(axes, _INCOMPLETE, (middle, counts.max()), ha=side, fontsize=12, **beside, **backed())


def _label_ends(axes: Axes, years: pd.DataFrame) -> None:
    """The first and the last figure held, outside the line."""
    held = [place for place, count in enumerate(years["count"]) if not pd.isna(count)]
    words = {"va": "center", "weight": "bold", "color": colours()["dark_blue"], **backed()}
    for place, side in zip(sorted({held[0], held[-1]}, reverse=True), (1, -1), strict=False):
        count = years["count"].iloc[place]
        ha = "left" if side == 1 else "right"
        write(axes, numerals.count(count), (place, count), shift=(9 * side, 0), ha=ha, **words)


def _runs(years: pd.DataFrame) -> Iterator[tuple[str, list[int]]]:
    """Neighbouring years in the same state."""
    states = [
        _NO_FIGURE if pd.isna(count) else _WHOLE if complete else _INCOMPLETE
        for count, complete in zip(years["count"], years["complete"], strict=True)
    ]
    for state, run in groupby(range(len(states)), key=states.__getitem__):
        yield state, list(run)
