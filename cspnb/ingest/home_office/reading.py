"""Recorded crime read back: the edition in force, by quarter, for an area or a force; its notes.

Rows of areas and rows of forces are the same offences counted twice, and are never added.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.district_names import name_key
from cspnb.offences import codes_in, known_subgroup, offence, parts_of, subgroup_of
from cspnb.periods import Period

COLUMNS = [
    "area_level",
    "area_name",
    "start",
    "end",
    "value",
    "offences_unknown",
    "offences_beside",
]

_SAME_PARTNERSHIP = {"shepway": "folkestone and hythe", "north devon": "northern devon"}
"""The ONS's name of a partnership, and the Home Office's, where more than spelling differs.

As at the lookup of December 2024; Northern Devon is North Devon with Torridge, and so is the
ONS's partnership called North Devon.
"""

_QUARTER = ["area_level", "area_key", "start", "end"]


@dataclass(frozen=True)
class Matched:
    """Names as the Home Office writes them, and the partnerships for which there is none."""

    names: tuple[str, ...]
    unmatched: tuple[str, ...] = ()


def published_names(
    wanted: Mapping[str, str], held: Iterable[str], places: pd.DataFrame | None = None
) -> Matched:
    """The names under which partnerships are held.

    wanted: partnership code to name. held: `area_name` of the rows by partnership. places: rows
    of `places`; every name a code ever had is tried, newest first. Case, '&', 'City of' and a
    few names known to differ are passed over. An unmatched one is for a human to settle.
    """
    held = pd.Series(sorted(set(held)), dtype="str")
    by_key = dict(zip(area_keys(held), held, strict=True))
    found, unmatched = [], []
    for code, name in wanted.items():
        keys = area_keys(pd.Series([name, *_names_of(code, places)], dtype="str"))
        match = next((by_key[key] for key in keys if key in by_key), None)
        (unmatched if match is None else found).append(match or name)
    return Matched(tuple(found), tuple(unmatched))


def area_keys(names: pd.Series) -> pd.Series:
    """One spelling of each area's name, by which two are the same."""
    return name_key(names).replace(_SAME_PARTNERSHIP)


