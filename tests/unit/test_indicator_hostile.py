"""Supplied figures that must not come in, tried one by one on a store that holds others."""

import pandas as pd
import pytest

from cspnb.ingest import indicators
from cspnb.params import load_measures
from cspnb.project import Project
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark
from tests.places import REPO

MEASURES = load_measures(Project(REPO))
GOOD = Good(
    pd.DataFrame(
        {
            "measure": ["primary_fires", "secondary_fires"],
            "period": ["2013/14", "2013/14"],
            "area": ["E07000131", "E07000131"],
            "value": ["12", "1,060"],
        }
    ),
    number="value",
    required="area",
)
WRONG = [
    *("wrong columns", "wrong type", "huge value", "two answers", "formula"),
    *("merged header", "UTF-16", "zip in zip", "empty"),
]


def take(path, store):
    return indicators.ingest([path], store, measures=MEASURES)


@pytest.fixture
def store(tmp_path):
    """A store that holds a figure of another year already."""
    path = tmp_path / "before.csv"
    path.write_text("measure,period,area,value\nprimary_fires,2012/13,E07000131,9\n", "utf-8")
    store = Store(str(tmp_path / "store"))
    take(path, store)
    return store


def test_the_good_file_is_taken(tmp_path, store):
    take(with_byte_order_mark(GOOD, tmp_path), store)
    assert sorted(store.read("indicators")["value"]) == [9, 12, 1060]


def test_the_good_workbook_is_taken(tmp_path, store):
    take(GOOD.workbook(tmp_path), store)
    assert sorted(store.read("indicators")["value"]) == [9, 12, 1060]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_spoilt_file_is_refused_and_the_store_is_as_it_was(tmp_path, store, wrong):
    path = dict(twins(GOOD, tmp_path / "twins"))[wrong]
    assert refused(lambda each: take(each, store), path, store).remedy or wrong == "wrong columns"


def test_no_twin_is_forgotten(tmp_path):
    assert {wrong for wrong, _ in twins(GOOD, tmp_path / "twins")} <= set(WRONG)
