"""Results as tables of words and numbers: one function per kind. A table recomputes nothing."""

from cspnb.tables.provenance import coverage, sources
from cspnb.tables.standings import performance
from cspnb.tables.yearly import years

__all__ = ["coverage", "performance", "sources", "years"]
