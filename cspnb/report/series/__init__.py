"""What each source holds of a measure in a place: one module an origin, all in one shape."""

from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import Source
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series import indicators, police_uk

_ORIGINS = {
    "police_uk": police_uk.series,
    "indicators": indicators.series,
}


def series_of(
    holdings: Holdings, source: Source, params: MeasureParams, place: Place, span: Period
) -> Series:
    """What a source holds of a measure in a place, month by month over a span."""
    return _ORIGINS[source.origin](holdings, source, params, place, span)
