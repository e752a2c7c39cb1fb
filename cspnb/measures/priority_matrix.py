"""Scores of issues, their ranks, and how far a rank moves when scores do by one point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

Scores = Mapping[str, int]


@dataclass(frozen=True)
class Criterion:
    """What an issue is scored on: whole points from `lowest` to `highest`, with words for each.

    Criteria of one `factor` are averaged by `weight`.
    """

    key: str
    label: str
    factor: str
    lowest: int
    highest: int
    words: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Scheme:
    """How issues are scored: criteria in factors, which are multiplied."""

    name: str
    criteria: tuple[Criterion, ...]
    note: str = ""

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors in the order of their first criterion."""
        return tuple(dict.fromkeys(criterion.factor for criterion in self.criteria))


class RankRange(NamedTuple):
    """The best and the worst rank an issue can have; 1 is the highest score."""

    best: int
    worst: int


def total_score(scores: Scores, scheme: Scheme) -> Fraction:
    """The product over factors of the weighted mean of the factor's criteria, exactly."""
    product = Fraction(1)
    for factor in scheme.factors:
        criteria = [each for each in scheme.criteria if each.factor == factor]
        weight = sum(each.weight for each in criteria)
        product *= sum(each.weight * scores[each.key] for each in criteria) / weight
    return product


def ranks(totals: Sequence[Fraction]) -> list[int]:
    """Each total's rank: 1 and the number of totals above it; equal totals share a rank."""
    return [1 + sum(other > total for other in totals) for total in totals]


def ranges_one_at_a_time(issues: Sequence[Scores], scheme: Scheme) -> list[RankRange]:
    """Each issue's ranks when any one score of any one issue moves by a point, within its scale.

    Every such move is tried.
    """
    totals = [total_score(scores, scheme) for scores in issues]
    tried = [ranks(totals)]
    for position, scores in enumerate(issues):
        for moved in _moved(scores, scheme):
            tried.append(ranks(_with(totals, position, total_score(moved, scheme))))
    return [RankRange(min(column), max(column)) for column in zip(*tried, strict=True)]


def ranges_all_at_once(issues: Sequence[Scores], scheme: Scheme) -> list[RankRange]:
    """Each issue's ranks when every score of every issue may move by a point, within its scale.

    Exact, for a total never falls when a score rises: an issue is best off with its own scores a
    point up and all others' a point down, and worst off the other way about.
    """
    up = [total_score(_shifted(scores, scheme, 1), scheme) for scores in issues]
    down = [total_score(_shifted(scores, scheme, -1), scheme) for scores in issues]
    return [
        RankRange(
            best=ranks(_with(down, position, up[position]))[position],
            worst=ranks(_with(up, position, down[position]))[position],
        )
        for position in range(len(issues))
    ]


def _moved(scores: Scores, scheme: Scheme):
    for criterion in scheme.criteria:
        for step in (-1, 1):
            yield {**scores, criterion.key: _within(scores[criterion.key] + step, criterion)}


def _shifted(scores: Scores, scheme: Scheme, step: int) -> Scores:
    return {each.key: _within(scores[each.key] + step, each) for each in scheme.criteria}


def _within(score: int, criterion: Criterion) -> int:
    return min(max(score, criterion.lowest), criterion.highest)


def _with(totals: Sequence[Fraction], position: int, total: Fraction) -> list[Fraction]:
    return [*totals[:position], total, *totals[position + 1 :]]
