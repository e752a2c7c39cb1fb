"""Scored issues in words: the order, which ranks are firm, and which a point could change."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.priority_matrix import PriorityMatrix
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative.wording import clause, in_sentence, listed, sentence, unique

JUDGEMENTS = "Scores are judgements on the partnership's own scales; they are not measurements."


def priority_matrix(result: PriorityMatrix) -> Exhibit:
    """Which issues come first, how firmly, and which could not be ranked."""
    told = [missing_sentence(result)] if result.reason else [_first(result), *_firmness(result)]
    paragraphs = (*told, not_scored(result))
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        facts=facts(result),
    )


def missing_sentence(result: PriorityMatrix) -> str:
    """That no issue is ranked, and why."""
    if result.issues.missing:
        return sentence(result.issues.missing)
    return sentence(f"No issue is ranked for {result.area}: {clause(result.reason)}")


def headline(result: PriorityMatrix) -> str:
    """The message in about ten words: 'Domestic abuse ranks first, but within a point'."""
    if result.reason:
        return f"{result.area}: no issue is ranked"
    top = result.ranked[result.ranked["rank"] == 1]
    names = listed(top["issue"].iloc[:2])
    if len(top) > 2:
        return f"{len(top)} issues share first place"
    if len(top) == 2:
        return f"{names} share first place"
    if top["is_firm"].iloc[0]:
        return f"{names} ranks first, whichever one score moves by a point"
    return f"{names} ranks first, but within a point of others"


def subtitle(result: PriorityMatrix) -> str:
    """What is ranked, by what, where and when; '' where nothing is."""
    scheme = result.issues.scheme
    if scheme is None:
        return ""
    by = f", {scheme.name}"
    number = numerals.counted(len(result.ranked), "issues")
    return f"{number} ranked by score{by}, {result.area}, {result.period.label}"


def notes(result: PriorityMatrix) -> tuple[str, ...]:
    """What is said in full view: whose judgement it is, and what the scheme adds."""
    scheme = result.issues.scheme
    if scheme is None:
        return unique([result.issues.remedy])
    told = [JUDGEMENTS, *result.issues.caveats, scheme.note]
    return unique(sentence(text) for text in told if text)


def place(row: dict) -> str:
    """A rank as a table has it: '3', or '3=' where it is shared."""
    return f"{row['rank']}{'=' if row['is_tied'] else ''}"


def span(best: int, worst: int) -> str:
    """A range of ranks: '2 to 4', or '2' where it is one."""
    return str(best) if best == worst else f"{best} to {worst}"


def not_scored(result: PriorityMatrix) -> str:
    """The issues that are not ranked, and why."""
    items = [f"{in_sentence(row.issue)} ({row.reason})" for row in result.not_scored.itertuples()]
    return sentence(f"Not scored: {listed(items)}") if items else ""


def data(result: PriorityMatrix) -> pd.DataFrame:
    """The ranked issues with every score, and what they rest on."""
    names = {
        "rank": "Rank",
        "issue": "Issue",
        **{each.key: each.label for each in result.issues.scheme.criteria},
        "score": "Score",
        "best": "Best rank, one score a point out",
        "worst": "Worst rank, one score a point out",
        "best_of_all": "Best rank, every score a point out",
        "worst_of_all": "Worst rank, every score a point out",
        "measures": "Measures",
        "scorer": "Scored by",
        "scored": "Scored",
        "evidence": "Evidence",
    }
    return result.ranked[list(names)].rename(columns=names)


def facts(result: PriorityMatrix) -> tuple[Fact, ...]:
    """How many issues are ranked, and how many ranks are firm."""
    firm = int(result.ranked["is_firm"].sum())
    numbers = {"issues.ranked": len(result.ranked), "issues.firm": firm}
    return tuple(Fact(name, value, numerals.count(value)) for name, value in numbers.items())


def _first(result: PriorityMatrix) -> str:
    items = [
        f"{in_sentence(row['issue'])} ({_points(row['score'])})"
        for row in result.ranked.to_dict("records")
    ]
    return sentence(f"By score, the highest first: {listed(items)}")


def _points(score: float) -> str:
    return numerals.plain(score)


def _firmness(result: PriorityMatrix) -> list[str]:
    ranked = result.ranked
    if len(ranked) == 1:
        return []
    firm = ranked[ranked["is_firm"]]
    told = []
    if len(firm):
        stand = "stands" if len(firm) == 1 else "stand"
        names = listed(in_sentence(name) for name in firm["issue"])
        told.append(
            sentence(f"{names} {stand} where {_they(len(firm))}, whichever one score moves by one")
        )
    loose = [
        f"{in_sentence(row['issue'])} (now {_ordinal(row)}, "
        f"{numerals.ordinal(row['best'])} to {numerals.ordinal(row['worst'])})"
        for row in ranked[~ranked["is_firm"]].to_dict("records")
    ]
    if loose:
        told.append(sentence(f"A point on one score could move: {listed(loose)}"))
    return [*told, *_tied(result), _at_once(result)]


def _ordinal(row: dict) -> str:
    return f"{'equal ' if row['is_tied'] else ''}{numerals.ordinal(row['rank'])}"


def _they(number: int) -> str:
    return "it is" if number == 1 else "they are"


def _tied(result: PriorityMatrix) -> list[str]:
    told = []
    for rank, tied in result.ranked[result.ranked["is_tied"]].groupby("rank"):
        names = listed(in_sentence(name) for name in tied["issue"])
        told.append(sentence(f"{names} score alike and share {numerals.ordinal(int(rank))} place"))
    return told


def _at_once(result: PriorityMatrix) -> str:
    ranked = result.ranked
    apart = ranked[ranked["best_of_all"] == ranked["worst_of_all"]]
    if apart.empty:
        return "Were every score a point out at once, no rank would be certain."
    names = listed(in_sentence(name) for name in apart["issue"])
    keeps = "keeps its rank" if len(apart) == 1 else "keep their ranks"
    return sentence(f"even were every score a point out at once, {names} {keeps}")
