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
    `Counts`. `missing` says why there is nothing to compare at all, or is empty; `remedy` what
    an analyst could do about it. Where nothing was done that anyone has described, `title` is
    empty.
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
    remedy: str = ""


def nothing_done(area: str, period: Period, *, remedy: str = "") -> Intervention:
    """What a partnership has that describes no intervention: nothing, said as a reason."""
    return Intervention(
        measure=Measure("interventions", "Interventions"),
        area=area,
        title="",
        what="",
        starts=period.start,
        before=period.earlier(),
        after=period,
        zones=pd.DataFrame(columns=["zone", "areas"]),
        by_month=pd.DataFrame(columns=["zone", "area_code", "month", "count"]),
        months=pd.DataFrame(columns=["month", "status", "reason"]),
        missing=f"nothing is described as having been done in {area}",
        remedy=remedy,
    )
