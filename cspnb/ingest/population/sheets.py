"""The sheets of a file that hold counts, below their titles, one year after another."""

import re
from collections.abc import Iterator
from pathlib import Path

from cspnb.ingest import csv_text
from cspnb.ingest.sheet_choice import fitting
from cspnb.ingest.sheets import Sheet, read

_TITLES = (r"Mid-(\d{4}) Persons", r"Mid-(\d{4}) LSOA \d{4}", r"MYEB1.*")
_HEADER = r"LSOA Code|LSOA \d{4} Code|ladcode\d\d"
"""A cell of the row of column names, in the layouts that have titles above it."""


def opened(path: Path) -> Iterator[tuple[Sheet, int | None]]:
    """Each sheet of counts in a file, and the year in the title of a workbook's sheet.

    A workbook of the ONS has a sheet a year, among notes; any other file is one sheet.
    """
    path = Path(path)
    titles = [title for pattern in _TITLES for title in fitting(path, pattern)]
    for title in titles:
        year = re.search(r"Mid-(\d{4})", title, re.IGNORECASE)
        sheet = read(path, sheet=re.escape(title), header=_HEADER)
        yield sheet, int(year[1]) if year else None
    if not titles:
        yield read(path, header=_HEADER if _has_titles(path) else None), None


def _has_titles(path):
    """Whether a row of a CSV file has the names of a layout that is published with titles."""
    if not path.is_file() or path.suffix.casefold() not in (".csv", ".gz"):
        return False
    records = csv_text.cells(path.read_bytes(), path.name)
    wanted = re.compile(_HEADER, re.IGNORECASE)
    return any(wanted.fullmatch(cell.strip()) for _, cells in records[:20] for cell in cells)
