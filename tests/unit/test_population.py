"""Residents and households: each layout says whom it counts, and when."""

import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import lookup, population
from cspnb.ingest.district_names import codes_of, name_key
from cspnb.ingest.sample_mark import INVENTED
from cspnb.store import Store

PLAIN = "area_code,area_name,year,residents,households\n"


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take(tmp_path, store):
    def take(text, name="population.csv", **options):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return population.ingest([path], store, **options)

    return take


@pytest.fixture
def districts(tmp_path, store):
    """A lookup with districts of two years; Gateshead's code changed between them."""
    path = tmp_path / "districts.csv"
    path.write_text(
        "LAD11CD,LAD11NM,LAD19CD,LAD19NM\n"
        "E06000016,Leicester,E06000016,Leicester\n"
        "E08000020,Gateshead,E08000037,Gateshead\n"
        'E06000023,"Bristol, City of",E06000023,"Bristol, City of"\n'
        "E07000146,King's Lynn and West Norfolk,E07000146,King's Lynn and West Norfolk\n",
        encoding="utf-8",
    )
    lookup.ingest([path], store)


def stored(store):
    rows = store.read("population", columns=["level", "code", "year", "count", "definition"])
    return set(rows.itertuples(index=False, name=None))


def refusal(take, store, text, **options):
    before = store.versions()
    with pytest.raises(IngestError) as raised:
        take(text, **options)
    assert store.versions() == before, "an error leaves the store as it was"
    return str(raised.value)


def test_mid_year_estimates_with_density(take, store):
    taken = take(
        "Code,Name,Mid-2017 population,Area Sq Km,People per Sq Km,,\n"
        'E01025631,Blaby 002A,"1,313",0.39,"3,336",,\n'
    )
    assert stored(store) == {("lsoa", "E01025631", 2017, 1313, "mid-2017 usual residents")}
    source = taken.sources.iloc[0]
    assert source["rejections"] == "columns not taken: Area Sq Km, People per Sq Km"
    assert source["publisher"] == "Office for National Statistics"


def test_denominators_of_the_indices_of_deprivation_leave_prisoners_out(take, store):
    take(
        "LSOA code (2011),LSOA name (2011),Total population: mid 2015 (excluding prisoners),"
        "Older population aged 60 and over: mid 2015 (excluding prisoners)\n"
        'E01025631,Blaby 002A,"1,248",285\n'
    )
    definition = "mid-2015 residents, excluding prisoners"
    assert stored(store) == {("lsoa", "E01025631", 2015, 1248, definition)}


LONDON = "LSOA11CD,LSOA11NM,Persons_All-Ages,Males_All-Ages\nE01000115,Barnet 009A,1353,661\n"


def test_the_year_may_be_only_in_the_files_name(take, store):
    take(LONDON, "london-lsoa11-mid2019-pop.csv")
    assert stored(store) == {("lsoa", "E01000115", 2019, 1353, "mid-2019 usual residents")}


def test_or_only_in_the_option(take, store):
    take(LONDON, "london.csv", year=2020)
    assert stored(store) == {("lsoa", "E01000115", 2020, 1353, "mid-2020 usual residents")}


def test_no_year_anywhere_is_refused_with_the_remedy(take, store):
    assert "--year 2019" in refusal(take, store, LONDON)


def test_two_years_in_a_name_are_no_year(take, store):
    assert "--year" in refusal(take, store, LONDON, name="2019-issued-2020.csv")


def test_an_option_that_contradicts_the_file_is_refused(take, store):
    says = refusal(take, store, LONDON, name="mid2019.csv", year=2020)
    assert "of 2019, and --year says 2020" in says


def test_the_same_bytes_are_of_one_year(take, store):
    take(LONDON, "london.csv", year=2019)
    says = refusal(take, store, LONDON, name="again.csv", year=2020)
    assert "holds this very file as figures of 2019" in says


def test_our_own_layout_has_residents_or_households_or_both(take, store):
    taken = take(PLAIN + 'E07000131,Harborough,2014,"86,400","35,100"\n')
    assert stored(store) == {
        ("lad", "E07000131", 2014, 86400, "residents in 2014, as supplied"),
        ("lad", "E07000131", 2014, 35100, "households in 2014, as supplied"),
    }
    assert set(store.read("population")["denominator"]) == {"residents", "households"}
    assert taken.sources.iloc[0]["licence"] == "as supplied"


