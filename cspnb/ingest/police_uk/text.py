"""The bytes of a CSV file as a table of text, or the place where they are no such thing."""

import csv
import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cspnb.errors import IngestError
from cspnb.ingest.police_uk.layouts import Layout, layout_of

_BOM = b"\xef\xbb\xbf"

_HARDLY_REPEATED = {"Crime ID", "Longitude", "Latitude", "Easting", "Northing", "Date"}
"""What is kept as plain text; every other column is kept as codes for its distinct values."""


def text_rows(data: bytes, table: str, where: str) -> tuple[Layout, pa.Table]:
    """The file's layout, and its rows as text under its own header; an empty field is null.

    UTF-8 with or without a byte order mark, lines ended by LF or CRLF. Raises IngestError for
    an empty file, another encoding, another header, or a row of another number of columns.
    """
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise IngestError("is empty", where=where, remedy=_REFETCH)
    first = body.partition(b"\n")[0]
    _require_utf8(first, where)
    names = next(csv.reader([first.decode("utf-8").rstrip("\r")]), [])
    layout = layout_of(names, table, where)
    rows = _parsed(body, layout, where)
    if not len(rows):
        raise IngestError("has a header and no rows", where=where, remedy=_REFETCH)
    return layout, rows.combine_chunks()


def sha256_of(data: bytes) -> str:
    """The hash of the file as it is, byte for byte."""
    return hashlib.sha256(data).hexdigest()


def rows_digest_of(data: bytes) -> str:
    """The SHA-256 of the lines in order of their bytes, without the first and the empty ones.

    It is the same for the same rows in any order, however their lines end: carriage returns
    are passed over.
    """
    body = data.removeprefix(_BOM)
    if b"\r" in body:
        body = body.translate(None, b"\r")
    if not body.endswith(b"\n"):
        body += b"\n"
    ends = np.flatnonzero(np.frombuffer(body, dtype=np.uint8) == ord("\n")) + 1
    offsets = pa.py_buffer(ends.astype(np.int64))
    lines = pa.Array.from_buffers(
        pa.large_binary(), len(ends) - 1, [None, offsets, pa.py_buffer(body)]
    )
    if (np.diff(ends) == 1).any():
        lines = lines.filter(pc.greater(pc.binary_length(lines), 1))
    in_order = lines.take(pc.array_sort_indices(lines))
    text = memoryview(in_order.buffers()[2] or b"")
    return hashlib.sha256(text[:-1]).hexdigest()


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
                column_types={name: _type_of(name) for name in layout.header},
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
    except pa.ArrowInvalid as error:
        _require_utf8(body, where)
        raise IngestError(f"cannot be read as CSV: {error}", where=where) from error
    if wrong:
        _require_utf8(body, where)
        raise IngestError(
            f"row {wrong[0].number} has {wrong[0].actual_columns} columns where "
            f"{wrong[0].expected_columns} belong: {wrong[0].text[:60]}",
            where=where,
            remedy=_REFETCH,
        )
    return table


def _type_of(column: str) -> pa.DataType:
    if column in _HARDLY_REPEATED:
        return pa.string()
    return pa.dictionary(pa.int32(), pa.string())


def _require_utf8(body: bytes, where: str) -> None:
    """Arrow has found out whether it is; this says where it is not."""
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
