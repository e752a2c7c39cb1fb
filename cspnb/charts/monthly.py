"""Axes over months: from zero, with a few light lines, breaks in the record, and no line across."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cspnb import numerals
from cspnb.charts.drawing import WIDTH, axes_at, colours, write
from cspnb.measures.definition import Measure
from cspnb.narrative.breaks import crossed
from cspnb.narrative.wording import listed
from cspnb.periods import Month, Period

LEFT, DEEP, BOTTOM = 48, 200, 34
_HEADROOM = 1.25  # a line above the highest figure, where it is no farther
_TICK_APART = 40  # units between the names of years
_BREAK_APART = 64  # and between the names of breaks, or they share one


def month_axes(
    figure: Figure, months: Sequence[Month], highest: float, *, top: float, right: float
) -> Axes:
    """Axes with a place a month, 0 for the first; counts from zero to over `highest`.

    top and right are the room left above and beside, in the sheet's units.
    """
    axes = axes_at(figure, LEFT, top, WIDTH - LEFT - right, DEEP)
    axes.set_xlim(0, max(len(months) - 1, 1))
    highest = highest or 1.0
    ticks = MaxNLocator(5, integer=True).tick_values(0, highest)
    # None may reach it: the locator takes 6.0000001 for 6.
    over = next((value for value in ticks if value >= highest), np.inf)
    top_line = over if over <= _HEADROOM * highest else 1.06 * highest
    axes.set_ylim(0, top_line)
    axes.set_yticks([value for value in ticks if 0 <= value <= top_line])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: numerals.count(value)))
    axes.yaxis.grid(visible=True)
    axes.set_xticks([])
    under = {"frame": ("data", "axes fraction"), "shift": (0, -8), "va": "top"}
    width = WIDTH - LEFT - right
    for place, text in month_ticks(months, _TICK_APART * max(len(months) - 1, 1) / width):
        stroke = {"color": colours()["dark_grey"], "linewidth": 1, "clip_on": False}
        axes.plot([place, place], [0, -0.025], transform=axes.get_xaxis_transform(), **stroke)
        write(axes, text, (place, 0), **under)
    return axes


def draw_months(axes: Axes, counts: pd.Series) -> None:
    """A line through the months that have a figure, broken where one has none."""
    values = counts.astype(float).to_numpy()
    ink = {"color": colours()["dark_blue"], "linewidth": 2, "clip_on": False, "zorder": 3}
    for is_held, run in groupby(range(len(values)), key=lambda place: not np.isnan(values[place])):
        places = list(run)
        if is_held and len(places) == 1:
            axes.plot(places, values[places], marker="o", markersize=5, **ink)
        elif is_held:
            axes.plot(places, values[places], **ink)


def mark_breaks(axes: Axes, measure: Measure, months: Sequence[Month], *, right: float) -> None:
    """A dashed line at each date of the register that the months cross, with its month above.

    The note under the chart says what happened then.
    """
    # One that passes within the months, and began before them, is told by the note alone.
    within = [each.start for each in crossed(measure, _span(months)) if each.start > months[0]]
    mark_dates(
        axes,
        [(start - months[0] - 0.5, short_month(start)) for start in within],
        apart=_BREAK_APART * max(len(months) - 1, 1) / (WIDTH - LEFT - right),
    )


def mark_dates(
    axes: Axes, dates: Sequence[tuple[float, str]], *, apart: float, lift: float = 4
) -> None:
    """A dashed line at each place, with its label above the axes; near ones share a label.

    dates: places in rising order, each with its label. apart: how near is near, in places. lift:
    how far above the axes the labels stand.
    """
    together: list[list[tuple[float, str]]] = []
    for place, label in dates:
        _draw_break(axes, place)
        if together and place - together[-1][-1][0] < apart:
            together[-1].append((place, label))
        else:
            together.append([(place, label)])
    middle = sum(axes.get_xlim()) / 2
    for group in together:
        place, side = (group[0][0], "left") if group[0][0] < middle else (group[-1][0], "right")
        above = {"frame": ("data", "axes fraction"), "shift": (0, lift), "ha": side}
        write(axes, listed(label for _, label in group), (place, 1), fontsize=11, **above)


def month_ticks(months: Sequence[Month], apart: float) -> Iterator[tuple[int, str]]:
    """Each January by its year; where there are under two, the quarters by their months.

    months: the month of each place, in order; weeks of one month are named at the first of them.
    apart: the least distance between two names, in places.
    """
    firsts = [
        place for place, month in enumerate(months) if not place or month != months[place - 1]
    ]
    januaries = [place for place in firsts if months[place].number == 1]
    quarterly = len(januaries) < 2
    quarters = [place for place in firsts if months[place].number % 3 == 1]
    last = -np.inf
    for place in quarters if quarterly else januaries:
        if place - last >= apart:
            last = place
            month = months[place]
            yield place, f"{month.label[:3]}\n{month.year}" if quarterly else str(month.year)


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """Heights in rising order moved up as little as keeps them `apart`, about their middle."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + apart) if placed else height)
    lowered = (sum(placed) - sum(heights)) / len(heights) if heights else 0
    return [height - lowered for height in placed]


def _draw_break(axes: Axes, place: float) -> None:
    """Light under dark, so that it is seen on paper and on a band alike."""
    axes.axvline(place, color=colours()["paper"], linewidth=3, zorder=2.5)
    dashed = {"linestyle": (0, (4, 3)), "linewidth": 1, "zorder": 2.6}
    axes.axvline(place, color=colours()["dark_grey"], **dashed)


def _span(months: Sequence[Month]) -> Period:
    return Period(months[0], months[-1])


def short_month(month: Month) -> str:
    """A month as a label has room for: 'Mar 2020'."""
    return f"{month.label[:3]} {month.year}"
