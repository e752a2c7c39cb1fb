"""Months whose records have no place, so that a district's count is no count.

Rule 2 of docs/methods/coverage.md: a file speaks for a district, and what it holds may be there.
"""

import pandas as pd

from cspnb.measures.districts import District
from cspnb.measures.months import ABNORMAL, ABSENT
from cspnb.measures.usual import ALL_TYPES
from cspnb.periods import Month
from cspnb.scopes import Scope, scope_of


def without_place(
    own: pd.DataFrame, sources: pd.DataFrame, claims: dict, area: District
) -> dict[tuple[str, None], tuple[str, str]]:
    """(status, sentence) by (month, None): the months in which too much has no place.

    own: counts in force of the force's files, by month and district; rows without a district may
    say in `source_id` which file they are of. sources: the force's street files. claims: what
    they speak for, by month. Only months whose files speak for the district are told of.
    """
    within = own[area.holds(own)].groupby("month")["count"].sum()
    nowhere = _nowhere(own, sources, area)
    placed = own[own["lad_code"].notna() | own["lad_name"].notna()]
    found = {}
    for month, claim in claims.items():
        areas = _areas(claim, area)
        if areas is None:
            continue
        here, lost = int(within.get(month, 0)), int(nowhere.get(month, 0))
        others = _placed_in(placed[placed["month"] == month], areas) if lost or areas else 0
        if verdict := _verdict(here, lost, others, limited=bool(areas)):
            found[month, None] = verdict, _sentence(month, here, lost)
    return found


def _verdict(here, lost, placed, *, limited):
    """limited: whether the file speaks for named districts only, so that all it holds is theirs.

    Of a whole force's file, what has no place may be a neighbour's: then it takes more to doubt a
    nought, and a count is judged by its share of the force.
    """
    if not limited:
        return ABSENT if here == 0 and lost > placed else None
    if here == 0 and (lost or not placed):
        return ABSENT
    return ABNORMAL if lost > placed and lost >= ALL_TYPES.some else None


def _areas(claim, area):
    """The named districts that files speak for with this one; empty: all; None: not this one."""
    speaking = [scope.areas for scope in claim if _concerns(scope, area)]
    if not speaking:
        return None
    if None in speaking:
        return frozenset()
    return frozenset(name.casefold() for areas in speaking for name in areas)


def _concerns(scope, area):
    return Scope(None, scope.areas).speaks_for("", area.code, area.name)


def _nowhere(own, sources, area):
    """Records without a district by month, of the files that speak for the district."""
    rows = own[own["lad_code"].isna() & own["lad_name"].isna()]
    if "source_id" in rows:
        about = sources[sources["source_id"].isin(rows["source_id"].unique())]
        deaf = [
            s["source_id"] for s in about.to_dict("records") if not _concerns(scope_of(s), area)
        ]
        rows = rows[~rows["source_id"].isin(deaf)]
    return rows.groupby("month")["count"].sum()


def _placed_in(rows, areas):
    """How many records are in the districts named; in any, where none is."""
    if not areas:
        return int(rows["count"].sum())
    within = pd.Series(False, index=rows.index)
    for column in ("lad_code", "lad_name"):
        within |= rows[column].astype("str").str.casefold().isin(areas)
    return int(rows.loc[within, "count"].sum())


def _sentence(month, here, lost):
    label = Month.parse(month).label
    if not lost:
        return f"no record of the file held for {label} is placed in the district it speaks for"
    have = "record has" if lost == 1 else "records have"
    told = f"{lost:,} {have} no place, and may be in the district"
    return f"{label} holds {f'{here:,}' if here else 'no'} records in the district: {told}"
