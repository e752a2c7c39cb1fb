"""Results told in plain English: statements for a councillor, and the headlines of exhibits."""

from cspnb.narrative.changes import change
from cspnb.narrative.effects import impact
from cspnb.narrative.hours import timing
from cspnb.narrative.peers import comparison
from cspnb.narrative.rankings import priority_matrix
from cspnb.narrative.residents import concerns
from cspnb.narrative.scans import scan
from cspnb.narrative.several import trends
from cspnb.narrative.summary import findings
from cspnb.narrative.targets import performance
from cspnb.narrative.years import trend

__all__ = [
    "change",
    "comparison",
    "concerns",
    "findings",
    "impact",
    "performance",
    "priority_matrix",
    "scan",
    "timing",
    "trend",
    "trends",
]
