"""The rows of a Home Office file gathered into frames of text, column by column."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.home_office import files
from cspnb.ingest.home_office.columns import (
    ROWS_OF_TITLES,
    Layout,
    is_heading,
    layout_of,
    no_heading,
)

BATCH_ROWS = 10_000
MOST_NOTES = 10_000


@dataclass(frozen=True)
class Part:
    """Some rows of one sheet, as text: our names of columns, indexed by line.

    A blank cell is an empty text.
    """

    file: str
    sheet: str
    layout: Layout
    texts: pd.DataFrame

    def where(self, line: int | None = None, column: str | None = None) -> str:
        """'prc-csp.ods, sheet 2020_21, row 5, column 'Offence Count''."""
        parts = [self.file]
        parts += [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"{files.unit(self.sheet)} {line}"] if line is not None else []
        parts += [f"column '{self.layout.written[column]}'"] if column else []
        return ", ".join(parts)

    def refuse(self, wrong: pd.Series, column: str, why: str, remedy: str) -> None:
        """Raise IngestError at the first row marked `wrong`, saying how many more there are."""
        lines = wrong.index[wrong]
        if lines.empty:
            return
        value = self.texts.at[lines[0], column]
        cell = f"'{value[:100]}'" if value else "a blank cell"
        more = f" (and {len(lines) - 1:,} more like it)" if len(lines) > 1 else ""
        raise IngestError(
            f"{cell} {why}{more}",
            where=self.where(lines[0], column),
            remedy=remedy,
        )


@dataclass
class Reading:
    """A file being read: its parts as they come, and then what else was in it.

    notes: rows of its sheet of notes, filled while `parts` runs.
    """

    path: Path
    notes: list[tuple[int, list[str]]] = field(default_factory=list)

    def parts(self) -> Iterator[Part]:
        """The figures, some thousands of rows at a time; IngestError for a file without any."""
        found = False
        rows = files.rows(self.path)
        for title, group in itertools.groupby(rows, key=lambda row: row[0]):
            if files.is_notes(title):
                self.notes += [(number, cells) for _, number, cells in self._few(group)]
                continue
            for part in self._parts_of(title, group):
                found = True
                yield part
        if not found:
            raise IngestError(
                "the file is empty, or has column names and no rows",
                where=self.path.name,
                remedy="Check that it was downloaded or saved whole.",
            )

    def _parts_of(self, title, group):
        layout = self._heading(title, group)
        while rows := list(itertools.islice(group, BATCH_ROWS)):
            cells = [self._fitting(row, layout) for row in rows]
            texts = pd.DataFrame(
                [[row[place] for place in layout.places.values()] for row in cells],
                columns=list(layout.places),
                index=pd.Index([number for _, number, _ in rows], name="line"),
                dtype="str",
            )
            yield Part(self.path.name, title, layout, texts)

    def _few(self, group):
        """Notes are held in memory, so there may not be a million."""
        notes = list(itertools.islice(group, MOST_NOTES + 1))
        if len(notes) > MOST_NOTES:
            raise IngestError(
                f"more than {MOST_NOTES:,} rows of notes: no genuine file has so many",
                where=self.path.name,
                remedy="Check where it came from, and download it again from its publisher.",
            )
        return notes

    def _heading(self, title, group):
        for _, number, cells in itertools.islice(group, ROWS_OF_TITLES):
            if is_heading(cells):
                return layout_of(cells, self._where(title, number))
        raise no_heading(f"{self.path.name}, sheet {title}" if title else self.path.name)

    def _fitting(self, row, layout):
        """The cells, as many as there are columns: a workbook leaves blank ones at the end out."""
        title, number, cells = row
        if any(beyond := [cell for cell in cells[layout.width :] if cell.strip()]):
            raise IngestError(
                f"'{beyond[0][:100]}' stands in a column without a name",
                where=self._where(title, number),
                remedy="Name the column, or quote a value that has a comma in it.",
            )
        if len(cells) < layout.width and not title:
            raise IngestError(
                f"the row has {len(cells)} cells of {layout.width}",
                where=self._where(title, number),
                remedy="Check that the file was downloaded or saved whole.",
            )
        return cells + [""] * (layout.width - len(cells))

    def _where(self, title, number):
        sheet = f"sheet {title}, " if title else ""
        return f"{self.path.name}, {sheet}{files.unit(title)} {number}"
