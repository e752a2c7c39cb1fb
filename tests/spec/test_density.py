"""Kernel density: the published kernel, on the area's own squares, and no trick at its edge."""

from dataclasses import replace
from math import hypot, pi

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from cspnb.analysis import density
from cspnb.measures import kernel_density
from cspnb.measures.kernel_density import counted_on, grid_over, usual_bandwidth, usual_cell
from tests.points_by_hand import SIDE, SOUTH, SQUARE, WEST, points_of, record

MIDDLE = SIDE / 2 + 50


def places_at(*places):
    """(east, north, count) in metres from the district's corner."""
    rows = [(WEST + east, SOUTH + north, count) for east, north, count in places]
    return pd.DataFrame(rows, columns=["easting", "northing", "count"])


def surface_of(*places, cell=100, bandwidth=500, outline=SQUARE):
    grid = grid_over(outline, cell)
    return grid, kernel_density.density(counted_on(grid, places_at(*places))[0], cell, bandwidth)


def at(grid, surface, east, north):
    """The density of the square that a point is in."""
    column, row = int(east // grid.cell), int(north // grid.cell)
    return surface[row, column]


@pytest.mark.parametrize("distance", [0, 100, 200, 300, 400, 500, 600])
def test_a_record_weighs_by_the_quartic_kernel(distance):
    """3 / (pi h^2) (1 - (d / h)^2)^2 within the bandwidth (Silverman 1986), nothing beyond it."""
    grid, surface = surface_of((MIDDLE, MIDDLE, 1))
    expected = 3 / (pi * 0.5**2) * max(1 - (distance / 500) ** 2, 0) ** 2
    assert at(grid, surface, MIDDLE + distance, MIDDLE) == pytest.approx(expected, rel=0.02)


def test_it_is_the_same_every_way_round():
    _, surface = surface_of((MIDDLE, MIDDLE, 7))
    row, column = np.unravel_index(surface.argmax(), surface.shape)
    near = surface[row - 6 : row + 7, column - 6 : column + 7]
    for turned in (near.T, near[::-1], near[:, ::-1]):
        assert np.array_equal(near, turned)


@given(
    st.lists(
        st.tuples(st.floats(1_000, 9_000), st.floats(1_000, 9_000), st.integers(1, 9)),
        min_size=1, max_size=8,
    )
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_away_from_the_edge_the_surface_adds_up_to_the_records(places):
    grid, surface = surface_of(*places)
    total = surface.sum() * grid.cell**2 / 1e6
    assert total == pytest.approx(sum(count for *_, count in places))
    assert surface.min() >= 0


def test_at_the_edge_what_is_beyond_is_lost_and_not_made_up_for():
    # in the corner square a record's own side of the kernel is a little over a quarter
    grid, surface = surface_of((1, 1, 100))
    assert 25 < surface.sum() * grid.cell**2 / 1e6 < 40


def test_a_square_counts_if_it_touches_the_area():
    # a district of 250 by 150 metres in squares of 100: three across, two up, all of them touched
    grid = grid_over(box(0, 0, 250, 150), 100)
    assert (grid.inside.shape, grid.inside.all(), grid.square_km) == ((2, 3), True, 0.06)


def test_records_outside_are_counted_apart():
    grid = grid_over(SQUARE, 100)
    counted, outside = counted_on(grid, places_at((50, 50, 3), (-1, 50, 2), (50, SIDE + 500, 4)))
    assert (counted.sum(), counted[0, 0], outside) == (3, 3, 6)


def test_records_in_the_corner_of_the_extent_that_is_not_the_areas_are_outside():
    """The area is the half of its square below the line from north-west to south-east."""
    half = Polygon([(WEST, SOUTH), (WEST + SIDE, SOUTH), (WEST, SOUTH + SIDE)])
    counted, outside = counted_on(grid_over(half, 100), places_at((9_050, 9_050, 3), (50, 50, 2)))
    assert (counted.sum(), outside) == (2, 3)


@pytest.mark.parametrize(
    ("outline", "cell", "bandwidth"),
    [
        (box(0, 0, 30_000, 24_000), 160, 800),  # 24,000 / 150
        (box(0, 0, 10_000, 40_000), 70, 350),  # 66.7, to the nearest 10
        (box(0, 0, 600, 500), 10, 50),  # never under 10 metres
    ],
)
def test_the_usual_square_is_the_shorter_side_over_150(outline, cell, bandwidth):
    assert usual_cell(outline) == cell
    assert usual_bandwidth(cell) == bandwidth


def test_a_bandwidth_under_one_square_is_refused():
    with pytest.raises(ValueError, match="less than a square"):
        kernel_density.density(np.ones((3, 3)), 100, 99)


# -- the answer -----------------------------------------------------------------------------------


def test_classes_are_the_densest_ground_that_holds_so_much():
    """Sixty records at one point, twenty at each of two: the first square alone holds a half."""
    points = points_of(record(2_050, 2_050, 60), record(8_050, 2_050, 20), record(8_050, 8_050, 20))
    classes = density(points, cell=100, bandwidth=100).classes
    # with a bandwidth of one square a record weighs on its own square alone
    assert list(classes["records"]) == [60, 60, 80]
    assert list(classes["square_km"]) == pytest.approx([0.01, 0.01, 0.02])
    assert list(classes["share_of_area"]) == pytest.approx([0.0001, 0.0001, 0.0002])


def test_peaks_are_counted_within_the_bandwidth_and_never_twice():
    rows = [record(2_050, 2_050, 40), record(2_350, 2_050, 15, location="On or near Mill Lane")]
    rows += [record(3_050, 2_050, 4), record(8_050, 8_050, 20, location="On or near Hill Top")]
    result = density(points_of(*rows), cell=100, bandwidth=500)
    assert list(result.peaks["count"]) == [55, 20]
    assert list(result.peaks["location"]) == ["On or near High Street", "On or near Hill Top"]
    one, other = result.peaks.to_dict("records")
    assert hypot(one["easting"] - other["easting"], one["northing"] - other["northing"]) > 1_000


def test_a_peak_of_under_five_records_is_not_told():
    rows = [record(2_050, 2_050, 50), record(8_050, 8_050, 4)]
    assert list(density(points_of(*rows), cell=100).peaks["count"]) == [50]


def test_the_bandwidth_and_the_square_are_said_with_the_rule():
    result = density(points_of(record(2_050, 2_050, 60)))
    assert (result.cell, result.bandwidth) == (70, 350)
    assert "bandwidth 350 metres, on squares of 70 metres, by rule of thumb" in result.method
    assert "nothing makes up for them" in result.method
    other = density(points_of(record(2_050, 2_050, 60)), bandwidth=800)
    assert "bandwidth 800 metres, on squares of 70 metres. " in other.method


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        (
            points_of(record(5, 5, 49)),
            "49 records have a point in 2013/14, and 50 are needed",
        ),
        (
            points_of(record(5, 5, 90), outline=None),
            "no outline of the area is held, and a density needs the ground it is of",
        ),
        (points_of(missing="the figures are yearly", outline=None), "the figures are yearly"),
    ],
)
def test_what_cannot_be_judged_says_why(points, reason):
    result = density(points)
    assert (result.reason, result.surface) == (reason, None)
    assert result.classes.empty and result.peaks.empty


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(chance):
    rows = [record(700 * n, 650 * n, 5 + n, location=f"On or near {n} Street") for n in range(12)]
    ours = density(points_of(*rows), cell=250)
    theirs = density(points_of(*chance.sample(rows, len(rows))), cell=250)
    assert np.array_equal(ours.surface, theirs.surface)
    assert ours.peaks.equals(theirs.peaks)
    assert ours.classes.equals(theirs.classes)


