"""Which figures a report counts: from which source, for which area, against which population."""

import pytest

from cspnb import narrative
from cspnb.analysis.comparison import comparison
from cspnb.ingest import indicators, lookup, police_uk, population
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.params.measure import MeasureParams, NotIn
from cspnb.params.origins import Indicators, PoliceUk
from cspnb.periods import Period
from cspnb.report.counting import count, levels
from cspnb.report.grouping import force_group
from cspnb.report.places import Place
from cspnb.report.populations import district_populations, populations_for
from cspnb.report.reading import Holdings
from cspnb.store import Store

YEAR = Period.parse("2019/20")
HARBOROUGH = Place(
    "Harborough", (District("E07000131", "Harborough"),), ("E22000166",), force="leicestershire"
)
BOTH = Place(
    "Both",
    (District("E07000131", "Harborough"), District("E07000133", "Melton")),
    ("E22000166", "E22000169"),
)

BURGLARY = MeasureParams(
    key="burglary",
    label="Burglary",
    unit="offences",
    kind="count",
    good="lower",
    denominator="residents",
    why="It matters.",
    sources=(
        PoliceUk(crime_types=("Burglary",)),
        Indicators(),
    ),
)
SATISFACTION = BURGLARY.model_copy(
    update={
        "kind": "percentage",
        "sources": (Indicators(),),
        "not_in": NotIn(police_uk="police.uk publishes no surveys."),
    }
)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take_in(store, tmp_path):
    """Take a drawn file in through one of the doors."""

    def take(door, name, text, **options):
        path = tmp_path / name
        lines = (line.strip() for line in text.strip().splitlines())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        door.ingest([path], store, **options)

    return take


def _counted(store, place, params=BURGLARY, period=YEAR):
    return count(Holdings(store), params, place, period, years=1)


SHEETS = [
    # what was supplied                                       place        total  whole
    ("E07000131 60", HARBOROUGH, 60, True),
    ("E22000166 60", HARBOROUGH, 60, True),
    ("E22000166 60, E07000131 60", HARBOROUGH, 60, True),
    ("E22000166 60, E07000131 75", HARBOROUGH, None, False),
    ("E07000131 60, E07000133 40", BOTH, 100, True),
    ("E07000131 60", BOTH, None, False),
    ("E22000166 60, E22000169 40", BOTH, 100, True),
    ("E22000166 60, E07000133 40", BOTH, None, False),
]


@pytest.mark.parametrize(("supplied", "place", "figure", "whole"), SHEETS)
def test_a_supplied_year_counts_where_all_of_the_place_is_covered(
    store, take_in, supplied, place, figure, whole
):
    rows = [f"burglary,2019/20,{area.replace(' ', ',')}" for area in supplied.split(", ")]
    take_in(indicators, "sheet.csv", "\n".join(["measure,period,area,value", *rows]))

    year = total(_counted(store, place), YEAR)

    assert (year.count, year.complete) == (figure, whole)


def test_months_on_which_two_supplied_figures_disagree_are_abnormal(store, take_in):
    take_in(
        indicators,
        "sheet.csv",
        """measure,period,area,value
           burglary,2019-04,E07000131,5
           burglary,2019-05,E07000131,6
           burglary,2019-05,E22000166,9""",
    )

    monthly = _counted(store, HARBOROUGH).monthly.set_index("month")

    assert monthly.loc["2019-04", ["count", "status"]].tolist() == [5, SOUND]
    assert monthly.loc["2019-05", "status"] == ABNORMAL
    assert "6 and 9" in monthly.loc["2019-05", "reason"].replace("9 and 6", "6 and 9")


def test_percentages_of_districts_are_never_added_up(store, take_in):
    take_in(
        indicators,
        "sheet.csv",
        """measure,period,area,value
           burglary,2019/20,E07000131,80
           burglary,2019/20,E07000133,70""",
    )

    assert levels(Holdings(store), SATISFACTION, BOTH, YEAR).table.empty
    assert list(levels(Holdings(store), SATISFACTION, HARBOROUGH, YEAR).table["value"]) == [80]


