"""Answers to a partnership's questions, as frozen results. Pure: no files, no drawing.

A notebook asks by name: `analysis.trend(report.counts("domestic_burglary"))`.
"""

from cspnb.analysis.comparison import comparison
from cspnb.analysis.concentration import concentration
from cspnb.analysis.concerns import concerns
from cspnb.analysis.control import control
from cspnb.analysis.density import density
from cspnb.analysis.findings import findings
from cspnb.analysis.forecast import forecast
from cspnb.analysis.harm import harm
from cspnb.analysis.hot_areas import hot_areas
from cspnb.analysis.impact import impact
from cspnb.analysis.key_dates import key_dates
from cspnb.analysis.near_repeats import near_repeats
from cspnb.analysis.outcomes import outcomes
from cspnb.analysis.performance import performance
from cspnb.analysis.prediction import prediction
from cspnb.analysis.priority_matrix import priority_matrix
from cspnb.analysis.rates import rates
from cspnb.analysis.recent import recent
from cspnb.analysis.repeats import repeats
from cspnb.analysis.scan import scan
from cspnb.analysis.season import season
from cspnb.analysis.small_area_rates import small_area_rates
from cspnb.analysis.timing import timing
from cspnb.analysis.top_places import top_places
from cspnb.analysis.trend import trend, trends
from cspnb.measures.suppression import suppressed

__all__ = [
    "comparison",
    "concentration",
    "concerns",
    "control",
    "density",
    "findings",
    "forecast",
    "harm",
    "hot_areas",
    "impact",
    "key_dates",
    "near_repeats",
    "outcomes",
    "performance",
    "prediction",
    "priority_matrix",
    "rates",
    "recent",
    "repeats",
    "scan",
    "season",
    "small_area_rates",
    "suppressed",
    "timing",
    "top_places",
    "trend",
    "trends",
]
