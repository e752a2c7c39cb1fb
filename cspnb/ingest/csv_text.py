"""The records of a CSV file, gzipped or not, as text."""

import csv
import gzip
import io
import zlib

from cspnb.errors import IngestError


def cells(content: bytes, name: str) -> list[tuple[int, list[str]]]:
    """(line number, texts) of each record; a record's line is the one it starts on.

    A byte order mark and any line ends are read over. Raises IngestError for a gzip file cut
    short, text that is not UTF-8, and quotation marks that do not pair.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _unzipped(content, name)
    return _parsed(_decoded(content, name), name)


def _unzipped(content, name):
    try:
        return gzip.decompress(content)
    except (EOFError, OSError, zlib.error) as error:
        raise IngestError(
            f"the gzip file is cut short or damaged ({error})",
            where=name,
            remedy="Download or copy the file again.",
        ) from error


def _decoded(content, name):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise IngestError(
            f"byte {content[error.start]:#04x} is not UTF-8 text",
            where=f"{name}, line {line}",
            remedy="Save the file again as 'CSV UTF-8', or as a workbook (.xlsx).",
        ) from error


def _parsed(text, name):
    """(line, cells) of each record; a record's line is the one it starts on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, records = 1, []
    try:
        for cells in reader:
            records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise IngestError(
            f"the line is not CSV ({error})",
            where=f"{name}, line {line}",
            remedy="Look for a quotation mark that is never closed, or a file cut short.",
        ) from error
    return records