def test_a_figure_for_another_time_does_not_make_a_measure_held(store, take_in):
    take_in(indicators, "sheet.csv", "measure,period,area,value\nburglary,2001/02,E07000131,80")

    assert _counted(store, HARBOROUGH).missing == "no file of the force is held for March 2020"


HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)


def _street(month, number, *, district="Harborough", lsoa="E01025800", kind="Burglary"):
    force = "Leicestershire Police"
    rows = [
        f"{month}{district}{kind}{n}".encode().hex().rjust(64, "0")
        + f",{month},{force},{force},-1.0,52.5,On or near High Street,{lsoa},{district} 001A,"
        + f"{kind},Under investigation,"
        for n in range(number)
    ]
    return "\n".join([HEADER, *rows])


def test_two_sources_are_never_added_together(store, take_in):
    """police.uk has April, the sheet April and May: no total is made of both."""
    take_in(
        police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="Harborough"
    )
    take_in(
        indicators,
        "sheet.csv",
        """measure,period,area,value
           burglary,2019-04,E07000131,99
           burglary,2019-05,E07000131,7""",
    )

    counts = _counted(store, HARBOROUGH)
    monthly = counts.monthly.set_index("month")

    assert monthly.loc["2019-04", ["count", "source"]].tolist() == [40, "data.police.uk"]
    assert monthly.loc["2019-05", "status"] == ABSENT
    year = total(counts, YEAR)
    assert (year.count, year.complete, year.sources) == (40, False, ("data.police.uk",))
    two_months = total(counts, Period.parse("2019-04..2019-05"))
    assert (two_months.count, two_months.complete) == (106, True)
    assert two_months.sources == ("supplied figures",)


def test_a_year_is_never_made_of_two_suppliers_parts(store, take_in):
    take_in(
        indicators,
        "sheet.csv",
        """measure,period,area,value,supplier
           burglary,2019-04..2019-09,E07000131,55,The police
           burglary,2019-10..2020-03,E07000131,45,The council""",
    )

    year = total(_counted(store, HARBOROUGH), YEAR)

    assert (year.count, year.complete) == (None, False)
    assert year.reason.endswith("its parts come from The police and The council")


def test_areas_whose_figures_are_from_another_source_are_not_compared(store, take_in):
    """Two are supplied, and Blaby is police.uk's."""
    header = "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM"
    force = "E23000021,Leicestershire"
    names = {"E07000131": "Harborough", "E07000133": "Melton", "E07000129": "Blaby"}
    rows = [f"{code},{name},E220000{code[-2:]},{name},{force}" for code, name in names.items()]
    take_in(lookup, "lookup.csv", "\n".join([header, *rows]))
    people = [f"{code},{name},2019,50000" for code, name in names.items()]
    take_in(population, "people.csv", "\n".join(["area_code,area_name,year,residents", *people]))
    april = _street("2019-04", 40, district="Blaby", lsoa="E01025600")
    take_in(police_uk, "2019-04-leicestershire-street.csv", april, areas="Blaby")
    take_in(
        indicators,
        "sheet.csv",
        "measure,period,area,value\nburglary,2019-04,E07000131,9\nburglary,2019-04,E07000133,7",
    )

    group = force_group(
        Holdings(store), Leicestershire(), BURGLARY, HARBOROUGH, Period.parse("2019-04")
    )

    areas = group.areas.set_index("area_name")
    assert areas.loc[["Harborough", "Melton"], "count"].tolist() == [9, 7]
    assert areas.loc["Blaby", "reason"] == (
        "its figure is from another source than theirs: data.police.uk"
    )


