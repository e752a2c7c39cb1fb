"""All that is wrong with the cells of a file, told together."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from cspnb.errors import IngestError
from cspnb.ingest.sheets import Sheet

MOST_TOLD = 20

_REMEDY = (
    "Put these right and take the file in again; nothing of it was stored. A figure that is "
    "withheld or not known is left out: a report shows it as missing, never as zero."
)


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be read: which, and in words what is wrong and what to do."""

    line: Hashable
    column: str
    said: str


def place(sheet: Sheet, line: Hashable, column: str) -> str:
    """Where a cell is in its file: 'line 5, column 'value'', 'Sheet ASB, cell D14'."""
    return sheet.where(line, column).removeprefix(f"{sheet.name}, ")


def refuse(sheet: Sheet, faults: Iterable[Fault], broken: Iterable[str] = ()) -> None:
    """Raise IngestError with every fault, the first of each cell, in the order of the rows.

    broken: what is wrong with the file as a whole, which is told first.
    """
    cells = {(fault.line, fault.column): fault for fault in reversed([*faults])}
    lines, columns = list(sheet.frame.index), list(sheet.frame.columns)
    order = {line: number for number, line in enumerate(lines)}
    found = sorted(cells.values(), key=lambda each: (order[each.line], columns.index(each.column)))
    texts = [f"{place(sheet, each.line, each.column)}: {each.said}" for each in found]
    if said := [*broken, *texts]:
        raise told(said, sheet.name)


def told(faults: list[str], name: str, remedy: str = _REMEDY) -> IngestError:
    """The error that tells of many faults of a file: the first of them, and how many more."""
    number = "1 thing" if len(faults) == 1 else f"{len(faults):,} things"
    lines = [f"{number} to put right", *faults[:MOST_TOLD]]
    if len(faults) > MOST_TOLD:
        lines.append(f"and {len(faults) - MOST_TOLD:,} more")
    return IngestError("\n  ".join(lines), where=name, remedy=remedy)
