"""Arrow rows held to the contract of their table: each distinct value is judged once."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cspnb.errors import StoreError
from cspnb.schemas import Table
from cspnb.store.contract import arrow_schema, checked_values, column_types, columns_differ


class Distinct:
    """What a table's columns hold, gathered over any number of rows, and judged at the end.

    Every check of a contract is of single values, so that what holds for each distinct value
    holds for each row. Columns, types and missing values are judged as the rows come.
    """

    def __init__(self, table: Table):
        self.table = table
        self._schema = arrow_schema(table)
        self._columns = table.schema.columns
        self._kinds = column_types(table)
        self._seen = {name: set() for name, column in self._columns.items() if column.checks}

    def add(self, rows: pa.Table) -> None:
        """Take in rows; StoreError where their columns, types or gaps break the contract."""
        if rows.column_names != self._schema.names:
            raise self._broken(columns_differ(self.table, rows.column_names))
        for name in rows.column_names:
            self._require_type(name, rows[name])
            self._require_whole(name, rows[name])
        for name, seen in self._seen.items():
            seen.update(pc.unique(rows[name]).to_pylist())

    def judge(self) -> None:
        """Raise StoreError for the first value that breaks the contract."""
        for name, seen in self._seen.items():
            values = pd.Series(sorted(seen - {None}), dtype=self._kinds[name])
            checked_values(self.table, name, values)

    def _require_type(self, name: str, values: pa.ChunkedArray) -> None:
        kind = values.type.value_type if pa.types.is_dictionary(values.type) else values.type
        if kind != self._schema.field(name).type:
            wanted = self._kinds[name]
            raise self._broken(f"column '{name}' holds {kind}: it should be {wanted}")

    def _require_whole(self, name: str, values: pa.ChunkedArray) -> None:
        if self._columns[name].nullable:
            return
        no_number = pa.types.is_floating(values.type) and pc.any(pc.is_nan(values)).as_py()
        if values.null_count or no_number:
            raise self._broken(f"column '{name}' holds missing: not_nullable")

    def _broken(self, what: str) -> StoreError:
        return StoreError(what, where=f"table {self.table.name}")
