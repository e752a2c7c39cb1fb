"""The index of each calendar month, with the months of each year behind it as light rings."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.analysis.season import CLEAR_SEASON, FINANCIAL_ORDER, Season
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import seasons as told
from cspnb.narrative.wording import caveats, sentence

_LEFT, _TOP, _RIGHT, _BOTTOM, _DEEP = 40, 34, 12, 30, 220
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)


def season(result: Season) -> Exhibit:
    """A dot a calendar month, joined, over the single months of each year; 100 is the average."""
    if told.is_missing(result):
        return refusal(told.headline(result), told.missing_sentence(result))
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=drawn(_TOP + _DEEP + _BOTTOM, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            "Each ring is a month of one year, against an average month at the trend of the time; "
            "the dots are what the month usually has.",
            *told.unringed(result),
            *told.notes(result),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _draw(figure: Figure, result: Season) -> None:
    axes = axes_at(figure, _LEFT, _TOP, WIDTH - _LEFT - _RIGHT, _DEEP)
    rings = result.months[result.months["ratio"].notna()]
    axes.set_xlim(-0.5, 11.5)
    axes.set_ylim(*_reach(rings["ratio"], result.index["index"]))
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    axes.set_yticks(_scale(*axes.get_ylim()))
    axes.yaxis.grid(visible=True)
    axes.axhline(100, color=colours()["dark_grey"], linewidth=1)
    places = [FINANCIAL_ORDER.index(int(month[5:])) for month in rings["month"]]
    ring = {"linestyle": "none", "marker": "o", "markersize": 5, "markerfacecolor": "none"}
    axes.plot(places, rings["ratio"], markeredgecolor=colours()["mid_blue"], **ring)
    ink = {"color": colours()["dark_blue"], "marker": "o", "markersize": 7, "linewidth": 2}
    axes.plot(range(12), result.index["index"].astype(float), **ink, zorder=4)
    under = {"frame": ("data", "axes fraction"), "shift": (0, -8), "va": "top", "fontsize": 12}
    for place, name in enumerate(result.index["name"]):
        write(axes, name[:3], (place, 0), **under)
    if result.verdict == CLEAR_SEASON:
        _label_ends(axes, result, rings)


def _reach(ratios: pd.Series, index: pd.Series) -> tuple[float, float]:
    """From the lowest mark to the highest, with room for words: an index starts at no zero."""
    values = np.concatenate([ratios.to_numpy(float), index.to_numpy(float), [100.0]])
    room = max(0.12 * (values.max() - values.min()), 2)
    return float(values.min() - room), float(values.max() + room)


def _scale(low: float, high: float) -> list[int]:
    """Round numbers up and down from 100, eight at most."""
    step = next(each for each in _STEPS if (high - low) / each <= 7)
    up, down = int((high - 100) // step), int((100 - low) // step)
    return [100 + step * place for place in range(-down, up + 1)]


def _label_ends(axes: Axes, result: Season, rings: pd.DataFrame) -> None:
    """The strongest and the weakest month, above and below all the marks near it."""
    for row, is_high in ((result.strongest, True), (result.weakest, False)):
        place = FINANCIAL_ORDER.index(int(row["number"]))
        near = [FINANCIAL_ORDER[at] for at in range(max(place - 2, 0), min(place + 3, 12))]
        there = rings.loc[rings["month"].str[5:].astype(int).isin(near), "ratio"]
        marks = [*there.astype(float), float(row["index"])]
        text = f"{row['name']} {numerals.count(row['index'])}"
        side = "left" if place < 2 else "right" if place > 9 else "center"
        beyond = {"va": "bottom", "shift": (0, 7)} if is_high else {"va": "top", "shift": (0, -7)}
        ink = {"color": colours()["dark_blue"], "weight": "bold", "ha": side}
        write(axes, text, (place, max(marks) if is_high else min(marks)), **beyond, **ink)


def _alternative(result: Season) -> str:
    rows = (f"{row['name']} {row['index']:.0f}" for row in result.index.to_dict("records"))
    parts = [
        f"Dot chart of {told.subtitle(result)}",
        told.headline(result),
        f"By month: {', '.join(rows)}",
    ]
    return " ".join(sentence(part) for part in parts)


def _data(result: Season) -> pd.DataFrame:
    months = result.months
    unit = result.measure.unit.capitalize()
    number = months["month"].str[5:].astype(int)
    usual = result.index.set_index("number")["index"]
    return pd.DataFrame(
        {
            "Month": months["month"],
            unit: months["count"].astype(int),
            f"{unit} by the trend": months["trend"],
            "Index of the month": months["ratio"],
            "Index of the calendar month": number.map(usual),
        }
    )
