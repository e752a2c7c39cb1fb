"""Harm in words: the score, what makes up the harm, and how much one offence can move it."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.harm import ONS_SCHEME, Harm
from cspnb.analysis.harm_change import FALL_BEYOND_COUNTING, RISE_BEYOND_COUNTING
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED
from cspnb.measures.proportions import SMALL
from cspnb.narrative import breaks
from cspnb.narrative.wording import (
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    sentence,
)
from cspnb.periods import Period

CAUTIONS = (
    "Weights say how gravely offences are sentenced, or what their makers give them, and not "
    "what any one victim went through.",
    "Harm moves with recording: more violence or sexual offences reported and recorded raise it, "
    "whether or not more is done.",
    "A few grave offences make much of a district's harm; one year's difference can be one case.",
)
_MOST = 0.8
"""Groups are named until they make up this much of the harm, three at the most."""

_BEYOND = (
    "larger than the chance of counting alone would often bring; how much more than that months "
    "vary is not known here, so that it is not called clear"
)
_CHANCE = {
    CLEAR_RISE: "a clear rise: chance would seldom bring so large a difference about",
    CLEAR_FALL: "a clear fall: chance would seldom bring so large a difference about",
    NO_CLEAR_CHANGE: "no clear change: a difference of this size could easily be chance",
    RISE_BEYOND_COUNTING: f"a rise {_BEYOND}",
    FALL_BEYOND_COUNTING: f"a fall {_BEYOND}",
}


def harm(result: Harm) -> Exhibit:
    """How much harm recorded crime stands for, beside its volume."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method="" if is_missing(result) else result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def is_missing(result: Harm) -> bool:
    """Whether the period cannot be weighed."""
    return bool(result.reason)


def missing_sentence(result: Harm) -> str:
    """That harm cannot be told, and why."""
    return sentence(
        f"The harm of recorded crime in {result.area} cannot be told for {result.period.label}: "
        f"{clause(result.reason)}"
    )


def headline(result: Harm) -> str:
    """The message in about ten words: 'Sexual offences: 3% of offences, 27% of harm'."""
    if is_missing(result):
        return f"Harm of recorded crime: no figure for {result.period.label}"
    most = heaviest_group(result)
    about = "about " if result.approximation else ""
    return (
        f"{most['offence_group']}: {share(most['share_of_count'])} of offences, "
        f"{share(most['share_of_harm'], about)} of harm"
    )


def subtitle(result: Harm) -> str:
    """Measure, place, period, unit, and the weights."""
    approximate = ", approximate" if result.approximation else ""
    return (
        f"Volume and harm of recorded crime, {result.area}, {result.period.label}, per cent of "
        f"offences and of harm by {result.scheme}, edition “{result.edition}”{approximate}"
    )


def heaviest_group(result: Harm) -> pd.Series:
    """The group whose share of harm is furthest above its share of offences."""
    beyond = result.groups["share_of_harm"] - result.groups["share_of_count"]
    return result.groups.loc[beyond.idxmax()]


def share(fraction: float, about: str = "") -> str:
    """A fraction as a whole percentage: 'about 27%'; 'under 1%' where it is less, not nought."""
    if 0 < fraction < 0.005:
        return "under 1%"
    return f"{about}{numerals.level(round(100 * fraction))}"


def score(value: float | None) -> str:
    """A score, to two places below 10 and one above: '3.61', '11.4'."""
    return numerals.rate(value, numerals.rate_places(value))


def score_name(result: Harm) -> str:
    """What the score is called: the ONS's own name where the weights are the ONS's."""
    return "Crime Severity Score" if result.scheme == ONS_SCHEME else "Harm score"


def notes(result: Harm) -> tuple[str, ...]:
    """What is in full view: that it is approximate, and offences that have no weight."""
    if is_missing(result):
        return always([result.measure])
    told = [result.approximation] if result.approximation else []
    told += [without_weight(result)]
    return (
        *(sentence(text) for text in told if text),
        *always([result.measure]),
        *breaks.of_period(result.measure, span(result)),
    )


def span(result: Harm) -> Period:
    """From the first year that has a score, or the period itself, to its end."""
    scored = result.years.loc[result.years["score"].notna(), "period"]
    first = Period.parse(scored.iloc[0]) if len(scored) else result.period
    return Period(first.start, result.period.end)


def without_weight(result: Harm) -> str:
    """How many offences of the period the index has no weight for; '' where it weighs all."""
    year = result.years.iloc[-1]
    if not year["unweighted"]:
        return ""
    number, total = int(year["unweighted"]), int(year["count"])
    codes = result.codes.loc[result.codes["weight"].isna(), "offence_code"]
    named = f"{'code' if len(codes) == 1 else 'codes'} {listed(sorted(codes))}"
    are = "is" if number == 1 else "are"
    part = numerals.level(100 * number / total)
    return (
        f"{numerals.count(number)} of {numerals.counted(total, 'offences')} ({part}) {are} of "
        f"{named}, for which the index has no weight: left out of every share and of the harm"
    )


