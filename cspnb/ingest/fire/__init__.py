"""Fires attended in England: incidents by LSOA, and counts of whole fire and rescue services.

Primary, secondary and chimney are as the published type says. Incidents that are no fire are in
the national file too; they are left out and counted.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.fire.districts import by_district, in_force
from cspnb.ingest.fire.files import fire_sheets
from cspnb.ingest.fire.rows import counted
from cspnb.ingest.revisions import REMEDY, rivals
from cspnb.ingest.sample_mark import mark
from cspnb.periods import Month
from cspnb.schemas import FIRES
from cspnb.store import Store

__all__ = ["PUBLISHER", "Fires", "by_district", "in_force", "ingest"]

PUBLISHER = "Ministry of Housing, Communities and Local Government"

_KEY = ["level", "code", "name", "start", "end", "fire_type"]


@dataclass(frozen=True)
class Fires(Delivery):
    """The fires of one sheet of a file, and how many rows it had."""

    title: str | None = None
    file_name: str = ""
    read: int = 0

    def source(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES, less what the store adds."""
        named = {"file_name": self.file_name, "member": self.title, "rows_read": self.read}
        return Delivery.source(self, source_id, is_sample=is_sample) | named


def ingest(paths: list[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take files (.csv, .xlsx, .ods) into `fires`, all of them or none.

    edition: the month they were published, YYYY-MM; the newest edition speaks for whole years.
    Raises IngestError for an unknown layout, a malformed year, code or count, a total that is not
    the sum of its parts, and a count that differs from one held of the same edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = []
    for path in paths:
        for fires in fire_sheets(Path(path)):
            delivery = replace(_delivery(fires), edition=edition)
            held = rivals(FIRES, store, edition, in_force, earlier=deliveries)
            deliveries.append(agreed(delivery, held, _KEY, ["count"], verb="has", remedy=REMEDY))
    return deliver(deliveries, store)


def _delivery(fires):
    rows, left_out = counted(fires)
    if rows.empty:
        raise IngestError("none of the rows is a fire", where=fires.sheet.name)
    lsoas = rows.loc[rows["level"].eq("lsoa"), "code"].dropna()
    reasons = [f"{why} ({number:,})" for why, number in left_out.items()]
    unplaced = rows.loc[rows["level"].eq("lsoa") & rows["code"].isna(), "count"].sum()
    reasons += [f"stored without an LSOA ({unplaced:,})"] if unplaced else []
    return Fires(
        replace(fires.sheet, frame=fires.sheet.frame.iloc[:0]),
        FIRES,
        rows,
        publisher=PUBLISHER,
        marked=mark(fires.sheet, lsoas),
        rejected=sum(left_out.values()),
        rejections="; ".join(reasons) or None,
        title=fires.title,
        file_name=fires.name,
        read=len(fires.sheet.frame),
    )
