"""A plan's targets in words: which were met, by how much the others were missed."""

from collections.abc import Sequence

from cspnb import numerals
from cspnb.analysis.performance import MET, MISSED, NO_TARGET, NOT_KNOWN, Performance, Standing
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import NO_CLEAR_CHANGE, NOT_COMPARED
from cspnb.narrative import breaks, changes
from cspnb.narrative.wording import (
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    sentence,
    unique,
)


def performance(result: Performance) -> Exhibit:
    """Where each measure of a plan stands against its target."""
    by_status = {
        status: [standing for standing in result.standings if standing.status == status]
        for status in (MET, MISSED, NOT_KNOWN, NO_TARGET)
    }
    paragraphs = [
        _tally(result, by_status),
        *_named("Met", by_status[MET]),
        *_named("Missed", by_status[MISSED]),
        *_without_target([each for each in by_status[NO_TARGET] if each.is_held]),
        *unknown(by_status[NOT_KNOWN]),
        _unheld(by_status[NO_TARGET]),
        _chance(result),
    ]
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*always(result.measures), *breaks.of_changes(result.changes)),
        caveats=cautions(result),
        facts=facts(result),
    )


def headline(result: Performance) -> str:
    """The message in about ten words: '2 of 6 targets met in 2013/14'."""
    statuses = [standing.status for standing in result.standings if standing.target]
    unknown = statuses.count(NOT_KNOWN)
    if not statuses:
        return f"No target is set for {result.period.label}"
    if len(statuses) == unknown:
        return f"No target can be judged for {result.period.label}"
    if len(statuses) == 1:
        ended = "met" if statuses[0] == MET else "missed"
        return f"The one target was {ended} in {result.period.label}"
    aimed = numerals.counted(len(statuses), "targets")
    unjudged = f", {unknown} not known" if unknown else ""
    return f"{statuses.count(MET)} of {aimed} met in {result.period.label}{unjudged}"


def subtitle(result: Performance) -> str:
    """Place and period."""
    return f"Measures of the plan and their targets, {result.area}, {result.period.dates}"


def target_text(standing: Standing) -> str:
    """The target as it is printed: '−13%', '85%', 'no target'."""
    target = standing.target
    if target is None:
        return NO_TARGET
    if target.kind == "change":
        return numerals.level_change(target.value)
    if standing.measure.kind == "percentage":
        return numerals.level(target.value)
    return numerals.count(target.value)


def gap_text(standing: Standing) -> str:
    """How far from the target: '120 too many', '4 fewer than needed', or percentage points."""
    gap = standing.gap
    if numerals.is_missing(gap):
        return numerals.DASH
    if gap == 0:
        return "exactly on target"
    if standing.measure.kind == "percentage":
        return f"{numerals.points(gap)} {'over' if gap > 0 else 'under'}"
    size = numerals.count(abs(gap))
    if standing.status == MET:
        return f"{size} {'more' if gap > 0 else 'fewer'} than needed"
    return f"{size} too {'many' if gap > 0 else 'few'}"


