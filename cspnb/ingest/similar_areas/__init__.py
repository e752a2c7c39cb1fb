"""Lists of similar areas: statistical neighbours, clusters, and most-similar groups as supplied."""

from dataclasses import replace
from pathlib import Path

from cspnb.errors import IngestError, PeriodError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed, refuse_other_name
from cspnb.ingest.delivery import AS_SUPPLIED, OPEN_GOVERNMENT, Delivery, deliver, known
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.ingest.similar_areas.about import About
from cspnb.ingest.similar_areas.layouts import pairs_of
from cspnb.periods import Month
from cspnb.schemas import SIMILAR_AREAS
from cspnb.store import Store

_GROUP = ["group_name", "kind", "as_at", "publisher", "area_code"]
_KEY = [*_GROUP, "peer_code"]


def ingest(
    paths: list[Path],
    store: Store,
    *,
    group: str | None = None,
    kind: str | None = None,
    as_at: str | None = None,
    publisher: str | None = None,
) -> Taken:
    """Take lists of peers into `similar_areas`, from all the files or none.

    group, kind, as_at, publisher: what a list is called, what it is, from which month (YYYY-MM)
    it holds and who drew it up, where the file's columns or its layout do not say. A list without
    a month or a publisher is refused. An area among its own peers is left out and counted. A
    list of a new month stands beside the older ones. Raises IngestError for an unknown layout, a
    code of no area, a peer named twice, and a list that differs from one held of the same month.
    """
    about = About(group, kind, _month(as_at), publisher)
    deliveries = []
    for path in paths:
        delivery = _delivery(read(path), about)
        refuse_other_name(delivery, store, "as_at", "--as-at")
        held = known(store, SIMILAR_AREAS, deliveries)
        _refuse_other_peers(delivery, held)
        deliveries.append(agreed(delivery, held, _KEY, ["position"], verb="stands at"))
    return deliver(deliveries, store)


def _month(text):
    try:
        return None if text is None else str(Month.parse(text))
    except PeriodError as error:
        raise IngestError(error.what, where="--as-at", remedy=error.remedy) from error


def _delivery(sheet, about):
    rows, why = pairs_of(sheet, about)
    once = sheet.settle(rows, _KEY, ["position"], "is at position")
    supplied = about.publisher is not None or "peer_code" in sheet.frame
    delivery = Delivery(
        sheet,
        SIMILAR_AREAS,
        once[[name for name in SIMILAR_AREAS.columns if name != "source_id"]],
        publisher="; ".join(sorted(set(once["publisher"]))),
        licence=AS_SUPPLIED if supplied else OPEN_GOVERNMENT,
        marked=mark(sheet),
        copied=len(rows) - len(once),
    )
    is_self = once["area_code"] == once["peer_code"]
    if is_self.any():
        why = [*why, f"areas among their own peers ({int(is_self.sum())})"]
    others = delivery.rows[~is_self]
    if others.empty:
        raise IngestError("no area of the file has a peer", where=sheet.name)
    return replace(
        delivery, rows=others, rejected=int(is_self.sum()), rejections="; ".join(why) or None
    )


def _refuse_other_peers(delivery, held):
    """A list is held as a whole: the same month's cannot gain or lose a peer unseen."""
    here = delivery.rows.groupby(_GROUP)["peer_code"].agg(frozenset).rename("here")
    there = held.groupby(_GROUP)["peer_code"].agg(frozenset).rename("there")
    both = here.to_frame().join(there, how="inner")
    differ = both[both["here"] != both["there"]]
    if differ.empty:
        return
    *about, area = differ.index[0]
    first = differ.iloc[0]
    odd = ", ".join(sorted(first["here"] ^ first["there"]))
    raise IngestError(
        f"the peers of {area} in '{about[0]}' of {about[2]} are not those held: {odd}",
        where=delivery.sheet.name,
        remedy="A list that has changed holds from a later month: --as-at YYYY-MM.",
    )
