"""Which places have most records, and had they as many the year before?"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.analysis.whereabouts import Whereabouts, of_points
from cspnb.measures.change import LEAST_BASE_FOR_PERCENTAGE
from cspnb.measures.months import unsound
from cspnb.measures.place_names import named
from cspnb.measures.snap_points import (
    SnapPoints,
    counted_by_place,
    lack,
    months_of,
    sound_months,
)
from cspnb.periods import Month

LEAST_RECORDS = 2
"""A place with one record is not among the top: most places with any have one."""

METHOD = (
    "Records of the sound months are counted by point, and the points with most are listed. The "
    "year before is counted over the same months, and only where all of them are sound."
)
EXACT = (
    "the places are those of a partner's records, to the metre, and a list of them could point to "
    "a home"
)

_PLACE = ["easting", "northing"]
_COLUMNS = {
    "rank": "int64",
    "location": "str",
    "lsoa_name": "str",
    "easting": "float64",
    "northing": "float64",
    "count": "int64",
    "before": "Int64",
    "difference": "Int64",
    "share": "float64",
}


@dataclass(frozen=True, kw_only=True)
class TopPlaces(Whereabouts):
    """The places with most records of one measure in a period, most first.

    `places` has one row a place: `rank` from 1, `location` (its names as published, joined),
    `lsoa_name`, `easting`, `northing`, `count`, `before` and `difference` (Int64, null where
    `not_before` says why), and `share` (fraction of `records`). `records` is how many have a
    point, `number` how many places have any. `tied` is how many more places have as many as the
    last that is listed.
    """

    places: pd.DataFrame = field(default_factory=lambda: _no_place())
    records: int = 0
    number: int = 0
    tied: int = 0
    not_before: str = ""


def top_places(points: SnapPoints, *, top: int = 10) -> TopPlaces:
    """The `top` places with most records in the period, with counts of the year before.

    Not judged where less than half of the months are sound, where fewer than ten records have a
    point, where no place has two, and where places are exact, for a list would name homes.
    """
    about = of_points(points, points.period, method=METHOD)
    months = sound_months(points, points.period)
    places = counted_by_place(points, months)
    several = places[places["count"] >= LEAST_RECORDS]
    if reason := _why_not(points, several):
        return TopPlaces(**about | {"reason": reason})
    listed = several.head(top)
    not_before = _why_not_before(points, months)
    return TopPlaces(
        **about,
        places=_told(points, listed, months, int(places["count"].sum()), not_before),
        records=int(places["count"].sum()),
        number=len(places),
        tied=int((several["count"] == listed["count"].iloc[-1]).sum())
        - int((listed["count"] == listed["count"].iloc[-1]).sum()),
        not_before=not_before,
    )


def _why_not(points, several) -> str:
    if not points.missing and not points.are_snapped:
        return EXACT
    if reason := lack(points, points.period, fewest=LEAST_BASE_FOR_PERCENTAGE):
        return reason
    return "" if len(several) else f"no place has two records in {points.period.label}"


def _why_not_before(points, months) -> str:
    """Why the year before is not counted; '' where all the same months are sound."""
    before = points.period.earlier()
    sound = set(sound_months(points, before))
    if {_year_before(month) for month in months} <= sound:
        return ""
    why = unsound(months_of(points, before))
    return f"{before.label} is not whole ({why})" if why else f"{before.label} was not asked for"


def _year_before(month: str) -> str:
    return str(Month.parse(month) - 12)


def _told(points, listed, months, records, not_before) -> pd.DataFrame:
    then = counted_by_place(points, [_year_before(month) for month in months])
    then = then.rename(columns={"count": "before"})
    table = named(points, listed).merge(then, on=_PLACE, how="left", validate="one_to_one")
    before = table["before"].fillna(0).astype("Int64")
    table["before"] = before.mask(np.full(len(table), bool(not_before)))
    table["difference"] = table["count"] - table["before"]
    table["share"] = table["count"] / records
    table["rank"] = np.arange(1, len(table) + 1)
    return table[list(_COLUMNS)].astype(_COLUMNS)


def _no_place() -> pd.DataFrame:
    return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
