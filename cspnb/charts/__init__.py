"""Pictures of results: one function per kind. A chart recomputes nothing.

Each returns an `Exhibit` with its text alternative and the data behind it; what cannot be drawn
comes back as a statement that says why.
"""

from cspnb.charts.again import repeats
from cspnb.charts.bars import comparison
from cspnb.charts.columns import trend
from cspnb.charts.control import control
from cspnb.charts.effects import impact
from cspnb.charts.fan import forecast
from cspnb.charts.harm import harm
from cspnb.charts.hours import timing
from cspnb.charts.outcomes import outcomes
from cspnb.charts.panels import trends
from cspnb.charts.rankings import priority_matrix
from cspnb.charts.residents import concerns
from cspnb.charts.rolling import recent
from cspnb.charts.seasonal import season
from cspnb.charts.shares import concentration, prediction
from cspnb.charts.volumes import rates

__all__ = [
    "comparison",
    "concentration",
    "concerns",
    "control",
    "forecast",
    "harm",
    "impact",
    "outcomes",
    "prediction",
    "priority_matrix",
    "rates",
    "recent",
    "repeats",
    "season",
    "timing",
    "trend",
    "trends",
]
