"""What stands out? The results of a report, in the order a reader needs them. No sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from cspnb.analysis.comparison import Comparison
from cspnb.analysis.performance import MET, MISSED, NOT_KNOWN, Performance, Standing
from cspnb.analysis.trend import Trend
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED, Change
from cspnb.measures.definition import Measure

TOTAL_CRIME = "total_crime"  # the key of the measure that opens every report

TOTAL = "total crime"
TARGETS = "targets met"
RISE = CLEAR_RISE
FALL = CLEAR_FALL
STEADY = NO_CLEAR_CHANGE
MISS = "target missed"
COMPARED = "comparison"
UNKNOWN = NOT_KNOWN

MISSES_TOLD = 3


@dataclass(frozen=True)
class Tally:
    """How many of the targets that were set are met, missed, or cannot be judged."""

    met: int
    missed: int
    not_known: int


@dataclass(frozen=True)
class Finding:
    """One thing to tell, with the result it comes from.

    `kind` is one of the eight above. `importance` orders findings of a kind, greatest first: for
    a change, the offences it comes to; for a miss, how far beyond the target, in per cent of it;
    for a comparison, the distance from the group's mean in per cent, either way; else 0.
    `measure` is None for the tally of targets.
    """

    kind: str
    measure: Measure | None = None
    importance: float = 0.0
    standing: Standing | None = None
    change: Change | None = None
    comparison: Comparison | None = None
    tally: Tally | None = None


def findings(
    performance: Performance,
    comparisons: Iterable[Comparison] = (),
    trends: Iterable[Trend] = (),
) -> tuple[Finding, ...]:
    """The headline findings of a report, in the order they are told.

    Total crime; targets met, of how many; clear rises; clear falls; the three targets missed by
    most; comparisons; what could not be known. A measure that has both a standing and a trend
    gives one change. Where nothing of all that is known, the changes that are not clear are told.
    """
    standings, comparisons = performance.standings, tuple(comparisons)
    changes = _changes(standings, tuple(trends))
    changed = _changed(changes)
    known = [
        *(change for change in changed if change.kind == TOTAL),
        *_targets(standings),
        *_ranked(changed, RISE),
        *_ranked(changed, FALL),
        *_ranked(_misses(standings), MISS)[:MISSES_TOLD],
        *_ranked(_compared(comparisons), COMPARED),
    ]
    steady = [] if any(map(_tells, known)) else _ranked(changed, STEADY)
    return (*known, *steady, *_unknown(standings, changes, comparisons))


def _tells(finding: Finding) -> bool:
    """Whether a finding tells anything: a tally of targets none of which can be judged does not."""
    return finding.tally is None or finding.tally.met + finding.tally.missed > 0


def _ranked(found: list[Finding], kind: str) -> list[Finding]:
    of_kind = [finding for finding in found if finding.kind == kind]
    return sorted(of_kind, key=lambda finding: -finding.importance)


def _changes(
    standings: tuple[Standing, ...], trends: tuple[Trend, ...]
) -> dict[str, tuple[Change, Standing | None]]:
    changes = {trend.measure.key: (trend.change, None) for trend in trends}
    planned = {s.measure.key: (s.change, s) for s in standings if s.change is not None}
    return planned | {key: found for key, found in changes.items() if key not in planned}


def _changed(changes: dict[str, tuple[Change, Standing | None]]) -> list[Finding]:
    found = []
    for key, (change, standing) in changes.items():
        kind = TOTAL if key == TOTAL_CRIME else change.verdict
        if change.verdict != NOT_COMPARED:
            size = float(abs(change.difference))
            found.append(Finding(kind, change.measure, size, standing=standing, change=change))
    return found


def _targets(standings: tuple[Standing, ...]) -> list[Finding]:
    statuses = [standing.status for standing in standings if standing.target is not None]
    if not statuses:
        return []
    tally = Tally(*(statuses.count(status) for status in (MET, MISSED, NOT_KNOWN)))
    return [Finding(TARGETS, tally=tally)]


def _misses(standings: tuple[Standing, ...]) -> list[Finding]:
    return [
        Finding(MISS, missed.measure, _beyond(missed), standing=missed, change=missed.change)
        for missed in standings
        if missed.status == MISSED
    ]


def _beyond(missed: Standing) -> float:
    figure = missed.target.value if missed.target_count is None else missed.target_count
    return 100 * abs(missed.gap) / max(abs(figure), 1)


def _compared(comparisons: tuple[Comparison, ...]) -> list[Finding]:
    return [
        Finding(COMPARED, c.group.measure, abs(c.distance_pct or 0.0), comparison=c)
        for c in comparisons
        if c.verdict != NOT_COMPARED
    ]


def _unknown(standings, changes, comparisons) -> list[Finding]:
    unjudged = [
        Finding(UNKNOWN, standing.measure, standing=standing, change=standing.change)
        for standing in standings
        if standing.status == NOT_KNOWN or not standing.is_held
    ]
    told = {finding.measure.key for finding in unjudged}
    untested = [
        Finding(UNKNOWN, change.measure, standing=standing, change=change)
        for key, (change, standing) in changes.items()
        if change.verdict == NOT_COMPARED and key not in told
    ]
    uncompared = [
        Finding(UNKNOWN, comparison.group.measure, comparison=comparison)
        for comparison in comparisons
        if comparison.verdict == NOT_COMPARED
    ]
    return unjudged + untested + uncompared
