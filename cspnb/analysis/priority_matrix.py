"""What matters most? Issues ranked by score, with how far each rank can move."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.priority_matrix import (
    Scheme,
    ranges_all_at_once,
    ranges_one_at_a_time,
    ranks,
    total_score,
)
from cspnb.periods import Period


@dataclass(frozen=True)
class Issue:
    """Something a partnership might make a priority, as it was scored.

    `scores` has points by criterion; one that is left out was not scored. `measures` are labels
    of the measures that bear on it, `scorer` a role, `evidence` a sentence.
    """

    label: str
    scores: Mapping[str, int]
    measures: tuple[str, ...] = ()
    scorer: str = ""
    scored: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Issues:
    """The issues of one partnership, and the scheme by which they were scored.

    `scheme` is None where no issue has been scored at all; `missing` then says so, and `remedy`
    what an analyst could do about it.
    """

    area: str
    period: Period
    scheme: Scheme | None
    issues: tuple[Issue, ...] = ()
    source: str = ""
    caveats: tuple[str, ...] = ()
    missing: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class PriorityMatrix:
    """Issues by score, highest first, with the ranks each can take.

    `ranked` has one row an issue with every score: `issue`, a column a criterion (its key; int),
    `score` (float), `rank` (1 is the highest; equal scores share one), `is_tied` (bool), `best`,
    `worst` (when any one score of any issue moves by a point), `best_of_all`, `worst_of_all`
    (when every score may), `is_firm` (no one point changes the rank), `measures`, `scorer`,
    `scored`, `evidence`. `not_scored` has `issue` and `reason`.
    """

    issues: Issues
    ranked: pd.DataFrame
    not_scored: pd.DataFrame
    method: str
    reason: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The labels of the measures that bear on an issue."""
        return tuple(dict.fromkeys(name for each in self.issues.issues for name in each.measures))

    @property
    def area(self) -> str:
        """Whose issues they are."""
        return self.issues.area

    @property
    def period(self) -> Period:
        """The period of the report they stand in."""
        return self.issues.period

    @property
    def source(self) -> str:
        """Who scored them, for readers."""
        return self.issues.source

    @property
    def coverage(self) -> str:
        """How many of the issues have every score."""
        every, scored = len(self.issues.issues), len(self.ranked)
        if scored == every:
            return f"All {every} issues have every score." if every else ""
        return f"{scored} of {every} issues have every score."


def priority_matrix(issues: Issues) -> PriorityMatrix:
    """Issues ranked by the product of their factors, and each rank's range by a point.

    An issue that lacks a score is not ranked, and takes part in no other's range.
    `docs/methods/priority-matrix.md` has the rules.
    """
    scheme = issues.scheme
    if scheme is None or not issues.issues:
        reason = issues.missing or "no issue has been scored"
        return PriorityMatrix(issues, _table([]), _left_out([]), "", reason)
    lacking = [(each.label, _lacking(each, scheme)) for each in issues.issues]
    scored = [each for each in issues.issues if not _lacking(each, scheme)]
    return PriorityMatrix(
        issues=issues,
        ranked=_ranked(scored, scheme),
        not_scored=_left_out([(label, reason) for label, reason in lacking if reason]),
        method=_method(scheme),
        reason="" if scored else "no issue has every score",
    )


def _ranked(scored: list[Issue], scheme: Scheme) -> pd.DataFrame:
    scores = [issue.scores for issue in scored]
    totals = [total_score(each, scheme) for each in scores]
    by_one = ranges_one_at_a_time(scores, scheme) if scored else []
    by_all = ranges_all_at_once(scores, scheme)
    rows = [
        {
            "issue": issue.label,
            **{each.key: issue.scores[each.key] for each in scheme.criteria},
            "score": float(total),
            "rank": rank,
            "is_tied": totals.count(total) > 1,
            "best": one.best,
            "worst": one.worst,
            "best_of_all": every.best,
            "worst_of_all": every.worst,
            "is_firm": one.best == one.worst,
            "measures": "; ".join(issue.measures),
            "scorer": issue.scorer,
            "scored": issue.scored,
            "evidence": issue.evidence,
        }
        for issue, total, rank, one, every in zip(
            scored, totals, ranks(totals), by_one, by_all, strict=True
        )
    ]
    return _table(sorted(rows, key=lambda row: (row["rank"], row["issue"])), scheme)


def _table(rows: list[dict], scheme: Scheme | None = None) -> pd.DataFrame:
    criteria = [each.key for each in scheme.criteria] if scheme else []
    ranges = ["rank", "is_tied", "best", "worst", "best_of_all", "worst_of_all", "is_firm"]
    told = ["measures", "scorer", "scored", "evidence"]
    return pd.DataFrame(rows, columns=["issue", *criteria, "score", *ranges, *told])


def _left_out(rows: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["issue", "reason"])


def _lacking(issue: Issue, scheme: Scheme) -> str:
    lacking = [each.label for each in scheme.criteria if each.key not in issue.scores]
    if not lacking:
        return ""
    return f"no score for {' and '.join(label.lower() for label in lacking)}"


def _method(scheme: Scheme) -> str:
    factors = []
    for factor in scheme.factors:
        within = [each for each in scheme.criteria if each.factor == factor]
        weighed = ", ".join(f"{each.label.lower()} × {each.weight}" for each in within)
        factors.append(factor if len(within) == 1 else f"{factor} (the mean of {weighed})")
    return (
        f"{scheme.name}: score = {' × '.join(factors)}, on the partnership's own scales. The first "
        "range of a rank tries every move of one score by a point; the second lets every score of "
        "every issue move by a point at once."
    )
