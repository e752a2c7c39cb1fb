"""How crimes ended: a column a year, made up of the groups of outcomes."""

import textwrap
from itertools import compress

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cspnb import numerals
from cspnb.analysis.outcomes import OutcomeMix
from cspnb.charts.drawing import axes_at, colours, drawn, write
from cspnb.charts.labels import refusal, year_name, year_tick
from cspnb.exhibits import Exhibit
from cspnb.measures.outcomes import CHARGED, NO_SUSPECT, NOT_PROSECUTED, OUT_OF_COURT
from cspnb.narrative import endings as told
from cspnb.narrative.wording import in_sentence, sentence
from cspnb.periods import Period

HEIGHT = 348
_TOP, _DEEP = 14, 280
_LEFT, _STEP = 58, 76
_COLUMN_WIDTH = 0.7
_NAMES_AT = 26
_NAME_WIDTH = 28
_LINE = 0.057
_GAP_OVER = 0.012
"""Slices thinner than this have no white line about them: it would hide them."""

_INKS = {
    CHARGED: "dark_blue",
    OUT_OF_COURT: "turquoise",
    NOT_PROSECUTED: "dark_pink",
    NO_SUSPECT: "orange",
}
"""Four colours; any other group is hollow."""


def outcomes(result: OutcomeMix) -> Exhibit:
    """A column a year to 100%, each slice named beside it, with the year before's share."""
    if told.is_missing(result):
        return refusal(told.headline(result), told.missing_sentence(result))
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=drawn(HEIGHT, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=told.notes(result),
        caveats=told.cautions(result),
        facts=told.facts(result),
    )


def _draw(figure, result: OutcomeMix) -> None:
    periods = [Period.parse(text) for text in result.shares["period"].drop_duplicates()]
    wide = _STEP * len(periods)
    axes = axes_at(figure, _LEFT, _TOP, wide, _DEEP)
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.set_ylim(0, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    for place, period in enumerate(periods):
        rows = told.of_year(result, period).to_dict("records")
        middles = _draw_column(axes, place, rows)
        _label_column(axes, place, rows, middles, is_last=place == len(periods) - 1)
        base = f"{_tick(result, period)}\nof {numerals.count(rows[0]['known'])}"
        under = {"frame": ("data", "axes fraction"), "shift": (0, -6), "va": "top"}
        write(axes, base, (place, 0), **under)


def _tick(result: OutcomeMix, period: Period) -> str:
    """A year under its column, or the months of it that are counted: 'Apr–Aug' over '2024'."""
    [counted] = result.years.loc[result.years["period"] == str(period), "counted"]
    if not counted:
        return f"part of\n{year_name(str(period))}"
    is_year = Period.parse(counted).kind == "year"
    return year_name(counted) if is_year else year_tick(counted)


def _draw_column(axes: Axes, place: int, rows: list[dict]) -> list[float]:
    """The slices from the top down, in the order of the groups; returns their middles."""
    shares = np.array([row["share"] for row in rows])
    bottoms = 1 - shares.cumsum()
    inks = [_INKS.get(row["group"], "paper") for row in rows]
    style = {"width": _COLUMN_WIDTH, "linewidth": 0, "color": [colours()[ink] for ink in inks]}
    axes.bar([place] * len(rows), shares, bottom=bottoms, **style)
    half = _COLUMN_WIDTH / 2
    edges = bottoms[shares > _GAP_OVER]
    axes.hlines(edges, place - half, place + half, color=colours()["paper"], linewidth=2)
    for ink, share, bottom in zip(inks, shares, bottoms, strict=True):
        if ink == "paper" and share > 0:
            _outline(axes, place, bottom, bottom + share)
    return list(bottoms + shares / 2)


def _outline(axes: Axes, place: int, bottom: float, top: float) -> None:
    left, right = place - _COLUMN_WIDTH / 2, place + _COLUMN_WIDTH / 2
    corners = ([left, right, right, left, left], [bottom, bottom, top, top, bottom])
    axes.plot(*corners, color=colours()["dark_grey"], linewidth=1, clip_on=False)


def _label_column(axes: Axes, place: int, rows, middles, *, is_last: bool) -> None:
    """Percentages left of the first column of two; names and percentages right of the last.

    A group that the last alone has not is named there all the same: its slice is in the first.
    """
    named = [is_last or row["count"] > 0 for row in rows]
    rows, middles = ([*compress(each, named)] for each in (rows, middles))
    texts = [_label(row, is_last) for row in rows]
    heights = [(text.count("\n") + 1) * _LINE for text in texts]
    side = 1 if is_last else -1
    edge = place + side * _COLUMN_WIDTH / 2
    reach = side * (_NAMES_AT if is_last else 16) / _STEP
    places = _apart(middles, heights)
    line = {"color": colours()["dark_grey"], "linewidth": 0.8, "clip_on": False}
    axes.plot([edge, edge + 0.7 * reach], [middles, places], **line)
    for text, height in zip(texts, places, strict=True):
        beside = {"ha": "left" if is_last else "right", "va": "center", "annotation_clip": False}
        write(axes, text, (edge + 0.8 * reach, height), **beside)


def _label(row: dict, with_name: bool) -> str:
    share = told.percentage(row["share"], base=row["known"])
    if not with_name:
        return share
    return "\n".join(textwrap.wrap(f"{share} {in_sentence(row['group'])}", _NAME_WIDTH))


def _apart(middles: list[float], heights: list[float]) -> list[float]:
    """Places near the middles, from the top down, at which the labels do not overlap."""
    places, limit = [], 1.0
    for middle, height in zip(middles, heights, strict=True):
        places.append(min(middle, limit - height / 2))
        limit = places[-1] - height / 2
    limit = -0.02
    for i in reversed(range(len(places))):
        places[i] = max(places[i], limit + heights[i] / 2)
        limit = places[i] + heights[i] / 2
    return places


def _alternative(result: OutcomeMix) -> str:
    parts = [f"Stacked column chart of {told.subtitle(result)}"]
    for period in result.shares["period"].drop_duplicates():
        rows = told.of_year(result, Period.parse(period)).to_dict("records")
        shares = "; ".join(_label(row, True).replace("\n", " ") for row in rows)
        parts.append(f"{rows[0]['label']}: {shares}")
    parts.append(told.headline(result))
    return " ".join(sentence(part) for part in parts)


def _data(result: OutcomeMix) -> pd.DataFrame:
    table = result.shares
    return pd.DataFrame(
        {
            "Period": table["label"],
            "Outcome": table["group"],
            "Number": table["count"],
            "Outcomes known": table["known"],
            "Share (%)": 100 * table["share"],
            "Lower limit (%)": 100 * table["lower"],
            "Upper limit (%)": 100 * table["upper"],
        }
    )
