"""`cspnb check --checklist`: an item is held where all of it is, in the detail the law asks."""

import pytest

from cspnb.extracts import Cover, Extract
from cspnb.ingest import force_extract, indicators
from cspnb.inputs import checklist_of
from cspnb.project import Project
from cspnb.store import Store
from tests.places import REPO

pytestmark = pytest.mark.slow

MAPPED = Extract(
    partnership="harborough",
    stream="force-extract",
    kind="offence",
    supplier="A police force",
    columns={
        "from": ("On", "At"),
        "offence": ("What",),
        "offence_code": ("Code",),
        "lsoa": ("Area",),
        "district": ("District",),
        "easting": ("X",),
        "northing": ("Y",),
    },
    dates="year first",
    covers=Cover(("E07000131",)),
)
MONTHS = [*(f"2013-{month:02}" for month in range(4, 13)), "2014-01", "2014-02", "2014-03"]
LSOA, POINT, NOWHERE = "E01025800,E07000131,,", ",E07000131,477000,285000", ",E07000131,,"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(store, tmp_path):
    """One robbery a month, at a time and a place; the last of them otherwise."""

    def take(time, place, last_time, last_place, code="34B", covers=MAPPED.covers):
        lines = ["On,At,What,Code,Area,District,X,Y"]
        lines += [f"{month}-05,{time},Robbery,{code},{place}" for month in MONTHS[:-1]]
        lines += [f"{MONTHS[-1]}-05,{last_time},Robbery,{code},{last_place}"]
        path = tmp_path / "extract.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        mapping = Extract(**(vars(MAPPED) | {"covers": covers}))
        force_extract.ingest([path], store, mapping=mapping)

    return take


def item(store, information):
    grid = checklist_of(Project(REPO), store, "si-2007-1831", ["harborough"], "2013/14")
    return grid.table.set_index("information").loc[information]


DETAIL = [
    # time, place of all but the last   of the last     the state   what it is short of
    ("18:12", LSOA, "09:30", LSOA, "held", ""),
    ("18:12", LSOA, "09:30", POINT, "held", ""),
    ("", LSOA, "", LSOA, "in part", "none of 12 records has a time"),
    ("18:12", NOWHERE, "18:12", NOWHERE, "in part", "none of 12 records has an LSOA or a point"),
    ("18:12", LSOA, "", LSOA, "in part", "1 of 12 records has no time"),
    (
        "", LSOA, "18:12", NOWHERE, "in part",
        "11 of 12 records have no time; 1 of 12 records has no LSOA or point",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("time", "place", "last_time", "last_place", "state", "note"), DETAIL)
def test_an_extract_is_held_where_its_records_have_times_and_places(
    store, take, time, place, last_time, last_place, state, note
):
    take(time, place, last_time, last_place)

    robbery = item(store, "Robbery")

    assert (robbery["state"], robbery["to"], robbery["note"]) == (state, "2014-03", note)


@pytest.mark.parametrize("covers", [None, Cover(("E07000131",), ("46",))])
def test_an_extract_of_shoplifting_holds_no_robbery(store, take, covers):
    take("18:12", LSOA, "18:12", LSOA, code="46", covers=covers)

    robbery = item(store, "Robbery")

    assert robbery["state"] == "not held"
    assert robbery["note"]


def test_an_item_is_held_in_part_where_one_of_its_measures_is_not_held(store, take):
    take("18:12", LSOA, "18:12", LSOA, code="46", covers=Cover(("E07000131",), ("46",)))

    theft = item(store, "Theft and handling stolen goods")

    assert (theft["state"], theft["to"]) == ("in part", "2014-03")
    assert theft["note"].startswith("not held: Other theft, Vehicle crime")


def test_an_item_is_held_where_each_of_its_measures_is(store, take):
    take("18:12", LSOA, "18:12", LSOA)

    assert item(store, "Burglary")["state"] == "held"


def test_an_item_is_as_its_worst_measure_is(store, take, tmp_path):
    """Shoplifting by record; other theft and vehicle crime as ready counts."""
    take("18:12", LSOA, "18:12", LSOA, code="46", covers=Cover(("E07000131",), ("46",)))
    counts = [f"{key},2013/14,E07000131,20" for key in ("other_theft", "vehicle_crime")]
    path = tmp_path / "counts.csv"
    path.write_text("\n".join(["measure,period,area,value", *counts]), encoding="utf-8")
    indicators.ingest([path], store)

    theft = item(store, "Theft and handling stolen goods")

    assert (theft["state"], theft["note"]) == ("in part", "ready counted, without times or places")


def test_an_item_none_of_whose_measures_is_held_is_not(store):
    theft = item(store, "Theft and handling stolen goods")

    assert (theft["state"], theft["to"]) == ("not held", "")
    assert theft["note"]
