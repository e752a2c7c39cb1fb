"""How few places hold how much: Gini, its generalised form, and the Lorenz curve."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspnb.analysis import concentration
from cspnb.measures.concentration import (
    fewest_places,
    generalised_gini,
    gini,
    held_by_top,
    lorenz,
)
from cspnb.measures.months import SOUND
from cspnb.measures.small_areas import SmallAreas
from tests.points_by_hand import BURGLARY, NOW, points_of, record

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=40).filter(sum)


def test_gini_has_the_published_value():
    assert gini([6, 7, 3, 2, 1, 0]) == pytest.approx(0.447368, abs=5e-7)  # 17 / 38


@pytest.mark.parametrize(
    ("counts", "plain", "generalised"),
    [
        ([2, 2, 2, 2], 0, 0),  # all alike
        ([8, 0, 0, 0], 0.75, 0.75),  # as many records as places, or more: G itself
        ([1, 1, 0, 0, 0], 0.6, 0),  # two records cannot lie more evenly over five places
        ([2, 0, 0, 0, 0], 0.8, 0.5),  # both at one of five: 5/2 x (0.8 - 1) + 1
        ([1], 0, 0),
    ],
)
def test_fewer_records_than_places_are_no_concentration(counts, plain, generalised):
    assert gini(counts) == pytest.approx(plain)
    assert generalised_gini(counts) == pytest.approx(generalised, abs=1e-12)


@given(COUNTS)
def test_the_generalised_gini_is_gini_where_records_are_enough_and_never_more(counts):
    plain, generalised = gini(counts), generalised_gini(counts)
    if sum(counts) >= len(counts):
        assert generalised == pytest.approx(plain, abs=1e-9)
    assert -1e-9 <= generalised <= plain + 1e-9 <= 1 + 1e-9


@given(st.integers(1, 30), st.integers(0, 30))
def test_records_each_at_a_place_of_its_own_come_to_nothing(with_one, without):
    assert generalised_gini([1] * with_one + [0] * without) == pytest.approx(0, abs=1e-9)


@given(COUNTS, st.randoms(use_true_random=False))
def test_relabelling_places_changes_nothing(counts, chance):
    shuffled = chance.sample(counts, len(counts))
    assert gini(shuffled) == pytest.approx(gini(counts))
    assert lorenz(shuffled).equals(lorenz(counts))
    assert fewest_places(shuffled) == fewest_places(counts)


@given(COUNTS)
def test_the_lorenz_curve_rises_and_stays_under_the_line_of_equality(counts):
    curve = lorenz(counts)
    ends = curve.iloc[[0, -1]].to_numpy()
    assert ends == pytest.approx(np.array([[0, 0], [1, 1]]))
    assert curve["share_of_records"].is_monotonic_increasing
    assert (curve["share_of_records"] <= curve["share_of_places"] + 1e-9).all()
    # twice the ground between the two is the Gini coefficient
    under = np.trapezoid(curve["share_of_records"], curve["share_of_places"])
    assert 1 - 2 * under == pytest.approx(gini(counts), abs=1e-9)


@given(COUNTS)
def test_half_is_held_by_the_fewest_places_and_by_no_fewer(counts):
    number, highest = fewest_places(counts), sorted(counts, reverse=True)
    assert 2 * sum(highest[:number]) >= sum(counts)
    assert 2 * sum(highest[: number - 1]) < sum(counts)


def test_the_top_of_the_places_is_in_whole_places():
    # of 40 places 1% is none, 5% two, 10% four
    table = held_by_top([10, 8, 5, 4, *[1] * 36], (1, 5, 10))
    assert table.to_dict("list") == {
        "percentage": [5, 10],
        "places": [2, 4],
        "records": [18, 27],
        "share": [18 / 63, 27 / 63],
    }


@pytest.mark.parametrize("counts", [[], [0, 0]])
def test_nothing_cannot_be_concentrated(counts):
    for answer in (gini, generalised_gini, lorenz, fewest_places):
        with pytest.raises(ValueError, match="no record"):
            answer(counts)


# -- the answer -----------------------------------------------------------------------------------


def spread(now, before=()):
    """A place a number, a hundred metres apart."""
    rows = [record(100 * n, 0, count) for n, count in enumerate(now) if count]
    rows += [record(100 * n, 0, count, "2012-05") for n, count in enumerate(before) if count]
    return points_of(*rows)


def test_a_place_counts_if_it_had_a_record_in_any_month_held():
    result = concentration(spread([30, 20, 4, 1, 1, 1, 1, 1, 1], [0] * 9 + [5, 5]))
    assert (result.places, result.empty, result.records) == (11, 2, 60)
    assert result.denominator == "snap points with any record in the 24 months to March 2014"
    assert result.half == 1
    assert result.shares.to_dict("list") == {
        "percentage": [10, 25], "places": [1, 2], "records": [30, 50], "share": [0.5, 50 / 60]
    }  # fmt: skip


def test_only_sound_months_give_places_and_all_are_told_of():
    """Nine of the months before absent, one abnormal: a place seen in that alone is not counted."""
    odd = dict.fromkeys([f"2012-{n:02}" for n in range(4, 13)], "absent") | {"2013-01": "abnormal"}
    rows = [record(100 * n, 0, 6) for n in range(10)]
    rows += [record(5_000, 0, 9, "2013-01"), record(6_000, 0, 1, "2013-02")]
    result = concentration(points_of(*rows, unsound=odd))
    assert (result.places, result.empty) == (11, 1)
    assert result.denominator == (
        "snap points with any record in the 14 sound months of the 24 to March 2014"
    )
    assert result.coverage.startswith("14 of 24 months are sound; April to December 2012 absent")


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (spread([49]), "49 records have a point in 2013/14, and 50 are needed"),
        (spread([50] * 9), "there are 9 points to compare, and 10 are needed"),
        (points_of(missing="the figures are yearly"), "the figures are yearly"),
    ],
)
def test_what_cannot_be_judged_says_why(points, reason):
    result = concentration(points)
    assert (result.reason, result.gini, result.half) == (reason, None, None)
    assert result.curve.empty


def small_areas(counts, missing=""):
    months = pd.DataFrame({"month": [str(m) for m in NOW.months], "status": SOUND, "reason": ""})
    codes = [f"E0101{n:04d}" for n in range(len(counts))]
    table = pd.DataFrame({"area_code": codes, "count": pd.array(counts, dtype="Int64")})
    return SmallAreas(
        BURGLARY, "Harborough", NOW, "lsoa", 2011, table, by_month=pd.DataFrame(), months=months,
        unplaced=2, source="data.police.uk", missing=missing,
    )  # fmt: skip


def test_of_small_areas_all_count_those_without_a_record_too():
    result = concentration(small_areas([40, 10, *[0] * 10]))
    assert (result.level, result.places, result.empty, result.half) == ("LSOAs", 12, 10, 1)
    assert result.denominator == "LSOAs of Harborough"
    assert result.without_point == 2


@pytest.mark.parametrize(
    ("areas", "reason"),
    [
        (small_areas([40, None, *[9] * 10]), "2013/14 is not whole"),
        (small_areas([4, *[0] * 10]), "4 records are held, and 50 are needed"),
        (small_areas([], missing="no lookup has its LSOAs"), "no lookup has its LSOAs"),
    ],
)
def test_small_areas_that_cannot_be_judged_say_why(areas, reason):
    assert concentration(areas).reason == reason
