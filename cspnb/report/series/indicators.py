"""Figures that partners supplied, ready counted: by month, or stated for longer periods."""

from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import Indicators
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import every_month
from cspnb.report.supplied import by_longer_period, by_month, supplied_for

ORIGIN = "indicators"
NAME = "supplied figures"


def series(
    holdings: Holdings, _source: Indicators, params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each month's supplied figure, and those for longer periods within the span."""
    supplied = supplied_for(holdings.indicators, params, place)
    why = "no figure was supplied for this month"
    monthly = every_month(by_month(supplied), span, NAME, why)
    return Series(ORIGIN, NAME, monthly, by_longer_period(supplied, span))
