"""Pairs of events near in space and time: the published case, half-open bands, what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import near_repeats
from cspnb.measures.closeness import close_pairs
from tests.unit.events_by_hand import at, events_of


@pytest.fixture(scope="module")
def burkitt():
    """188 cases of Burkitt's lymphoma in Uganda, 1961 to 1975, as libpysal brings them."""
    import geopandas
    import libpysal

    cases = geopandas.read_file(libpysal.examples.get_path("burkitt.shp"))
    return cases[["X", "Y"]].to_numpy("float64"), cases["T"].to_numpy("float64")


def test_the_published_case_has_13_close_pairs_where_10_are_expected(burkitt):
    from pointpats import Knox

    places, days = burkitt
    knox = Knox(places, days.reshape(-1, 1), delta=20, tau=5, permutations=0)
    assert knox.observed.tolist() == [[13, 3416], [39, 14110]]
    assert knox.p_poisson == pytest.approx(0.146246, abs=5e-7)
    # Knox takes in the limits, 20 and 5; a half-open band that ends just after them does too.
    ends = {"metres": [np.nextafter(20.0, 21)], "within": [np.nextafter(5.0, 6)]}
    [band] = close_pairs(places, days, **ends).to_dict("records")
    assert band["pairs"] == 13
    assert band["expected"] == pytest.approx(10.1438, abs=5e-5)
    assert 0.1 < band["p_value"] < 0.3  # 0.21 in pointpats' own example, of 99 permutations


def test_bands_add_up_to_the_published_case(burkitt):
    ends = {"metres": [10, np.nextafter(20.0, 21)], "within": [2, np.nextafter(5.0, 6)]}
    bands = close_pairs(*burkitt, **ends, permutations=9)
    assert bands["pairs"].sum() == 13
    assert bands["expected"].sum() == pytest.approx(10.1438, abs=5e-5)


def test_a_band_begins_where_the_one_before_ends_and_leaves_its_end_out():
    """0 metres, 99.9, 100; 0 days, 6, 7: each once, from one event far from all others in place."""
    places = np.array([[0.0, 0], [0, 0], [5000, 0], [5099.9, 0], [9000, 0], [9100, 0]])
    days = np.array([0.0, 0, 100, 106, 200, 207])
    bands = close_pairs(places, days, metres=(1, 100, 200), within=(7, 14), permutations=9)
    held = bands[bands["pairs"] > 0]
    named = held[["metres_from", "metres_to", "days_from", "days_to", "pairs"]]
    assert named.to_numpy().tolist() == [
        [0, 1, 0, 7, 1],
        [1, 100, 0, 7, 1],
        [100, 200, 7, 14, 1],
    ]


events = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 40)), min_size=3, max_size=20
)


@settings(max_examples=25, deadline=None)
@given(events)
def test_every_pair_is_counted_once_in_its_band(drawn):
    places = np.array([(100.0 * east, 100.0 * north) for east, north, _ in drawn])
    days = np.array([float(day) for _, _, day in drawn])
    metres, within = (1, 150, 350), (7, 14)
    bands = close_pairs(places, days, metres=metres, within=within, permutations=3)
    counted = dict.fromkeys([(row, column) for row in range(3) for column in range(2)], 0)
    near, soon = [0] * 3, [0] * 2
    for one in range(len(drawn)):
        for other in range(one):
            apart = float(np.hypot(*(places[one] - places[other])))
            later = abs(days[one] - days[other])
            row = sum(apart >= end for end in metres)
            column = sum(later >= end for end in within)
            if row < 3:
                near[row] += 1
            if column < 2:
                soon[column] += 1
            if row < 3 and column < 2:
                counted[row, column] += 1
    pairs = len(drawn) * (len(drawn) - 1) / 2
    assert list(bands["pairs"]) == list(counted.values())
    expected = [near[row] * soon[column] / pairs for row, column in counted]
    assert list(bands["expected"]) == pytest.approx(expected)


