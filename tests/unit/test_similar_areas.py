"""Similar areas: every list has a name, a month and an author, and a new one rewrites nothing.

No most-similar group here is anybody's: codes are real, the lists are drawn for the test.
"""

import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import similar_areas
from cspnb.ingest.similar_areas.group import group_for, groups_for
from cspnb.periods import Month
from cspnb.store import Store
from tests.hostile import Good, refused, twins, with_byte_order_mark

HARBOROUGH, MELTON, RUGBY, BEDFORD = "E07000131", "E07000133", "E07000220", "E06000055"
LISTED = Good(
    pd.DataFrame(
        {
            "area_code": [HARBOROUGH, HARBOROUGH],
            "peer_code": [RUGBY, BEDFORD],
            "peer_name": ["Rugby", "Bedford"],
            "position": ["1", "2"],
            "as_at": ["2014-10", "2014-10"],
            "publisher": ["The force", "The force"],
        }
    ),
    number="position",
    required="peer_code",
    name="peers",
)
NEIGHBOURS = (
    "AREACD,1,2,3\n"
    f"{HARBOROUGH},{RUGBY},{BEDFORD},S12000045\n"
    f"E47000001,E47000002,,\n"
    f"{MELTON},{HARBOROUGH},N09000004,E10000018\n"
)
CLUSTERS = (
    "AREACD,AREANM,Global,Economic\n"
    f"{HARBOROUGH},Harborough,B,A\n"
    f"{RUGBY},Rugby,B,A\n"
    f"{BEDFORD},Bedford,C,A\n"
    "E06000053,Isles of Scilly,[x],B\n"
)
MSG = {"kind": "most similar group"}


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(text, name, **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return similar_areas.ingest([path], store, **options)

    return take


def _peers(rows, area, group):
    own = rows[(rows["area_code"] == area) & (rows["group_name"] == group)]
    return own.sort_values(["position", "peer_code"])["peer_code"].tolist()


def _csv(*lines):
    return "\n".join(["area_code,peer_code,as_at,publisher", *lines]) + "\n"


def test_statistical_neighbours_keep_their_order_and_their_foreign_peers(take, store):
    taken = take(NEIGHBOURS, "global-neighbours.csv", as_at="2024-02")
    rows = store.read("similar_areas")
    name = "ONS statistical neighbours, global"
    assert _peers(rows, HARBOROUGH, name) == [RUGBY, BEDFORD, "S12000045"]
    assert _peers(rows, "E47000001", name) == ["E47000002"], "a blank cell is no peer"
    assert set(rows["kind"]) == {"statistical neighbours"}
    assert set(rows["publisher"]) == {"Office for National Statistics"}
    assert taken.sources.iloc[0]["licence"] == "Open Government Licence v3.0"
    assert taken.sources.iloc[0]["rows_read"] == 3


def test_the_peers_of_an_area_in_a_cluster_are_its_other_areas(take, store):
    taken = take(CLUSTERS, "cluster-allocation.csv", as_at="2024-02")
    rows = store.read("similar_areas")
    assert _peers(rows, HARBOROUGH, "ONS clusters, global") == [RUGBY]
    assert _peers(rows, HARBOROUGH, "ONS clusters, economic") == [BEDFORD, RUGBY]
    assert _peers(rows, "E06000053", "ONS clusters, global") == []
    assert rows["position"].isna().all()
    assert taken.sources.iloc[0]["rejections"] == "areas in no global cluster (1)"


def test_an_area_among_its_own_peers_is_left_out_and_counted(take, store):
    """A most similar group of fifteen counts the area itself."""
    text = _csv(*(f"{HARBOROUGH},{code},2014-10,The force" for code in (HARBOROUGH, RUGBY)))
    taken = take(text, "peers.csv", **MSG)
    rows = store.read("similar_areas")
    assert _peers(rows, HARBOROUGH, "Most similar group") == [RUGBY]
    source = taken.sources.iloc[0]
    assert source["rejections"] == "areas among their own peers (1)"
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (2, 1, 1)


def test_being_alike_need_not_be_mutual(take, store):
    take(NEIGHBOURS, "global-neighbours.csv", as_at="2024-02")
    rows = store.read("similar_areas")
    name = "ONS statistical neighbours, global"
    assert HARBOROUGH in _peers(rows, MELTON, name)
    assert MELTON not in _peers(rows, HARBOROUGH, name)


@pytest.mark.parametrize(
    ("text", "name", "options", "says"),
    [
        (NEIGHBOURS, "global-neighbours.csv", {}, "the month from which it holds"),
        (NEIGHBOURS, "neighbours.csv", {"as_at": "2024-02"}, "global, economic or demographic"),
        (
            "area_code,peer_code,as_at\nE07000131,E07000220,2014-10\n",
            "p.csv",
            MSG,
            "who drew it up",
        ),
        ("area_code,peer_code,publisher\nE07000131,E07000220,X\n", "p.csv", MSG, "the month from"),
        (_csv("E07000131,E07000220,2014-10,X"), "p.csv", {}, "the list does not say"),
        (_csv("E07000131,E07000220,2014-10,X"), "p.csv", {"kind": "friends"}, "is no kind"),
        (_csv("E07000131,E07000220,2014-10-01,X"), "p.csv", MSG, "is not a month"),
        (_csv("E07000131,E07000220,,X"), "p.csv", MSG, "stands where every row must say"),
        (_csv("E07000131,Rugby,2014-10,X"), "p.csv", MSG, "'Rugby' is the code of no area"),
        (_csv("E07000131,,2014-10,X"), "p.csv", MSG, "stands where a code should"),
        (_csv("E07000131,E07000131,2014-10,X"), "p.csv", MSG, "no area of the file has a peer"),
        (
            _csv("E07000131,E07000220,2014-10,X"),
            "p.csv",
            MSG | {"as_at": "2015-10"},
            "is not what --as-at says: 2015-10",
        ),
        (
            "area_code,peer_code,position,as_at,publisher\n"
            "E07000131,E07000220,1,2014-10,X\nE07000131,E06000055,1,2014-10,X\n",
            "p.csv",
            MSG,
            "E07000131 1 is E07000220 on line 2 and E06000055 on line 3",
        ),
        (
            NEIGHBOURS.replace(f"{RUGBY},{BEDFORD}", f"{RUGBY},{RUGBY}"),
            "global-neighbours.csv",
            {"as_at": "2024-02"},
            "is at position",
        ),
        (
            NEIGHBOURS.replace("E47000001,", ","),
            "global-neighbours.csv",
            {"as_at": "2024-02"},
            "stands where a code should",
        ),
        (
            "AREACD,AREANM,Global\n" + "".join(f"E07{n:06d},A,B\n" for n in range(1_001)),
            "cluster-allocation.csv",
            {"as_at": "2024-02"},
            "1,001 areas, more than there are",
        ),
        (CLUSTERS + CLUSTERS.splitlines()[1], "c.csv", {"as_at": "2024-02"}, "stands twice"),
    ],
)
def test_a_list_without_date_or_source_or_with_odd_codes_is_refused(
    tmp_path, store, text, name, options, says
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    error = refused(lambda path: similar_areas.ingest([path], store, **options), path, store)
    assert says in error.what


def test_every_hostile_twin_is_refused_and_leaves_the_store_as_it_was(tmp_path, store):
    held = LISTED.frame.assign(area_code=MELTON)
    similar_areas.ingest([LISTED.csv(tmp_path, frame=held)], store, **MSG)
    for wrong, path in twins(LISTED, tmp_path / "twins"):
        error = refused(lambda path: similar_areas.ingest([path], store, **MSG), path, store)
        assert error.remedy or wrong == "huge value", wrong


def test_a_workbook_or_a_byte_order_mark_is_no_fault(tmp_path, store):
    taken = similar_areas.ingest([LISTED.workbook(tmp_path)], store, **MSG)
    assert list(taken.sources["rows_stored"]) == [2]
    again = similar_areas.ingest([with_byte_order_mark(LISTED, tmp_path)], store, **MSG)
    assert again.unchanged == ("peers.csv",)


@pytest.mark.parametrize(
    "changed",
    [
        _csv(f"{HARBOROUGH},{RUGBY},2014-10,The force"),
        _csv(*(f"{HARBOROUGH},{code},2014-10,The force" for code in (RUGBY, BEDFORD, MELTON))),
    ],
)
def test_a_list_of_one_month_cannot_lose_or_gain_a_peer_unseen(tmp_path, store, changed):
    similar_areas.ingest([LISTED.csv(tmp_path)], store, **MSG)
    path = tmp_path / "changed.csv"
    path.write_text(changed, encoding="utf-8")
    error = refused(lambda path: similar_areas.ingest([path], store, **MSG), path, store)
    assert "are not those held" in error.what
    assert "--as-at" in error.remedy


# Which list holds for a period.


@pytest.fixture
def three_lists(take, store):
    """Most similar groups of October 2014 and April 2016, and neighbours of February 2015."""
    take(_csv(f"{HARBOROUGH},{RUGBY},2014-10,The force"), "a.csv", **MSG)
    take(_csv(f"{HARBOROUGH},{BEDFORD},2016-04,The force"), "b.csv", **MSG)
    take(NEIGHBOURS, "global-neighbours.csv", as_at="2015-02")
    take(NEIGHBOURS, "economic-neighbours.csv", as_at="2015-02")
    return store.read("similar_areas")


@pytest.mark.parametrize(
    ("as_of", "peers"),
    [
        ("2014-10", [RUGBY]),
        ("2016-03", [RUGBY]),
        ("2016-04", [BEDFORD]),
        ("2020-01", [BEDFORD]),
    ],
)
def test_the_newest_list_not_later_than_the_period_holds(three_lists, as_of, peers):
    group = group_for(three_lists, HARBOROUGH, Month.parse(as_of))
    assert group.peers["peer_code"].tolist() == peers
    assert group.name == "Most similar group"
    assert group.publisher == "The force"


def test_no_list_holds_before_the_first(three_lists):
    assert group_for(three_lists, HARBOROUGH, Month(2014, 9)) is None
    assert group_for(three_lists, "E07000117", Month(2020, 1)) is None


def test_a_most_similar_group_comes_before_neighbours_and_the_global_model_first(three_lists):
    groups = groups_for(three_lists, HARBOROUGH, Month(2016, 3))
    assert [(group.name, str(group.as_at)) for group in groups] == [
        ("Most similar group", "2014-10"),
        ("ONS statistical neighbours, global", "2015-02"),
        ("ONS statistical neighbours, economic", "2015-02"),
    ]


def test_a_kind_or_a_name_may_be_asked_for(three_lists):
    asked = {"kind": "statistical neighbours"}
    group = group_for(three_lists, HARBOROUGH, Month(2016, 3), **asked)
    assert group.peers["position"].tolist() == [1, 2, 3]
    named = {"name": "ONS statistical neighbours, economic"}
    assert group_for(three_lists, HARBOROUGH, Month(2016, 3), **named).name == named["name"]
    assert group_for(three_lists, HARBOROUGH, Month(2016, 3), kind="cluster") is None


def test_peers_of_which_there_can_be_no_figures_are_kept_and_flagged(three_lists):
    group = group_for(three_lists, MELTON, Month(2016, 3))
    lacking = dict(zip(group.peers["peer_code"], group.peers["lacking"], strict=True))
    assert lacking[HARBOROUGH] == ""
    assert "Northern Ireland" in lacking["N09000004"]
    assert "county" in lacking["E10000018"]


def test_the_same_file_is_not_taken_again_as_of_another_month(take, store):
    take(NEIGHBOURS, "global-neighbours.csv", as_at="2024-03")
    before = store.versions()
    with pytest.raises(IngestError, match="holds this very file as of 2024-03"):
        take(NEIGHBOURS, "global-neighbours.csv", as_at="2024-06")
    assert store.versions() == before
    assert take(NEIGHBOURS, "global-neighbours.csv", as_at="2024-03").unchanged
