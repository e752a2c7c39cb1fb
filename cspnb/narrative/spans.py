"""The latest spans in words: each against a year before, longest first, then the rolling year."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.recent import LAST_12_MONTHS, LATEST_MONTH, Recent, Span
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import (
    CLEAR_FALL,
    CLEAR_RISE,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    Change,
)
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
from cspnb.periods import Month, Period

SEVERAL_TESTS = (
    "Spans that end together share months: they are not several findings. Of many measures "
    "looked at so, a few will change clearly by chance."
)

_GREAT_PCT = 20  # from here a reader asks why it is not clear


def recent(result: Recent) -> Exhibit:
    """Whether a measure has changed of late, span by span."""
    paragraphs = [missing_sentence(result)] if result.missing else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def headline(result: Recent) -> str:
    """The message: the longest span that can be compared, then any that says otherwise."""
    label = result.measure.label
    compared = [span for span in result.spans if span.change.verdict != NOT_COMPARED]
    if not compared:
        return f"{label}: nothing of late can be compared with a year before"
    lead, *others = compared
    otherwise = [_otherwise(span) for span in others if _differs(span, lead)]
    message = _message(label, lead)
    return (
        f"{message.rpartition(':')[0] or message}, but {listed(otherwise)}"
        if otherwise
        else message
    )


def missing_sentence(result: Recent) -> str:
    """What cannot be shown, and why."""
    return sentence(
        f"{result.measure.label} cannot be shown for {result.area}: {clause(result.missing)}"
    )


def subtitle(result: Recent) -> str:
    """Measure, place, date and unit."""
    return (
        f"{result.measure.label}, {result.area}, spans to the end of {result.as_at.label} and the "
        f"same months a year before, {result.measure.unit}"
    )


def notes(result: Recent) -> tuple[str, ...]:
    """What is said in full view beside any exhibit of the spans."""
    told = [span.change for span in result.spans if span.change.verdict != NOT_COMPARED]
    return (
        *always([result.measure]),
        *unique(note for change in told for note in changes.of_two_sources(change)),
        *breaks.of_changes(told),
    )


def facts(result: Recent) -> tuple[Fact, ...]:
    """The numbers of each span, under the measure's name and each name of the span."""
    found = []
    for span in result.spans if not result.missing else ():
        for name in span.names:
            prefix = f"{result.measure.key}.{name.replace(' ', '_')}"
            found += [
                Fact(f"{prefix}_{fact.name.partition('.')[2]}", fact.value, fact.text)
                for fact in changes.facts(span.change)
            ]
    return tuple(found)


def span_name(span: Span) -> str:
    """'Last 12 months and year to date'."""
    text = listed(span.names)
    return text[:1].upper() + text[1:]


def _message(label: str, lead: Span) -> str:
    change = lead.change
    before, now = (numerals.count(total.count) for total in (change.before, change.now))
    when = _when(lead.names[0])
    if change.verdict == NO_CLEAR_CHANGE:
        same = change.difference == 0
        size = f"{now} both times" if same else f"{before}, then {now}"
        return f"No {'' if same else 'clear '}change in {in_sentence(label)} {when}: {size}"
    verb = "rose" if change.verdict == CLEAR_RISE else "fell"
    return f"{label} {verb} clearly {when}, from {before} to {now}"


def _when(name: str) -> str:
    return f"over the {name}" if name == LAST_12_MONTHS else f"in the {name}"


def _differs(span: Span, lead: Span) -> bool:
    verdict = span.change.verdict
    return verdict in (CLEAR_RISE, CLEAR_FALL) and verdict != lead.change.verdict


def _otherwise(span: Span) -> str:
    return f"a {span.change.verdict} {_when(span.names[0])}"


def _paragraphs(result: Recent) -> list[str]:
    lead, *others = result.spans
    return [_lead(lead), *map(_brief, others), _rolling(result)]


def _lead(span: Span) -> str:
    """The longest span in full, with all of its names."""
    label = span.change.measure.label
    said = " ".join(changes.sentences(span.change)).removeprefix(label)
    return f"{span_name(span)}, {span.period.label}: {in_sentence(label)}{said}"


def _brief(span: Span) -> str:
    named = f"{span_name(span)}, {span.period.label}"
    change = span.change
    if change.verdict == NOT_COMPARED:
        why = clause(change.reason) or "no reason is held"
        return sentence(f"{named}: {changes.brief(change)}; not compared, as {why}")
    if change.difference == 0:
        return sentence(f"{named}: {changes.brief(change)}, as a year before")
    return f"{sentence(f'{named}: {changes.brief(change)}')} {_verdict(span)}"


def _verdict(span: Span) -> str:
    change = span.change
    said = changes.aside(change)
    joined = f", {said}" if said else ""
    article = "" if change.verdict == NO_CLEAR_CHANGE else "a "
    few = f" {_of_one_month(change)}" if LATEST_MONTH in span.names else ""
    return f"This is {article}{change.verdict}{joined} ({numerals.p_value(change.p_value)}).{few}"


def _of_one_month(change: Change) -> str:
    """That a month tells little; beside a great change that is not clear, how that can be."""
    is_great = change.change_pct is None or abs(change.change_pct) >= _GREAT_PCT
    if change.verdict != NO_CLEAR_CHANGE or not is_great:
        return "A single month tells little."
    if change.dispersion is not None and change.dispersion > 1:
        return "A single month tells little: those of this measure vary that much anyway."
    return "A single month tells little: counts this small vary that much by chance."


def _rolling(result: Recent) -> str:
    """The highest and the lowest of the rolling totals, where more than a year of them is whole."""
    whole = result.rolling[result.rolling["complete"]]
    if len(whole) < 13 or whole["count"].nunique() == 1:
        return ""
    high, low = (whole.loc[getattr(whole["count"], end)()] for end in ("idxmax", "idxmin"))
    return sentence(
        f"Of the {len(whole)} totals of 12 months in a row, the highest was {_total(high)} and the "
        f"lowest {_total(low)}"
    )


def _total(row: pd.Series) -> str:
    end = Month.parse(row["month"])
    return f"{numerals.count(row['count'])} in {Period(end - 11, end).label}"
