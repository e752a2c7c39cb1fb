"""Rates of small areas in words: the highest, how many stand out, and what could be chance."""

from cspnb import numerals
from cspnb.analysis.comparison import ABOVE, BELOW, IN_LINE
from cspnb.analysis.small_area_rates import LEADING, SmallAreaRates
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative.area_wording import (
    areas_of,
    cautions,
    how_many,
    missing_sentence,
    named,
    notes,
    one_area,
    unplaced,
)
from cspnb.narrative.area_wording import subtitle as subtitle_of
from cspnb.narrative.wording import lowered, sentence


def small_area_rates(result: SmallAreaRates) -> Exhibit:
    """Where a measure is high: the highest rates, and which areas differ by more than chance."""
    paragraphs = [missing(result)] if has_nothing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result)[bool(unplaced(result)) :],
        caveats=cautions(result),
        facts=facts(result),
    )


def has_nothing(result: SmallAreaRates) -> bool:
    """Whether no area has a count of the whole period."""
    return not result.small_areas.is_whole


def has_rates(result: SmallAreaRates) -> bool:
    """Whether the areas are judged by their rates."""
    return not result.reason


def missing(result: SmallAreaRates) -> str:
    """That the areas cannot be shown, and why."""
    return missing_sentence(result, f"shown by {one_area(result)}")


def headline(result: SmallAreaRates) -> str:
    """The message: 'Burglary: 16 of 211 small areas are above the partnership's rate'."""
    label = result.measure.label
    if has_nothing(result):
        return f"{label} is not shown by {one_area(result)}"
    if not has_rates(result):
        return f"{label}: most in {result.areas['area_name'].iloc[0]}"
    above = len(result.called(ABOVE))
    stands = "is" if above == 1 else "are"
    if not above:
        return f"{label}: no {one_area(result)} is clearly above the partnership's rate"
    of = areas_of(result, result.family)
    return f"{label}: {above} of {of} {stands} above the partnership's rate"


def subtitle(result: SmallAreaRates) -> str:
    """Measure, place, period and unit."""
    return subtitle_of(result, unit(result))


def unit(result: SmallAreaRates) -> str:
    """'offences per 1,000 residents', or 'offences' where there is no rate."""
    of = result.measure.unit
    return f"{of} per 1,000 {result.small_areas.denominator}" if has_rates(result) else of


def rate(value: float | None, result: SmallAreaRates) -> str:
    """A rate, to as many places as the partnership's own."""
    return numerals.rate(value, numerals.rate_places(result.own_rate))


def verdicts(result: SmallAreaRates) -> str:
    """How many areas are above, below and in line, and how sure that is."""
    above, below, in_line = (len(result.called(v)) for v in (ABOVE, BELOW, IN_LINE))
    if not above and not below:
        return sentence(
            f"None of the {areas_of(result, result.family)} differs from the partnership's rate by "
            "more than chance could explain"
        )
    rest = "the other" if in_line == 1 else f"the other {in_line:,}"
    others = f"; {rest} could easily differ by chance alone" if in_line else ""
    return sentence(
        f"Of the {areas_of(result, result.family)}, {how_many(above)} {_are(above)} above the "
        f"partnership's rate and {how_many(below)} {_are(below)} below it by more than "
        f"chance{others}"
    )


def leading(result: SmallAreaRates) -> str:
    """How much of all offences the areas with most have; '' where too few to say."""
    if result.leading_share is None or not result.total or result.total < 10 * LEADING:
        return ""
    share = numerals.level(100 * result.leading_share)
    people = ""
    if result.leading_people is not None:
        held = numerals.level(100 * result.leading_people)
        people = f", and {held} of the {result.small_areas.denominator}"
    ten = areas_of(result, LEADING).replace(str(LEADING), "ten", 1)
    return sentence(f"The {ten} with the most {result.measure.unit} had {share} of them{people}")


def facts(result: SmallAreaRates) -> tuple[Fact, ...]:
    """The numbers of the answer, under the measure's own name."""
    if has_nothing(result):
        return ()
    key, small = result.measure.key, result.small_areas
    found = [Fact(f"{key}.{small.level}s", len(result.areas), f"{len(result.areas):,}")]
    found.append(Fact(f"{key}.unplaced", small.unplaced, f"{small.unplaced:,}"))
    if not has_rates(result):
        return tuple(found)
    own = Fact(f"{key}.own_rate", result.own_rate, rate(result.own_rate, result))
    numbers = {verdict: len(result.called(verdict)) for verdict in (ABOVE, BELOW)}
    told = [Fact(f"{key}.{small.level}s_{v}", n, f"{n:,}") for v, n in numbers.items()]
    return (*found, own, *told)


def _paragraphs(result: SmallAreaRates) -> list[str]:
    if not has_rates(result):
        return [f"{_total(result)} {_most(result)} {leading(result)}".strip(), _why_no_rate(result)]
    return [
        f"{_total(result)} {_highest(result)}",
        f"{verdicts(result)} {leading(result)}".strip(),
        unplaced(result),
    ]


def _total(result: SmallAreaRates) -> str:
    counted = numerals.counted(result.total, result.measure.unit)
    own = ""
    if has_rates(result):
        per = f"per 1,000 {result.small_areas.denominator}"
        own = f", {rate(result.own_rate, result)} {per}"
    return sentence(
        f"{result.measure.label} in {result.area} came to {counted} in {result.period.label}{own}, "
        f"across {areas_of(result, len(result.areas))}"
    )


def _highest(result: SmallAreaRates) -> str:
    row = result.areas.iloc[0]
    if not row["count"]:
        return ""
    counted = numerals.counted(row["count"], result.measure.unit)
    people = numerals.count(row["population"])
    lower, upper = (rate(row[name], result) for name in ("rate_lower", "rate_upper"))
    return sentence(
        f"The highest rate was in {named(row)}: {rate(row['rate'], result)} per 1,000 (95% "
        f"interval {lower} to {upper}), from {counted} among {people} "
        f"{result.small_areas.denominator}"
    )


def _most(result: SmallAreaRates) -> str:
    row = result.areas.iloc[0]
    if not row["count"]:
        return ""
    return sentence(
        f"The most were in {named(row)}: {numerals.counted(row['count'], result.measure.unit)}"
    )


def _why_no_rate(result: SmallAreaRates) -> str:
    said = sentence(f"No rates are given: {lowered(result.reason)}")
    return f"{said} {unplaced(result)}".strip()


def _are(number: int) -> str:
    return "is" if number in (0, 1) else "are"
