"""Peers: the list in a partnership's own file, else one the store holds, called what it is."""

from types import SimpleNamespace

import pytest

from cspnb import params
from cspnb.ingest import lookup, similar_areas
from cspnb.measures.coverage import District
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.report.grouping import peer_group
from cspnb.report.peers import peers_of
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.store import Store
from tests.places import REPO

HARBOROUGH = Place("Harborough", (District("E07000131", "Harborough"),))
HEADER = "area_code,peer_code,position,as_at,publisher,kind,group\n"
LIST = HEADER + (
    "E07000131,E07000220,1,2014-10,The analysts of the force,statistical neighbours,Our list\n"
    "E07000131,S12000036,2,2014-10,The analysts of the force,statistical neighbours,Our list\n"
    "E07000131,E07000176,3,2014-10,The analysts of the force,statistical neighbours,Our list\n"
)
LOOKUP = """LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM
E07000220,Rugby,E22000001,Rugby,E23000017,Warwickshire
"""
NONE_OF_ITS_OWN = SimpleNamespace(peers=())
YEAR = Period.parse("2014/15")


@pytest.fixture
def take(tmp_path):
    store = Store(str(tmp_path / "store"))

    def take(text, **said):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        similar_areas.ingest([path], store, **said)
        path = tmp_path / "lookup.csv"
        path.write_text(LOOKUP, encoding="utf-8")
        lookup.ingest([path], store)
        return Holdings(store)

    return take


def test_a_list_held_is_named_with_its_kind_its_publisher_and_its_date(take):
    peers = peers_of(take(LIST), NONE_OF_ITS_OWN, HARBOROUGH, YEAR)

    assert peers.name == "Our list (statistical neighbours)"
    assert (peers.source, peers.date) == ("The analysts of the force", "October 2014")
    assert "most similar" not in f"{peers.name} {peers.source}".casefold()


def test_peers_come_nearest_first_and_by_their_names_where_these_are_known(take):
    peers = peers_of(take(LIST), NONE_OF_ITS_OWN, HARBOROUGH, YEAR)

    assert [place.name for place in peers.places] == ["Rugby", "E07000176"]
    assert peers.codes == ("E07000220", "E07000176")


def test_a_peer_of_which_there_are_no_figures_is_told_with_the_reason(take):
    [lacking] = peers_of(take(LIST), NONE_OF_ITS_OWN, HARBOROUGH, YEAR).lacking.to_dict("records")

    assert lacking["area_code"] == "S12000036"
    assert lacking["reason"] == "in Scotland, of which police.uk has no figures"


def test_the_list_in_the_partnership_s_own_file_comes_first(take):
    area = SimpleNamespace(code="E07000220", name="Rugby")
    own = SimpleNamespace(name="Ours", source="Us", date="2013", areas=(area,))

    peers = peers_of(take(LIST), SimpleNamespace(peers=(own,)), HARBOROUGH, YEAR)

    assert (peers.name, peers.source, peers.date) == ("Ours", "Us", "2013")
    assert len(peers.places) == 1


def test_a_list_of_a_later_month_changes_no_earlier_report(take):
    assert peers_of(take(LIST), NONE_OF_ITS_OWN, HARBOROUGH, Period.parse("2013/14")) is None


def test_a_partnership_in_no_list_has_no_peers(take):
    melton = Place("Melton", (District("E07000133", "Melton"),))

    assert peers_of(take(LIST), NONE_OF_ITS_OWN, melton, YEAR) is None


def test_several_districts_together_are_not_compared_with_the_peers_of_one(take):
    both = Place("Both", (*HARBOROUGH.districts, District("E07000133", "Melton")))

    assert peers_of(take(LIST), NONE_OF_ITS_OWN, both, YEAR) is None


def test_a_comparison_lists_every_peer_with_a_count_or_the_reason_why_none(take):
    total_crime = params.load_measures(Project(REPO))["total_crime"]

    group = peer_group(take(LIST), NONE_OF_ITS_OWN, total_crime, HARBOROUGH, YEAR)

    assert (group.name, group.date) == ("Our list (statistical neighbours)", "October 2014")
    assert list(group.areas["area_code"]) == [
        "E07000131",
        "E07000220",
        "E07000176",
        "S12000036",
    ]
    assert group.areas["is_own"].tolist() == [True, False, False, False]
    assert (group.areas["reason"] != "").all()
    assert "Scotland" in group.areas["reason"].iloc[3]


def test_the_published_neighbours_of_harborough(real_data, tmp_path):
    """The ONS's own file: 20 of them, of which the first is read off it."""
    store = Store(str(tmp_path / "store"))
    path = real_data / "ons-statistical-neighbours/global-neighbours.csv"
    similar_areas.ingest([path], store, as_at="2023-11")
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    [own] = [row.split(",") for row in rows if row.startswith("E07000131")]

    peers = peers_of(Holdings(store), NONE_OF_ITS_OWN, HARBOROUGH, Period.parse("2024/25"))

    assert peers.name == "ONS statistical neighbours, global"
    assert peers.source == "Office for National Statistics"
    assert peers.codes == tuple(code for code in own[1:] if code[0] in "EW" and code)
