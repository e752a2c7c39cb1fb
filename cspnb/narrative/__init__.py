"""Results told in plain English: statements for a councillor, and the headlines of exhibits."""

from cspnb.narrative.again import repeats
from cspnb.narrative.area_rates import small_area_rates
from cspnb.narrative.busiest import top_places
from cspnb.narrative.changes import change
from cspnb.narrative.close_pairs import near_repeats
from cspnb.narrative.clusters import hot_areas
from cspnb.narrative.dates import key_dates
from cspnb.narrative.densest import density
from cspnb.narrative.effects import impact
from cspnb.narrative.endings import outcomes
from cspnb.narrative.evenness import concentration
from cspnb.narrative.forecasts import forecast
from cspnb.narrative.hindsight import prediction
from cspnb.narrative.hours import timing
from cspnb.narrative.peers import comparison
from cspnb.narrative.rankings import priority_matrix
from cspnb.narrative.residents import concerns
from cspnb.narrative.scans import scan
from cspnb.narrative.seasons import season
from cspnb.narrative.several import trends
from cspnb.narrative.severity import harm
from cspnb.narrative.signals import control
from cspnb.narrative.spans import recent
from cspnb.narrative.summary import findings
from cspnb.narrative.targets import performance
from cspnb.narrative.volumes import rates
from cspnb.narrative.years import trend

__all__ = [
    "change",
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
    "timing",
    "top_places",
    "trend",
    "trends",
]
