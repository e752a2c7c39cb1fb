"""Files that say what was done, how issues are scored and what residents were asked."""

import shutil

import pytest

from cspnb.errors import ParamsError
from cspnb.params import check, load_concerns, load_interventions, load_issues
from cspnb.periods import Period
from cspnb.project import Project
from tests.places import REPO

GATES = """\
partnership: anytown
title: Alley gates
what: Gates were put up in back alleys.
measure: burglary
starts: "2013-04"
where: ["E01025741"]
"""
SCHEME = """\
name: Impact by likelihood
criteria:
  - {key: impact, label: Impact, factor: impact, scale: [low, high]}
  - {key: likelihood, label: Likelihood, factor: likelihood, lowest: 0, scale: [none, some, much]}
"""
ISSUES = """\
scheme: plain
source: the partnership
issues:
  - label: Burglary
    measures: [burglary]
    scores: {impact: 2, likelihood: 0}
    scorer: the analyst
    scored: "2014-04"
"""
QUESTION = """\
question: What first?
answers:
  - {answer: Burglary, measure: burglary}
  - {answer: Loose dogs}
"""


@pytest.fixture
def project(tmp_path):
    for folder, name in (("measures", "burglary"), ("partnerships", "harborough")):
        (tmp_path / "params" / folder).mkdir(parents=True)
        shutil.copy(REPO / f"params/{folder}/{name}.yml", tmp_path / f"params/{folder}/{name}.yml")
    (tmp_path / "params/partnerships/harborough.yml").rename(
        tmp_path / "params/partnerships/anytown.yml"
    )
    return Project(tmp_path)


def write(project, folder, name, text):
    path = project.params / folder / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_committed_files_are_sound_and_say_that_they_are_invented():
    project = Project(REPO)
    folders = ("interventions", "issues", "scoring", "concerns")
    assert [each for each in check(project) if each.file.split("/")[1] in folders] == []
    assert "invented" in load_interventions(project)["sample-lighting"].title.lower()
    for slug in ("harborough", "melton"):
        assert "Invented" in load_issues(project, slug)[0].source


def test_an_intervention_has_a_year_before_and_a_year_from_its_first_month(project):
    write(project, "interventions", "gates", GATES)
    gates = load_interventions(project)["gates"]
    assert (gates.before, gates.after) == (Period.parse("2012/13"), Period.parse("2013/14"))
    write(project, "interventions", "gates", f"{GATES}months_before: 24\nmonths_after: 3\n")
    gates = load_interventions(project)["gates"]
    assert (str(gates.before), str(gates.after)) == ("2011-04..2013-03", "2013/14-Q1")


def test_a_partnership_without_issues_has_none(project):
    assert load_issues(project, "anytown") == (None, None)


def test_a_question_may_have_answers_that_nothing_records(project):
    write(project, "concerns", "first", QUESTION)
    assert [each.measure for each in load_concerns(project)["first"].answers] == ["burglary", None]


FAULTS = [
    # folder, name, its text, the fault, its line
    ("interventions", "g", GATES.replace("anytown", "anytwon"), "no partnership 'anytwon'", 1),
    ("interventions", "g", GATES.replace("burglary", "burglry"), "no measure 'burglry'", 4),
    ("interventions", "g", GATES.replace("E01025741", "E0102574"), "is not the code of an LSOA", 6),
    ("interventions", "g", GATES + "months_after: 0\n", "months_after is 0", 7),
    ("interventions", "g", GATES + 'comparison: ["E01025741"]\n', "is in where as well", 7),
    ("interventions", "g", GATES + 'ring_comparison: ["E01025742"]\n', "no ring to compare", 7),
    (
        "interventions",
        "g",
        GATES + 'ring: ["E01025742"]\nadjacent_ring: true\n',
        "there are two rings",
        7,
    ),
    ("interventions", "g", GATES + "rings: []\n", "'rings' is not a key here", 7),
    ("scoring", "s", SCHEME.replace("lowest: 0", "lowest: -1"), "points are not below nothing", 4),
    ("scoring", "s", SCHEME.replace("key: likelihood", "key: impact"), "is here twice", 4),
    ("issues", "anytown", ISSUES.replace("impact: 2", "impact: 3"), "3 is off the scale", 6),
    ("issues", "anytown", ISSUES.replace("impact: 2", "imapct: 2"), "'imapct' is no criterion", 6),
    ("issues", "anytown", ISSUES.replace("plain", "plane"), "there is no scheme 'plane'", 1),
    ("issues", "anytwon", ISSUES, "there is no partnership 'anytwon'", 1),
    ("concerns", "q", QUESTION.replace("Loose dogs", "Burglary"), "'Burglary' is here twice", 4),
]


@pytest.mark.parametrize(("folder", "name", "text", "what", "line"), FAULTS)
def test_a_fault_is_told_with_its_file_and_line(project, folder, name, text, what, line):
    write(project, "scoring", "plain", SCHEME)
    write(project, folder, name, text)
    found = [each for each in check(project) if each.file == f"params/{folder}/{name}.yml"]
    assert [(what in str(each), each.line) for each in found] == [(True, line)]


def test_a_faulty_file_is_refused_where_it_is_asked_for(project):
    write(project, "interventions", "gates", GATES.replace("burglary", "burglry"))
    with pytest.raises(ParamsError, match="burglry"):
        load_interventions(project)
    write(project, "issues", "anytown", ISSUES)
    with pytest.raises(ParamsError, match="no scheme"):
        load_issues(project, "anytown")
