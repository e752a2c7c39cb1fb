"""A season: taken apart as published, told where it is more than chance, not from too little."""

from math import log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.season import CLEAR_SEASON, NO_CLEAR_SEASON, NOT_JUDGED, season
from cspnb.measures.month_index import decomposed, season_test, strength
from tests.drawn_counts import drawn, of_numbers

PUBLISHED = Path(statsmodels.__file__).parent / "tsa" / "stl" / "tests" / "results"

# Twelve months from April, 1,200 a year: the index is the count itself.
SUMMERY = [110, 120, 130, 120, 110, 100, 90, 80, 70, 80, 90, 100]


def index_of(result):
    return dict(zip(result.index["name"], result.index["index"], strict=True))


def test_the_library_takes_the_published_series_apart_as_published():
    """Carbon dioxide at Mauna Loa, with the FORTRAN program of Cleveland and others 1990."""
    if not (PUBLISHED / "stl_test_results.csv").exists():
        pytest.skip("statsmodels was installed without its tests")
    from statsmodels.tsa.seasonal import STL

    series = pd.read_csv(PUBLISHED / "stl_co2.csv", header=None)[0]
    table = pd.read_csv(PUBLISHED / "stl_test_results.csv", skipinitialspace=True)
    table = table.rename(columns=str.strip)
    expected = table[table["scenario"].str.strip() == "baseline"].sort_values("idx")
    parts = STL(
        series.to_numpy(), period=12, seasonal=35, trend=19, low_pass=13,
        seasonal_jump=4, trend_jump=2, low_pass_jump=2, robust=False,
    ).fit(outer_iter=2, inner_iter=1)  # fmt: skip
    np.testing.assert_allclose(parts.seasonal, expected["season"], rtol=1e-6)
    np.testing.assert_allclose(parts.trend, expected["trend"], rtol=1e-6)


@pytest.mark.parametrize("years", [3, 6])
def test_a_year_repeated_exactly_is_all_season_and_the_index_is_itself(years):
    parts = decomposed(np.array(SUMMERY * years, dtype=float))
    np.testing.assert_allclose(parts["trend"], 100)
    np.testing.assert_allclose(parts["residual"], 0, atol=1e-9)
    assert strength(parts) == pytest.approx(1)
    result = season(of_numbers("2010-04", SUMMERY * years))
    assert list(result.index["index"]) == pytest.approx(SUMMERY)
    assert (result.strongest["name"], result.weakest["name"]) == ("June", "December")
    assert result.verdict == CLEAR_SEASON


def test_a_steady_rise_is_trend_and_not_season():
    parts = decomposed(np.arange(100.0, 172.0))
    np.testing.assert_allclose(parts["trend"] + parts["seasonal"], np.arange(100, 172), atol=0.5)
    assert abs(parts["seasonal"]).max() < 0.5


def test_strength_is_one_less_the_residual_over_what_the_trend_leaves():
    parts = pd.DataFrame(
        {"trend": [50] * 4, "seasonal": [6, -6, 6, -6], "residual": [2, 2, -2, -2]}
    )  # variances: of the residual 4, of both together (8, -4, 4, -8) 40
    assert strength(parts) == pytest.approx(0.9)
    flat = pd.DataFrame({"trend": [50] * 4, "seasonal": [0] * 4, "residual": [0] * 4})
    assert strength(flat) == 0


def deviance_a_year(high):
    """Eleven months of 20 and one of `high`, against their mean: Poisson's deviance."""
    mean = (220 + high) / 12
    return 2 * (220 * log(20 / mean) + high * log(high / mean))


@pytest.mark.parametrize(
    ("years", "verdict"),
    [(3, NO_CLEAR_SEASON), (4, CLEAR_SEASON)],  # 16.47 and 21.96, about 19.675: 5% on 11
)
def test_months_that_repeat_are_judged_by_their_deviance_on_eleven_degrees(years, verdict):
    assert deviance_a_year(32) * 3 < 19.675 < deviance_a_year(32) * 4
    result = season(of_numbers("2010-04", ([32] + [20] * 11) * years))
    assert result.verdict == verdict
    assert "Poisson likelihood-ratio test" in result.method
    assert "at the 5% level" in result.method


def swinging():
    """Six months of 60 and six of 40, each ten up in one year and ten down in the other.

    Fitted exactly 60 and 40: chi-squared 2 x (6 x 100/60 + 6 x 100/40) = 50 on 11 degrees.
    Deviance gained by calendar month: 4 x (360 ln 1.2 + 240 ln 0.8) = 48.3, far over 31.26, the
    chi-squared of 0.1% on 11; but F = 48.3 / 11 / (50 / 11) = 0.967, under 1, F(11, 11)'s median.
    """
    signs = [1, -1] * 6
    level = [60] * 6 + [40] * 6
    first = [count + 10 * sign for count, sign in zip(level, signs, strict=True)]
    return first + [count - 10 * sign for count, sign in zip(level, signs, strict=True)]


