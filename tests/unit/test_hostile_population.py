"""Counts of residents that must not come in."""

import pandas as pd

from cspnb.ingest import population
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

GOOD = Good(
    pd.DataFrame(
        {
            "area_code": ["E01025662", "E01025663"],
            "area_name": ["Harborough 001A", "Harborough 001B"],
            "year": ["2017", "2017"],
            "residents": ["1,632", "1,498"],
        }
    ),
    number="residents",
    required="area_code",
)


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path):
    store = Store(str(tmp_path / "store"))
    population.ingest([GOOD.csv(tmp_path)], store)
    for wrong, path in twins(GOOD, tmp_path / "twins"):
        error = refused(lambda path: population.ingest([path], store), path, store)
        assert error.remedy or wrong == "huge value", wrong


def test_a_byte_order_mark_alone_is_no_fault(tmp_path):
    store = Store(str(tmp_path / "store"))
    taken = population.ingest([with_byte_order_mark(GOOD, tmp_path)], store)
    assert list(taken.sources["rows_stored"]) == [2]