def test_a_group_is_compared_by_the_source_that_has_most_of_it(store, take_in):
    """police.uk comes first and has Harborough alone; all three have supplied figures."""
    header = "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM"
    names = {"E07000131": "Harborough", "E07000133": "Melton", "E07000129": "Blaby"}
    force = "E23000021,Leicestershire"
    rows = [f"{code},{name},E220000{code[-2:]},{name},{force}" for code, name in names.items()]
    take_in(lookup, "lookup.csv", "\n".join([header, *rows]))
    take_in(
        police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="Harborough"
    )
    supplied = [f"burglary,2019-04,{code},{n}" for n, code in enumerate(names, start=7)]
    take_in(indicators, "sheet.csv", "\n".join(["measure,period,area,value", *supplied]))

    group = force_group(
        Holdings(store), Leicestershire(), BURGLARY, HARBOROUGH, Period.parse("2019-04")
    )

    assert set(group.areas["origin"]) == {"indicators"}
    assert narrative.comparison(comparison(group)).source.startswith("supplied figures; ")
    assert sorted(group.areas["count"]) == [7, 8, 9]


class Leicestershire:
    """The little of a partnership that a comparison with its force asks."""

    force = "leicestershire"
    force_name = "Leicestershire Police"


def test_coverage_tells_of_each_month_whether_any_source_has_it(store, take_in):
    take_in(
        police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="Harborough"
    )
    take_in(indicators, "sheet.csv", "measure,period,area,value\nburglary,2019-05,E07000131,7")

    coverage = _counted(store, HARBOROUGH).coverage().set_index("month")

    assert coverage.loc["2019-04", ["status", "source"]].tolist() == [SOUND, "data.police.uk"]
    assert coverage.loc["2019-05", ["status", "source"]].tolist() == [SOUND, "supplied figures"]
    assert coverage.loc["2019-06", ["status", "source"]].tolist() == [ABSENT, "data.police.uk"]


def test_the_preferred_source_gives_way_to_one_that_has_the_period_whole_and_says_so(
    store, take_in
):
    take_in(
        police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="Harborough"
    )
    take_in(indicators, "sheet.csv", "measure,period,area,value\nburglary,2019/20,E07000131,500")

    counts = _counted(store, HARBOROUGH)

    assert total(counts, YEAR).count == 500
    assert counts.caveats == (
        "The figures are from supplied figures: the first choice, data.police.uk, does not have "
        "2019/20 whole.",
    )


QUARTERS = [
    # what was supplied                                            the year, and whether it is whole
    ("2019/20-Q1 10, 2019/20-Q2 20, 2019/20-Q3 30, 2019/20-Q4 40", 100, True),
    ("2019/20-Q1 10, 2019/20-Q2 20, 2019/20-Q4 40", None, False),
    ("2019-04..2019-09 55, 2019-10..2020-03 45", 100, True),
    ("2019-04..2019-09 55, 2019/20-Q3 30, 2019/20-Q4 40", None, False),
    ("2019/20 99, 2019-04..2019-09 55, 2019-10..2020-03 45", 99, True),
]


@pytest.mark.parametrize(("supplied", "figure", "whole"), QUARTERS)
def test_a_year_is_made_of_quarters_or_of_halves_where_none_is_missing(
    store, take_in, supplied, figure, whole
):
    rows = [f"burglary,{each.replace(' ', ',E07000131,')}" for each in supplied.split(", ")]
    take_in(indicators, "sheet.csv", "\n".join(["measure,period,area,value", *rows]))

    year = total(_counted(store, HARBOROUGH), YEAR)

    assert (year.count, year.complete) == (figure, whole)


def test_a_district_in_which_no_record_is_ever_placed_is_absent_and_not_nought(store, take_in):
    take_in(police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="all")
    mistyped = Place("Harboro", (District("E07000999", "Harboro"),), force="leicestershire")

    april = _counted(store, mistyped, period=Period.parse("2019-04"))

    assert april.monthly["status"].tolist() == [ABSENT]
    assert april.monthly["count"].isna().all()
    assert "no record of any month is placed in Harboro" in april.missing


def test_what_is_missing_is_told_as_the_files_tell_it(store, take_in):
    """Burglary alone is held: robbery is not 'no file held'."""
    take_in(
        police_uk, "2019-04-leicestershire-street.csv", _street("2019-04", 40), areas="Harborough"
    )
    robbery = BURGLARY.model_copy(update={"sources": (PoliceUk(crime_types=("Robbery",)),)})

    missing = _counted(store, HARBOROUGH, robbery, Period.parse("2019-04")).missing

    assert "covers burglary only" in missing


