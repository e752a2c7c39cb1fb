"""Results as tables of words and numbers: one function per kind. A table recomputes nothing."""

from cspnb.tables.effects import impact
from cspnb.tables.hours import timing
from cspnb.tables.provenance import coverage, sources
from cspnb.tables.rankings import priority_matrix
from cspnb.tables.residents import concerns
from cspnb.tables.scans import scan
from cspnb.tables.standings import performance
from cspnb.tables.yearly import years

__all__ = [
    "concerns",
    "coverage",
    "impact",
    "performance",
    "priority_matrix",
    "scan",
    "sources",
    "timing",
    "years",
]
