"""Fires and road casualties: each by its own rule of what is known when."""

import pandas as pd

from cspnb.ingest import fire
from cspnb.ingest.road_casualties.in_force import killed_or_seriously_injured
from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import Fires, RoadCasualties
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import no_month, within

FIRES = "fire statistics"
ROADS = "STATS19"


def fire_series(
    holdings: Holdings, source: Fires, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each financial year's fires in the place's districts."""
    rows = holdings.store.read("fires")
    years = [Period(start, start + 11) for start in span.months if start.number == 4]
    stated = [_fires(holdings, rows, source, place, year) for year in years]
    return _stated(source, FIRES, stated, span, "the fire statistics count by year")


def casualty_series(
    holdings: Holdings, source: RoadCasualties, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Casualties in the place's districts by financial and by calendar year."""
    rows = holdings.store.read("casualties")
    starts = [month for month in span.months if month.number in (1, 4)]
    years = [Period(start, start + 11) for start in starts]
    stated = [_casualties(holdings, rows, source, place, year) for year in years]
    return _stated(source, ROADS, stated, span, "casualties are counted by year")


def _fires(holdings, rows, source, place, year):
    counts = [
        fire.by_district(
            rows,
            holdings.sources,
            holdings.geography,
            lad_codes=list(place.district_codes),
            period=year,
            kind=kind,
        )["count"]
        for kind in source.kinds
    ]
    return year, sum(each.sum(skipna=False) for each in counts) if place.districts else None


def _casualties(holdings, rows, source, place, year):
    figures = killed_or_seriously_injured(
        rows, holdings.sources, lad_codes=list(place.district_codes), period=year
    )
    columns = list(source.severities)
    return year, figures[columns].sum(axis=1, skipna=False).sum(skipna=False)


def _stated(source, name, figures, span, why):
    rows = [
        {"start": str(year.start), "end": str(year.end), "value": value, "source": name}
        for year, value in figures
        if value is not None and not pd.isna(value)
    ]
    table = pd.DataFrame(rows, columns=["start", "end", "value", "source"])
    stated = within(table.astype({"value": "float64"}), span, source.since)
    return Series(source.origin, name, no_month(span, name, why), stated)
