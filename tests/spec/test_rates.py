"""Rates per 1,000 and the limits of counts and proportions, against published values."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.measures.proportions import proportion
from cspnb.measures.rates import poisson_limits, rate_per_1000


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


@pytest.mark.parametrize(
    ("count", "confidence", "lower", "upper"),
    [
        (65, 0.95, 50.163188, 82.849139),
        (1045, 0.95, 982.593202, 1110.331213),
        (65, 0.998, 42.880261, 94.000291),
    ],
)
def test_byars_limits_are_those_that_health_bodies_publish(count, confidence, lower, upper):
    """The published R package of Public Health England's methods."""
    limits = poisson_limits([count], confidence=confidence, method="byar")
    assert (limits[0][0], limits[1][0]) == pytest.approx((lower, upper), abs=1e-6)


def test_a_rate_of_82_in_10_000_by_either_method():
    # 8.2 per 1,000; by Byar's method 6.521491 to 10.178484, and the exact ones differ by less
    # than a two-thousandth
    for method, within in (("byar", 1e-6), ("exact", 5e-4)):
        row = rates_of([82], [10_000], method=method).loc[0]
        assert row["rate"] == pytest.approx(8.2)
        assert row["rate_lower"] == pytest.approx(6.521491, abs=within)
        assert row["rate_upper"] == pytest.approx(10.178484, abs=within)


@pytest.mark.parametrize(("count", "is_exact"), [(0, True), (9, True), (10, False)])
def test_byars_limits_serve_from_a_count_of_ten(count, is_exact):
    exact, byar = poisson_limits([count]), poisson_limits([count], method="byar")
    assert (exact[1][0] == byar[1][0]) == is_exact


def test_another_way_to_limits_is_refused():
    with pytest.raises(ValueError, match="'wald' is no way to limits"):
        rates_of([9], [1_000], method="wald")


def test_wilsons_limits_of_65_in_100():
    found = proportion(65, 100)
    assert (found.lower, found.upper) == pytest.approx((0.552544, 0.736358), abs=5e-7)


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


counts = st.integers(0, 100_000)
people = st.integers(1, 10_000_000)


@settings(max_examples=200, deadline=None)
@given(counts, people, st.sampled_from(["exact", "byar"]))
def test_the_interval_contains_the_rate(count, population, method):
    row = rates_of([count], [population], method=method).loc[0]
    assert 0 <= row["rate_lower"] <= row["rate"] < row["rate_upper"]


@settings(max_examples=100, deadline=None)
@given(counts, people, st.integers(2, 50))
def test_the_same_rate_among_more_people_is_known_more_closely(count, population, times):
    few = rates_of([count], [population]).loc[0]
    many = rates_of([count * times], [population * times]).loc[0]
    assert many["rate"] == pytest.approx(few["rate"])
    assert many["rate_upper"] - many["rate_lower"] < few["rate_upper"] - few["rate_lower"]