def in_force(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows that speak: of each area and quarter, those of the newest edition.

    rows: of `recorded_crime`. sources: of `sources`; rows it does not name do not count. Tables
    without an edition are older than any. An edition with under half the offence codes that
    another has there is taken for an extract, and does not replace it.
    """
    dated = rows.reset_index(drop=True).merge(
        sources[["source_id", "edition"]], on="source_id", how="inner", validate="many_to_one"
    )
    dated = dated.assign(
        edition=dated["edition"].fillna("").astype("str"), area_key=area_keys(dated["area_name"])
    )
    by_edition = dated.groupby([*_QUARTER, "edition"], as_index=False)
    editions = by_edition.agg(codes=("offence_code", "nunique"))
    widest = editions.groupby(_QUARTER)["codes"].transform("max")
    whole = editions[2 * editions["codes"] >= widest]
    newest = whole.sort_values("edition").drop_duplicates(_QUARTER, keep="last")
    keys = [*_QUARTER, "edition"]
    spoken = dated.merge(newest[keys], on=keys, how="inner", validate="many_to_one")
    return spoken[list(rows.columns)]


def quarterly(
    rows: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Collection[str] = (),
    subgroups: Collection[str] = (),
) -> pd.DataFrame:
    """Offences of some codes, and of some subgroups, by area and quarter: COLUMNS.

    rows: of `recorded_crime`, of any areas. With neither codes nor subgroups: every offence. A
    quarter in which an area has no row of the offences asked for is not there: tables state
    noughts. `offences_unknown` are those of codes nobody here knows, counted by the subgroup
    published beside them: where it is asked for, or every open code of it is. They are in
    `value`. `offences_beside` are those that may belong, and cannot be told: not in `value`.
    """
    spoken = in_force(rows, sources)
    pairs = spoken[["offence_code", "offence_subgroup"]].drop_duplicates()
    belongs = [
        _belongs(code, label, frozenset(codes), _todays(subgroups))
        for code, label in pairs.itertuples(index=False, name=None)
    ]
    judged = spoken.merge(
        pairs.assign(belongs=belongs),
        on=["offence_code", "offence_subgroup"],
        how="left",
        validate="many_to_one",
    )
    unknown = judged["belongs"].eq("unknown")
    beside = judged["belongs"].eq("beside")
    judged = judged.assign(
        area_key=area_keys(judged["area_name"]),
        value=judged["count"].where(~beside, 0),
        offences_unknown=judged["count"].where(unknown, 0),
        offences_beside=judged["count"].where(beside, 0),
        counted=~beside,
    )
    by = judged[judged["belongs"] != "no"].groupby(_QUARTER, as_index=False)
    sums = by.agg(
        area_name=("area_name", "first"),
        value=("value", "sum"),
        offences_unknown=("offences_unknown", "sum"),
        offences_beside=("offences_beside", "sum"),
        counted=("counted", "any"),
    )
    return sums[sums["counted"]][COLUMNS].reset_index(drop=True)


def force_quarterly(
    rows: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Collection[str] = (),
    subgroups: Collection[str] = (),
) -> pd.DataFrame:
    """The same of one force, as `quarterly` gives it, with `areas`: how many were added up.

    rows: of the force, at both levels. A quarter is taken from the rows by force where there are
    any, and is otherwise the sum over its partnerships and what is assigned to none.
    """
    by_area = quarterly(rows, sources, codes=codes, subgroups=subgroups)
    whole = by_area[by_area["area_level"] == "pfa"].assign(areas=1)
    parts = by_area[(by_area["area_level"] == "csp") & ~by_area["start"].isin(whole["start"])]
    summed = parts.groupby(["area_level", "start", "end"], as_index=False).agg(
        value=("value", "sum"),
        offences_unknown=("offences_unknown", "sum"),
        offences_beside=("offences_beside", "sum"),
        areas=("area_name", "nunique"),
    )
    name = rows["force_name"].iloc[0] if len(rows) else ""
    both = pd.concat([whole, summed.assign(area_name=name)], ignore_index=True)
    return both.sort_values("start", ignore_index=True)[[*COLUMNS, "areas"]]


def notes_for(
    notes: pd.DataFrame,
    sources: pd.DataFrame,
    area_names: Collection[str],
    *,
    span: Period | None = None,
    speaking: Collection[str] | None = None,
) -> tuple[str, ...]:
    """What the publisher says of some areas, newest edition first, each text once.

    notes: rows of `notes`. area_names: of the partnerships and of their force. span: leaves out
    notes that speak of other months alone. speaking: `source_id` of the counts in force; leaves
    out notes that came with other files.
    """
    dated = notes.merge(
        sources[["source_id", "edition", "sha256"]],
        on="source_id",
        how="inner",
        validate="many_to_one",
    )
    if speaking is not None:
        files = sources.loc[sources["source_id"].isin(list(speaking)), "sha256"]
        dated = dated[dated["sha256"].isin(files)]
    keys = set(area_keys(pd.Series(list(area_names), dtype="str")))
    dated = dated[area_keys(dated["area_name"].fillna("").astype("str")).isin(keys)]
    if span is not None:
        begun = dated["start"].isna() | (dated["start"] <= str(span.end))
        over = dated["end"].notna() & (dated["end"] < str(span.start))
        dated = dated[begun & ~over]
    newest = dated.assign(edition=dated["edition"].fillna("")).sort_values(
        "edition", ascending=False, kind="stable"
    )
    return tuple(dict.fromkeys(newest["text"]))


def _names_of(code, places):
    if places is None or places.empty:
        return []
    of_code = places[(places["level"] == "csp") & (places["code"] == code)]
    return list(of_code.sort_values("vintage", ascending=False)["name"])


def _todays(subgroups):
    return frozenset(known_subgroup(name) or name for name in subgroups)


def _belongs(code, label, codes, subgroups):
    """'yes', 'unknown' (counted by its subgroup), 'beside' (cannot be told), or 'no'."""
    if not codes and not subgroups:
        return "yes"
    parts = parts_of(code)
    subgroup = subgroup_of(code, label) or label
    if all(part in codes for part in parts):
        return "yes"
    known = all(offence(part) for part in parts)
    if subgroup in subgroups:
        return "yes" if known else "unknown"
    if any(part in codes for part in parts):
        return "beside"
    of_subgroup = codes_in(subgroup)
    if known or of_subgroup.isdisjoint(codes):
        return "no"
    still_open = {each for each in of_subgroup if offence(each).closed is None}
    return "unknown" if still_open <= codes else "beside"