def cautions(result: Harm) -> tuple[str, ...]:
    """What to bear in mind of harm, of residents counted, and of recorded crime."""
    labels = [label for label in result.years["population_label"].iloc[-1:] if label]
    residents = tuple(f"Residents: {label}." for label in labels)
    return (*CAUTIONS, *residents, *caveats(result.measure, result.caveats))


def facts(result: Harm) -> tuple[Fact, ...]:
    """The score, its change, and the share of harm of the group that stands out."""
    if is_missing(result):
        return ()
    key, year, most = result.measure.key, result.years.iloc[-1], heaviest_group(result)
    value = None if pd.isna(year["score"]) else float(year["score"])
    about = "about " if result.approximation and value is not None else ""
    harm_pct = float(100 * most["share_of_harm"])
    return (
        Fact(f"{key}.harm_score", value, f"{about}{score(value)}"),
        Fact(f"{key}.harm_change_pct", result.change_pct,
             numerals.percent_change(result.change_pct)),
        Fact(f"{key}.harm_most_pct", harm_pct, share(most["share_of_harm"], about)),
    )  # fmt: skip


def _paragraphs(result: Harm) -> list[str]:
    return [" ".join(filter(None, part)) for part in (
        (_stands(result), _changed(result)),
        (_made_of(result),),
        (_one_offence(result),),
    )]  # fmt: skip


def _stands(result: Harm) -> str:
    year = result.years.iloc[-1]
    counted = numerals.counted(int(year["count"]), "offences")
    about = "about " if result.approximation else ""
    weighed = f"{numerals.count(_roughly(year['harm'], about))} {result.unit}"
    opening = (
        f"In {result.period.label} {counted} were recorded in {result.area}, which by "
        f"{result.scheme} (edition “{result.edition}”) weigh {about}{weighed}"
    )
    if pd.isna(year["score"]):
        return sentence(f"{opening}; no count of residents is held to divide by")
    limits = ""
    if not pd.isna(year["lower"]):
        limits = f" (95% interval {score(year['lower'])} to {score(year['upper'])})"
    name = in_sentence(score_name(result)) if result.scheme != ONS_SCHEME else score_name(result)
    return sentence(f"{opening}: a {name} of {about}{score(year['score'])} a resident{limits}")


def _roughly(number: float, about: str) -> float:
    """Three figures of a number that is approximate: no more of them are known."""
    return round(number, 3 - len(f"{number:.0f}")) if about else number


def _changed(result: Harm) -> str:
    if result.verdict == NOT_COMPARED:
        before = result.period.earlier().label
        return sentence(f"No change since {before} is given: {clause(result.not_compared)}")
    before, now = result.years.iloc[-2], result.years.iloc[-1]
    counts = f"{numerals.count(before['count'])} to {numerals.count(now['count'])}"
    volume = numerals.percent_change(result.count_change_pct)
    volume = "" if result.count_change_pct is None else f" ({volume})"
    return (
        f"The score was {score(before['score'])} in {before['label']} and {score(now['score'])} "
        f"in {now['label']} ({numerals.percent_change(result.change_pct)}); the number of offences "
        f"went from {counts}{volume}. Of the score this is {_CHANCE[result.verdict]} "
        f"({numerals.p_value(result.p_value)}, by two weighted sums of counts{_allowed(result)})."
    )


def _allowed(result: Harm) -> str:
    """How much more than chance months vary, where the test allows for it."""
    if result.dispersion is None or result.dispersion <= 1:
        return ""
    return f", whose months vary {result.dispersion:.1f} times as much as chance gives"


def _made_of(result: Harm) -> str:
    before = result.groups["share_of_harm"].cumsum() - result.groups["share_of_harm"]
    groups = result.groups[before < _MOST].to_dict("records")[:3]
    shares = [_both(group, result) for group in groups]
    told = [f"Most of the harm: {'; '.join(shares)}"]
    beyond = result.groups["share_of_count"] - result.groups["share_of_harm"]
    many = result.groups.loc[beyond.idxmax()]
    if many["offence_group"] not in [group["offence_group"] for group in groups]:
        told.append(f"Many offences and less harm: {_both(many, result)}")
    return " ".join(map(sentence, told))


def _both(group, result: Harm) -> str:
    about = "about " if result.approximation else ""
    return (
        f"{in_sentence(group['offence_group'])}, {share(group['share_of_count'])} of offences and "
        f"{share(group['share_of_harm'], about)} of harm"
    )


def _one_offence(result: Harm) -> str:
    found = result.heaviest
    if found is None:
        return ""
    named = f"“{in_sentence(found.offence)}”"
    part = share(found.share) if result.years["count"].iloc[-1] >= SMALL else "much"
    told = (
        f"The gravest offence recorded was {named}: {numerals.count(found.count)}, at "
        f"{numerals.count(found.weight)} {result.unit} each, {part} of the harm"
    )
    if found.one is None:
        return sentence(told)
    adds = f"One more or fewer moves the score by {numerals.rate(found.one, 2)}"
    them = "it" if found.count == 1 else "them"
    without = f"without {them} the score would be {score(found.without)}"
    return " ".join(map(sentence, (told, f"{adds}; {without}")))
