"""Records counted where they happened, each cell from the one file that speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.coverage import District, coverage
from cspnb.measures.months import ABNORMAL, ABSENT
from cspnb.periods import Month
from cspnb.placing import BY_POINT, UNPLACED, place
from cspnb.scopes import Scope, in_force, scope_of

_CELL = ["source_id", "force", "month", "crime_type"]
_DISTRICT = ["lad_code", "lad_name"]
_DISTRICT_COUNTS = ["month", "crime_type", "count", "status", "reason"]


@dataclass(frozen=True)
class Recorded:
    """Counts of the files in force, placed by LSOA, or by point where that is known.

    `monthly`: `force`, `month`, `lad_code`, `lad_name`, `crime_type`, `count`; a district known
    only by its name has a null code. `unplaced`: `source_id`, `force`, `month`, `crime_type`,
    `count` of records in no district. `placed_by`: `force`, `month`, `placed_by` (lookup, name,
    point, none) and `count`. `by_point`: `month`, `lad_code`, `lad_name`, `count` of the records
    of `monthly` that were placed by their points.
    `left_out`: `source_id`, `force`, `month`, `count` of records not counted, because a file that
    comes before theirs speaks for them, or because their own file does not.
    """

    monthly: pd.DataFrame
    unplaced: pd.DataFrame
    placed_by: pd.DataFrame
    by_point: pd.DataFrame
    left_out: pd.DataFrame


def recorded(
    cells: pd.DataFrame,
    sources: pd.DataFrame,
    geography: pd.DataFrame,
    points: pd.DataFrame | None = None,
) -> Recorded:
    """The counts in force of every force and month held, per district and crime type.

    cells: counts per file and LSOA: `source_id`, `force`, `month`, `crime_type`, `lsoa_code`,
    `lsoa_name`, `count`. sources, geography: those tables of `cspnb.schemas`. points: of the
    records without an LSOA those that have a point, counted per file, crime type and district, as
    `cspnb.placing.place_points` placed them.
    Every record of the cells is in one of `monthly`, `unplaced` and `left_out`.
    """
    placed = _summed(place(cells, geography), [*_CELL, *_DISTRICT, "placed_by"])
    if points is not None:
        placed = _with_points(placed, points)
    spoken_for = served(placed, sources)
    counted = placed[spoken_for]
    nowhere = _nowhere(counted)
    return Recorded(
        monthly=_summed(counted[~nowhere], ["force", "month", *_DISTRICT, "crime_type"]),
        unplaced=_summed(counted[nowhere], _CELL),
        placed_by=_summed(counted, ["force", "month", "placed_by"]),
        by_point=_summed(counted[counted["placed_by"] == BY_POINT], ["month", *_DISTRICT]),
        left_out=_summed(placed[~spoken_for], ["source_id", "force", "month"]),
    )


def served(placed: pd.DataFrame, sources: pd.DataFrame) -> pd.Series:
    """Whether each row comes from the file that speaks for its cell; only those rows count.

    placed: `source_id`, `force`, `month`, `crime_type` and the columns `cspnb.placing.place` adds.
    sources: the `sources` table. Returns true and false on the index of `placed`.
    """
    asked = _asked(sources[sources["table"] == "offences"])
    alone = [files[0][0] for files in asked.values() if [scope for _, scope in files] == [Scope()]]
    whole = placed["source_id"].isin(alone)  # whole files, the only ones of their months
    months = placed[~whole].groupby(["force", "month"])
    parts = [_served_in_month(rows, asked.get(month, [])) for month, rows in months]
    return pd.concat([whole[whole], *parts]).reindex(placed.index).astype(bool)


def district_counts(
    recorded: Recorded,
    sources: pd.DataFrame,
    *,
    force: str,
    district: District,
    months: Iterable[Month | str],
) -> pd.DataFrame:
    """The counts of a district, per month and crime type, with what they are worth.

    Counts records of every force's files that are placed in the district; `force` is the
    district's own, whose files decide the coverage. Returns one row a month and crime type of
    its era: `month`, `crime_type`, `count` (Int64; null where absent), `status`, `reason`.
    """
    every_record = pd.concat([recorded.monthly, recorded.unplaced], ignore_index=True)
    asked = {str(month) for month in months}
    judged = coverage(every_record, sources, force=force, area=district, months=asked)
    within = recorded.monthly[district.holds(recorded.monthly)]
    if within.empty:
        return _in_something_larger(_unknown_place(judged, district), recorded, district)
    counts = _summed(within[within["month"].isin(asked)], ["month", "crime_type"])
    table = judged.merge(counts, on=["month", "crime_type"], how="outer", validate="one_to_one")
    count = table["count"].astype("Int64").fillna(0).mask(table["status"] == ABSENT)
    unknown = table["crime_type"] + " is not a crime type of its month's files"
    known = table.assign(
        count=count,
        status=table["status"].fillna(ABNORMAL),
        reason=table["reason"].fillna(unknown),
    )
    return _in_something_larger(known[_DISTRICT_COUNTS], recorded, district)


def _in_something_larger(table, recorded, district):
    """Absent where records are placed in a larger district: they cannot be taken apart again."""
    mixed = recorded.monthly.loc[district.may_hold(recorded.monthly), "month"].unique()
    lost = table["month"].isin(mixed)
    into = " or ".join(f"{each.name} ({each.code})" for each in district.larger)
    reason = (
        f"records are held for {into}, of which {district.name} is now a part, and cannot be "
        "taken apart"
    )
    return table.assign(
        count=table["count"].mask(lost),
        status=table["status"].mask(lost, ABSENT),
        reason=table["reason"].mask(lost, reason),
    )


def _unknown_place(judged, district):
    """Every cell absent: that no record was ever placed there is no sign that there was none."""
    reason = (
        f"no record of any month is placed in {district.name}: no file of its area is held, or "
        "the lookups know the district by another code"
    )
    held = judged["status"] != ABSENT
    count = pd.Series(pd.NA, index=judged.index, dtype="Int64")
    reasons = judged["reason"].mask(held, reason)
    return judged.assign(count=count, status=ABSENT, reason=reasons)[_DISTRICT_COUNTS]


def _with_points(placed, points):
    """Records moved from nowhere to the districts that their points lie in."""
    found = _summed(points[~_nowhere(points)], [*_CELL, *_DISTRICT, "placed_by"])
    moved = _summed(found, _CELL).rename(columns={"count": "moved"})
    nowhere = _nowhere(placed)
    left = placed[nowhere].merge(moved, on=_CELL, how="left", validate="one_to_one")
    left["count"] -= left.pop("moved").fillna(0).astype("int64")
    return pd.concat([placed[~nowhere], left[left["count"] > 0], found], ignore_index=True)


def _asked(sources):
    """The files of each force and month with their scopes, in the order they are asked."""
    asked: dict[tuple[str, str], list] = {}
    for source in in_force(sources).to_dict("records"):
        month = (source["force"], source["month"])
        asked.setdefault(month, []).append((source["source_id"], scope_of(source)))
    return asked


def _served_in_month(rows, asked):
    served = pd.Series(False, index=rows.index)
    free = ~served
    for source_id, scope in asked:
        spoken = _spoken(rows, scope)
        own = spoken | (_nowhere(rows) & _spoken(rows, Scope(scope.types)))
        served |= free & own & (rows["source_id"] == source_id)
        free &= ~spoken
    return served


def _spoken(rows, scope):
    cells = zip(rows["crime_type"], rows["lad_code"], rows["lad_name"], strict=True)
    return pd.Series([scope.speaks_for(*cell) for cell in cells], index=rows.index, dtype=bool)


def _nowhere(rows):
    return rows["placed_by"] == UNPLACED


def _summed(rows, by):
    return rows.groupby(by, dropna=False, as_index=False)["count"].sum()
