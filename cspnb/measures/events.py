"""Records of one measure in one area, each with its times, its place and who was concerned."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

COLUMNS = {
    "from_at": "datetime64[s]",
    "to_at": "datetime64[s]",
    "has_time": "bool",
    "month": "str",
    "lsoa_code": "str",
    "easting": "float64",
    "northing": "float64",
    "victim_key": "str",
    "offender_key": "str",
    "location_key": "str",
    "category": "str",
    "offence_code": "str",
}
"""Every column of `Events.table`, in order, with its type; text and numbers may be null."""


@dataclass(frozen=True)
class Events:
    """A measure's records in one area over a period, one row each, of one source.

    `table` has COLUMNS. `from_at` and `to_at` are local times, the same where one alone is known;
    the earliest and the latest an offence can have begun. `has_time` is False where the source
    gives the day and no time of it: both are then midnight, and say nothing of the hour.
    `easting` and `northing` are metres, EPSG:27700. The keys are hashed: the same person or place
    has the same key. `span` is the months asked for; `months` has a row a month of it: `month`,
    `status` (as in `Counts`), `reason`. `are_snapped` says that the places are snap points.
    `missing` says why no record can be had at all, or is empty; `remedy` says to whoever runs the
    report what would supply them.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    table: pd.DataFrame
    months: pd.DataFrame
    source: str = ""
    origin: str = ""
    caveats: tuple[str, ...] = ()
    are_snapped: bool = False
    missing: str = ""
    remedy: str = ""
