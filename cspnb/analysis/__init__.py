"""Answers to a partnership's questions, as frozen results. Pure: no files, no drawing.

A notebook asks by name: `analysis.trend(report.counts("domestic_burglary"))`.
"""

from cspnb.analysis.comparison import comparison
from cspnb.analysis.findings import findings
from cspnb.analysis.performance import performance
from cspnb.analysis.trend import trend, trends

__all__ = ["comparison", "findings", "performance", "trend", "trends"]
