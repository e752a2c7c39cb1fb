"""A table of counts from which small ones have been hidden, or in which all are rounded."""

import pandas as pd

from cspnb import numerals
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.suppression import Suppressed
from cspnb.narrative.wording import sentence
from cspnb.periods import Period

_DASH_MEANS = "A dash stands where a count is not held."


def suppressed(
    result: Suppressed, *, subject: str, area: str, period: Period, source: str = ""
) -> Exhibit:
    """The counts as they may be published: '[c]' where one is hidden, in the data as well.

    subject: what is counted, for readers, 'Hate crimes by ward'. The name of the table's index
    heads its first column.
    """
    title = sentence(f"{subject}: {_state(result)}").removesuffix(".")
    data = _data(result)
    grid = Grid.of(data)
    numeric = frozenset(grid.columns[1:])
    return Exhibit(
        kind="table",
        title=title,
        subtitle=f"{subject}, {area}, {period.label}",
        body=Grid(grid.columns, grid.rows, numeric),
        alternative=f"Table of {len(grid.rows)} rows: {title}.",
        data=data,
        source=source,
        method=result.method,
        notes=_notes(result, data),
    )


def _state(result: Suppressed) -> str:
    if result.reason:
        return "too few to be shown"
    if result.rounded_to:
        return f"rounded to the nearest {result.rounded_to}"
    number = int(result.hidden.to_numpy().sum())
    hidden = f"{numerals.counted(number, 'counts')} of {result.hidden.size}"
    return f"{hidden} {'is' if number == 1 else 'are'} hidden" if number else "no count is small"


def _data(result: Suppressed) -> pd.DataFrame:
    """The published counts with the mark where one is hidden: for the page and for a download."""
    marked = result.table.astype(object).mask(result.hidden, numerals.HIDDEN)
    marked.columns = [str(name) for name in marked.columns]
    names = pd.Series([str(name) for name in marked.index], name=result.table.index.name or "Group")
    return pd.concat([names, marked.reset_index(drop=True)], axis="columns")


def _notes(result: Suppressed, data: pd.DataFrame) -> tuple[str, ...]:
    why = f": {result.reason}" if result.reason else ", or one that would give such a count away"
    kept = f"{numerals.HIDDEN} stands for a small count that is kept confidential{why}."
    hidden = kept if result.hidden.to_numpy().any() else ""
    rounding = result.method if result.rounded_to else ""
    dash = _DASH_MEANS if data.isna().to_numpy().any() else ""
    return tuple(note for note in (hidden, rounding, dash) if note)
