"""All that a notebook imports: open a report, ask, say, show."""

from cspnb import analysis, charts, maps, narrative, tables
from cspnb.report.opening import open_report
from cspnb.report.showing import show

__all__ = ["analysis", "charts", "maps", "narrative", "open_report", "show", "tables"]
