"""The list of peers that holds for an area at a month: the newest that is not later."""

from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.similar_areas.about import KINDS
from cspnb.periods import Month

_LACKING = {
    "S": "in Scotland, of which police.uk has no figures",
    "N": "in Northern Ireland, whose districts no lookup here holds",
    "E10": "a county, not a district",
    "E47": "a combined authority, not a district",
}


@dataclass(frozen=True)
class SimilarGroup:
    """An area's peers as one publisher listed them in one month.

    `peers` has one row a peer, nearest first where they are ordered, else by code: `peer_code`,
    `peer_name` (null where the list has no names), `position` (null: unordered) and `lacking`
    (why no figures can be had; '' where they can). The area itself is not among them.
    """

    area_code: str
    name: str
    kind: str
    as_at: Month
    publisher: str
    peers: pd.DataFrame


def groups_for(similar_areas: pd.DataFrame, area_code: str, as_of: Month) -> list[SimilarGroup]:
    """The newest list of each name and publisher that held at a month, for one area.

    similar_areas: the `similar_areas` table. A list taken in later, but of a later month, changes
    nothing that is reported of this one. Order: most similar groups, then statistical neighbours,
    then clusters; within a kind the newest list first, at equal dates the global model, then by
    name.
    """
    own = similar_areas[
        (similar_areas["area_code"] == area_code) & (similar_areas["as_at"] <= str(as_of))
    ]
    groups = []
    for _, listed in own.groupby(["kind", "group_name", "publisher"]):
        groups.append(_group(listed[listed["as_at"] == listed["as_at"].max()]))
    return sorted(groups, key=_order)


def group_for(
    similar_areas: pd.DataFrame,
    area_code: str,
    as_of: Month,
    *,
    kind: str | None = None,
    name: str | None = None,
) -> SimilarGroup | None:
    """The first of `groups_for`, of a kind or a name where one is given; None where none held."""
    for group in groups_for(similar_areas, area_code, as_of):
        if kind in (None, group.kind) and name in (None, group.name):
            return group
    return None


def _group(rows):
    peers = rows.drop_duplicates("peer_code").sort_values(["position", "peer_code"])
    peers = peers[["peer_code", "peer_name", "position"]].reset_index(drop=True)
    first = rows.iloc[0]
    return SimilarGroup(
        area_code=first["area_code"],
        name=first["group_name"],
        kind=first["kind"],
        as_at=Month.parse(first["as_at"]),
        publisher=first["publisher"],
        peers=peers.assign(lacking=[_lacking(code) for code in peers["peer_code"]]),
    )


def _lacking(code):
    return _LACKING.get(code[0]) or _LACKING.get(code[:3], "")


def _order(group):
    newest_first = -(group.as_at - Month(1900, 1))
    return (KINDS.index(group.kind), newest_first, "global" not in group.name, group.name)
