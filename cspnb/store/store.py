"""Tables at one address, and the rule of who may be seen: rows whose source is named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cspnb.errors import StoreError
from cspnb.schemas import CELLS, OFFENCES, POINTS, SOURCES, TABLES, TALLIES, Table
from cspnb.store import delta
from cspnb.store.batch import Batch
from cspnb.store.cells import COLUMNS_OF_POINTS, COUNTED_BY, Near, count_cells, count_points
from cspnb.store.contract import arrow_schema, frame_of, table_named


class Store:
    """The tables of `cspnb.schemas` under a folder or an object store's address.

    With `versions`, as `versions()` gave them, the tables are read as they were then: a table
    not among them did not exist, and nothing can be written.
    """

    def __init__(self, address: str, versions: Mapping[str, int] | None = None):
        self.address = str(address)
        self._pinned = None if versions is None else dict(versions)
        self._sources: tuple[tuple, pd.DataFrame] | None = None
        for name in self._pinned or ():
            table_named(name)

    def exists(self) -> bool:
        """Whether anything has ever been taken in."""
        return self._opened(SOURCES) is not None

    def sources(self) -> pd.DataFrame:
        """Every source taken in, as the SOURCES table, in the order they were named."""
        table = self._opened(SOURCES)
        if table is None:
            return frame_of(SOURCES, [])
        state = delta.state_of(table)
        if self._sources is None or self._sources[0] != state:
            self._sources = state, delta.rows_of(table, SOURCES)
        return self._sources[1].copy()

    def is_sample(self) -> bool | None:
        """Whether the data is invented; None for an empty store."""
        kinds = set(self.sources()["is_sample"])
        return kinds.pop() if kinds else None

    def versions(self) -> dict[str, int]:
        """The version of each table there is: what an edition records, to be made again."""
        last_written_first = sorted(TABLES.values(), key=lambda table: table is not SOURCES)
        opened = {table.name: self._opened(table) for table in last_written_first}
        return {name: opened[name].version() for name in TABLES if opened[name] is not None}

    def state(self) -> tuple:
        """What stays the same for as long as nothing is taken in."""
        table = self._opened(SOURCES)
        pinned = tuple(sorted((self._pinned or {}).items()))
        return self.address, pinned, None if table is None else delta.state_of(table)

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """A batch of rows and their sources; it counts when the block ends well, or not at all."""
        if self._pinned is not None:
            raise StoreError("a store opened at recorded versions is read only", where=self.address)
        batch = Batch(self.address)
        try:
            yield batch
            batch.commit()
        except BaseException:
            batch.discard()
            raise

    def read(
        self,
        table_name: str,
        *,
        columns: Sequence[str] | None = None,
        source_ids: Iterable[str] | None = None,
        where: Mapping[str, Sequence] | None = None,
    ) -> pd.DataFrame:
        """Rows of a table whose source is named, in no set order.

        `columns` picks columns; `source_ids` keeps those sources only; `where` keeps rows whose
        column holds one of the values given. A table that is not there yet is an empty frame.
        """
        table = table_named(table_name)
        columns = list(table.columns if columns is None else columns)
        for column in (*columns, *(where or ())):
            _require_column(table, column)
        if table is SOURCES:
            return _matching(self.sources(), source_ids, where)[columns]
        return self._scan(table, columns, source_ids, where).to_pandas()

    def cells(
        self,
        source_ids: Iterable[str],
        *,
        months: Iterable | None = None,
        near: Near | None = None,
    ) -> pd.DataFrame:
        """Records of the `offences` table counted by source, force, month, crime type and LSOA.

        Columns: source_id, force, month, crime_type, lsoa_code, lsoa_name, count. Missing LSOAs
        are a cell of their own. `months` keeps those months (text, or `Month`); `near` keeps the
        LSOAs it holds, and may keep others.
        """
        where = {} if months is None else {"month": [str(month) for month in months]}
        asked, counted = set(source_ids), self._counted_sources()
        known = self._scan(CELLS, CELLS.columns, asked & counted, where, near)
        rows = self._scan(OFFENCES, COUNTED_BY, asked - counted, where, near)
        return pa.concat_tables([known, count_cells(rows).cast(known.schema)]).to_pandas()

    def tallies(self, source_ids: Iterable[str]) -> pd.DataFrame:
        """Records of the `offences` table counted by source, force, month and crime type.

        Columns: source_id, force, month, crime_type, count.
        """
        asked, counted = set(source_ids), self._counted_sources()
        known = self._scan(TALLIES, TALLIES.columns, asked & counted).to_pandas()
        if asked <= counted:
            return known
        by = [name for name in TALLIES.columns if name != "count"]
        rest = self.cells(asked - counted).groupby(by, as_index=False)["count"].sum()
        return pd.concat([known, rest], ignore_index=True)

    def points(self, source_ids: Iterable[str]) -> pd.DataFrame:
        """Records of the `offences` table that have a point and no LSOA, counted by their points.

        Columns: source_id, force, month, crime_type, longitude, latitude, count.
        """
        asked, counted = set(source_ids), self._counted_sources()
        known = self._scan(POINTS, POINTS.columns, asked & counted)
        rows = self._scan(OFFENCES, COLUMNS_OF_POINTS, asked - counted)
        return pa.concat_tables([known, count_points(rows).cast(known.schema)]).to_pandas()

    def _counted_sources(self) -> set[str]:
        """The sources whose offences were counted when they were taken in."""
        counted = self._scan(TALLIES, ["source_id"])["source_id"]
        return set(pc.unique(counted).to_pylist())

    def _opened(self, table: Table):
        address = delta.address_of(self.address, table.name)
        if self._pinned is None:
            return delta.opened(address)
        if table.name not in self._pinned:
            return None
        opened = delta.opened(address, self._pinned[table.name])
        if opened is None:
            raise StoreError(
                f"version {self._pinned[table.name]} of table '{table.name}' is not here",
                where=self.address,
                remedy="Restore the store the edition was made from, or render it anew.",
            )
        return opened

    def _scan(
        self, table: Table, columns, source_ids=None, where=None, near: Near | None = None
    ) -> pa.Table:
        columns = list(columns)
        named = self.sources()
        vouching = OFFENCES.name if table in (CELLS, TALLIES, POINTS) else table.name
        named = _matching(named[named["table"] == vouching], source_ids, None)
        opened = self._opened(table)
        if opened is None or named.empty:
            return arrow_schema(table).empty_table().select(columns)
        wanted = ds.field("source_id").isin(list(named["source_id"]))
        for column, values in (_origins(table, named) | dict(where or {})).items():
            wanted &= ds.field(column).isin(list(values))
        if near is not None:
            wanted &= near.filter()
        return opened.to_pyarrow_dataset().to_table(columns=columns, filter=wanted)


def _origins(table: Table, named: pd.DataFrame) -> dict[str, list]:
    """The forces of the sources, so that a scan leaves other forces' files unopened."""
    if "force" not in table.columns or named["force"].isna().any():
        return {}
    return {"force": list(named["force"].unique())}


def _matching(rows: pd.DataFrame, source_ids, where) -> pd.DataFrame:
    if source_ids is not None:
        rows = rows[rows["source_id"].isin(list(source_ids))]
    for column, values in (where or {}).items():
        rows = rows[rows[column].isin(list(values))]
    return rows


def _require_column(table: Table, column: str) -> None:
    if column not in table.columns:
        raise StoreError(
            f"table '{table.name}' has no column '{column}'",
            remedy=f"Its columns are {', '.join(table.columns)}.",
        )
