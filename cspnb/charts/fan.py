"""The months behind and the months to come, as a line that opens into a fan."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.analysis.forecast import Forecast
from cspnb.charts.drawing import colours, drawn, write
from cspnb.charts.labels import refusal
from cspnb.charts.monthly import BOTTOM, DEEP, draw_months, mark_breaks, month_axes, spread
from cspnb.exhibits import Exhibit
from cspnb.narrative import forecasts as told
from cspnb.narrative.wording import caveats, sentence
from cspnb.periods import Month

_TOP, _RIGHT = 74, 74
_BEHIND = 36
"""Months of the history that are drawn; with more, the fan would be too small to read."""
_LABEL_APART = 15


def forecast(result: Forecast) -> Exhibit:
    """The latest 36 months as a line, then the 80% and 95% ranges of those to come."""
    if told.is_missing(result):
        why = f"{told.missing_sentence(result)} {result.shortened}".strip()
        return refusal(told.headline(result), why)
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=drawn(_TOP + DEEP + BOTTOM, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            "The dark band holds a month four times in five, the light one nineteen times in "
            "twenty; the white line is the middle.",
            told.error_sentence(result),
            *told.notes(result),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _draw(figure: Figure, result: Forecast) -> None:
    behind = result.history.tail(_BEHIND).reset_index(drop=True)
    months = [Month.parse(month) for month in (*behind["month"], *result.ahead["month"])]
    highest = max(float(behind["count"].max()), float(result.ahead["upper_95"].max()))
    axes = month_axes(figure, months, highest, top=_TOP, right=_RIGHT)
    _draw_fan(axes, result.ahead, len(behind))
    mark_breaks(axes, result.measure, months[: len(behind)], right=_RIGHT)
    draw_months(axes, behind["count"])
    _label_bands(axes, result.ahead, len(months) - 1)
    errors, unit = result.errors, result.measure.unit
    head = {"frame": "axes fraction", "ha": "left", "shift": (-40, 22), "fontsize": 12}
    said = (
        f"Average error when tested: {numerals.rate(errors.mean_error, 1)} {unit} a month\n"
        f"(repeating the year before: {numerals.rate(errors.naive_error, 1)})"
    )
    write(axes, said, (0, 1), **head)


def _draw_fan(axes: Axes, ahead: pd.DataFrame, start: int) -> None:
    """Both ranges, with a light edge between them and a dark one outside, and the middle."""
    places = range(start, start + len(ahead))
    one = {"marker": "_", "markersize": 10} if len(ahead) == 1 else {}
    wide = 0.4 if len(ahead) == 1 else 0
    for level, ink in (("95", "light_blue"), ("80", "dark_blue")):
        lower, upper = ahead[f"lower_{level}"].astype(float), ahead[f"upper_{level}"].astype(float)
        edge = colours()["mid_blue" if level == "95" else "paper"]
        body = {"facecolor": colours()[ink], "edgecolor": edge, "linewidth": 1}
        if wide:
            axes.bar(start, upper - lower, bottom=lower, width=2 * wide, **body)
        else:
            axes.fill_between(places, lower, upper, **body)
    axes.plot(places, ahead["central"].astype(float), color=colours()["paper"], linewidth=2, **one)


def _label_bands(axes: Axes, ahead: pd.DataFrame, last: int) -> None:
    """At the end of the fan: each limit, with the range that it belongs to."""
    row = ahead.iloc[-1].drop("month").astype(float)
    names = ("lower_95", "lower_80", "upper_80", "upper_95")
    scale = DEEP / axes.get_ylim()[1]
    heights = spread([row[name] * scale for name in names], _LABEL_APART)
    for name, height in zip(names, heights, strict=True):
        lifted = (8, height - row[name] * scale)
        strong = {"weight": "bold", "color": colours()["dark_blue"]} if "80" in name else {}
        at_end = {"ha": "left", "va": "center", "shift": lifted, "fontsize": 12, **strong}
        write(axes, f"{name[-2:]}% {numerals.count(row[name])}", (last, row[name]), **at_end)


def _alternative(result: Forecast) -> str:
    last = result.ahead.iloc[-1]
    ends = (
        f"In {Month.parse(last['month']).label} the 80% range is "
        f"{numerals.count(last['lower_80'])} to {numerals.count(last['upper_80'])}, the 95% range "
        f"{numerals.count(last['lower_95'])} to {numerals.count(last['upper_95'])}"
    )
    parts = [
        f"Fan chart of {told.subtitle(result)}, drawn from the latest {_BEHIND} months on",
        told.headline(result),
        ends,
        told.error_sentence(result),
    ]
    return " ".join(sentence(part) for part in parts)


def _data(result: Forecast) -> pd.DataFrame:
    """A row a month that is drawn: recorded as far as it is, then what may come."""
    unit = result.measure.unit.capitalize()
    behind = result.history.tail(_BEHIND)
    history = pd.DataFrame({"Month": behind["month"], unit: behind["count"]})
    names = {
        "month": "Month",
        "central": "Middle of the forecast",
        "lower_80": "80% range from",
        "upper_80": "80% range to",
        "lower_95": "95% range from",
        "upper_95": "95% range to",
    }
    table = pd.concat([history, result.ahead.rename(columns=names)], ignore_index=True)
    return table.astype({unit: "Int64"})
