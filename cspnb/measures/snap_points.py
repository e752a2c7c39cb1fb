"""Recorded crime by snap point: the published place of a record, shared by its neighbours."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.months import SOUND, unsound
from cspnb.periods import Period

SNAPPED = (
    "Places are data.police.uk's snap points: the centre of the nearest street or landmark with at "
    "least eight addresses, not where anything happened."
)

COLUMNS = {
    "month": "str",
    "easting": "float64",
    "northing": "float64",
    "location": "str",
    "lsoa_code": "str",
    "lsoa_name": "str",
    "count": "int64",
}
"""Every column of `SnapPoints.table`, in order, with its type."""


@dataclass(frozen=True)
class SnapPoints:
    """A measure's records in one area, counted by point and month, over a period and years before.

    `period` is the report's; `months` has a row for every month from the first of the years before
    to its last: `month`, `status` and `reason`, as in `Counts`. `table` has one row a point and
    month, with COLUMNS: `month` (YYYY-MM), `easting`, `northing` (whole metres, EPSG:27700),
    `location` (text as published, 'On or near Sample Street'), `lsoa_code`, `lsoa_name` (all
    three null where unknown), `count`; a month that is absent has no row. `unplaced` has `month`
    and `count` (int64) of the records in the area that have no point, of months that have any.
    `outline` is the area's own outline, a shapely polygon in EPSG:27700, None where no boundary
    is held. `are_snapped` is False only for places that a partner supplied exactly.
    `missing` says why no point can be had at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    months: pd.DataFrame
    unplaced: pd.DataFrame
    outline: object = None
    outline_source: str = ""
    source: str = ""
    origin: str = ""
    are_snapped: bool = True
    caveats: tuple[str, ...] = ()
    missing: str = ""


def sound_months(points: SnapPoints, period: Period) -> tuple[str, ...]:
    """The months of a period that are sound, as YYYY-MM, in order."""
    sound = set(points.months.loc[points.months["status"] == SOUND, "month"])
    return tuple(month for month in map(str, period.months) if month in sound)


def months_of(points: SnapPoints, *periods: Period) -> pd.DataFrame:
    """The rows of `months` that lie in any of some periods, in order."""
    asked = {str(month) for period in periods for month in period.months}
    return points.months[points.months["month"].isin(asked)].sort_values("month")


def counted_by_place(points: SnapPoints, months: Collection[str]) -> pd.DataFrame:
    """Records by place over some months: `easting`, `northing`, `count`; most first.

    A place is a point, whatever its names; places with as many are in the order of their metres
    east, then north, so that the order of the rows given changes nothing.
    """
    rows = points.table[points.table["month"].isin(list(months))]
    places = rows.groupby(["easting", "northing"], as_index=False)["count"].sum()
    return places.sort_values(
        ["count", "easting", "northing"], ascending=[False, True, True], ignore_index=True
    )


def without_point(points: SnapPoints, months: Collection[str]) -> int:
    """How many records of some months have no point."""
    rows = points.unplaced
    return int(rows.loc[rows["month"].isin(list(months)), "count"].sum())


def lack(points: SnapPoints, period: Period, *, fewest: int) -> str:
    """Why the records of a period cannot be judged by place; '' where they can.

    At least half of the months must be sound, and so many records of them have a point.
    """
    if points.missing:
        return points.missing
    sound = sound_months(points, period)
    if 2 * len(sound) < len(period):
        held = f"{len(sound)} of the {len(period)} months" if sound else "no month"
        are = "is" if len(sound) < 2 else "are"
        why = unsound(months_of(points, period))
        return f"{held} of {period.label} {are} sound" + (f" ({why})" if why else "")
    located = int(counted_by_place(points, sound)["count"].sum())
    if located < fewest:
        have = "record has" if located == 1 else "records have"
        return f"{located:,} {have} a point in {period.label}, and {fewest} are needed"
    return ""
