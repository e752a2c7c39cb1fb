"""Fires attended in England: incidents by LSOA, and counts of whole fire and rescue services.

Primary, secondary and chimney are as the published type says. Incidents that are no fire are in
the national file too; they are left out and counted.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.fire.files import fire_sheets
from cspnb.ingest.fire.rows import counted
from cspnb.ingest.revisions import REMEDY, newest, rivals
from cspnb.ingest.sample_mark import mark
from cspnb.periods import Month, Period
from cspnb.placing import place
from cspnb.schemas import FIRES
from cspnb.store import Store

PUBLISHER = "Ministry of Housing, Communities and Local Government"

_KEY = ["level", "code", "name", "start", "end", "fire_type"]
_CLAIM = ["level", "start"]


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


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows of `fires` that speak: of each level and year, those of the newest edition.

    sources: rows of `sources`; rows it does not name do not count. A file without an edition is
    older than any other.
    """
    return newest(frame, sources, _CLAIM)


def by_district(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    geography: pd.DataFrame,
    *,
    lad_codes: list[str],
    period: Period,
    kind: str,
) -> pd.DataFrame:
    """Fires of a kind in each district: `lad_code`, `count`, null where not known.

    period: whole financial years; any other is not known. A year is known in a district that the
    files in force name in it, with fires of any kind, so Wales never is. LSOAs are placed by
    `placing.place`. Fires without an LSOA are in no district.
    """
    rows = in_force(frame[frame["level"].eq("lsoa")], sources)
    named = rows.rename(columns={"code": "lsoa_code", "name": "lsoa_name"})
    placed = place(named, geography)
    placed = placed[placed["lad_code"].isin(lad_codes)]
    years = {str(month) for month in period.months if month.number == 4}
    whole = len(period) == 12 * len(years) and period.start.number == 4
    inside = placed[placed["start"].isin(years)]
    known = inside.groupby("lad_code")["start"].nunique().reindex(lad_codes).eq(len(years)) & whole
    counts = inside[inside["kind"].eq(kind)].groupby("lad_code")["count"].sum()
    counts = counts.reindex(lad_codes, fill_value=0).astype(float).where(known)
    return counts.rename_axis("lad_code").rename("count").reset_index()


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
