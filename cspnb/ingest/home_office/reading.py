"""Recorded crime read back: the edition in force, by quarter, for an area or a force; its notes.

Rows of areas and rows of forces are the same offences counted twice, and are never added.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.district_names import name_key
from cspnb.ingest.home_office.wanted import Wanted, lacked
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

SHORT = ["area_level", "area_name", "start", "end", "lacked"]

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
    quarter in which an area lacks a row of any of them is not there: see `short_quarters`.
    `offences_unknown` are those of codes nobody here knows, counted by the subgroup published
    beside them: where it is asked for, or every open code of it is. They are in `value`.
    `offences_beside` are those that may belong, and cannot be told: not in `value`.
    """
    judged = _judged(rows, sources, Wanted.of(codes, subgroups))
    unknown = judged["belongs"].eq("unknown")
    beside = judged["belongs"].eq("beside")
    judged = judged.assign(
        value=judged["count"].where(~beside, 0),
        offences_unknown=judged["count"].where(unknown, 0),
        offences_beside=judged["count"].where(beside, 0),
        counted=~beside,
    )
    belonging = judged["belongs"].ne("no") & judged["lacked"].eq("")
    sums = (
        judged[belonging]
        .groupby(_QUARTER, as_index=False)
        .agg(
            area_name=("area_name", "first"),
            value=("value", "sum"),
            offences_unknown=("offences_unknown", "sum"),
            offences_beside=("offences_beside", "sum"),
            counted=("counted", "any"),
        )
    )
    return sums[sums["counted"]][COLUMNS].reset_index(drop=True)


def short_quarters(
    rows: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Collection[str] = (),
    subgroups: Collection[str] = (),
) -> pd.DataFrame:
    """The areas and quarters that `quarterly` leaves out, and why: SHORT.

    `lacked` is what no row is held of: 'Arson', or 'code 31A, code 48'. A subgroup has a
    row of any of its codes; a code has its own, or one it shares with others that are wanted. A
    code is lacked only while it was in use. Published tables state noughts for every code.
    """
    judged = _judged(rows, sources, Wanted.of(codes, subgroups))
    short = judged[judged["lacked"].ne("")].drop_duplicates(_QUARTER)
    return short.sort_values(_QUARTER)[SHORT].reset_index(drop=True)


def force_quarterly(
    rows: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Collection[str] = (),
    subgroups: Collection[str] = (),
) -> pd.DataFrame:
    """The same of one force, as `quarterly` gives it, with `areas`: how many were added up.

    rows: of the force, at both levels. A quarter is taken from the rows by force where there are
    any, and is otherwise the sum over its partnerships and what is assigned to none. A quarter
    in which one of these lacks part of what is asked for has no sum.
    """
    by_area = quarterly(rows, sources, codes=codes, subgroups=subgroups)
    short = short_quarters(rows, sources, codes=codes, subgroups=subgroups)
    whole = by_area[by_area["area_level"] == "pfa"].assign(areas=1)
    told = [*whole["start"], *short.loc[short["area_level"] == "csp", "start"]]
    parts = by_area[(by_area["area_level"] == "csp") & ~by_area["start"].isin(told)]
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


def _judged(rows, sources, wanted):
    """The rows in force with `area_key`, `belongs`, and what their quarter lacks: `lacked`."""
    spoken = in_force(rows, sources)
    spoken = spoken.assign(area_key=area_keys(spoken["area_name"]))
    kinds = ["offence_code", "offence_subgroup"]
    pairs = spoken[kinds].drop_duplicates()
    belongs = [wanted.belongs(*pair) for pair in pairs.itertuples(index=False, name=None)]
    judged = spoken.merge(
        pairs.assign(belongs=belongs), on=kinds, how="left", validate="many_to_one"
    )
    quarters = judged[_QUARTER].drop_duplicates()
    counted = judged[judged["belongs"].isin(["yes", "unknown"])]
    quarters = quarters.assign(lacked=lacked(counted, quarters, wanted))
    return judged.merge(quarters, on=_QUARTER, how="left", validate="many_to_one")


def _names_of(code, places):
    if places is None or places.empty:
        return []
    of_code = places[(places["level"] == "csp") & (places["code"] == code)]
    return list(of_code.sort_values("vintage", ascending=False)["name"])
