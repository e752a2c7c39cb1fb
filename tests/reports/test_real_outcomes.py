"""Outcomes of real files, against counts made without the package. Skipped where they are not."""

import io
import zipfile

import pandas as pd
import pytest

from cspnb import analysis
from cspnb.ingest import lookup, police_uk
from cspnb.measures.outcomes import CHARGED, NO_SUSPECT, NOT_PROSECUTED, OUT_OF_COURT
from cspnb.report import open_report
from cspnb.store import Store
from tests.places import REPO

ASB = "Anti-social behaviour"
IN_COURT = [
    "Awaiting court outcome",
    "Court result unavailable",
    "Suspect charged as part of another case",
]
OUT = ["Local resolution", "Offender given a caution", "Offender given a drugs possession warning"]
UNKNOWN = ["Under investigation", "Status update unavailable"]


@pytest.fixture(scope="module")
def store(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("outcomes") / "store"))
    lookup.ingest(sorted((real_data / "ons-lookups").glob("lsoa11-to-ward19*")) or
                  sorted((real_data / "ons-lookups").glob("*.csv*")), store)  # fmt: skip
    police_uk.ingest(sorted((real_data / "police-leicestershire-street").glob("*.zip")), store)
    barnet = sorted((real_data / "police-metropolitan-burglary").glob("barnet*.zip"))
    police_uk.ingest(barnet, store)
    return store


@pytest.fixture
def opened(store, monkeypatch):
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    monkeypatch.setenv("CSPNB_STORE", store.address)
    return open_report


def street(folder, pattern):
    """Every row of the files, read with pandas alone."""
    [path] = sorted(folder.glob(pattern))
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith("-street.csv")]
        months = [pd.read_csv(io.BytesIO(archive.read(name)), dtype="str") for name in names]
    copies = [month.duplicated() & month["Crime ID"].notna() for month in months]
    return pd.concat(month[~copy] for month, copy in zip(months, copies, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("partnership", "crimes"), [("harborough", (4_039, 4_799)), ("melton", (2_944, 3_409))]
)
def test_two_years_of_a_district_are_what_pandas_counts(real_data, opened, partnership, crimes):
    result = analysis.outcomes(opened(partnership, "2021/22").outcomes("total_crime"))
    rows = street(real_data / "police-leicestershire-street", "*.zip")
    rows = rows[rows["LSOA name"].fillna("").str.startswith(f"{partnership.title()} ")]
    rows = rows[rows["Crime type"] != ASB]
    spans = (("2020/21", "2020-04", "2021-03"), ("2021/22", "2021-04", "2022-03"))
    for (label, first, last), many in zip(spans, crimes, strict=True):
        ends = rows.loc[rows["Month"].between(first, last), "Last outcome category"]
        year = result.years.set_index("label").loc[label]
        shares = result.shares[result.shares["label"] == label].set_index("group")["count"]
        assert year["crimes"] == len(ends) == many
        assert year["known"] == len(ends) - ends.isin(UNKNOWN).sum()
        assert shares[CHARGED] == ends.isin(IN_COURT).sum()
        assert shares[OUT_OF_COURT] == ends.isin(OUT).sum()
        assert shares[NOT_PROSECUTED] == ends.eq("Unable to prosecute suspect").sum()
        assert shares[NO_SUSPECT] == ends.str.startswith("Investigation complete;").sum()
    assert result.unknown_wordings == ()


@pytest.mark.slow
def test_the_last_months_of_an_archive_are_not_counted(opened):
    """The newest month is October 2022: six months before it is April, the first of its year."""
    result = analysis.outcomes(opened("harborough", "2022/23").outcomes("total_crime"))
    assert list(result.years["label"]) == ["April 2021", "April 2022"]
    assert "May to October 2022: under 6 months old" in result.left_out


@pytest.mark.slow
def test_burglary_in_barnet_is_what_pandas_counts(real_data, opened):
    result = analysis.outcomes(opened("barnet", "2023/24").outcomes("burglary"))
    rows = street(real_data / "police-metropolitan-burglary", "barnet*.zip")
    ends = rows.loc[rows["Month"].between("2023-04", "2024-03"), "Last outcome category"]
    year = result.years.iloc[-1]
    assert year["crimes"] == len(ends)
    assert year["known"] == len(ends) - ends.isin(UNKNOWN).sum()
    shares = result.shares[result.shares["label"] == "2023/24"].set_index("group")["count"]
    assert shares[NO_SUSPECT] == ends.str.startswith("Investigation complete;").sum()


@pytest.mark.slow
def test_incidents_have_no_outcome(opened):
    held = opened("harborough", "2021/22").outcomes("anti_social_behaviour")
    assert held.missing == "anti-social behaviour is an incident, not a crime, and has no outcome"
