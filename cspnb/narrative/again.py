"""Repeats in words: how many are recorded again, what share of it they bear, and how soon."""

from cspnb import numerals
from cspnb.analysis.repeats import SOON, Repeats
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, sentence

_ONE = {"victim": "victim", "location": "place", "offender": "offender"}
_FIRST_HELD = (
    "The first record of each is the first in the months held; there may have been one before."
)


def repeats(result: Repeats) -> Exhibit:
    """How many victims, places or offenders are recorded again, and how soon."""
    paragraphs = [missing_sentence(result)] if result.reason else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraphs),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def several(result: Repeats) -> str:
    """What is counted: 'victims', 'places' or 'offenders'."""
    return f"{_ONE[result.by]}s"


def missing_sentence(result: Repeats) -> str:
    """That repeats are not known, and why."""
    label = in_sentence(result.measure.label)
    if result.missing:
        return (
            f"Repeat {several(result)} of {label} in {result.area} are not known. "
            f"{sentence(result.missing)}"
        )
    return sentence(
        f"Repeat {several(result)} of {label} in {result.area}, {result.span.label}, are not "
        f"known: {clause(result.reason)}"
    )


def headline(result: Repeats) -> str:
    """The message in about ten words: 'Burglary: 10% of victims again within 365 days'."""
    label = result.measure.label
    if result.reason:
        return f"{label}: repeat {several(result)} are not known"
    if result.again is None:
        share = _percent(result.repeat_keys / result.keys)
        return f"{label}: {share} of {several(result)} are recorded more than once"
    share = _percent(result.again.value)
    return f"{label}: {share} of {several(result)} again within {result.window} days"


def subtitle(result: Repeats) -> str:
    """Measure, place, period and unit."""
    return f"{result.measure.label}, {result.area}, {result.span.label}, {several(result)}"


def notes(result: Repeats) -> tuple[str, ...]:
    """What stands in full view beside the numbers."""
    if result.missing:
        return always([result.measure])
    told = () if result.reason else (*_left_out(result), _FIRST_HELD)
    return (
        *told,
        *always([result.measure]),
        *breaks.of_period(result.measure, result.span),
    )


def numbers(result: Repeats) -> str:
    """How many there are, how many more than once, and what share of occasions they bear."""
    where = f"{result.measure.label} in {result.area}, {result.span.label}"
    again = numerals.count(result.repeat_keys)
    keys = _percent(result.repeat_keys / result.keys)
    borne = _percent(result.repeat_occasions / result.occasions)
    verb, they = ("is", "it bears") if result.repeat_keys == 1 else ("are", "they bear")
    if not result.repeat_keys:
        return sentence(
            f"{where}: {numerals.count(result.keys)} {several(result)}, none of them recorded more "
            "than once"
        )
    return sentence(
        f"{where}: {numerals.count(result.keys)} {several(result)} on "
        f"{numerals.count(result.occasions)} occasions. Of them {again} ({keys}) {verb} recorded "
        f"more than once, and {they} {borne} of the occasions"
    )


def facts(result: Repeats) -> tuple[Fact, ...]:
    """The numbers of repeats, under the measure's own name."""
    if result.reason:
        return ()
    key = f"{result.measure.key}.repeat_{several(result)}"
    share = 100 * result.repeat_keys / result.keys
    borne = 100 * result.repeat_occasions / result.occasions
    told = [
        Fact(f"{key}.all", result.keys, numerals.count(result.keys)),
        Fact(f"{key}.number", result.repeat_keys, numerals.count(result.repeat_keys)),
        Fact(f"{key}.share", share, numerals.level(share)),
        Fact(f"{key}.share_of_occasions", borne, numerals.level(borne)),
    ]
    if result.again is not None:
        again = 100 * result.again.value
        told.append(Fact(f"{key}.within_{result.window}_days", again, numerals.level(again)))
    return tuple(told)


def followed(result: Repeats) -> str:
    """Of those that can be followed long enough, how many were recorded again, and how soon."""
    if result.again is None:
        return sentence(f"How soon is not said: {clause(result.curve_reason)}")
    again = result.again
    repeated = round(again.value * again.base)
    limits = f"95% interval {_percent(again.lower)} to {_percent(again.upper)}"
    first = sentence(
        f"Of {numerals.count(again.base)} whose first record can be followed for {result.window} "
        f"days, {numerals.count(repeated)} ({_percent(again.value)}, {limits}) were recorded again "
        "within them"
    )
    return " ".join(filter(None, (first, _soon(result, repeated))))


def _soon(result: Repeats, repeated: int) -> str:
    if result.soon_p_value is None:
        return ""
    came = f"{numerals.count(result.soon)} of these {numerals.count(repeated)} came within {SOON}"
    p_value = numerals.p_value(result.soon_p_value)
    even = numerals.rate(repeated * SOON / result.window, 1)
    if result.are_soon:
        return sentence(
            f"{came} days of the first, where even spacing would have {even}: more than chance "
            f"({p_value})"
        )
    return sentence(
        f"{came} days of the first, where even spacing would have {even}, which could easily be "
        f"chance ({p_value})"
    )


def _left_out(result: Repeats) -> tuple[str, ...]:
    said = []
    if result.without_key:
        verb = "says" if result.without_key == 1 else "say"
        said.append(
            f"{numerals.count(result.without_key)} of {numerals.count(result.events)} records "
            f"{verb} nothing of the {_ONE[result.by]}, and are left out."
        )
    if result.same_day:
        verb = "is" if result.same_day == 1 else "are"
        said.append(
            f"{numerals.counted(result.same_day, 'records')} {verb} of a day that another of "
            f"the same {_ONE[result.by]} stands for."
        )
    if result.gaps:
        said.append(sentence(f"Left out: {result.gaps}"))
    return tuple(said)


def _paragraphs(result: Repeats) -> list[str]:
    return [numbers(result), followed(result)]


def _percent(share: float) -> str:
    return numerals.level(100 * share)
