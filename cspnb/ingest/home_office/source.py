"""A Home Office file read and judged, and the rows of `sources` that vouch for it."""

from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.delivery import AS_SUPPLIED, OPEN_GOVERNMENT, Delivery
from cspnb.ingest.home_office.rows import Tally
from cspnb.ingest.home_office.spool import Spool
from cspnb.ingest.sample_mark import INVENTED
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import NOTES, RECORDED_CRIME

PUBLISHER = "Home Office"

_MOST_TOLD = 20


@dataclass
class File:
    """Its rows on disk, its notes, and what is told of it beside them.

    headings: rows of the sheet of notes that are none. copied: rows held already, or twice there.
    """

    name: str
    sha256: str
    edition: str | None
    spool: Spool
    tally: Tally
    notes: pd.DataFrame
    headings: int
    copied: int = 0

    @property
    def marked(self) -> bool | None:
        """Whether the file says that it is sample data; None where it says nothing."""
        return next(iter(self.tally.marked), None)

    def source(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES for its counts, less what the store adds."""
        return {
            "source_id": source_id,
            "table": RECORDED_CRIME.name,
            "publisher": INVENTED if self.marked else PUBLISHER,
            "licence": AS_SUPPLIED if self.marked else OPEN_GOVERNMENT,
            "file_name": self.name,
            "sha256": self.sha256,
            "rows_digest": self.spool.digest(),
            "edition": self.edition,
            "rows_read": self.tally.read,
            "rows_stored": len(self.spool.left()),
            "rows_copied": self.copied,
            "rows_rejected": self.tally.left_out,
            "rejections": "; ".join(told(self.tally)) or None,
            "rows_placed": 0,
            "rows_named": 0,
            "rows_unplaced": 0,
            "is_sample": is_sample,
        }

    def source_of_notes(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES for its notes, less what the store adds."""
        delivery = Delivery(
            Sheet(self.name, self.sha256, self.notes, "row"),
            NOTES,
            self.notes,
            publisher=PUBLISHER,
            marked=self.marked,
            edition=self.edition,
        )
        headings = f"headings ({self.headings})" if self.headings else None
        read = len(self.notes.index.unique()) + self.headings
        return delivery.source(source_id, is_sample=is_sample) | {
            "rows_read": read,
            "rows_rejected": self.headings,
            "rejections": headings,
        }


def told(tally: Tally) -> list[str]:
    """What a reader of `cspnb data history` learns of a file: reason and number."""
    counted = (
        ("no count given, left out", tally.left_out),
        ("dashes read as nought", tally.nothing),
        ("negative counts, kept: earlier offences cancelled", tally.negative),
        ("code 4.1 read as 4.10, corporate manslaughter, by its description", tally.mended),
        ("code 4.1 with a description that is not manslaughter", tally.doubtful),
    )
    lines = [f"{reason} ({number:,})" for reason, number in counted if number]
    return lines + _unknown(tally) + _columns(tally)


def _unknown(tally):
    largest = tally.unknown_rows.most_common()
    lines = [_unknown_code(tally, key, rows) for key, rows in largest[:_MOST_TOLD]]
    more = len(largest) - _MOST_TOLD
    return [*lines, f"{more} more codes not known"] if more > 0 else lines


def _unknown_code(tally, key, rows):
    code, label, subgroup = key
    under = f"counts under {subgroup}"
    if subgroup is None:
        under = f"nor is its subgroup '{label}': counts in totals alone"
    offences = tally.unknown_offences[key]
    return f"code {code} not known ({rows:,} rows, {offences:,} offences): {under}"


def _columns(tally):
    return [f"columns not taken: {', '.join(sorted(tally.others))}"] if tally.others else []
