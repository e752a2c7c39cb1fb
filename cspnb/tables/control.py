"""The latest months or weeks beside their mean, limits and the year before."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import control_words as words
from cspnb.narrative import signals
from cspnb.narrative.wording import caveats

_ROWS = 13
_DASH_MEANS = "A dash stands where a figure is not held or cannot be judged."


def control(result: Control, *, rows: int = _ROWS) -> Exhibit:
    """The latest so many points, the last one first, with the signal each is part of."""
    shown = result.table.tail(rows).iloc[::-1]
    value = f"Rate per {result.per}" if result.per else result.measure.unit.capitalize()
    numeric = (value, "Year before", "Mean", "Usual range")
    columns = (words.one(result).capitalize(), *numeric, "Signal")
    body = tuple(_row(result, row) for row in shown.to_dict("records"))
    missing = (signals.missing_sentence(result),) if signals.is_missing(result) else ()
    return Exhibit(
        kind="table",
        title=signals.headline(result),
        subtitle=signals.subtitle(result),
        body=Grid(columns, body, frozenset(numeric)),
        alternative=f"Table of the latest {numerals.counted(len(body), result.points)}: "
        f"{signals.headline(result)}.",
        data=words.table(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*missing, _DASH_MEANS, *signals.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=signals.facts(result),
    )


def _row(result: Control, row: dict) -> tuple[str, ...]:
    is_judged = not numerals.is_missing(row["centre"])
    return (
        _named(row),
        words.amount(result, row["value"]),
        words.amount(result, row["last_year"]),
        words.mean(result, row["centre"]) if is_judged else numerals.DASH,
        words.usual_range(result, row) if is_judged else numerals.DASH,
        _signal(row, is_judged=is_judged),
    )


def _named(row: dict) -> str:
    name = words.when(row["label"])
    name = name.removeprefix("the w").replace("eek of", "Week of")
    return f"{name}, with a bank holiday" if row["holiday"] else name


def _signal(row: dict, *, is_judged: bool) -> str:
    if pd.isna(row["value"]):
        return row["status"]
    return (row["signal"] or "none") if is_judged else "not judged"
