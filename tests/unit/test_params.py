"""Params files: what is refused, where it says the fault is, and what to do about it."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from cspnb.errors import ParamsError
from cspnb.params import check, list_partnerships, load_measures, load_partnership, new_partnership
from cspnb.params import schemas as params_schemas
from cspnb.periods import Period
from cspnb.project import Project

REPO = Path(__file__).parents[2]

SOUND = """\
name: Anywhere Community Safety Partnership
short_name: Anywhere
force: leicestershire
force_name: Leicestershire Police
lead_authority: Anywhere Borough Council
csps:
  - code: "E22000166"
    name: Anywhere
    districts:
      - {code: "E07000131", name: Anywhere}
plans:
  - name: Plan
    period_from: "2013/14"
    period_to: "2014/15"
    ranked: false
    targets:
      - measure: burglary
        period: "2013/14"
        kind: change
        value: -13
        set_by: the board
"""

BURGLARY = """\
label: Burglary
unit: offences
kind: count
good: lower
denominator: households
why: It is feared.
sources:
  - origin: police_uk
    crime_types: [Burglary]
"""


PERIODS = ("2013/14", "2013/14-Q2", "2013/14-Q3", "2013-12")


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    for folder in ("partnerships", "measures"):
        (made.params / folder).mkdir(parents=True)
    write(made, "measures/burglary", BURGLARY)
    return made


def write(project, name, text):
    (project.params / f"{name}.yml").write_text(dedent(text), encoding="utf-8")


def refused(project, text, slug="anywhere"):
    """What the analyst is told of a file with this text."""
    write(project, f"partnerships/{slug}", text)
    with pytest.raises(ParamsError) as caught:
        load_partnership(project, slug)
    return caught.value


def changed(old, new):
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_a_sound_file_is_taken_as_written(project):
    write(project, "partnerships/anywhere", SOUND)
    partnership = load_partnership(project, "anywhere")
    assert (partnership.slug, partnership.short_name) == ("anywhere", "Anywhere")
    assert partnership.place_phrase == "in Anywhere"
    assert str(partnership.plans[0].targets[0].period) == "2013/14"


def test_what_was_loaded_cannot_be_changed(project):
    write(project, "partnerships/anywhere", SOUND)
    partnership = load_partnership(project, "anywhere")
    with pytest.raises(ValueError, match="frozen"):
        partnership.plans[0].targets[0].value = -5


def test_a_misspelt_key_names_its_line_and_the_nearest_key(project):
    text = changed("        set_by: the board", "        set_buy: the board\n        set_by: x")
    error = refused(project, text)
    assert error.where == f"params/partnerships/anywhere.yml:{line_of(text, 'set_buy')}"
    assert "'set_buy' is not a key here" in error.what
    assert error.remedy == "Did you mean 'set_by'?"


def test_a_misspelt_key_is_refused_even_when_nothing_follows_it(project):
    assert "'contcts' is not a key here" in str(refused(project, SOUND + "contcts:\n"))


def test_all_problems_of_a_file_are_told_at_once(project):
    text = changed("short_name: Anywhere", "shortname: Anywhere")
    text = text.replace("force: leicestershire", "force: leicestershir")
    text = text.replace("measure: burglary", "measure: burglery")
    text = text.replace("value: -13", 'value: "-13"')
    text = text.replace('period_from: "2013/14"', 'period_from: "2013/15"')
    told = str(refused(project, text))
    lines = {int(line) for line in re.findall(r"anywhere\.yml:(\d+): ", told)}
    for part in ("shortname", "leicestershir\n", "burglery", '"-13"', '"2013/15"'):
        assert line_of(text, part) in lines
    assert "Did you mean 'short_name'?" in told
    assert "Did you mean 'leicestershire'?" in told
    assert "there is no measure 'burglery'\n  What to do: Did you mean 'burglary'?" in told


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("period: 2014-04-01", "YAML reads 2014-04-01 as a date"),
        ("period: NO", "YAML reads NO as true or false"),
        ("period: 01527", "YAML reads 01527 as a number written in another base"),
        ("period: 1:30", "YAML reads 1:30 as a number written in another base"),
        ("period: 1_000", "YAML reads 1_000 as a number written in another base"),
        ("period: .nan", "YAML reads .nan as a number in an unusual form"),
    ],
)
def test_what_yaml_would_misread_is_to_be_put_in_quotes(project, written, what):
    text = changed('period: "2013/14"', written)
    error = refused(project, text)
    assert what in error.what
    assert error.remedy.startswith("Put it in quotes")
    assert error.where.endswith(f":{line_of(text, written)}")


def test_one_fault_inside_a_list_is_told_once(project):
    error = refused(project, changed('code: "E22000166"', "code: NO"))
    assert error.what.startswith("YAML reads NO as true or false")


def test_a_list_that_needs_entries_may_not_be_empty(project):
    csps = SOUND[SOUND.index("csps:") : SOUND.index("plans:")]
    assert refused(project, changed(csps, "csps: []\n")).what == "'csps' is an empty list"


@pytest.mark.parametrize("name", ["NO", "on", "Yes"])
def test_a_name_that_yaml_takes_for_a_truth_value_is_refused(project, name):
    text = changed("short_name: Anywhere", f"short_name: {name}")
    assert f"YAML reads {name} as true or false" in str(refused(project, text))


def test_a_number_where_text_is_wanted_is_to_be_put_in_quotes(project):
    error = refused(project, changed("short_name: Anywhere", "short_name: 2013"))
    assert error.what == "'short_name' is the number 2013, where text is wanted"
    assert error.remedy == "Put it in quotes."


def test_a_year_without_quotes_is_text_and_is_read(project):
    write(project, "partnerships/anywhere", changed('period: "2013/14"', "period: 2013/14"))
    target = load_partnership(project, "anywhere").plans[0].targets[0]
    assert target.period.dates == "1 April 2013 to 31 March 2014"


def test_a_key_given_twice_names_both_lines(project):
    error = refused(project, SOUND + "force: lancashire\n")
    last = SOUND.count("\n") + 1
    assert error.what == f"'force' is here twice: on line 3 and on line {last}"
    assert error.where.endswith(f":{last}")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "there are no keys in this file"),
        ("- a\n- b\n", "there are no keys in this file"),
        ("name: [unclosed\n", "not readable as YAML"),
        ("name: one: two\n", "not readable as YAML"),
        ("name: &a x\nshort_name: *a\n", "aliases (*name) are not used here"),
        ("name: !!python/name:os.system x\n", "is not used here"),
    ],
)
def test_a_file_that_is_not_plain_yaml_is_refused_with_a_line(project, text, what):
    error = refused(project, text)
    assert what in str(error)
    assert re.search(r"anywhere\.yml:\d+$", error.where)


def test_a_file_in_another_encoding_names_the_line(project):
    path = project.params / "partnerships" / "anywhere.yml"
    path.write_bytes(SOUND.replace("the board", "le bureau de s\u00e9curit\u00e9").encode("cp1252"))
    with pytest.raises(ParamsError, match="not UTF-8") as caught:
        load_partnership(project, "anywhere")
    assert caught.value.where.endswith(f":{line_of(SOUND, 'set_by')}")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('code: "E22000166"', 'code: "E2200016"', "not the code of a Community Safety"),
        ('"E07000131"', '"E22000166"', "not the code of a district"),
        ('period_to: "2014/15"', 'period_to: "2012/13"', "ends (2012/13) before it starts"),
        ('period: "2013/14"', 'period: "2016/17"', "outside the plan's"),
        ("value: -13", "value: -113", "nothing falls by more than 100%"),
        ("kind: change", "kind: chnge", "'kind' is 'chnge', where 'change' or 'level'"),
        ("ranked: false", 'ranked: "false"', "'ranked' is the text 'false'"),
        ("short_name: Anywhere", 'short_name: "  "', "'short_name' is blank"),
        ("lead_authority: Anywhere Borough Council\n", "", "'lead_authority' is missing"),
        ("name: Plan", "name: Plan\n    measures: [robbery]", "leave out burglary"),
        ("name: Plan", "name: Plan\n    measures: burglary", "where a list is wanted"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(project, old, new, what):
    assert what in str(refused(project, changed(old, new)))


@pytest.mark.parametrize(
    ("added", "what"),
    [
        ("slug: anywhere", "'slug' is not a key here"),
        ("key_measures: [burglary, burglary]", "the measure 'burglary' is here twice"),
        ("contacts: [{role: Clerk, email: nobody}]", "'nobody' is not an email address"),
        ('contacts: [{role: Clerk, telephone: "12"}]', "'12' is not a telephone number"),
        ("also_known_as: [anywhere]", "'anywhere' is the file's own name"),
        ("also_known_as: [Any_Where]", "'Any_Where' is not a slug"),
        (
            "peers: [{name: a, source: b, date: c, areas: [{code: E07000131, name: d}]}]",
            "among its own peers",
        ),
    ],
)
def test_an_addition_that_cannot_be_is_refused_in_words(project, added, what):
    assert what in str(refused(project, f"{SOUND}{added}\n"))


def test_a_contact_may_have_a_name_a_telephone_and_an_email(project):
    contact = (
        'contacts: [{role: Clerk, name: The Duty Officer, telephone: "01234 567890 ext 12", '
        "email: safety@council.example}]\n"
    )
    write(project, "partnerships/anywhere", SOUND + contact)
    assert load_partnership(project, "anywhere").contacts[0].telephone == "01234 567890 ext 12"


def test_two_plans_may_not_be_for_the_same_months(project):
    again = SOUND[SOUND.index("  - name: Plan") : SOUND.index("    targets")]
    told = str(refused(project, SOUND + again))
    assert "are both for some of" in told


def test_one_measure_has_one_target_for_a_period(project):
    again = SOUND[SOUND.index("      - measure") :]
    assert "burglary has two targets for 2013/14" in str(refused(project, SOUND + again))


def test_a_quarters_own_target_comes_before_the_years(project):
    year = SOUND[SOUND.index("      - measure") :]
    quarter = year.replace("2013/14", "2013/14-Q3").replace("-13", "-20")
    for name, targets in (("anywhere", year + quarter), ("elsewhere", quarter + year)):
        write(project, f"partnerships/{name}", SOUND.replace(year, targets))
        found = load_partnership(project, name)
        values = [found.targets_for(Period.parse(text))["burglary"].value for text in PERIODS]
        assert values == [-13, -13, -20, -20]


def test_a_district_is_in_one_csp_at_a_time(project):
    csp = SOUND[SOUND.index("  - code:") : SOUND.index("plans:")]
    told = str(refused(project, SOUND.replace(csp, csp + csp)))
    assert "E07000131 is in 'Anywhere' and in 'Anywhere' at once" in told
    ended = csp.replace("    name: Anywhere\n", '    name: Anywhere\n    valid_to: "2013-04"\n')
    begun = csp.replace("    name: Anywhere\n", '    name: Anywhere\n    valid_from: "2013-05"\n')
    write(project, "partnerships/anywhere", SOUND.replace(csp, ended + begun))
    assert len(load_partnership(project, "anywhere").csps) == 2


def test_an_unknown_partnership_names_the_nearest(project):
    write(project, "partnerships/anywhere", SOUND)
    with pytest.raises(ParamsError, match="there is no partnership 'anywear'") as caught:
        load_partnership(project, "anywear")
    assert caught.value.remedy == "Did you mean 'anywhere'?"


def test_a_partnership_is_found_by_its_other_name(project):
    write(project, "partnerships/anywhere", SOUND + "also_known_as: [somewhere]\n")
    assert load_partnership(project, "somewhere").slug == "anywhere"


def test_partnerships_are_listed_without_reading_their_files(project):
    write(project, "partnerships/b", "not: [yaml")
    write(project, "partnerships/a", "")
    assert list_partnerships(project) == ["a", "b"]


def test_checking_tells_of_every_file(project):
    write(project, "partnerships/anywhere", SOUND + "also_known_as: [somewhere]\n")
    write(project, "partnerships/somewhere", SOUND)
    write(project, "partnerships/Else_Where", SOUND)
    write(project, "measures/burglary", BURGLARY.replace("good: lower", "good: low"))
    (project.params / "partnerships" / "lost.yaml").write_text(SOUND, encoding="utf-8")
    told = [(Path(each.file).name, each.what) for each in check(project)]
    assert told == [
        ("burglary.yml", "'good' is 'low', where 'lower', 'higher' or 'neither' is wanted"),
        ("Else_Where.yml", "'Else_Where' is not a slug"),
        ("anywhere.yml", "'somewhere' already names another partnership: a file of its own"),
        ("lost.yaml", "this file is not read"),
    ]


def test_only_a_percentage_has_a_level_to_reach(project):
    text = changed("kind: change", "kind: level").replace("value: -13", "value: 85")
    write(project, "partnerships/anywhere", text)
    (problem,) = check(project)
    assert problem.what == "burglary is a count, so its target cannot be a level"
    assert problem.line == line_of(text, "kind: level")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[Burglary]", "[Burglery]", "'Burglery' is not a category of police.uk"),
        ("    crime_types: [Burglary]\n", "", "police_uk wants either crime_types or all_but"),
        ("origin: police_uk", "origin: indicators", "'crime_types' is not a key here"),
        ("origin: police_uk", "origin: police_ok", "'police_ok' is no origin"),
        ("origin: police_uk\n", "since: '2013-05'\n", "does not say where it comes from"),
        ("origin: police_uk", "origin: home_office", "'crime_types' is not a key here"),
        ("kind: count", "kind: percentage", "a percentage has a base of its own"),
        (
            "  - origin: police_uk\n    crime_types: [Burglary]\n",
            "  - origin: indicators\n",
            "police_uk must be either a source or explained in not_in",
        ),
    ],
)
def test_a_measure_says_where_it_comes_from(project, old, new, what):
    assert BURGLARY.count(old) == 1
    write(project, "measures/burglary", BURGLARY.replace(old, new))
    with pytest.raises(ParamsError) as caught:
        load_measures(project)
    assert what in str(caught.value)


def test_a_new_file_is_refused_only_for_its_marked_blanks(project):
    path = new_partnership(project, "new-place", 'The "New" Place: CSP')
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = {number for number, line in enumerate(lines, 1) if "# <- fill in" in line}
    blanks = [each for each in check(project) if "is blank" in each.what]
    assert {each.line for each in blanks} == marked


def test_a_new_file_loads_once_its_blanks_are_filled(project):
    for key in load_measures(Project(REPO)):
        text = (REPO / "params" / "measures" / f"{key}.yml").read_text(encoding="utf-8")
        write(project, f"measures/{key}", text)
    path = new_partnership(project, "new-place", 'The "New" Place: CSP')
    # Each blank shows an example after its mark: take the example for the answer.
    filled = re.sub(r" # <- fill in: (.*)", r"\1", path.read_text(encoding="utf-8"))
    path.write_text(filled, encoding="utf-8")
    assert load_partnership(project, "new-place").name == 'The "New" Place: CSP'


def test_a_new_file_never_overwrites(project):
    path = new_partnership(project, "new-place", "New Place")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ParamsError, match="already"):
        new_partnership(project, "new-place", "New Place")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("slug", ["New Place", "../new", "new_place", "", "new-"])
def test_a_name_that_is_no_slug_makes_no_file(project, slug):
    with pytest.raises(ParamsError, match="cannot name"):
        new_partnership(project, slug, "New Place")
    assert list_partnerships(project) == []


def test_a_schema_out_of_step_is_a_problem_until_it_is_written(project):
    assert len(params_schemas.check(project)) == 9
    params_schemas.write(project)
    assert params_schemas.check(project) == []
    path = project.params / "schema" / "measure.json"
    path.write_text(path.read_text(encoding="utf-8").replace("lower", "less"), encoding="utf-8")
    assert [each.file for each in params_schemas.check(project)] == ["params/schema/measure.json"]


def test_the_schema_files_in_the_repository_are_in_step():
    assert params_schemas.check(Project(REPO)) == []


def test_the_example_of_a_plan_in_a_new_file_is_a_sound_plan(project):
    path = new_partnership(project, "new-place", "New Place")
    text = path.read_text(encoding="utf-8")
    example = text[text.index("#  - name: Community") : text.index("plans: []")]
    write(
        project,
        "partnerships/anywhere",
        SOUND[: SOUND.index("  - name: Plan")] + example[1:].replace("\n#", "\n"),
    )
    (plan,) = load_partnership(project, "anywhere").plans
    assert (plan.priorities[0].leads, plan.targets[0].value) == (("Leicestershire Police",), -13)
