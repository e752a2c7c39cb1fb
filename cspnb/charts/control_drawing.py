"""The drawing of a control chart: points or bars, mean and limits, and signals by their shape."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.charts.control_marks import Sheet, dates, draw_key, hollow, key_height, mark
from cspnb.charts.drawing import axes_at, colours, write
from cspnb.charts.monthly import mark_dates, month_ticks
from cspnb.measures.months import ABNORMAL
from cspnb.narrative import control_words as words
from cspnb.narrative.wording import listed, unique
from cspnb.periods import Month

_DEEP, _WIDE = 220, 266
_LEFT, _BOTTOM = 40, 40
_HEADROOM = 1.15
_LABEL_APART = 17  # units between the labels of limits, from one middle to the next
_TICKS_APART = 36
_LABEL, _LINE = 4, 15  # units over the axes of the lowest label, and from one to the next
_NEAR = 64  # units between two dates of the register, or they share a label
_STARTS_APART = 250  # two labels of starts fit side by side only from end to end
_BAR = 0.7
_MANY = 60
_COARSE = 4  # up to here the scale has tenths, as whole numbers would be too few
_DASHED = (0, (4, 3))


def height(result: Control, table: pd.DataFrame) -> float:
    """How high the sheet is: the key takes as many lines as there are kinds of mark."""
    return _top(result, table) + _DEEP + _BOTTOM


def draw(figure: Figure, result: Control, table: pd.DataFrame) -> None:
    """The rows of `table`, some or all of the result's own, over axes from zero."""
    table = table.reset_index(drop=True)
    top = _top(result, table)
    axes = axes_at(figure, _LEFT, top, _WIDE, _DEEP)
    axes.set_xlim(-0.7, len(table) - 0.3)
    axes.set_ylim(0, _highest(result, table) * _HEADROOM)
    draw_key(axes, table, Sheet(_LEFT, top, _WIDE, _DEEP))
    _draw_scale(axes, table)
    bars = result.points == "weeks"
    (_draw_bars if bars else _draw_line)(axes, table)
    _draw_limits(axes, table, over_bars=bars)
    _draw_starts(axes, table)
    lift = _LABEL + _LINE * _has_starts(table)
    mark_dates(axes, dates(result, table), apart=_NEAR * len(table) / _WIDE, lift=lift)
    _draw_signals(axes, table)
    _label_limits(axes, result, table)


def _top(result: Control, table: pd.DataFrame) -> float:
    """The key, and under it dates of the register and the months in which limits start anew."""
    lines = _has_starts(table) + bool(dates(result, table))
    return key_height(table) + 8 + lines * _LINE + _LABEL * bool(lines)


def _has_starts(table: pd.DataFrame) -> bool:
    return table["segment"].nunique() > 1


def _highest(result: Control, table: pd.DataFrame) -> float:
    shown = ["value", "upper", *(["last_year"] if result.points == "weeks" else [])]
    return float(np.nanmax(table[shown].to_numpy(dtype=float))) or 1.0


def _draw_scale(axes: Axes, table: pd.DataFrame) -> None:
    """A few light lines with their numbers, and the times under the first points of them."""
    axes.set_xticks([])
    axes.set_yticks([])
    top = axes.get_ylim()[1]
    locator = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10], integer=top > _COARSE)
    heights = [height for height in locator.tick_values(0, top) if height <= top]
    axes.hlines(heights, *axes.get_xlim(), colours()["grid"], linewidth=0.6, zorder=0.5)
    places = (
        0 if top > _COARSE else max(len(f"{height:.4g}".partition(".")[2]) for height in heights)
    )
    beside = {"frame": ("axes fraction", "data"), "ha": "right", "va": "center", "fontsize": 12}
    for height in heights:
        write(axes, numerals.rate(height, places), (0, height), shift=(-6, 0), **beside)
    under = {"frame": ("data", "axes fraction"), "shift": (0, -6), "va": "top", "fontsize": 12}
    months = [Month.parse(day[:7]) for day in table["starts"]]
    for place, text in month_ticks(months, _TICKS_APART * len(months) / _WIDE):
        write(axes, text, (place, 0), **under)


def _draw_line(axes: Axes, table: pd.DataFrame) -> None:
    """Sound points joined to their neighbours, and to nothing across one that is not sound."""
    ink = colours()["dark_blue"]
    size = 4 if len(table) <= _MANY else 2.5
    axes.plot(table.index, table["value"], color=ink, linewidth=1.5, marker="o", markersize=size)
    abnormal = table[table["status"].eq(ABNORMAL)]
    held = abnormal["count"].astype(float) / abnormal["denominator"]
    axes.plot(abnormal.index, held, **hollow())


