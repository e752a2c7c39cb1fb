"""Concentration in words: how few of the places hold how much."""

from cspnb import numerals
from cspnb.analysis.concentration import Concentration
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import whereabouts
from cspnb.narrative.whereabouts import share
from cspnb.narrative.wording import caveats, in_sentence, listed, sentence

NOT_STREETS = (
    "Snap points are neither addresses nor streets, and points that had no record are not known: "
    "the shares do not compare with studies of streets."
)


def concentration(result: Concentration) -> Exhibit:
    """How much of a measure lies in how few places."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=whereabouts.subtitle(result),
        body=(missing_sentence(result),) if result.reason else _paragraphs(result),
        source=whereabouts.source(result),
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def headline(result: Concentration) -> str:
    """The message: 'Half of burglary was at 66 of 364 places'."""
    label = in_sentence(result.measure.label)
    if result.reason:
        return f"{result.measure.label}: concentration cannot be told for {result.area}"
    return f"Half of {label} was {_at(result)} {result.half:,} of {result.places:,} {named(result)}"


def missing_sentence(result: Concentration) -> str:
    """That it cannot be told, and why."""
    return whereabouts.refused(result, "How concentrated was")


def notes(result: Concentration) -> tuple[str, ...]:
    """Which places are counted, and what they are not."""
    if result.reason:
        return whereabouts.notes(result)
    kinds = whereabouts.notes(result) if result.level == "points" else _of_areas(result)
    some = f"{result.empty:,} of them had none" if result.empty else "each of them had some"
    counted = sentence(
        f"The {result.places:,} places are {result.denominator}; {some} in {result.period.label}"
    )
    return (counted, *kinds, *((NOT_STREETS,) if result.are_snapped else ()))


def named(result: Concentration) -> str:
    """What a place is called: 'places', 'LSOAs', 'wards'."""
    return "places" if result.level == "points" else result.level


def facts(result: Concentration) -> tuple[Fact, ...]:
    """The places that hold half, the shares of the top, and the coefficients."""
    if result.reason:
        return ()
    key = result.measure.key
    tops = [
        Fact(f"{key}.top_{row['percentage']:g}_pct", 100 * row["share"], share(row["share"]))
        for row in result.shares.to_dict("records")
    ]
    coefficients = [
        Fact(f"{key}.{name}", value, f"{value:.2f}")
        for name, value in (("gini", result.gini), ("generalised_gini", result.generalised_gini))
    ]
    return (Fact(f"{key}.half", result.half, numerals.count(result.half)), *tops, *coefficients)


def _paragraphs(result: Concentration) -> tuple[str, ...]:
    unit = result.measure.unit
    half = (
        f"In {result.period.label} half of the {numerals.counted(result.records, unit)} in "
        f"{result.area} were {_at(result)} {result.half:,} of {result.places:,} {named(result)}, "
        f"or {share(result.half / result.places)} of them"
    )
    tops = [
        f"the top {row['percentage']:g}% ({row['places']:,}) had {share(row['share'])}"
        for row in result.shares.to_dict("records")
    ]
    shares = sentence(listed(tops)) if tops else ""
    return f"{sentence(half)} {shares}".strip(), _coefficients(result)


def _coefficients(result: Concentration) -> str:
    scale = "on a scale from 0, all places alike, to 1, everything in one"
    gini = sentence(f"The Gini coefficient is {result.gini:.2f}, {scale}")
    if result.records >= result.places:
        return gini
    return (
        f"{gini} With fewer {result.measure.unit} than {named(result)} some must have none; "
        f"allowing for that it is {result.generalised_gini:.2f} (generalised Gini)."
    )


def _at(result: Concentration) -> str:
    return "at" if result.level == "points" else "in"


def _of_areas(result: Concentration) -> tuple[str, ...]:
    """The notes of every answer, without a word on points."""
    return tuple(note for note in whereabouts.notes(result) if note != whereabouts.EXACT)