def unknown(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Which measures cannot be judged, and why: a sentence a reason."""
    by_reason: dict[str, list[str]] = {}
    for standing in standings:
        if standing.reason:
            told = by_reason.setdefault(clause(standing.reason), [])
            told.append(in_sentence(standing.measure.label))
    return tuple(
        sentence(f"Not known for {listed(labels)}: {reason}")
        for reason, labels in by_reason.items()
    )


def cautions(result: Performance) -> tuple[str, ...]:
    """The cautions of every measure shown, each once."""
    return unique(note for standing in result.standings for note in caveats(standing.measure))


def of_two_sources(result: Performance) -> tuple[str, ...]:
    """Which changes set figures of different sources side by side."""
    return tuple(said for change in result.changes for said in changes.of_two_sources(change))


def facts(result: Performance) -> tuple[Fact, ...]:
    """The numbers of every standing, under its measure's own name."""
    return tuple(fact for standing in result.standings for fact in _standing_facts(standing))


def _standing_facts(standing: Standing) -> list[Fact]:
    key, facts = standing.measure.key, []
    if standing.change:
        facts += changes.facts(standing.change)
    if not numerals.is_missing(standing.level):
        facts.append(Fact(f"{key}.level", standing.level, numerals.level(standing.level)))
    if standing.target:
        facts.append(Fact(f"{key}.target", standing.target.value, target_text(standing)))
        facts.append(Fact(f"{key}.gap", standing.gap, gap_text(standing)))
    return facts


def _tally(result: Performance, by_status: dict) -> str:
    met, missed, unknown = (len(by_status[status]) for status in (MET, MISSED, NOT_KNOWN))
    if not result.standings:
        return "The plan names no measure for this."
    if not met + missed + unknown:
        return f"No target is set for {result.period.label}."
    if met + missed + unknown == 1:
        ended = "met it" if met else "missed it" if missed else "cannot be judged"
        return f"The one measure with a target for {result.period.label} {ended}."
    aimed = numerals.counted(met + missed + unknown, "measures")
    unjudged = f" and {unknown} cannot be judged" if unknown else ""
    joiner = "," if unknown else " and"
    return sentence(
        f"Of {aimed} with a target in {result.area} for {result.period.label}, {met or 'none'} met "
        f"it{joiner} {missed or 'none'} missed it{unjudged}"
    )


def _named(heading: str, standings: list[Standing]) -> list[str]:
    items = [_with_gap(standing) for standing in standings]
    return [sentence(f"{heading}: {listed(items)}")] if items else []


def _with_gap(standing: Standing) -> str:
    name, target = in_sentence(standing.measure.label), target_text(standing)
    if standing.change is None:
        return f"{name} ({_stands(standing)}; target {target}; {gap_text(standing)})"
    limit = "" if numerals.is_missing(standing.target_count) else _limit(standing)
    return (
        f"{name} ({changes.brief(standing.change)}; target {target}{limit}; {gap_text(standing)})"
    )


def _limit(standing: Standing) -> str:
    bound = "at least" if standing.measure.good == "higher" else "at most"
    return f", that is {bound} {numerals.count(standing.target_count)}"


def _answers(standing: Standing) -> str:
    if numerals.is_missing(standing.base):
        return ""
    said, share = f" of {numerals.counted(standing.base, 'answers')}", standing.share
    if share is None:
        return said
    few = ", which are few" if share.is_small else ""
    low, high = (numerals.level(round(100 * end)) for end in (share.lower, share.upper))
    wider = ", or somewhat wider, since the answers are weighted" if share.is_approximate else ""
    return f"{said}{few}, which chance alone would put between {low} and {high}{wider}"


def _without_target(standings: list[Standing]) -> list[str]:
    items = [
        f"{in_sentence(standing.measure.label)} ({_stands(standing)})" for standing in standings
    ]
    return [sentence(f"Without a target: {listed(items)}")] if items else []


def _unheld(standings: list[Standing]) -> str:
    lacking = [in_sentence(each.measure.label) for each in standings if not each.is_held]
    return sentence(f"No figures are held for {listed(lacking)}") if lacking else ""


def _stands(standing: Standing) -> str:
    if standing.change:
        return changes.brief(standing.change)
    return f"{numerals.level(standing.level)}{_answers(standing)}"


def _chance(result: Performance) -> str:
    """Which changes chance would seldom bring about."""
    compared = [change for change in result.changes if change.verdict != NOT_COMPARED]
    clear = [change for change in compared if change.verdict != NO_CLEAR_CHANGE]
    if not compared:
        return ""
    if not clear:
        return _none_clear(len(compared), len(result.standings) - len(compared))
    named = listed(f"{in_sentence(change.measure.label)} ({change.verdict})" for change in clear)
    return sentence(f"More than chance would explain: {named}")


def _none_clear(tested: int, others: int) -> str:
    """That none of the measures tested changed clearly, and how many were not tested."""
    if tested == 1:
        said = "The one measure tested here did not change clearly on the year before"
    else:
        said = f"Of the {tested} measures tested here, none changed clearly on the year before"
    were = "was" if others == 1 else "were"
    untested = f"; {numerals.count(others)} {were} not tested" if others else ""
    return f"{said}{untested}."
