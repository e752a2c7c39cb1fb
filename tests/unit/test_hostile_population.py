"""Counts of residents that must not come in, tried one by one on a store of other areas."""

import pandas as pd
import pytest

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
BY_AGE = Good(
    pd.DataFrame(
        {
            "ladcode23": ["E07000131", "E07000131"],
            "laname23": ["Harborough", "Harborough"],
            "sex": ["f", "m"],
            "age": ["0", "0"],
            "population_2011": ["400", "420"],
        }
    ),
    number="population_2011",
    required="ladcode23",
    name="myeb1",
    above=("Mid-year population estimates",),
    sheet="MYEB1",
)
SMALL_AREAS = Good(
    pd.DataFrame(
        {
            "LSOA 2021 Code": ["E01025662", "E01025663"],
            "LSOA 2021 Name": ["Harborough 001A", "Harborough 001B"],
            "Total": ["1632", "1498"],
        }
    ),
    number="Total",
    required="LSOA 2021 Code",
    name="mid2022",
    above=("Small area estimates", "", "Source"),
    sheet="Mid-2022 LSOA 2021",
)
NOMIS = Good(
    pd.DataFrame(
        {
            "DATE": ["2019", "2019"],
            "GEOGRAPHY_NAME": ["Harborough", "Melton"],
            "GEOGRAPHY_CODE": ["E07000131", "E07000133"],
            "GENDER": ["0", "0"],
            "C_AGE": ["200", "200"],
            "OBS_VALUE": ["93807", "51209"],
        }
    ),
    number="OBS_VALUE",
    required="GEOGRAPHY_CODE",
)
ELSEWHERE = "area_code,area_name,year,residents\nE07000117,Burnley,2017,87497\n"


@pytest.fixture
def store(tmp_path):
    """A store that holds another area: no twin contradicts it, so each is refused for itself."""
    store = Store(str(tmp_path / "store"))
    path = tmp_path / "elsewhere.csv"
    path.write_text(ELSEWHERE, encoding="utf-8")
    population.ingest([path], store)
    return store


@pytest.mark.parametrize("good", [GOOD, BY_AGE, SMALL_AREAS, NOMIS])
def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store, good):
    for wrong, path in twins(good, tmp_path / "twins"):
        error = refused(lambda path: population.ingest([path], store), path, store)
        assert error.remedy or wrong == "huge value", wrong


@pytest.mark.parametrize("good", [GOOD, BY_AGE, SMALL_AREAS, NOMIS])
def test_a_count_that_is_too_large_is_refused_for_its_size(tmp_path, store, good):
    path = dict(twins(good, tmp_path / "twins"))["huge value"]
    error = refused(lambda path: population.ingest([path], store), path, store)
    assert "is larger than any count here can be" in error.what


@pytest.mark.parametrize("good", [GOOD, BY_AGE, SMALL_AREAS, NOMIS])
def test_the_good_file_itself_comes_in_with_a_byte_order_mark_or_without(tmp_path, store, good):
    taken = population.ingest([with_byte_order_mark(good, tmp_path)], store)
    assert taken.sources["rows_stored"].sum() == good.frame[good.required].nunique()
    population.ingest([good.workbook(tmp_path)], store)
    assert len(store.read("population")) == 1 + good.frame[good.required].nunique()
