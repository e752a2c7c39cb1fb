"""What a file speaks for: which crime types and which districts its silence means zero in.

A police.uk file may be a whole force's month or an extract of it, under the same name. A scope
says which; it is declared (`--types`, `--areas`) or inferred from what the file holds, and it
decides which of two files of one month serves a figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.periods import Month

SIX_TYPES = frozenset({
    "Anti-social behaviour", "Burglary", "Other crime", "Robbery", "Vehicle crime",
    "Violent crime",
})  # fmt: skip
ELEVEN_TYPES = SIX_TYPES | {
    "Criminal damage and arson", "Drugs", "Other theft", "Public disorder and weapons",
    "Shoplifting",
}  # fmt: skip
FOURTEEN_TYPES = ELEVEN_TYPES - {"Violent crime", "Public disorder and weapons"} | {
    "Bicycle theft", "Possession of weapons", "Public order", "Theft from the person",
    "Violence and sexual offences",
}  # fmt: skip

ENOUGH_ROWS = 30
"""Fewer records than this say nothing about what a file leaves out."""

WITHOUT_SEVERAL_DISTRICTS = frozenset({"city-of-london", "btp", "northern-ireland"})
"""Forces that are one district, or that police.uk publishes without districts."""

_DECLARED = ("declared_types", "declared_areas")

EVERYTHING = "all"
"""The word that declares every type, or every area."""


@dataclass(frozen=True)
class Scope:
    """The crime types and the districts (codes or names) a file speaks for; None is all."""

    types: frozenset[str] | None = None
    areas: frozenset[str] | None = None

    def covers(self, other: "Scope") -> bool:
        """Whether this one speaks for all that the other does."""
        return _holds(self.types, other.types) and _holds(_folded(self.areas), _folded(other.areas))

    def meets(self, other: "Scope") -> bool:
        """Whether both speak for some one thing."""
        return _meet(self.types, other.types) and _meet(_folded(self.areas), _folded(other.areas))

    def speaks_for(self, crime_type: str, lad_code: str | None, lad_name: str | None) -> bool:
        """Whether no record of this type in this district means that there was none."""
        if self.types is not None and crime_type not in self.types:
            return False
        if self.areas is None:
            return True
        return not _folded(self.areas).isdisjoint(_folded(_known(lad_code, lad_name)))


def crime_types_of(month: "Month | str") -> frozenset[str]:
    """The crime types police.uk published in a month: 6, from 2011-09 11, from 2013-05 14."""
    month = Month.parse(str(month))
    if month < Month(2011, 9):
        return SIX_TYPES
    return ELEVEN_TYPES if month < Month(2013, 5) else FOURTEEN_TYPES


def scope_of(source: Mapping) -> Scope:
    """What a file speaks for, from its row of `sources`: as declared, or else as inferred.

    Raises IngestError where what the file holds could mean either, with what to declare.
    """
    return Scope(types=_types_of(source), areas=_areas_of(source))


def clash(source: Mapping, others: Iterable[Mapping]) -> Mapping | None:
    """The first of the others whose claim cannot be ranked against this source's, or None.

    source, others: rows of `sources`. Two files of one table, force and month clash where they
    speak for some of the same, neither strictly covers the other, and their editions are equal
    or not known. The same rows twice are no clash.
    """
    scope = scope_of(source)
    for other in others:
        if _about_the_same(source, other) and not _can_be_ranked(source, scope, other):
            return other
    return None


def in_force(sources: pd.DataFrame) -> pd.DataFrame:
    """The order in which the files of a table, force and month are asked for a figure.

    sources: the `sources` table. Returns its rows that have a force and a month, with `order`
    (1 is asked first, counted per table, force and month), sorted by table, force, month, order.
    Each crime type in each district is served by the first file that speaks for it: a wider
    scope before one it strictly covers, whatever their editions; otherwise the newer edition.
    """
    by = ["table", "force", "month"]
    dated = sources.dropna(subset=["force", "month"]).assign(order=1)
    alone = ~dated.duplicated(by, keep=False)
    ranked = [_ranked(group) for _, group in dated[~alone].groupby(by)]
    return pd.concat([dated[alone], *ranked]).sort_values([*by, "order"], ignore_index=True)


def _ranked(group):
    """Again and again the newest of those that no other remaining one strictly covers."""
    waiting = [(scope_of(source), source) for source in group.to_dict("records")]
    waiting.sort(key=lambda one: one[1]["source_id"])
    waiting.sort(key=lambda one: _edition(one[1]) or "", reverse=True)
    ranked = []
    while waiting:
        first = next(one for one in waiting if not any(_beats(other, one) for other in waiting))
        waiting.remove(first)
        ranked.append(first[1]["source_id"])
    order = {source_id: place for place, source_id in enumerate(ranked, start=1)}
    return group.assign(order=group["source_id"].map(order).astype("int64")).sort_values("order")


def _beats(one, other):
    return one[0].covers(other[0]) and not other[0].covers(one[0])


def _about_the_same(source, other):
    keys = ("table", "force", "month")
    return all(_text(source, key) and _text(source, key) == _text(other, key) for key in keys)


def _can_be_ranked(source, scope, other):
    if source.get("rows_digest") == other.get("rows_digest"):
        return True
    claim = scope_of(other)
    if not scope.meets(claim) or scope.covers(claim) != claim.covers(scope):
        return True
    if _may_be_an_extract(source, other):
        return False
    editions = (_edition(source), _edition(other))
    return all(editions) and editions[0] != editions[1]


def _may_be_an_extract(source, other):
    """Two files that look alike, neither declared, one with under half the other's records."""
    if any(_text(each, key) for each in (source, other) for key in _DECLARED):
        return False
    fewer, more = sorted((source["rows_stored"], other["rows_stored"]))
    return 2 * fewer < more


