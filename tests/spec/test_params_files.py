"""The params in the repository: five partnerships, their plans and targets, and the measures."""

import csv
from pathlib import Path

import pytest

from cspnb.params import check, list_partnerships, load_measures, load_partnership
from cspnb.periods import Month, Period
from cspnb.project import Project
from cspnb.scopes import crime_types_of

REPO = Path(__file__).parents[2]
PROJECT = Project(REPO)
REAL = REPO.parent / "shared" / "data" / "real"
PARTNERSHIPS = ("barnet", "burnley", "harborough", "melton", "north-worcestershire")


def partnership(slug):
    return load_partnership(PROJECT, slug)


def test_every_file_is_sound():
    assert check(PROJECT) == []
    assert list_partnerships(PROJECT) == list(PARTNERSHIPS)


def test_every_file_names_its_schema_for_editors():
    for folder, schema in (("partnerships", "partnership"), ("measures", "measure")):
        for path in (REPO / "params" / folder).glob("*.yml"):
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first == f"# yaml-language-server: $schema=../schema/{schema}.json", path.name


@pytest.mark.parametrize("slug", PARTNERSHIPS)
def test_no_person_is_named(slug):
    text = (REPO / "params" / "partnerships" / f"{slug}.yml").read_text(encoding="utf-8")
    assert "@" not in text
    for contact in partnership(slug).contacts:
        assert (contact.name, contact.telephone, contact.email) == (None, None, None)


# The partnership's own table for 2013/14: a blank is a measure without a target.
HARBOROUGH = """
total_crime                    change   -5
domestic_burglary              change  -13
commercial_burglary
theft_from_vehicle             change  -14
theft_of_vehicle               change  -10
violence_with_injury           change   -2
domestic_violence_with_injury
criminal_damage
anti_social_behaviour
user_satisfaction              level    85
"""


def test_harboroughs_table_has_ten_rows_and_six_targets():
    harborough, year = partnership("harborough"), Period.parse("2013/14")
    targets = harborough.targets_for(year)
    rows = [line.split() for line in HARBOROUGH.strip().splitlines()]
    assert [row[0] for row in rows] == list(harborough.plan_for(year).plan.tracked_measures)
    assert {row[0]: (row[1], float(row[2])) for row in rows if row[1:]} == {
        key: (target.kind, target.value) for key, target in targets.items()
    }


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        ("2013/14", True),
        ("2013/14-Q3", True),
        ("2014-03", True),
        ("2012/13", False),
        ("2014/15", False),
        ("2013-10..2014-09", False),
    ],
)
def test_a_years_target_holds_for_the_year_and_its_parts(period, holds):
    assert bool(partnership("harborough").targets_for(Period.parse(period))) is holds


PLANS = [
    # partnership, report's period, plan, in force
    ("harborough", "2013/14", "Community Safety Plan 2013/14", True),
    ("harborough", "2013/14-Q3", "Community Safety Plan 2013/14", True),
    ("harborough", "2020/21", "Community Safety Plan 2013/14", False),  # ended long before
    ("harborough", "2013-10..2014-09", "Community Safety Plan 2013/14", False),  # runs past it
    ("melton", "2019/20", "Community Safety Strategy 2017-20", True),
    ("melton", "2020/21", "Community Safety Strategy 2017-20", False),  # has just ended
    ("melton", "2021/22", "Community Safety Strategy 2021-24", True),
    ("melton", "2024/25", "Community Safety Strategy 2021-24", False),
    ("barnet", "2012/13-Q3", "Safer Communities Strategy 2011-14", True),
    ("burnley", "2011/12", "Strategic priorities 2012/13", False),  # the first to come
    ("burnley", "2012/13", "Strategic priorities 2012/13", True),
    ("burnley", "2013/14", "Strategic priorities 2013/14", True),
    ("burnley", "2013-10..2014-09", "Strategic priorities 2013/14", False),  # ended within it
    ("north-worcestershire", "2008/09", "Partnership Plan 2009 to 2011", False),  # to come
    ("north-worcestershire", "2009-08", "Partnership Plan 2009 to 2011", True),
]


@pytest.mark.parametrize(("slug", "period", "name", "in_force"), PLANS)
def test_a_report_has_the_plan_of_its_period_or_the_nearest_and_says_which(
    slug, period, name, in_force
):
    plan, is_in_force = partnership(slug).plan_for(Period.parse(period))
    assert (plan.name, is_in_force) == (name, in_force)


@pytest.mark.parametrize(
    ("slug", "period", "priorities"),
    [
        (
            "harborough",
            "2013/14",
            "anti-social-behaviour acquisitive-crime violent-crime road-safety vulnerable-people",
        ),
        (
            "barnet",
            "2012/13",
            "property-crime anti-social-behaviour violent-crime integrated-offender-management "
            "early-intervention places repeat-victimisation reassurance",
        ),
        (
            "burnley",
            "2013/14",
            "violent-crime substance-misuse vulnerable-people reoffending anti-social-behaviour",
        ),
    ],
)
def test_priorities_keep_the_plans_order(slug, period, priorities):
    plan = partnership(slug).plan_for(Period.parse(period)).plan
    assert [priority.slug for priority in plan.priorities] == priorities.split()


def test_burnleys_headings_are_those_of_the_year_before():
    before, after = partnership("burnley").plans
    assert [each.title for each in before.priorities] == [each.title for each in after.priorities]
    assert not after.ranked


