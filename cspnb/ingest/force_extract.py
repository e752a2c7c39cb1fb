"""A police force's own extract: one row an offence or incident, without personal data."""

from pathlib import Path

from cspnb.extracts import Extract
from cspnb.ingest import Taken
from cspnb.ingest.extracts.columns import require
from cspnb.ingest.extracts.editions import in_force
from cspnb.ingest.extracts.taking import take
from cspnb.store import Store

__all__ = ["in_force", "ingest"]

KINDS = ("offence", "incident")


def ingest(
    paths: list[Path],
    store: Store,
    *,
    mapping: Extract,
    edition: str | None = None,
    months: str | None = None,
) -> Taken:
    """Take CSV or XLSX files of an extract into `supplied_records`, all of them or none.

    mapping: what the partnership's file says of the extract. edition: the month the files were
    supplied, YYYY-MM; needed where they reach over months that are held, which they then replace.
    months: the period the files were drawn for, as `periods.Period` reads it; records of other
    months are left out and counted. Files of one call are parts of one supply.
    Raises IngestError for personal data, for columns that are absent or not spoken of, and for
    anything in a cell that is not what the mapping says.
    """
    require(mapping, kinds=KINDS, status=False, place=False)
    return take(paths, store, mapping, edition, months)
