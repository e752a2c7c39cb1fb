"""Holdings as tables for a terminal."""

from io import StringIO

from rich.console import Console
from rich.table import Table

WIDTH = 110


def as_text(held) -> str:
    """Two tables: the files, and the months that are not sound."""
    console = Console(file=StringIO(), width=WIDTH, force_terminal=False)
    kind = "invented sample data" if held.is_sample else "data"
    console.print(f"Store of {kind}: {held.address}", markup=False, highlight=False)
    console.print(_table("Files taken in", held.files))
    if held.months.empty:
        console.print("Every month of every district is sound.", highlight=False)
    else:
        console.print(_table("Coverage of recorded crime", held.months))
    return console.file.getvalue().rstrip()


def _table(title, frame):
    table = Table(title=title, title_justify="left")
    for column in frame.columns:
        numeric = frame[column].dtype.kind in "if"
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left")
    for row in frame.itertuples(index=False):
        table.add_row(*(_text(value) for value in row))
    return table


def _text(value):
    if value is None or value != value:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
