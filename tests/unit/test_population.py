"""Residents and households: each layout says whom it counts, and when."""

from itertools import product

import openpyxl
import pandas as pd
import pytest

from cspnb.errors import IngestError
from cspnb.ingest import lookup, population
from cspnb.ingest.district_names import codes_of, name_key
from cspnb.ingest.sample_mark import INVENTED
from cspnb.periods import Period
from cspnb.report.populations import district_populations, populations_for
from cspnb.schemas import GEOGRAPHY
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
        ("LSOA11CD,LSOA11NM,RUC11CD\nE01025631,Blaby 002A,C1\n", "cspnb ingest lookup"),
        (
            "LSOA11CD,LSOA11NM,LAD19CD,LAD19NM,IMD19\nE01025631,A,E07000129,B,5\n",
            "the file is an index of deprivation",
        ),
        (
            "LSOA11CD,LSOA11NM,LADCD,WIMD_2019\nW01000001,A,W06000001,5\n",
            "cspnb ingest deprivation population.csv",
        ),
        (
            "LSOA code (2011),LSOA name (2011),Index of Multiple Deprivation (IMD) Rank\n"
            "E01025631,A,5\n",
            "cspnb ingest deprivation population.csv",
        ),
        ("AREACD,1,2\nE07000131,E07000220,E07000133\n", "cspnb ingest similar-areas"),
        (PLAIN + "E02000001,A,2014,1,1\n", "line 2, column 'area_code': 'E02000001' is the code"),
        (PLAIN + "E07000131,A,14,1,1\n", "column 'year': '14' is not a year"),
        (PLAIN + "E07000131,A,2014,,1\n", "column 'residents': a blank cell"),
        (PLAIN + "E07000131,A,2014,-5,1\n", "'-5' is below 0"),
        (
            PLAIN + "E07000131,A,2014,10,1\nE07000131,A,2014,11,1\n",
            "E07000131 residents in 2014, as supplied has 10 on line 2 and 11 on line 3",
        ),
        (PLAIN + "E07000131,A,2014,10.5,1\n", "'10.5' is not a whole number"),
        (PLAIN + "E07000131,A,2014,5000001,1\n", "'5000001' is more than any district has"),
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


# The layouts below have no real file beside this project: each test draws one as it is documented.


def _by_age(sexes=("f", "m"), ages=("0", "1", "90")):
    """The ONS's file by sex and single year of age: 1 of each in 2011, 2 of each in 2012."""
    lines = ["Mid-year population estimates of local authorities,,,,,,"]
    lines += ["ladcode23,laname23,country,sex,age,population_2011,population_2012"]
    for (code, name), sex, age in product(
        [("E07000131", "Harborough"), ("W06000001", "Isle of Anglesey")], sexes, ages
    ):
        lines.append(f"{code},{name},{code[0]},{sex},{age},1,2")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("sexes", [("f", "m"), ("F", "M"), ("1", "2"), ("females", "males")])
def test_counts_by_sex_and_age_are_summed_for_each_year(take, store, sexes):
    """Three ages of two sexes: 6 residents in 2011, 12 in 2012. A row of titles stands above."""
    taken = take(_by_age(sexes), "myeb1.csv")
    assert stored(store) == {
        ("lad", "E07000131", 2011, 6, "mid-2011 usual residents"),
        ("lad", "E07000131", 2012, 12, "mid-2012 usual residents"),
        ("lad", "W06000001", 2011, 6, "mid-2011 usual residents"),
        ("lad", "W06000001", 2012, 12, "mid-2012 usual residents"),
    }
    said = "rows added up over sexes and ages (12 to 4); columns not taken: country"
    assert taken.sources.iloc[0]["rejections"] == said


def test_an_area_without_a_name_is_summed_all_the_same(take, store):
    take(_by_age().replace("Harborough", ""), "myeb1.csv")
    assert {row[3] for row in stored(store) if row[1] == "E07000131"} == {6, 12}


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (lambda text: text.replace("E07000131,Harborough,E,m,90,1,2\n", ""), "5 of the 6 rows"),
        (lambda text: text.replace(",m,90,", ",persons,90,"), "'persons' is neither of the two"),
        (lambda text: text.replace(",m,90,", ",m,all,"), "'all' is no single year of age"),
        (lambda text: text + "E07000131,Harborough,E,m,90,7,2\n", "E07000131 m 90 has 1 2 on line"),
        (lambda text: text.replace(",m,90,1,", ",m,90,4999999,"), "would have 5,000,004 residents"),
    ],
)
def test_a_sum_with_a_part_missing_or_twice_is_refused(take, store, spoilt, says):
    assert says in refusal(take, store, spoilt(_by_age()), name="myeb1.csv")


NOMIS = "DATE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE\n"


def test_of_a_nomis_download_the_rows_of_everybody_are_taken(take, store):
    taken = take(
        NOMIS
        + "2019,Harborough,E07000131,Total,All Ages,Value,93807\n"
        + "2019,Harborough,E07000131,Male,All Ages,Value,46103\n"
        + "2019,Harborough,E07000131,Total,Aged 0 to 15,Value,17000\n"
        + "2020,Harborough,E07000131,Total,All Ages,Value,95537\n",
        "nomis.csv",
    )
    assert {row[2:4] for row in stored(store)} == {(2019, 93807), (2020, 95537)}
    source = taken.sources.iloc[0]
    assert source["rows_rejected"] == 2
    assert source["rejections"].startswith("rows of one sex, of some ages or of percentages (2)")


