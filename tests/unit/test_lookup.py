"""Lookups: which area belongs to which, in any edition of the ONS's layouts."""

import pytest

from cspnb.errors import IngestError, StoreError
from cspnb.ingest import lookup
from cspnb.ingest.sample_mark import INVENTED
from cspnb.store import Store

LSOA_TO_LAD = """FID,LSOA11CD,LSOA11NM,WD19CD,WD19NM,LAD19CD,LAD19NM
1,E01025631,Blaby 002A,E05009619,Forest,E07000129,Blaby
2,E01025640,Blaby 003D,E05005417,Muxloe,E07000129,Blaby
"""

LAD_TO_CSP = """LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM,FID
E07000234,Bromsgrove,E22000368,North Worcestershire,E23000016,West Mercia,1
E07000236,Redditch,E22000368,North Worcestershire,E23000016,West Mercia,2
"""


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(*texts):
        paths = []
        for number, text in enumerate(texts):
            paths.append(tmp_path / f"lookup{number}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        return lookup.ingest(paths, store)

    return take


def links(store):
    rows = store.read("geography")
    return {
        (f"{r.level}{r.vintage}", r.code, f"{r.parent_level}{r.parent_vintage}", r.parent_code)
        for r in rows.itertuples()
    }


def places(store):
    rows = store.read("places")
    return {(f"{r.level}{r.vintage}", r.code, r.name) for r in rows.itertuples(index=False)}


def refusal(take, *texts, store):
    before = store.versions()
    with pytest.raises(IngestError) as raised:
        take(*texts)
    assert store.versions() == before, "an error leaves the store as it was"
    return str(raised.value)


def test_the_smallest_area_is_linked_to_each_larger_one(take, store):
    take(LSOA_TO_LAD)
    assert links(store) == {
        ("lsoa2011", "E01025631", "ward2019", "E05009619"),
        ("lsoa2011", "E01025631", "lad2019", "E07000129"),
        ("lsoa2011", "E01025640", "ward2019", "E05005417"),
        ("lsoa2011", "E01025640", "lad2019", "E07000129"),
    }


def test_each_area_is_named_once_whatever_the_number_of_lines_that_name_it(take, store):
    take(LSOA_TO_LAD)
    assert places(store) == {
        ("lsoa2011", "E01025631", "Blaby 002A"),
        ("lsoa2011", "E01025640", "Blaby 003D"),
        ("ward2019", "E05009619", "Forest"),
        ("ward2019", "E05005417", "Muxloe"),
        ("lad2019", "E07000129", "Blaby"),
    }


def test_a_partnership_may_be_of_several_districts(take, store):
    take(LAD_TO_CSP)
    rows = store.read("geography", where={"parent_level": ["csp"]})
    assert set(rows["code"]) == {"E07000234", "E07000236"}
    assert set(rows["parent_name"]) == {"North Worcestershire"}


def test_a_merged_district_keeps_its_several_partnerships_and_its_one_force(take, store):
    """Bournemouth, Christchurch and Poole, as published in 2019."""
    take(
        "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM\n"
        "E06000058,BCP,E22000063,Bournemouth,E23000039,Dorset\n"
        "E06000058,BCP,E22000067,Poole,E23000039,Dorset\n"
    )
    assert links(store) == {
        ("lad2019", "E06000058", "csp2019", "E22000063"),
        ("lad2019", "E06000058", "csp2019", "E22000067"),
        ("lad2019", "E06000058", "pfa2019", "E23000039"),
    }


def test_vintages_of_one_level_are_linked_with_the_kind_of_change(take, store):
    """Ashford 001A of 2001 was split in two; both halves and the whole are in Ashford."""
    take(
        "LSOA01CD,LSOA01NM,LSOA11CD,LSOA11NM,CHGIND,LAD11CD,LAD11NM,LAD11NMW\n"
        "E01023982,Ashford 001A,E01032810,Ashford 001F,S,E07000105,Ashford,\n"
        "E01023982,Ashford 001A,E01032812,Ashford 001G,S,E07000105,Ashford,\n"
    )
    assert links(store) == {
        ("lsoa2001", "E01023982", "lsoa2011", "E01032810"),
        ("lsoa2001", "E01023982", "lsoa2011", "E01032812"),
        ("lsoa2001", "E01023982", "lad2011", "E07000105"),
        ("lsoa2011", "E01032810", "lad2011", "E07000105"),
        ("lsoa2011", "E01032812", "lad2011", "E07000105"),
    }
    rows = store.read("geography")
    assert rows["change"].notna().tolist() == (rows["parent_level"] == "lsoa").tolist()
    assert set(rows["change"].dropna()) == {"S"}


def test_an_older_lsoa_redrawn_across_a_border_is_in_both_districts(take, store):
    """Which of today's LSOAs nests in which district is certain; of an older one it need not be."""
    take(
        "LSOA11CD,LSOA21CD,CHGIND,LAD22CD\n"
        "E01025631,E01035001,X,E07000129\nE01025631,E01035002,X,E07000131\n"
    )
    older = {link for link in links(store) if link[0] == "lsoa2011" and link[2] == "lad2022"}
    assert {parent for *_, parent in older} == {"E07000129", "E07000131"}


def test_another_year_another_order_and_a_byte_order_mark_are_the_same_layout(take, store):
    take(
        "\ufeffLAD22NM,LAD22CD,ObjectId,LSOA21CD,LSOA21NM\nBlaby,E07000129,9,E01025631,Blaby 002A\n"
    )
    assert links(store) == {("lsoa2021", "E01025631", "lad2022", "E07000129")}


def test_the_rural_urban_classification_is_read_in_its_own_spelling(take, store):
    take("code,LSOA11NM,RUC11CD,RUC11,FID\nE01025631,Blaby 002A,C1,Urban city and town,1\n")
    assert links(store) == {("lsoa2011", "E01025631", "ruc2011", "C1")}
    assert ("ruc2011", "C1", "Urban city and town") in places(store)


def test_a_list_of_names_brings_names_in_both_languages(take, store):
    take("FID,LAD19CD,LAD19NM,LAD19NMW\n1,W06000022,Newport,Casnewydd\n2,E07000131,Harborough,\n")
    named = store.read("places").set_index("code")
    assert named.loc["W06000022", "name_welsh"] == "Casnewydd"
    assert named["name_welsh"].isna().sum() == 1
    assert links(store) == set()


def test_an_area_without_a_name_is_counted_as_left_out(take):
    taken = take("FID,PFA19CD,PFA19NM\n1,E23000033,Leicestershire\n2,L99999999,\n")
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (2, 1, 1)
    assert source["rejections"] == "no name (1)"


def test_each_table_a_file_fills_has_its_own_complete_source(take):
    sources = take(LSOA_TO_LAD).sources
    assert sources["table"].tolist() == ["geography", "places"]
    assert sources["rows_stored"].tolist() == [4, 5]
    assert set(sources["rows_read"]) == {2}
    assert set(sources["publisher"]) == {"Office for National Statistics"}
    assert set(sources["licence"]) == {"Open Government Licence v3.0"}


def test_the_same_file_again_changes_nothing(take, store):
    take(LSOA_TO_LAD)
    before = store.versions()
    again = take(LSOA_TO_LAD)
    assert again.unchanged == ("lookup0.csv",)
    assert again.sources.empty
    assert store.versions() == before


def test_what_another_file_brought_is_not_stored_twice(take, store):
    """A second file with one link of the first and one of its own: LSOA 003D is new."""
    first, second = LSOA_TO_LAD.splitlines()[1:]
    heading = LSOA_TO_LAD.splitlines()[0]
    take(f"{heading}\n{first}\n")
    taken = take(f"{heading}\n{first}\n{second}\n")
    assert taken.sources["rows_stored"].tolist() == [2, 2]
    assert taken.sources["rows_copied"].tolist() == [2, 3]
    assert not store.read("geography").duplicated(["code", "parent_level"]).any()


def test_exact_duplicates_are_one_link(take, store):
    take(LSOA_TO_LAD + LSOA_TO_LAD.splitlines()[1] + "\n")
    assert len(links(store)) == len(store.read("geography")) == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Month,Crime type\n2020-01,Drugs\n", "no column is an area's code"),
        ("Month,LSOA code,Crime type\n2020-01,E01025631,Drugs\n", "cspnb ingest police-uk"),
        ("AREACD,1,2\nE07000131,E07000220,E07000133\n", "cspnb ingest similar-areas"),
        (
            "LSOA11CD,LAD19CD\nE01025631,E07000129\nE0102563,E07000129\n",
            "lookup0.csv, line 3, column 'LSOA11CD': 'E0102563' is no lsoa code",
        ),
        ("LAD19CD,LAD19NM\n,Blaby\n", "line 2, column 'LAD19CD': a blank cell is no lad code"),
        ("LAD19CD,LAD19NM\nE22000368,Bromsgrove\n", "'E22000368' is no lad code"),
        (
            "LSOA11CD,LAD19CD\nE01025631,E07000129\nE01025631,E07000131\n",
            "E01025631 belongs to E07000129 on line 2 and E07000131 on line 3",
        ),
        (
            "LAD19CD,LAD19NM\nE07000112,Shepway\nE07000112,Folkestone and Hythe\n",
            "E07000112 is called Shepway on line 2 and Folkestone and Hythe on line 3",
        ),
        (
            "LSOA01CD,LSOA11CD,CHGIND\nE01023982,E01032810,Split\n",
            "column 'CHGIND': 'Split' is not one of U, S, M, X",
        ),
        ("CSP19CD,PFA19CD\nE22000368,E23000016\n", "the smallest area is a csp"),
        ("LAD19CD,FID\nE07000131,1\n", "links no areas and names none"),
    ],
)
def test_a_faulty_lookup_is_refused_by_file_line_and_column(take, store, text, says):
    assert says in refusal(take, text, store=store)


