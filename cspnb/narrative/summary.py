"""The headline findings of a report, in three to six short paragraphs."""

from collections.abc import Sequence

from cspnb import numerals
from cspnb.analysis.findings import (
    COMPARED,
    FALL,
    MISS,
    RISE,
    STEADY,
    TARGETS,
    TOTAL,
    UNKNOWN,
    Finding,
)
from cspnb.exhibits import Exhibit
from cspnb.measures.change import NOT_COMPARED, Change
from cspnb.narrative import breaks, changes, peers, targets
from cspnb.narrative.wording import always, in_sentence, listed, sentence, unique


def findings(found: Sequence[Finding]) -> Exhibit:
    """What stands out: total crime, targets, clear changes, comparisons, what is not known."""
    unknown = _unknown(_of(found, UNKNOWN))
    paragraphs = (
        _total(_of(found, TOTAL)),
        _targets(_of(found, TARGETS), _of(found, MISS)),
        _clear("Rose by more than chance", _of(found, RISE)),
        _clear("Fell by more than chance", _of(found, FALL)),
        _clear("No clear change", _of(found, STEADY)),
        _compared(_of(found, COMPARED)),
        unknown,
    )
    told = tuple(paragraph for paragraph in paragraphs if paragraph)
    return Exhibit(
        kind="statement",
        title="Headline findings",
        body=told or ("Nothing stands out: there is no result to report.",),
        notes=(
            *always(finding.measure for finding in found if finding.measure is not None),
            *breaks.of_changes(finding.change for finding in found if _tells_change(finding)),
        ),
        facts=_facts(found),
        warnings=(unknown,) if unknown else (),
    )


def _of(found: Sequence[Finding], kind: str) -> list[Finding]:
    return [finding for finding in found if finding.kind == kind]


def _tells_change(finding: Finding) -> bool:
    return finding.change is not None and finding.change.verdict != NOT_COMPARED


def _total(found: list[Finding]) -> str:
    return " ".join(" ".join(changes.sentences(finding.change)) for finding in found)


def _targets(tallies: list[Finding], misses: list[Finding]) -> str:
    if not tallies:
        return ""
    tally = tallies[0].tally
    aimed = numerals.counted(tally.met + tally.missed + tally.not_known, "targets")
    unjudged = f", and {tally.not_known} cannot be judged" if tally.not_known else ""
    said = f"Of {aimed}, {tally.met} met, {tally.missed} missed{unjudged}."
    missed = listed(
        f"{in_sentence(miss.measure.label)} ({targets.gap_text(miss.standing)})" for miss in misses
    )
    return f"{said} {sentence(f'Missed by most: {missed}')}" if missed else said


def _clear(heading: str, found: list[Finding]) -> str:
    items = listed(
        f"{in_sentence(finding.measure.label)} ({_brief(finding.change)})" for finding in found
    )
    return sentence(f"{heading}: {items}") if items else ""


def _brief(change: Change) -> str:
    said = changes.aside(change).removeprefix("and ")
    return ", ".join(filter(None, (changes.brief(change), said)))


def _compared(found: list[Finding]) -> str:
    by_group: dict[tuple[str, str], list[str]] = {}
    for finding in found:
        result = finding.comparison
        named = (result.group.area, in_sentence(result.group.name))
        by_group.setdefault(named, []).append(_standing(finding))
    return " ".join(
        sentence(f"Compared with {group}, {area} stands {listed(items)}")
        for (area, group), items in by_group.items()
    )


def _standing(finding: Finding) -> str:
    result = finding.comparison
    places = numerals.rate_places(result.mean_rate)
    own, mean = (
        numerals.rate(rate, places) for rate in (peers.own(result)["rate"], result.mean_rate)
    )
    side = f"{result.verdict} with" if result.verdict == "in line" else result.verdict
    return (
        f"{side} the average for {in_sentence(finding.measure.label)} "
        f"({own} against {mean} per 1,000 {peers.denominator(result)})"
    )


def _unknown(found: list[Finding]) -> str:
    items = listed(unique(_what(finding) for finding in found))
    return sentence(f"Not known, for reasons given where each is shown: {items}") if items else ""


def _what(finding: Finding) -> str:
    if finding.comparison is None:
        return in_sentence(finding.measure.label)
    group = finding.comparison.group
    return f"how {group.area} compares with {in_sentence(group.name)}"


def _facts(found: Sequence[Finding]) -> tuple:
    shown = {}
    for finding in found:
        of_change = changes.facts(finding.change) if finding.change is not None else ()
        of_rate = peers.facts(finding.comparison) if finding.comparison is not None else ()
        shown |= {fact.name: fact for fact in (*of_change, *of_rate)}
    return tuple(shown.values())
