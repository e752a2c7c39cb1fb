"""data.police.uk's street files: months judged by coverage, districts by placing."""

import pandas as pd

from cspnb.measures.counts import Series
from cspnb.measures.months import ABSENT
from cspnb.params import MeasureParams
from cspnb.params.origins import PoliceUk
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import (
    every_month,
    is_on_todays_terms,
    no_month,
    nothing_stated,
    rank,
)
from cspnb.scopes import crime_types_of

ORIGIN = "police_uk"
NAME = "data.police.uk"


def series(
    holdings: Holdings, source: PoliceUk, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's sum over the measure's crime types and the place's districts."""
    if not place.districts:
        why = f"no lookup says which districts make up {place.name}"
        return Series(ORIGIN, NAME, no_month(span, NAME, why), nothing_stated())
    parts = [_district_cells(holdings, source, place, each, span) for each in place.districts]
    cells = pd.concat(parts, ignore_index=True)
    worst = cells.sort_values("status", key=rank, kind="stable").drop_duplicates("month")
    table = worst.set_index("month")[["status", "reason"]]
    table["count"] = cells.groupby("month")["count"].sum(min_count=1)
    why = "police.uk did not publish it then, or not on today's terms"
    monthly = every_month(table, span, NAME, why)
    return Series(ORIGIN, NAME, monthly, nothing_stated(), _caveats(holdings, place, span))


def _caveats(holdings, place, span):
    """A sentence a district some of whose records are placed by their points."""
    forces = [holdings.force_of(each.code) or place.force for each in place.districts]
    said = [
        holdings.point_caveat(district, force, span)
        for district, force in zip(place.districts, forces, strict=True)
        if force is not None
    ]
    return tuple(filter(None, said))


def _district_cells(holdings, source, place, district, span):
    force = holdings.force_of(district.code) or place.force
    if force is None:
        reason = f"no lookup says which force polices {district.name}"
        cells = pd.DataFrame({"month": [str(month) for month in span.months]})
        return cells.assign(count=pd.NA, status=ABSENT, reason=reason).astype({"count": "Int64"})
    cells = holdings.district_counts(district, force, span)
    return cells[_belongs(cells, source)]


def _belongs(cells, source):
    """Which rows are of the crime types that make up the measure, on the terms it has now."""
    wanted = {
        month: source.crime_types_among(crime_types_of(month))
        if is_on_todays_terms(month, source.since)
        else frozenset()
        for month in cells["month"].unique()
    }
    return [t in wanted[m] for m, t in zip(cells["month"], cells["crime_type"], strict=True)]