def an_estate(**changed):
    """Exact places: sixty homes fifty metres apart, and thirty records at one far house."""
    homes = [record(2_050 + 50 * (n % 10), 2_050 + 50 * (n // 10), 2) for n in range(60)]
    return points_of(*homes, record(8_050, 8_050, 30), are_snapped=False, **changed)


def test_exact_places_have_no_peak_and_no_ground_that_could_be_one_house():
    result = density(an_estate())
    assert result.reason == "" and result.peaks.empty
    far = (8_050 // 100, 8_050 // 100)
    assert result.surface[far] == 0, "thirty records at one house are no ground of a class"
    assert result.surface[2_050 // 100, 2_050 // 100] > 0
    # 112.5 of 150 are on the estate, for three quarters; all of them are within its half square km
    assert result.classes["square_km"].max() < 1.5
    assert density(replace(an_estate(), are_snapped=True)).peaks["count"].max() >= 30


def test_exact_places_are_never_drawn_finely():
    result = density(an_estate(), cell=10, bandwidth=50)
    assert (result.cell, result.bandwidth) == (100, 500)
    assert "bandwidth 500 metres, on squares of 100 metres" in result.method


@pytest.mark.parametrize(("places", "is_drawn"), [(4, False), (5, True)])
def test_records_at_fewer_than_five_exact_places_are_not_mapped(places, is_drawn):
    rows = [record(5_050 + 10 * n, 5_050, 20) for n in range(places)]
    result = density(points_of(*rows, are_snapped=False))
    assert (result.surface is not None) == is_drawn
    assert ("point to a home" in result.reason) != is_drawn
