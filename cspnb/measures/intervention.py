"""Something that was done in a place, and what was recorded there and round about."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Month, Period

TREATED = "treated area"
COMPARISON = "comparison area"
RING = "ring"
RING_COMPARISON = "ring's comparison"


@dataclass(frozen=True)
class Intervention:
    """What was done, where and from when, with one measure's counts before and after, by zone.

    `zones` has one row a zone: `zone` (one of the four above), `areas` (how many small areas it
    is made of). `by_month` has `zone`, `area_code`, `month`, `count` (Int64), of every small area
    in every month held of `before` and `after`; `months` has `month`, `status`, `reason`, as in
    `Counts`. `missing` says why there is nothing to compare at all, or is empty.
    """

    measure: Measure
    area: str
    title: str
    what: str
    starts: Month
    before: Period
    after: Period
    zones: pd.DataFrame
    by_month: pd.DataFrame
    months: pd.DataFrame
    level: str = "lsoa"
    source: str = ""
    caveats: tuple[str, ...] = ()
    missing: str = ""
