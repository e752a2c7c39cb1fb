"""The places with most records: counted by point, compared over the same sound months alone."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import top_places
from cspnb.measures.months import ABNORMAL, ABSENT
from tests.points_by_hand import points_of, record


def test_places_are_ranked_by_this_years_records_with_last_years_beside_them():
    result = top_places(
        points_of(
            record(0, 0, 6), record(0, 0, 3, "2014-02"), record(500, 0, 5),
            record(900, 0, 2, location="On or near Mill Lane"),
            record(0, 0, 4, "2012-06"), record(900, 0, 7, "2013-03"),
        )
    )  # fmt: skip
    places = result.places
    assert list(places["rank"]) == [1, 2, 3]
    assert list(places["count"]) == [9, 5, 2]
    assert list(places["before"]) == [4, 0, 7]
    assert list(places["difference"]) == [5, 5, -5]
    assert list(places["share"]) == pytest.approx([9 / 16, 5 / 16, 2 / 16])
    assert (result.records, result.number, result.not_before) == (16, 3, "")


def test_the_names_of_one_point_are_joined_the_usual_one_first():
    rows = [record(0, 0, 2, location="On or near Zoo Lane"), record(0, 0, 9)]
    rows += [record(0, 0, 1, location="On or near "), record(0, 0, 1, location=None)]
    [name] = top_places(points_of(*rows)).places["location"]
    assert name == "On or near High Street, or Zoo Lane"


@pytest.mark.parametrize("location", ["On or near ", None])
def test_a_street_without_a_name_is_said_to_be_one(location):
    [name] = top_places(points_of(record(0, 0, 12, location=location))).places["location"]
    assert name == "A place without a name"


def test_two_points_of_one_name_are_two_places():
    result = top_places(points_of(record(0, 0, 6), record(900, 0, 6, lsoa="002B")))
    assert list(result.places["lsoa_name"]) == ["Harborough 001A", "Harborough 002B"]


def test_more_places_with_as_many_as_the_last_are_told():
    result = top_places(points_of(*(record(100 * n, 0, 4) for n in range(5))), top=3)
    assert (len(result.places), result.tied) == (3, 2)


def test_a_place_with_one_record_is_not_among_the_top():
    rows = [record(0, 0, 9), *(record(100 * n, 0) for n in range(1, 5))]
    assert list(top_places(points_of(*rows)).places["count"]) == [9]


@pytest.mark.parametrize(
    ("unsound", "before", "why"),
    [
        ({"2012-07": ABSENT}, [None], "2012/13 is not whole (July 2012 absent)"),
        ({"2013-07": ABNORMAL}, [4], ""),  # July of neither year is counted
        ({"2012-07": ABSENT, "2013-07": ABSENT}, [4], ""),
    ],
)
def test_the_year_before_is_of_the_same_months_or_not_given(unsound, before, why):
    rows = [record(0, 0, 12), record(0, 0, 4, "2012-05"), record(0, 0, 3, "2012-07")]
    rows += [record(0, 0, 2, "2013-07")] if unsound.get("2013-07") == ABNORMAL else []
    result = top_places(points_of(*rows, unsound=unsound))
    assert list(result.places["count"]) == [12]
    assert [None if pd.isna(count) else count for count in result.places["before"]] == before
    assert result.not_before == why


def test_without_the_year_before_there_is_no_difference():
    result = top_places(points_of(record(0, 0, 12), years=1))
    assert result.places["difference"].isna().all()
    assert result.not_before == "2012/13 was not asked for"


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (points_of(record(0, 0, 9)), "9 records have a point in 2013/14, and 10 are needed"),
        (
            points_of(*(record(100 * n, 0) for n in range(12))),
            "no place has two records in 2013/14",
        ),
        (points_of(missing="the figures are yearly"), "the figures are yearly"),
    ],
)
def test_what_cannot_be_listed_says_why(points, reason):
    result = top_places(points)
    assert result.reason == reason
    assert result.places.empty


def test_exact_places_are_not_listed():
    """A supplied record's metres are somebody's door."""
    result = top_places(points_of(record(0, 0, 90), are_snapped=False))
    assert "could point to a home" in result.reason
    assert result.places.empty


def test_records_without_a_point_are_told_of_the_sound_months_of_the_period():
    unplaced = [("2013-05", 3), ("2012-05", 4), ("2013-06", 5)]
    points = points_of(record(0, 0, 12), unplaced=unplaced, unsound={"2013-06": ABNORMAL})
    assert top_places(points).without_point == 3


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), min_size=6, max_size=20),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_rows_changes_nothing(drawn, chance):
    rows = [record(100 * place, 0, 2 * count) for place, count in drawn]
    ours = top_places(points_of(*rows))
    theirs = top_places(points_of(*chance.sample(rows, len(rows))))
    pd.testing.assert_frame_equal(ours.places, theirs.places)
    assert ours.places["count"].sum() == ours.records == sum(2 * count for _, count in drawn)
