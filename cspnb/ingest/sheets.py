"""Files of rows and columns read as text: CSV, gzipped CSV and XLSX, told apart by their bytes.

Nothing is guessed and nothing is converted here but cells to text: a date that a spreadsheet made
of `2014-03` arrives as the date it has become, for the door to refuse.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import csv_text, workbooks

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
MOST = 1_000_000_000
"""No count in these sources comes near it: the whole country has some 60 million residents."""

_WITHHELD = r"(?i)\[\w+\]|[cxzu*:~-]|–|\.\.|n/?a"


@dataclass(frozen=True)
class Sheet:
    """A file as text: one row a row that holds anything, one column a named column.

    `frame` is indexed by the line a row stands on, cells are stripped of surrounding blanks, and
    a blank cell is null. `unit` is what a line is called there: 'line', or 'row' of a workbook.
    """

    name: str
    sha256: str
    frame: pd.DataFrame
    unit: str = "line"

    def where(self, line: int | None = None, column: str | None = None) -> str:
        """'population.csv, line 5, column 'year''."""
        parts = [self.name]
        parts += [f"{self.unit} {line}"] if line is not None else []
        parts += [f"column '{column}'"] if column else []
        return ", ".join(parts)

    def shown(self, cell: str) -> str:
        """A cell as an error tells it: whole, unless the file is of records about people."""
        return f"'{cell}'"

    def refuse(self, wrong: pd.Series, column: str, why: str, remedy: str = "") -> None:
        """Raise IngestError at the first row marked `wrong`, saying how many more there are."""
        lines = wrong.index[wrong]
        if lines.empty:
            return
        value = self.frame.at[lines[0], column]
        cell = "a blank cell" if pd.isna(value) else self.shown(value)
        more = f" (and {len(lines) - 1:,} more like it)" if len(lines) > 1 else ""
        raise IngestError(f"{cell} {why}{more}", where=self.where(lines[0], column), remedy=remedy)

    def numbers(self, column: str) -> pd.Series:
        """A column as floats, '1,632' being 1632. IngestError for a cell that is no number."""
        text = self.frame[column]
        self.refuse(text.isna(), column, "stands where a number should", "Fill it, or drop the row")
        self.refuse(
            text.str.fullmatch(_WITHHELD),
            column,
            "marks a figure withheld or not available; it is not a number, and not zero",
            "Leave the row out: a report then shows the figure as missing.",
        )
        self.refuse(
            ~text.str.fullmatch(_NUMBER),
            column,
            "is not a plain number",
            "Write digits only, in the measure's own unit: 88, not 88%. In a workbook, give the "
            "column the format Number.",
        )
        return text.str.replace(",", "").astype(float)

    def whole_numbers(self, column: str, *, at_least: int = 0) -> pd.Series:
        """A column as whole numbers. IngestError for a fraction, or one no count could be."""
        counts = self.numbers(column)
        self.refuse(counts % 1 != 0, column, "is not a whole number")
        self.refuse(counts < at_least, column, f"is below {at_least:,}")
        self.refuse(counts > MOST, column, "is larger than any count here can be")
        return counts.astype("int64")

    def settle(self, rows: pd.DataFrame, key: list[str], answer: list[str], verb: str):
        """Rows with each key once; IngestError, with both lines, where a key has two answers.

        rows: indexed by line. `verb` joins key and answer in the message: 'belongs to'.
        """
        distinct = rows.drop_duplicates([*key, *answer])
        again = distinct[distinct.duplicated(key)]
        if again.empty:
            return distinct
        second = again.iloc[0]
        alike = distinct[key].eq(second[key]) | (distinct[key].isna() & second[key].isna())
        first = distinct[alike.all(axis="columns")].iloc[0]
        said = " and ".join(
            f"{_words(row[answer])} on {self.unit} {row.name}" for row in (first, second)
        )
        raise IngestError(
            f"{_words(second[key])} {verb} {said}",
            where=self.where(second.name),
            remedy="Find out which is right, and take the other out of the file.",
        )


def read(path: Path, *, sheet: str | None = None, header: str | None = None) -> Sheet:
    """The rows of a CSV, .csv.gz or XLSX file, as text.

    sheet: which sheet of a workbook, as a pattern its whole name fits; without it the one that is
    filled. header: a pattern that one cell of the row of column names fits, whole; rows above it
    are titles and are passed over. Both patterns pass over upper and lower case. Raises
    IngestError for a file that is absent, empty, damaged, cut short, not UTF-8, or not a table:
    unequal rows, repeated column names, values under no name, no such sheet or row.
    """
    path = Path(path)
    if path.is_dir():
        raise IngestError("this is a folder", where=str(path), remedy="Name the files in it.")
    if not path.is_file():
        raise IngestError("there is no such file", where=str(path), remedy="Check the path.")
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        records = workbooks.cells(content, path.name, sheet)
        return Sheet(path.name, sha256, _framed(records, path.name, header), "row")
    records = csv_text.cells(content, path.name)
    return Sheet(path.name, sha256, _framed(records, path.name, header))


def read_text(content: bytes, name: str, *, header: str | None = None) -> Sheet:
    """The rows of a CSV file that is in memory, a member of an archive; `name` is for messages."""
    sha256 = hashlib.sha256(content).hexdigest()
    return Sheet(name, sha256, _framed(csv_text.cells(content, name), name, header))


def _words(values):
    known = values.dropna()
    return " ".join(f"{v:,.12g}" if isinstance(v, float) else str(v) for v in known)


def _framed(records, name, header):
    """Records as a frame, the first that is not blank being the names, or the one of `header`."""
    stripped = [(line, [cell.strip() or None for cell in cells]) for line, cells in records]
    filled = [(line, cells) for line, cells in stripped if any(cells)]
    filled = filled if header is None else filled[_row_of_names(filled, header, name) :]
    if len(filled) < 2:
        raise IngestError(
            "the file has a line of column names and no rows" if filled else "the file is empty",
            where=name,
            remedy="Check that the file was downloaded or saved whole.",
        )
    names = _names(filled[0][1], name)
    for line, cells in filled[1:]:
        _check_width(line, cells, names, name)
    kept = [place for place, cell in enumerate(names) if cell]
    rows = [[cells[place] for place in kept] for _, cells in filled[1:]]
    lines = pd.Index([line for line, _ in filled[1:]], name="line")
    return pd.DataFrame(rows, index=lines, columns=[names[place] for place in kept], dtype="str")


def _row_of_names(filled, header, name):
    wanted = re.compile(header, re.IGNORECASE)
    for place, (_, cells) in enumerate(filled):
        if any(cell and wanted.fullmatch(cell) for cell in cells):
            return place
    raise IngestError(
        f"no row of column names was found: none has a cell that reads '{header}'",
        where=name,
        remedy="Check that this is the file the source's page describes.",
    )


def _names(cells, name):
    while cells[-1] is None:
        cells = cells[:-1]
    named = [cell for cell in cells if cell]
    if repeated := sorted({cell for cell in named if named.count(cell) > 1}):
        raise IngestError(f"two columns are called '{repeated[0]}'", where=name)
    if len(named) == 1 and any(mark in named[0] for mark in ";\t"):
        raise IngestError(
            "the columns are not separated by commas",
            where=name,
            remedy="Save the file as 'CSV UTF-8 (comma delimited)'.",
        )
    return cells


def _check_width(line, cells, names, name):
    if len(cells) < len(names):
        raise IngestError(
            f"the row has {len(cells)} cells of {len(names)}",
            where=f"{name}, line {line}",
            remedy="Check that the file was downloaded or saved whole.",
        )
    unnamed = [p for p, cell in enumerate(cells) if cell and (p >= len(names) or not names[p])]
    if unnamed:
        raise IngestError(
            f"cell {unnamed[0] + 1} stands in a column without a name",
            where=f"{name}, line {line}",
            remedy="Name the column, or quote a value that has a comma in it.",
        )