def test_one_faulty_file_of_several_stops_them_all(take, store):
    refusal(take, LSOA_TO_LAD, "LAD19CD,LAD19NM\nE0700,Blaby\n", store=store)
    assert not store.exists()


def test_a_lookup_that_contradicts_the_store_is_refused(take, store):
    take(LSOA_TO_LAD)
    says = refusal(take, "LSOA11CD,LAD19CD\nE01025631,E07000131\n", store=store)
    assert "E01025631 belongs to E07000131 here, and to E07000129 in a lookup already held" in says


def test_the_same_area_may_belong_elsewhere_in_another_year(take, store):
    take("LAD19CD,LAD19NM\nE07000129,Blaby\n", LSOA_TO_LAD)
    take("LSOA11CD,LAD22CD\nE01025631,E07000131\n")
    assert ("lsoa2011", "E01025631", "lad2022", "E07000131") in links(store)


def test_invented_lsoas_make_a_sample_and_real_codes_without_lsoas_follow(take, store):
    sample = "LSOA11CD,LSOA11NM,LAD19CD\nE01990001,Harborough 901A,E07000131\n"
    taken = take(LAD_TO_CSP, sample)
    assert taken.sources["is_sample"].all()
    publishers = taken.sources.groupby("file_name")["publisher"].unique().map(list).to_dict()
    assert publishers["lookup1.csv"] == [INVENTED], "nobody published what is invented"
    with pytest.raises(StoreError, match="never mix"):
        take(LSOA_TO_LAD)


