"""Funnel limits: what chance gives an area of its size, and what areas differ by beyond chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from cspnb.analysis import comparison
from cspnb.analysis.comparison import ABOVE, BELOW, IN_LINE, Group
from cspnb.measures.definition import Measure
from cspnb.measures.funnel import (
    LEAST_EXPECTED,
    distances,
    funnel_limits,
    is_measurable,
    overdispersion,
)
from cspnb.periods import Period


@pytest.mark.parametrize(
    ("expected", "confidence", "lower", "upper"),
    [
        (15, 0.95, 0.5596924, 1.649348),
        (20, 0.95, 0.6108260, 1.544419),
        (30, 0.95, 0.6746958, 1.427562),
        (15, 0.998, 0.3862650, 2.082907),
        (20, 0.998, 0.4479107, 1.902094),
        (30, 0.998, 0.5289724, 1.702771),
    ],
)
def test_limits_by_chance_alone_are_the_published_ones(expected, confidence, lower, upper):
    """Spiegelhalter's exact limits, as the published funnel-plot package gives them."""
    # about a rate of 1,000 per 1,000, an area of 15 people expects 15, and limits are ratios
    limits = funnel_limits(1000, expected, confidence=confidence)
    assert limits[0] / 1000 == pytest.approx(lower, abs=1e-6)
    assert limits[1] / 1000 == pytest.approx(upper, abs=1e-6)


def test_where_none_is_expected_the_limits_start_at_nought():
    lower, upper = funnel_limits(0, 1_000)
    assert lower == 0
    assert upper == pytest.approx(3.688879, abs=1e-6)


OBSERVED = np.array([100.0, 150, 180, 80, 120, 225])
EXPECTED = np.array([108.0, 112, 165, 95, 100, 220])


def test_distances_on_the_log_scale_and_their_mean_square():
    far = distances(OBSERVED, EXPECTED)
    assert far == pytest.approx([-0.7998, 3.0917, 1.1177, -1.6750, 1.8232, 0.3333], abs=5e-5)
    assert overdispersion(OBSERVED, EXPECTED, winsorised=0).phi == pytest.approx(2.9480, abs=5e-5)


def test_a_tenth_at_either_end_is_drawn_in():
    # the tenth percentile lies halfway from -1.6750 to -0.7998, the ninetieth from 1.8232 to 3.0917
    squares = [0.7998, 2.45745, 1.1177, 1.2374, 1.8232, 0.3333]
    phi = sum(square**2 for square in squares) / 6
    variance = (6 * phi - 5) / (800 - 118_858 / 800)  # sum of the weights, and of their squares
    found = overdispersion(OBSERVED, EXPECTED)
    assert found.phi == pytest.approx(phi, abs=1e-4)
    assert found.variance == pytest.approx(variance, abs=1e-5)
    assert (found.phi, found.variance) == pytest.approx((2.1491, 0.012118), abs=1e-4)


def test_areas_that_differ_by_chance_alone_have_no_variance_between_them():
    found = overdispersion(EXPECTED + [3, -4, 5, -3, 2, -3], EXPECTED)
    assert found.phi < 5 / 6
    assert found.variance == 0


def test_without_drawing_in_the_variance_is_dersimonian_and_lairds():
    """About the weighted mean of the logarithms, as statsmodels' random effects have it."""
    logs = np.log(OBSERVED / EXPECTED)
    centred = EXPECTED * np.exp(np.average(logs, weights=EXPECTED))
    theirs = combine_effects(np.log(OBSERVED / centred), 1 / centred, method_re="dl")
    ours = overdispersion(OBSERVED, centred, winsorised=0)
    assert ours.variance == pytest.approx(theirs.tau2)


@pytest.mark.parametrize(
    ("areas", "least", "told"), [(10, 10, True), (9, 500, False), (10, 9.9, False), (40, 500, True)]
)
def test_spread_is_told_of_ten_areas_none_of_them_too_small(areas, least, told):
    expected = np.array([float(least), *[500.0] * (areas - 1)])
    assert is_measurable(expected, expected) == told
    assert LEAST_EXPECTED == 10


def test_spread_is_not_told_where_an_area_had_none_at_all():
    assert not is_measurable(np.array([0.0, *[500.0] * 9]), np.full(10, 500.0))


def group_of(counts, population=10_000):
    """Areas of one size; the first is the own one."""
    rows = [
        (f"E{place}", f"Area {place}", count, population, place == 0, "")
        for place, count in enumerate(counts)
    ]
    columns = ["area_code", "area_name", "count", "population", "is_own", "reason"]
    return Group(
        measure=Measure("robbery", "Robbery"),
        area="Area 0",
        period=Period.parse("2013/14"),
        name="statistical neighbours",
        source="ONS",
        date="2018",
        population_label="residents, mid-2013",
        areas=pd.DataFrame(rows, columns=columns).astype({"count": "Int64", "population": float}),
    )


