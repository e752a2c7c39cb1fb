"""Params: what each partnership and measure is, from YAML files a partnership can edit."""

from cspnb.params.areas import Area, County, Csp, District, Peers
from cspnb.params.assessments import (
    load_calendars,
    load_concerns,
    load_interventions,
    load_issues,
)
from cspnb.params.calendar import CalendarParams
from cspnb.params.checking import check
from cspnb.params.concerns import ConcernsParams
from cspnb.params.files import (
    list_measures,
    list_partnerships,
    load_checklist,
    load_measures,
    load_partnership,
    load_register,
)
from cspnb.params.intervention import InterventionParams
from cspnb.params.measure import MeasureParams, Source
from cspnb.params.partnership import Contact, Partnership, PlanAt
from cspnb.params.plans import Plan, Priority, Target
from cspnb.params.problems import Problem
from cspnb.params.register import RegisterEntry
from cspnb.params.scoring import IssueParams, IssuesParams, SchemeParams
from cspnb.params.skeleton import new_partnership

__all__ = [
    "Area",
    "CalendarParams",
    "ConcernsParams",
    "Contact",
    "County",
    "Csp",
    "District",
    "InterventionParams",
    "IssueParams",
    "IssuesParams",
    "MeasureParams",
    "Partnership",
    "Peers",
    "Plan",
    "PlanAt",
    "Priority",
    "Problem",
    "RegisterEntry",
    "SchemeParams",
    "Source",
    "Target",
    "check",
    "list_measures",
    "list_partnerships",
    "load_calendars",
    "load_checklist",
    "load_concerns",
    "load_interventions",
    "load_issues",
    "load_measures",
    "load_partnership",
    "load_register",
    "new_partnership",
]
