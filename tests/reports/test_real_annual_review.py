"""The main job on real police data: Leicestershire's street files, two reports, every count.

The independent count is made here, straight from the CSVs and the ONS lookup, with pandas
alone: nothing of the package is called for it.
"""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from cspnb.ingest import lookup, police_uk, population
from cspnb.measures.change import NOT_COMPARED
from cspnb.measures.coverage import District
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Period
from cspnb.report import analysis, open_report
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.places import REPO

pytestmark = pytest.mark.slow

HARBOROUGH = District("E07000131", "Harborough")
MELTON = District("E07000133", "Melton")
YEARS = Period.parse("2020-04..2022-03")
ASB = "Anti-social behaviour"


@pytest.fixture(scope="module")
def archive(real_data):
    [path] = (real_data / "police-leicestershire-street").glob("*.zip")
    return path


@pytest.fixture(scope="module")
def lookup_file(real_data):
    return real_data / "ons-lookups" / "lsoa11-to-ward19-to-lad19-ew.csv.gz"


def _filled(folder, real_data, ingest_street):
    """A store with the lookups and the population, and street files as the caller ingests them."""
    store = Store(str(folder))
    ons = real_data / "ons-lookups"
    lookups = ["lsoa11-to-ward19-to-lad19-ew.csv.gz", "lad19-to-csp19-to-pfa19-ew.csv"]
    lookup.ingest([ons / name for name in lookups], store)
    residents = "lsoa11-mid2017-population-density-ew.csv.gz"
    population.ingest([real_data / "population" / residents], store)
    ingest_street(store)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory, real_data, archive):
    folder = tmp_path_factory.mktemp("real") / "store"
    return _filled(folder, real_data, lambda store: police_uk.ingest([archive], store))


@pytest.fixture(scope="module")
def independent(archive, lookup_file):
    """Records by district, month and crime type, counted from the files with pandas alone."""
    with zipfile.ZipFile(archive) as files:
        rows = pd.concat([pd.read_csv(files.open(name)) for name in files.namelist()])
    districts = pd.read_csv(lookup_file).set_index("LSOA11CD")["LAD19CD"]
    rows["district"] = rows["LSOA code"].map(districts)
    return rows.groupby(["district", "Month", "Crime type"]).size()


def _as_counted(holdings, district):
    cells = holdings.district_counts(district, "leicestershire", YEARS)
    assert set(cells["status"]) == {SOUND}
    counts = cells.set_index(["month", "crime_type"])["count"]
    return {key: int(count) for key, count in counts.items() if count}


def _expected(independent, district):
    within = independent[district.code]
    months = {str(month) for month in YEARS.months}
    return {key: count for key, count in within.items() if key[0] in months}


@pytest.mark.parametrize("district", [HARBOROUGH, MELTON], ids=lambda d: d.name)
def test_every_month_and_type_equals_an_independent_count(store, independent, district):
    assert _as_counted(Holdings(store), district) == _expected(independent, district)


def _members(archive):
    with zipfile.ZipFile(archive) as files:
        return {name: files.read(name) for name in files.namelist()}


def _shuffled(content, seed):
    header, *rows = content.splitlines(keepends=True)
    random.Random(seed).shuffle(rows)
    return b"".join([header, *rows])


def _loose(members, folder):
    paths = []
    for name, content in members.items():
        path = folder / name.rpartition("/")[2]
        path.write_bytes(content)
        paths.append(path)
    return paths


def _shuffle(store, archive, folder):
    members = {n: _shuffled(c, seed) for seed, (n, c) in enumerate(_members(archive).items())}
    paths = _loose(members, folder)
    random.Random(7).shuffle(paths)
    police_uk.ingest(paths, store)


def _twice(store, archive, folder):
    first = police_uk.ingest([archive], store)
    before = store.versions()
    again = police_uk.ingest([archive], store)
    assert (len(first.sources), len(again.sources), len(again.unchanged)) == (35, 0, 35)
    assert store.versions() == before


def _month_by_month(store, archive, folder):
    for path in reversed(_loose(_members(archive), folder)):
        police_uk.ingest([path], store)


@pytest.mark.parametrize("way", [_shuffle, _twice, _month_by_month], ids=lambda f: f.__name__[1:])
def test_the_way_the_files_come_in_does_not_matter(way, tmp_path, real_data, archive, independent):
    def ingest(store):
        way(store, archive, tmp_path)

    holdings = Holdings(_filled(tmp_path / "store", real_data, ingest))

    for district in (HARBOROUGH, MELTON):
        assert _as_counted(holdings, district) == _expected(independent, district)


@pytest.fixture
def report_of(store, monkeypatch):
    monkeypatch.setenv("CSPNB_STORE", store.address)
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    return open_report


