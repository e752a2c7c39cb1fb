"""A map of hotspots is judged by what came after: PAI, PEI and RRI, against published values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import prediction
from cspnb.measures.months import ABNORMAL, ABSENT
from cspnb.measures.prediction import accuracy
from cspnb.periods import Period
from tests.points_by_hand import points_of, record, two_years

PLACES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 9)), min_size=1, max_size=30
)


def test_a_perfect_order_of_three_places():
    """The published example of a package in R: as many areas, all of one size."""
    rows = accuracy([6, 3, 0], [3, 2, 1])
    assert list(rows["pai"]) == pytest.approx([2, 1.5, 1])
    assert list(rows["pei"]) == pytest.approx([1, 1, 1])
    assert list(rows["rri"]) == pytest.approx([3 / 6, 5 / 9, 6 / 9])


def test_an_order_with_one_place_too_low():
    """19 records at six places; 6 were put before 7, so that the first is not the best."""
    rows = accuracy([6, 7, 3, 2, 1, 0], [8, 4, 4, 2, 1, 0])
    assert list(rows["pai"]) == pytest.approx([1.8947, 2.0526, 1.6842, 1.4211, 1.2, 1], abs=5e-5)
    assert rows["pei"].iloc[0] == pytest.approx(6 / 7)
    assert list(rows["pei"].iloc[1:]) == pytest.approx([1] * 5)
    assert list(rows["rri"].iloc[:2]) == pytest.approx([8 / 6, 12 / 13])


def test_places_are_taken_by_risk_over_area():
    # 4 on 4 is 1 to the unit, 2 on 1 is 2: the small one first, with a third of the records
    rows = accuracy([2, 1], [4, 2], [4, 1])
    assert list(rows["hits"]) == [1, 3]
    assert rows["pai"].iloc[0] == pytest.approx((1 / 3) / (1 / 5))


def test_the_best_of_unlike_areas_takes_the_last_in_part():
    # one place of 3 chosen, with 3 of 5 records; 3 of ground could have had the 2 on 1, and 2/3
    # of the other's 3: 4 in all
    rows = accuracy([3, 2], [9, 1], [3, 1])
    assert rows["pei"].iloc[0] == pytest.approx(3 / 4)


def test_nothing_that_came_leaves_nothing_to_judge():
    rows = accuracy([0, 0], [2, 1])
    assert rows[["pai", "pei", "rri"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("observed", "predicted", "areas"), [([], [], None), ([1], [1, 2], None), ([1], [1], [0])]
)
def test_what_is_not_of_places_is_refused(observed, predicted, areas):
    with pytest.raises(ValueError, match="area"):
        accuracy(observed, predicted, areas)


@given(PLACES)
def test_no_map_is_better_than_the_best_and_all_the_ground_is_no_better_than_any(places):
    observed, predicted, areas = map(list, zip(*places, strict=True))
    rows = accuracy(observed, predicted, areas)
    if sum(observed):
        assert (rows["pei"].dropna() <= 1).all()
        assert rows["pai"].iloc[-1] == pytest.approx(1)
        assert rows["pei"].iloc[-1] == pytest.approx(1)
    assert rows["hits"].is_monotonic_increasing


@given(PLACES, st.randoms(use_true_random=False))
def test_the_order_in_which_places_are_given_changes_nothing(places, chance):
    ranked = [(seen, len(places) - n, 1) for n, (seen, *_) in enumerate(places)]
    shuffled = chance.sample(ranked, len(ranked))
    ours, theirs = (accuracy(*map(list, zip(*each, strict=True))) for each in (ranked, shuffled))
    np.testing.assert_allclose(ours.fillna(-1), theirs.fillna(-1))


# -- the answer -----------------------------------------------------------------------------------

TOWN, VILLAGE = (2_050, 2_050), (7_050, 7_050)


def test_a_year_that_repeats_the_one_before_is_foretold():
    """Sixty records in two squares, the same each year: the first hundredth of 10,000 squares."""
    result = prediction(two_years([(*TOWN, 40), (*VILLAGE, 20)], [(*TOWN, 40), (*VILLAGE, 20)]),
                        cell=100, bandwidth=200)  # fmt: skip
    first = result.hotspots.iloc[0]
    assert (result.records_before, result.records, result.squares, result.used) == (
        60,
        60,
        10_000,
        2,
    )
    assert (first["squares"], first["hits"], first["best"]) == (100, 60, 60)
    assert first["pai"] == pytest.approx(100)
    assert first["pei"] == 1


def test_a_year_elsewhere_is_not():
    result = prediction(two_years([(*VILLAGE, 60)], [(*TOWN, 60)]), cell=500, bandwidth=1_000)
    first = result.hotspots.iloc[0]
    # 400 squares: a hundredth is four of them, and none of the four near the town is the village
    assert (first["squares"], first["hits"], first["best"], first["pai"]) == (4, 0, 60, 0)
    assert np.isnan(first["rri"])


def test_records_outside_the_outline_are_counted_and_left_out():
    result = prediction(two_years([(*TOWN, 60), (20_000, 0, 3)], [(*TOWN, 60), (-900, 5, 2)]),
                        cell=100)  # fmt: skip
    assert (result.records, result.records_before, result.outside) == (60, 60, 5)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (
            two_years([(*TOWN, 60)], [(*TOWN, 49)]),
            "49 records have a point in 2012/13, and 50 are needed",
        ),
        (
            two_years([(*TOWN, 1)], [(*TOWN, 60)]),
            "1 record has a point in 2013/14, and 50 are needed",
        ),
        (points_of(outline=None), "no outline of the area is held"),
        (points_of(missing="the tables count by quarter"), "the tables count by quarter"),
        (
            points_of(record(*TOWN, 90), years=1),
            "no month of 2012/13 is sound",
        ),
    ],
)
def test_what_cannot_be_tried_says_why(points, reason):
    result = prediction(points)
    assert result.reason.startswith(reason)
    assert result.hotspots.empty


def test_a_map_is_tried_on_what_came_after_it_alone():
    points = two_years([(*TOWN, 60)], [(*TOWN, 60)])
    assert prediction(points, before=Period.parse("2013-01..2013-06")).reason == (
        "January to June 2013 is not over before 2013/14 starts"
    )


def test_months_that_are_not_sound_are_left_out_and_told():
    rows = [record(*TOWN, 60), record(*TOWN, 30, "2013-07"), record(*TOWN, 55, "2012-05")]
    result = prediction(points_of(*rows, unsound={"2013-07": ABNORMAL}), cell=100)
    assert result.records == 60
    assert result.coverage == "23 of 24 months are sound; July 2013 abnormal."


def test_under_half_of_a_periods_months_are_not_enough():
    gone = {f"2013-{month:02d}": ABSENT for month in range(4, 11)}
    result = prediction(points_of(record(*TOWN, 60, "2013-11"), record(*TOWN, 60, "2012-05"),
                                  unsound=gone))  # fmt: skip
    assert result.reason == (
        "5 of the 12 months of 2013/14 are sound (April to October 2013 absent)"
    )


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(chance):
    rows = [
        record(500 * n, 300 * n, 9, month) for n in range(12) for month in ("2013-05", "2012-05")
    ]
    ours = prediction(points_of(*rows), cell=250)
    theirs = prediction(points_of(*chance.sample(rows, len(rows))), cell=250)
    assert ours.hotspots.equals(theirs.hotspots)
    assert ours.curve.equals(theirs.curve)
