"""What is said of every answer about places: what a place is, and what has none."""

from cspnb import numerals
from cspnb.analysis.whereabouts import Whereabouts
from cspnb.measures.snap_points import SNAPPED
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, clause, in_sentence, lowered, sentence, sources

LEAST_SHARE = 0.001
EXACT = "Places are those of the partner's own records, to the metre."


def subtitle(result: Whereabouts, unit: str = "") -> str:
    """Measure, place, period and unit."""
    where = f"{result.measure.label}, {result.area}, {result.period.label}"
    return f"{where}, {unit or result.measure.unit}"


def refused(result: Whereabouts, asked: str) -> str:
    """That something asked about places cannot be told, and why: a sentence."""
    label = in_sentence(result.measure.label)
    return sentence(
        f"{asked} {label} in {result.area} in {result.period.label} cannot be told: "
        f"{lowered_reason(result.reason)}"
    )


def lowered_reason(reason: str) -> str:
    """A reason as it stands after a colon; a name or 'No' at its start keeps its capital."""
    first = reason.split(" ", 1)[0]
    return clause(lowered(reason) if first in ("The", "No", "A", "An") else reason)


def notes(result: Whereabouts) -> tuple[str, ...]:
    """What a place is, how many records have none, and the measure's own notes."""
    kind = ()
    if not result.reason and result.source:
        kind = (SNAPPED if result.are_snapped else EXACT,)
    return (
        *kind,
        *_without_point(result),
        *always([result.measure]),
        *breaks.of_period(result.measure, result.period),
    )


def source(result: Whereabouts, *, with_outline: bool = False) -> str:
    """Where the records come from, and the outline where one is drawn or measured."""
    outline = result.outline_source if with_outline else ""
    return sources([result.source, outline])


def place(location: str, lsoa_name: object = None) -> str:
    """'on or near Church Street (Harborough 008A)', as it stands in a sentence."""
    named = lowered(location)
    return named if numerals.is_missing(lsoa_name) else f"{named} ({lsoa_name})"


def share(fraction: float | None) -> str:
    """A fraction of all as a percentage, to one place: '10.0%', '10.4%', 'under 0.1%'."""
    if numerals.is_missing(fraction):
        return numerals.DASH
    if 0 < fraction < LEAST_SHARE:
        return f"under {numerals.rate(100 * LEAST_SHARE, 1)}%"
    return f"{numerals.rate(100 * fraction, 1)}%"


def _without_point(result: Whereabouts) -> tuple[str, ...]:
    number = result.without_point
    if not number:
        return ()
    unit = numerals.counted(number, result.measure.unit)
    has = "has" if number == 1 else "have"
    return (f"{unit} of the period {has} no place, and {'is' if number == 1 else 'are'} left out.",)
