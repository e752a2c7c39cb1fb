"""Is it the same few places? How much of a measure lies in how few of them."""

from dataclasses import dataclass, field

import pandas as pd

from cspnb.analysis.whereabouts import Whereabouts, of_points
from cspnb.measures.concentration import (
    fewest_places,
    generalised_gini,
    gini,
    held_by_top,
    lorenz,
)
from cspnb.measures.months import SOUND, coverage
from cspnb.measures.small_areas import SmallAreas
from cspnb.measures.snap_points import SnapPoints, counted_by_place, lack, sound_months
from cspnb.periods import Month

PERCENTAGES = (1, 5, 10, 25)
FEWEST_PLACES = 10
FEWEST_RECORDS = 50
"""With fewer, most places with any have one, and the top ones are of no account."""

METHOD = (
    "Places are ranked by their records of the period; the Gini coefficient (inequality.gini) is 0 "
    "where all places have as many and near 1 where one has all, and G' is its generalised form "
    "for fewer records than places (Bernasco and Steenbeek 2017)."
)
_SHARES = ["percentage", "places", "records", "share"]
_LORENZ = ["share_of_places", "share_of_records"]
_LEVELS = {"lsoa": "LSOAs", "ward": "wards"}


@dataclass(frozen=True, kw_only=True)
class Concentration(Whereabouts):
    """How unevenly one measure's records lie over places.

    `level` is what a place is: 'points', 'LSOAs' or 'wards'; `denominator` says in words which of
    them are counted. `places` is how many, `empty` how many of them had no record in the period,
    `records` how many records. `shares` has a row a percentage of the places: `percentage`,
    `places`, `records`, `share` (fraction of all records). `half` is the fewest places that hold
    half of all. `curve` is the Lorenz curve: `share_of_places`, `share_of_records`.
    """

    level: str
    denominator: str
    places: int = 0
    empty: int = 0
    records: int = 0
    shares: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_SHARES))
    half: int | None = None
    gini: float | None = None
    generalised_gini: float | None = None
    curve: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_LORENZ))


def concentration(where: SnapPoints | SmallAreas) -> Concentration:
    """How much of a period's records lies in the top 1, 5, 10 and 25% of places.

    Of points, the places are those with any record of the measure in the sound months, of the
    years before too: nobody publishes which other points could have had one. Of small areas they
    are all the area has. Not judged under 50 records or ten places.
    """
    if isinstance(where, SmallAreas):
        counts, about, reason = _of_areas(where)
    else:
        counts, about, reason = _of_points(where)
    if not reason and len(counts) < FEWEST_PLACES:
        number, level = len(counts), about["level"]
        reason = f"there are {number} {level} to compare, and {FEWEST_PLACES} are needed"
    if reason:
        return Concentration(**about | {"reason": reason})
    counts = counts.astype("int64")
    return Concentration(
        **about,
        places=len(counts),
        empty=int((counts == 0).sum()),
        records=int(counts.sum()),
        shares=held_by_top(counts, PERCENTAGES),
        half=fewest_places(counts),
        gini=gini(counts),
        generalised_gini=generalised_gini(counts),
        curve=lorenz(counts),
    )


def _of_points(points: SnapPoints):
    about = of_points(points, points.period, method=METHOD)
    kind = "snap points" if points.are_snapped else "points"
    sound = list(points.months.loc[points.months["status"] == SOUND, "month"])
    about |= {"level": "points", "denominator": f"{kind} with any record{_sound(points, sound)}"}
    if not points.missing:
        about["coverage"] = coverage(points.months)
    every = counted_by_place(points, sound).set_index(["easting", "northing"])
    now = counted_by_place(points, sound_months(points, points.period))
    counts = now.set_index(["easting", "northing"])["count"].reindex(every.index, fill_value=0)
    return counts, about, lack(points, points.period, fewest=FEWEST_RECORDS)


def _sound(points: SnapPoints, sound: list[str]) -> str:
    """' in the 24 months to March 2022', ' in the 14 sound months of the 24 to March 2022'."""
    if not sound:
        return ""
    every = len(points.months)
    some = "" if len(sound) == every else f"{_number(sound)} of the "
    months = f"{every} months" if not some else f"{every}"
    return f" in the {some}{months} to {Month.parse(max(points.months['month'])).label}"


def _number(months: list[str]) -> str:
    return f"{len(months)} sound month{'s' * (len(months) != 1)}"


def _of_areas(areas: SmallAreas):
    level = _LEVELS[areas.level]
    about = {
        "measure": areas.measure,
        "area": areas.area,
        "period": areas.period,
        "method": METHOD,
        "source": areas.source,
        "coverage": "" if areas.missing else coverage(areas.months),
        "caveats": areas.caveats,
        "are_snapped": False,
        "without_point": areas.unplaced,
        "level": level,
        "denominator": f"{level} of {areas.area}",
    }
    return areas.table["count"], about, _why_not_areas(areas)


def _why_not_areas(areas) -> str:
    if areas.missing:
        return areas.missing
    if areas.hidden:
        of = f"{len(areas.hidden)} of the {len(areas.table)} {_LEVELS[areas.level]}"
        return f"the counts of {of} are small numbers that are not shown"
    if areas.table["count"].isna().any():
        return f"{areas.period.label} is not whole"
    total = int(areas.table["count"].sum())
    if total < FEWEST_RECORDS:
        return f"{total} records are held, and {FEWEST_RECORDS} are needed"
    return ""