def test_bromsgroves_plan_has_five_priorities_of_the_county_and_four_of_its_own():
    (plan,) = partnership("bromsgrove").plans
    scopes = [priority.scope for priority in plan.priorities]
    assert (scopes.count("county"), scopes.count("district")) == (5, 4)


@pytest.mark.parametrize(
    ("period", "districts"),
    [
        ("2008/09", ["Bromsgrove"]),
        ("2013-04", ["Bromsgrove"]),
        ("2013-05", ["Bromsgrove", "Redditch", "Wyre Forest"]),
        ("2013/14", ["Bromsgrove", "Redditch", "Wyre Forest"]),  # as at its last month
    ],
)
def test_north_worcestershire_has_three_districts_since_its_merger(period, districts):
    found = partnership("north-worcestershire").districts_at(Period.parse(period))
    assert [district.name for district in found] == districts


def test_every_measure_a_notebook_may_ask_for_is_there():
    assert " ".join(load_measures(PROJECT)) == (
        "alcohol_admissions alcohol_treatment_completions ambulance_assaults "
        "anti_social_behaviour asb_a_problem assault_with_injury bicycle_theft burglary "
        "commercial_burglary council_asb_cases criminal_damage domestic_abuse domestic_burglary "
        "domestic_violence_with_injury drug_deaths drugs feels_safe_after_dark feels_safe_by_day "
        "hate_crime issues_dealt_with opiate_treatment_completions other_crime other_theft "
        "possession_of_weapons primary_fires public_order reoffending road_casualties robbery "
        "secondary_fires shoplifting supported_families theft_from_person theft_from_vehicle "
        "theft_of_vehicle total_crime user_satisfaction vehicle_crime violence "
        "violence_admissions violence_with_injury youth_custody youth_first_time_entrants "
        "youth_reoffending"
    )


# From police.uk's own history of its categories.
SERIES = [
    # measure, its first month on these terms, its category in that month
    ("shoplifting", "2011-09", {"Shoplifting"}),
    ("criminal_damage", "2011-09", {"Criminal damage and arson"}),
    ("drugs", "2011-09", {"Drugs"}),
    ("other_crime", "2011-09", {"Other crime"}),
    ("public_order", "2013-05", {"Public order"}),
    ("possession_of_weapons", "2013-05", {"Possession of weapons"}),
    ("bicycle_theft", "2013-05", {"Bicycle theft"}),
    ("theft_from_person", "2013-05", {"Theft from the person"}),
    ("other_theft", "2013-05", {"Other theft"}),
]


@pytest.mark.parametrize(("key", "since", "category"), SERIES)
def test_a_series_begins_where_police_uk_last_changed_its_category(key, since, category):
    source = load_measures(PROJECT)[key].source("police_uk")
    assert source.since == Month.parse(since)
    assert source.crime_types_among(crime_types_of(since)) == category


@pytest.mark.parametrize(
    ("month", "category"),
    [("2013-04", "Violent crime"), ("2013-05", "Violence and sexual offences")],
)
def test_violence_runs_through_its_change_of_name(month, category):
    source = load_measures(PROJECT)["violence"].source("police_uk")
    assert source.crime_types_among(crime_types_of(month)) == {category}
    assert source.since is None


@pytest.mark.parametrize(
    ("month", "categories"), [("2011-08", 5), ("2013-04", 10), ("2013-05", 13)]
)
def test_total_crime_is_every_category_but_anti_social_behaviour(month, categories):
    source = load_measures(PROJECT)["total_crime"].source("police_uk")
    taken = source.crime_types_among(crime_types_of(month))
    assert len(taken) == categories
    assert "Anti-social behaviour" not in taken


@pytest.mark.parametrize("slug", PARTNERSHIPS)
def test_codes_and_names_are_those_of_the_published_lookup(slug):
    listed = _rows("ons-lookups/lad19-to-csp19-to-pfa19-ew.csv")
    known = {(row["LAD19CD"], row["LAD19NM"], row["CSP19CD"], row["CSP19NM"]) for row in listed}
    latest = partnership(slug).csps_at(Period.parse("2019/20"))
    ours = {(each.code, each.name, csp.code, csp.name) for csp in latest for each in csp.districts}
    codes = {row[2] for row in ours}
    assert ours == {row for row in known if row[2] in codes}


@pytest.mark.parametrize("slug", PARTNERSHIPS)
def test_peers_are_the_ten_nearest_neighbours_in_england_and_wales(slug):
    found = partnership(slug)
    district = found.csps[0].districts[0].code
    lists = {
        row["AREACD"]: row for row in _rows("ons-statistical-neighbours/global-neighbours.csv")
    }
    names = {row["LADCD"]: row["LADNM"] for row in _rows("geo-code-history/la_all_codes.csv")}
    nearest = [lists[district][str(rank)] for rank in range(1, 21)]
    nearest = [code for code in nearest if code[0] in "EW"][:10]
    (group,) = found.peers
    assert [(area.code, area.name) for area in group.areas] == [
        (code, names[code]) for code in nearest
    ]


def _rows(name):
    path = REAL / name
    if not path.exists():
        pytest.skip(f"no {name} beside the repository")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_bromsgrove_was_a_partnership_of_its_own_before_north_worcestershire():
    partnership = load_partnership(PROJECT, "bromsgrove")

    assert partnership.name_at(Period.parse("2008/09")) == "Bromsgrove"
    assert partnership.name_at(Period.parse("2021/22")) == "North Worcestershire"