def test_a_nomis_download_of_parts_alone_is_refused(take, store):
    says = refusal(take, store, NOMIS + "2019,H,E07000131,Male,All Ages,Value,46103\n")
    assert "no row counts all persons" in says


def test_a_nomis_download_that_does_not_say_what_it_counts_is_no_population(take, store):
    """OBS_VALUE may be of anything: claimants, jobs."""
    text = "DATE,GEOGRAPHY_NAME,GEOGRAPHY_CODE,OBS_VALUE\n2019,Harborough,E07000131,93807\n"
    assert "no known layout" in refusal(take, store, text)


def test_households_of_the_census_are_households(take, store):
    take(
        "date,geography,geography code,Number of households\n2021,Harborough 001A,E01025768,612\n",
        "census2021-ts041-lsoa.csv",
    )
    assert stored(store) == {("lsoa", "E01025768", 2021, 612, "households at the 2021 census")}
    assert set(store.read("population")["denominator"]) == {"households"}


def _workbook(path, sheets):
    """A workbook of the ONS: sheets of notes, and titles above the figures."""
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    book.active.append(["Small area population estimates"])
    for title, (above, rows) in sheets.items():
        sheet = book.create_sheet(title)
        for number in range(above):
            sheet.append([f"title {number}"])
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_small_area_estimates_of_2019_come_below_four_rows_of_titles(tmp_path, store):
    head = ["LSOA Code", "LSOA Name", "LA Code (2019 boundaries)", "All Ages", 0, 1]
    rows = [head, ["E01025631", "Blaby 002A", "E07000129", 1313, 9, 8]]
    path = _workbook(tmp_path / "SAPE22DT2.xlsx", {"Mid-2019 Persons": (4, rows)})
    population.ingest([path], store)
    assert stored(store) == {("lsoa", "E01025631", 2019, 1313, "mid-2019 usual residents")}


def test_of_a_workbook_of_several_years_every_year_is_taken(tmp_path, store):
    """The year is in the sheet's title; the file's name has several."""
    head = ["LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total", "F0"]
    sheets = {
        f"Mid-{year} LSOA 2021": (3, [head, ["E07000129", "B", "E01025631", "B 1", count, 4]])
        for year, count in ((2022, 1400), (2023, 1410))
    }
    path = _workbook(tmp_path / "sapelsoasyoa20222023.xlsx", sheets)
    population.ingest([path], store)
    assert {row[2:4] for row in stored(store)} == {(2022, 1400), (2023, 1410)}
    before = store.versions()
    population.ingest([path], store)
    assert store.versions() == before


# Editions: figures between two censuses are revised after the second.

FIRST = PLAIN.replace(",households", "") + "E07000131,Harborough,2014,86400\n"
REVISED = FIRST.replace("86400", "88100")


def test_a_revised_count_stands_beside_the_older_one_under_its_edition(take, store):
    take(FIRST)
    taken = take(REVISED, "revised.csv", edition="2023-11")
    assert stored(store) == {
        ("lad", "E07000131", 2014, 86400, "residents in 2014, as supplied"),
        ("lad", "E07000131", 2014, 88100, "residents in 2014, as supplied, edition 2023-11"),
    }
    assert taken.sources.iloc[0]["edition"] == "2023-11"


@pytest.mark.parametrize("order", [(None, "2023-11", "2024-07"), ("2024-07", None, "2023-11")])
def test_the_newest_edition_speaks_whichever_came_first(take, store, order):
    counts = {None: 86400, "2023-11": 88100, "2024-07": 88200}
    for edition in order:
        text = FIRST.replace("86400", str(counts[edition]))
        take(text, f"{edition}.csv", edition=edition)
    geography = pd.DataFrame(columns=list(GEOGRAPHY.columns))
    found = populations_for(
        district_populations(store.read("population"), geography),
        ["E07000131"],
        "residents",
        Period.parse("2014/15"),
    )
    assert found.of(["E07000131"]) == 88200
    assert found.definition == "residents in 2014, as supplied, edition 2024-07"


def test_a_revision_that_names_no_edition_is_refused_with_the_remedy(take, store):
    take(FIRST)
    assert "--edition YYYY-MM" in refusal(take, store, REVISED, name="revised.csv")


def test_two_counts_of_one_edition_are_refused(take, store):
    take(FIRST, edition="2023-11")
    says = refusal(take, store, REVISED, name="revised.csv", edition="2023-11")
    assert "are 88,100 here, and 86,400 in a file already held" in says


AGE_OF_A_COUNT = [
    # mid-year held   period      what stands beside the rate
    (2021, "2021/22", "mid-year count"),
    (2020, "2021/22", "mid-year count"),
    (2019, "2021/22", "mid-year count, 2 years before the period"),
    (2017, "2021/22-Q4", "mid-year count, 4 years before the period"),
    (2023, "2021/22", "mid-year count"),
]


@pytest.mark.parametrize(("year", "period", "label"), AGE_OF_A_COUNT)
def test_a_rate_says_when_residents_were_counted_two_years_before_or_more(year, period, label):
    held = pd.DataFrame(
        {
            "lad_code": ["E07000131"],
            "year": [year],
            "denominator": ["residents"],
            "definition": ["mid-year count"],
            "count": [85000.0],
        }
    )
    found = populations_for(held, ["E07000131"], "residents", Period.parse(period))
    assert (found.label, found.definition) == (label, "mid-year count")
