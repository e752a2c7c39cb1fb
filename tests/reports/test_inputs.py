"""`cspnb check` with a period: whether the store holds what the reports need."""

import json

import nbformat
import pytest

from cspnb import params
from cspnb.ingest import indicators, population
from cspnb.inputs import check_inputs, checklist_of
from cspnb.inputs.asked import asked_of
from cspnb.project import Project
from cspnb.store import Store
from tests.places import REPO

PROJECT = Project(REPO)


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def take_in(store, tmp_path):
    def take(door, lines, name="sheet.csv", **options):
        path = tmp_path / name
        path.write_text("\n".join(line.strip() for line in lines.splitlines()), encoding="utf-8")
        door.ingest([path], store, **options)

    return take


def notebook(tmp_path, *cells):
    path = tmp_path / "drawn.ipynb"
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbformat.write(made, path)
    return path


def test_what_a_notebook_asks_is_read_from_its_cells(tmp_path):
    asked = asked_of(
        notebook(
            tmp_path,
            'burglary = analysis.trend(report.counts("domestic_burglary"))',
            'analysis.comparison(report.force_group("total_crime"))',
            "analysis.trends(report.key_counts())",
            'other.counts("robbery")',
        )
    )

    assert asked.measures == {"domestic_burglary", "total_crime"}
    assert asked.groups == {("force_group", "total_crime")}
    assert asked.sets == {"key_counts"}


def states(store, *partnerships, period="2013/14"):
    checked = check_inputs(PROJECT, store, ["annual-review"], partnerships, period)
    return checked, checked.table.set_index(["partnership", "input"])


HELD = [
    # what was supplied of fires               the state, and the last month held
    ("2013/14 20", "present", "2014-03"),
    ("2013-04..2013-09 9", "missing", "2013-09"),
    ("2012/13 30", "too old", "2013-03"),
    ("2013/14-Q1 4, 2013/14-Q2 5, 2013/14-Q3 6, 2013/14-Q4 7", "present", "2014-03"),
    ("2013-04 3", "incomplete", "2013-04"),
]


@pytest.mark.parametrize(("supplied", "state", "last"), HELD)
def test_a_figure_is_present_incomplete_too_old_or_missing(store, take_in, supplied, state, last):
    rows = [f"primary_fires,{each.replace(' ', ',E07000131,')}" for each in supplied.split(", ")]
    take_in(indicators, "\n".join(["measure,period,area,value", *rows]))

    _, table = states(store, "harborough")

    fires = table.loc[("harborough", "Primary fires")]
    assert (fires["state"], fires["to"]) == (state, last)
    assert bool(fires["reason"]) == (state != "present")


POPULATIONS = [
    # mid-year held   the state for 2013/14
    ("2013", "present"),
    ("2012", "present"),
    ("2011", "too old"),
]


@pytest.mark.parametrize(("year", "state"), POPULATIONS)
def test_residents_counted_two_years_before_are_too_old(store, take_in, year, state):
    header = "area_code,area_name,year,residents"
    take_in(population, f"{header}\nE07000131,Harborough,{year},85000")

    _, table = states(store, "harborough")

    assert table.loc[("harborough", "Residents"), "state"] == state


def test_each_partnership_is_asked_for_its_own_measures(store, take_in):
    take_in(indicators, "measure,period,area,value\nprimary_fires,2013/14,E07000131,20")

    checked, table = states(store, "harborough", "melton")

    assert ("harborough", "Primary fires") in table.index
    assert ("melton", "Primary fires") not in table.index
    assert "not asked" in checked.as_text()


def test_what_is_wanting_is_told_with_its_reason_once(store, take_in):
    take_in(indicators, "measure,period,area,value\nprimary_fires,2012/13,E07000131,20")

    text = states(store, "harborough")[0].as_text()

    assert text.count("the newest figure is of March 2013: Primary fires") == 1


def test_what_partners_can_supply_of_what_is_wanting_is_told_as_a_command(store, take_in):
    take_in(indicators, "measure,period,area,value\nprimary_fires,2013/14,E07000131,20")

    checked, _ = states(store, "harborough")

    command = checked.as_text().splitlines()[-1]
    assert command.startswith("cspnb indicators new harborough --period 2013/14 --measure ")
    assert "--measure domestic_burglary" in command
    assert "--measure hate_crime" in command
    assert "primary_fires" not in command, "it is held"


COMPARED = [
    # how many of the areas have a count and residents   the state, and what is said
    (1, "incomplete", "only 1 of its"),
    (2, "incomplete", "only 2 of its"),
    (3, "present", ""),
]


@pytest.mark.parametrize(("held", "state", "said"), COMPARED)
def test_similar_areas_are_there_when_three_of_them_have_a_rate(store, take_in, held, state, said):
    listed = params.load_partnership(PROJECT, "harborough").peers[0].areas
    codes = ["E07000131", *(area.code for area in listed)][:held]
    counts = [f"total_crime,2013/14,{code},500" for code in codes]
    people = [f"{code},{code},2013,85000" for code in codes]
    take_in(indicators, "\n".join(["measure,period,area,value", *counts]))
    take_in(population, "\n".join(["area_code,area_name,year,residents", *people]), "people.csv")

    _, table = states(store, "harborough")

    rows = table.loc["harborough"]
    similar = rows[rows.index.str.startswith("Similar areas")].iloc[0]
    assert similar["state"] == state
    assert said in similar["reason"]


def test_the_inputs_are_told_to_programs_as_well(store, take_in):
    take_in(indicators, "measure,period,area,value\nprimary_fires,2013/14,E07000131,20")

    told = json.loads(states(store, "harborough")[0].as_json())

    fires = [row for row in told["inputs"] if row["input"] == "Primary fires"]
    assert [row["state"] for row in fires] == ["present"]


def checklist(store):
    grid = checklist_of(PROJECT, store, "si-2007-1831", ["harborough"], "2013/14")
    return grid, grid.table.set_index("information")


def test_the_statutory_checklist_tells_what_is_held_of_each_item(store, take_in):
    take_in(indicators, "measure,period,area,value\nsecondary_fires,2013/14,E07000131,20")

    grid, table = checklist(store)

    fires = table.loc["Deliberate secondary fires"]
    assert (fires["state"], fires["to"]) == ("in part", "2014-03")
    assert "without times or places" in fires["note"]
    assert table.loc["Deliberate primary fires, but those in vehicles", "state"] == "not held"
    assert table.loc["Pupils excluded from school", "note"] == "no measure shows it"
    assert "without the Schedule at hand" in grid.as_text().replace("\n", " ")


def test_every_body_that_the_regulations_name_is_on_the_checklist(store):
    _, table = checklist(store)

    assert set(table["body"]) == {"Police", "Fire and rescue", "Council", "Health", "Probation"}
    crimes = table[table["body"] == "Police"].index
    assert len(crimes) == 12, "three kinds of incident and nine groups of crime"
