"""A council's cases of anti-social behaviour: one row a case, without personal data.

There is no national layout. Every case has a date, a type and a status, and the file says where
it was by LSOA, ward, district or coordinates.
"""

from pathlib import Path

from cspnb.extracts import Extract
from cspnb.ingest import Taken
from cspnb.ingest.extracts.columns import require
from cspnb.ingest.extracts.editions import in_force
from cspnb.ingest.extracts.taking import take
from cspnb.store import Store

__all__ = ["in_force", "ingest"]

KINDS = ("case",)


def ingest(
    paths: list[Path],
    store: Store,
    *,
    mapping: Extract,
    edition: str | None = None,
    months: str | None = None,
) -> Taken:
    """Take CSV or XLSX files of cases into `supplied_records`, all of them or none.

    mapping, edition, months, errors: as in `force_extract.ingest`. Also raises IngestError where
    no column is mapped to status, or none says where a case was.
    """
    require(mapping, kinds=KINDS, status=True, place=True)
    return take(paths, store, mapping, edition, months)
