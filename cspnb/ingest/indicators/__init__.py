"""Figures supplied by forces, councils and surveys: one row a measure, period and area."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cspnb.ingest import Taken
from cspnb.ingest.delivery import AS_SUPPLIED, Delivery, deliver
from cspnb.ingest.indicators.faults import place, told
from cspnb.ingest.indicators.rows import FIGURE, KEY, figure, figures, with_our_columns
from cspnb.ingest.indicators.terms import Terms, Wanted, held_areas
from cspnb.ingest.indicators.workbook import FilledIn, changed, nothing_filled_in
from cspnb.ingest.indicators.workbook import read as read_workbook
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.periods import Month
from cspnb.schemas import INDICATORS
from cspnb.store import Store

_NEWER = (
    "To replace an older figure, say in which month this one was supplied, a later month than "
    "the other's: --edition YYYY-MM."
)


def ingest(
    paths: list[Path],
    store: Store,
    *,
    edition: str | None = None,
    measures: Mapping[str, Wanted] | None = None,
) -> Taken:
    """Take sheets of figures, and workbooks filled in, into `indicators`: all of them or none.

    edition: the month the figures were supplied, YYYY-MM; it lets them replace older ones.
    measures: the known measures by name, which say what their figures must be; any other name is
    refused with the nearest. A workbook is one made by `cspnb indicators new`; a row of it
    without a value is no figure, and is counted.
    Raises IngestError for a malformed file, with all that is wrong with it, or for figures that
    differ from those held of the same measure, period and area without being of a newer edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    terms = Terms(measures, held_areas(store))
    deliveries = []
    ignored = []
    for path in map(Path, paths):
        workbook = read_workbook(path)
        delivery = _filled_in(workbook, terms) if workbook else _sheet(read(path), terms)
        delivery = replace(delivery, edition=edition)
        deliveries.append(_less_held(delivery, _rivals(store, deliveries, edition)))
        ignored += [f"{path.name}, sheet {title}" for title in workbook.others] if workbook else []
    return replace(deliver(deliveries, store), ignored=tuple(ignored))


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The one figure that speaks for each measure, start, end and area code.

    frame: rows of `indicators`. sources: rows of `sources`; rows it does not name do not count.
    The newest edition speaks, and one without an edition is older than any other. Editions of
    one month agree, or the second would have been refused; the first taken in is shown.
    """
    editions = sources[["source_id", "edition", "ingested_at"]]
    dated = frame.reset_index(drop=True).merge(
        editions, on="source_id", how="inner", validate="many_to_one"
    )
    ranked = dated.assign(edition=dated["edition"].fillna("")).sort_values(
        ["edition", "ingested_at", "source_id"], ascending=[False, True, True], kind="stable"
    )
    spoken = ranked.drop_duplicates(KEY).sort_values(KEY, ignore_index=True)
    return spoken[list(frame.columns)]


def _sheet(sheet, terms):
    """The one sheet of a CSV file or a plain workbook."""
    sheet = with_our_columns(sheet)
    return _delivery(sheet, sheet, figures(sheet, terms))


def _filled_in(sheet: FilledIn, terms):
    """The figures of a workbook; rows left empty are none."""
    supplied = sheet.supplied()
    areas = terms.areas | sheet.areas if terms.areas else terms.areas
    terms = replace(terms, areas=areas, leave="leave it empty", drop="empty the row")
    rows = figures(supplied, terms, changed(supplied), sheet.broken)
    if rows.empty:
        raise nothing_filled_in(sheet)
    empty = len(sheet.frame) - len(supplied.frame)
    said = f"no figure filled in ({empty:,})" if empty else None
    return replace(_delivery(sheet, supplied, rows), rejected=empty, rejections=said)


def _delivery(sheet, supplied, rows):
    """The rows, each figure once. supplied: the part of the sheet that has figures."""
    once = rows.drop_duplicates([*KEY, *FIGURE])
    return Delivery(
        sheet,
        INDICATORS,
        once,
        publisher=_suppliers(once) if "supplier" in sheet.frame else AS_SUPPLIED,
        licence=AS_SUPPLIED,
        marked=bool(mark(supplied)),
        copied=len(rows) - len(once),
    )


def _suppliers(rows):
    return "; ".join(sorted(set(rows["supplier"])))


def _rivals(store, deliveries, edition):
    """The figures a new one is held against: those of its edition, or without one those in force.

    An older edition may arrive after a newer one; it is kept, and does not speak.
    """
    sources = store.sources()
    held = store.read(INDICATORS.name)
    if edition is None:
        held = in_force(held, sources)
    else:
        held = held[held["source_id"].isin(sources["source_id"][sources["edition"] == edition])]
    named = held.merge(
        sources[["source_id", "file_name", "edition"]],
        on="source_id",
        how="left",
        validate="many_to_one",
    )
    earlier = [one.rows.assign(file_name=one.sheet.name, edition=edition) for one in deliveries]
    return pd.concat([named, *earlier], ignore_index=True).drop_duplicates(KEY)


def _less_held(delivery, rivals):
    """Without the figures that are held; IngestError for one that differs from what is held."""
    rivals = rivals[[*KEY, *FIGURE, "file_name", "edition"]].assign(known=True)
    both = delivery.rows.reset_index(names="line").merge(
        rivals, on=KEY, how="left", suffixes=("", "_held"), validate="one_to_one"
    )
    same = [
        both[name].eq(both[f"{name}_held"]) | (both[name].isna() & both[f"{name}_held"].isna())
        for name in FIGURE
    ]
    held = both["known"].eq(True)
    differing = both[held & ~(same[0] & same[1])]
    if len(differing):
        faults = [_differs(delivery.sheet, row) for _, row in differing.iterrows()]
        raise told(faults, delivery.sheet.name, _NEWER)
    rows = both[~held].set_index("line")[list(delivery.rows.columns)]
    return replace(delivery, rows=rows, copied=delivery.copied + int(held.sum()))


def _differs(sheet, row):
    dated = f", edition {row['edition']}" if isinstance(row["edition"], str) else ""
    return (
        f"{place(sheet, row['line'], 'value')}: {row['measure']} {row['start']}..{row['end']} of "
        f"{row['area_code']} is {figure(row)} here, and {figure(row, '_held')} in "
        f"{row['file_name']}{dated}"
    )
