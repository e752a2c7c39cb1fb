"""A partnership says what its partners' extracts hold, and is told what it got wrong, by line."""

import pytest

from cspnb.errors import ParamsError
from cspnb.params import load_partnership, new_partnership
from cspnb.params.skeleton import TO_FILL_IN
from cspnb.project import Project

ANYWHERE = """\
name: Anywhere Community Safety Partnership
short_name: Anywhere
force: leicestershire
force_name: Leicestershire Police
lead_authority: Anywhere Borough Council
csps:
  - name: Anywhere
    districts:
      - {code: "E07000131", name: Anywhere}
extracts:
  force-extract:
    kind: offence
    supplier: Leicestershire Police
    columns:
      record_key: REF
      from: [DATE_FROM, TIME_FROM]
      to: DATE_TO
      counts_in: DATE_FROM
      offence: OFFENCE
      domestic: DV
    dates: day first
    yes: [Y, "Yes", "1"]
    no: [N]
    ignore: [BEAT]
    covers:
      districts: all
      offences: ["28E", Shoplifting]
"""


@pytest.fixture
def load(tmp_path):
    project = Project(tmp_path)
    (project.params / "partnerships").mkdir(parents=True)
    (project.params / "measures").mkdir()

    def load(text):
        path = project.params / "partnerships" / "anywhere.yml"
        path.write_text(text, encoding="utf-8")
        return load_partnership(project, "anywhere")

    return load


def test_an_extract_is_found_under_its_name(load):
    extract = load(ANYWHERE).extract("force-extract")
    assert (extract.partnership, extract.stream) == ("anywhere", "force-extract")
    assert (extract.kind, extract.dates) == ("offence", "day first")
    assert extract.columns["from"] == ("DATE_FROM", "TIME_FROM")
    assert extract.column("to") == "DATE_TO"
    assert extract.column("lsoa") is None
    assert extract.counted_by == "counts_in"
    assert extract.category == "offence"
    assert (extract.yes, extract.no, extract.blank_is_no) == (("Y", "Yes", "1"), ("N",), False)
    assert set(extract.mapped) == {"REF", "DATE_FROM", "TIME_FROM", "DATE_TO", "OFFENCE", "DV"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("offence: OFFENCE", "ofence: OFFENCE", 19, "Did you mean 'offence'?"),
        ("      from: [", "      form: [", 16, "Did you mean 'from'?"),
        ("supplier:", "suplier:", 13, "Did you mean 'supplier'?"),
        ("[DATE_FROM, TIME_FROM]", "[A, B, C]", 16, "a date is in one column, or in two"),
        ("to: DATE_TO", "to: 2014", 17, "a date is in one column, or in two"),
        ("day first", "month first", 21, "where 'day first' or 'year first' is wanted"),
        ("kind: offence", "kind: crime", 12, "'offence', 'incident' or 'case' is wanted"),
        ("kind: offence", "kind: case", 19, "an extract of kind case has 'type', not 'offence'"),
        ("offence: OFFENCE", "status: OFFENCE", 14, "one of offence and type is wanted"),
        ("to: DATE_TO", "to: OFFENCE", 19, "'OFFENCE' is mapped to to and to offence"),
        ("to: DATE_TO", "easting: X", 17, "easting is here without northing"),
        ('yes: [Y, "Yes", "1"]', "blank_is_no: true", 11, "nothing says what counts as yes"),
        ('"Yes", "1"]', "Yes]", 22, "Put it in quotes"),
        ("no: [N]", "no: [y]", 23, "'y' counts both as yes and as no"),
        ("[BEAT]", "[DV]", 24, "the column 'DV' is mapped, and ignored"),
        ("[BEAT]", "[BEAT, BEAT]", 24, "the column 'BEAT' is here twice"),
        ("    covers:", "    cover:", 25, "Did you mean 'covers'?"),
        ("districts: all", "district: all", 26, "Did you mean 'districts'?"),
        ("districts: all", "districts: everywhere", 26, "'everywhere' is not 'all'"),
        ("districts: all", "districts: []", 26, "nothing is named"),
        ("districts: all", 'districts: ["E22000166"]', 26, "is not the code of a district"),
        ("districts: all", "districts: [E07000131, E07000131]", 26, "is here twice"),
        ('["28E", Shoplifting]', "[Shoplifting, Shoplifting]", 27, "is here twice"),
        ('["28E", Shoplifting]', "[Shoplifting; Theft]", 27, "has a semicolon"),
        ('["28E", Shoplifting]', "[]", 27, "nothing is named"),
        ('["28E", Shoplifting]', "[all]", 27, "'all' stands alone"),
        ("offences: [", "types: [", 27, "covers 'offences', not 'types'"),
        ('      offences: ["28E", Shoplifting]\n', "", 25, "offences"),
        ("  force-extract:", "  Force Extract:", 11, "'Force Extract' is not a slug"),
    ],
)
def test_a_fault_is_told_by_line(load, old, new, line, says):
    assert ANYWHERE.count(old) == 1
    with pytest.raises(ParamsError) as caught:
        load(ANYWHERE.replace(old, new))
    assert f"params/partnerships/anywhere.yml:{line}" in str(caught.value)
    assert says in str(caught.value)


COVERS = [
    # districts              offences                as the store keeps them
    ("all", "all", ("E07000131", "all")),
    ("all", '["28E", Shoplifting]', ("E07000131", "28E; Shoplifting")),
    ('["E07000133", "E07000131"]', "all", ("E07000133; E07000131", "all")),
]


@pytest.mark.parametrize(("districts", "offences", "kept"), COVERS)
def test_what_an_extract_covers_is_said_in_districts_and_offences(load, districts, offences, kept):
    text = ANYWHERE.replace("districts: all", f"districts: {districts}")
    covers = load(text.replace('["28E", Shoplifting]', offences)).extract("force-extract").covers
    assert (covers.areas, covers.types) == kept


def test_an_extract_of_cases_covers_types(load):
    text = ANYWHERE.replace("kind: offence", "kind: case").replace("offence:", "type:")
    covers = load(text.replace("offences: [", "types: [")).extract("force-extract").covers
    assert covers.types == "28E; Shoplifting"


def test_an_extract_need_not_say_what_it_covers(load):
    assert load(ANYWHERE.partition("    covers:")[0]).extract("force-extract").covers is None


def test_an_extract_nobody_described_is_asked_for(load):
    with pytest.raises(ParamsError) as caught:
        load(ANYWHERE).extract("force-extracts")
    assert "Anywhere has no extract 'force-extracts'" in str(caught.value)
    assert "Did you mean 'force-extract'?" in str(caught.value)


def test_the_example_in_a_new_partnerships_file_is_sound(load, tmp_path):
    """Its comment signs taken off, it is read."""
    written = new_partnership(Project(tmp_path), "other", "Other").read_text(encoding="utf-8")
    assert TO_FILL_IN in written
    _, mark, example = written.partition("# extracts:\n")
    assert mark
    plain = "extracts:\n" + "".join(line[2:] + "\n" for line in example.splitlines())
    extract = load(ANYWHERE.partition("extracts:")[0] + plain).extract("force-extract")
    assert extract.column("victim_key") == "VICTIM_HASH"
    assert extract.covers.types == "all"


def test_a_partnership_need_have_none(load):
    assert load(ANYWHERE.partition("extracts:")[0]).extracts == {}
