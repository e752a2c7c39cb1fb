"""How a period is written, named as a folder, said to a reader, and set against earlier ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspnb.errors import PeriodError
from cspnb.periods import Month, Period

WRITTEN = [
    # written               folder                    label                       months
    ("2013/14", "fy-2013-14", "2013/14", 12),
    ("2012/13-Q3", "q3-2012-13", "October to December 2012", 3),
    ("2012/13-Q4", "q4-2012-13", "January to March 2013", 3),
    ("2009-08", "m-2009-08", "August 2009", 1),
    ("2013-06..2014-02", "2013-06-to-2014-02", "June 2013 to February 2014", 9),
    ("1999/00", "fy-1999-00", "1999/00", 12),
]


@pytest.mark.parametrize(("written", "slug", "label", "months"), WRITTEN)
def test_each_way_of_writing_a_period(written, slug, label, months):
    period = Period.parse(written)

    assert str(period) == written
    assert period.slug == slug
    assert period.label == label
    assert len(period) == len(period.months) == months
    assert Period.parse_slug(slug) == period


def test_a_run_of_months_that_is_a_financial_year_is_that_year():
    assert str(Period.parse("2013-04..2014-03")) == "2013/14"


def test_a_period_says_its_first_and_last_day():
    assert Period.parse("2013/14").dates == "1 April 2013 to 31 March 2014"
    assert Period.parse("2012-02").dates == "1 February 2012 to 29 February 2012"


def test_the_year_before_has_the_same_months():
    assert str(Period.parse("2012/13-Q3").earlier()) == "2011/12-Q3"
    assert [str(p) for p in Period.parse("2013/14").years_to(3)] == [
        "2011/12",
        "2012/13",
        "2013/14",
    ]


def test_january_to_march_belong_to_the_year_that_began_in_april():
    assert str(Month(2014, 3).financial_year) == "2013/14"
    assert str(Month(2014, 4).financial_year) == "2014/15"


@pytest.mark.parametrize(
    "text", ["2013/15", "2013", "2013-13", "2014-03..2013-04", "2013/14-Q5", "", "last year"]
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text):
    with pytest.raises(PeriodError) as refused:
        Period.parse(text)

    assert "2013/14-Q3" in refused.value.remedy or "YYYY-MM" in refused.value.remedy


MONTHS = st.builds(Month, st.integers(1990, 2060), st.integers(1, 12))


@given(MONTHS, st.integers(0, 60))
def test_any_run_of_months_can_be_read_back_from_text_and_from_its_folder(start, length):
    period = Period(start, start + length)

    assert Period.parse(str(period)) == period
    assert Period.parse_slug(period.slug) == period
    assert ":" not in period.slug and "/" not in period.slug


@given(MONTHS, st.integers(-600, 600))
def test_adding_months_and_taking_them_away_returns(month, months):
    assert (month + months) - month == months
    assert (month + months) - months == month


@pytest.mark.parametrize("written", ["2021-22", "2021–22", "2021-2022", "2021/2022"])
def test_a_financial_year_written_otherwise_is_refused_with_the_right_way(written):
    with pytest.raises(PeriodError) as refused:
        Period.parse(written)
    assert "For the financial year write 2021/22" in str(refused.value)


def test_december_2011_is_a_month_though_it_looks_like_a_year():
    assert str(Period.parse("2011-12")) == "2011-12"
    assert Period.parse("2011-12").label == "December 2011"
