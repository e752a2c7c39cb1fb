"""Figures supplied by forces, councils and surveys: one row a measure, period and area."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.delivery import AS_SUPPLIED, Delivery, deliver
from cspnb.ingest.indicator_rows import figures, with_our_columns
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.periods import Month
from cspnb.schemas import INDICATORS
from cspnb.store import Store

_KEY = ["measure", "start", "end", "area_code"]
_FIGURE = ["value", "base"]


def ingest(
    paths: list[Path],
    store: Store,
    *,
    edition: str | None = None,
    measures: Collection[str] | None = None,
) -> Taken:
    """Take sheets of figures into `indicators`, all of them or none.

    edition: the month the figures were supplied, YYYY-MM; it lets them replace older ones.
    measures: the names of known measures; any other name is refused with the nearest.
    Raises IngestError for a malformed sheet, or a figure that differs from one held of the same
    measure, period and area without being of a newer edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = []
    for path in paths:
        delivery = _delivery(read(path), edition, measures)
        deliveries.append(_less_held(delivery, _rivals(store, deliveries, edition)))
    return deliver(deliveries, store)


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
    spoken = ranked.drop_duplicates(_KEY).sort_values(_KEY, ignore_index=True)
    return spoken[list(frame.columns)]


def _delivery(sheet, edition, measures):
    sheet = with_our_columns(sheet)
    rows = figures(sheet, measures)
    once = sheet.settle(rows, _KEY, _FIGURE, "has")
    return Delivery(
        sheet,
        INDICATORS,
        once,
        publisher=AS_SUPPLIED if "supplier" not in sheet.frame else _suppliers(once),
        licence=AS_SUPPLIED,
        marked=bool(mark(sheet)),
        edition=edition,
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
    return pd.concat([named, *earlier], ignore_index=True).drop_duplicates(_KEY)


def _less_held(delivery, rivals):
    """Without the figures that are held; IngestError for one that differs from what is held."""
    rivals = rivals[[*_KEY, *_FIGURE, "file_name", "edition"]].assign(known=True)
    both = delivery.rows.reset_index(names="line").merge(
        rivals, on=_KEY, how="left", suffixes=("", "_held"), validate="one_to_one"
    )
    same = [
        both[name].eq(both[f"{name}_held"]) | (both[name].isna() & both[f"{name}_held"].isna())
        for name in _FIGURE
    ]
    held = both["known"].eq(True)
    for _, differing in both[held & ~(same[0] & same[1])].iterrows():
        _refuse(delivery.sheet, differing)
    rows = both[~held].set_index("line")[list(delivery.rows.columns)]
    return replace(delivery, rows=rows, copied=delivery.copied + int(held.sum()))


def _refuse(sheet, row):
    dated = f", edition {row['edition']}" if isinstance(row["edition"], str) else ""
    raise IngestError(
        f"{row['measure']} {row['start']}..{row['end']} of {row['area_code']} is "
        f"{_figure(row, '')} here, and {_figure(row, '_held')} in {row['file_name']}{dated}",
        where=sheet.where(row["line"], "value"),
        remedy="To replace the older figure, say in which month this one was supplied, a later "
        "month than the other's: --edition YYYY-MM.",
    )


def _figure(row, suffix):
    based = row[f"base{suffix}"]
    base = "" if pd.isna(based) else f" (base {based:,.12g})"
    return f"{row[f'value{suffix}']:,.12g}{base}"
