"""Recorded crime by snap point: the published place of a record, shared by its neighbours."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

SNAPPED = (
    "Places are data.police.uk's snap points: the centre of the nearest street or landmark with at "
    "least eight addresses, not where anything happened."
)


@dataclass(frozen=True)
class SnapPoints:
    """A measure's records in one area over a period, counted by point and month.

    `table` has one row a point and month: `month` (YYYY-MM), `easting`, `northing` (metres,
    EPSG:27700), `location` (text as published, 'On or near Sample Street 12'), `lsoa_code`
    (null where unknown), `count` (int64). `unplaced` is how many records of the period in the
    area have no point. `outline` is the area's own outline, a shapely polygon in EPSG:27700, None
    where no boundary is held. `months` has `month`, `status` and `reason`, as in `Counts`.
    `are_snapped` is False only for places that a partner supplied exactly.
    `missing` says why no point can be had at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    months: pd.DataFrame
    outline: object = None
    outline_source: str = ""
    unplaced: int = 0
    source: str = ""
    are_snapped: bool = True
    caveats: tuple[str, ...] = ()
    missing: str = ""
