"""Files of one extract into the store: what every door of partners' records does."""

from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.extracts import Extract
from cspnb.ingest import Taken
from cspnb.ingest.delivery import AS_SUPPLIED, Delivery, deliver
from cspnb.ingest.extracts.editions import settle
from cspnb.ingest.extracts.places import without_place
from cspnb.ingest.extracts.private import private
from cspnb.ingest.extracts.rows import records, refuse_after
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import Sheet, read
from cspnb.periods import Month, Period
from cspnb.schemas import SUPPLIED_RECORDS
from cspnb.store import Store

LONG = 90
"""Days between the start and the end of a record, beyond which they are counted and told."""


def take(
    paths: list[Path], store: Store, extract: Extract, edition: str | None, months: str | None
) -> Taken:
    """Take files of one extract into `supplied_records`, all of them or none.

    edition, months: as in `force_extract.ingest`.
    """
    edition = None if edition is None else str(Month.parse(edition))
    span = None if months is None else Period.parse(months)
    deliveries = [_delivery(private(read(path), extract), extract, edition, span) for path in paths]
    return deliver(settle(deliveries, store, edition), store)


def _delivery(sheet: Sheet, extract: Extract, edition: str | None, span: Period | None):
    rows = records(sheet, extract)
    refuse_after(rows, sheet, extract, edition)
    kept, outside = _within(rows, sheet, span)
    once = _each_once(kept, sheet, extract)
    said = {
        f"outside the months {span}": outside,
        "kept, without a place": without_place(once),
        f"kept, with more than {LONG} days between from and to": _long(once),
    }
    return Delivery(
        sheet,
        SUPPLIED_RECORDS,
        once,
        publisher=extract.supplier,
        licence=AS_SUPPLIED,
        marked=mark(sheet, rows["lsoa_code"].dropna()),
        edition=edition,
        declared_areas=extract.covers.areas if extract.covers else None,
        declared_types=extract.covers.types if extract.covers else None,
        copied=len(kept) - len(once),
        rejected=outside,
        rejections="; ".join(f"{why} ({n})" for why, n in said.items() if n) or None,
    )


def _within(rows, sheet, span):
    """The rows of the months the file speaks for, and how many others there are."""
    if span is None:
        _refuse_gap(rows, sheet)
        return rows, 0
    inside = rows["month"].between(str(span.start), str(span.end))
    if not inside.any():
        raise IngestError(
            f"no record is of {span}; they are of {rows['month'].min()} to {rows['month'].max()}",
            where=sheet.name,
            remedy="Check --months.",
        )
    return rows[inside], int((~inside).sum())


def _refuse_gap(rows, sheet):
    """A month without any record: either the file is not whole, or a few old records stray in."""
    first, last = (Month.parse(rows["month"].agg(end)) for end in ("min", "max"))
    empty = [str(m) for m in Period(first, last).months if str(m) not in set(rows["month"])]
    if empty:
        raise IngestError(
            f"its records are of {first} to {last}, with none of {len(empty)} months between "
            f"({', '.join(empty[:3])}{', ...' if len(empty) > 3 else ''})",
            where=sheet.name,
            remedy="Say for which months the file was drawn, --months 2013-04..2014-03: records of "
            "other months are then left out and counted.",
        )


def _each_once(rows, sheet, extract):
    """Rows with a record key once; IngestError where a key has two contents."""
    keyed = rows[rows["record_key"].notna()]
    once = keyed.drop_duplicates()
    again = once[once.duplicated("record_key")]
    if len(again):
        line = again.index[0]
        first = once.index[once["record_key"] == once.at[line, "record_key"]][0]
        one, other = once.loc[first].fillna(""), once.loc[line].fillna("")
        raise IngestError(
            f"the record of {sheet.unit} {first} is here again, with another "
            f"{', '.join(one.index[one != other])}",
            where=sheet.where(line, extract.column("record_key")),
            remedy="Ask for one row a record. Where a record has several victims or places, keep "
            "one of them, or leave record_key unmapped and count the rows.",
        )
    return rows.drop(index=keyed.index.difference(once.index))


def _long(rows):
    days = pd.to_datetime(rows["to_at"].str[:10]) - pd.to_datetime(rows["from_at"].str[:10])
    return int((days.dt.days > LONG).sum())