@pytest.mark.parametrize("partnership", ["harborough", "melton"])
@pytest.mark.parametrize("year", ["2021/22", "2020/21"])
def test_total_crime_leaves_anti_social_behaviour_out(report_of, independent, partnership, year):
    change = analysis.trend(report_of(partnership, "2021/22").counts("total_crime")).change
    total = change.now if year == "2021/22" else change.before

    months = {str(month) for month in Period.parse(year).months}
    records = independent[{"harborough": HARBOROUGH, "melton": MELTON}[partnership].code]
    crimes = sum(n for (month, kind), n in records.items() if month in months and kind != ASB)
    assert (total.count, total.complete) == (crimes, True)


def test_march_2020_is_abnormal_in_harborough_and_april_2020_is_sound(report_of):
    monthly = report_of("harborough", "2021/22").counts("total_crime").monthly
    status = monthly.set_index("month")["status"]

    assert status["2019-11"] == ABSENT
    assert status["2020-02"] == SOUND
    assert status["2020-03"] == ABNORMAL
    assert status["2020-04"] == SOUND


def test_march_2020_is_sound_in_melton(report_of):
    monthly = report_of("melton", "2021/22").counts("total_crime").monthly.set_index("month")
    assert monthly.loc["2020-03", "status"] == SOUND


@pytest.mark.parametrize("partnership", ["harborough", "melton"])
def test_2019_20_is_incomplete_and_nothing_is_compared_with_it(report_of, partnership):
    report = report_of(partnership, "2020/21")
    trend = analysis.trend(report.counts("total_crime"))
    years = trend.years.set_index("period")

    assert not years.loc["2019/20", "complete"]
    assert "absent" in years.loc["2019/20", "reason"]
    assert trend.change.verdict == NOT_COMPARED
    assert trend.change.change_pct is None and trend.change.p_value is None


def test_burglary_only_files_make_no_other_crime_zero(tmp_path, real_data, monkeypatch):
    archives = sorted((real_data / "police-metropolitan-burglary").glob("*.zip"))
    store = _filled(tmp_path / "store", real_data, lambda store: police_uk.ingest(archives, store))
    monkeypatch.setenv("CSPNB_STORE", store.address)
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    report = open_report("barnet", "2023/24")

    burglary = report.counts("burglary").monthly
    robbery = report.counts("robbery")

    assert set(burglary["status"]) == {SOUND}
    assert burglary["count"].min() > 0
    assert set(robbery.monthly["status"]) == {ABSENT}
    assert robbery.monthly["count"].isna().all()
    assert robbery.missing


@pytest.fixture(scope="module")
def rendered(tmp_path_factory, store):
    """`cspnb batch` on a copy of the project, as an operator runs it."""
    home = tmp_path_factory.mktemp("project")
    for folder in ("params", "notebooks"):
        shutil.copytree(REPO / folder, home / folder)
    command = "-m cspnb batch annual-review --partnership harborough,melton --period 2021/22 --json"
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"CSPNB_STORE": store.address, "PYTHONPATH": str(REPO)},
    )
    assert done.returncode == 0, done.stderr
    return home, json.loads(done.stdout)


def test_the_batch_makes_both_reports_and_an_index_with_links_that_work(rendered):
    home, outcomes = rendered

    assert [outcome["status"] for outcome in outcomes] == ["made", "made"]
    index = (home / "outputs" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+\.html)"', index)
    assert len(links) == 2
    assert all((home / "outputs" / link).is_file() for link in links)


@pytest.mark.parametrize("partnership", ["harborough", "melton"])
def test_no_change_against_2019_20_stands_anywhere_on_the_page(rendered, partnership):
    home, _ = rendered
    folder = home / "outputs" / partnership / "fy-2021-22" / "annual-review"
    page = (folder / "report.html").read_text(encoding="utf-8")
    page = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    assert "2019/20 is incomplete" in text
    assert not re.search(r"(from|between|against|than in|since) 2019/20", text)
    assert "Invented" not in text


def test_the_record_names_the_versions_of_the_tables_it_was_made_from(rendered, store, independent):
    home, _ = rendered
    folder = home / "outputs" / "harborough" / "fy-2021-22" / "annual-review"
    record = json.loads((folder / "edition.json").read_text(encoding="utf-8"))

    assert record["tables"] == store.versions()
    facts = {fact["name"]: fact["value"] for fact in record["facts"]}
    months = {str(month) for month in Period.parse("2021/22").months}
    records = independent[HARBOROUGH.code].items()
    assert facts["total_crime.now"] == sum(
        n for (month, kind), n in records if month in months and kind != ASB
    )
