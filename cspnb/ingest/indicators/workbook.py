"""An indicators workbook that has come back filled in: its sheets as one, cell by cell."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from cspnb.errors import IngestError
from cspnb.ingest.indicators.faults import Fault
from cspnb.ingest.indicators.grids import Grid, grids
from cspnb.ingest.indicators.layout import (
    AREA,
    FIGURES,
    HEADINGS,
    LIST_HEADINGS,
    LISTS,
    MEASURE,
)
from cspnb.ingest.sheets import Sheet

_ZIP = b"PK\x03\x04"
_UNIT = "Unit"
_PREPARED = (
    (MEASURE, "label", "measure"),
    (AREA, "area_name", "area"),
    (_UNIT, "unit", "measure"),
)


@dataclass(frozen=True)
class FilledIn(Sheet):
    """The rows of all the sheets to fill in; a line is 'ASB!14', a sheet and its row.

    letters: of each sheet's columns. named: what the workbook's own lists call measures and
    areas, by kind and code. broken: what is wrong with whole sheets. others: sheets that are no
    part of the workbook.
    """

    unit: str = "row"
    letters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def where(self, line: str | None = None, column: str | None = None) -> str:
        """'indicators.xlsx, Sheet ASB, cell D14'."""
        if line is None:
            return self.name
        title, _, row = line.rpartition("!")
        cell = f"cell {self.letters[title][column]}{row}" if column else f"row {row}"
        return f"{self.name}, Sheet {title}, {cell}"

    @property
    def areas(self) -> frozenset[str]:
        """The codes of the areas that the workbook was made for."""
        return frozenset(code for kind, code in self.named if kind == AREA)

    def supplied(self) -> "FilledIn":
        """The rows that have a figure, or a base for one."""
        filled = self.frame["value"].notna() | self.frame["base"].notna()
        return replace(self, frame=self.frame[filled])


def changed(sheet: FilledIn) -> Iterator[Fault]:
    """A fault for each prepared name that does not go with the key or code of its row."""
    for kind, name, code in _PREPARED:
        names = {each for (of, _), each in sheet.named.items() if of == kind}
        for line, row in sheet.frame[sheet.frame[name].notna()].iterrows():
            known = sheet.named.get((kind, row[code]))
            if known != row[name] and (known or (kind != _UNIT and row[name] in names)):
                yield Fault(
                    line,
                    name,
                    f"'{row[name]}' does not go with the {HEADINGS[code].lower()} of its row, "
                    f"'{row[code]}'; these cells come filled in: put back what was there",
                )


def read(path: Path) -> FilledIn | None:
    """A workbook made by `cspnb indicators new`, or None where the file is something else.

    Raises IngestError where it cannot be read at all; what is wrong with a sheet is in `broken`,
    what is wrong with cells is for `figures` to tell.
    """
    content = path.read_bytes() if path.is_file() else b""
    found = grids(content, path.name) if content.startswith(_ZIP) else []
    if not found:
        return None
    parts = [grid for grid in found if grid.part == FIGURES]
    return FilledIn(
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        frame=_frame([grid for grid in parts if grid.is_readable]),
        letters={grid.title: _letters(grid) for grid in parts},
        named=_named([grid for grid in found if grid.part == LISTS]),
        broken=tuple(fault for grid in parts for fault in grid.faults()),
        others=tuple(grid.title for grid in found if not grid.part and grid.rows),
    )


def _letters(grid: Grid):
    return {name: get_column_letter(at) for name, at in grid.columns.items()}


def _frame(parts):
    """All rows under the headings of ASB as 'ASB!5', 'ASB!6', ...: HEADINGS' names, text."""
    rows = {f"{grid.title}!{row}": cells for grid in parts for row, cells in grid.records()}
    frame = pd.DataFrame(list(rows.values()), index=pd.Index(rows, name="line", dtype="str"))
    return frame.reindex(columns=list(HEADINGS)).astype("str")


def _named(lists):
    """What the lists say: {(kind, code): name}, and of measures also their unit."""
    named = {}
    for grid in lists:
        for row in grid.rows.values():
            kind, name, code, unit = (row.get(at, "") for at in range(1, len(LIST_HEADINGS)))
            if kind in (MEASURE, AREA) and code:
                named[kind, code] = name
            if kind == MEASURE and code:
                named[_UNIT, code] = unit
    return named


def nothing_filled_in(sheet: FilledIn) -> IngestError:
    """The error for a workbook that came back as it went."""
    return IngestError(
        "no figure is filled in",
        where=sheet.name,
        remedy="Type figures in the column Value, save the workbook, and take it in again.",
    )
