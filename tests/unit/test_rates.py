"""Rates per 1,000 and funnel limits, against published values."""

import pandas as pd
import pytest

from cspnb.measures.funnel import funnel_limits
from cspnb.measures.rates import rate_per_1000


def rates_of(counts, population, **options):
    return rate_per_1000(
        pd.Series(counts, dtype="Int64"), pd.Series(population, dtype=float), **options
    )


@pytest.mark.parametrize(
    ("count", "population", "rate", "lower", "upper"),
    [
        (9, 10_000, 0.9, 0.411537, 1.708480),
        (0, 1_000, 0.0, 0.0, 3.688879),
        (1, 1_000, 1.0, 0.025318, 5.571643),
        (5, 1_000, 5.0, 1.623486, 11.668332),
        (100, 1_000, 100.0, 81.363991, 121.626794),
    ],
)
def test_a_rate_has_exact_poisson_limits(count, population, rate, lower, upper):
    row = rates_of([count], [population]).loc[0]
    assert row["rate"] == pytest.approx(rate)
    assert row["rate_lower"] == pytest.approx(lower, abs=1e-6)
    assert row["rate_upper"] == pytest.approx(upper, abs=1e-6)


def test_exact_limits_agree_with_the_approximation_health_bodies_publish():
    # 82 in 10,000: Byar's limits, 6.521491 and 10.178484, which need a count of ten or more
    row = rates_of([82], [10_000]).loc[0]
    assert row["rate_lower"] == pytest.approx(6.521491, abs=5e-4)
    assert row["rate_upper"] == pytest.approx(10.178484, abs=5e-4)


def test_numerator_and_denominator_stay_beside_the_rate():
    table = rates_of([82, 9], [10_000, 20_000])
    assert list(table.columns) == ["count", "population", "rate", "rate_lower", "rate_upper"]
    assert table["count"].tolist() == [82, 9]
    assert table["population"].tolist() == [10_000, 20_000]


def test_an_area_without_a_count_or_people_keeps_its_row_without_a_rate():
    table = rates_of([None, 9, 9, 9], [10_000, None, 0, 10_000])
    assert table["rate"].isna().tolist() == [True, True, True, False]
    assert len(table) == 4


def test_where_no_area_has_a_rate_the_table_still_stands():
    assert rates_of([None, None], [10_000, 20_000])["rate"].isna().all()


def test_more_confidence_gives_wider_limits():
    usual, strict = rates_of([50], [1_000]), rates_of([50], [1_000], confidence=0.998)
    assert strict.loc[0, "rate_lower"] < usual.loc[0, "rate_lower"]
    assert strict.loc[0, "rate_upper"] > usual.loc[0, "rate_upper"]


def test_the_tables_given_are_left_as_they_were():
    counts, population = pd.Series([82], dtype="Int64"), pd.Series([10_000.0])
    rate_per_1000(counts, population)
    assert (counts.name, population.name, counts.tolist()) == (None, None, [82])


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
def test_funnel_limits_are_the_published_ones(expected, confidence, lower, upper):
    # about a rate of 1,000 per 1,000, an area of 15 people expects 15, and limits are ratios
    limits = funnel_limits(1000, expected, confidence=confidence)
    assert limits[0] / 1000 == pytest.approx(lower, abs=1e-6)
    assert limits[1] / 1000 == pytest.approx(upper, abs=1e-6)


def test_where_none_is_expected_the_limits_start_at_nought():
    lower, upper = funnel_limits(0, 1_000)
    assert lower == 0
    assert upper == pytest.approx(3.688879, abs=1e-6)