def scattered(number=60, seed=5):
    """Events over a year and ten kilometres, by no rule."""
    random = np.random.default_rng(seed)
    days = pd.Timestamp("2013-04-01") + pd.to_timedelta(random.integers(0, 360, number), unit="D")
    places = random.integers(0, 10_000, (number, 2))
    return [
        at(str(day), easting=float(east), northing=float(north))[0]
        for day, (east, north) in zip(days, places, strict=True)
    ]


def following(rows, metres, days):
    """Each of the rows, and another so many metres east and so many days later."""
    later = [
        row
        | {"easting": row["easting"] + metres}
        | {"from_at": str(pd.Timestamp(row["from_at"]) + pd.Timedelta(days=days))}
        for row in rows
    ]
    return rows + later


def test_others_that_follow_nearby_are_more_than_chance_and_only_there():
    result = near_repeats(events_of(following(scattered(40), 150, 3)))
    more = result.bands[result.bands["is_more"]]
    assert more[["metres_from", "metres_to", "days_from", "days_to"]].to_numpy().tolist() == [
        [100, 200, 0, 7]
    ]
    assert more["pairs"].iloc[0] >= 40


def test_scattered_events_have_none():
    result = near_repeats(events_of(scattered(200)))
    assert not result.bands["is_more"].any()
    assert (result.bands["q_value"] >= result.bands["p_value"]).all()


def test_the_order_of_records_and_a_move_of_all_change_nothing():
    rows = following(scattered(40), 150, 3)
    moved = [row | {"easting": row["easting"] + 64_000} for row in rows]
    here, shuffled, there = (
        near_repeats(events_of(each)).bands for each in (rows, rows[::-1], moved)
    )
    pd.testing.assert_frame_equal(here, shuffled)
    pd.testing.assert_frame_equal(here, there)


def test_the_same_seed_gives_the_same_p_values():
    asked = events_of(scattered(60))
    one, two = (near_repeats(asked, seed=3, permutations=99).bands for _ in range(2))
    pd.testing.assert_frame_equal(one, two)


def test_what_has_no_point_or_no_day_is_left_out_and_counted():
    rows = scattered(60)
    rows += at("2013-06-01", "2013-06-02")
    rows += at(("2013-06-01", "2013-06-09"), easting=1.0, northing=1.0)
    result = near_repeats(events_of(rows))
    counted = (result.events, result.used, result.without_place, result.days_unknown)
    assert counted == (63, 60, 2, 1)


def test_one_incident_recorded_twice_is_no_repeat():
    """Two such in 200 scattered offences would be the only pairs of the same place."""
    rows = scattered(200)
    later = [row | {"from_at": row["from_at"].replace("00:00:00", "21:30")} for row in rows[:2]]
    once, twice = near_repeats(events_of(rows)), near_repeats(events_of(rows + later))
    assert (once.recorded_twice, twice.recorded_twice) == (0, 2)
    assert (twice.events, twice.used) == (202, 200)
    pd.testing.assert_frame_equal(once.bands, twice.bands)


def test_the_same_place_on_the_next_day_is_a_repeat():
    rows = following(scattered(60), 0, 1)
    result = near_repeats(events_of(rows))
    assert (result.recorded_twice, result.used) == (0, 120)
    same = result.bands.set_index(["metres_to", "days_to"]).loc[(1, 7)]
    assert (same["pairs"], same["is_more"]) == (60, True)


def test_fifty_records_of_fewer_incidents_are_too_few():
    result = near_repeats(events_of(scattered(49) + scattered(49)[:1]))
    assert "49 of them have a point and a day" in result.reason


REFUSED = [
    (events_of([], missing="Only months are held."), "Only months are held."),
    (events_of(scattered(60), are_snapped=True), "their points are snap points"),
    (events_of(scattered(49)), "49 of them have a point and a day, and 50 are needed"),
    (events_of(at(*["2013-06-01"] * 60)), "none of them have a point and a day"),
    (events_of(scattered(3001)), "more than the 3,000 that can be paired"),
]


@pytest.mark.parametrize(("asked", "why"), REFUSED)
def test_months_snap_points_and_too_few_are_refused_with_the_reason(asked, why):
    result = near_repeats(asked)
    assert why in result.reason
    assert result.bands.empty
