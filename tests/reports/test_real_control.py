"""Control charts of real months: counts, limits and signals worked again with pandas alone.

Skipped, visibly, where the files are not: they are not in the repository.
"""

import zipfile

import pandas as pd
import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.control import control
from cspnb.ingest import lookup, police_uk
from cspnb.report import open_report
from cspnb.store import Store

pytestmark = pytest.mark.slow

STREET = "police-leicestershire-street/leicestershire-street-2019-12_2022-10.zip"
BARNET = "police-metropolitan-burglary/barnet-burglary-2014-01_2025-02.zip"
LOOKUP = "ons-lookups/lsoa11-to-ward19-to-lad19-ew.csv.gz"
DISTRICTS = {"harborough": "E07000131", "melton": "E07000133", "barnet": "E09000003"}
ABNORMAL = {"harborough": {"2020-03"}, "melton": set(), "barnet": set()}


@pytest.fixture(scope="module")
def store(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("real") / "store"))
    lookup.ingest([real_data / LOOKUP], store)
    police_uk.ingest([real_data / STREET], store)
    police_uk.ingest([real_data / BARNET], store)
    return store


@pytest.fixture(scope="module")
def independent(real_data):
    """Records by district, month and crime type, from the files and the lookup alone."""
    rows = []
    for archive in (STREET, BARNET):
        with zipfile.ZipFile(real_data / archive) as files:
            csvs = [name for name in files.namelist() if name.endswith(".csv")]
            rows += [pd.read_csv(files.open(name)) for name in csvs]
    rows = pd.concat(rows)
    rows = rows[~(rows.duplicated() & rows["Crime ID"].notna())]  # whole-row copies of a crime
    districts = pd.read_csv(real_data / LOOKUP).set_index("LSOA11CD")["LAD19CD"]
    named = rows["LSOA name"].str[:-5].map({"Barnet": DISTRICTS["barnet"]})  # codes of 2021
    rows["district"] = rows["LSOA code"].map(districts).fillna(named)
    return rows.groupby(["district", "Crime type", "Month"]).size()


def judged_again(counts):
    """Mean, limits, and months outside them, by hand: `counts` by month, NaN where not sound."""
    mean, spread = counts.mean(), counts.diff().abs().mean()
    lower, upper = max(mean - 2.66 * spread, 0), mean + 2.66 * spread
    return mean, lower, upper, set(counts.index[(counts > upper) | (counts < lower)])


@pytest.mark.parametrize(
    ("place", "period", "measure", "crime_type", "months"),
    [
        ("harborough", "2021-11..2022-10", "anti_social_behaviour", "Anti-social behaviour", 35),
        ("harborough", "2021-11..2022-10", "criminal_damage", "Criminal damage and arson", 35),
        ("melton", "2021-11..2022-10", "burglary", "Burglary", 35),
        ("barnet", "2014-01..2025-02", "burglary", "Burglary", 134),
    ],
)
def test_real_months_are_counted_and_judged_as_pandas_alone_does(
    store, independent, monkeypatch, place, period, measure, crime_type, months
):
    monkeypatch.setenv("CSPNB_STORE", store.address)
    result = control(open_report(place, period).counts(measure), latest=months)
    table = result.table.set_index("label")
    expected = independent[DISTRICTS[place], crime_type].reindex(table.index).astype(float)
    assert len(table) == months
    assert set(table.index[table["status"] != "sound"]) == ABNORMAL[place]

    expected[list(ABNORMAL[place])] = None
    pd.testing.assert_series_equal(
        table["value"], expected, check_names=False, check_index_type=False
    )
    mean, lower, upper, outside = judged_again(expected)
    assert table["centre"].dropna().unique() == pytest.approx([mean])
    assert table["lower"].dropna().unique() == pytest.approx([lower])
    assert table["upper"].dropna().unique() == pytest.approx([upper])
    beyond = table["signal"].isin(["above the upper limit", "below the lower limit"])
    assert set(table.index[beyond]) == outside
    for show in (narrative.control, charts.control, tables.control):
        assert show(result).to_html()
