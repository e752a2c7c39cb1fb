"""Rates and hot spots of small areas: what is called, what is not, and what cannot be judged."""

import math
from dataclasses import replace

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import hot_areas, small_area_rates
from tests.small_areas_by_hand import corner, lattice, months


def verdicts(result):
    return dict(zip(result.areas["area_code"], result.areas["verdict"], strict=True))


def test_the_rate_of_an_area_has_its_exact_limits():
    """Exact limits of 100: 81.363991, 121.626794; of 9: 4.11537, 17.08480; of 5: 1.623486, ..."""
    areas = small_area_rates(lattice([[100, 9, 5]], 10_000)).areas
    assert areas["rate"].tolist() == pytest.approx([10, 0.9, 0.5])
    assert areas["rate_lower"].tolist() == pytest.approx([8.1363991, 0.411537, 0.1623486], rel=1e-5)
    assert areas["rate_upper"].tolist() == pytest.approx([12.1626794, 1.70848, 1.1668332], rel=1e-5)
    assert areas["rank"].tolist() == [1, 2, 3]


def test_shares_are_of_all_offences_the_unplaced_included():
    result = small_area_rates(lattice([[6, 3, 0]], unplaced=3))
    assert result.total == 12
    assert result.areas["share"].tolist() == [0.5, 0.25, 0.0]


def test_the_own_rate_is_of_all_people_and_not_the_mean_of_rates():
    # 10 among 1,000, 10 among 1,000 and 40 among 8,000: 60 among 10,000
    result = small_area_rates(lattice([[10, 10, 40]], [1_000.0, 1_000.0, 8_000.0]))
    assert result.own_rate == pytest.approx(6.0)


def test_an_area_that_one_test_would_call_is_not_called_among_twenty():
    """Nineteen areas with 10 and one with 19, each of 1,000 people: 10.45 are expected of each.

    Nineteen or more come about once in ninety times, either side once in 45: of twenty tests,
    two in five find as much.
    """
    fewer = sum(math.exp(-10.45) * 10.45**n / math.factorial(n) for n in range(19))
    result = small_area_rates(lattice([[19] + 19 * [10]]))
    highest = result.areas.iloc[0]
    assert highest["p_value"] == pytest.approx(2 * (1 - fewer))
    assert highest["rate"] > highest["limit_upper"], "alone, it is outside its 95% limits"
    assert highest["q_value"] == pytest.approx(20 * highest["p_value"])
    assert set(verdicts(result).values()) == {"in line"}


def test_q_values_by_hand():
    """Benjamini and Hochberg: p of rank i of m times m over i, none above the next."""
    result = small_area_rates(lattice([[60, 40, 30, 30, 0]]))
    p = sorted(result.areas["p_value"])
    q = sorted(result.areas["q_value"])
    by_hand = [min(p[j] * 5 / (j + 1) for j in range(i, 5)) for i in range(5)]
    assert q == pytest.approx(by_hand)
    called = verdicts(result)
    assert called["E01990001"] == "above"
    assert called["E01990005"] == "below"
    assert result.family == 5


def test_a_few_people_are_no_denominator():
    result = small_area_rates(lattice([[10, 10, 10, 10]], [1_000.0, 1_000.0, 1_000.0, 499.0]))
    last = result.areas.iloc[-1]
    assert last["verdict"] == "no rate"
    assert last["reason"] == "it has fewer than 500 residents"
    assert result.family == 3
    assert result.own_rate == pytest.approx(10)


def test_areas_whose_people_are_not_known_have_counts_alone():
    nobody = [None, None, None]
    result = small_area_rates(lattice([[5, 7, 6]], nobody, population_label="no residents held"))
    assert result.reason == "there is nothing to divide by (no residents held)"
    assert result.areas["count"].tolist() == [7, 6, 5]
    assert result.areas["rate"].isna().all()
    assert result.own_rate is None
    assert result.total == 18


def test_two_areas_are_not_judged():
    result = small_area_rates(lattice([[5, 50]]))
    assert result.reason == "only 2 of its areas have a rate, and 3 are needed"
    assert set(verdicts(result).values()) == {"no rate"}
    assert result.areas["rate"].tolist() == [50, 5]


def test_a_period_that_is_not_whole_is_not_judged():
    gone = lattice([[None, None, None]], months=months(absent=["2013-05"]))
    for result in (small_area_rates(gone), hot_areas(gone)):
        assert result.reason == "2013/14 is incomplete (May 2013 absent)"
        assert result.coverage == "11 of 12 months are sound; May 2013 absent."
    assert small_area_rates(gone).total is None


