"""Pictures of results: one function per kind. A chart recomputes nothing.

Each returns an `Exhibit` with its text alternative and the data behind it; what cannot be drawn
comes back as a statement that says why.
"""

from cspnb.charts.bars import comparison
from cspnb.charts.columns import trend
from cspnb.charts.panels import trends

__all__ = ["comparison", "trend", "trends"]