# Five areas at 60 per 1,000 and five at 40: each expects 500 at their mean of 50. The distances
# are sqrt(500) ln 1.2 and sqrt(500) ln 0.8, so phi = 250 (0.182322^2 + 0.223144^2) = 20.7585,
# the variance (207.585 - 9) / (5000 - 500) = 0.044130, and the limits 50 exp(+/-1.959964 x
# sqrt(1/500 + 0.044130)) = 32.82 and 76.17. By chance alone they would be 45.7 and 54.6.
TEN = [600] * 5 + [400] * 5


def test_an_area_that_differs_as_its_peers_do_from_one_another_is_in_line():
    result = comparison(group_of(TEN))
    assert result.overdispersion.phi == pytest.approx(20.7585, abs=1e-3)
    assert result.overdispersion.variance == pytest.approx(0.044130, abs=1e-6)
    assert result.limit_lower == pytest.approx(32.82, abs=0.005)
    assert result.limit_upper == pytest.approx(76.17, abs=0.005)
    assert (result.verdict, result.is_beyond_chance) == (IN_LINE, True)
    assert "overdispersion after Spiegelhalter 2005: 20.8 times what chance gives" in result.method


def test_nine_areas_are_judged_by_chance_alone_and_the_method_says_so():
    result = comparison(group_of(TEN[:9]))
    assert (result.verdict, result.overdispersion) == (ABOVE, None)
    assert "95% exact Poisson funnel limits" in result.method
    assert "9 areas would be too few to tell how such areas differ beyond it" in result.method


def test_areas_that_differ_by_no_more_than_chance_keep_the_exact_limits():
    result = comparison(group_of([505, 495] * 5))
    assert result.overdispersion.variance == 0
    assert (result.verdict, result.is_beyond_chance) == (IN_LINE, False)
    assert "the areas differ by no more than that" in result.method


def test_small_counts_keep_the_exact_limits():
    result = comparison(group_of([30, 5, 5, 6, 4, 5, 5, 5, 5, 5], population=1_000))
    assert (result.verdict, result.overdispersion) == (ABOVE, None)
    assert "under 10 in an area would be too few" in result.method


def test_one_area_far_from_all_others_is_still_seen():
    # drawn in to the rest, it does not widen the limits that judge it
    assert comparison(group_of([1_500, *[480, 520] * 7])).verdict == ABOVE
    assert comparison(group_of([60, *[480, 520] * 7])).verdict == BELOW


# areas, expected in each, how much their rates differ (on the log scale), per cent outside: the
# table of docs/methods/comparison.md
HELD = [
    (10, 500, 0, 2.9),
    (16, 60, 0, 3.5),
    (40, 500, 0, 4.4),
    (10, 500, 0.2, 7.8),
    (16, 60, 0.2, 9.1),
    (40, 500, 0.2, 9.7),
]


@pytest.mark.slow
@pytest.mark.parametrize(("areas", "expected", "differ", "outside"), HELD)
def test_what_the_limits_hold_of_ordinary_areas(areas, expected, differ, outside):
    random = np.random.default_rng(2005)
    rounds = 1_500
    found = [
        share_outside(random.poisson(expected * np.exp(random.normal(0, differ, areas))))
        for _ in range(rounds)
    ]
    assert 100 * np.mean(found) == pytest.approx(outside, abs=0.05)
    # "about nine areas in ten" where areas differ; by chance alone the level that is named
    assert 100 * np.mean(found) < (11 if differ else 5)


def share_outside(counts):
    """Of areas of one size, the share that stands outside the limits about their mean."""
    mean = counts.mean()
    spread = overdispersion(np.maximum(counts, 1), np.full(len(counts), mean))
    lower, upper = funnel_limits(1000, mean, variance=spread.variance)
    return ((counts < mean * lower / 1000) | (counts > mean * upper / 1000)).mean()


def test_limits_beyond_chance_are_said_to_hold_nine_areas_in_ten():
    assert "about nine in ten areas" in comparison(group_of(TEN)).method
    assert "nine in ten" not in comparison(group_of(TEN[:9])).method


several = st.lists(st.integers(20, 2_000), min_size=3, max_size=25)


@settings(max_examples=60, deadline=None)
@given(several, st.integers(1, 10))
def test_the_limits_hold_the_mean_and_are_no_narrower_than_chance(counts, thousands):
    result = comparison(group_of(counts, population=1_000 * thousands))
    chance = funnel_limits(result.mean_rate, 1_000 * thousands)
    assert result.limit_lower < result.mean_rate < result.limit_upper
    if result.is_beyond_chance:
        assert result.limit_upper / result.limit_lower > 0.99 * chance[1] / chance[0]


@settings(max_examples=40, deadline=None)
@given(several, st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_the_others_change_nothing(counts, chance):
    own, *others = counts
    chance.shuffle(others)
    first, again = comparison(group_of(counts)), comparison(group_of([own, *others]))
    assert again.verdict == first.verdict
    assert (again.limit_lower, again.limit_upper) == pytest.approx(
        (first.limit_lower, first.limit_upper)
    )
