"""The state of one input: what is held of it, up to when, and what is wanting."""

from collections.abc import Collection

from cspnb.analysis.comparison import comparison
from cspnb.measures.counts import Counts, Levels, total
from cspnb.measures.months import SOUND
from cspnb.periods import Month, Period
from cspnb.report.opening import Report
from cspnb.report.populations import OLD as OLD_POPULATION
from cspnb.report.populations import populations_for

PRESENT, INCOMPLETE, MISSING, OLD = "present", "incomplete", "missing", "too old"

COLUMNS = ["report", "partnership", "input", "measure", "state", "source", "to", "reason"]


def measure_input(figures: Counts | Levels, period: Period) -> dict:
    """The state of a measure's figures for a period."""
    about = {"input": figures.measure.label, "measure": figures.measure.key}
    if isinstance(figures, Levels):
        return about | _of_levels(figures, period)
    return about | _of_counts(figures, period)


def population_input(report: Report, denominator: str) -> dict:
    """The state of what rates are divided by."""
    codes = report.place.district_codes
    found = populations_for(report.holdings.populations, codes, denominator, report.period)
    about = {"input": denominator.capitalize(), "source": found.definition}
    if found.year is None:
        return about | _state(MISSING, "", found.lack(None))
    if found.years_before >= OLD_POPULATION:
        why = f"the newest count is of {found.year}, {found.years_before} years before"
        return about | _state(OLD, str(found.year), why)
    return about | _state(PRESENT, str(found.year))


def lookup_input(report: Report) -> dict:
    """The state of the lookup that says which districts the force polices."""
    about = {"input": "Lookup of districts and forces", "source": "Office for National Statistics"}
    force = report.partnership.force
    if not report.holdings.districts_of(force):
        why = f"no lookup says which districts {report.partnership.force_name} polices"
        return about | _state(MISSING, "", why)
    return about | _state(PRESENT, report.holdings.lookup_year(force))


def peers_input(report: Report, measures: Collection[str] = ()) -> dict:
    """The state of the similar areas: there is a list, and enough of it has each measure's rate."""
    peers = report.peers
    if peers is None:
        why = "the partnership's file lists no peers, and no list of similar areas has it"
        return {"input": "Similar areas", "source": ""} | _state(MISSING, "", why)
    about = {"input": f"Similar areas: {peers.name}", "source": peers.source}
    return about | _compared(report, "peer_group", measures, peers.date)


def force_input(report: Report, measures: Collection[str]) -> dict:
    """The state of the force's districts: whether enough of them have each measure's rate."""
    force = report.partnership.force_name
    about = {"input": f"Districts policed by {force}", "source": ""}
    return about | _compared(report, "force_group", measures, "")


def _compared(report, kind, measures, to):
    """Present where every comparison can be made, else incomplete with the first reason."""
    for measure in sorted(measures):
        asked = ("check", kind, measure, report.partnership.slug, report.period)
        reason = report.holdings.once(asked, lambda key=measure: _why_not(report, kind, key))
        if reason:
            return _state(INCOMPLETE, to, reason)
    return _state(PRESENT, to)


def _why_not(report, kind, measure):
    return comparison(getattr(report, kind)(measure)).reason


def _of_counts(counts: Counts, period: Period) -> dict:
    whole = total(counts, period)
    last = _last_held(counts)
    about = {"source": "; ".join(whole.sources)}
    if whole.complete:
        return about | _state(PRESENT, last)
    if whole.count is not None:
        return about | _state(INCOMPLETE, last, whole.reason)
    if last and Month.parse(last) < period.start:
        why = f"the newest figure is of {Month.parse(last).label}"
        return about | _state(OLD, last, why)
    return about | _state(MISSING, last, whole.reason)


def _last_held(counts: Counts) -> str:
    """The last month of which any source holds a figure; '' where none does."""
    ends = []
    for series in (counts, *counts.others):
        sound = series.monthly[series.monthly["status"] == SOUND]
        ends += [*sound["month"], *series.stated["end"]]
    return max(ends, default="")


def _of_levels(levels: Levels, period: Period) -> dict:
    held = levels.table
    inside = held[(held["end"] >= str(period.start)) & (held["end"] <= str(period.end))]
    last = held["end"].max() if len(held) else ""
    about = {"source": "; ".join(dict.fromkeys(inside["source"]))}
    if len(inside):
        return about | _state(PRESENT, last)
    if len(held) and last < str(period.start):
        return about | _state(OLD, last, f"the newest figure is of {Month.parse(last).label}")
    return about | _state(MISSING, last, levels.missing or "none is held for the period")


def _state(state: str, to: str, reason: str = "") -> dict:
    return {"state": state, "to": to, "reason": reason}
