"""The peers a partnership is compared with: those its file lists, else those a list held names."""

from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.similar_areas.group import SimilarGroup, group_for
from cspnb.measures.coverage import District
from cspnb.params import Partnership
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings

CSP_CODES = ("22", "14")  # E22 in England, W14 in Wales


@dataclass(frozen=True)
class Peers:
    """A named group of peers, with who drew it up and of when; `places` without the own one.

    `lacking` are peers of which no figures can be had: code, name and why, one row each.
    """

    name: str
    source: str
    date: str
    places: tuple[Place, ...]
    codes: tuple[str, ...]
    lacking: pd.DataFrame


def peers_of(
    holdings: Holdings, partnership: Partnership, own: Place, period: Period
) -> Peers | None:
    """The first group that the partnership's file lists; where it lists none, the list of
    similar areas that held at the period's end, if one is held; None otherwise.
    """
    if partnership.peers:
        listed = partnership.peers[0]
        return Peers(
            name=listed.name,
            source=listed.source,
            date=listed.date,
            places=tuple(_place(holdings, area.code, area.name) for area in listed.areas),
            codes=tuple(area.code for area in listed.areas),
            lacking=_none(),
        )
    for codes in (own.csp_codes, own.district_codes):
        if len(codes) == 1 and holdings.holds("similar_areas"):
            rows = holdings.store.read("similar_areas", where={"area_code": list(codes)})
            if group := group_for(rows, codes[0], period.end):
                return _similar(holdings, group)
    return None


def _similar(holdings, group: SimilarGroup) -> Peers:
    """A list of the store, called what its publisher calls it, and of the kind that it is."""
    said = group.kind.rstrip("s") in group.name.casefold()
    named = group.peers.assign(
        peer_name=[
            holdings.name_of(code) if pd.isna(name) else name
            for code, name in zip(group.peers["peer_code"], group.peers["peer_name"], strict=True)
        ]
    )
    had = named[named["lacking"] == ""]
    return Peers(
        name=group.name if said else f"{group.name} ({group.kind})",
        source=group.publisher,
        date=group.as_at.label,
        places=tuple(
            _place(holdings, code, name)
            for code, name in zip(had["peer_code"], had["peer_name"], strict=True)
        ),
        codes=tuple(had["peer_code"]),
        lacking=_rows(named[named["lacking"] != ""]),
    )


def _place(holdings, code, name) -> Place:
    """A peer: a district, or a partnership of the districts a lookup gives it."""
    if code[1:3] in CSP_CODES:
        return Place(name, holdings.districts_of_csp(code), csp_codes=(code,))
    return Place(name, (District(code, name),))


def _rows(peers):
    rows = peers[["peer_code", "peer_name", "lacking"]]
    return rows.set_axis(["area_code", "area_name", "reason"], axis="columns")


def _none():
    return pd.DataFrame(columns=["area_code", "area_name", "reason"], dtype="str")
