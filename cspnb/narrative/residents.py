"""What residents say in words: shares with their ranges, beside what is recorded."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.concerns import FEWER_SAY, MORE_SAY, NOT_COMPARED, Concerns
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.proportions import UNWEIGHTED
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence, unique

NOT_ALIKE = (
    "What residents name and what is recorded are not the same thing: much is never reported, "
    "and one offence may trouble many people or few."
)
_TOLD = 3


def concerns(result: Concerns) -> Exhibit:
    """What residents name most, how that compares with the record, and what has changed."""
    paragraphs = [missing_sentence(result)] if result.reason else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def missing_sentence(result: Concerns) -> str:
    """That there is nothing to show, and why."""
    return sentence(
        f"What residents of {result.area} would have dealt with cannot be shown: "
        f"{clause(result.reason)}"
    )


def headline(result: Concerns) -> str:
    """The message in about ten words: 'Residents name anti-social behaviour most, 44%'."""
    if result.reason:
        return f"No survey of residents can be shown for {result.area}"
    top = result.table.iloc[0]
    return f"Residents name {in_sentence(top['answer'])} most: {share(top['share'])}"


def subtitle(result: Concerns) -> str:
    """Question, place, wave, base and the period of the record."""
    if result.wave is None:
        return f"{result.question.text} {result.area}, {result.period.label}"
    return (
        f"{result.question.text} {result.area}, {result.wave.label}, {base(result)}; recorded in "
        f"{result.period.label}"
    )


def base(result: Concerns) -> str:
    """'of 412 people who answered, unweighted'; the least and most where bases differ."""
    bases = result.table["base"].dropna()
    if bases.empty:
        return "per cent of those who answered"
    least, most = int(bases.min()), int(bases.max())
    people = numerals.count(least) if least == most else f"{least:,} to {most:,}"
    kinds = unique(result.table["weighting"].dropna())
    weighed = [each if each == UNWEIGHTED else f"weighting: {each}" for each in kinds]
    return f"per cent of {people} people who answered, {listed(weighed)}"


def share(value: float) -> str:
    """A fraction of one as a whole percentage: '44%'."""
    return numerals.DASH if pd.isna(value) else f"{100 * value:.0f}%"


def interval(row: dict) -> str:
    """'40% to 48%'."""
    return f"{share(row['lower'])} to {share(row['upper'])}"


def notes(result: Concerns) -> tuple[str, ...]:
    """What is said in full view: that the two are not alike, small bases, and the measures."""
    if result.reason:
        return ()
    small = result.table["is_small"].fillna(False).astype(bool)
    few = ("Fewer than 100 people answered, so each share could be some 10 points out.",)
    crossed = [note for each in result.measures for note in breaks.of_period(each, result.period)]
    return (
        NOT_ALIKE,
        *(few if small.any() else ()),
        *always(result.measures),
        *unique(crossed),
    )


def cautions(result: Concerns) -> tuple[str, ...]:
    """The cautions of every measure beside the answers, each once."""
    return unique(note for measure in result.measures for note in caveats(measure))


def data(result: Concerns) -> pd.DataFrame:
    """Every answer: shares in per cent with their base, the record, and the wave before."""
    table = result.table
    percent = {
        "Residents who named it (%)": "share",
        "Lower limit (%)": "lower",
        "Upper limit (%)": "upper",
        "Wave before (%)": "before",
        "Change (points)": "change",
        "Change, lower limit": "change_lower",
        "Change, upper limit": "change_upper",
    }
    shares = {name: 100 * table[column] for name, column in percent.items()}
    return pd.DataFrame(
        {
            "Answer": table["answer"],
            **shares,
            "Base": table["base"],
            "Base, wave before": table["before_base"],
            "Weighting": table["weighting"],
            "Change": table["change_verdict"],
            "Measure": table["measure"],
            "Recorded": table["recorded"],
            "Rank among residents": table["share_rank"],
            "Best rank among residents": table["share_best"],
            "Worst rank among residents": table["share_worst"],
            "Rank in the record": table["recorded_rank"],
            "Why no share": table["reason"],
            "Why no record": table["not_recorded"],
        }
    )


def facts(result: Concerns) -> tuple[Fact, ...]:
    """The share of each answer that a measure stands beside, under that measure's name."""
    found = []
    shares = dict(zip(result.table["answer"], result.table["share"], strict=True))
    for concern in result.question.concerns:
        if concern.recorded is None or pd.isna(shares.get(concern.answer)):
            continue
        value = float(100 * shares[concern.answer])
        found.append(Fact(f"{concern.recorded.measure.key}.concern", value, f"{value:.0f}%"))
    return tuple(found)


