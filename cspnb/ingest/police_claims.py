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
    """Whether another has the same rows and claims the same. Rows that come back after an
    edition without them are new: the newest edition speaks."""
    return any(
        (source["sha256"] == other["sha256"] or source["rows_digest"] == other["rows_digest"])
        and _key(source, _SCOPE) == _key(other, _SCOPE)
        and not _overturned(other, source, others)
        for other in others
    )


def _overturned(other: Mapping, source: Mapping, others: list[Mapping]) -> bool:
    since, until = other["edition"] or "", source["edition"] or ""
    return any(since < (rival["edition"] or "") < until for rival in others)


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
