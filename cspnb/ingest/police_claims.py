"""Files set against those already held: what is new, what is held, what cannot be ranked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from cspnb.errors import IngestError
from cspnb.scopes import clash

_MONTH = ("table", "force", "month")
_SCOPE = ("declared_types", "declared_areas")


def settled(sources: Iterable[dict], held: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """The sources that are new, and those whose rows are held already.

    Each is set against the sources held and the new ones before it. Raises IngestError where
    two claims to a month cannot be ranked, or where a file's claim cannot be told.
    """
    of_month = defaultdict(list)
    for source in held.astype(object).where(held.notna(), None).to_dict("records"):
        of_month[_key(source, _MONTH)].append(source)
    new, unchanged = [], []
    for source in sources:
        others = of_month[_key(source, _MONTH)]
        if _is_held(source, others):
            unchanged.append(source)
            continue
        if (other := clash(source, others)) is not None:
            raise _cannot_rank(source, other)
        others.append(source)
        new.append(source)
    return new, unchanged


def _is_held(source: Mapping, others: list[Mapping]) -> bool:
    """Whether another has the same rows, claims the same, and is no older an edition.

    The same rows in a newer edition are taken in again, or an edition between the two, coming
    late, would pass for the newest.
    """
    return any(
        (source["sha256"] == other["sha256"] or source["rows_digest"] == other["rows_digest"])
        and _key(source, _SCOPE) == _key(other, _SCOPE)
        and (other["edition"] or "") >= (source["edition"] or "")
        for other in others
    )


def _cannot_rank(source: Mapping, other: Mapping) -> IngestError:
    where, rival = (one["member"] or one["file_name"] for one in (source, other))
    return IngestError(
        f"holds {source['force']}'s {source['month']} otherwise than {rival} of "
        f"{other['file_name']}, and neither is known to be the newer or the wider",
        where=where,
        remedy="Say which archive it comes from with --edition YYYY-MM, or what it is an "
        "extract of with --types or --areas.",
    )


def _key(source: Mapping, columns: tuple[str, ...]) -> tuple:
    return tuple(source[column] for column in columns)
