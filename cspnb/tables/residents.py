"""What residents say, answer by answer, beside what is recorded."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.concerns import Concerns
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import residents

_NUMERIC = ("Residents", "People who answered", "Recorded", "Place in the record")
_PLACE = "Place among residents"
_SMALL_MEANS = "A share marked * is of fewer than 100 people."


def concerns(result: Concerns) -> Exhibit:
    """A row an answer: its share and range, its change, the recorded volume, and both places."""
    rows = tuple(_row(row, bool(result.reason)) for row in result.table.to_dict("records"))
    share, people, recorded, in_record = _NUMERIC
    columns = ("Answer", share, "95% interval", people, "Since the wave before", _PLACE)
    small = result.table["is_small"].fillna(False).any()
    missing = (residents.missing_sentence(result),) if result.reason else ()
    return Exhibit(
        kind="table",
        title=residents.headline(result),
        subtitle=residents.subtitle(result),
        body=Grid((*columns, recorded, in_record, "Measure"), rows, frozenset(_NUMERIC)),
        alternative=f"Table of {len(rows)} answers: {residents.headline(result)}.",
        data=residents.data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*missing, *((_SMALL_MEANS,) if small else ()), *residents.notes(result)),
        caveats=residents.cautions(result),
        facts=residents.facts(result),
    )


def _row(row: dict, has_been_said: bool) -> tuple[str, ...]:
    has_share = not pd.isna(row["share"])
    why = numerals.DASH if has_been_said else row["reason"]
    return (
        row["answer"],
        f"{residents.share(row['share'])}{' *' if has_share and row['is_small'] else ''}",
        residents.interval(row) if has_share else why,
        numerals.count(row["base"]),
        residents.change_text(row),
        _place(row),
        numerals.count(row["recorded"]),
        numerals.count(row["recorded_rank"]),
        row["measure"] or row["not_recorded"],
    )


def _place(row: dict) -> str:
    """'2, within 2 to 6': a place, and those that chance leaves open."""
    if pd.isna(row["share_rank"]):
        return numerals.DASH
    place, best, worst = row["share_rank"], row["share_best"], row["share_worst"]
    return f"{place}" if best == worst else f"{place}, within {best} to {worst}"
