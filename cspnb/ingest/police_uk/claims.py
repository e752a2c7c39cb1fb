"""Files set against those already held: what is new, what is held, what cannot be ranked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from cspnb.errors import IngestError
from cspnb.scopes import clash

_MONTH = ("table", "force", "month")
_SCOPE = ("declared_types", "declared_areas")


class Claims:
    """What is claimed of each month: by the sources held, and by new ones as they come."""

    def __init__(self, held: Iterable[Mapping]):
        self._of_month = defaultdict(list)
        for source in held:
            self._of_month[_key(source, _MONTH)].append(source)

    def hold(self, source: Mapping) -> bool:
        """Whether a source's rows are held already; where they are not, they are from now on."""
        others = self._of_month[_key(source, _MONTH)]
        if _is_held(source, others):
            return True
        others.append(source)
        return False

    def rival(self, source: Mapping) -> Mapping | None:
        """The first source whose claim cannot be ranked against this one's, if there is one."""
        return clash(source, self._of_month[_key(source, _MONTH)])


def records(sources: pd.DataFrame) -> list[dict]:
    """The rows of the `sources` table one by one; what is missing is None."""
    return sources.astype(object).where(sources.notna(), None).to_dict("records")


def require_ranked(sources: Iterable[Mapping], held: Iterable[Mapping]) -> None:
    """Raise IngestError where two claims to a month cannot be ranked, or a claim cannot be told.

    sources: the new ones, each set against those held and the new ones before it.
    """
    claims = Claims(held)
    for source in sources:
        if (other := claims.rival(source)) is not None:
            raise _cannot_rank(source, other)
        claims.hold(source)


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
