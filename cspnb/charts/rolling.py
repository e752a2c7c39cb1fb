"""Twelve months added up at each month, as a line from zero."""

import pandas as pd
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.analysis.recent import LAST_12_MONTHS, Recent
from cspnb.charts.drawing import colours, drawn, write
from cspnb.charts.labels import backed, refusal
from cspnb.charts.monthly import BOTTOM, DEEP, draw_months, mark_breaks, month_axes
from cspnb.exhibits import Exhibit
from cspnb.measures.change import NOT_COMPARED
from cspnb.narrative import breaks, changes
from cspnb.narrative import spans as told
from cspnb.narrative.wording import always, caveats, clause, sentence
from cspnb.periods import Month, Period

_TOP, _RIGHT = 58, 56


def recent(result: Recent) -> Exhibit:
    """The rolling total of twelve months, broken where one of the twelve is not sound."""
    shown = _shown(result)
    if shown.empty:
        return refusal(told.headline(result), _why_not(result))
    lead = result.span(LAST_12_MONTHS).change
    return Exhibit(
        kind="figure",
        title=changes.headline(lead) if lead.verdict == NOT_COMPARED else told.headline(result),
        subtitle=_subtitle(result, shown),
        body=drawn(_TOP + DEEP + BOTTOM, lambda figure: _draw(figure, result, shown)),
        alternative=_alternative(result, shown),
        data=_data(result, shown),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*_broken(result, shown), *always([result.measure]), *_breaks(result, shown)),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _shown(result: Recent) -> pd.DataFrame:
    """From the first whole twelve months on."""
    whole = result.rolling["complete"]
    return result.rolling.loc[whole.idxmax() :] if whole.any() else result.rolling.iloc[:0]


def _why_not(result: Recent) -> str:
    if result.missing:
        return told.missing_sentence(result)
    return sentence(
        f"{result.measure.label} in {result.area} has no 12 sound months in a row to add up: "
        f"{clause(result.coverage) or 'no months are held'}"
    )


def _draw(figure: Figure, result: Recent, shown: pd.DataFrame) -> None:
    months = [Month.parse(month) for month in shown["month"]]
    highest = float(shown["count"].max())
    axes = month_axes(figure, months, highest, top=_TOP, right=_RIGHT)
    mark_breaks(axes, result.measure, months, right=_RIGHT)
    draw_months(axes, shown["count"])
    corner = {"frame": "axes fraction", "ha": "left", "shift": (0, 22), "fontsize": 13}
    write(axes, "rolling 12-month total", (0, 1), weight="bold", **corner)
    _label_last(axes, shown)


def _label_last(axes, shown: pd.DataFrame) -> None:
    """The latest whole total, and the one a year before it, each at its month."""
    held = [place for place, whole in enumerate(shown["complete"]) if whole]
    last = held[-1]
    ink = {"color": colours()["dark_blue"], "weight": "bold"}
    dots = [place for place in (last - 12, last) if place in held]
    counts = shown["count"].astype(float).to_numpy()
    axes.plot(dots, counts[dots], "o", color=colours()["dark_blue"], clip_on=False, zorder=4)
    at_end = {"ha": "left", "va": "center", "shift": (8, 0)}
    write(axes, numerals.count(counts[last]), (last, counts[last]), **at_end, **ink)
    if len(dots) == 2:
        falls = counts[last - 11] <= counts[last - 12]  # the line leaves the room above it free
        beside = {"shift": (3, 8)} if falls else {"va": "top", "shift": (3, -8)}
        beside |= {"ha": "left", **backed()}  # the scale is to the left of the first month
        write(axes, numerals.count(counts[last - 12]), (last - 12, counts[last - 12]), **beside)


def _subtitle(result: Recent, shown: pd.DataFrame) -> str:
    first, last = (Month.parse(shown["month"].iloc[end]) for end in (0, -1))
    span = first.label if first == last else f"{first.label} to {last.label}"
    return (
        f"{result.measure.label}, {result.area}, rolling totals of the 12 months to each month, "
        f"{span}, {result.measure.unit}"
    )


def _broken(result: Recent, shown: pd.DataFrame) -> tuple[str, ...]:
    if shown["complete"].all():
        return ()
    return (f"The line is broken where one of the 12 months is not sound. {result.coverage}",)


def _breaks(result: Recent, shown: pd.DataFrame) -> tuple[str, ...]:
    first, last = (Month.parse(shown["month"].iloc[end]) for end in (0, -1))
    return breaks.of_period(result.measure, Period(first - 11, last))


def _alternative(result: Recent, shown: pd.DataFrame) -> str:
    whole = shown[shown["complete"]]
    high, low = whole["count"].max(), whole["count"].min()
    last = Month.parse(whole["month"].iloc[-1])
    ends = (
        f"It runs between {numerals.count(low)} and {numerals.count(high)}, and stands at "
        f"{numerals.count(whole['count'].iloc[-1])} in {Period(last - 11, last).label}"
    )
    parts = [f"Line chart of {_subtitle(result, shown)}", told.headline(result), ends]
    return " ".join(sentence(part) for part in (*parts, *_broken(result, shown)))


def _data(result: Recent, shown: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "12 months to": shown["month"],
            result.measure.unit.capitalize(): shown["count"],
            "Complete": shown["complete"].astype(bool),
        }
    )
