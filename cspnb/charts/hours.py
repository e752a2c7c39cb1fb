"""Events by day and three hours of the day, as a table of shaded numbers."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from cspnb import numerals
from cspnb.analysis.timing import Timing
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, write
from cspnb.charts.labels import refusal
from cspnb.charts.shades import shade_of
from cspnb.exhibits import Exhibit
from cspnb.measures.aoristic import DAYS
from cspnb.narrative import hours as told
from cspnb.narrative.wording import caveats, sentence

BLOCK = 3
_ROW = 34
_TOP, _LEFT, _BOTTOM = 26, 64, 4
_GAP = 0.03
_ORDER_OF_NIGHT = "The hours after midnight stand with the day that they begin."


def timing(result: Timing) -> Exhibit:
    """A column a day and a row three hours: the darker a cell, the more; each number is in it."""
    if told.is_missing(result):
        return refusal(told.headline(result), told.missing_sentence(result))
    blocks = in_blocks(result.hours)
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=f"{told.subtitle(result)}, three hours a row",
        body=drawn(_TOP + _ROW * len(blocks) + _BOTTOM, lambda figure: _draw(figure, blocks)),
        alternative=_alternative(result, blocks),
        data=result.by_hour,
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(told.known(result), _ORDER_OF_NIGHT, *told.unjudged(result), *told.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def in_blocks(hours: pd.DataFrame) -> pd.DataFrame:
    """Events by three hours and day: a row three hours, named by them, and a column a day."""
    blocks = hours.T.groupby(lambda hour: hour // BLOCK * BLOCK).sum()
    return blocks.rename(index=lambda hour: f"{hour:02d}–{hour + BLOCK:02d}")


def _draw(figure, blocks: pd.DataFrame) -> None:
    axes = axes_at(figure, _LEFT, _TOP, WIDTH - _LEFT, _ROW * len(blocks))
    axes.set_xlim(0, len(DAYS))
    axes.set_ylim(len(blocks), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    for column, day in enumerate(DAYS):
        head = {"frame": ("data", "axes fraction"), "shift": (0, 8)}
        write(axes, day[:3], (column + 0.5, 1), **head)
    _draw_cells(axes, blocks)
    for row, name in enumerate(blocks.index):
        beside = {"frame": ("axes fraction", "data"), "shift": (-8, 0), "ha": "right"}
        write(axes, name, (0, row + 0.5), va="center", **beside)


def _draw_cells(axes: Axes, blocks: pd.DataFrame) -> None:
    """The cells in one collection, which takes a third of the time that a patch each does."""
    values = blocks[list(DAYS)].to_numpy().astype(float)
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * (1 - 2 * _GAP) + _GAP
    places = [(column, row) for row, column in np.ndindex(values.shape)]
    shades = [shade_of(value, values.max()) for value in values.flat]
    edge = {"edgecolors": colours()["pale_grey"], "linewidths": 0.6}
    fills = [fill for fill, _ in shades]
    cells = PolyCollection([corners + place for place in places], facecolors=fills, **edge)
    axes.add_collection(cells, autolim=False)
    for (column, row), value, (_, ink) in zip(places, values.flat, shades, strict=True):
        middle = (column + 0.5, row + 0.5)
        write(axes, numerals.count(round(value)), middle, va="center", color=ink)


def _alternative(result: Timing, blocks: pd.DataFrame) -> str:
    most = blocks.stack()
    block, day = most.idxmax()
    hours = block.replace("–", ":00 to ") + ":00"
    cell = (
        f"The cell with most is {day} {hours}, {numerals.count(round(most.max()))} of "
        f"{numerals.count(result.timed)}"
    )
    parts = [f"Heat table of {told.subtitle(result)}", told.headline(result), cell]
    return " ".join(sentence(part) for part in parts)