EXACT_FIT = """LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW
E01025770,Harborough 002A,E01025770,Harborough 002A,U,E07000131,Harborough,
E01025771,Harborough 002B,E01035001,Harborough 002E,S,E07000131,Harborough,
E01025771,Harborough 002B,E01035002,Harborough 002F,S,E07000131,Harborough,
E01025772,Harborough 002C,E01035003,Harborough 002G,M,E07000131,Harborough,
E01025773,Harborough 002D,E01035003,Harborough 002G,M,E07000131,Harborough,
E01025774,Harborough 003A,E01035004,Harborough 003E,X,E07000131,Harborough,
E01025774,Harborough 003A,E01035005,Blaby 003F,X,E07000129,Blaby,
E01025775,Blaby 001A,E01035005,Blaby 003F,X,E07000129,Blaby,
"""
"""Made in the documented layout of the ONS's exact-fit lookup of 2011 to 2021; not its figures."""


def test_lsoas_of_2011_and_2021_are_linked_with_how_they_changed(take, store):
    take(EXACT_FIT)
    rows = store.read("geography", where={"parent_level": ["lsoa"]})
    assert rows["change"].value_counts().to_dict() == {"U": 1, "S": 2, "M": 2, "X": 3}
    new = rows.groupby("code")["parent_code"].agg(set)
    assert new["E01025771"] == {"E01035001", "E01035002"}
    old = rows.groupby("parent_code")["code"].agg(set)
    assert old["E01035003"] == {"E01025772", "E01025773"}


def test_lsoas_of_both_years_are_in_the_district_of_the_newer_map(take, store):
    take(EXACT_FIT)
    rows = store.read("geography", where={"parent_level": ["lad"]})
    counted = rows.groupby("vintage")["code"].nunique().to_dict()
    assert counted == {2011: 6, 2021: 6}
    assert set(rows.loc[rows["code"] == "E01025774", "parent_code"]) == {"E07000131", "E07000129"}


def test_a_ward_is_in_the_district_of_each_year_that_lists_it(take, store):
    take(
        "WD19CD,WD19NM,LAD19CD,LAD19NM\nE05009619,Forest,E07000129,Blaby\n",
        "WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,LAD24NMW,ObjectId\n"
        "E05009619,Forest,,E07000129,Blaby,,1\n",
    )
    assert {link for link in links(store) if link[1] == "E05009619"} == {
        ("ward2019", "E05009619", "lad2019", "E07000129"),
        ("ward2024", "E05009619", "lad2024", "E07000129"),
    }


def test_a_district_is_in_the_partnership_and_force_of_the_newest_layout(take, store):
    take(
        "LAD25CD,LAD25NM,CSP25CD,CSP25NM,PFA25CD,PFA25NM,ObjectId\n"
        "E07000234,Bromsgrove,E22000368,North Worcestershire,E23000016,West Mercia,1\n"
        "W06000024,Merthyr Tydfil,W14000024,Cwm Taf,W15000003,South Wales,2\n"
    )
    assert ("lad2025", "W06000024", "csp2025", "W14000024") in links(store)
    assert ("lad2025", "E07000234", "pfa2025", "E23000016") in links(store)
