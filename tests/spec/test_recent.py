"""The spans that end with a period: which they are, what they are compared with, and when not."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.recent import recent
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NOT_COMPARED, change_between
from cspnb.periods import Month, Period
from tests.drawn_counts import drawn, of_numbers

YEAR = "10 11 12 13 14 15 16 17 18 19 20 21"


def spans(result):
    return {span.names: str(span.period) for span in result.spans}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (  # to March: the year to date is the last twelve months, told once
            24,
            {
                ("last 12 months", "year to date"): "2013/14",
                ("latest quarter",): "2013/14-Q4",
                ("latest month",): "2014-03",
            },
        ),
        (  # to April: the year to date is the month; the quarter is the one that is over
            25,
            {
                ("last 12 months",): "2013-05..2014-04",
                ("latest quarter",): "2013/14-Q4",
                ("year to date", "latest month"): "2014-04",
            },
        ),
        (  # to June: the year to date is the quarter
            27,
            {
                ("last 12 months",): "2013-07..2014-06",
                ("year to date", "latest quarter"): "2014/15-Q1",
                ("latest month",): "2014-06",
            },
        ),
        (  # to February: the quarter is October to December
            23,
            {
                ("last 12 months",): "2013-03..2014-02",
                ("year to date",): "2013-04..2014-02",
                ("latest quarter",): "2013/14-Q3",
                ("latest month",): "2014-02",
            },
        ),
    ],
)
def test_the_spans_end_with_the_period_and_none_is_told_twice(months, expected):
    assert spans(recent(of_numbers("2012-04", [10] * months))) == expected


def test_each_span_is_the_change_that_the_one_test_gives():
    counts = drawn("2012-04", YEAR, "20 " * 12)
    for span in recent(counts).spans:
        assert span.change == change_between(counts, span.period, span.period.earlier())


def test_the_totals_are_the_drawn_ones():
    result = recent(drawn("2012-04", YEAR, "30 " * 9, "20 20 21"))
    year, quarter, month = (span.change for span in result.spans)
    assert (year.before.count, year.now.count) == (186, 331)  # 10 + ... + 21; 9 x 30 + 61
    assert (quarter.before.count, quarter.now.count) == (60, 61)
    assert (month.before.count, month.now.count, month.difference) == (21, 21, 0)
    assert result.as_at == Month.parse("2014-03")
    assert result.reason == ""


def test_a_span_without_all_of_its_months_is_not_compared_and_the_others_are():
    result = recent(drawn("2012-04", "10 10 10 . 10 10 10 10 10 10 10 10", "10 " * 12))
    year, quarter, month = (span.change for span in result.spans)
    assert year.verdict == NOT_COMPARED
    assert year.reason == "2012/13 is incomplete (July 2012 absent)"
    assert NOT_COMPARED not in (quarter.verdict, month.verdict)
    assert result.coverage == "23 of 24 months are sound; July 2012 absent."


def test_nothing_to_compare_is_a_result_with_its_reason():
    result = recent(drawn("2013-04", "10 " * 12))
    assert {span.change.verdict for span in result.spans} == {NOT_COMPARED}
    assert result.reason == "2012/13 is not held (2012/13 absent)"
    lacking = recent(drawn("2013-04", "", period="2013/14", missing="no extract was supplied"))
    assert lacking.reason == "no extract was supplied"
    assert lacking.rolling.empty


def test_the_rolling_total_is_the_twelve_months_to_each_and_breaks_where_one_is_not_sound():
    rolling = recent(drawn("2012-04", YEAR, "30 99! 30", "30 " * 12)).rolling
    assert list(rolling["month"].iloc[:3]) == ["2013-03", "2013-04", "2013-05"]
    assert list(rolling["count"].iloc[:2]) == [186, 206]  # 186 - 10 + 30
    assert list(rolling["complete"]) == [True] * 2 + [False] * 12 + [True] * 2
    assert rolling["count"].iloc[2:14].isna().all()
    assert rolling["count"].iloc[-1] == 360


def test_the_verdict_of_a_rise_and_a_fall_is_clear():
    assert recent(drawn("2012-04", "10 " * 12, "30 " * 12)).spans[0].change.verdict == CLEAR_RISE
    assert recent(drawn("2012-04", "30 " * 12, "10 " * 12)).spans[0].change.verdict == CLEAR_FALL


months_of_two_years = st.lists(st.integers(0, 40), min_size=24, max_size=24)


@settings(max_examples=25, deadline=None)
@given(months_of_two_years, st.integers(0, 23))
def test_a_month_gone_missing_never_creates_a_fall(months, lost):
    cells = [str(count) for count in months]
    whole = recent(drawn("2012-04", " ".join(cells)))
    cells[lost] = "."
    holed = recent(drawn("2012-04", " ".join(cells)))
    for before, after in zip(whole.spans, holed.spans, strict=True):
        has_it = Month.parse("2012-04") + lost in [
            *before.change.now.period.months,
            *before.change.before.period.months,
        ]
        assert (after.change.verdict == NOT_COMPARED) == has_it
        assert after.change.difference == (None if has_it else before.change.difference)
    gone = {str(Month.parse("2012-04") + lost + step) for step in range(12)}
    broken = set(holed.rolling.loc[~holed.rolling["complete"], "month"])
    assert broken == gone & set(holed.rolling["month"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=12, max_size=60))
def test_every_rolling_total_is_the_sum_of_its_parts(months):
    rolling = recent(of_numbers("2012-04", months)).rolling
    sums = [sum(months[end - 12 : end]) for end in range(12, len(months) + 1)]
    assert list(rolling["count"]) == sums


@pytest.mark.slow
def test_leicestershires_real_months_are_summed_as_pandas_sums_them(real_data):
    """Harborough's burglaries of 2021/22 and the year before, counted from the files."""
    files = real_data / "police-leicestershire-street" / "leicestershire-street-2019-12_2022-10.zip"
    counts = _harborough(files, "Burglary", "2021/22")
    quarter = Period.parse("2021/22-Q4")
    by_month = counts.monthly.set_index("month")["count"]
    wanted = [str(month) for month in quarter.months]
    span = recent(counts).span("latest quarter")
    assert span.change.now.count == by_month[wanted].sum() == 109
    assert recent(counts).rolling["complete"].sum() == 13  # March 2020 is abnormal: from April


def _harborough(files, crime_type, period):
    """Monthly counts straight from the archive; March 2020 is known to be a part."""
    import zipfile

    with zipfile.ZipFile(files) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith("street.csv"))
        tables = [pd.read_csv(archive.open(name), dtype=str) for name in names]
    rows = pd.concat(tables, ignore_index=True)
    here = rows["LSOA name"].str.startswith("Harborough ", na=False)
    kept = rows[here & rows["Crime type"].eq(crime_type)]
    per_month = kept.groupby("Month").size()
    span = [f"{year}-{month:02d}" for year in range(2019, 2023) for month in range(1, 13)]
    cells = [
        f"{per_month.get(month, 0)}{'!' if month == '2020-03' else ''}"
        for month in span
        if "2019-12" <= month <= str(Period.parse(period).end)
    ]
    return drawn("2019-12", " ".join(cells), period=period)
