"""How a map of hotspots did, in words: what its densest ground held in the year that followed."""

from cspnb import numerals
from cspnb.analysis.prediction import Prediction
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import whereabouts
from cspnb.narrative.whereabouts import share
from cspnb.narrative.wording import caveats, in_sentence, listed, sentence

_PARTS = {1: "hundredth", 5: "twentieth", 10: "tenth"}
MEANS = (
    "PAI is how many times its share of the ground a hotspot held of what came after: 1 is no "
    "better than anywhere. PEI is how near that comes to the best choice of so much ground: 1 is "
    "perfect."
)


def prediction(result: Prediction) -> Exhibit:
    """How much of a period's records lay in the hotspots of the one before."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=(missing_sentence(result),) if result.reason else _paragraphs(result),
        source=whereabouts.source(result, with_outline=True),
        method=result.method,
        coverage=result.coverage,
        notes=tuple(each for each in notes(result) if result.reason or each != ground(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def headline(result: Prediction) -> str:
    """The message: 'The densest tenth of 2020/21 held 76.4% of burglary in 2021/22'."""
    label = in_sentence(result.measure.label)
    if result.reason:
        return f"{result.measure.label}: the map of {result.before.label} cannot be tried"
    row = result.hotspots.iloc[-1]
    return (
        f"The densest {part(row['percentage'])} of {result.before.label} held "
        f"{share(row['share'])} of {label} in {result.period.label}"
    )


def subtitle(result: Prediction) -> str:
    """Measure, place, both periods and unit."""
    return (
        f"{result.measure.label}, {result.area}, hotspots of {result.before.label} tried on "
        f"{result.period.label}, {result.measure.unit}"
    )


def missing_sentence(result: Prediction) -> str:
    """That the map cannot be tried, and why."""
    return whereabouts.refused(result, f"How the map of {result.before.label} did for")


def part(percentage: float) -> str:
    """'tenth' of 10, '3%' of 3."""
    return _PARTS.get(percentage, f"{percentage:g}%")


def notes(result: Prediction) -> tuple[str, ...]:
    """What the indices mean, how much of the ground had any record, and what a place is."""
    if result.reason:
        return whereabouts.notes(result)
    return (MEANS, ground(result), *whereabouts.notes(result), *_outside(result))


def ground(result: Prediction) -> str:
    """That most of the ground had no record in either period, which flatters any map."""
    return (
        f"Of {result.squares:,} squares of {result.cell:,.0f} metres {result.used:,} "
        f"({share(result.used / result.squares)}) had a record in either period; the others may be "
        "fields, or have no snap point. Part of any success is to know where people are."
    )


def facts(result: Prediction) -> tuple[Fact, ...]:
    """The share held, PAI and PEI of each portion of the ground."""
    if result.reason:
        return ()
    found = []
    for row in result.hotspots.to_dict("records"):
        name = f"{result.measure.key}.densest_{row['percentage']:g}"
        found += [
            Fact(f"{name}_pct", 100 * row["share"], share(row["share"])),
            Fact(f"{name}_pai", row["pai"], index(row["pai"])),
            Fact(f"{name}_pei", row["pei"], index(row["pei"])),
        ]
    return tuple(found)


def index(value: float | None) -> str:
    """PAI, PEI or RRI: to two places, one where it is 10 or more."""
    return numerals.rate(value, numerals.rate_places(value))


def _paragraphs(result: Prediction) -> tuple[str, ...]:
    label, unit = in_sentence(result.measure.label), result.measure.unit
    rows = result.hotspots.to_dict("records")
    last = rows[-1]
    held = (
        f"The {part(last['percentage'])} of {result.area} where {label} was densest in "
        f"{result.before.label} held {share(last['share'])} of it in {result.period.label}, "
        f"{numerals.count(last['hits'])} of {numerals.counted(result.records, unit)}: "
        f"{index(last['pai'])} times its share of the ground"
    )
    others = [
        f"the densest {part(row['percentage'])} held {share(row['share'])}, where the best choice "
        f"of so much would have held {share(row['best'] / result.records)}"
        for row in rows[:1]
        if len(rows) > 1
    ]
    return f"{sentence(held)} {sentence(listed(others)) if others else ''}".strip(), ground(result)


def _outside(result: Prediction) -> tuple[str, ...]:
    if not result.outside:
        return ()
    counted = numerals.counted(result.outside, result.measure.unit)
    are = "is" if result.outside == 1 else "are"
    return (f"{counted} with a point outside the outline held {are} left out.",)
