"""Results as tables of words and numbers: one function per kind. A table recomputes nothing."""

from cspnb.tables.again import repeats
from cspnb.tables.ahead import forecast
from cspnb.tables.close_pairs import near_repeats
from cspnb.tables.control import control
from cspnb.tables.dates import key_dates
from cspnb.tables.effects import impact
from cspnb.tables.harm import harm
from cspnb.tables.hours import timing
from cspnb.tables.month_index import season
from cspnb.tables.outcomes import outcomes
from cspnb.tables.places import concentration, density, prediction, top_places
from cspnb.tables.provenance import coverage, sources
from cspnb.tables.rankings import priority_matrix
from cspnb.tables.residents import concerns
from cspnb.tables.scans import scan
from cspnb.tables.small_areas import hot_areas, small_area_rates
from cspnb.tables.spans import recent
from cspnb.tables.standings import performance
from cspnb.tables.suppression import suppressed
from cspnb.tables.volumes import rates
from cspnb.tables.yearly import years

__all__ = [
    "concentration",
    "concerns",
    "control",
    "coverage",
    "density",
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
    "sources",
    "suppressed",
    "timing",
    "top_places",
    "years",
]
