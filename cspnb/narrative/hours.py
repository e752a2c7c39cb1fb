"""When things happen, in words: the busiest hours and days, and how much is known of either."""

from cspnb import numerals
from cspnb.analysis.timing import Timing
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import breaks, peaks
from cspnb.narrative.wording import (
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    sentence,
)

PARTS = (
    "One that can have happened in any of several hours counts in parts in each, so the numbers "
    "are expected ones and are rounded."
)
MANY_AT_MIDNIGHT = 0.05


def timing(result: Timing) -> Exhibit:
    """When a measure's events happen, and whether any hours or days stand out."""
    paragraphs = (
        [missing_sentence(result)] if result.reason else [known(result), peaks.told(result)]
    )
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


def is_missing(result: Timing) -> bool:
    """Whether there is no hour to show at all."""
    return bool(result.missing) or not result.timed


def missing_sentence(result: Timing) -> str:
    """That nothing is said of the hours, and why."""
    if result.missing:
        label = in_sentence(result.measure.label)
        return f"The hours of {label} in {result.area} are not known. {sentence(result.missing)}"
    held = numerals.counted(result.events, result.measure.unit)
    return sentence(
        f"{result.measure.label} in {result.area}, {result.span.label}: {held}. No hour is said to "
        f"stand out: {clause(result.reason)}"
    )


def headline(result: Timing) -> str:
    """The message in about ten words: 'Burglary: busiest between 15:00 and 18:00'."""
    label = result.measure.label
    if is_missing(result):
        return f"{label}: the hours are not known"
    if result.reason:
        return f"{label}: too few known times to name a peak"
    if result.stands_out(result.busiest_hours):
        return f"{label}: busiest between {peaks.hours(result.busiest_hours, ' and ')}"
    if result.stands_out(result.busiest_day):
        return f"{label}: busiest on {peaks.day(result.busiest_day)}s"
    return f"{label}: no hour or day stands out"


def subtitle(result: Timing) -> str:
    """Measure, place, period and unit."""
    return (
        f"{result.measure.label}, {result.area}, {result.span.label}, {result.measure.unit} with a "
        "known time, by hour and day"
    )


def notes(result: Timing) -> tuple[str, ...]:
    """What stands in full view beside the hours."""
    if is_missing(result):
        return always([result.measure])
    return (
        *((PARTS,) if (result.hours % 1).to_numpy().any() else ()),
        *_at_midnight(result),
        *((sentence(f"Left out: {result.gaps}"),) if result.gaps else ()),
        *always([result.measure]),
        *breaks.of_period(result.measure, result.span),
    )


def unjudged(result: Timing) -> tuple[str, ...]:
    """Why no hour is said to stand out, where there are hours to show."""
    if not result.reason or is_missing(result):
        return ()
    return (sentence(f"No hour is said to stand out: {clause(result.reason)}"),)


def known(result: Timing) -> str:
    """How many have a known time, and why the others have none."""
    events = numerals.counted(result.events, result.measure.unit)
    where = f"{result.measure.label} in {result.area}, {result.span.label}: {events}"
    if result.timed == result.events:
        return sentence(f"{where}, every one with a known time")
    share = result.timed / result.events
    pct = f" ({peaks.percent(share)})" if result.events >= 10 else ""
    lost = listed(_lost(result))
    return sentence(f"{where}, {numerals.count(result.timed)}{pct} with a known time; {lost}")


def facts(result: Timing) -> tuple[Fact, ...]:
    """The numbers of the hours, under the measure's own name."""
    key = result.measure.key
    counts = (("events", result.events), ("timed", result.timed))
    told = [Fact(f"{key}.timing.{name}", value, numerals.count(value)) for name, value in counts]
    if is_missing(result) or result.reason:
        return tuple(told)
    hours, day = result.busiest_hours, result.busiest_day
    return (
        *told,
        Fact(f"{key}.timing.busiest_hours", hours.first, peaks.hours(hours, " to ")),
        Fact(f"{key}.timing.busiest_hours_share", 100 * hours.share, peaks.percent(hours.share)),
        Fact(f"{key}.timing.busiest_day", day.first, peaks.day(day)),
        Fact(f"{key}.timing.busiest_day_share", 100 * day.share, peaks.percent(day.share)),
    )


def _lost(result: Timing) -> list[str]:
    reasons = (
        (result.too_long, f"can lie anywhere in more than {result.limit:g} hours"),
        (result.without_time, "{have} no time"),
    )
    return [
        f"{numerals.count(number)} {why.format(have='has' if number == 1 else 'have')}"
        for number, why in reasons
        if number
    ]


def _at_midnight(result: Timing) -> tuple[str, ...]:
    if result.at_midnight < MANY_AT_MIDNIGHT * result.timed or result.at_midnight < 2:
        return ()
    timed = numerals.count(result.timed)
    return (
        f"{numerals.count(result.at_midnight)} of {timed} are timed at 00:00 exactly, as systems "
        "often write a time that is not known.",
    )
