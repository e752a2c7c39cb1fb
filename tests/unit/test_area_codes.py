"""Histories of codes: what an old code is today, what a new district was made of, and the door."""

import pandas as pd
import pytest

from cspnb.errors import CspnbError, IngestError
from cspnb.ingest import area_codes
from cspnb.store import Store
from cspnb.successors import active_codes, in_force, made_of
from tests.hostile import Good, refused, twins, with_byte_order_mark

DISTRICTS = """LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE,Current,LAD20CD
E06000066,Somerset,E06000066,Somerset,TRUE,E06000066
E07000187,Mendip,E06000066,Somerset,FALSE,E07000187
E07000190,Taunton Deane,E07000246,Somerset West and Taunton,FALSE,
E07000191,West Somerset,E07000246,Somerset West and Taunton,FALSE,
E07000246,Somerset West and Taunton,E06000066,Somerset,FALSE,E07000246
E08000020,Gateshead,E08000037,Gateshead,FALSE,E08000037
E08000037,Gateshead,E08000037,Gateshead,TRUE,E08000037
E07000131,Harborough,E07000131,Harborough,TRUE,E07000131
"""

WARDS = Good(
    pd.DataFrame(
        {
            "WDCD": ["E05014284", "E05014284", "E05000026"],
            "WDNM": ["Hunmanby (part)", "Hunmanby (part)", "Abbey"],
            "LADCD": ["E07000167", "E07000168", "E09000002"],
            "SOURCEFILE": ["2022", "2022", "2016"],
            "LADCD_ACTIVE": ["E06000065", "E06000065", "E09000002"],
        }
    ),
    number="SOURCEFILE",
    required="WDCD",
)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(text, name="districts.csv", **options):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return area_codes.ingest([tmp_path / name], store, **options)

    return take


def history(pairs):
    rows = pd.DataFrame(pairs, columns=["code", "active_code"], dtype="str")
    return rows.assign(level="lad", name=rows["code"], lad_code=None)


CHAIN = history(
    [("190", "246"), ("191", "246"), ("246", "66"), ("187", "66"), ("66", "66"),
     ("20", "37"), ("37", "37"), ("131", "131")]
)  # fmt: skip


def test_an_old_code_leads_to_today_s_however_many_changes_ago():
    """Taunton Deane and West Somerset merged in 2019, and what they became in 2023."""
    assert active_codes(CHAIN, ["190", "246", "66", "131"]).tolist() == ["66", "66", "66", "131"]


def test_a_code_that_no_history_knows_leads_nowhere():
    assert active_codes(CHAIN, ["999"]).isna().tolist() == [True]


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("66", ("187", "190", "191", "246")),
        ("246", ("190", "191")),
        ("37", ("20",)),
        ("131", ()),
        ("999", ()),
    ],
)
def test_a_district_is_made_of_every_older_one_that_led_to_it(code, parts):
    assert made_of(CHAIN, code) == parts


def test_codes_that_lead_round_in_a_circle_have_no_answer():
    circle = history([("1", "2"), ("2", "3"), ("3", "1")])
    with pytest.raises(CspnbError, match="round in a circle: 1 to 2 to 3 to 1"):
        active_codes(circle, ["1"])
    with pytest.raises(CspnbError, match="circle"):
        made_of(circle, "2")


def test_every_district_is_stored_with_the_code_in_use_today(take, store):
    source = take(DISTRICTS).sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"]) == (8, 8)
    rows = store.read("successors")
    assert made_of(rows, "E06000066") == ("E07000187", "E07000190", "E07000191", "E07000246")
    assert active_codes(rows, ["E07000190"]).tolist() == ["E06000066"]


def test_a_ward_across_two_districts_is_stored_with_each(store, tmp_path):
    area_codes.ingest([WARDS.csv(tmp_path)], store)
    rows = store.read("successors").sort_values(["code", "lad_code"])
    assert rows["lad_code"].tolist() == ["E09000002", "E07000167", "E07000168"]
    assert rows["active_lad_code"].tolist() == ["E09000002", "E06000065", "E06000065"]
    assert rows["year"].tolist() == [2016, 2022, 2022]
    assert rows["active_code"].isna().all(), "the table does not say which wards are in use"


def test_the_same_table_again_changes_nothing(take, store):
    take(DISTRICTS)
    before = store.versions()
    assert take(DISTRICTS).unchanged == ("districts.csv",)
    assert store.versions() == before


LATER = DISTRICTS.replace("E07000131,Harborough,E07000131", "E07000131,Harborough,E06000067")


def test_a_later_edition_speaks_and_the_earlier_one_is_kept(take, store):
    take(DISTRICTS)
    take(LATER, name="later.csv", edition="2028-04")
    rows = in_force(store.read("successors"), store.sources())
    assert active_codes(rows, ["E07000131"]).tolist() == ["E06000067"]
    assert len(rows) == 8
    assert len(store.read("successors")) == 16


def test_another_answer_without_a_later_edition_is_refused(take, store):
    take(DISTRICTS)
    with pytest.raises(IngestError, match="E07000131 is E06000067 here, and E07000131 in a table"):
        take(LATER, name="later.csv")


FAULTS = {
    "a circle": (
        DISTRICTS.replace("E06000066,Somerset,E06000066", "E06000066,Somerset,E07000190"),
        "the codes lead round in a circle",
    ),
    "two answers": (
        DISTRICTS + "E07000187,Mendip,E07000246,Somerset West and Taunton,FALSE,\n",
        "E07000187 is today E06000066 on line 3 and E07000246 on line 10",
    ),
    "a malformed code": (DISTRICTS.replace("E07000187", "E0700187"), "'E0700187' is no lad code"),
    "no code today": (
        DISTRICTS.replace("E07000131,Harborough,E07000131", "E07000131,Harborough,"),
        "line 9, column 'LADCD_ACTIVE': a blank cell is no lad code",
    ),
    "no name": (DISTRICTS.replace(",Mendip,", ",,"), "stands where a name should"),
    "a lookup": ("LAD19CD,LAD19NM\nE07000131,Harborough\n", "there is no column 'LADCD'"),
}


@pytest.mark.parametrize(("text", "says"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_table_is_refused(store, tmp_path, text, says):
    area_codes.ingest([WARDS.csv(tmp_path)], store)
    path = tmp_path / "districts.csv"
    path.write_text(text, encoding="utf-8")
    assert says in str(refused(lambda path: area_codes.ingest([path], store), path, store))


def test_a_circle_that_two_files_make_together_is_refused(take, store):
    take("LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE\nE07000001,A,E07000002,B\n", name="one.csv")
    with pytest.raises(IngestError, match="circle"):
        take("LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE\nE07000002,B,E07000001,A\n", name="two.csv")


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(take, store, tmp_path):
    take(DISTRICTS)
    for wrong, path in twins(WARDS, tmp_path / "twins"):
        error = refused(lambda path: area_codes.ingest([path], store), path, store)
        assert error.remedy or wrong in ("huge value",), wrong


def test_a_byte_order_mark_alone_is_no_fault(store, tmp_path):
    taken = area_codes.ingest([with_byte_order_mark(WARDS, tmp_path)], store)
    assert taken.sources["rows_stored"].tolist() == [3]
