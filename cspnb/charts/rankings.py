"""Scored issues by rank: a dot each, with how far a point could move it."""

from cspnb import numerals
from cspnb.analysis.priority_matrix import PriorityMatrix
from cspnb.charts.dots import Row, Scale, draw_rows, height
from cspnb.charts.drawing import drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import rankings
from cspnb.narrative.wording import in_sentence, listed, sentence

_MOST_TICKS = 10
_KEY = (
    "A dot is a rank, the first at the left. The thick bar is where a point on any one score could "
    "move it; the thin line, where a point on every score at once could."
)


def priority_matrix(result: PriorityMatrix) -> Exhibit:
    """A row an issue, the highest score first: its rank, and the range of it."""
    if result.reason:
        return refusal(rankings.headline(result), rankings.missing_sentence(result))
    rows = [_row(row, result) for row in result.ranked.to_dict("records")]
    scale = _scale(len(rows))
    unranked = rankings.not_scored(result)
    return Exhibit(
        kind="figure",
        title=rankings.headline(result),
        subtitle=rankings.subtitle(result),
        body=drawn(height(rows), lambda figure: draw_rows(figure, rows, scale)),
        alternative=_alternative(result),
        data=rankings.data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_KEY, *([unranked] if unranked else []), *rankings.notes(result)),
        facts=rankings.facts(result),
    )


def _row(row: dict, result: PriorityMatrix) -> Row:
    scores = ", ".join(
        f"{each.label.lower()} {row[each.key]}" for each in result.issues.scheme.criteria
    )
    return Row(
        name=f"{rankings.place(row)}  {row['issue']}",
        value=f"score {numerals.plain(row['score'])}",
        detail=scores,
        at=row["rank"],
        low=row["best"],
        high=row["worst"],
        wide=(row["best_of_all"], row["worst_of_all"]),
    )


def _scale(number: int) -> Scale:
    step = -(-number // _MOST_TICKS)
    ticks = [(rank, numerals.ordinal(rank)) for rank in range(1, number + 1, step)]
    return Scale(1, max(number, 2), ticks)


def _alternative(result: PriorityMatrix) -> str:
    items = [
        f"{rankings.place(row)}, {in_sentence(row['issue'])}, "
        f"{rankings.span(row['best'], row['worst'])}"
        for row in result.ranked.to_dict("records")
    ]
    parts = [
        f"Dot chart of {rankings.subtitle(result)}",
        f"Rank, issue, and the ranks that a point on one score could give it: {listed(items)}",
        rankings.headline(result),
    ]
    return " ".join(sentence(part) for part in parts)
