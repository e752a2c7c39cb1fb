"""Stops and searches in a district: by their points, for the files name no area."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.coverage import District, file_coverage
from cspnb.measures.months import ABNORMAL, ABSENT
from cspnb.measures.usual import ALL_TYPES
from cspnb.periods import Month, Period
from cspnb.placing import outlines_year
from cspnb.report.outlines import outlines_around, told
from cspnb.scopes import Scope, in_force, scope_of
from cspnb.store import Store

_POINT = ["longitude", "latitude"]
_PLACE = ["lad_code", "lad_name"]
_FILE = ["source_id", "force", "month"]
_EACH = [*_FILE, "stopped_at", *_POINT, "object_of_search"]


@dataclass(frozen=True)
class PlacedStops:
    """Every stop held, by file and district.

    `counts`: `source_id`, `force`, `month`, `lad_code`, `lad_name` (null: no point, or in no
    outline), `count`. `outlined`: the codes of the districts whose outlines were used; a district
    without one has no figure. `told`: by which outlines.
    """

    counts: pd.DataFrame
    outlined: frozenset[str]
    told: str


@dataclass(frozen=True)
class StopsIn:
    """Stops in one district: `monthly` with `month`, `count` (Int64), `status`, `reason`.

    `caveat` is a sentence on how they were placed, '' where none was.
    """

    monthly: pd.DataFrame
    caveat: str


def placed_stops(store: Store, geography: pd.DataFrame) -> PlacedStops:
    """The stops of every file held, counted by the district their points lie in."""
    from cspnb.locating import outlines

    stops = store.read("stops", columns=[*_FILE, *_POINT])
    counted = stops.groupby([*_FILE, *_POINT], dropna=False, as_index=False).size()
    placed, boundaries, year = _placed(store, geography, counted)
    every = store.read("boundaries", columns=_OUTLINE)
    outlined = frozenset(() if year is None else outlines(every, "lad", year)["code"])
    counts = placed.groupby([*_FILE, *_PLACE], dropna=False, as_index=False)["size"].sum()
    return PlacedStops(counts.rename(columns={"size": "count"}), outlined, told(boundaries, year))


def _placed(store, geography, points):
    """Points with their district, the outlines they were placed by, and the year of those."""
    from cspnb.locating import stops_by_district

    boundaries = outlines_around(store, points, ("lad",))
    year = outlines_year(boundaries, geography)
    if year is None:
        nowhere = points.assign(lad_code=None, lad_name=None)
        return nowhere.astype(dict.fromkeys(_PLACE, "str")), boundaries, year
    return stops_by_district(points, boundaries, year).rows, boundaries, year


_OUTLINE = ["level", "vintage", "code", "resolution"]


def stops_of(
    store: Store, geography: pd.DataFrame, sources: pd.DataFrame, district: District, span: Period
) -> pd.DataFrame:
    """The stops that `stops_in` counts, a row each: _EACH, with `lad_code` and `lad_name`."""
    rows = store.read(
        "stops",
        columns=_EACH,
        source_ids=speaking(sources, district),
        where={"month": [str(month) for month in span.months]},
    )
    placed = _placed(store, geography, rows)[0]
    return placed[district.holds(placed)].reset_index(drop=True)


def stops_in(
    placed: PlacedStops, sources: pd.DataFrame, district: District, force: str, span: Period
) -> StopsIn:
    """The stops of every force in a district, by the month of their files.

    `force` is the district's own, whose files decide whether a month is known at all. A month is
    absent without such a file, or where none of its stops is in the district and more are in no
    district than in one; abnormal where its file is cut short, or most of its stops are nowhere.
    """
    served = placed.counts[placed.counts["source_id"].isin(speaking(sources, district))]
    here = served[district.holds(served)]
    months = [str(month) for month in span.months]
    counts = here.groupby("month")["count"].sum().reindex(months, fill_value=0)
    judged = _judged(served[served["force"] == force], district, placed)
    verdicts = [judged.get(month, (ABSENT, _no_file(month))) for month in months]
    monthly = pd.DataFrame(verdicts, columns=["status", "reason"]).astype("str")
    monthly.insert(0, "month", months)
    lost = (monthly["status"] == ABSENT).to_numpy()
    monthly.insert(1, "count", counts.astype("Int64").mask(lost).array)
    return StopsIn(monthly, _caveat(placed, served[served["month"].isin(months)]))


def speaking(sources: pd.DataFrame, district: District) -> pd.Series:
    """The files of stops that speak for a district: of each force and month the first.

    sources: the `sources` table. Returns their ids.
    """
    stops = in_force(sources[sources["table"] == "stops"])
    concerned = [
        Scope(None, scope_of(one).areas).speaks_for("", district.code, district.name)
        for one in stops.to_dict("records")
    ]
    return stops[concerned].drop_duplicates(["force", "month"])["source_id"]


def _judged(own, district, placed):
    """(status, reason) of each month that the force's files have."""
    codes = {district.code, *(part.code for part in district.parts)}
    if not codes & placed.outlined:
        why = f"no outline of {district.name} is held, and stops are placed by their points"
        return dict.fromkeys(own["month"].unique(), (ABSENT, why))
    files = file_coverage(own.groupby("month")["count"].sum()).set_index("month")
    found = {month: (row["status"], row["reason"]) for month, row in files.iterrows()}
    here = own[district.holds(own)].groupby("month")["count"].sum()
    for month, rows in own.groupby("month"):
        nowhere = int(rows.loc[rows["lad_code"].isna(), "count"].sum())
        most = 2 * nowhere > rows["count"].sum()
        if most and (nowhere >= ALL_TYPES.some or month not in here.index):
            why = f"{nowhere:,} of {rows['count'].sum():,} stops of the file have no place"
            found[month] = (ABNORMAL if month in here.index else ABSENT), why
    return found


def _no_file(month):
    return f"no file of stops of the force is held for {Month.parse(month).label}"


def _caveat(placed, served):
    of, nowhere = (int(rows["count"].sum()) for rows in (served, served[served["lad_code"].isna()]))
    if not placed.told or not of:
        return ""
    return (
        f"Stops are placed by their points, {placed.told}. Of {of:,} in the files {nowhere:,} are "
        "in no district known, most of them without a point."
    )
