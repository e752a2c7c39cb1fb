"""Events by hour and day."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.timing import Timing
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import hours as told
from cspnb.narrative.wording import caveats


def timing(result: Timing) -> Exhibit:
    """A row an hour and a column a day, with the sum of each."""
    if told.is_missing(result):
        return told.timing(result)
    table = result.by_hour.set_index("Hour")
    rows = [_row(hour, row) for hour, row in table.iterrows()]
    rows.append(_row("All hours", table.sum()))
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(("Hour", *table.columns), tuple(rows), frozenset(table.columns)),
        alternative=f"Table of 24 hours by 7 days: {told.headline(result)}.",
        data=result.by_hour,
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(told.known(result), *told.unjudged(result), *told.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(name: str, row: pd.Series) -> tuple[str, ...]:
    return (name, *(numerals.rate(value, 1).removesuffix(".0") for value in row))
