"""Inputs as a grid for a terminal: a row an input, a column a partnership."""

from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

WIDTH = 120
_PLAIN = {"markup": False, "highlight": False, "soft_wrap": True}
_WANTING = ("incomplete", "too old", "missing")


def as_text(checked) -> str:
    """A grid a report, then each thing that is wanting with its reason."""
    console = Console(file=StringIO(), width=WIDTH, force_terminal=False)
    for report, rows in checked.table.groupby("report", sort=False):
        console.print(_grid(f"{report}, {checked.period.label}", rows))
    wanting = checked.table[checked.table["state"].isin(_WANTING)]
    together = wanting.groupby(["partnership", "state", "reason"], sort=False)["input"]
    for (partnership, state, reason), names in together:
        listed = "; ".join(dict.fromkeys(names))
        said = f"{partnership}: {state}, {reason}: {listed}"
        console.print(said, markup=False, highlight=False)
    for partnership in dict.fromkeys(wanting["partnership"]):
        if keys := checked.to_supply(partnership):
            console.print(_command(partnership, checked.period, keys), **_PLAIN)
    if wanting.empty:
        console.print("Every input is there.", highlight=False)
    return console.file.getvalue().rstrip()


def _command(partnership, period, keys):
    """What to type for a workbook that asks partners for what is wanting."""
    measures = " ".join(f"--measure {key}" for key in keys)
    return (
        f"\nTo ask {partnership}'s partners for what they can supply of this:\n"
        f"cspnb indicators new {partnership} --period {period} {measures}"
    )


def _grid(title, rows):
    partnerships = list(dict.fromkeys(rows["partnership"]))
    states = rows.set_index(["input", "partnership"])["state"]
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    for column in ("input", *partnerships):
        table.add_column(column)
    for name in dict.fromkeys(rows["input"]):
        cells = [str(states.get((name, slug), "not asked")) for slug in partnerships]
        table.add_row(name, *cells)
    return table


def checklist_text(grid) -> str:
    """A row an item: its body, what is asked, and how it stands in each partnership."""
    console = Console(file=StringIO(), width=WIDTH, force_terminal=False)
    title = f"{grid.checklist.title}, {grid.period.label}"
    for partnership, rows in grid.table.groupby("partnership", sort=False):
        table = Table(title=f"{title}: {partnership}", title_justify="left", box=SIMPLE_HEAD)
        for column in ("body", "information", "state", "to", "note"):
            table.add_column(column)
        for row in rows.itertuples(index=False):
            table.add_row(row.body, row.information, row.state, row.to, row.note)
        console.print(table)
    console.print(grid.checklist.note.strip(), markup=False, highlight=False)
    return console.file.getvalue().rstrip()
