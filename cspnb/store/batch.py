"""One ingest, all or nothing: rows go in first and count for nothing until they are named."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cspnb.errors import StoreError
from cspnb.schemas import OFFENCES, SOURCES, Table
from cspnb.store import delta
from cspnb.store.cells import Cells
from cspnb.store.contract import arrow_of, checked, frame_of, table_named
from cspnb.store.distinct import Distinct
from cspnb.store.parts import Parts

_TRIES = 10


def new_source_id() -> str:
    """A name no other source has or will have, even a second try at the same file."""
    return uuid.uuid4().hex


class Batch:
    """Rows and the sources that name them, between `with store.batch() as batch:` and its end.

    Each source names rows of one table. At the end of the block the sources are written in one
    commit, and only if every appended row is named and every named row was appended. A block
    that raises, or a process that dies, leaves rows that no reader ever sees.
    """

    def __init__(self, address: str):
        self.address = address
        self.batch_id = uuid.uuid4().hex
        self._parts: dict[str, Parts] = {}
        self._appended: Counter[tuple[str, str]] = Counter()
        self._named: list[dict] = []
        self._checked: pd.DataFrame | None = None
        self._known = set(_held(address)[1]["source_id"])

    def append(self, table_name: str, rows: Iterable[pd.DataFrame | pa.Table]) -> None:
        """Stream rows of a table in, held to its contract, a frame or an Arrow table at a time.

        Raises StoreError for rows that break the contract, and whatever `rows` raises.
        """
        table = table_named(table_name)
        seen = Distinct(table)
        cells = Cells() if table is OFFENCES else None
        for some in rows:
            if isinstance(some, pa.Table):
                seen.add(some)
            else:
                some = arrow_of(table, checked(table, some))
            self._write(table, some)
            self._count(table, some)
            for counted in cells.add(some) if cells else ():
                self._write(*counted)
        seen.judge()
        for counted in cells.rest() if cells else ():
            self._write(*counted)

    def name(self, sources: list[dict]) -> None:
        """Name the rows appended: records in SOURCES columns, less `batch_id`, `ingested_at`.

        A nullable column may be left out. `rows_stored` is the number of rows appended. They may
        be named before their rows are appended: they are written at the end all the same. Raises
        StoreError for a source that breaks its contract or would mix sample and real data.
        """
        self._named.extend(sources)
        self._checked = None
        _refuse_mixture(_held(self.address)[1], self._checked_sources(), self.address)

    def commit(self) -> None:
        """Write the sources, last. The end of the `with` block does this."""
        if not self._named and not self._appended:
            return
        named = self._checked_sources()
        self._agree(named)
        self._refuse(_held(self.address)[1], named)
        self._add_rows()
        for _ in range(_TRIES):
            if self._written(named):
                return
        raise StoreError(
            "other ingests kept finishing first", where=self.address, remedy="Run this one again."
        )

    def discard(self) -> None:
        """Remove the rows that no commit has added. A `with` block that raises does this."""
        while self._parts:
            self._parts.popitem()[1].discard()

    def _add_rows(self) -> None:
        for parts in self._parts.values():
            parts.close()
        while self._parts:
            parts = self._parts.popitem()[1]
            delta.add(parts.address, parts.table, parts.actions)

    def _written(self, named: pd.DataFrame) -> bool:
        seen, held = _held(self.address)
        self._refuse(held, named)
        rows = pd.concat([held, named], ignore_index=True)
        try:
            delta.replace(_sources(self.address), SOURCES, rows, seen=seen)
        except delta.OvertakenError:
            return False
        return True

    def _refuse(self, held: pd.DataFrame, named: pd.DataFrame) -> None:
        _refuse_mixture(held, named, self.address)
        _refuse_repeats(held, named)
        _refuse_rivals(held[~held["source_id"].isin(self._known)], named)

    def _write(self, table: Table, rows: pa.Table) -> None:
        if table.name not in self._parts:
            self._parts[table.name] = Parts(delta.address_of(self.address, table.name), table)
        self._parts[table.name].write(rows)

    def _count(self, table: Table, rows: pa.Table) -> None:
        for each in pc.value_counts(rows["source_id"]).to_pylist():
            self._appended[table.name, each["values"]] += each["counts"]

    def _checked_sources(self) -> pd.DataFrame:
        if self._checked is None:
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            stamp = {"batch_id": self.batch_id, "ingested_at": now}
            frame = frame_of(SOURCES, [source | stamp for source in self._named])
            self._checked = checked(SOURCES, frame)
        return self._checked

    def _agree(self, named: pd.DataFrame) -> None:
        keys = zip(named["table"], named["source_id"], strict=True)
        stated = dict(zip(keys, named["rows_stored"], strict=True))
        for table, source_id in self._appended.keys() | stated.keys():
            wrote = self._appended[table, source_id]
            said = stated.get((table, source_id))
            if said != wrote:
                raise StoreError(
                    f"source {source_id} brought {wrote} rows and is said to bring {said}",
                    where=f"table {table}",
                    remedy="Give every table a file fills its own source, with its rows_stored.",
                )


def _sources(address: str) -> str:
    return delta.address_of(address, SOURCES.name)


def _held(address: str):
    seen = delta.opened(_sources(address))
    return seen, frame_of(SOURCES, []) if seen is None else delta.rows_of(seen, SOURCES)


def _refuse_mixture(held: pd.DataFrame, named: pd.DataFrame, address: str) -> None:
    kinds = set(held["is_sample"]) | set(named["is_sample"])
    if len(kinds) > 1:
        kind = "sample" if named["is_sample"].iloc[0] else "real"
        raise StoreError(
            f"{kind} data cannot join what the store holds: sample and real data never mix",
            where=address,
            remedy="Use another store: set CSPNB_STORE to a folder of its own.",
        )


def _refuse_repeats(held: pd.DataFrame, named: pd.DataFrame) -> None:
    ids = pd.concat([held["source_id"], named["source_id"]])
    if ids.duplicated().any():
        raise StoreError(f"source {ids[ids.duplicated()].iloc[0]} is named twice")


def _refuse_rivals(newcomers: pd.DataFrame, named: pd.DataFrame) -> None:
    """Nobody judged this batch against what another ingest named while it ran."""
    if newcomers.empty:
        return
    for key in (["table", "sha256"], ["table", "force", "month"]):
        both = newcomers[key].dropna().merge(named[key].drop_duplicates(), on=key, how="inner")
        if len(both):
            raise StoreError(
                f"another ingest took in {' '.join(both.iloc[0])} while this one ran",
                remedy="Run this one again.",
            )
