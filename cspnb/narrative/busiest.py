"""The places with most records, in words: how many, how many before, and what a list cannot say."""

from cspnb import numerals
from cspnb.analysis.top_places import TopPlaces
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import whereabouts
from cspnb.narrative.whereabouts import place, share
from cspnb.narrative.wording import caveats, in_sentence, listed, sentence

TOLD = 3
"""So many places are named in a sentence; the table has them all."""

BY_CHANCE = (
    "These places are listed because their latest counts are high, so most of them show a rise by "
    "chance alone, and may come down again. The differences are not tested."
)
POINTS = (
    "Each place is one point. A street can have several, which are counted apart, so that its own "
    "count, then or now, may be higher."
)
MOVED = (
    "The list of snap points can change: a place without a record the year before may not have "
    "been one."
)


def top_places(result: TopPlaces) -> Exhibit:
    """Which places have most records, and what they had the year before."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=whereabouts.subtitle(result),
        body=(missing_sentence(result),) if result.reason else _paragraphs(result),
        source=whereabouts.source(result),
        method=result.method,
        coverage=result.coverage,
        notes=tuple(each for each in notes(result) if each not in _said(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def headline(result: TopPlaces) -> str:
    """The message: 'Burglary: the highest count is on or near Stuart Road, 16 offences'."""
    label = result.measure.label
    if result.reason:
        return f"{label}: no list of places for {result.area}"
    first = result.places.iloc[0]
    counted = numerals.counted(first["count"], result.measure.unit)
    if _leaders(result) > 1:
        return f"{label}: no place had more than {counted}, and {_leaders(result)} had as many"
    return f"{label}: the highest count is {place(first['location'])}, {counted}"


def missing_sentence(result: TopPlaces) -> str:
    """That there is no list, and why."""
    return whereabouts.refused(result, "The places with most")


def notes(result: TopPlaces) -> tuple[str, ...]:
    """What a place is, why no year before is given, how many more tie, and what is chance."""
    if result.reason:
        return whereabouts.notes(result)
    moved = (MOVED,) if result.are_snapped and not result.not_before else ()
    told = (*_not_before(result), *_tied(result), BY_CHANCE, POINTS, *moved)
    return (*whereabouts.notes(result), *told)


def facts(result: TopPlaces) -> tuple[Fact, ...]:
    """The count of the first place, of all listed, and their share."""
    if result.reason:
        return ()
    key, listed_count = result.measure.key, _listed_count(result)
    part = listed_count / result.records
    first = int(result.places["count"].iloc[0])
    return (
        Fact(f"{key}.top_place", first, numerals.count(first)),
        Fact(f"{key}.top_places", listed_count, numerals.count(listed_count)),
        Fact(f"{key}.top_places_pct", 100 * part, share(part)),
    )


def _paragraphs(result: TopPlaces) -> tuple[str, ...]:
    label, number = in_sentence(result.measure.label), len(result.places)
    most = f"the {number} with most" if number > 1 else "the one with most"
    held = _listed_count(result)
    of_all = f"{numerals.count(held)} of {numerals.counted(result.records, result.measure.unit)}"
    together = (
        f"Of the {result.number:,} places in {result.area} with any {label} in "
        f"{result.period.label}, {most} had {of_all}, or {share(held / result.records)}"
    )
    named = [_named(result, row) for row in result.places.head(TOLD).to_dict("records")]
    counts = "The highest count was" if len(named) == 1 else "The highest counts were"
    return (
        f"{sentence(together)} {sentence(f'{counts} {listed(named)}')}",
        " ".join(_said(result)),
    )


def _said(result: TopPlaces) -> tuple[str, ...]:
    """The notes that the sentences say themselves."""
    return () if result.reason else (*_not_before(result), BY_CHANCE)


def _named(result, row) -> str:
    count = numerals.count(row["count"])
    if result.not_before:
        return f"{count} {place(row['location'], row['lsoa_name'])}"
    before = f"{numerals.count(row['before'])} at this point the year before"
    return f"{count} {place(row['location'], row['lsoa_name'])}, against {before}"


def _not_before(result: TopPlaces) -> tuple[str, ...]:
    if not result.not_before:
        return ()
    return (sentence(f"The year before is not given: {result.not_before}"),)


def _tied(result: TopPlaces) -> tuple[str, ...]:
    if not result.tied:
        return ()
    places = "1 more place has" if result.tied == 1 else f"{result.tied:,} more places have"
    return (f"{places} as many as the last one listed.",)


def _leaders(result: TopPlaces) -> int:
    """How many of those listed have the highest count."""
    return int((result.places["count"] == result.places["count"].iloc[0]).sum())


def _listed_count(result: TopPlaces) -> int:
    return int(result.places["count"].sum())
