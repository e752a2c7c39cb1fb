"""Performance against targets, as scrutiny panels know it, with what chance could explain."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.performance import MET, MISSED, NO_TARGET, NOT_KNOWN, Performance, Standing
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED
from cspnb.narrative import breaks, changes, targets
from cspnb.narrative.wording import always

_STATUS = {
    MET: "● met",
    MISSED: "▲ missed",
    NO_TARGET: "no target",
    NOT_KNOWN: "◆ not known",
}
_CHANCE = {
    CLEAR_RISE: "yes: clear rise",
    CLEAR_FALL: "yes: clear fall",
    NO_CLEAR_CHANGE: "no: could easily be chance",
    NOT_COMPARED: "not compared",
}
_JUDGED = ("Target met?", "Gap to target", "Distinguishable from chance?")
_DASH_MEANS = "A dash stands where a figure is not held or does not apply."


def performance(result: Performance) -> Exhibit:
    """Each measure with its target, both years, the change, the gap, and the verdict of a test."""
    if not result.standings:
        return targets.performance(result)
    rows = tuple(_row(standing) for standing in result.standings)
    numeric = ("Target", result.period.earlier().label, result.period.label, "Difference", "Change")
    return Exhibit(
        kind="table",
        title=targets.headline(result),
        subtitle=targets.subtitle(result),
        body=Grid(("Measure", *numeric, *_JUDGED), rows, frozenset(numeric)),
        alternative=f"Table of {len(rows)} measures: {targets.headline(result)}.",
        data=pd.DataFrame([_numbers(standing) for standing in result.standings]),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            _DASH_MEANS,
            changes.CLEAR_MEANS,
            *targets.unknown(result.standings),
            *targets.of_two_sources(result),
            *always(result.measures),
            *breaks.of_changes(result.changes),
        ),
        caveats=targets.cautions(result),
        facts=targets.facts(result),
    )


def _row(standing: Standing) -> tuple[str, ...]:
    return (
        standing.measure.label,
        targets.target_text(standing),
        *_counts(standing),
        _STATUS[standing.status],
        targets.gap_text(standing),
        _chance(standing),
    )


def _counts(standing: Standing) -> tuple[str, str, str, str]:
    change = standing.change
    if change is None:
        return numerals.DASH, numerals.level(standing.level), numerals.DASH, numerals.DASH
    return (
        changes.total_text(change.before),
        changes.total_text(change.now),
        numerals.difference(change.difference),
        numerals.percent_change(change.change_pct),
    )


def _chance(standing: Standing) -> str:
    if standing.change is None:
        return "not tested"
    p_value = standing.change.p_value
    judged = f" ({numerals.p_value(p_value)})" if not numerals.is_missing(p_value) else ""
    return f"{_CHANCE[standing.change.verdict]}{judged}"


def _numbers(standing: Standing) -> dict:
    change, target, share = standing.change, standing.target, standing.share
    return {
        "Measure": standing.measure.label,
        "Unit": standing.measure.unit,
        "Target": target.value if target else None,
        "Kind of target": target.kind if target else None,
        "Last year": change.before.count if change else None,
        "This year": change.now.count if change else standing.level,
        "Base": standing.base,
        "Lower": 100 * share.lower if share else None,
        "Upper": 100 * share.upper if share else None,
        "Weighting": share.weighting if share and share.is_approximate else None,
        "Difference": change.difference if change else None,
        "Change (%)": change.change_pct if change else None,
        "Count that meets the target": standing.target_count,
        "Gap to target": standing.gap,
        "Target met": standing.status,
        "Verdict": change.verdict if change else None,
        "p value": change.p_value if change else None,
    }
