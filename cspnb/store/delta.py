"""Delta Lake tables at an address: opened, added to and replaced, each in one commit."""

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction

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


def state_of(opened_table: DeltaTable) -> tuple[str, int]:
    """The table's own name and its version: another table at the same address has another."""
    return str(opened_table.metadata().id), opened_table.version()


def rows_of(opened_table: DeltaTable, table: Table) -> pd.DataFrame:
    """Every row, in the contract's columns."""
    return opened_table.to_pyarrow_table(columns=list(table.columns)).to_pandas()


def add(address: str, table: Table, actions: list[AddAction]) -> None:
    """Add files that are there already to the table, in one commit; it is made if need be."""
    schema, partition_by = arrow_schema(table), list(table.partition_by)
    try:
        DeltaTable.create(
            address,
            schema=schema,
            mode="ignore",
            partition_by=partition_by,
            configuration=FOR_EVER,
        )
        DeltaTable(address).create_write_transaction(actions, "append", schema, partition_by)
    except (DeltaError, OSError, ValueError) as error:
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


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
