"""The bytes of a CSV file as a table of text, or the place where they are no such thing."""

import csv
import hashlib

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from cspnb.errors import IngestError
from cspnb.ingest.police_layouts import Layout, layout_of

_BOM = b"\xef\xbb\xbf"


def text_rows(data: bytes, table: str, where: str) -> tuple[Layout, pd.DataFrame]:
    """The file's layout, and its rows as text under its own header; an empty field is null.

    UTF-8 with or without a byte order mark, lines ended by LF or CRLF. Raises IngestError for
    an empty file, another encoding, another header, or a row of another number of columns.
    """
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise IngestError("is empty", where=where, remedy=_REFETCH)
    _require_utf8(body, where)
    first = body.partition(b"\n")[0].decode("utf-8").rstrip("\r")
    layout = layout_of(next(csv.reader([first]), []), table, where)
    rows = _parsed(body, layout, where).to_pandas()
    if rows.empty:
        raise IngestError("has a header and no rows", where=where, remedy=_REFETCH)
    return layout, rows


def sha256_of(data: bytes) -> str:
    """The hash of the file as it is, byte for byte."""
    return hashlib.sha256(data).hexdigest()


def rows_digest_of(data: bytes) -> str:
    """A hash that is the same for the same rows in any order, however their lines end."""
    lines = data.removeprefix(_BOM).replace(b"\r\n", b"\n").split(b"\n")[1:]
    return hashlib.sha256(b"\n".join(sorted(line for line in lines if line))).hexdigest()


def _parsed(body: bytes, layout: Layout, where: str) -> pa.Table:
    wrong = []

    def remember(row):
        wrong.append(row)
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(body),
            pyarrow.csv.ReadOptions(
                use_threads=False,
                column_names=layout.header,
                skip_rows=1,
                block_size=len(body) + 1,
            ),
            pyarrow.csv.ParseOptions(invalid_row_handler=remember),
            pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(layout.header, pa.string()),
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        raise IngestError(f"cannot be read as CSV: {error}", where=where) from error
    if wrong:
        raise IngestError(
            f"row {wrong[0].number} has {wrong[0].actual_columns} columns where "
            f"{wrong[0].expected_columns} belong: {wrong[0].text[:60]}",
            where=where,
            remedy=_REFETCH,
        )
    return table


def _require_utf8(body: bytes, where: str) -> None:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise IngestError(
            f"is not UTF-8: byte {error.start + 1}, on line {line}, is 0x{body[error.start]:02x}",
            where=where,
            remedy="Fetch the original; or save it as 'CSV UTF-8' if a spreadsheet changed it.",
        ) from error


_REFETCH = "Fetch the file again; data.police.uk publishes none like it."
