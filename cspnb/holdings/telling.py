"""Holdings as tables for a terminal."""

from io import StringIO
from numbers import Integral

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

WIDTH = 120

_LONG = ("reason", "district", "what")


def as_text(held) -> str:
    """Three tables: police.uk's files, what else is held, and the months that are not sound."""
    console = Console(file=StringIO(), width=WIDTH, force_terminal=False)
    kind = "invented sample data" if held.is_sample else "data"
    console.print(f"Store of {kind}: {held.address}", markup=False, highlight=False)
    if not held.files.empty:
        console.print(_table("Files of data.police.uk", held.files))
    holds_crime = "offences" in set(held.files["table"])
    if not holds_crime:
        console.print("No recorded crime is held.", highlight=False)
    if not held.others.empty:
        console.print(_table("Other tables", held.others))
    if not held.months.empty:
        console.print(_table("Coverage", held.months))
    elif holds_crime:
        console.print("Every month of every district is sound.", highlight=False)
    return console.file.getvalue().rstrip()


def _table(title, frame):
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for column in frame.columns:
        numeric = frame[column].dtype.kind in "if"
        side = "right" if numeric else "left"
        table.add_column(column, justify=side, no_wrap=column not in _LONG)
    for row in frame.itertuples(index=False):
        table.add_row(*(_text(value) for value in row))
    return table


def _text(value):
    if pd.isna(value):
        return ""
    return f"{value:,}" if isinstance(value, Integral) else str(value)
