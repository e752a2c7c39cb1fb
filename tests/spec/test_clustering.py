"""Moran's I and Gi*, against published figures and against every permutation there is."""

import itertools

import libpysal
import numpy as np
import pytest
import shapely
from esda import G, G_Local, Moran
from libpysal.examples import get_path
from libpysal.weights import DistanceBand, lat2W

from cspnb.measures.clustering import gi_star, moran, neighbours

POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = [2, 3, 3.2, 5, 8, 7]


def band():
    return DistanceBand(POINTS, threshold=15, silence_warnings=True)


def test_morans_i_of_a_three_by_three_lattice():
    """1 to 9 on a rook lattice, binary: esda's own test gives I 0.5 and E -0.125."""
    found = moran(range(1, 10), lat2W(3, 3), transformation="b")
    assert found.i == pytest.approx(0.5)
    assert found.expected == pytest.approx(-0.125)


def test_the_variances_of_morans_i_are_the_published_ones():
    found = Moran(np.arange(1, 10), lat2W(3, 3), transformation="b", permutations=0)
    assert found.VI_norm == pytest.approx(0.053125)
    assert found.VI_rand == pytest.approx(0.0596875)
    # Z = (0.5 + 0.125) / sqrt(0.0596875) = 2.558: two-sided p 0.0105
    assert moran(range(1, 10), lat2W(3, 3), transformation="b").p_value == pytest.approx(
        0.0105, abs=0.0001
    )


def test_morans_i_of_homicide_about_st_louis():
    """The data and the figures are esda's own: I 0.243656, one-sided p 0.00013574 (normality)."""
    try:
        data, borders = get_path("stl_hom.txt"), get_path("stl.gal")
    except (FileNotFoundError, OSError, KeyError) as error:
        pytest.skip(f"libpysal came without the St Louis data: {error}")
    values = np.array(libpysal.io.open(data).by_col("HR8893"))
    weights = libpysal.io.open(borders).read()
    assert moran(values, weights).i == pytest.approx(0.243656, abs=1e-6)
    one_sided = Moran(values, weights, two_tailed=False, permutations=0)
    assert one_sided.p_norm == pytest.approx(0.00013574, abs=1e-8)


def test_the_global_g_of_six_points():
    found = G(np.array(VALUES), band(), permutations=0)
    statistic = found.G
    assert statistic == pytest.approx(0.55709779)
    assert found.p_norm == pytest.approx(0.172936, abs=1e-6)


def test_the_local_g_of_six_points():
    """Getis and Ord's Gi leaves the place itself out; Gi* takes it in: both are binary here."""
    with_neighbours_alone = G_Local(np.array(VALUES), band(), transform="B", permutations=0)
    assert with_neighbours_alone.Zs[0] == pytest.approx(-1.0136729)
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert gi_star(VALUES, band())["z"].tolist() == pytest.approx(published)


def test_the_p_of_gi_star_is_that_of_all_permutations():
    """Six values can change places in 720 ways: each way's sum about each place, counted."""
    touching = [{i, *band().neighbors[i]} for i in range(6)]
    ways = list(itertools.permutations(VALUES))
    for place, p_value in enumerate(gi_star(VALUES, band())["p_value"]):
        found = sum(VALUES[i] for i in touching[place])
        sums = [sum(way[i] for i in touching[place]) for way in ways]
        above = sum(each >= found - 1e-9 for each in sums) / len(ways)
        below = sum(each <= found + 1e-9 for each in sums) / len(ways)
        assert p_value == pytest.approx(min(1, 2 * min(above, below)), abs=0.01)


def test_gi_star_is_the_same_each_time_and_leaves_numpys_own_seed_alone():
    np.random.seed(7)
    first = gi_star(VALUES, band())
    drawn = np.random.random()
    np.random.seed(7)
    assert np.random.random() == drawn
    assert gi_star(VALUES, band()).equals(first)


def test_neighbours_share_a_border_or_a_corner():
    squares = [shapely.box(x, y, x + 1, y + 1) for y in range(3) for x in range(3)]
    apart = shapely.box(10, 10, 11, 11)
    touching = neighbours([*squares, apart])
    assert sorted(touching.neighbors[0]) == [1, 3, 4]
    assert len(touching.neighbors[4]) == 8
    assert touching.islands == [9]
