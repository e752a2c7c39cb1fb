"""The workbook that goes out asks for each figure once, of the area that has it."""

import openpyxl
import pytest
from typer.testing import CliRunner

from cspnb.cli.indicators import app
from cspnb.errors import CspnbError, PeriodError
from cspnb.params import load_measures, load_partnership
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.workbook import form, save, wording
from cspnb.workbook.writing import as_bytes
from tests.places import REPO

PROJECT = Project(REPO)
MEASURES = load_measures(PROJECT)
YEAR = Period.parse("2013/14")


def asked(slug, *measures, period=YEAR, **options):
    return form(load_partnership(PROJECT, slug), MEASURES, period, only=measures, **options)


def saved(tmp_path, *args, **options):
    return openpyxl.load_workbook(save(asked(*args, **options), tmp_path / "form.xlsx"))


@pytest.mark.parametrize(
    ("period", "years", "cadence", "periods"),
    [
        ("2013/14", 1, "", "2013/14"),
        ("2013/14", 3, "", "2011/12 2012/13 2013/14"),
        ("2013/14", 1, "annual", "2013/14"),
        ("2013/14", 1, "quarterly", "2013/14-Q1 2013/14-Q2 2013/14-Q3 2013/14-Q4"),
        ("2013/14-Q3", 1, "monthly", "2013-10 2013-11 2013-12"),
        ("2013/14-Q3", 2, "quarterly", "2012/13-Q3 2013/14-Q3"),
        ("2012-04..2014-03", 2, "annual", "2011/12 2012/13 2013/14"),
    ],
)
def test_periods_are_whole_or_cut_as_asked_and_of_the_years_before(period, years, cadence, periods):
    found = asked(
        "harborough", "primary_fires", period=Period.parse(period), years=years, cadence=cadence
    )
    assert [str(row.period) for row in found.rows] == periods.split()


@pytest.mark.parametrize(
    ("period", "cadence"),
    [("2013/14-Q3", "annual"), ("2014-03", "quarterly"), ("2013-05..2013-10", "quarterly")],
)
def test_a_period_that_is_no_whole_quarters_or_years_is_not_cut_into_them(period, cadence):
    with pytest.raises(PeriodError, match="cannot be cut"):
        asked("harborough", "primary_fires", period=Period.parse(period), cadence=cadence)


@pytest.mark.parametrize(
    ("slug", "measure", "areas"),
    [
        ("harborough", "primary_fires", ["E07000131"]),
        ("harborough", "user_satisfaction", ["E07000131"]),
        ("harborough", "reoffending", ["E10000018"]),
        ("barnet", "reoffending", ["E09000003"]),
        ("burnley", "youth_custody", ["E10000017"]),
        ("north-worcestershire", "primary_fires", ["E07000234", "E07000236", "E07000239"]),
        ("north-worcestershire", "user_satisfaction", ["E22000368"]),
        ("north-worcestershire", "reoffending", ["E10000034"]),
    ],
)
def test_a_figure_is_asked_of_the_area_a_report_looks_for(slug, measure, areas):
    assert [row.area.code for row in asked(slug, measure).rows] == areas


def test_without_a_county_in_the_params_its_figures_are_left_out_and_that_is_said(tmp_path):
    harborough = load_partnership(PROJECT, "harborough").model_copy(update={"county": None})
    found = form(harborough, MEASURES, YEAR, only=["reoffending", "primary_fires"])
    assert [row.measure.key for row in found.rows] == ["primary_fires"]
    assert found.left_out == ("Proven reoffending",)
    cover = openpyxl.load_workbook(save(found, tmp_path / "f.xlsx"))["Instructions"]
    assert any("Not asked" in str(cell.value) for cell in cover["A"])
    with pytest.raises(CspnbError, match="nothing to ask for"):
        save(form(harborough, MEASURES, YEAR, only=["reoffending"]), tmp_path / "g.xlsx")


def test_what_only_partners_have_and_what_reports_need_is_asked_for_unless_some_are_named():
    keys = {measure.key for measure in asked("harborough").measures}
    assert {"reoffending", "feels_safe_after_dark", "ambulance_assaults"} <= keys
    assert {"domestic_abuse", "hate_crime"} <= keys, "held in extracts of the police alone"
    assert {"primary_fires", "domestic_burglary"} <= keys, "its plan names them"
    assert not keys & {"total_crime", "anti_social_behaviour", "burglary"}
    named = asked("harborough", "total_crime", "burglary")
    assert [measure.key for measure in named.measures] == ["total_crime", "burglary"]


@pytest.mark.parametrize(
    ("period", "years", "cadence", "said"),
    [
        ("2021/22", 1, "quarterly", "figures for 2021/22, by quarter"),
        ("2021/22", 1, "", "figures for 2021/22"),
        ("2021/22", 3, "monthly", "figures for 2021/22, by month, and the same of the 2 years"),
        ("2013/14-Q3", 2, "", "figures for October to December 2013, and the same of the year"),
    ],
)
def test_the_cover_says_which_period_is_asked_for_as_a_reader_would(period, years, cadence, said):
    found = asked(
        "harborough", "primary_fires", period=Period.parse(period), years=years, cadence=cadence
    )
    assert said in wording.instructions(found)[0]


