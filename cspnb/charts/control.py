"""Months or weeks against their limits: a line of months, bars of weeks."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.charts.control_drawing import draw, height
from cspnb.charts.drawing import drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.measures.months import ABNORMAL
from cspnb.narrative import control_words as words
from cspnb.narrative import levels, signals
from cspnb.narrative.wording import caveats, listed, sentence, unique

WEEKS_DRAWN = 52
"""A year of weeks, with the year before as marks: more bars would be too thin to tell apart."""


def control(result: Control) -> Exhibit:
    """The points with their mean and limits; signals are marked by shape and by name.

    Months are a line from zero, broken where one is not sound. Weeks are bars, the last year of
    them, with a mark where the same week of the year before stood.
    """
    if signals.is_missing(result):
        return refusal(signals.headline(result), signals.missing_sentence(result))
    table = result.table.tail(WEEKS_DRAWN) if result.points == "weeks" else result.table
    return Exhibit(
        kind="figure",
        title=signals.headline(result),
        subtitle=_subtitle(result, table),
        body=drawn(height(result, table), lambda figure: draw(figure, result, table)),
        alternative=_alternative(result, table),
        data=words.table(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*_key(result, table), *signals.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=signals.facts(result),
    )


def _subtitle(result: Control, table: pd.DataFrame) -> str:
    """As told, with the weeks that are drawn where not all are."""
    if len(table) == len(result.table):
        return signals.subtitle(result)
    drawn_span = words.when(table["label"].iloc[0], table["label"].iloc[-1])
    return f"{result.measure.label}, {result.area}, {drawn_span}, {words.unit(result)}"


def _key(result: Control, table: pd.DataFrame) -> tuple[str, ...]:
    """What the drawing leaves out: weeks that are not drawn, and months that are not judged."""
    earlier = ""
    if len(table) < len(result.table):
        first = words.when(result.segments["start"].iloc[-1])
        earlier = f"Mean and limits are worked from {first} on; the latest {len(table)} are drawn."
    return unique((earlier, _abnormal(table)))


def _abnormal(table: pd.DataFrame) -> str:
    months = [words.when(label) for label in table.loc[table["status"].eq(ABNORMAL), "label"]]
    if not months:
        return ""
    are = "is abnormal: it is" if len(months) == 1 else "are abnormal: they are"
    return sentence(f"{listed(months)} {are} drawn hollow, and not judged")


def _alternative(result: Control, table: pd.DataFrame) -> str:
    kind = "Bar chart" if result.points == "weeks" else "Line chart"
    parts = [f"{kind} with control limits of {_subtitle(result, table)}", signals.headline(result)]
    row = result.latest
    if not numerals.is_missing(row["centre"]):
        parts.append(
            f"The mean is {words.mean(result, row['centre'])}, and the usual range "
            f"{words.usual_range(result, row)}"
        )
    parts.append(levels.shifted(result))
    marked = int(table["signal"].ne("").sum())
    number = numerals.counted(len(table), result.points)
    parts.append(
        f"{marked or 'None'} of {number} {'is' if marked == 1 else 'are'} part of a signal"
    )
    return " ".join(sentence(part) for part in parts if part)