def _draw_bars(axes: Axes, table: pd.DataFrame) -> None:
    """A bar a week from zero, and where the same week of the year before stood."""
    half = _BAR / 2
    corners = [
        [(place - half, 0), (place - half, value), (place + half, value), (place + half, 0)]
        for place, value in table["value"].dropna().items()
    ]
    axes.add_collection(PolyCollection(corners, facecolors=colours()["mid_blue"], linewidths=0))
    before = table["last_year"].dropna()
    reach = (before.index - half, before.index + half)
    for ink, width in (("paper", 4), ("orange", 2.2)):
        axes.hlines(before, *reach, colours()[ink], linewidth=width, zorder=3)


def _draw_limits(axes: Axes, table: pd.DataFrame, *, over_bars: bool) -> None:
    """Mean and limits of each segment, from its first point with limits to its last."""
    limits = table[["centre", "lower", "upper"]]
    filled = limits.groupby(table["segment"])
    limits = filled.ffill().where(filled.bfill().notna())
    limits.index = limits.index.astype(float)
    anew = np.flatnonzero(table["segment"].diff().gt(0))
    # A row of nothing between two segments: a line from one to the other would join them.
    gaps = pd.DataFrame(np.nan, index=anew - 0.5, columns=limits.columns)
    limits = pd.concat([limits, gaps]).sort_index()
    for names, style in ((["centre"], "-"), (["lower", "upper"], _DASHED)):
        places, values = np.tile(limits.index, len(names)), limits[names].to_numpy().T.ravel()
        start = np.arange(1, len(names)) * len(limits)
        places, values = (np.insert(each, start, np.nan) for each in (places, values))
        line = {"drawstyle": "steps-mid", "zorder": 2.5}
        if over_bars:
            axes.plot(places, values, color=colours()["paper"], linewidth=3.5, **line)
        ink = colours()["dark_grey"]
        axes.plot(places, values, color=ink, linewidth=1.2, linestyle=style, **line)


def _draw_starts(axes: Axes, table: pd.DataFrame) -> None:
    """A line where the limits start anew, with its month over the chart; near ones together."""
    together: list[list[int]] = []
    for place in map(int, np.flatnonzero(table["segment"].diff().gt(0))):
        axes.axvline(place - 0.5, color=colours()["dark_grey"], linewidth=1, linestyle=(0, (1, 2)))
        if together and (place - together[-1][-1]) * _WIDE / len(table) < _STARTS_APART:
            together[-1].append(place)
        else:
            together.append([place])
    for places in together:
        is_early = places[0] < len(table) / 2
        place, side = (places[0], "left") if is_early else (places[-1], "right")
        above = {
            "frame": ("data", "axes fraction"),
            "shift": (0, _LABEL),
            "ha": side,
            "fontsize": 11,
        }
        starts = listed(words.when(table["label"][each]) for each in places)
        write(axes, f"limits anew: {starts}", (place - 0.5, 1), **above)


def _draw_signals(axes: Axes, table: pd.DataFrame) -> None:
    """Every point of a signal by its shape."""
    smaller = 1 if len(table) <= _MANY else 0.8
    for name in unique(table["signal"]):
        marked = table[table["signal"].eq(name)]
        axes.plot(marked.index, marked["value"], **mark(name, smaller), zorder=5)


def _label_limits(axes: Axes, result: Control, table: pd.DataFrame) -> None:
    """The mean and the limits of the last points that have any, to the right of their lines."""
    judged = table[table["centre"].notna()]
    if judged.empty:
        return
    row = judged.iloc[-1]
    labels = [
        (row["lower"], f"lower limit {words.lower_limit(result, row['lower'])}"),
        (row["centre"], f"mean {words.mean(result, row['centre'])}"),
        (row["upper"], f"upper limit {words.upper_limit(result, row['upper'])}"),
    ]
    scale = _DEEP / axes.get_ylim()[1]
    for (value, text), height in zip(labels, _spread([v * scale for v, _ in labels]), strict=True):
        beside = {"frame": ("axes fraction", "data"), "ha": "left", "va": "center"}
        lifted = height - value * scale
        write(axes, text, (1, value), shift=(5, lifted), fontsize=12, **beside)


def _spread(heights: list[float]) -> list[float]:
    """Heights in rising order moved apart, from the middle one, so that labels do not touch."""
    lower, middle, upper = heights
    return [min(lower, middle - _LABEL_APART), middle, max(upper, middle + _LABEL_APART)]
