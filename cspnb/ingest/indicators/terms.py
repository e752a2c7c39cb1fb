"""What supplied figures are checked against: the measures asked for, and the areas there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from cspnb.schemas import GEOGRAPHY, PLACES
from cspnb.store import Store

_LEVELS = ("lad", "csp")


class Wanted(Protocol):
    """What a measure's figures must be; a file of params/measures says so."""

    label: str
    unit: str
    kind: str
    """'count' or 'percentage'."""
    published_for: str
    """'district', or 'upper_tier' for counties and unitary authorities alone."""


@dataclass(frozen=True)
class Terms:
    """What one file's figures are held to.

    measures: the measures there are, by key; None where any name will do. areas: the codes of
    districts and partnerships there are; none of a kind where no lookup holds that kind. leave:
    what to do with a figure that is not known, in this kind of file; drop: with its row.
    """

    measures: Mapping[str, Wanted] | None = None
    areas: frozenset[str] = field(default_factory=frozenset)
    leave: str = "leave the row out"
    drop: str = "drop the row"

    def of(self, measure: str | None) -> Wanted | None:
        """What is wanted of a measure; None where nothing is known of it."""
        return (self.measures or {}).get(measure)


def held_areas(store: Store) -> frozenset[str]:
    """The codes of the districts and partnerships in the lookups that a store holds."""
    links, places = store.read(GEOGRAPHY.name), store.read(PLACES.name)
    found = (
        places.loc[places["level"].isin(_LEVELS), "code"],
        links.loc[links["level"].isin(_LEVELS), "code"],
        links.loc[links["parent_level"].isin(_LEVELS), "parent_code"],
    )
    return frozenset().union(*(codes.unique() for codes in found))
