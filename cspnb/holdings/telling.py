"""Holdings as tables for a terminal."""

from io import StringIO
from numbers import Integral

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

WIDTH = 120
"""Reasons wrap so that lines keep to this, where the figures beside them leave room."""

NARROWEST = 40
"""Reasons are at least so wide."""

_AS_WIDE_AS_NEEDED = 10_000


def as_text(held) -> str:
    """The tables: police.uk's files, what else is held, and what months are worth.

    Of one district asked for its months alone. Figures, dates and names are never cut.
    """
    console = Console(file=StringIO(), width=_AS_WIDE_AS_NEEDED, force_terminal=False)
    kind = "invented sample data" if held.is_sample else "data"
    console.print(f"Store of {kind}: {held.address}", markup=False, highlight=False)
    if not held.files.empty:
        console.print(_table("Files of data.police.uk", held.files))
    if not held.others.empty:
        console.print(_table("Other tables", held.others))
    _print_months(console, held)
    lines = console.file.getvalue().splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _print_months(console, held):
    holds_crime = bool(held.district) or "offences" in set(held.files["table"])
    if not holds_crime:
        console.print("No recorded crime is held.", highlight=False)
    if not held.months.empty:
        console.print(_table(_title(held), held.months))
    elif holds_crime:
        console.print(f"Every month is sound. {_how_many(held)}", highlight=False)


def _title(held):
    if held.district:
        return f"Coverage of {held.months['district'].iloc[0]}"
    return f"Coverage: only months that are not sound are listed. {_how_many(held)}".rstrip()


def _how_many(held):
    districts, forces = held.judged
    if not districts:
        return ""
    some = "1 district" if districts == 1 else f"{districts} districts"
    whose = "1 force" if forces == 1 else f"{forces} forces"
    return f"{some} of {whose} {'is' if districts == 1 else 'are'} judged."


def _table(title, frame):
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in frame.columns:
        numeric = all(isinstance(each, Integral) for each in frame[column].dropna())
        wraps = column == "reason"
        table.add_column(
            column,
            justify="right" if numeric else "left",
            no_wrap=not wraps,
            max_width=_room_for_reasons(frame) if wraps else None,
        )
    for row in frame.itertuples(index=False):
        table.add_row(*(_text(value) for value in row))
    return table


def _room_for_reasons(frame):
    """What the other columns, with two blanks after each, leave of a line."""
    others = frame.drop(columns="reason")
    widths = [max(len(name), *map(len, map(_text, others[name]))) for name in others]
    return max(NARROWEST, WIDTH - sum(width + 2 for width in widths) - 2)


def _text(value):
    if pd.isna(value):
        return ""
    return f"{value:,}" if isinstance(value, Integral) else str(value)
