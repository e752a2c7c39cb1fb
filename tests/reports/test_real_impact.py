"""Impact and scan on real police data: counts made without the package, and placebo areas.

Nothing was done in a placebo area, so what is called clear there is a false alarm.
"""

import random
import shutil
import zipfile

import pandas as pd
import pytest

from cspnb.analysis import impact, scan
from cspnb.analysis.impact import NO_CLEAR_DIFFERENCE, NOT_JUDGED
from cspnb.ingest import lookup, police_uk
from cspnb.measures.definition import Measure
from cspnb.measures.displacement import Zone, weighted_displacement_difference
from cspnb.measures.intervention import COMPARISON, TREATED, Intervention
from cspnb.periods import Month, Period
from cspnb.report import open_report
from cspnb.store import Store
from tests.places import REPO

pytestmark = pytest.mark.slow

HARBOROUGH = "E07000131"
BEFORE, AFTER = Period.parse("2020/21"), Period.parse("2021/22")
PLACEBOS, SIZE = 150, 4


@pytest.fixture(scope="module")
def archive(real_data):
    [path] = (real_data / "police-leicestershire-street").glob("*.zip")
    return path


@pytest.fixture(scope="module")
def lookup_file(real_data):
    return real_data / "ons-lookups" / "lsoa11-to-ward19-to-lad19-ew.csv.gz"


@pytest.fixture(scope="module")
def records(archive, lookup_file):
    """Harborough's records of the two years, read with pandas alone."""
    with zipfile.ZipFile(archive) as files:
        rows = pd.concat([pd.read_csv(files.open(name)) for name in files.namelist()])
    districts = pd.read_csv(lookup_file).set_index("LSOA11CD")["LAD19CD"]
    ours = rows[rows["LSOA code"].map(districts) == HARBOROUGH]
    return ours[ours["Month"].between("2020-04", "2022-03")]


@pytest.fixture(scope="module")
def lsoas(lookup_file):
    table = pd.read_csv(lookup_file)
    return sorted(table.loc[table["LAD19CD"] == HARBOROUGH, "LSOA11CD"])


@pytest.fixture(scope="module")
def home(tmp_path_factory, archive, lookup_file, real_data, lsoas):
    """A project with one intervention that never was, in the district's first LSOAs."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(REPO / "params", home / "params")
    where, ring = lsoas[:SIZE], lsoas[SIZE : 2 * SIZE]
    (home / "params/interventions/placebo.yml").write_text(
        "partnership: harborough\ntitle: A placebo\nwhat: Nothing was done.\n"
        f"measure: violence\nstarts: '2021-04'\nwhere: {where}\nring: {ring}\n",
        encoding="utf-8",
    )
    store = Store(str(home / "store"))
    districts = real_data / "ons-lookups" / "lad19-to-csp19-to-pfa19-ew.csv"
    lookup.ingest([lookup_file, districts], store)
    police_uk.ingest([archive], store)
    return home


@pytest.fixture
def report(home, monkeypatch):
    monkeypatch.setenv("CSPNB_HOME", str(home))
    monkeypatch.setenv("CSPNB_STORE", str(home / "store"))
    return open_report("harborough", "2021/22")


def test_the_counts_of_a_placebo_are_those_of_the_files_and_nothing_is_found(
    report, records, lsoas
):
    result = impact(report.intervention("placebo"))
    violence = records[records["Crime type"] == "Violence and sexual offences"]
    counted = violence.groupby(["LSOA code", "Month"]).size().unstack(fill_value=0)
    of = {"treated area": lsoas[:SIZE], "ring": lsoas[SIZE : 2 * SIZE],
          "comparison area": lsoas[2 * SIZE :]}  # fmt: skip
    zones = result.zones.set_index("zone")
    for zone, codes in of.items():
        rows = counted.reindex(codes, fill_value=0)
        assert zones.loc[zone, "before"] == rows.loc[:, :"2021-03"].to_numpy().sum()
        assert zones.loc[zone, "after"] == rows.loc[:, "2021-04":].to_numpy().sum()
    assert result.verdict == NO_CLEAR_DIFFERENCE
    assert result.coverage == "All 24 months are sound."


def test_an_invented_area_of_the_sample_is_not_among_the_real_ones(report):
    result = impact(report.intervention("sample-lighting"))
    assert result.verdict == NOT_JUDGED


def _placebo(records, where, lsoas):
    """An intervention that never was, in random LSOAs, the rest of the district beside it."""
    zone = {code: TREATED if code in where else COMPARISON for code in lsoas}
    months = [str(month) for month in (*BEFORE.months, *AFTER.months)]
    grid = pd.MultiIndex.from_product([lsoas, months], names=["area_code", "month"])
    counts = records.groupby(["LSOA code", "Month"]).size().reindex(grid, fill_value=0)
    by_month = counts.rename("count").reset_index().astype({"count": "Int64"})
    return Intervention(
        measure=Measure("violence", "Violence"),
        area="Harborough",
        title="A placebo",
        what="Nothing was done",
        starts=Month.parse("2021-04"),
        before=BEFORE,
        after=AFTER,
        zones=pd.DataFrame({"zone": [TREATED, COMPARISON], "areas": [SIZE, len(lsoas) - SIZE]}),
        by_month=by_month.assign(zone=by_month["area_code"].map(zone)),
        months=pd.DataFrame({"month": months, "status": "sound", "reason": ""}),
    )


@pytest.mark.parametrize("crime_type", ["Violence and sexual offences", "Anti-social behaviour"])
def test_placebo_areas_are_seldom_called_clear_and_would_be_often_by_poisson_alone(
    records, lsoas, crime_type
):
    """One in twenty is the aim; docs/methods/impact.md tells how far from it each method is."""
    chance, alarms, by_poisson = random.Random(2018), 0, 0
    of_type = records[records["Crime type"] == crime_type]
    for _ in range(PLACEBOS):
        result = impact(_placebo(of_type, chance.sample(lsoas, SIZE), lsoas))
        alarms += result.verdict != NO_CLEAR_DIFFERENCE
        then, now = (tuple(result.zones[name]) for name in ("before", "after"))
        share = then[1] / then[0]
        alone = weighted_displacement_difference(
            [Zone(then[0], now[0])], [Zone(then[1], now[1], share)]
        )
        by_poisson += alone.is_clear
    assert alarms <= 0.15 * PLACEBOS
    assert 2 * alarms < by_poisson


def test_a_scan_of_real_measures_keeps_to_the_counts_of_the_files(report, records):
    result = scan(report.key_counts())
    rows = result.findings.set_index("label")
    year = records["Month"] >= "2021-04"
    for label, name in (("Violence and sexual offences",) * 2, ("Burglary",) * 2):
        of_type = records["Crime type"] == name
        assert rows.loc[label, "now"] == (year & of_type).sum()
        assert rows.loc[label, "before"] == (~year & of_type).sum()
    assert set(result.clear["label"]) <= set(rows.index[rows["alone"] != "no clear change"])
