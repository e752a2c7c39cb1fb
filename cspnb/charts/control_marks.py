"""The marks of a control chart: a shape a kind of signal, and a key that says them in words."""

import pandas as pd
from matplotlib.figure import Figure

from cspnb.charts.drawing import WIDTH, axes_at, colours, write
from cspnb.measures.months import ABNORMAL
from cspnb.narrative.wording import unique

_LINE = 18
_COLUMNS = 2
_MARKS = {
    "above the upper limit": ("D", 6.5, "outside the limits"),
    "below the lower limit": ("D", 6.5, "outside the limits"),
    "rising": ("^", 7.5, "rising"),
    "falling": ("v", 7.5, "falling"),
    "near the upper limit": ("p", 8.5, "near a limit"),
    "near the lower limit": ("p", 8.5, "near a limit"),
    "run above the mean": ("s", 6, "run on one side of mean"),
    "run below the mean": ("s", 6, "run on one side of mean"),
    "well above the mean": ("*", 9.5, "well off the mean"),
    "well below the mean": ("*", 9.5, "well off the mean"),
    "up and down by turns": ("X", 7.5, "up and down by turns"),
    "close to the mean": ("P", 7.5, "close to the mean"),
    "far from the mean": ("h", 8, "far from the mean"),
}
"""A signal's marker, its size, and what the key calls it."""

_ABNORMAL = "abnormal, not judged"
_YEAR_BEFORE = "same week, year before"


def mark(signal: str, scale: float = 1) -> dict:
    """How the points of a signal are drawn, as `Axes.plot` takes it."""
    marker, size, _ = _MARKS[signal]
    edge = {"markeredgecolor": colours()["paper"], "markeredgewidth": 0.8 * scale}
    ink = {"color": colours()["dark_pink"], "linestyle": "none", "clip_on": False}
    return {"marker": marker, "markersize": size * scale, **edge, **ink}


def hollow() -> dict:
    """How a month that is abnormal is drawn."""
    paper = {"markerfacecolor": colours()["paper"], "markeredgewidth": 1.5}
    ink = {"color": colours()["dark_blue"], "linestyle": "none", "clip_on": False}
    return {"marker": "o", "markersize": 6, **paper, **ink}


def dash() -> dict:
    """How the same week of the year before is drawn in the key."""
    ink = {"color": colours()["orange"], "linestyle": "none"}
    return {"marker": "_", "markersize": 8, "markeredgewidth": 2.2, **ink}


def key_height(table: pd.DataFrame) -> float:
    """The units that the key takes."""
    return _LINE * -(-len(_entries(table)) // _COLUMNS)


def draw_key(figure: Figure, table: pd.DataFrame) -> None:
    """The shapes that are on the chart, each with its word, over it."""
    entries = _entries(table)
    if not entries:
        return
    deep = key_height(table)
    axes = axes_at(figure, 0, 0, WIDTH, deep)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(deep, 0)
    for place, (text, style) in enumerate(entries.items()):
        row, column = divmod(place, _COLUMNS)
        at = (8 + column * WIDTH / _COLUMNS, _LINE * (row + 0.5))
        axes.plot(*at, **style)
        write(axes, text, at, shift=(9, 0), ha="left", va="center", fontsize=12)


def _entries(table: pd.DataFrame) -> dict[str, dict]:
    """What the key says of each mark that is on the chart, and how it is drawn."""
    shown = [name for name in _MARKS if name in unique(table["signal"])]
    entries = {_MARKS[name][2]: mark(name) for name in shown}
    if table["status"].eq(ABNORMAL).any():
        entries[_ABNORMAL] = hollow()
    if table["label"].str.contains("W").any() and table["last_year"].notna().any():
        entries[_YEAR_BEFORE] = dash()
    return entries
