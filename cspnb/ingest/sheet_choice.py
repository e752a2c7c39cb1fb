"""Which sheets of a published workbook hold the figures, among its notes and contents."""

import re
import zipfile
import zlib
from pathlib import Path

_NOT_A_WORKBOOK = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, SyntaxError)


def fitting(path: Path, pattern: str) -> list[str]:
    """The titles of a workbook's sheets that a pattern fits, whole, whatever their case.

    None of them for a workbook without such a sheet, for a CSV file, and for a file that cannot
    be opened: reading it says what is wrong.
    """
    if not path.is_file() or not zipfile.is_zipfile(path):
        return []
    import openpyxl

    try:
        with path.open("rb") as file:
            titles = openpyxl.load_workbook(file, read_only=True).sheetnames
    except _NOT_A_WORKBOOK:
        return []
    return [title for title in titles if re.fullmatch(pattern, title, re.IGNORECASE)]
