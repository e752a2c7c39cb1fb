"""Rates per 1,000 of several measures, as bars with their intervals, all on one scale."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.analysis.rates import Rates
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, shown, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import volumes
from cspnb.narrative.wording import in_sentence, listed, sentence

_ROW = 34
_TOP, _BOTTOM = 30, 12
_NAMES, _VALUES = 162, 52
_NAME_WIDTH = 22
_BAR = 0.56
_KEY = "The thin lines are 95% intervals."


def rates(result: Rates) -> Exhibit:
    """A bar a measure, highest first; those per households stand apart from those per residents."""
    if volumes.is_missing(result):
        return refusal(volumes.headline(result), " ".join(volumes.unrated(result)))
    height = sum(_deep(rows) for _, rows in result.panels)
    return Exhibit(
        kind="figure",
        title=volumes.headline(result),
        subtitle=volumes.subtitle(result),
        body=drawn(height, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            _KEY if len(result.panels) == 1 else f"{_KEY} Both parts are drawn to one scale.",
            *volumes.populations(result),
            *volumes.unrated(result),
            *volumes.notes(result),
        ),
        caveats=volumes.cautions(result),
        facts=volumes.facts(result),
    )


def data(result: Rates) -> pd.DataFrame:
    """The table behind the rates, with readable names."""
    table = result.table
    return pd.DataFrame(
        {
            "Measure": table["label"],
            "Count": table["count"],
            "Unit": table["unit"],
            "Complete": table["complete"],
            "Rate is per 1,000": table["denominator"],
            "Number of them": table["population"],
            "Definition": table["population_label"],
            "Rate": table["rate"],
            "Lower limit": table["rate_lower"],
            "Upper limit": table["rate_upper"],
            "Why there is no rate": table["reason"],
        }
    )


def _deep(rows: pd.DataFrame) -> int:
    return _TOP + _ROW * len(rows) + _BOTTOM


def _draw(figure: Figure, result: Rates) -> None:
    top, highest = 0, float(result.rated["rate_upper"].max())
    places = volumes.places(result)
    for denominator, rows in result.panels:
        axes = axes_at(figure, _NAMES, top + _TOP, WIDTH - _NAMES - _VALUES, _ROW * len(rows))
        axes.set_xlim(0, highest)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_visible(True)
        heading = {"frame": "axes fraction", "shift": (-_NAMES, 8), "ha": "left", "weight": "bold"}
        write(axes, f"Per 1,000 {denominator}", (0, 1), **heading)
        for place, row in enumerate(rows.to_dict("records")):
            _draw_measure(axes, place, row, places)
        top += _deep(rows)


def _draw_measure(axes: Axes, place: int, row: dict, places: int) -> None:
    axes.barh(place, row["rate"], height=_BAR, color=colours()["dark_blue"])
    for ink, width in (("paper", 5), ("dark_grey", 1.5)):
        axes.hlines(place, row["rate_lower"], row["rate_upper"], colours()[ink], linewidth=width)
    beside = {"frame": ("axes fraction", "data"), "ha": "right", "va": "center"}
    name = "\n".join(textwrap.wrap(shown(row["label"], 2 * _NAME_WIDTH), _NAME_WIDTH)[:2])
    write(axes, name, (0, place), shift=(-8, 0), **beside)
    value = numerals.rate(row["rate"], places)
    write(axes, value, (1, place), shift=(_VALUES - 4, 0), weight="bold", **beside)


def _alternative(result: Rates) -> str:
    places = volumes.places(result)
    parts = [f"Bar chart of {in_sentence(volumes.subtitle(result))}, highest first"]
    for denominator, rows in result.panels:
        items = listed(
            f"{in_sentence(row['label'])} {numerals.rate(row['rate'], places)}"
            for row in rows.to_dict("records")
        )
        parts.append(f"Per 1,000 {denominator}: {items}")
    return " ".join(map(sentence, (*parts, *volumes.unrated(result))))