def test_districts_without_codes_are_joined_by_name(take, store, districts):
    """Names as published in 2011, among them one that the lookup does not have."""
    taken = take(
        "Local Authority,Population,\n"
        "Leicester UA,329839,\n"
        'Gateshead,200214,\n"Bristol, City of UA",428234,\n'
        "King’s Lynn and West Norfolk,147451,\nWestminster City of London,226771,\n",
        "lad-population-2011.csv",
    )
    assert {(row[1], row[3]) for row in stored(store)} == {
        ("E06000016", 329839),
        ("E08000020", 200214),
        ("E06000023", 428234),
        ("E07000146", 147451),
    }
    source = taken.sources.iloc[0]
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (5, 4, 1)
    assert source["rejections"] == (
        "no one district of that name in the lookups (1): 'Westminster City of London'"
    )


def test_names_cannot_be_joined_before_a_lookup_is_held(take, store):
    says = refusal(take, store, "Local Authority,Population\nLeicester UA,1\n", year=2011)
    assert "Ingest a lookup with districts first" in says


def test_names_that_are_all_strange_are_refused(take, store, districts):
    says = refusal(take, store, "Local Authority,Population\nAtlantis,1\n", year=2011)
    assert "none of the 1 names is a district" in says


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("York UA", "York"),
        ("Bristol, City of UA", "City of Bristol"),
        ("Argyll & Bute", "Argyll and Bute"),
        ("The Vale of Glamorgan", "Vale of Glamorgan"),
        ("King’s Lynn and West Norfolk", "King's Lynn and West Norfolk"),
        ("Dudley ", "DUDLEY"),
    ],
)
def test_small_differences_of_spelling_are_one_name(one, other):
    assert len(set(name_key(pd.Series([one, other])))) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Wyre", "Wyre Forest"), ("Usk UA East", "Usk"), ("Barnet", "Burnley")]
)
def test_other_names_stay_other(one, other):
    assert len(set(name_key(pd.Series([one, other])))) == 2


@pytest.mark.parametrize(
    ("year", "code"), [(2009, "E08000020"), (2015, "E08000020"), (2016, "E08000037")]
)
def test_a_name_goes_to_the_code_nearest_its_year_the_earlier_of_two(year, code):
    """2015 is four years from both: the earlier one serves."""
    places = pd.DataFrame(
        {
            "level": "lad",
            "vintage": [2019, 2011],
            "code": ["E08000037", "E08000020"],
            "name": "Gateshead",
        }
    )
    assert codes_of(pd.Series(["Gateshead"]), year, places).tolist() == [code]


def test_a_name_of_two_districts_in_one_year_is_nobodys():
    places = pd.DataFrame(
        {"level": "lad", "vintage": 2011, "code": ["E07000001", "E07000002"], "name": "Newtown"}
    )
    assert codes_of(pd.Series(["Newtown"]), 2011, places).isna().all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("month,offences\n2020-01,3\n", "no known layout of counts"),
        ("LSOA11CD,LSOA11NM,RUC11CD\nE01025631,Blaby 002A,C1\n", "the file is a lookup"),
        (PLAIN + "E02000001,A,2014,1,1\n", "line 2, column 'area_code': 'E02000001' is the code"),
        (PLAIN + "E07000131,A,14,1,1\n", "column 'year': '14' is not a year"),
        (PLAIN + "E07000131,A,2014,,1\n", "column 'residents': a blank cell"),
        (PLAIN + "E07000131,A,2014,-5,1\n", "'-5' is below nothing"),
        (
            PLAIN + "E07000131,A,2014,10,1\nE07000131,A,2014,11,1\n",
            "E07000131 residents in 2014, as supplied has 10 on line 2 and 11 on line 3",
        ),
    ],
)
def test_a_faulty_file_is_refused_by_line_and_column(take, store, text, says):
    assert says in refusal(take, store, text)


def test_a_count_that_differs_from_one_held_is_refused(take, store):
    take(PLAIN + "E07000131,Harborough,2014,86400,35100\n")
    says = refusal(take, store, PLAIN + "E07000131,Harborough,2014,86500,35100\n")
    assert "86,500" in says
    assert "86,400 in a file already held" in says


def test_the_same_file_again_changes_nothing(take, store):
    take(PLAIN + "E07000131,Harborough,2014,86400,35100\n")
    before = store.versions()
    assert take(PLAIN + "E07000131,Harborough,2014,86400,35100\n").unchanged == ("population.csv",)
    assert store.versions() == before


def test_a_count_held_already_is_not_stored_twice(take, store):
    take(PLAIN + "E07000131,Harborough,2014,86400,35100\n")
    take(PLAIN + "E07000131,Harborough,2014,86400,35100\nE07000133,Melton,2014,50900,21800\n")
    assert store.read("population")["count"].sum() == 86400 + 35100 + 50900 + 21800


def test_a_file_marked_invented_makes_a_sample(take):
    taken = take(f"area_code,area_name,year,residents,source_note\nE07000131,H,2014,9,{INVENTED}\n")
    assert taken.sources.iloc[0]["is_sample"]
