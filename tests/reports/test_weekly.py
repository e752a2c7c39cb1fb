"""Weekly figures of a report, against the records of the sample counted with pandas alone."""

import pandas as pd
import pytest

from cspnb.analysis.control import control
from cspnb.report import open_report
from cspnb.store import Store


@pytest.fixture
def sample(sample_store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", sample_store)
    return Store(sample_store)


@pytest.mark.parametrize(
    ("partnership", "period", "first", "last"),
    [
        ("harborough", "2013/14", "2012-04-02", "2014-03-30"),
        ("barnet", "2012/13", "2011-04-04", "2013-03-31"),
    ],
)
def test_weeks_are_the_records_of_the_extract_by_iso_week(sample, partnership, period, first, last):
    found = open_report(partnership, period).weeks("domestic_burglary")
    records = sample.read("supplied_records")
    codes = ["28A", "28B", "28C", "28D", "28E", "28F", "28G", "28H", "29", "29A"]
    own = records["partnership"].eq(partnership) & records["stream"].eq("force-extract")
    days = pd.to_datetime(
        records.loc[own & records["offence_code"].isin(codes), "from_at"].str[:10]
    )
    days = days[(days >= first) & (days <= last)]
    expected = days.dt.strftime("%G-W%V").value_counts()

    table = found.table.set_index("week")
    assert (table["monday"].iloc[0], len(table)) == (first, 104)
    assert table["count"].sum() == len(days) > 0
    assert {week: count for week, count in table["count"].items() if count} == expected.to_dict()


def test_weeks_with_a_bank_holiday_are_flagged(sample):
    table = open_report("harborough", "2013/14").weeks("domestic_burglary").table
    flagged = set(table.loc[table["holiday"], "monday"])
    assert {"2013-04-01", "2013-05-06", "2013-12-23", "2013-12-30"} <= flagged  # Easter Monday ...
    assert "2013-06-10" not in flagged


def test_a_measure_of_months_alone_has_no_weeks_and_says_which_source_it_is_from(sample):
    result = control(open_report("harborough", "2013/14").weeks("total_crime"))
    assert "data.police.uk, which gives months only" in result.reason
    assert result.latest is None


def test_a_report_opened_later_asks_anew_with_the_same_answer(sample):
    report = open_report("harborough", "2013/14")
    pd.testing.assert_frame_equal(
        report.weeks("domestic_burglary").table, report.weeks("domestic_burglary").table
    )
    assert len(report.weeks("domestic_burglary", years=1).table) == 52
