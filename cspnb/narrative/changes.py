"""A change in words: both counts, the percentage, and whether chance could explain it."""

from cspnb import numerals
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED, Change
from cspnb.measures.counts import Total
from cspnb.narrative import breaks
from cspnb.narrative.wording import (
    NOT_NEWS,
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    news,
    sentence,
)

CLEAR_MEANS = (
    "A change is called clear where chance would seldom bring one so large about; any other could "
    "easily be chance."
)

_CHANCE = {
    CLEAR_RISE: "a difference this large would seldom come about by chance",
    CLEAR_FALL: "a difference this large would seldom come about by chance",
    NO_CLEAR_CHANGE: "a difference of this size could easily be chance",
}


def change(result: Change) -> Exhibit:
    """What changed between two periods, told with its test."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=_subtitle(result),
        body=(" ".join((*sentences(result), method(result))).strip(),),
        source=result.source,
        method=method(result),
        coverage=result.coverage,
        notes=(
            *always([result.measure]),
            *of_two_sources(result),
            *breaks.of_changes([result]),
        ),
        caveats=caveats(result.measure),
        facts=facts(result),
    )


def headline(result: Change) -> str:
    """The message in about ten words: 'Domestic burglary rose clearly, from 153 to 253'."""
    label = result.measure.label
    before, now = (numerals.count(total.count) for total in (result.before, result.now))
    match result.verdict:
        case "clear rise" | "clear fall":
            verb = "rose" if result.verdict == CLEAR_RISE else "fell"
            return f"{label} {verb} clearly, from {before} to {now}"
        case "no clear change":
            if result.difference == 0:
                return f"No change in {in_sentence(label)}: {now} in both periods"
            return f"No clear change in {in_sentence(label)}: {before}, then {now}"
    return _headline_alone(label, result)


def sentences(result: Change) -> tuple[str, ...]:
    """What happened, then what the test makes of it; the test itself is named by `method`."""
    if result.verdict == NOT_COMPARED:
        return _not_compared(result)
    if result.difference == 0:
        return (_what_happened(result),)
    return _what_happened(result), _verdict(result)


def method(result: Change) -> str:
    """How the verdict was reached: the test, what it allows for, and its level."""
    return f"Test: {result.method}." if result.is_tested else ""


def aside(result: Change) -> str:
    """What is said of a clear change after a comma: 'and for the better', or why that is not said.

    A change on months that a passing date of the register sets apart, such as a lockdown, is
    neither told as better nor as worse.
    """
    wanted = news(result.measure, result.verdict)
    if wanted in ("", NOT_NEWS):
        return wanted
    return breaks.out_of_the_ordinary(result) or f"and {wanted}"


def of_two_sources(result: Change) -> tuple[str, ...]:
    """That the two counts come from different suppliers within their source, where they do."""
    before, now = result.before.sources, result.now.sources
    if result.verdict == NOT_COMPARED or set(before) == set(now):
        return ()
    said = (
        f"the figure for {result.now.period.label} comes from {listed(now)}, that for "
        f"{result.before.period.label} from {listed(before)}"
    )
    return (sentence(f"{result.measure.label}: {said}"),)


def brief(result: Change) -> str:
    """Both counts with the percentage: '153 to 253, +65.4%'."""
    if result.verdict == NOT_COMPARED:
        return total_phrase(result.now, result.measure.unit)
    if result.difference == 0:
        return f"unchanged at {numerals.count(result.now.count)}"
    counts = f"{numerals.count(result.before.count)} to {numerals.count(result.now.count)}"
    if numerals.is_missing(result.change_pct):
        return f"{counts}, {numerals.difference(result.difference)}"
    return f"{counts}, {numerals.percent_change(result.change_pct)}"


def total_phrase(total: Total, unit: str) -> str:
    """A total as a phrase, whole or not: '253 offences in 2013/14'."""
    if total.count is None:
        return f"no figure for {total.period.label}"
    counted = numerals.counted(total.count, unit)
    if total.complete:
        return f"{counted} in {total.period.label}"
    return f"{counted} in the part of {total.period.label} that is held"


def total_text(total: Total) -> str:
    """A total as a number, marked where it is not whole: '2,105 (incomplete)'."""
    mark = "" if total.complete or total.count is None else " (incomplete)"
    return f"{numerals.count(total.count)}{mark}"


def facts(result: Change) -> tuple[Fact, ...]:
    """The numbers of a change, each under the measure's own name."""
    key = result.measure.key
    numbers = (
        ("now", result.now.count, total_text(result.now)),
        ("before", result.before.count, total_text(result.before)),
        ("difference", result.difference, numerals.difference(result.difference)),
        ("change_pct", result.change_pct, numerals.percent_change(result.change_pct)),
        ("p_value", result.p_value, numerals.p_value(result.p_value)),
    )
    return tuple(Fact(f"{key}.{name}", value, text) for name, value, text in numbers)


def _what_happened(result: Change) -> str:
    label, unit = result.measure.label, result.measure.unit
    before, now = result.before.period.label, result.now.period.label
    then, latest = numerals.count(result.before.count), numerals.count(result.now.count)
    if result.difference == 0:
        counted = numerals.counted(result.now.count, unit)
        return f"{label} stood at {counted} in {now}, the same as in {before}."
    if result.measure.good not in ("lower", "higher"):
        more = "more" if result.difference > 0 else "fewer"
        counts = f"{latest} against {then} ({_size(result)})"
        return f"{label}: {more} {unit} in {now} than in {before}, {counts}, {NOT_NEWS}."
    counted = numerals.counted(result.before.count, unit)
    if result.verdict == NO_CLEAR_CHANGE:
        return f"{label} was {counted} in {before} and {latest} in {now} ({_size(result)})."
    verb = "rose" if result.difference > 0 else "fell"
    return f"{label} {verb} from {counted} in {before} to {latest} in {now} ({_size(result)})."


def _size(result: Change) -> str:
    difference = numerals.difference(result.difference)
    if numerals.is_missing(result.change_pct):
        return f"{difference}; no percentage is given on a base under 10"
    return f"{difference}, or {numerals.percent_change(result.change_pct)}"


def _verdict(result: Change) -> str:
    said = aside(result)
    wanted = f", {said}" if said and said != NOT_NEWS else ""
    article = "" if result.verdict == NO_CLEAR_CHANGE else "a "
    p_value = f" ({numerals.p_value(result.p_value)})" if result.p_value is not None else ""
    return f"This is {article}{result.verdict}{wanted}: {_CHANCE[result.verdict]}{p_value}."


def _not_compared(result: Change) -> tuple[str, ...]:
    unit, before = result.measure.unit, result.before.period.label
    stands = f"{result.measure.label}: {total_phrase(result.now, unit)}"
    reasons = [result.reason] if result.reason else [result.now.reason, result.before.reason]
    why = "; ".join(clause(reason) for reason in reasons if reason)
    return sentence(stands), sentence(
        f"No change since {before} is given: {why or 'no reason held'}"
    )


def _headline_alone(label: str, result: Change) -> str:
    now = result.now
    if now.count is None:
        return f"{label}: no figure for {now.period.label}"
    if not now.complete:
        return f"{label}: {now.period.label} is incomplete, so it is not compared"
    return f"{label}: {total_phrase(now, result.measure.unit)}, not compared with before"


def _subtitle(result: Change) -> str:
    return (
        f"{result.measure.label}, {result.area}, {result.before.period.label} and "
        f"{result.now.period.label}, {result.measure.unit}"
    )
