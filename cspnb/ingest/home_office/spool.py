"""A file's checked rows, kept on disk until the whole file is judged: a million fit in no hand."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from cspnb.schemas import RECORDED_CRIME
from cspnb.store.contract import arrow_schema

KEY = ["area_level", "area_name", "force_name", "start", "offence_code", "offence"]
"""What is counted once in an edition: an offence in an area in a quarter."""

_BATCH_ROWS = 10_000

_SCHEMA = (
    arrow_schema(RECORDED_CRIME)
    .remove(RECORDED_CRIME.columns.index("source_id"))
    .append(pa.field("sheet", pa.string()))
    .append(pa.field("line", pa.int64()))
    .append(pa.field("key", pa.uint64()))
)


@dataclass
class Spool:
    """Rows of one file on disk, and of each row its key and count in memory.

    dropped: the places, counted from 0, of rows that are not to be stored.
    """

    path: Path
    level: str = ""
    keys: np.ndarray = field(default_factory=lambda: np.empty(0, "uint64"))
    counts: np.ndarray = field(default_factory=lambda: np.empty(0, "int64"))
    starts: set[str] = field(default_factory=set)
    dropped: np.ndarray = field(default_factory=lambda: np.empty(0, "int64"))

    def fill(self, frames: Iterator[tuple[str, pd.DataFrame]]) -> "Spool":
        """Take in (sheet, rows indexed by line), one frame in memory at a time."""
        keys, counts = [], []
        with pq.ParquetWriter(self.path, _SCHEMA, compression="zstd") as writer:
            for sheet, rows in frames:
                hashes = keys_of(rows)
                whole = rows.assign(sheet=sheet, line=rows.index, key=hashes)
                writer.write_table(pa.Table.from_pandas(whole, _SCHEMA, preserve_index=False))
                keys.append(hashes)
                counts.append(rows["count"].to_numpy())
                self.starts |= set(rows["start"])
                self.level = rows["area_level"].iloc[0] if len(rows) else self.level
        self.keys = np.concatenate(keys) if keys else self.keys
        self.counts = np.concatenate(counts) if counts else self.counts
        return self

    def drop(self, places: np.ndarray) -> None:
        """Leave rows out of `frames`, by their places."""
        self.dropped = np.union1d(self.dropped, places)

    def frames(self) -> Iterator[pd.DataFrame]:
        """The rows that are left, in RECORDED_CRIME's columns but for `source_id`."""
        first = 0
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(_BATCH_ROWS):
                rows = batch.to_pandas().drop(columns=["sheet", "line", "key"])
                places = np.arange(first, first + len(rows))
                first += len(rows)
                left = rows[~np.isin(places, self.dropped)]
                if len(left):
                    yield left.reset_index(drop=True)

    def left(self) -> np.ndarray:
        """The places of the rows that are to be stored."""
        return np.setdiff1d(np.arange(len(self.keys)), self.dropped)

    def rows_of(self, keys: np.ndarray) -> pd.DataFrame:
        """Every row of some keys, with `sheet`, `line` and `key`: few, for a message."""
        return pq.read_table(self.path, filters=[("key", "in", list(keys))]).to_pandas()

    def digest(self) -> str:
        """The same for the same rows in any order."""
        left = self.left()
        mixed = pd.util.hash_array(self.keys[left]) ^ pd.util.hash_array(self.counts[left])
        total = np.sum(pd.util.hash_array(mixed), dtype="uint64")
        return hashlib.sha256(f"{len(left)} rows {total:016x}".encode()).hexdigest()


def keys_of(rows: pd.DataFrame) -> np.ndarray:
    """KEY as one number of 64 bits: two of a million alike by chance, once in 30 million files."""
    return pd.util.hash_pandas_object(rows[KEY], index=False).to_numpy()
