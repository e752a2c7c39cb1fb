"""Recorded crime of 2017/18 by force, against totals made with the csv module alone."""

import csv
import gzip
from collections import Counter

import pytest

from cspnb.ingest import home_office
from cspnb.ingest.home_office.reading import force_quarterly, quarterly
from cspnb.store import Store

FOLDER = "homeoffice-prc-pfa-2017-18"
FILE = "prc-pfa-mar2013-onwards-tables201718.csv.gz"
STARTS = {"1": "2017-04", "2": "2017-07", "3": "2017-10", "4": "2018-01"}


@pytest.fixture(scope="module")
def path(real_data):
    return real_data / FOLDER / FILE


@pytest.fixture(scope="module")
def published(path):
    """The file's rows, and their counts: '-00 ' is nought, '-1 ' one offence fewer."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(row, int(row["Number of Offences"])) for row in rows]


@pytest.fixture(scope="module")
def store(path, tmp_path_factory):
    store = Store(str(tmp_path_factory.mktemp("home-office")))
    home_office.ingest([path], store)
    return store


@pytest.fixture(scope="module")
def held(store):
    return store.read("recorded_crime")


def sums(published, *names):
    """Offences by the columns named, zeros left out."""
    total = Counter()
    for row, count in published:
        total[tuple(row[name] for name in names)] += count
    return {key: count for key, count in total.items() if count}


def held_sums(held, *names):
    by = held.groupby(list(names))["count"].sum()
    keys = [key if isinstance(key, tuple) else (key,) for key in by.index]
    return {key: int(n) for key, n in zip(keys, by, strict=True) if n}


def test_every_row_is_held(store, held, published):
    source = store.sources().iloc[0]
    assert len(held) == len(published) == source["rows_read"] == 23_068
    assert (source["rows_copied"], source["rows_rejected"]) == (0, 0)
    assert held["count"].sum() == sum(count for _, count in published)


def test_dashed_noughts_are_told_from_cancelled_offences(store, published):
    """5,828 cells begin with a dash: 5,792 are '-00 ' and 36 are below nothing."""
    texts = [row["Number of Offences"].strip() for row, _ in published]
    assert sum(text.startswith("-") for text in texts) == 5_828
    assert texts.count("-00") == 5_792
    assert sum(count < 0 for _, count in published) == 36
    assert store.sources()["rejections"].iloc[0] == (
        "dashes read as nought (5,792); negative counts, kept: earlier offences cancelled (36)"
    )


def test_totals_by_force(held, published):
    assert held_sums(held, "force_name") == sums(published, "Force Name")


def test_totals_by_quarter(held, published):
    by_quarter = sums(published, "Financial Quarter")
    assert held_sums(held, "start") == {(STARTS[q],): n for (q,), n in by_quarter.items()}


def test_totals_by_force_quarter_and_published_subgroup(held, published):
    drawn = sums(published, "Force Name", "Financial Quarter", "Offence Subgroup")
    expected = {(force, STARTS[q], label): n for (force, q, label), n in drawn.items()}
    assert held_sums(held, "force_name", "start", "offence_subgroup") == expected


def test_bodies_that_are_no_territorial_force_keep_their_names(held):
    bodies = {"Action Fraud", "CIFAS", "UK Finance", "Financial Fraud Action UK"}
    assert bodies | {"British Transport Police"} <= set(held["force_name"])
    assert held["force_name"].nunique() == 48
    assert set(held["area_level"]) == {"pfa"}


def test_homicide_of_a_force_is_the_sum_of_its_four_rows(store, held, published):
    forces = sums(published, "Force Name", "Offence Subgroup")
    of_met = held[held["force_name"] == "Metropolitan Police"]
    found = force_quarterly(of_met, store.sources(), codes=["1", "4.1", "4.10", "4.2"])
    assert found["value"].sum() == forces[("Metropolitan Police", "Homicide")]


def test_residential_burglary_by_code_and_by_subgroup_agree_with_the_file(store, held, published):
    """The file calls it 'Domestic burglary'; codes 28A to 28D and 29 were for outcomes only."""
    forces = sums(published, "Force Name", "Offence Subgroup")
    of_force = held[held["force_name"] == "Leicestershire"]
    codes = ["28A", "28B", "28C", "28D", "28E", "28F", "28G", "28H", "29", "29A"]
    by_code = quarterly(of_force, store.sources(), codes=codes)
    by_subgroup = quarterly(of_force, store.sources(), subgroups=["Residential burglary"])
    assert by_code["value"].tolist() == by_subgroup["value"].tolist()
    assert by_code["value"].sum() == forces[("Leicestershire", "Domestic burglary")]


def test_every_code_of_the_file_is_known(store):
    assert "not known" not in store.sources()["rejections"].iloc[0]


def test_the_file_again_changes_nothing(store, path):
    before = store.versions()
    assert home_office.ingest([path], store).unchanged == (FILE,)
    assert store.versions() == before
