"""What each source holds of a measure in a place: one module an origin, all in one shape."""

from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import Source
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import (
    events,
    home_office,
    indicators,
    police_uk,
    records,
    small_areas,
)
from cspnb.report.series.months import no_month, nothing_stated

_ORIGINS = {
    "police_uk": ("offences", police_uk.series),
    "home_office": ("recorded_crime", home_office.series),
    "supplied_records": ("supplied_records", records.series),
    "ward_counts": ("area_counts", small_areas.ward_series),
    "lsoa_counts": ("area_counts", small_areas.lsoa_series),
    "fires": ("fires", events.fire_series),
    "road_casualties": ("casualties", events.casualty_series),
    "indicators": ("indicators", indicators.series),
}
"""The table an origin is in, and what reads it. Surveys give percentages, not counts."""


def series_of(
    holdings: Holdings, source: Source, params: MeasureParams, place: Place, span: Period
) -> Series:
    """What a source holds of a measure in a place, month by month over a span."""
    if is_told(holdings, source.origin):
        return _ORIGINS[source.origin][1](holdings, source, params, place, span)
    name = source.origin.replace("_", " ")
    return Series(source.origin, name, no_month(span, name, f"no {name} held"), nothing_stated())


def is_told(holdings: Holdings, origin: str) -> bool:
    """Whether an origin can say for itself why it has nothing: something of it is held."""
    table = table_of(origin)
    return table in _TOLD_EVEN_WHEN_EMPTY or holdings.holds(table)


def table_of(origin: str) -> str:
    """The table of the store that an origin's figures are in."""
    return "surveys" if origin == "surveys" else _ORIGINS[origin][0]


_TOLD_EVEN_WHEN_EMPTY = ("offences", "indicators")
"""Every report draws on them."""
