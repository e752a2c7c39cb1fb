"""Proportions and their intervals, against published values."""

import pytest

from cspnb.measures.proportions import difference, proportion, weighted_proportion


def test_wilson_interval_of_65_in_100():
    """Public Health England, technical guide: confidence intervals."""
    found = proportion(65, 100)
    assert found.value == 0.65
    assert (found.lower, found.upper) == pytest.approx((0.552544, 0.736358), abs=5e-7)
    assert (found.base, found.weighting, found.is_approximate) == (100, "unweighted", False)


def test_newcombe_interval_of_the_difference_of_56_in_70_and_48_in_80():
    """Newcombe 1998, example (a): 0.0524 to 0.3339."""
    found = difference(56, 70, 48, 80)
    assert found.value == pytest.approx(0.2)
    assert (found.lower, found.upper) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.is_clear


def test_no_difference_is_not_clear():
    assert not difference(50, 100, 52, 100).is_clear


def test_a_wider_confidence_is_a_wider_interval():
    narrow, wide = proportion(65, 100), proportion(65, 100, confidence=0.998)
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


def test_nobody_and_everybody_stay_within_the_bounds():
    assert proportion(0, 20).lower == pytest.approx(0)
    assert proportion(20, 20).upper == pytest.approx(1)
    assert proportion(0, 20).upper > 0.1


def test_a_weighted_percentage_has_the_interval_of_its_unweighted_base_and_says_so():
    found = weighted_proportion(65, 100, weighting="age and sex")
    assert (found.lower, found.upper) == pytest.approx((0.552544, 0.736358), abs=5e-7)
    assert found.is_approximate
    assert found.weighting == "age and sex"
    assert not weighted_proportion(65, 100, weighting="unweighted").is_approximate


@pytest.mark.parametrize(
    ("base", "small", "printable"), [(9, True, False), (10, True, True), (100, False, True)]
)
def test_small_bases_are_flagged_and_the_smallest_not_printed(base, small, printable):
    found = proportion(base // 2, base)
    assert (found.is_small, found.is_printable) == (small, printable)


@pytest.mark.parametrize(("count", "base"), [(0, 0), (5, 4), (-1, 10)])
def test_what_is_no_proportion_is_refused(count, base):
    with pytest.raises(ValueError, match="proportion"):
        proportion(count, base)
