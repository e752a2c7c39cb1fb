"""Where an area stands in its group."""

import pandas as pd
import pytest

from cspnb.analysis import comparison
from cspnb.analysis.comparison import ABOVE, BELOW, IN_LINE, Group
from cspnb.measures.change import NOT_COMPARED
from cspnb.measures.definition import Measure
from cspnb.periods import Period


def group_of(rows):
    """A group drawn as rows of area, count, population, reason; the first is the own area."""
    areas = pd.DataFrame(
        [
            (f"E0700000{n}", name, count, population, n == 0, reason)
            for n, (name, count, population, reason) in enumerate(rows)
        ],
        columns=["area_code", "area_name", "count", "population", "is_own", "reason"],
    )
    return Group(
        measure=Measure("total_crime", "Total crime"),
        area=rows[0][0],
        period=Period.parse("2013/14"),
        name="statistical neighbours",
        source="ONS",
        date="2018",
        population_label="residents, mid-2013",
        areas=areas.astype({"count": "Int64", "population": float}),
    )


FOUR = [
    ("Harborough", 600, 10_000, ""),
    ("Melton", 300, 10_000, ""),
    ("Bromsgrove", 900, 20_000, ""),
    ("Burnley", 1_300, 20_000, ""),
]


def test_areas_are_ranked_from_the_lowest_rate_about_the_mean_of_rates():
    result = comparison(group_of(FOUR))
    assert result.rates["area_name"].tolist() == ["Burnley", "Harborough", "Bromsgrove", "Melton"]
    assert result.rates["rate"].tolist() == [65, 60, 45, 30]
    assert result.mean_rate == 50  # each area counts once; the pooled rate would be 51.7
    assert result.rank == 3
    assert result.own_rate == 60
    assert result.distance_pct == pytest.approx(20)


def test_the_verdict_is_against_what_chance_gives_an_area_of_its_size():
    # the mean of 50 per 1,000 expects 500 of 10,000 people: about 500 +/- 1.96 x 22.4
    result = comparison(group_of(FOUR))
    assert result.limit_lower == pytest.approx(45.7, abs=0.06)
    assert result.limit_upper == pytest.approx(54.6, abs=0.06)
    assert result.verdict == ABOVE


@pytest.mark.parametrize(
    ("count", "population", "verdict"),
    [
        (600, 10_000, ABOVE),
        (6, 100, IN_LINE),  # the same rate on few people
        (530, 10_000, IN_LINE),
        (300, 10_000, BELOW),
    ],
)
def test_above_in_line_or_below(count, population, verdict):
    others = [("A", 500, 10_000, ""), ("B", 450, 10_000, ""), ("C", 550, 10_000, "")]
    assert comparison(group_of([("Own", count, population, ""), *others])).verdict == verdict


def test_the_distance_of_a_published_table_implies_its_mean():
    # own rate 53.18, published as 6.3% over the group's average: 53.18 / 1.063 = 50.03
    result = comparison(
        group_of(
            [("Own", 5_318, 100_000, ""), ("A", 4_600, 100_000, ""), ("B", 5_091, 100_000, "")]
        )
    )
    assert result.own_rate == pytest.approx(53.18)
    assert result.mean_rate == pytest.approx(50.03)
    assert round(result.distance_pct, 1) == 6.3


def test_equal_rates_share_a_rank():
    rows = [("Own", 50, 1_000, ""), ("A", 100, 2_000, ""), ("B", 80, 1_000, "")]
    result = comparison(group_of(rows))
    assert result.rank == 1
    assert result.rates["area_name"].tolist() == ["B", "A", "Own"]


def test_an_area_without_a_rate_is_left_out_by_name_with_its_reason():
    result = comparison(
        group_of([*FOUR, ("Barnet", None, 350_000, "the file holds burglary only")])
    )
    assert result.left_out.values.tolist() == [["Barnet", "the file holds burglary only"]]
    assert len(result.rates) == 4
    assert result.mean_rate == 50


def test_an_area_left_out_always_has_a_reason():
    result = comparison(group_of([*FOUR, ("Barnet", 9_000, None, "")]))
    assert result.left_out["reason"].tolist() == ["no count or population is held"]


def test_without_its_own_rate_an_area_is_not_compared():
    rows = [("Harborough", None, 10_000, "2013/14 is incomplete"), *FOUR[1:]]
    result = comparison(group_of(rows))
    assert result.verdict == NOT_COMPARED
    assert result.reason == "Harborough has no rate for 2013/14 (2013/14 is incomplete)"
    assert (result.mean_rate, result.rank, result.own_rate, result.distance_pct) == (None,) * 4
    assert len(result.rates) == 3


def test_two_areas_are_not_a_group():
    rows = [*FOUR[:2], ("Burnley", None, None, "no population")]
    result = comparison(group_of(rows))
    assert result.verdict == NOT_COMPARED
    assert result.reason == ("a rate is held for only 2 of its 3 areas, and 3 are needed")


def test_an_area_outside_the_group_is_not_compared_with_it():
    group = group_of(FOUR)
    others = group.areas.assign(is_own=False)
    result = comparison(
        Group(**{field: getattr(group, field) for field in group.__dict__} | {"areas": others})
    )
    assert result.verdict == NOT_COMPARED
    assert result.reason == "Harborough is not one of the areas of statistical neighbours"


def test_a_group_where_nothing_was_recorded_is_in_line():
    result = comparison(group_of([("Own", 0, 1_000, ""), ("A", 0, 1_000, ""), ("B", 0, 1_000, "")]))
    assert (result.verdict, result.mean_rate, result.distance_pct) == (IN_LINE, 0, None)
