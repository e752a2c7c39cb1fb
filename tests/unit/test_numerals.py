"""How numbers are written."""

import pandas as pd
import pytest

from cspnb import numerals


@pytest.mark.parametrize(
    ("write", "value", "text"),
    [
        (numerals.count, 2778, "2,778"),
        (numerals.count, -3, "−3"),
        (numerals.count, pd.NA, "–"),
        (numerals.difference, 5, "+5"),
        (numerals.difference, -51, "−51"),
        (numerals.difference, 0, "0"),
        (numerals.percent_change, 0.18, "+0.2%"),
        (numerals.percent_change, -15.22, "−15.2%"),
        (numerals.percent_change, -0.01, "0.0%"),
        (numerals.level, 88.0, "88%"),
        (numerals.level, 88.44, "88.4%"),
        (numerals.level_change, -13, "−13%"),
        (numerals.level_change, 2.5, "+2.5%"),
        (numerals.points, 3.0, "3 percentage points"),
        (numerals.points, -1, "1 percentage point"),
        (numerals.p_value, 7e-7, "p < 0.001"),
        (numerals.p_value, 0.0404, "p = 0.040"),
        (numerals.p_value, 0.048, "p = 0.048"),
        (numerals.p_value, 0.946, "p = 0.95"),
        (numerals.ordinal, 1, "1st"),
        (numerals.ordinal, 12, "12th"),
        (numerals.ordinal, 23, "23rd"),
        (numerals.plain, 65.359477, "65.36"),
        (numerals.plain, 1234.5678, "1,235"),
        (numerals.plain, 7e-7, "< 0.001"),
        (numerals.plain, True, "yes"),
        (numerals.plain, "", "–"),
        (numerals.plain, float("nan"), "–"),
    ],
)
def test_a_number_is_written_one_way(write, value, text):
    assert write(value) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [(1, "offences", "1 offence"), (0, "offences", "0 offences"), (1, "people", "1 person")],
)
def test_a_unit_agrees_with_its_number(number, unit, text):
    assert numerals.counted(number, unit) == text


@pytest.mark.parametrize(("mean", "places"), [(41.9, 1), (1.76, 2), (None, 2)])
def test_small_rates_have_two_places_and_large_ones_one(mean, places):
    assert numerals.rate_places(mean) == places
