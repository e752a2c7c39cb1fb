"""Hot and cold spots in words: whether a measure clusters, where, and what could be chance."""

from collections.abc import Mapping

from cspnb import numerals
from cspnb.analysis.hot_areas import COLD, HOT, RATES, HotAreas
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative.area_wording import (
    areas_of,
    cautions,
    missing_sentence,
    named,
    notes,
    one_area,
    subtitle,
)
from cspnb.narrative.wording import in_sentence, listed, sentence

_NAMED = 5
MEANS = (
    "An area is hot where it and the areas around it together are higher than chance would often "
    "have them; it need not be high itself. Cold is the same for low."
)


def hot_areas(result: HotAreas) -> Exhibit:
    """Whether a measure clusters, and in which small areas."""
    paragraphs = [missing(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle_of(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=under(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def is_missing(result: HotAreas) -> bool:
    """Whether no area could be judged."""
    return bool(result.reason)


def missing(result: HotAreas) -> str:
    """That hot spots cannot be told, and why."""
    return missing_sentence(result, "searched for hot spots")


def headline(result: HotAreas) -> str:
    """The message: 'Burglary clusters: 2 small areas are hot, 1 is cold'."""
    label = result.measure.label
    if is_missing(result):
        return f"{label} is not searched for hot spots"
    hot, cold = (len(result.called(verdict)) for verdict in (HOT, COLD))
    if not hot and not cold:
        return f"{label}: no {one_area(result)} is in a hot or a cold spot"
    said = [f"{areas_of(result, hot)} {_are(hot)} hot"] if hot else []
    if cold:
        said.append(f"{cold if hot else areas_of(result, cold)} {_are(cold)} cold")
    return f"{label}: {', '.join(said)}"


def subtitle_of(result: HotAreas) -> str:
    """Measure, place, period and unit."""
    return subtitle(result, unit(result))


def unit(result: HotAreas) -> str:
    """What is judged: 'offences per 1,000 residents', or 'offences'."""
    of = result.measure.unit
    return f"{of} per 1,000 {result.small_areas.denominator}" if result.judged_by == RATES else of


def overall(result: HotAreas) -> str:
    """Whether like areas lie together more than by chance, all areas taken together."""
    by_chance = "than chance alone would have them"
    figure = f"Moran's I is {_decimal(result.clustering.i)}"
    expected = f"{_decimal(result.clustering.expected)} would be expected by chance"
    told = f"({figure}, {expected}, {numerals.p_value(result.clustering.p_value)})"
    label = in_sentence(result.measure.label)
    if result.is_clustered:
        return sentence(
            f"Areas with high {result.judged_by} of {label} lie by one another, and so do those "
            f"with low ones, more {by_chance} {told}"
        )
    if result.clustering.p_value <= 0.05:
        return sentence(
            f"High and low {result.judged_by} of {label} alternate more {by_chance} {told}"
        )
    return sentence(
        f"Over the whole area, {label} is not clearly clustered: how high and low "
        f"{result.judged_by} lie could easily be chance {told}"
    )


def none_found(result: HotAreas) -> str:
    """That there is neither a hot nor a cold spot: what a map or a table has to say then."""
    return sentence(
        f"None of the {areas_of(result, result.family)} is part of a hot or a cold spot that "
        "chance could not easily explain"
    )


def under(result: HotAreas) -> tuple[str, ...]:
    """What hot means, what was judged and not, and the notes of small areas."""
    said = []
    if not is_missing(result):
        said.append(MEANS)
        if result.why_counts:
            said.append(f"Counts are judged, not rates: {result.why_counts}.")
        if result.islands:
            touch = (
                "touches no other and is" if len(result.islands) == 1 else "touch no other and are"
            )
            said.append(f"{listed(result.islands)} {touch} not judged.")
    return (*said, *notes(result))


def facts(result: HotAreas) -> tuple[Fact, ...]:
    """The numbers of the answer, under the measure's own name."""
    if is_missing(result):
        return ()
    key, level = result.measure.key, result.small_areas.level
    numbers = {verdict: len(result.called(verdict)) for verdict in (HOT, COLD)}
    told = [Fact(f"{key}.{level}s_{v}", n, f"{n:,}") for v, n in numbers.items()]
    i = result.clustering.i
    return (*told, Fact(f"{key}.{level}s_moran", i, _decimal(i)))


def _paragraphs(result: HotAreas) -> list[str]:
    found = [_called(result, verdict) for verdict in (HOT, COLD)]
    return [overall(result), " ".join(filter(None, found)) or none_found(result)]


def _called(result: HotAreas, verdict: str) -> str:
    rows = result.called(verdict)
    if rows.empty:
        return ""
    names = [named(row) for row in rows.head(_NAMED).to_dict("records")]
    rest = len(rows) - len(names)
    more = [f"{rest:,} more"] if rest else []
    number = areas_of(result, len(rows))
    return sentence(f"{number} {_are(len(rows))} {verdict}: {listed([*names, *more])}")


def _decimal(value: float) -> str:
    return numerals.MINUS * (value < -0.005) + f"{abs(value):.2f}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def strength(row: Mapping) -> str:
    """How sure a verdict is: 'q = 0.032'."""
    return numerals.p_value(row["q_value"]).replace("p", "q", 1)
