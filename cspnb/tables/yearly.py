"""The years behind a trend."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.trend import Trend
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import breaks, changes
from cspnb.narrative import years as told
from cspnb.narrative.wording import always, caveats

_STATE = ("Complete?", "What is missing", "Source")


def years(result: Trend) -> Exhibit:
    """A row a year: its figure, whether it is whole, and what is missing where it is not."""
    unit = result.measure.unit.capitalize()
    rows = tuple(_row(row) for row in result.years.to_dict("records"))
    missing = (told.missing_sentence(result),) if told.is_missing(result) else ()
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(
            ("Period", unit, "Complete?", "What is missing", "Source"), rows, frozenset({unit})
        ),
        alternative=f"Table of {len(rows)} periods: {told.headline(result)}.",
        data=result.years[
            ["label", "count", "complete", "sound_months", "reason", "source"]
        ].set_axis(
            ["Period", unit, "Complete", "Sound months", "What is missing", "Source"],
            axis="columns",
        ),
        source=result.source,
        method=changes.method(result.change),
        coverage=result.coverage,
        notes=(
            *missing,
            *always([result.measure]),
            *told.of_sources(result),
            *breaks.of_trends([result]),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=() if missing else changes.facts(result.change),
    )


def _row(row: dict) -> tuple[str, ...]:
    state = "yes" if row["complete"] else "no figure" if pd.isna(row["count"]) else "incomplete"
    reason = row["reason"] if isinstance(row["reason"], str) and row["reason"] else "nothing"
    source = row["source"] or numerals.DASH
    return row["label"], numerals.count(row["count"]), state, reason, source
