"""How soon after the first a second is recorded: the share of those followed, day by day."""

import pandas as pd
from matplotlib.axes import Axes

from cspnb import numerals
from cspnb.analysis.repeats import Repeats
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import again as told
from cspnb.narrative.wording import caveats, sentence

HEIGHT = 260
_TOP, _BOTTOM, _LEFT, _RIGHT = 16, 52, 40, 58
_GRID = 4


def repeats(result: Repeats) -> Exhibit:
    """A line that rises as second records come in, from the first five, its end labelled."""
    if result.reason:
        return refusal(told.headline(result), told.missing_sentence(result))
    if result.again is None:
        return refusal(told.headline(result), f"{told.numbers(result)} {told.followed(result)}")
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=f"{told.subtitle(result)} recorded again, per cent of those followed",
        body=drawn(HEIGHT, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=told.notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _draw(figure, result: Repeats) -> None:
    wide, deep = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    axes = axes_at(figure, _LEFT, _TOP, wide, deep)
    curve = result.curve
    step = _step(100 * float(curve["share"].max()))
    axes.set_xlim(0, result.window)
    axes.set_ylim(0, _GRID * step)
    axes.set_yticks([step * line for line in range(_GRID + 1)])
    axes.set_yticklabels([f"{step * line:g}%" for line in range(_GRID + 1)])
    axes.grid(axis="y")
    ink = colours()["dark_blue"]
    axes.step(curve["days"], 100 * curve["share"], where="post", color=ink, clip_on=False)
    _label_days(axes, result.window)
    end = (result.window, 100 * result.again.value)
    beside = {"shift": (8, 0), "ha": "left", "va": "center", "weight": "bold", "color": ink}
    write(axes, numerals.level(end[1]), end, **beside)


def _label_days(axes: Axes, window: int) -> None:
    axes.set_xticks([0, window // 4, window // 2, 3 * window // 4, window])
    under = {"frame": "axes fraction", "shift": (0, -28), "va": "top"}
    write(axes, "days after the first", (0.5, 0), **under)


def _step(greatest: float) -> float:
    """The least of 1, 2, 2.5, 5, 10 ... per cent of which four lines hold the curve."""
    for step in (0.5, 1, 2, 2.5, 5, 10, 20, 25):
        if _GRID * step >= greatest:
            return step
    return 25


def _alternative(result: Repeats) -> str:
    at = result.curve.set_index("days")["share"]
    shown = [day for day in (30, result.window // 2, result.window) if day in at.index]
    shares = ", ".join(f"{numerals.level(100 * at[day])} by day {day}" for day in shown)
    parts = [f"Line chart of {told.subtitle(result)} recorded again", told.headline(result), shares]
    return " ".join(sentence(part) for part in parts)


def _data(result: Repeats) -> pd.DataFrame:
    """A row a week, and the last day; the curve has no day with fewer than five."""
    curve = result.curve
    weekly = curve[(curve["days"] % 7 == 0) | (curve["days"] == result.window)]
    return pd.DataFrame(
        {
            "Days after the first": weekly["days"],
            "Recorded again": weekly["repeated"],
            "Followed": result.followed,
            "Per cent": 100 * weekly["share"],
        }
    )
