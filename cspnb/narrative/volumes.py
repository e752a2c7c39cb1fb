"""How many, per whom, in words: counts, rates per 1,000, and what they are per."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.rates import Rates
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence, unique


def rates(result: Rates) -> Exhibit:
    """How many of each measure there were, and how many that is per 1,000."""
    paragraphs = (
        () if is_missing(result) else (_first(result), *_others(result), *populations(result))
    )
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=(*paragraphs, *unrated(result)),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def is_missing(result: Rates) -> bool:
    """Whether no measure has a rate."""
    return result.rated.empty


def headline(result: Rates) -> str:
    """The message in about ten words: the first measure's rate."""
    if is_missing(result):
        return f"No rate can be given for {result.area} in {result.period.label}"
    row = result.rated.iloc[0]
    rate = numerals.rate(row["rate"], places(result))
    return f"{row['label']}: {rate} per 1,000 {row['denominator']} in {result.period.label}"


def subtitle(result: Rates) -> str:
    """Measures, place, period and what the rates are per."""
    number = len(result.table)
    what = result.table["label"].iloc[0] if number == 1 else f"Rates of {number} measures"
    return ", ".join(filter(None, (what, result.area, result.period.label, per(result))))


def per(result: Rates) -> str:
    """'per 1,000 residents and per 1,000 households'."""
    return listed(f"per 1,000 {denominator}" for denominator, _ in result.panels)


def places(result: Rates) -> int:
    """Decimal places for all the rates: as many as the lowest needs."""
    return numerals.rate_places(result.rated["rate"].min())


def populations(result: Rates) -> tuple[str, ...]:
    """How many the rates are per, of what definition and year: a sentence for each."""
    told = []
    for denominator, rows in result.panels:
        row = rows.iloc[0]
        number = numerals.count(row["population"])
        told.append(f"Rates per 1,000 {denominator} are of {number} ({row['population_label']})")
    return tuple(map(sentence, (*told, *_stood_in(result))))


def _stood_in(result: Rates) -> list[str]:
    """The measures that are per residents as nothing else is held."""
    return [
        f"{listed([labels[0], *map(in_sentence, labels[1:])])} "
        f"{'is' if len(labels) == 1 else 'are'} per 1,000 residents, "
        f"as no count of {denominator} is held"
        for denominator, labels in result.stood_in.items()
    ]


def unrated(result: Rates) -> tuple[str, ...]:
    """The measures that have no rate: a sentence for each reason, with the counts that are held."""
    without = result.table[result.table["rate"].isna()]
    return tuple(
        sentence(f"No rate is given for {listed(map(_named, rows.to_dict('records')))}: {reason}")
        for reason, rows in without.groupby(without["reason"].map(clause), sort=False)
    )


def notes(result: Rates) -> tuple[str, ...]:
    """What is said in full view beside the rates."""
    months = len(result.period)
    part = numerals.counted(months, "months")
    of_breaks = (
        said for measure in result.measures for said in breaks.of_period(measure, result.period)
    )
    return unique(
        (
            "" if months == 12 else f"These are rates of {part} alone, not of a year.",
            *always(result.measures),
            *of_breaks,
        )
    )


def cautions(result: Rates) -> tuple[str, ...]:
    """The cautions of every measure, then those of what was recorded, each once."""
    of_measures = (note for measure in result.measures for note in caveats(measure))
    return unique((*of_measures, *result.caveats))


def facts(result: Rates) -> tuple[Fact, ...]:
    """The count and the rate of each measure, under its own name."""
    found, decimals = [], places(result)
    for row in result.rated.to_dict("records"):
        found.append(Fact(f"{row['key']}.count", int(row["count"]), numerals.count(row["count"])))
        for name, end in (("", ""), ("_lower", "_lower"), ("_upper", "_upper")):
            value = float(row[f"rate{end}"])
            text = numerals.rate(value, decimals)
            found.append(Fact(f"{row['key']}.rate_per_1000{name}", value, text))
    return tuple(found)


def _first(result: Rates) -> str:
    """The first measure in full: its count, its rate and the interval."""
    row = result.rated.iloc[0]
    rate, lower, upper = (
        numerals.rate(row[name], places(result)) for name in ("rate", "rate_lower", "rate_upper")
    )
    return sentence(
        f"{row['label']} in {result.area} came to {numerals.counted(row['count'], row['unit'])} in "
        f"{result.period.label}, which is {rate} per 1,000 {row['denominator']} (95% interval "
        f"{lower} to {upper})"
    )


def _others(result: Rates) -> list[str]:
    """The other measures, highest first, by what they are per."""
    told = []
    for denominator, rows in result.panels:
        others = rows[rows["key"] != result.rated["key"].iloc[0]]
        items = [
            f"{in_sentence(row['label'])} {numerals.rate(row['rate'], places(result))} "
            f"({numerals.counted(row['count'], row['unit'])})"
            for row in others.to_dict("records")
        ]
        if items:
            order = ", highest first" if len(items) > 1 else ""
            told.append(sentence(f"Per 1,000 {denominator}{order}: {listed(items)}"))
    return told


def _named(row: dict) -> str:
    """A measure without a rate, with the count that is held of it."""
    label = in_sentence(row["label"])
    if pd.isna(row["count"]):
        return label
    part = "" if row["complete"] else " in the months held"
    return f"{label} ({numerals.counted(row['count'], row['unit'])}{part})"
