"""A forecast: as published, tested on the past, with ranges, and none where it does not earn it."""

import io
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.forecast import MOST_ORIGINS, forecast
from cspnb.measures.definition import Break, Measure
from cspnb.measures.forecast_error import back_test, limits, mase, seasonal_naive
from cspnb.measures.smoothing import futures, level_and_season
from cspnb.periods import Month
from tests.drawn_counts import drawn, of_numbers

TESTS = Path(statsmodels.__file__).parent / "tsa" / "tests"
SUMMERY = [110, 120, 130, 120, 110, 100, 90, 80, 70, 80, 90, 100]


def tourists(name, text):
    """A published series of nights spent by visitors to Australia, from statsmodels' own tests."""
    listed = text[text.index(name) :]
    listed = listed[: listed.index("]")]
    return np.array([float(number) for number in re.findall(r"\d+\.\d+", listed)])


@pytest.fixture(scope="module")
def of_2005():
    path = TESTS.parent / "holtwinters" / "tests" / "test_holtwinters.py"
    if not path.exists():
        pytest.skip("statsmodels was installed without its tests")
    return tourists("data = [", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def of_1999():
    path = TESTS / "test_exponential_smoothing.py"
    if not path.exists():
        pytest.skip("statsmodels was installed without its tests")
    text = path.read_text(encoding="utf-8")
    return tourists("data = [", text[text.index("def austourists():") :])


@pytest.mark.parametrize(
    ("seasonal", "published"),
    [
        ("add", [59.96, 38.63, 47.48, 51.89, 62.81, 41.00, 50.06, 54.57]),
        ("mul", [61.69, 37.37, 47.22, 52.03, 65.08, 39.34, 49.72, 54.79]),
    ],
)
def test_the_library_smooths_the_tourist_series_as_published(of_2005, seasonal, published):
    """Hyndman and Athanasopoulos, Forecasting, 7.5: Holt-Winters with a Box-Cox transformation."""
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    model = ExponentialSmoothing(
        of_2005, trend="add", seasonal=seasonal, seasonal_periods=4, use_boxcox=True,
        initialization_method="estimated",
    )  # fmt: skip
    np.testing.assert_allclose(model.fit().forecast(8), published, atol=0.005)


def test_level_and_season_are_those_of_rs_ets(of_1999):
    """Against ets(austourists, "ANA") of R's forecast package, as statsmodels keeps it."""
    held = json.loads((TESTS / "results" / "fit_ets_results_seasonal.json").read_text())
    published = held["FALSE"]["ANA"]
    fit = level_and_season(of_1999, period=4)
    ahead = fit.simulate(4, repetitions=1, random_errors=np.zeros((4, 1)))
    assert fit.params["smoothing_level"] == pytest.approx(published["alpha"][0], abs=0.01)
    assert fit.params["smoothing_seasonal"] == pytest.approx(published["gamma"][0], abs=0.01)
    assert fit.sse <= np.sum(np.square(published["residuals"]))  # at least as good a fit
    np.testing.assert_allclose(np.ravel(ahead), published["forecast"], rtol=1e-3)


def test_the_ranges_widen_as_published():
    """ETS(A,N,A) within the first year: variance s2 (1 + (h - 1) alpha2), Hyndman and others 2008,
    table 6.1; of the square roots, whose squares the futures are."""
    generator = np.random.default_rng(3)
    walk = 400 + np.cumsum(generator.normal(0, 12, 60)) + np.tile(SUMMERY, 5)
    counts = np.round(walk)
    fit = level_and_season(np.sqrt(counts))
    alpha, spread = fit.params["smoothing_level"], fit.sse / (60 - 14)
    drawn_roots = np.sqrt(futures(counts, 12))
    for step in (1, 6, 12):
        expected = np.sqrt(spread * (1 + (step - 1) * alpha**2))
        assert drawn_roots[step - 1].std() == pytest.approx(expected, rel=0.06)


def test_the_scaled_error_is_worked_by_hand():
    history = np.array([10.0, 20, 30, 40, 14, 22, 36, 44])  # apart: 4, 2, 6, 4; on average 4
    actual, told = np.array([20.0, 20, 40, 40]), np.array([18.0, 26, 40, 40])  # out: 2, 6, 0, 0
    assert mase(actual, told, history, period=4) == pytest.approx(0.5)
    assert mase(actual, actual, history, period=4) == 0
    assert mase(actual, told, np.array([1.0, 2, 3, 4] * 2), period=4) is None


def test_seasonal_naive_is_the_last_year_again():
    history = np.arange(1.0, 25.0)
    assert list(seasonal_naive(history, 3)) == [13, 14, 15]
    assert list(seasonal_naive(history, 12)) == list(range(13, 25))


def test_limits_leave_the_same_share_outside_at_either_end():
    lower, upper = limits(np.arange(101.0)[None, :], 0.8)
    assert (lower[0], upper[0]) == pytest.approx((10, 90))


def between(low, high):
    """A method that always says from low to high, and half way as its forecast."""

    def said(history, ahead):
        return np.tile(np.linspace(low, high, 101), (ahead, 1))

    return said


def test_a_back_test_is_worked_by_hand():
    # Each year of 12 equal months: 10, 20, 40, 50. With 24 to learn from and 12 ahead there are
    # origins after months 24 to 36, 13 in all. A method that says 40, 20 to 60 by turns.
    counts = np.repeat([10.0, 20, 40, 50], 12)
    errors = back_test(counts, 12, between(20, 60), learn_from=24, most=99)
    assert (errors.origins, errors.months) == (13, 156)
    # Origin k months into the third year sees 12 - k months of 40 and k of 50.
    tens = sum(range(13))  # 78 months of 50, out by 10; the other 78 are right
    assert errors.mean_error == pytest.approx(10 * tens / 156)
    # The year before: 12 - k months out by 20 (40 after 20), k out by 10 (50 after 40).
    assert errors.naive_error == pytest.approx((20 * 78 + 10 * 78) / 156)
    assert errors.mean_count == pytest.approx(45)
    assert errors.within == {0.8: 1.0, 0.95: 1.0}  # 24 to 56, 21 to 59
    # Scale of an origin: 12 pairs 10 apart and k pairs 20 apart, of 12 + k.
    scales = [(120 + 20 * k) / (12 + k) for k in range(13)]
    assert errors.mase == pytest.approx(np.mean([10 * k / 12 / scales[k] for k in range(13)]))
    assert not errors.loses


def test_a_month_outside_its_range_counts_against_it():
    counts = np.repeat([10.0, 20, 40, 50], 12)
    errors = back_test(counts, 12, between(30, 50), learn_from=24, most=1)
    assert errors.origins == 1
    assert errors.within == {0.8: 0.0, 0.95: 0.0}  # 50 lies outside 32 to 48 and 30.5 to 49.5
    assert (errors.mean_error, errors.naive_error, errors.loses) == (10, 10, False)  # a tie
    assert back_test(counts, 12, between(20, 50), learn_from=24, most=1).loses


def test_no_forecast_sees_a_month_after_its_origin():
    seen = []

    def looking(history, ahead):
        seen.append((len(history), ahead, history[-1]))
        return np.zeros((ahead, 5))

    back_test(np.arange(40.0), 12, looking, learn_from=24, most=99)
    assert seen == [(at, 12, at - 1) for at in range(24, 29)]


@pytest.mark.parametrize("years", [3, 5])
def test_a_year_repeated_exactly_is_forecast_to_be_itself(years):
    result = forecast(of_numbers("2010-04", SUMMERY * years))
    for column in ("central", "lower_80", "upper_80", "lower_95", "upper_95"):
        assert list(result.ahead[column]) == pytest.approx(SUMMERY, abs=1e-3)
    assert result.reason == ""
    assert result.errors.mean_error == pytest.approx(0, abs=1e-3)
    assert result.errors.mase is None  # the year before is never out
    assert list(result.ahead["month"])[:2] == [f"{2010 + years}-04", f"{2010 + years}-05"]


def test_the_year_is_the_months_so_far_and_those_to_come():
    result = forecast(of_numbers("2010-04", SUMMERY * 4 + SUMMERY[:9]))
    year = result.year_end
    assert (year.period.label, year.months_so_far, year.so_far) == ("2014/15", 9, 930)
    assert (year.lower_95, year.central, year.upper_95) == pytest.approx((1200,) * 3, abs=0.01)
    assert year.last_year == 1200
    ended = forecast(of_numbers("2010-04", SUMMERY * 4)).year_end
    assert (ended.period.label, ended.months_so_far, ended.so_far) == ("2014/15", 0, 0)


@pytest.mark.parametrize(("months", "has_year"), [(2, False), (3, True)])
def test_a_forecast_that_stops_short_of_march_gives_no_year(months, has_year):
    result = forecast(of_numbers("2010-04", SUMMERY * 3 + SUMMERY[:9]), months=months)
    assert len(result.ahead) == months
    assert (result.year_end is not None) == has_year


@pytest.mark.parametrize("months", [0, 13])
def test_a_horizon_that_cannot_be_tested_is_refused(months):
    with pytest.raises(ValueError, match="1 to 12 months"):
        forecast(of_numbers("2010-04", SUMMERY * 3), months=months)


@pytest.mark.parametrize(
    ("first", "months", "reason"),
    [
        ("2010-05", ["20 " * 35], "only 35 sound months stand in a row up to March 2013, and 36"),
        ("2012-04", ["20 " * 24], "only 24 sound months stand in a row up to March 2014, and 36"),
        ("2010-04", ["20 " * 40, "2! ", "20"], "only 1 sound month stands in a row up to Septem"),
        ("2010-04", ["20 " * 40, "."], "August 2013, from which it would start, is absent"),
        ("2010-04", ["20 " * 40, "3!"], "August 2013, from which it would start, is abnormal"),
        ("2010-04", ["0 0 0 1 " * 9], "the base is too small: under 1 a month on average"),
    ],
)
def test_what_cannot_be_forecast_says_why(first, months, reason):
    result = forecast(drawn(first, *months))
    assert result.reason.startswith(reason)
    assert result.ahead.empty
    assert result.year_end is None and result.errors is None


def test_a_measure_that_cannot_be_had_has_no_forecast():
    result = forecast(
        drawn("2013-04", "", period="2013/14", missing="the files hold burglary only")
    )
    assert result.reason == "the files hold burglary only"


def test_no_forecast_is_given_where_the_year_before_does_better():
    """From the second year on each year is the one before, which the first year was not."""
    turned = SUMMERY[::-1]
    result = forecast(of_numbers("2010-04", SUMMERY + turned * 3))
    assert result.errors.naive_error == 0 < result.errors.mean_error
    assert result.reason == "repeating the year before would have done better"
    assert result.ahead.empty and result.year_end is None
    assert "Back-test: forecasts of 1 to 12 months made from 13 past months" in result.method


def of_break(start, *, re_bases):
    return Measure(
        "violence", "Violence", breaks=(Break(start, "A new way of counting.", None, re_bases),)
    )


def test_a_history_starts_where_figures_come_to_mean_something_else():
    measure = of_break(Month(2011, 4), re_bases=True)
    result = forecast(of_numbers("2010-04", [900] * 12 + SUMMERY * 3, measure=measure))
    alone = forecast(of_numbers("2011-04", SUMMERY * 3))
    assert list(result.ahead["central"]) == pytest.approx(list(alone.ahead["central"]))
    assert result.history["month"].iloc[0] == "2011-04"
    assert result.shortened == "Months before April 2011 are left out: a new way of counting."
    kept = forecast(
        of_numbers("2010-04", SUMMERY * 4, measure=of_break(Month(2011, 4), re_bases=False))
    )
    assert (kept.history["month"].iloc[0], kept.shortened) == ("2010-04", "")


def test_a_break_that_leaves_too_little_leaves_no_forecast():
    measure = of_break(Month(2012, 4), re_bases=True)
    result = forecast(of_numbers("2010-04", SUMMERY * 4, measure=measure))
    assert result.reason.startswith("only 24 sound months stand in a row up to March 2014")
    assert result.shortened.startswith("Months before April 2012 are left out")


months_of_four_years = st.lists(st.integers(1, 60), min_size=37, max_size=40)


@settings(max_examples=6, deadline=None)
@given(months_of_four_years)
def test_ranges_lie_within_one_another_and_never_below_nought(months):
    result = forecast(of_numbers("2010-04", months))
    assert result.errors.loses == bool(result.reason)
    if result.reason:
        return
    order = ["lower_95", "lower_80", "central", "upper_80", "upper_95"]
    assert (result.ahead[order].astype(float).diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert (result.ahead["lower_95"] >= 0).all()
    year = result.year_end
    assert year.so_far <= year.lower_95 <= year.lower_80 <= year.central
    assert year.central <= year.upper_80 <= year.upper_95


def test_the_same_counts_give_the_same_forecast():
    months = [10 + (7 * place) % 23 for place in range(40)]
    once, again = (forecast(of_numbers("2010-04", months)) for _ in range(2))
    pd.testing.assert_frame_equal(once.ahead, again.ahead)
    assert once.errors == again.errors


@pytest.fixture(scope="module")
def barnet(real_data):
    """Barnet's burglaries of every month from January 2014, counted from the files by pandas."""
    path = real_data / "police-metropolitan-burglary" / "barnet-burglary-2014-01_2025-02.zip"
    with zipfile.ZipFile(path) as archive:
        tables = [
            pd.read_csv(io.BytesIO(archive.read(name)), usecols=["Month"])
            for name in sorted(archive.namelist())
        ]
    return pd.concat(tables)["Month"].value_counts().sort_index()


@pytest.mark.slow
def test_barnets_burglaries_are_forecast_better_than_the_year_before(barnet):
    assert (len(barnet), barnet.sum()) == (134, 34_334)
    result = forecast(of_numbers("2014-01", barnet.to_list()))
    errors = result.errors
    assert (errors.origins, errors.months) == (MOST_ORIGINS, 288)
    assert errors.mase < errors.naive_mase < 1
    assert errors.within[0.8] > 0.7 and errors.within[0.95] > 0.9
    year = result.year_end
    assert (year.period.label, year.months_so_far) == ("2024/25", 11)
    assert year.so_far == barnet["2024-04":"2025-02"].sum()
    assert year.last_year == barnet["2023-04":"2024-03"].sum()
