"""Which supply of an extract speaks for a month: the newest one that reaches over it."""

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import Delivery, digest
from cspnb.schemas import SUPPLIED_RECORDS
from cspnb.store import Store

_STREAM = ["partnership", "stream"]
_DECLARED = ["declared_areas", "declared_types"]
_OF_SOURCE = ["edition", "file_name", "sha256", "rows_digest", *_DECLARED]


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The records that speak: of each stream and month, those of the newest edition over it.

    frame: rows of `supplied_records`, whole streams of it. sources: rows of `sources`; rows it
    does not name do not count. A file reaches over every month from its first to its last, and
    where it is the newest there, an older one's records of that month do not count, even if the
    newer has none. One without an edition is older than any other. Files of one edition speak
    together.
    """
    columns = list(frame.columns)
    rows = frame.merge(
        sources[["source_id", "edition"]], on="source_id", how="inner", validate="many_to_one"
    )
    rows["edition"] = rows["edition"].fillna("")
    newest = _newest(_spans(rows))
    keys = [*_STREAM, "month", "edition"]
    spoken = rows.merge(newest, on=keys, how="inner", validate="many_to_one")
    return spoken[columns].reset_index(drop=True)


def settle(deliveries: list[Delivery], store: Store, edition: str | None) -> list[Delivery]:
    """The deliveries, those that bring nothing new without rows.

    Raises IngestError for a file over months that the stream has, unless it is of an edition of
    its own, and for files of one call over the same months that have no record keys to tell
    copies by.
    """
    held = _held(store, deliveries)
    settled = []
    for delivery in deliveries:
        if _is_held(delivery, held, store) or any(_is_copy(delivery, each) for each in settled):
            settled.append(delivery.less(delivery.rows))
            continue
        _refuse_overlap(delivery, held, edition)
        settled.append(_less_earlier(delivery, settled))
    return settled


def _is_held(delivery, held, store):
    """Whether the store has these very rows, or this very file in parts of the same edition.

    Rows that are now said to cover something else are not what the store has.
    """
    held = held[_said(held["declared_areas"], delivery.declared_areas)]
    held = held[_said(held["declared_types"], delivery.declared_types)]
    if digest(delivery.rows) in set(held["rows_digest"]):
        return True
    edition = _said(held["edition"], delivery.edition)
    if delivery.sheet.sha256 not in set(held["sha256"][edition]):
        return False
    ids = held["source_id"][edition]
    return delivery.less(store.read(SUPPLIED_RECORDS.name, source_ids=ids)).rows.empty


def _said(held, now):
    return held.fillna("") == (now or "")


def _is_copy(delivery, other):
    return delivery.rows.reset_index(drop=True).equals(other.rows.reset_index(drop=True))


def _spans(rows):
    """The first and last month of each source."""
    return rows.groupby([*_STREAM, "source_id", "edition"], as_index=False, sort=True).agg(
        first=("month", "min"), last=("month", "max")
    )


def _newest(spans):
    """The newest edition over each month of a stream."""
    over = [
        (span.partnership, span.stream, str(month)[:7], span.edition)
        for span in spans.itertuples()
        for month in pd.period_range(span.first, span.last, freq="M")
    ]
    months = pd.DataFrame(over, columns=[*_STREAM, "month", "edition"], dtype="str")
    ranked = months.sort_values("edition", ascending=False, kind="stable")
    return ranked.drop_duplicates([*_STREAM, "month"])


def _held(store, deliveries):
    """The files held of the streams delivered: span, edition, name and digest."""
    streams = deliveries[0].rows[_STREAM].iloc[:1] if deliveries else pd.DataFrame(columns=_STREAM)
    where = {column: list(streams[column]) for column in _STREAM}
    columns = ["source_id", *_STREAM, "month"]
    rows = store.read(SUPPLIED_RECORDS.name, columns=columns, where=where)
    named = store.sources()[["source_id", *_OF_SOURCE]]
    spans = _spans(rows.assign(edition="")).drop(columns="edition")
    return spans.merge(named, on="source_id", how="left", validate="one_to_one")


def _refuse_overlap(delivery, held, edition):
    first, last = delivery.rows["month"].min(), delivery.rows["month"].max()
    over = held[(held["first"] <= last) & (held["last"] >= first)]
    rivals = over if edition is None else over[over["edition"].fillna("") == edition]
    if rivals.empty:
        return
    rival = rivals.iloc[0]
    dated = f", supplied in {rival['edition']}" if isinstance(rival["edition"], str) else ""
    raise IngestError(
        f"its months ({first} to {last}) are also those of {rival['file_name']} "
        f"({rival['first']} to {rival['last']}{dated}), with other records or another 'covers'",
        where=delivery.sheet.name,
        remedy="To replace that file, say in which month this one was supplied, another than the "
        "other's: --edition YYYY-MM. The newest speaks for every month it reaches over.",
    )


def _less_earlier(delivery, earlier):
    """Without the records that an earlier file of the call has."""
    for other in earlier:
        if other.rows.empty or not set(other.rows["month"]) & set(delivery.rows["month"]):
            continue
        if other.rows["record_key"].isna().any() or delivery.rows["record_key"].isna().any():
            raise IngestError(
                f"has months that {other.sheet.name} has too, and no record keys to tell by "
                "whether their records are the same",
                where=delivery.sheet.name,
                remedy="Put them into one file, or map a column of hashed keys as record_key.",
            )
        _refuse_contradiction(delivery, other)
        delivery = delivery.less(other.rows)
    return delivery


def _refuse_contradiction(delivery, other):
    shared = delivery.rows["record_key"].isin(other.rows["record_key"])
    fresh = delivery.less(other.rows).rows
    differing = fresh.index[fresh.index.isin(delivery.rows.index[shared])]
    if len(differing):
        raise IngestError(
            f"the record has another content in {other.sheet.name}",
            where=delivery.sheet.where(differing[0]),
            remedy="Find out which is right, and take the other out of its file.",
        )