def test_open_data_that_no_report_of_the_partnership_needs_is_not_asked_for():
    harborough = load_partnership(PROJECT, "harborough")
    without_plan = harborough.model_copy(update={"plans": (), "key_measures": (), "reports": ()})
    keys = {measure.key for measure in form(without_plan, MEASURES, YEAR).measures}
    assert {"domestic_abuse", "reoffending"} <= keys
    assert not keys & {"primary_fires", "domestic_burglary", "road_casualties", "total_crime"}


def test_an_unknown_measure_is_refused_with_the_nearest():
    with pytest.raises(CspnbError, match="Did you mean 'primary_fires'"):
        asked("harborough", "primary_fire")


def test_a_sheet_has_one_table_with_its_headings_in_the_fourth_row(tmp_path):
    book = saved(tmp_path, "harborough", "anti_social_behaviour", "reoffending")
    assert book.sheetnames == ["Instructions", "ASB", "Reoffending", "Lists"]
    sheet = book["ASB"]
    assert [cell.value for cell in sheet[4]] == [
        *("Measure", "Period", "Area", "Value", "Unit", "Base", "Supplier", "Note"),
        *("Measure key", "Area code"),
    ]
    assert [cell.value for cell in sheet[5]] == [
        *("Anti-social behaviour", "2013/14", "Harborough", None, "incidents", None, None, None),
        *("anti_social_behaviour", "E07000131"),
    ]
    assert sheet.freeze_panes == "A5"
    for each in book.worksheets:
        assert len(each.tables) == 1
        assert not each.merged_cells.ranges
        assert any("This worksheet contains one table" in str(cell.value) for cell in each["A"])


def test_only_the_cells_to_fill_in_are_unlocked(tmp_path):
    sheet = saved(tmp_path, "harborough", "anti_social_behaviour")["ASB"]
    assert sheet.protection.sheet
    unlocked = [cell.coordinate for cell in sheet[5] if not cell.protection.locked]
    assert unlocked == ["D5", "F5", "G5", "H5"]
    assert all(cell.protection.locked for cell in sheet[4])


def test_cells_accept_only_what_they_should_hold(tmp_path):
    book = saved(tmp_path, "harborough", "issues_dealt_with", "user_satisfaction", "primary_fires")
    rules = {
        (str(rule.sqref), rule.type, rule.formula1, rule.formula2)
        for name in ("Perceptions", "Fire")
        for rule in book[name].data_validations.dataValidation
    }
    assert ("D5", "whole", "0", None) in rules
    assert ("F5", "whole", "1", None) in rules
    assert ("D5", "decimal", "0", "100") in rules
    assert ("D6", "decimal", "0", "100") in rules
    lists = [[cell.value for cell in row[:3]] for row in book["Lists"].iter_rows(min_row=5)]
    assert lists == [
        ["Measure", "Primary fires", "primary_fires"],
        ["Measure", "Police and council deal with the issues that matter", "issues_dealt_with"],
        ["Measure", "User satisfaction", "user_satisfaction"],
        ["Period", "2013/14", None],
        ["Area", "Harborough", "E07000131"],
    ]
    assert {(where, by) for where, kind, by, _ in rules if kind == "list"} == {
        ("A5", "=Lists!$B$5:$B$7"),
        ("B5", "=Lists!$B$8:$B$8"),
        ("C5", "=Lists!$B$9:$B$9"),
        ("A5:A6", "=Lists!$B$5:$B$7"),
        ("B5:B6", "=Lists!$B$8:$B$8"),
        ("C5:C6", "=Lists!$B$9:$B$9"),
    }


def test_the_same_form_gives_the_same_bytes():
    found = asked("harborough", years=3, cadence="quarterly")
    assert as_bytes(found) == as_bytes(found)
    assert b"1980-01-01" in _member(as_bytes(found), "docProps/core.xml")
    assert b"202" not in _member(as_bytes(found), "docProps/core.xml")


def _member(content, name):
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path):
    sly = MEASURES["primary_fires"].model_copy(update={"label": "=1+1"})
    harborough = load_partnership(PROJECT, "harborough")
    path = save(
        form(harborough, {"primary_fires": sly}, YEAR, only=["primary_fires"]),
        tmp_path / "form.xlsx",
    )
    cell = openpyxl.load_workbook(path)["Fire"]["A5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_workbook_that_is_there_is_never_written_over(tmp_path):
    (tmp_path / "form.xlsx").write_text("filled in", encoding="utf-8")
    with pytest.raises(CspnbError, match="may be filled in"):
        save(asked("harborough", "primary_fires"), tmp_path / "form.xlsx")
    assert (tmp_path / "form.xlsx").read_text(encoding="utf-8") == "filled in"


def test_the_command_writes_the_workbook_and_says_what_comes_next(tmp_path, monkeypatch):
    monkeypatch.setenv("CSPNB_HOME", str(REPO))
    monkeypatch.chdir(tmp_path)
    words = ["new", "harborough", "--period", "2013/14", "--years", "3", "--quarterly"]
    told = CliRunner().invoke(app, [*words, "--measure", "primary_fires"])
    assert told.exit_code == 0, told.output
    assert "Wrote indicators-harborough-fy-2013-14.xlsx: 12 rows on 1 sheets" in told.output
    assert "cspnb ingest indicators indicators-harborough-fy-2013-14.xlsx" in told.output
    assert (tmp_path / "indicators-harborough-fy-2013-14.xlsx").is_file()
    twice = CliRunner().invoke(app, [*words, "--monthly"])
    assert twice.exit_code != 0