def test_no_offence_at_all_is_a_rate_of_nought():
    result = small_area_rates(lattice([[0, 0, 0, 0]]))
    assert result.own_rate == 0
    assert set(verdicts(result).values()) == {"in line"}
    assert result.areas["share"].isna().all()


def test_a_high_corner_is_hot_and_the_rest_is_not():
    result = hot_areas(lattice(corner(8, 40, 5, size=3)))
    hot = set(result.called("hot")["area_code"])
    middle = "E01990010"  # second of the second row: every neighbour is high
    assert middle in hot
    assert hot <= {f"E0199{1 + x + 8 * y:04}" for x in range(4) for y in range(4)}
    assert result.is_clustered
    assert result.family == 64


def test_like_figures_everywhere_are_no_spot():
    values = [[10 + (3 * x + 5 * y) % 4 for x in range(7)] for y in range(7)]
    result = hot_areas(lattice(values))
    assert result.called("hot").empty
    assert not result.is_clustered


def test_counts_are_judged_where_residents_are_not_known_of_all():
    people = [1_000.0] * 63 + [None]
    result = hot_areas(lattice(corner(8, 40, 5), people))
    assert result.judged_by == "counts"
    assert result.why_counts == "the residents of 1 of the 64 areas are not known"


def test_an_area_that_touches_no_other_is_named_and_not_judged():
    small = lattice(corner(8, 40, 5))
    table = small.table.copy()
    table.loc[63, "geometry"] = shapely.box(90_000, 90_000, 91_000, 91_000)
    result = hot_areas(replace(small, table=table))
    assert result.islands == ("Harborough 064A",)
    assert verdicts(result)["E01990064"] == "not judged"
    assert result.family == 63


@pytest.mark.parametrize(
    ("small", "reason"),
    [
        (lattice(corner(5, 40, 5)), "it has 25 LSOAs, and 30 are needed"),
        (
            lattice(corner(6, 2, 1)),
            "40 offences in 36 LSOAs are too few: 72 are needed, 2 an area",
        ),
        (lattice(corner(6, 9, 9)), "every area has the same figure"),
        (
            lattice(corner(6, 9, 8), outlines=False),
            "the outlines of 36 of its 36 LSOAs are not held",
        ),
        (lattice([], missing="nothing is held"), "nothing is held"),
    ],
)
def test_what_cannot_be_searched_for_spots_says_why(small, reason):
    result = hot_areas(small)
    assert result.reason == reason
    assert result.clustering is None
    assert result.method == ""


counts_of_36 = st.lists(st.integers(0, 60), min_size=36, max_size=36)


@settings(max_examples=15, deadline=None)
@given(counts_of_36, st.randoms(use_true_random=False))
def test_names_codes_and_order_change_nothing(counts, random):
    rows = [counts[6 * y : 6 * y + 6] for y in range(6)]
    small = lattice(rows)
    order = list(range(36))
    random.shuffle(order)
    other = small.table.iloc[order].reset_index(drop=True)
    renamed = other.assign(area_code=[f"E0188{n:04}" for n in range(36)])
    places = dict(zip(renamed["area_code"], other["area_code"], strict=True))
    for ask in (small_area_rates, hot_areas):
        first, second = ask(small), ask(replace(small, table=renamed))
        found = {places[code]: verdict for code, verdict in verdicts(second).items()}
        assert found == verdicts(first)
        assert first.areas["p_value"].dropna().sort_values().tolist() == pytest.approx(
            second.areas["p_value"].dropna().sort_values().tolist()
        ), "to the last permutation"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=3, max_size=40), st.integers(0, 50))
def test_parts_add_up_and_every_rate_lies_in_its_interval(counts, unplaced):
    result = small_area_rates(lattice([counts], unplaced=unplaced))
    areas = result.areas
    assert areas["count"].sum() + unplaced == result.total
    assert (areas["rate_lower"] <= areas["rate"]).all()
    assert (areas["rate"] <= areas["rate_upper"]).all()
    assert (areas["q_value"] >= areas["p_value"] - 1e-12).all()
    numbers = [len(result.called(verdict)) for verdict in ("above", "in line", "below")]
    assert sum(numbers) == result.family == len(counts)
    if result.total:
        assert areas["share"].sum() == pytest.approx((result.total - unplaced) / result.total)
