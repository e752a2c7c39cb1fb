"""A comparison in words: the rate, the group, the rank, and whether chance could explain it."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.comparison import ABOVE, BELOW, IN_LINE, Comparison
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import NOT_COMPARED
from cspnb.narrative import breaks
from cspnb.narrative.wording import (
    NOT_NEWS,
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    sentence,
)

STANDS = {
    ABOVE: "is above the average of",
    IN_LINE: "is in line with the average of",
    BELOW: "is below the average of",
}


def comparison(result: Comparison) -> Exhibit:
    """How an area's rate compares with those of a named group."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            *always([result.group.measure]),
            *breaks.of_period(result.group.measure, result.group.period),
        ),
        caveats=caveats(result.group.measure),
        facts=facts(result),
    )


def is_missing(result: Comparison) -> bool:
    """Whether the own area has no rate to compare."""
    return result.verdict == NOT_COMPARED


def missing_sentence(result: Comparison) -> str:
    """That no comparison is made, and why."""
    group = result.group
    return sentence(
        f"{group.measure.label} in {group.area} is not compared with {in_sentence(group.name)} for "
        f"{group.period.label}: {clause(result.reason) or 'no reason is held'}"
    )


def headline(result: Comparison) -> str:
    """The message in about ten words: 'Robbery: Harborough is below the average of its peers'."""
    group = result.group
    if is_missing(result):
        return f"{group.area} is not compared for {in_sentence(group.measure.label)}"
    stands = f"{group.area} {STANDS[result.verdict]} {in_sentence(group.name)}"
    return f"{group.measure.label}: {stands}"


def subtitle(result: Comparison) -> str:
    """Measure, group, period and unit."""
    group = result.group
    areas = f"{group.area} and {in_sentence(group.name)}"
    return f"{group.measure.label}, {areas}, {group.period.label}, {unit(result)}"


def unit(result: Comparison) -> str:
    """'offences per 1,000 residents'."""
    return f"{result.group.measure.unit} per 1,000 {denominator(result)}"


def denominator(result: Comparison) -> str:
    """What the rate is per: residents or households."""
    named = result.group.measure.denominator
    return named if named in ("residents", "households") else "residents"


def left_out(result: Comparison) -> str:
    """The areas of the group that have no rate, and why."""
    gone = [
        f"{listed(names)} ({clause(reason)})" for reason, names in result.left_out_by_reason.items()
    ]
    return sentence(f"Left out: {'; '.join(gone)}") if gone else ""


def own(result: Comparison) -> pd.Series:
    """The own area's row of the rates."""
    return result.rates[result.rates["is_own"].astype(bool)].iloc[0]


def rank(result: Comparison) -> str:
    """The own area's place, from the nearer end: 'lowest', '3rd lowest', '2nd highest'."""
    from_top = len(result.rates) + 1 - result.rank
    end, place = ("highest", from_top) if from_top < result.rank else ("lowest", result.rank)
    return end if place == 1 else f"{numerals.ordinal(place)} {end}"


def held(result: Comparison) -> str:
    """How many ordinary areas the limits hold: fewer where they allow for how such areas differ."""
    return "about nine areas in ten" if result.is_beyond_chance else "95 areas in 100"


def facts(result: Comparison) -> tuple[Fact, ...]:
    """The numbers of a comparison, under the measure's own name."""
    if is_missing(result):
        return ()
    key, row = result.group.measure.key, own(result)
    places = numerals.rate_places(result.mean_rate)
    rates = {
        "rate": row["rate"],
        "rate_lower": row["rate_lower"],
        "rate_upper": row["rate_upper"],
        "mean_rate": result.mean_rate,
    }
    named = [
        Fact(f"{key}.{name}", float(value), numerals.rate(value, places))
        for name, value in rates.items()
    ]
    place = f"{rank(result)} of {len(result.rates)}"
    return (*named, Fact(f"{key}.rank", result.rank, place))


def _paragraphs(result: Comparison) -> list[str]:
    return [f"{_own_rate(result)} {_group_mean(result)}", _verdict(result), left_out(result)]


def _own_rate(result: Comparison) -> str:
    group, row = result.group, own(result)
    places = numerals.rate_places(result.mean_rate)
    rate, lower, upper = (
        numerals.rate(row[name], places) for name in ("rate", "rate_lower", "rate_upper")
    )
    counted = numerals.counted(row["count"], group.measure.unit)
    return sentence(
        f"{group.measure.label} in {group.area} stood at {rate} per 1,000 {denominator(result)} in "
        f"{group.period.label}: {counted} among {numerals.count(row['population'])} "
        f"{denominator(result)} (95% interval {lower} to {upper})"
    )


def _group_mean(result: Comparison) -> str:
    group = result.group
    mean = numerals.rate(result.mean_rate, numerals.rate_places(result.mean_rate))
    return sentence(
        f"Among {in_sentence(group.name)} the average of {len(result.rates)} areas is {mean}, and "
        f"{group.area} has the {rank(result)} rate"
    )


def _verdict(result: Comparison) -> str:
    places = numerals.rate_places(result.mean_rate)
    lower, upper = (
        numerals.rate(limit, places) for limit in (result.limit_lower, result.limit_upper)
    )
    between = f"would leave {held(result)} between {lower} and {upper}"
    if result.is_beyond_chance:
        usual = "is no more than such areas usually differ"
        beyond = "by more than such areas usually differ"
        limits = f"at a population of its size, chance and their usual differences {between}"
    else:
        usual, beyond = "could easily be chance", "by more than chance"
        limits = f"at a population of its size, chance alone {between}"
    if result.verdict == IN_LINE:
        return sentence(f"The difference from the average {usual}: {limits}")
    return sentence(f"That is {result.verdict} the average {beyond}{_news(result)}: {limits}")


def _news(result: Comparison) -> str:
    good = result.group.measure.good
    if good not in ("lower", "higher"):
        return f", {NOT_NEWS}"
    is_wanted = (result.verdict == BELOW) == (good == "lower")
    return f", which is {'better' if is_wanted else 'worse'}"
