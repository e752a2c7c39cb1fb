"""Scored issues as a ranked table, with the range of each rank."""

from cspnb import numerals
from cspnb.analysis.priority_matrix import PriorityMatrix
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import rankings

_RANGES = ("If one score moves by 1", "If all move by 1")
_FIRM = "Firm?"
_TIED_MEANS = "A rank with = is shared by issues that score alike."


def priority_matrix(result: PriorityMatrix) -> Exhibit:
    """A row an issue, the highest score first; those not scored come last, with the reason."""
    scheme = result.issues.scheme
    if scheme is None:
        return rankings.priority_matrix(result)
    criteria = tuple(each.label for each in scheme.criteria)
    rows = [_row(row, result) for row in result.ranked.to_dict("records")]
    rows += [_unranked(row, len(criteria)) for row in result.not_scored.to_dict("records")]
    columns = ("Issue", "Rank", *_RANGES, _FIRM, "Score", *criteria, "Scored by", "Evidence")
    tied = (_TIED_MEANS,) if result.ranked["is_tied"].any() else ()
    return Exhibit(
        kind="table",
        title=rankings.headline(result),
        subtitle=rankings.subtitle(result),
        body=Grid(columns, tuple(rows), frozenset(("Rank", "Score", *criteria))),
        alternative=f"Table of {len(rows)} issues: {rankings.headline(result)}.",
        data=rankings.data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*tied, *rankings.notes(result)),
        facts=rankings.facts(result),
    )


def _row(row: dict, result: PriorityMatrix) -> tuple[str, ...]:
    return (
        row["issue"],
        rankings.place(row),
        rankings.span(row["best"], row["worst"]),
        rankings.span(row["best_of_all"], row["worst_of_all"]),
        "yes" if row["is_firm"] else "no",
        numerals.plain(row["score"]),
        *(str(row[each.key]) for each in result.issues.scheme.criteria),
        row["scorer"] or numerals.DASH,
        row["evidence"] or numerals.DASH,
    )


def _unranked(row: dict, criteria: int) -> tuple[str, ...]:
    gap = (numerals.DASH,)
    why = f"not scored: {row['reason']}"
    return (row["issue"], *gap * 5, *gap * criteria, numerals.DASH, why)