LOOKUP = """LSOA11CD,LSOA11NM,WD19CD,WD19NM,LAD19CD,LAD19NM
            E01000001,Harborough 001A,E05000001,Ward,E07000131,Harborough
            E01000002,Harborough 001B,E05000001,Ward,E07000131,Harborough
            E01000003,Melton 001A,E05000002,Ward,E07000133,Melton"""


def _population(store, *codes, year=2019):
    holdings = Holdings(store)
    table = district_populations(holdings.population, holdings.geography)
    return populations_for(table, codes, "residents", Period.parse(f"{year}/{year % 100 + 1}"))


def test_a_districts_residents_are_the_sum_of_its_lsoas_only_where_all_are_held(store, take_in):
    take_in(lookup, "lookup.csv", LOOKUP)
    take_in(
        population,
        "mid2019.csv",
        """area_code,area_name,year,residents
           E01000001,Harborough 001A,2019,1000
           E01000003,Melton 001A,2019,1500""",
    )

    assert _population(store, "E07000133").of(["E07000133"]) == 1500
    assert _population(store, "E07000131").year is None


YEARS = [
    # mid-years held   report on   divides by
    ("2017", 2019, 2017),
    ("2017 2019 2020", 2019, 2019),
    ("2020 2021", 2019, 2020),
]


@pytest.mark.parametrize(("held", "on", "year"), YEARS)
def test_rates_use_the_mid_year_of_the_report_or_the_nearest_before_it(
    store, take_in, held, on, year
):
    rows = [f"E07000131,Harborough,{mid},{mid}" for mid in held.split()]
    take_in(population, "districts.csv", "\n".join(["area_code,area_name,year,residents", *rows]))

    found = _population(store, "E07000131", year=on)

    assert (found.year, found.of(["E07000131"])) == (year, year)


def test_january_to_march_divide_by_the_mid_year_before(store, take_in):
    rows = "area_code,area_name,year,residents\nE07000131,Harborough,2019,1\nE07000131,Harborough,2020,2"  # fmt: skip  # noqa: E501
    take_in(population, "districts.csv", rows)
    holdings = Holdings(store)
    table = district_populations(holdings.population, holdings.geography)

    quarter = Period.parse("2019/20-Q4")

    assert populations_for(table, ["E07000131"], "residents", quarter).year == 2019


def test_a_force_is_compared_by_its_districts_of_the_newest_lookup(store, take_in):
    """Suffolk's Waveney and Suffolk Coastal became East Suffolk."""
    header = "LAD{0}CD,LAD{0}NM,CSP{0}CD,CSP{0}NM,PFA{0}CD,PFA{0}NM"
    suffolk = "E22000123,Suffolk,E23000022,Suffolk"
    old = f"E07000205,Suffolk Coastal,{suffolk}\nE07000206,Waveney,{suffolk}"
    take_in(lookup, "old.csv", header.format(17) + "\n" + old)
    take_in(lookup, "new.csv", header.format(19) + f"\nE07000244,East Suffolk,{suffolk}")

    districts = Holdings(store).districts_of("suffolk")

    assert [district.name for district in districts] == ["East Suffolk"]


def test_a_peer_whose_districts_nobody_knows_is_absent_with_the_reason(store, take_in):
    take_in(indicators, "sheet.csv", "measure,period,area,value\nburglary,2018/19,E22000999,80")
    unknown = Place("Elsewhere", (), ("E22000999",))

    counts = _counted(store, unknown)

    assert "which districts make up Elsewhere" in counts.missing


def test_a_peer_may_be_a_partnership_of_the_districts_a_lookup_gives_it(store, take_in):
    header = "LAD19CD,LAD19NM,CSP19CD,CSP19NM,PFA19CD,PFA19NM"
    north = "E22000368,North Worcestershire,E23000016,West Mercia"
    rows = [f"E07000234,Bromsgrove,{north}", f"E07000236,Redditch,{north}"]
    take_in(lookup, "lookup.csv", "\n".join([header, *rows]))

    districts = Holdings(store).districts_of_csp("E22000368")

    assert [district.name for district in districts] == ["Bromsgrove", "Redditch"]