def test_months_that_vary_more_than_chance_need_more_to_show_a_season():
    test = season_test(np.array(swinging(), dtype=float), np.tile(np.arange(1, 13), 2))
    assert test.method == "quasi-Poisson F test"
    assert test.dispersion == pytest.approx(50 / 11)
    assert 0.5 < test.p_value < 0.55
    gained = 4 * (360 * log(1.2) + 240 * log(0.8))
    assert gained > 31.26


def test_a_level_that_differs_by_year_is_no_season():
    result = season(of_numbers("2010-04", [40] * 12 + [80] * 12 + [20] * 12))
    assert result.p_value == pytest.approx(1)
    assert result.verdict == NO_CLEAR_SEASON


@pytest.mark.parametrize(
    ("first", "months", "reason"),
    [
        ("2011-05", ["20 " * 35], "only 35 sound months in a row stand up to March 2014, and 36"),
        ("2011-04", ["20 " * 35, "."], "only 35 sound months in a row stand up to February 2014"),
        ("2010-04", ["20 " * 36, "2! ", "20 " * 11], "only 11 sound months in a row stand up to"),
        ("2010-04", ["20 " * 36, ". ", "20"], "only 1 sound month stands up to May 2013, and 36"),
        ("2010-04", ["20 " * 40, "-1 ", "20 " * 7], "August 2013 is below zero, as more offences"),
        ("2010-04", [". " * 36], "no month is sound"),
    ],
)
def test_too_few_sound_months_in_a_row_are_not_judged(first, months, reason):
    result = season(drawn(first, *months))
    assert result.verdict == NOT_JUDGED
    assert result.reason.startswith(reason)
    assert result.index.empty and result.months.empty
    assert result.strength is None


def test_two_unusual_springs_in_two_years_are_no_season():
    """24 months with half as many again each spring: the test alone would call it a season."""
    months = np.array(([75, 75, 75] + [50] * 9) * 2, dtype=float)
    assert season_test(months, np.tile(np.arange(1, 13), 2)).p_value < 0.05
    assert season(of_numbers("2020-04", months.astype(int))).verdict == NOT_JUDGED
    assert season(of_numbers("2010-04", SUMMERY * 3)).cautions == ()


def test_a_season_of_earlier_months_says_so():
    result = season(drawn("2010-04", " ".join(map(str, SUMMERY * 3)), ". ."))
    assert result.span.label == "April 2010 to March 2013"
    assert result.cautions == (
        "The latest months are not sound: the season is that of the months to March 2013.",
    )


def test_months_before_one_that_is_not_sound_have_no_part():
    alone = season(of_numbers("2010-04", SUMMERY * 3))
    after = season(drawn("2009-04", "900 " * 11, "1!", " ".join(map(str, SUMMERY * 3))))
    assert index_of(after) == pytest.approx(index_of(alone))
    assert after.span == alone.span


@pytest.mark.parametrize(("count", "judged"), [(3, False), (4, True)])  # nine, then twelve
def test_an_index_is_not_given_on_a_base_under_ten(count, judged):
    result = season(of_numbers("2010-04", [count] * 36))
    assert (result.verdict != NOT_JUDGED) == judged
    if not judged:
        assert result.reason.startswith("the base is too small: the trend gives ")
        assert result.reason.endswith("under 10 in its 3 years together")


def test_months_that_never_have_an_offence_are_at_nought():
    result = season(of_numbers("2010-04", ([0] * 2 + [60] * 10) * 4))
    assert index_of(result)["April"] == pytest.approx(0, abs=1e-6)
    assert result.verdict == CLEAR_SEASON


def test_a_measure_that_cannot_be_had_has_no_season():
    result = season(drawn("2013-04", "", period="2013/14", missing="the files hold burglary only"))
    assert (result.verdict, result.reason) == (NOT_JUDGED, "the files hold burglary only")
    assert result.span is None


years_of_months = st.lists(st.integers(20, 80), min_size=36, max_size=60)


@settings(max_examples=20, deadline=None)
@given(years_of_months, st.integers(2, 9))
def test_so_many_times_the_offences_have_the_same_index(months, times):
    once = season(of_numbers("2010-04", months))
    more = season(of_numbers("2010-04", [times * count for count in months]))
    assert list(more.index["index"]) == pytest.approx(list(once.index["index"]))
    assert more.strength == pytest.approx(once.strength, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(years_of_months)
def test_the_parts_add_up_and_the_index_averages_100(months):
    parts = decomposed(np.array(months, dtype=float))
    np.testing.assert_allclose(parts.sum(axis=1), months)
    result = season(of_numbers("2010-04", months))
    assert result.index["index"].mean() == pytest.approx(100)
    assert result.index["count"].sum() == sum(months)
    assert 0 <= result.strength <= 1
    assert 0 <= result.p_value <= 1


def test_chance_alone_seldom_shows_a_season():
    """Of 600 runs of Poisson months without a season, some 30 are called clear.

    By the binomial, a test at 5% comes to between 17 and 43 in 99 of 100 seeds; one at 10% comes
    to over 43 in 99 of 100, and one at 2% to under 17 in 90.
    """
    generator = np.random.default_rng(7)
    months = np.tile(np.arange(1, 13), 4)
    found = sum(season_test(generator.poisson(30.0, 48), months).p_value < 0.05 for _ in range(600))
    assert 17 <= found <= 43
