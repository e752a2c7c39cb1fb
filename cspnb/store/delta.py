"""Delta Lake tables at an address: opened, appended to as a stream, replaced in one commit."""

from collections.abc import Iterable, Iterator

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from cspnb.errors import StoreError
from cspnb.schemas import Table
from cspnb.store.contract import arrow_schema

FOR_EVER = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
"""An edition names table versions, so none may be tidied away behind its back."""


class OvertakenError(Exception):
    """Somebody else committed first: look again, then try again."""


def address_of(address: str, name: str) -> str:
    """Where a table is, under a folder or an object store's URL."""
    return f"{address.rstrip('/')}/{name}"


def opened(address: str, version: int | None = None) -> DeltaTable | None:
    """The table as it is, or as it was at a version; None where there is none."""
    try:
        return DeltaTable(address, version=version)
    except TableNotFoundError:
        return None
    except (DeltaError, OSError) as error:
        held = "" if version is None else f" at version {version}"
        raise StoreError(
            f"the table cannot be opened{held}: {_first_line(error)}",
            where=address,
            remedy="Check the address and the right to read it; or restore it from a copy.",
        ) from error


def rows_of(opened_table: DeltaTable, table: Table) -> pd.DataFrame:
    """Every row, in the contract's columns."""
    return opened_table.to_pyarrow_table(columns=list(table.columns)).to_pandas()


def append(address: str, table: Table, frames: Iterable[pd.DataFrame]) -> None:
    """Add the frames in one commit, one frame in memory at a time.

    What the iterable raises comes out as itself; then nothing has been committed.
    """
    schema = arrow_schema(table)
    batches = _Batches(frames, schema)
    DeltaTable.create(
        address,
        schema=schema,
        mode="ignore",
        partition_by=list(table.partition_by),
        configuration=FOR_EVER,
    )
    reader = pa.RecordBatchReader.from_batches(schema, iter(batches))
    try:
        write_deltalake(address, reader, mode="append")
    except (DeltaError, OSError, ValueError) as error:
        if batches.failure is not None:
            raise batches.failure from None
        raise StoreError(f"cannot be written: {_first_line(error)}", where=address) from error


def replace(address: str, table: Table, frame: pd.DataFrame, *, seen: DeltaTable | None) -> None:
    """Put the frame in place of all that was `seen`, in one commit, its rows in their order.

    Raises OvertakenError, having changed nothing, where another commit came in between.
    """
    rows = pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)
    rows = rows.combine_chunks()  # several chunks are written side by side, in any order
    try:
        if seen is None:
            write_deltalake(address, rows, mode="error", configuration=FOR_EVER)
        else:
            write_deltalake(seen, rows, mode="overwrite")
    except CommitFailedError as error:
        raise OvertakenError from error
    except (DeltaError, OSError) as error:
        if seen is None and opened(address) is not None:
            raise OvertakenError from error
        raise StoreError(f"cannot be written: {_first_line(error)}", where=address) from error


class _Batches:
    """Frames as Arrow batches; remembers what they raised, which Arrow turns into its own."""

    def __init__(self, frames: Iterable[pd.DataFrame], schema: pa.Schema):
        self.frames = frames
        self.schema = schema
        self.failure: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            for frame in self.frames:
                yield from pa.Table.from_pandas(
                    frame, schema=self.schema, preserve_index=False
                ).to_batches()
        except BaseException as failure:
            self.failure = failure
            raise


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
