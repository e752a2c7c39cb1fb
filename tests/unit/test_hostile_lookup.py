"""Lookups that must not come in."""

import pandas as pd
import pytest

from cspnb.ingest import lookup
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

GOOD = Good(
    pd.DataFrame(
        {
            "LSOA11CD": ["E01025631", "E01025640"],
            "LSOA11NM": ["Blaby 002A", "Blaby 003D"],
            "LAD19CD": ["E07000129", "E07000129"],
            "LAD19NM": ["Blaby", "Blaby"],
            "FID": ["1", "2"],
        }
    ),
    number="FID",
    required="LSOA11CD",
)

OF_A_NUMBER = ("wrong type", "huge value", "two answers")
"""A lookup's only number is the running one, which is not taken; its own twins are below."""


@pytest.fixture
def store(tmp_path):
    """A store that holds another lookup already."""
    store = Store(str(tmp_path / "store"))
    path = tmp_path / "held.csv"
    path.write_text("LAD19CD,LAD19NM\nE07000131,Harborough\n", encoding="utf-8")
    lookup.ingest([path], store)
    return store


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(store, tmp_path):
    tried = []
    for wrong, path in twins(GOOD, tmp_path / "twins"):
        if wrong in OF_A_NUMBER:
            continue
        assert refused(lambda path: lookup.ingest([path], store), path, store).remedy, wrong
        tried.append(wrong)
    assert len(tried) == 6


def test_a_byte_order_mark_alone_is_no_fault(store, tmp_path):
    taken = lookup.ingest([with_byte_order_mark(GOOD, tmp_path)], store)
    assert set(taken.sources["rows_read"]) == {2}


def spoilt(column, value, row=0):
    frame = GOOD.frame.copy()
    frame.loc[row, column] = value
    return frame


HISTORY = pd.DataFrame(
    [["E07000187", "Mendip", "E06000066", "Somerset", "E07000187", "Mendip"]],
    columns=["LADCD", "LADNM", "LADCD_ACTIVE", "LADNM_ACTIVE", "LAD20CD", "LAD20NM"],
)

OWN = {
    "no code": (spoilt("LAD19CD", "plenty"), "'plenty' is no lad code"),
    "huge code": (spoilt("LSOA11CD", "E01" + "9" * 30), "is no lsoa code"),
    "code of a ward for a district": (spoilt("LAD19CD", "E05009619"), "is no lad code"),
    "small letters": (spoilt("LSOA11CD", "e01025631"), "'e01025631' is no lsoa code"),
    "code left out": (spoilt("LAD19CD", None), "a blank cell is no lad code"),
    "two parents": (
        pd.concat([GOOD.frame, spoilt("LAD19CD", "E07000131").iloc[[0]]]),
        "E01025631 belongs to E07000129 on line 2 and E07000131 on line 4",
    ),
    "two names": (spoilt("LAD19NM", "Blabey"), "E07000129 is called"),
    "a district for a ward": (
        pd.DataFrame([["E07000129", "E07000129"]], columns=["WD19CD", "LAD19CD"]),
        "'E07000129' is no ward code",
    ),
    "names without codes": (
        GOOD.frame.drop(columns="LAD19CD"),
        "there are names in column 'LAD19NM', and no column 'LAD19CD' with their codes",
    ),
    "a history of codes": (HISTORY, "a history of codes, not a lookup of one year"),
}


@pytest.mark.parametrize(("frame", "says"), OWN.values(), ids=OWN)
def test_a_lookup_with_a_fault_of_its_own_is_refused(store, tmp_path, frame, says):
    path = GOOD.csv(tmp_path, frame=frame)
    assert says in str(refused(lambda path: lookup.ingest([path], store), path, store))
