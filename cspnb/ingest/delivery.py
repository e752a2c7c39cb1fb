"""What one file brings to one table, and the row of `sources` that vouches for it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from cspnb.ingest import Taken
from cspnb.ingest.sample_mark import INVENTED, settled
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import Table
from cspnb.store import Store, new_source_id

OPEN_GOVERNMENT = "Open Government Licence v3.0"
AS_SUPPLIED = "as supplied"


@dataclass(frozen=True)
class Delivery:
    """The rows one file brings to one table, checked and not yet stored.

    rows: the table's columns without `source_id`, indexed by line of the file.
    marked: what the file says of itself (`sample_mark.mark`). copied: rows left out because the
    store, or the file itself, has them already. rejected, rejections: rows left out for a reason.
    declared_areas, declared_types: what the file is said to cover, where anybody says.
    """

    sheet: Sheet
    table: Table
    rows: pd.DataFrame
    publisher: str
    licence: str = OPEN_GOVERNMENT
    marked: bool | None = None
    edition: str | None = None
    copied: int = 0
    rejected: int = 0
    rejections: str | None = None
    declared_areas: str | None = None
    declared_types: str | None = None

    def less(self, held: pd.DataFrame) -> "Delivery":
        """Without the rows that `held`, a frame of the same table, has in every column."""
        columns = list(self.rows.columns)
        known = held[columns].drop_duplicates().assign(held=True)
        fresh = self.rows.reset_index(names="line").merge(
            known, on=columns, how="left", validate="many_to_one"
        )
        fresh = fresh[fresh["held"].isna()].set_index("line")[columns]
        return replace(self, rows=fresh, copied=self.copied + len(self.rows) - len(fresh))

    def source(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES, less what the store adds."""
        return {
            "source_id": source_id,
            "table": self.table.name,
            "publisher": INVENTED if self.marked else self.publisher,
            "licence": AS_SUPPLIED if self.marked else self.licence,
            "file_name": self.sheet.name,
            "sha256": self.sheet.sha256,
            "rows_digest": digest(self.rows),
            "edition": self.edition,
            "declared_types": self.declared_types,
            "declared_areas": self.declared_areas,
            "rows_read": len(self.sheet.frame),
            "rows_stored": len(self.rows),
            "rows_copied": self.copied,
            "rows_rejected": self.rejected,
            "rejections": self.rejections,
            "rows_placed": 0,
            "rows_named": 0,
            "rows_unplaced": 0,
            "is_sample": is_sample,
        }


def digest(rows: pd.DataFrame) -> str:
    """SHA-256 of a table's rows, the same whatever their order."""
    lines = sorted(rows.to_csv(index=False, header=False, lineterminator="\n").splitlines())
    return hashlib.sha256("\n".join([*rows.columns, *lines]).encode("utf-8")).hexdigest()


def known(store: Store, table: Table, deliveries: Iterable[Delivery] = ()) -> pd.DataFrame:
    """The table as the store holds it, and as the deliveries before this one would leave it."""
    frames = [store.read(table.name)]
    frames += [one.rows.assign(source_id="") for one in deliveries if one.table is table]
    return pd.concat(frames, ignore_index=True)


def deliver(deliveries: list[Delivery], store: Store) -> Taken:
    """Store what is new in one batch: all of it, or on any failure nothing.

    A file none of whose rows are new is named in `Taken.unchanged`.
    """
    fresh = [one for one in deliveries if not one.rows.empty]
    is_sample = settled([one.marked for one in deliveries], store.is_sample())
    before = set(store.sources()["source_id"])
    named = [(new_source_id(), one) for one in fresh]
    with store.batch() as batch:
        batch.name([one.source(source_id, is_sample=is_sample) for source_id, one in named])
        for table in dict.fromkeys(one.table.name for one in fresh):
            batch.append(
                table, (_of_source(*each) for each in named if each[1].table.name == table)
            )
    sources = store.sources()
    took = {one.sheet.name for one in fresh}
    return Taken(
        sources=sources[~sources["source_id"].isin(before)].reset_index(drop=True),
        unchanged=tuple(
            dict.fromkeys(d.sheet.name for d in deliveries if d.sheet.name not in took)
        ),
    )


def _of_source(source_id: str, delivery: Delivery) -> pd.DataFrame:
    """A delivery's rows in the columns of its table."""
    rows = delivery.rows.assign(source_id=source_id)[list(delivery.table.columns)]
    return rows.reset_index(drop=True)