def _types_of(source):
    if declared := _listed(source, "declared_types"):
        return None if _is_everything(declared) else declared
    if source["table"] != "offences":
        return None
    seen = _listed(source, "types_seen")
    every = crime_types_of(source["month"])
    if 2 * len(seen & every) >= len(every):
        return None
    if source["rows_stored"] >= ENOUGH_ROWS:
        return seen
    raise _ambiguous(source, f"{len(seen)} of the {len(every)} crime types", "--types")


def _areas_of(source):
    if declared := _listed(source, "declared_areas"):
        return None if _is_everything(declared) else declared
    seen = _listed(source, "districts_seen")
    if len(seen) != 1 or source["force"] in WITHOUT_SEVERAL_DISTRICTS or _mostly_unplaced(source):
        return None
    if source["rows_stored"] >= ENOUGH_ROWS:
        return seen
    raise _ambiguous(source, f"one district, {next(iter(seen))}", "--areas")


def _mostly_unplaced(source):
    """One district among records that are nowhere is no sign of an extract."""
    return 2 * (source.get("rows_unplaced") or 0) > source["rows_stored"]


def _ambiguous(source, holding, option):
    return IngestError(
        f"{source['rows_stored']} records of {holding}: this may be an extract, or a whole file "
        "of a quiet month",
        where=_text(source, "member") or _text(source, "file_name") or "",
        remedy=f"Declare what it speaks for with {option}: names separated by '; ', "
        f"or {EVERYTHING}.",
    )


def _text(source, key):
    value = source.get(key)
    return None if pd.isna(value) else value


def _edition(source):
    return _text(source, "edition")


def _listed(source, key):
    names = (_text(source, key) or "").split(";")
    return frozenset(name.strip() for name in names if name.strip())


def _is_everything(declared):
    return _folded(declared) == {EVERYTHING}


def _known(*names):
    return frozenset(name for name in names if isinstance(name, str))


def _folded(names):
    return None if names is None else frozenset(name.casefold() for name in names)


def _holds(wider, narrower):
    return wider is None or (narrower is not None and wider >= narrower)


def _meet(one, other):
    return one is None or other is None or not one.isdisjoint(other)
