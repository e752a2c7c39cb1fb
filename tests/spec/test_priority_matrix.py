"""Issues are ranked by their scores, and a rank's range is every rank a point could give it."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import priority_matrix
from cspnb.analysis.priority_matrix import Issue, Issues
from cspnb.measures.priority_matrix import (
    Criterion,
    RankRange,
    Scheme,
    ranges_all_at_once,
    ranges_one_at_a_time,
    ranks,
    total_score,
)
from cspnb.periods import Period

PLAIN = Scheme(
    "Impact by likelihood",
    (Criterion("impact", "Impact", "impact", 1, 4), Criterion("likelihood", "L", "odds", 1, 4)),
)
HARMS = Scheme(
    "Harm by likelihood",
    (
        Criterion("people", "People", "harm", 0, 4, weight=Fraction(2)),
        Criterion("money", "Money", "harm", 0, 4, weight=Fraction(1)),
        Criterion("likelihood", "Likelihood", "likelihood", 1, 4),
    ),
)


def scored(impact, likelihood):
    return {"impact": impact, "likelihood": likelihood}


def test_factors_are_multiplied_and_their_criteria_averaged_by_weight():
    """(2 x 4 + 1 x 1) / 3 = 3, by a likelihood of 2, is 6; the plain scheme's 3 x 4 is 12."""
    assert total_score({"people": 4, "money": 1, "likelihood": 2}, HARMS) == 6
    assert total_score(scored(3, 4), PLAIN) == 12


def test_equal_scores_share_a_rank_and_the_next_is_left_out():
    assert ranks([Fraction(12), Fraction(6), Fraction(12), Fraction(5)]) == [1, 3, 1, 4]


# Three issues of 12, 9 and 2. One point at a time:
#   12 (3 x 4): 8 if impact falls, which the 9 then beats; 9 if likelihood falls, which ties.
#   9 (3 x 3): 12 at best, which ties with the first; 6 at worst, still above any 4 of the third.
#   2 (1 x 2): 4 at best (2 x 2).
# A shared place is the better of the two: the 9 that becomes 12 shares the first.
def test_one_point_at_a_time_is_tried_for_every_score():
    issues = [scored(3, 4), scored(3, 3), scored(1, 2)]
    assert ranges_one_at_a_time(issues, PLAIN) == [
        RankRange(1, 2),
        RankRange(1, 2),
        RankRange(3, 3),
    ]


# All at once: the first is at worst 2 x 3 = 6 beside 16 and 6, the second at best 16 beside 6;
# the second at worst 4 beside 16 and 6; the third at best 6 beside 6 and 4: it could tie for first.
def test_every_point_at_once_is_bounded_by_the_worst_and_the_best():
    issues = [scored(3, 4), scored(3, 3), scored(1, 2)]
    assert ranges_all_at_once(issues, PLAIN) == [
        RankRange(1, 2),
        RankRange(1, 3),
        RankRange(1, 3),
    ]


def test_a_score_does_not_leave_its_scale():
    """4 x 4 cannot rise and 1 x 1 cannot fall: neither ever loses its place to the other."""
    issues = [scored(4, 4), scored(1, 1)]
    assert ranges_all_at_once(issues, PLAIN) == [RankRange(1, 1), RankRange(2, 2)]


def test_a_score_at_the_foot_of_its_scale_cannot_fall():
    """1 x 2 falls to 1 x 1 at most, level with the other; an impact of nought would lose to it."""
    issues = [scored(1, 1), scored(1, 2)]
    assert ranges_one_at_a_time(issues, PLAIN) == [RankRange(1, 2), RankRange(1, 1)]


def every_rank(issues, scheme):
    """Each issue's ranks over every combination of moves: the long way, for few issues."""
    moves = [
        [min(max(scores[each.key] + step, each.lowest), each.highest) for step in (-1, 0, 1)]
        for scores in issues
        for each in scheme.criteria
    ]
    keys = [each.key for each in scheme.criteria]
    found = []
    for values in product(*moves):
        cells = iter(values)
        totals = [total_score({key: next(cells) for key in keys}, scheme) for _ in issues]
        found.append(ranks(totals))
    return [RankRange(min(column), max(column)) for column in zip(*found, strict=True)]


points = st.integers(1, 4)
some_issues = st.lists(st.builds(scored, points, points), min_size=1, max_size=6)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.builds(scored, points, points), min_size=1, max_size=3))
def test_the_bound_is_exact(issues):
    assert ranges_all_at_once(issues, PLAIN) == every_rank(issues, PLAIN)


@settings(max_examples=60, deadline=None)
@given(some_issues)
def test_a_range_contains_the_rank_and_moving_all_contains_moving_one(issues):
    now = ranks([total_score(each, PLAIN) for each in issues])
    by_one, by_all = ranges_one_at_a_time(issues, PLAIN), ranges_all_at_once(issues, PLAIN)
    for rank, one, every in zip(now, by_one, by_all, strict=True):
        assert every.best <= one.best <= rank <= one.worst <= every.worst


@settings(max_examples=30, deadline=None)
@given(some_issues, st.randoms(use_true_random=False))
def test_the_order_in_which_issues_are_listed_changes_nothing(issues, chance):
    order = list(range(len(issues)))
    chance.shuffle(order)
    shuffled = [issues[i] for i in order]
    assert ranges_one_at_a_time(shuffled, PLAIN) == [
        ranges_one_at_a_time(issues, PLAIN)[i] for i in order
    ]


def asked(*issues, scheme=PLAIN, missing=""):
    return Issues("Anytown", Period.parse("2013/14"), scheme, issues, "the analyst", (), missing)


def test_the_matrix_ranks_ties_and_says_which_ranks_are_firm():
    result = priority_matrix(
        asked(Issue("B", scored(2, 3)), Issue("A", scored(3, 2)), Issue("C", scored(4, 4)))
    )
    rows = result.ranked.set_index("issue")
    assert list(rows.index) == ["C", "A", "B"]
    assert list(rows["rank"]) == [1, 2, 2]
    assert list(rows["is_tied"]) == [False, True, True]
    assert list(rows["is_firm"]) == [True, False, False]  # 12 at least, against 9 or 8 at most
    assert list(rows["score"]) == [16, 6, 6]


def test_an_issue_that_lacks_a_score_is_not_ranked_and_moves_no_other():
    issues = (Issue("A", scored(3, 4)), Issue("B", {"impact": 4}), Issue("C", {}))
    result = priority_matrix(asked(*issues))
    assert list(result.ranked["issue"]) == ["A"]
    assert list(result.ranked["worst_of_all"]) == [1]
    assert list(result.not_scored["reason"]) == ["no score for l", "no score for impact and l"]
    assert result.coverage == "1 of 3 issues have every score."


@pytest.mark.parametrize(
    ("issues", "reason"),
    [
        (asked(scheme=None, missing="there is no file"), "there is no file"),
        (asked(), "no issue has been scored"),
        (asked(Issue("A", {})), "no issue has every score"),
    ],
)
def test_what_cannot_be_ranked_says_why(issues, reason):
    result = priority_matrix(issues)
    assert result.reason == reason
    assert result.ranked.empty
