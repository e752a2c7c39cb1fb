"""Frames held to the contract of their table, on the way in and on the way out."""

from collections.abc import Collection

import pandas as pd
import pyarrow as pa
from pandera.errors import SchemaError, SchemaErrors

from cspnb.errors import StoreError
from cspnb.schemas import TABLES, Table

_ARROW = {
    "str": pa.string(),
    "float64": pa.float64(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "object": pa.binary(),
}


def table_named(name: str) -> Table:
    """The contract of a table; StoreError where there is none of that name."""
    if name not in TABLES:
        raise StoreError(
            f"there is no table '{name}'", remedy=f"The tables are {', '.join(TABLES)}."
        )
    return TABLES[name]


def column_types(table: Table) -> dict[str, str]:
    """The pandas type of each column: 'str', 'float64', 'int64' or 'bool'."""
    return {
        column: "str" if str(dtype).startswith("str") else str(dtype)
        for column, dtype in table.schema.dtypes.items()
    }


def arrow_schema(table: Table) -> pa.Schema:
    """The types in which a table is stored. Nulls are the contract's business, not the file's."""
    return pa.schema([(name, _ARROW[kind]) for name, kind in column_types(table).items()])


def arrow_of(table: Table, frame: pd.DataFrame) -> pa.Table:
    """A frame that keeps the contract, in the types in which it is stored."""
    return pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)


def frame_of(table: Table, records: list[dict]) -> pd.DataFrame:
    """Records as a frame in the table's own columns and types; a key left out is missing."""
    known = list(table.columns)
    if unknown := sorted({key for record in records for key in record} - set(known)):
        raise StoreError(f"table '{table.name}' has no column '{unknown[0]}'")
    frame = pd.DataFrame.from_records(records, columns=known)
    whole = frame.notna().all()
    types = {c: t for c, t in column_types(table).items() if t in ("str", "float64") or whole[c]}
    return frame.astype(types)


def checked(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, or StoreError naming the table, the column and the first value that breaks it."""
    if list(frame.columns) != list(table.columns):
        raise StoreError(columns_differ(table, frame.columns), where=f"table {table.name}")
    return _validated(table, table.schema, frame)


def checked_values(table: Table, column: str, values: pd.Series) -> pd.Series:
    """The values of one column, or StoreError naming the table, the column and the first wrong."""
    return _validated(table, table.schema.columns[column], values.to_frame(column))[column]


def columns_differ(table: Table, found: Collection[str]) -> str:
    """How columns found differ from those of the contract, where they do."""
    if absent := [c for c in table.columns if c not in found]:
        return f"column '{absent[0]}' is missing"
    if strange := [c for c in found if c not in table.columns]:
        return f"column '{strange[0]}' is not in the contract"
    return f"columns are out of order; the contract has {', '.join(table.columns)}"


def _validated(table: Table, contract, frame: pd.DataFrame) -> pd.DataFrame:
    try:
        return contract.validate(frame)
    except SchemaErrors as errors:
        failure = errors.schema_errors[0]
    except SchemaError as error:
        failure = error
    raise StoreError(_broken(failure), where=f"table {table.name}")


def _broken(failure: SchemaError) -> str:
    column, rule = failure.schema.name, str(failure.check)
    if rule.startswith("dtype"):
        rule = f"it should be {failure.schema.dtype}"
    cases = failure.failure_cases
    if not isinstance(cases, pd.DataFrame):
        return f"column '{column}' is {cases}: {rule}"
    value = cases["failure_case"].iloc[0]
    value = "missing" if pd.isna(value) else repr(value)
    return f"column '{column}' holds {value}: {rule}"
