"""Rows of a table as Parquet files beside its others: nobody sees them until they are committed."""

import json
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.fs
import pyarrow.parquet as pq
from deltalake.fs import DeltaStorageHandler
from deltalake.transaction import AddAction

from cspnb.errors import StoreError
from cspnb.schemas import CELLS, Table

ROWS_TOGETHER = 100_000
"""Rows in one group of a file: few enough to hold many files' worth, enough to pack well."""

_UNIQUE = {"crime_id"}
"""Columns whose values hardly repeat, so that a dictionary of them only costs time."""


_IN_GROUP = {CELLS.name: 16_384}
"""Fewer, where readers pick a few rows in a row: a group is the least that is read."""


class Parts:
    """The files that one batch adds to one table, a file a run of rows of one partition.

    Rows of a partition that come one after another go into one file, and only one is open at a
    time: memory does not grow with the number of rows. `actions` is what a commit needs to know.
    """

    def __init__(self, address: str, table: Table):
        self.address = address
        self.table = table
        self.actions: list[AddAction] = []
        self._files = _files_at(address)
        self._open: _Part | None = None

    def write(self, rows: pa.Table) -> None:
        """Add rows, in the contract's columns; text may be dictionary encoded."""
        in_group = _IN_GROUP.get(self.table.name, ROWS_TOGETHER)
        for values, part in _by_partition(rows, self.table.partition_by):
            if self._open is None or self._open.values != values:
                self.close()
                self._open = _Part(self._files, values, in_group)
            with _writing_to(self.address):
                self._open.write(part)

    def close(self) -> None:
        """Finish the file that is open."""
        if self._open is not None:
            finished, self._open = self._open, None
            with _writing_to(self.address):
                self.actions.append(finished.close())

    def discard(self) -> None:
        """Remove every file written: nothing names them."""
        try:
            self.close()
        finally:
            for action in self.actions:
                self._files.delete_file(action.path)
            self.actions.clear()


class _Part:
    """One Parquet file, written in groups of rows."""

    def __init__(self, files: pa.fs.FileSystem, values: dict, in_group: int):
        self.values = values
        self._in_group = in_group
        self._files = files
        self._path = f"{uuid.uuid4().hex}.parquet"
        self._waiting: list[pa.Table] = []
        self._writer: pq.ParquetWriter | None = None
        self._about: list[pq.FileMetaData] = []

    def write(self, rows: pa.Table) -> None:
        self._waiting.append(rows)
        if sum(map(len, self._waiting)) >= ROWS_TOGETHER:
            self._flush()

    def close(self) -> AddAction:
        self._flush()
        self._writer.close()
        about = self._files.get_file_info(self._path)
        return AddAction(
            path=self._path,
            size=about.size,
            partition_values=self.values,
            modification_time=about.mtime_ns // 1_000_000,
            data_change=True,
            stats=json.dumps(_statistics(self._about[0])),
        )

    def _flush(self) -> None:
        if not self._waiting:
            return
        rows = pa.concat_tables(self._waiting).combine_chunks()
        self._waiting = []
        if self._writer is None:
            self._writer = self._opened(rows.schema)
        self._writer.write_table(rows, row_group_size=self._in_group)

    def _opened(self, schema: pa.Schema) -> pq.ParquetWriter:
        return pq.ParquetWriter(
            self._path,
            schema,
            filesystem=self._files,
            store_schema=False,  # text, whatever it is encoded as in memory
            use_dictionary=[name for name in schema.names if name not in _UNIQUE],
            metadata_collector=self._about,
        )


@contextmanager
def _writing_to(address: str):
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"cannot be written: {error}", where=address) from error


def _files_at(address: str) -> pa.fs.FileSystem:
    if "://" in address:
        return pa.fs.PyFileSystem(DeltaStorageHandler(address))
    local = pa.fs.LocalFileSystem()
    with _writing_to(address):
        local.create_dir(address, recursive=True)
    return pa.fs.SubTreeFileSystem(address, local)


def _by_partition(rows: pa.Table, columns) -> Iterator[tuple[dict[str, str], pa.Table]]:
    """The rows of each partition, without the columns it is known by."""
    if not columns:
        yield {}, rows
        return
    [column] = columns
    values = pc.unique(rows[column]).to_pylist()
    for value in values:
        own = rows if len(values) == 1 else rows.filter(pc.equal(rows[column], value))
        yield {column: value}, own.drop_columns([column])


def _statistics(about: pq.FileMetaData) -> dict:
    """What lets a reader leave the file unopened: least, greatest and missing of every column.

    All columns must be told of: a reader takes a column that is left out for an empty one.
    """
    least, greatest, nulls = {}, {}, {}
    groups = [about.row_group(group) for group in range(about.num_row_groups)]
    for index in range(about.num_columns):
        name = about.schema.column(index).path
        told = [group.column(index).statistics for group in groups]
        nulls[name] = sum(one.null_count for one in told)
        bounds = [bound for one in told if one.num_values for bound in _bounds(one)]
        if bounds and not isinstance(bounds[0], bytes):
            least[name], greatest[name] = min(bounds), max(bounds)
    return {
        "numRecords": about.num_rows,
        "minValues": least,
        "maxValues": greatest,
        "nullCount": nulls,
    }


def _bounds(told: pq.Statistics) -> tuple:
    """Between any two texts, where a text is so long that Parquet leaves it out."""
    if told.has_min_max:
        return told.min, told.max
    return ("", chr(sys.maxunicode)) if told.physical_type == "BYTE_ARRAY" else ()
