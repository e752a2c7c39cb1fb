"""Real tables weighed, against sums made without the package. Skipped, visibly, without them."""

import pandas as pd
import pytest

from cspnb import analysis
from cspnb.ingest import home_office, lookup, police_uk, severity
from cspnb.measures.definition import Measure
from cspnb.measures.harm import HarmIndex, OffenceCounts
from cspnb.periods import Period
from cspnb.report import open_report
from cspnb.store import Store
from tests.places import REPO

TABLES = "homeoffice-prc-pfa-2017-18"
WEIGHTS = "offence-severity/ons-crime-severity-weights.csv"
JOIN = "offence-severity/policeuk-ons-code-join.csv"
EDITION = "early 2021"
NO_PLACE = ["Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK"]
YEAR = Period.parse("2017/18")
RESIDENTS_2017 = 58_744_600  # England and Wales, mid-2017, ONS


@pytest.fixture(scope="module")
def table(real_data):
    """The published table: code, force, number; read with pandas alone."""
    [path] = (real_data / TABLES).glob("*.gz")
    rows = pd.read_csv(path, dtype="str")
    number = rows["Number of Offences"].str.strip().str.replace(",", "")
    number = number.where(~number.isin(["-", "-00"]), "0").astype("int64")
    return rows.assign(number=number)[["Force Name", "Offence Code", "number"]]


@pytest.fixture(scope="module")
def weights(real_data):
    rows = pd.read_csv(real_data / WEIGHTS, dtype={"code_original": "str"})
    return rows.drop_duplicates("code_original").set_index("code_original")["weight"]


@pytest.fixture(scope="module")
def store(real_data, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("harm") / "store"))
    [path] = (real_data / TABLES).glob("*.gz")
    home_office.ingest([path], store, edition="2018-07")
    severity.ingest([real_data / WEIGHTS], store, weights_edition=EDITION)
    severity.ingest([real_data / JOIN], store)
    return store


def weighed(store, force):
    """The force's year by `analysis.harm`, from the store's tables."""
    held = store.read("recorded_crime", where={"area_name": [force]})
    by = ["offence_code", "offence_group"]
    counted = held.groupby(by, as_index=False)["count"].sum()
    counted = counted.assign(period=str(YEAR), offence=counted["offence_code"])
    rows = store.read("severity_weights")
    index = HarmIndex("ONS Crime Severity Score", EDITION, rows)
    year = {"period": str(YEAR), "label": YEAR.label, "complete": True, "reason": ""}
    years = pd.DataFrame([year | {"population": 1_083_200.0, "population_label": "mid-2017"}])
    measure = Measure("total_crime", "Total recorded crime")
    return analysis.harm(OffenceCounts(measure, force, YEAR, counted, years), index)


@pytest.mark.slow
def test_leicestershires_year_weighs_what_pandas_says(store, table, weights):
    ours = table[table["Force Name"] == "Leicestershire"]
    harm = (ours["number"] * ours["Offence Code"].map(weights)).sum()
    result = weighed(store, "Leicestershire")
    year = result.years.iloc[-1]
    assert year["count"] == ours["number"].sum() == 83_793
    assert year["unweighted"] == 0
    assert year["harm"] == pytest.approx(harm)
    assert year["harm"] == pytest.approx(12_369_177, abs=1)
    groups = result.groups.set_index("offence_group")["share_of_harm"]
    assert groups["Sexual offences"] == pytest.approx(0.268, abs=5e-4)


@pytest.mark.slow
def test_england_and_wales_lies_among_the_published_scores(table, weights):
    """The ONS published 14.3 for 2002/03 and 10.1 for 2015/16, by its first edition."""
    ours = table[~table["Force Name"].isin(NO_PLACE)]
    assert ours["Offence Code"].isin(weights.index).all()
    score = (ours["number"] * ours["Offence Code"].map(weights)).sum() / RESIDENTS_2017
    assert 10.1 < score < 14.3


@pytest.mark.slow
def test_harborough_by_categories_is_what_pandas_makes_of_both_tables(
    real_data, tmp_path, table, weights, monkeypatch
):
    store = Store(str(tmp_path / "store"))
    lookup.ingest(sorted((real_data / "ons-lookups").glob("lsoa11-to-ward19*")) or
                  sorted((real_data / "ons-lookups").glob("*.csv*")), store)  # fmt: skip
    streets = sorted((real_data / "police-leicestershire-street").glob("*.zip"))
    police_uk.ingest(streets, store)
    [tables] = (real_data / TABLES).glob("*.gz")
    home_office.ingest([tables], store, edition="2018-07")
    severity.ingest([real_data / WEIGHTS], store, weights_edition=EDITION)
    severity.ingest([real_data / JOIN], store)
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    monkeypatch.setenv("CSPNB_STORE", store.address)
    report = open_report("harborough", "2021/22")
    result = analysis.harm(report.harm(approximate=True), report.harm_index())

    join = pd.read_csv(real_data / JOIN, dtype="str").drop_duplicates("ONS_COUNTS_code")
    category = join.set_index("ONS_COUNTS_code")["POLICE_UK_CAT_MAP_category"].str.lower()
    force = table[table["Force Name"] == "Leicestershire"]
    harm = force["number"] * force["Offence Code"].map(weights)
    by_category = pd.DataFrame(
        {"harm": harm, "number": force["number"], "of": force["Offence Code"].map(category)}
    )
    sums = by_category.groupby("of")[["harm", "number"]].sum()
    mean = sums["harm"] / sums["number"]
    rows = store.read("offences")
    ours = rows[rows["lsoa_name"].fillna("").str.startswith("Harborough ")]
    ours = ours[ours["month"].between("2021-04", "2022-03")]
    kinds = ours.loc[ours["crime_type"] != "Anti-social behaviour", "crime_type"].str.lower()
    assert result.reason == ""
    assert result.years.iloc[-1]["count"] == len(kinds) == 4_799
    assert result.years.iloc[-1]["harm"] == pytest.approx(kinds.map(mean).sum())
    assert result.approximation
