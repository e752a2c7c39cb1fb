"""The sheets of an indicators workbook as they came back: texts by row and column."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import openpyxl
from openpyxl.utils import get_column_letter

from cspnb.errors import IngestError
from cspnb.ingest import no_workbook, workbooks
from cspnb.ingest.indicators.layout import FIGURES, HEADINGS, LAYOUT, MARKED, REQUIRED

_TOP = 20
"""The row of headings is among these first rows."""

_LARGEST = 200 * 2**20
"""What a workbook may unpack to; one of every measure by month is under 5 MB."""

_NAMES = {heading.casefold(): name for name, heading in HEADINGS.items()}


@dataclass(frozen=True)
class Grid:
    """One sheet: the texts of the cells that hold any, by row and column number."""

    title: str
    rows: Mapping[int, Mapping[int, str]]
    merged: tuple[tuple[int, str], ...] = ()

    @property
    def part(self) -> str:
        """Which part of the workbook it is; '' where it is none."""
        return self._mark[2].casefold() if self._mark else FIGURES if self.header else ""

    @property
    def layout(self) -> int:
        """Which layout it says it is of; ours where it does not say."""
        return int(self._mark[1]) if self._mark else LAYOUT

    @cached_property
    def _mark(self):
        said = [MARKED.search(self.rows.get(row, {}).get(1, "")) for row in (1, 2, 3)]
        return next(filter(None, said), None)

    @cached_property
    def header(self) -> int:
        """The number of the row of headings; 0 where there is none."""
        for row in sorted(self.rows):
            names = {text.casefold() for text in self.rows[row].values()}
            if (
                row <= _TOP
                and {"value", "period"} <= names
                and names & {"measure key", "area code"}
            ):
                return row
        return 0

    @cached_property
    def columns(self) -> dict[str, int]:
        """The number of each column that has one of our headings."""
        row = self.rows.get(self.header, {})
        return {
            _NAMES[text.casefold()]: at for at, text in row.items() if text.casefold() in _NAMES
        }

    @property
    def is_readable(self) -> bool:
        """Whether its rows can be told apart: by headings that are all there."""
        return set(REQUIRED) <= set(self.columns)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(row number, cells by column name) of each row below the headings."""
        for row in sorted(self.rows):
            if row > self.header:
                cells = self.rows[row]
                yield row, {name: cells.get(at) for name, at in self.columns.items()}

    def faults(self) -> Iterator[str]:
        """What is wrong with the sheet as a whole, each with its place."""
        if not self.header:
            yield f"Sheet {self.title}: the row of headings is gone: {', '.join(HEADINGS.values())}"
            return
        for name in REQUIRED:
            if name not in self.columns:
                yield f"Sheet {self.title}: the column '{HEADINGS[name]}' is missing; put it back"
        for bottom, cells in self.merged:
            if bottom >= self.header:
                yield f"Sheet {self.title}, cells {cells}: they are merged; unmerge them"
        yield from self._strays()

    def _strays(self):
        """Headings that are not ours, and cells under no heading of ours."""
        ours = set(self.columns.values())
        for row in sorted(self.rows):
            for at, text in sorted(self.rows[row].items()):
                if row >= self.header and at not in ours:
                    cell = f"Sheet {self.title}, cell {get_column_letter(at)}{row}"
                    yield f"{cell}: '{text}' is in no column of this workbook; take it out"


def grids(content: bytes, name: str) -> list[Grid]:
    """Every sheet of a workbook that says it is an indicators workbook; none of any other.

    Raises IngestError for one too large, damaged, or of a layout that is not known.
    """
    try:
        return _grids(content, name)
    except workbooks.NOT_A_WORKBOOK as error:
        otherwise = "Save it as an Excel workbook (.xlsx)."
        raise no_workbook.refusal(content, name, otherwise) from error


def _grids(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            raise IngestError(
                f"the workbook unpacks to more than {_LARGEST:,} bytes",
                where=name,
                remedy="Copy the figures into a workbook made by cspnb indicators new.",
            )
    if not _is_marked(content):
        return []
    shown, written = (
        openpyxl.load_workbook(io.BytesIO(content), data_only=values) for values in (True, False)
    )
    found = [_grid(sheet, written[sheet.title]) for sheet in shown.worksheets]
    if other := [grid.layout for grid in found if grid.layout != LAYOUT]:
        raise IngestError(
            f"the workbook has layout {other[0]}, and only layout {LAYOUT} can be read",
            where=name,
            remedy="Make a new one (cspnb indicators new) and copy the figures over.",
        )
    return found


def _is_marked(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    tops = (
        str(value)
        for sheet in book.worksheets
        for (value,) in sheet.iter_rows(max_row=3, max_col=1, values_only=True)
    )
    return any(MARKED.search(top) for top in tops)


def _grid(shown, written):
    rows = {}
    for cells in shown.iter_rows():
        texts = {cell.column: _text(cell, written) for cell in cells}
        if filled := {column: text for column, text in texts.items() if text}:
            rows[cells[0].row] = filled
    merged = tuple((range_.max_row, str(range_)) for range_ in shown.merged_cells.ranges)
    return Grid(shown.title, rows, tuple(sorted(merged)))


def _text(cell, written):
    """The cell's text; of a formula that was never worked out, the formula."""
    formula = written.cell(cell.row, cell.column)
    if cell.value is None and formula.data_type == "f":
        return str(getattr(formula.value, "text", formula.value))
    return "" if cell.value is None else workbooks.text(cell).strip()
