"""The marks of a control chart: a shape a kind of signal, and a key that says them in words."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from cspnb.analysis.control import Control
from cspnb.charts.drawing import WIDTH, colours, write
from cspnb.charts.monthly import short_month
from cspnb.measures.months import ABNORMAL
from cspnb.narrative.breaks import crossed
from cspnb.narrative.wording import unique
from cspnb.periods import Month, Period

_LINE = 18
_COLUMNS = 2
_MARKS = {
    "above the upper limit": ("D", 9, "outside the limits"),
    "below the lower limit": ("D", 9, "outside the limits"),
    "rising": ("^", 10.5, "rising"),
    "falling": ("v", 10.5, "falling"),
    "near the upper limit": ("p", 11.5, "near a limit"),
    "near the lower limit": ("p", 11.5, "near a limit"),
    "run above the mean": ("s", 8.5, "run on one side of mean"),
    "run below the mean": ("s", 8.5, "run on one side of mean"),
    "well above the mean": ("*", 13.5, "well off the mean"),
    "well below the mean": ("*", 13.5, "well off the mean"),
    "up and down by turns": ("X", 10.5, "up and down by turns"),
    "close to the mean": ("P", 10.5, "close to the mean"),
    "far from the mean": ("h", 11, "far from the mean"),
}
"""A signal's marker, its size, and what the key calls it."""

_ABNORMAL = "abnormal, not judged"
_YEAR_BEFORE = "same week, year before"


def mark(signal: str, scale: float = 1) -> dict:
    """How the points of a signal are drawn, as `Axes.plot` takes it."""
    marker, size, _ = _MARKS[signal]
    edge = {"markeredgecolor": colours()["paper"], "markeredgewidth": scale}
    ink = {"color": colours()["dark_pink"], "linestyle": "none", "clip_on": False}
    return {"marker": marker, "markersize": size * scale, **edge, **ink}


def hollow() -> dict:
    """How a month that is abnormal is drawn."""
    paper = {"markerfacecolor": colours()["paper"], "markeredgewidth": 1.5}
    ink = {"color": colours()["dark_blue"], "linestyle": "none", "clip_on": False}
    return {"marker": "o", "markersize": 8, **paper, **ink}


def dash() -> dict:
    """How the same week of the year before is drawn in the key."""
    ink = {"color": colours()["orange"], "linestyle": "none"}
    return {"marker": "_", "markersize": 10, "markeredgewidth": 2.2, **ink}


def key_height(table: pd.DataFrame) -> float:
    """The units that the key takes."""
    return _LINE * -(-len(_entries(table)) // _COLUMNS)


class Sheet(NamedTuple):
    """Where the axes of a chart are on its sheet, in the sheet's units from its top left."""

    left: float
    top: float
    width: float
    depth: float

    def fraction(self, x: float, y: float) -> tuple[float, float]:
        """A point of the sheet as a fraction of the axes."""
        return (x - self.left) / self.width, 1 + (self.top - y) / self.depth


def draw_key(axes: Axes, table: pd.DataFrame, sheet: Sheet) -> None:
    """The shapes that are on the chart, each with its word, over it."""
    for place, (text, style) in enumerate(_entries(table).items()):
        row, column = divmod(place, _COLUMNS)
        at = sheet.fraction(8 + column * WIDTH / _COLUMNS, _LINE * (row + 0.5))
        axes.plot(*at, transform=axes.transAxes, **style | {"clip_on": False})
        beside = {"frame": "axes fraction", "ha": "left", "va": "center", "fontsize": 12}
        write(axes, text, at, shift=(9, 0), **beside)


def dates(result: Control, table: pd.DataFrame) -> list[tuple[float, str]]:
    """Where the register's other dates lie among the points, each with its month.

    One that began before the first point is told by the note alone.
    """
    months = [Month.parse(month[:7]) for month in table["starts"]]
    span = Period(months[0], months[-1])
    starts = [each.start for each in crossed(result.measure, span) if not each.re_bases]
    return [
        (sum(month < start for month in months) - 0.5, short_month(start))
        for start in starts
        if start > months[0]
    ]


def _entries(table: pd.DataFrame) -> dict[str, dict]:
    """What the key says of each mark that is on the chart, and how it is drawn."""
    shown = [name for name in _MARKS if name in unique(table["signal"])]
    entries = {_MARKS[name][2]: mark(name) for name in shown}
    if table["status"].eq(ABNORMAL).any():
        entries[_ABNORMAL] = hollow()
    if table["label"].str.contains("W").any() and table["last_year"].notna().any():
        entries[_YEAR_BEFORE] = dash()
    return entries