def change_text(row: dict) -> str:
    """A change between waves: '+5.9 points (+0.4 to +11.4): more than before'."""
    if row["change_verdict"] == NOT_COMPARED:
        return NOT_COMPARED
    change, low, high = (
        numerals.level_change(100 * row[name]).removesuffix("%")
        for name in ("change", "change_lower", "change_upper")
    )
    return f"{change} points ({low} to {high}): {row['change_verdict']}"


def _paragraphs(result: Concerns) -> list[str]:
    return [_most(result), *_gaps(result), _changes(result), _without(result)]


def _most(result: Concerns) -> str:
    rows = result.table[result.table["share"].notna()].to_dict("records")[:_TOLD]
    items = [
        f"{in_sentence(row['answer'])} ({share(row['share'])}; {interval(row)})" for row in rows
    ]
    asked = f"in the survey of {result.wave.label}"
    return sentence(
        f"{asked} residents of {result.area} named most often {listed(items)}; the ranges "
        "allow for chance alone"
    )


def _gaps(result: Concerns) -> list[str]:
    """The answers whose place among residents is not their place in the record, beyond chance."""
    if result.ranked.empty:
        return []
    number, told = len(result.ranked), []
    for said, rows in (
        ("Named more often than its place in the record", result.named_more),
        ("Recorded more often than its place among residents", result.recorded_more),
    ):
        items = [_places(row) for row in rows.to_dict("records")]
        if items:
            told.append(sentence(f"{said}, of {number} that have both: {listed(items)}"))
    alike = (
        f"of the {number} answers that have a recorded volume, none stands elsewhere among "
        "residents than in the record by more than chance could bring about"
    )
    return told or [sentence(alike)]


def _places(row: dict) -> str:
    best, worst, recorded = (
        numerals.ordinal(int(row[name])) for name in ("share_best", "share_worst", "recorded_rank")
    )
    named = best if best == worst else f"between {best} and {worst}"
    return f"{in_sentence(row['answer'])} ({named} among residents, {recorded} in the record)"


def _changes(result: Concerns) -> str:
    if result.earlier is None:
        return ""
    rows = result.table.to_dict("records")
    compared = [row for row in rows if row["change_verdict"] != NOT_COMPARED]
    if not compared:
        return ""
    clear = [row for row in compared if row["change_verdict"] in (MORE_SAY, FEWER_SAY)]
    since = f"since {result.earlier.label}"
    if not clear:
        return sentence(f"no share has changed {since} by more than chance could explain")
    items = [
        f"{in_sentence(row['answer'])} ({share(row['before'])} to {share(row['share'])})"
        for row in clear
    ]
    return sentence(f"changed {since} by more than chance would often bring: {listed(items)}")


def _without(result: Concerns) -> str:
    rows = result.table.to_dict("records")
    lacking = [
        f"{in_sentence(row['answer'])} ({clause(row['reason'])})" for row in rows if row["reason"]
    ]
    unheld = [
        f"{in_sentence(row['answer'])} ({clause(row['not_recorded'])})"
        for row in rows
        if row["not_recorded"] and not row["reason"]
    ]
    told = [sentence(f"Without a share: {listed(lacking)}")] if lacking else []
    told += [sentence(f"Without a recorded volume: {listed(unheld)}")] if unheld else []
    return " ".join(told)
