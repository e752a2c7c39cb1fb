"""A batch goes on past whatever one report does, and tells of it."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from cspnb import batch, listing
from cspnb.editions.files import fingerprint
from cspnb.errors import CspnbError, EditionError
from cspnb.project import Project
from cspnb.render import render
from tests.notebooks.awkward import project_with
from tests.places import REPO

GOOD = ["print('well')"]
FAILING = ["print('so far')", "1 / 0", "print('never')"]
# The kernel's parent is the process that renders: this is that process, killed.
KILLING = ["import os, signal", "os.kill(os.getppid(), signal.SIGKILL)"]

PERIOD = "2013/14"


@pytest.fixture
def project(tmp_path):
    return Project(
        project_with(tmp_path, good_report=GOOD, failing_report=FAILING, killing_report=KILLING)
    )


def _run(project, store, reports, partnerships=("harborough",)):
    requests = [(report, name, PERIOD) for report in reports for name in partnerships]
    jobs = batch.plan(project, store, requests)
    return batch.run(jobs, workers=2, tell=lambda outcome: None)


def test_a_report_that_fails_does_not_stop_the_rest(project, sample_store):
    failed, good = _run(project, sample_store, ["failing-report", "good-report"])

    assert (failed.status, good.status) == ("failed", "made")
    assert "ZeroDivisionError" in failed.error
    assert (good.job.folder / "report.html").is_file()


def test_a_failed_report_keeps_its_notebook_beside_and_leaves_no_page(project, sample_store):
    [failed] = _run(project, sample_store, ["failing-report"])

    kept = nbformat.read(failed.job.folder / "failed.ipynb", as_version=4)
    shown = [output for cell in kept.cells for output in cell.get("outputs", ())]
    printed = [output.text for output in shown if output.output_type == "stream"]
    assert printed == ["so far\n"]
    assert not (failed.job.folder / "report.html").exists()
    assert sorted(p.name for p in failed.job.folder.iterdir()) == ["failed.ipynb", "run.json"]


@pytest.mark.slow
def test_a_process_that_dies_does_not_stop_the_rest(project, sample_store):
    reports = ["good-report", "killing-report"]
    outcomes = _run(project, sample_store, reports, ["harborough", "melton"])

    assert [o.status for o in outcomes] == ["made", "made", "failed", "failed"]
    assert "its process died" in outcomes[2].error


def test_the_index_lists_what_failed_first_and_its_links_work(project, sample_store):
    _run(project, sample_store, ["good-report", "failing-report"])

    page = listing.write_index(project).read_text(encoding="utf-8")
    entries = json.loads((project.outputs / "index.json").read_text(encoding="utf-8"))
    links = re.findall(r'href="([^"#]+\.html)"', page)

    assert page.index("Failing report") < page.index("Good report")
    assert "ZeroDivisionError" in page
    assert [(project.outputs / link).is_file() for link in links] == [True]
    assert "Harborough" in json.dumps(entries)


def test_a_good_edition_survives_a_later_failure(project, sample_store, monkeypatch):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    render(job)
    page = (job.folder / "report.html").read_bytes()
    broken = project.notebooks / "good_report.ipynb"
    source = broken.read_text(encoding="utf-8")
    broken.write_text(source.replace("print('well')", "1 / 0"), encoding="utf-8")

    with pytest.raises(CspnbError, match="ZeroDivisionError"):
        render(job)

    assert (job.folder / "report.html").read_bytes() == page


def test_an_edited_edition_is_not_written_over_unless_it_is_set_aside(project, sample_store):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    render(job)
    notebook = job.folder / "report.ipynb"
    edited = notebook.read_text(encoding="utf-8").replace("# A report", "# Our own words")
    notebook.write_text(edited, encoding="utf-8")

    with pytest.raises(EditionError, match="edited since"):
        render(job)
    assert notebook.read_text(encoding="utf-8") == edited

    [fresh] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)], fresh=True)
    render(fresh)
    assert (job.folder / "report.kept-1.ipynb").read_text(encoding="utf-8") == edited


def test_words_typed_while_a_report_is_made_are_kept(project, sample_store):
    """The cell of this report edits the edition's own notebook, as an analyst might meanwhile."""
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    render(job)
    typing = (
        "from pathlib import Path\n"
        "notebook = Path('report.ipynb')\n"
        "words = notebook.read_text(encoding='utf-8').replace('# A report', '# Our own words')\n"
        "notebook.write_text(words, encoding='utf-8')"
    )
    template = project.notebooks / "good_report.ipynb"
    notebook = nbformat.read(template, as_version=4)
    notebook.cells[-1].source = typing
    nbformat.write(notebook, template)

    with pytest.raises(EditionError, match="edited since"):
        render(job)

    assert "# Our own words" in (job.folder / "report.ipynb").read_text(encoding="utf-8")


def test_an_edited_edition_is_told_as_kept_and_the_index_does_not_call_it_failed(
    project, sample_store
):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    render(job)
    notebook = job.folder / "report.ipynb"
    edited = notebook.read_text(encoding="utf-8").replace("# A report", "# Our own words")
    notebook.write_text(edited, encoding="utf-8")

    [kept] = _run(project, sample_store, ["good-report"])

    assert (kept.status, kept.job) == ("kept", job)
    listing.write_index(project)
    index = json.loads((project.outputs / "index.json").read_text(encoding="utf-8"))
    assert [entry["status"] for entry in index["entries"]] == ["made"]


def test_a_fresh_start_that_fails_leaves_the_edition_whole(project, sample_store):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    render(job)
    before = {p.name: p.read_bytes() for p in job.folder.iterdir() if p.name != "run.json"}
    template = project.notebooks / "good_report.ipynb"
    notebook = nbformat.read(template, as_version=4)
    notebook.cells[-1].source = "1 / 0"
    nbformat.write(notebook, template)

    with pytest.raises(CspnbError, match="ZeroDivisionError"):
        render(dataclasses.replace(job, fresh=True))

    assert {name: (job.folder / name).read_bytes() for name in before} == before


def test_a_folder_that_cannot_be_written_fails_its_own_report_alone(project, sample_store):
    blocked = project.outputs / "sample" / "melton"
    blocked.parent.mkdir(parents=True)
    blocked.write_text("a file where a folder should be", encoding="utf-8")

    outcomes = _run(project, sample_store, ["good-report"], ["melton", "harborough"])

    assert [outcome.status for outcome in outcomes] == ["failed", "made"]
    assert "outputs/sample/melton" in outcomes[0].error.replace(os.sep, "/")
    assert str(project.root) not in outcomes[0].error


def test_the_index_passes_by_what_is_no_edition(project, sample_store):
    [made] = _run(project, sample_store, ["good-report"])
    copied = made.job.folder.parents[1] / "fy-2013-14 - Copy" / "good-report"
    shutil.copytree(made.job.folder, copied)
    (made.job.folder / "run.json").write_text("{", encoding="utf-8")

    listing.write_index(project)

    index = json.loads((project.outputs / "index.json").read_text(encoding="utf-8"))
    assert [entry["status"] for entry in index["entries"]] == ["failed"]
    assert "cannot be read" in index["entries"][0]["error"]


def test_a_failed_report_names_no_folder_of_the_machine(project, sample_store):
    [failed] = _run(project, sample_store, ["failing-report"])

    kept = (failed.job.folder / "failed.ipynb").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in kept
    assert str(project.root) not in kept and str(REPO) not in kept
    assert str(project.root) not in failed.error


def test_the_same_edition_made_twice_at_once_is_whole(project, sample_store):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    twice = [job, dataclasses.replace(job, fresh=True)]

    outcomes = batch.run(twice, workers=2, tell=lambda outcome: None)

    assert "made" in [outcome.status for outcome in outcomes]
    record = json.loads((job.folder / "edition.json").read_text(encoding="utf-8"))
    notebook = nbformat.read(job.folder / "report.ipynb", as_version=4)
    assert record["notebook"] == fingerprint(notebook)


def test_a_store_named_from_here_is_the_same_store_there(project, sample_store, monkeypatch):
    """Notebooks run in folders of their own; the address must mean the same place."""
    monkeypatch.chdir(REPO)
    monkeypatch.setenv("CSPNB_STORE", os.path.relpath(sample_store, REPO))

    assert project.store() == sample_store


def test_code_is_on_the_page_only_when_asked_for(project, sample_store):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])
    pages = []
    for asked in (job, dataclasses.replace(job, show_code=True)):
        render(asked)
        pages.append((job.folder / "report.html").read_text(encoding="utf-8"))

    assert ["print(" in page for page in pages] == [False, True]


def test_the_same_inputs_give_the_same_bytes_in_all_but_the_runs(project, sample_store):
    [job] = batch.plan(project, sample_store, [("good-report", "harborough", PERIOD)])

    def made():
        render(job)
        return {p.name: p.read_bytes() for p in job.folder.iterdir() if p.name != "run.json"}

    assert made() == made()


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (("no-such-report", "harborough", PERIOD), "no report type"),
        (("good-report", "harboro", PERIOD), "harborough"),
        (("good-report", "harborough", "2013/15"), "not a financial year"),
    ],
)
def test_a_batch_with_a_wrong_name_or_period_makes_nothing(project, sample_store, request_, said):
    requests = [("good-report", "melton", PERIOD), request_]
    with pytest.raises(CspnbError) as refused:
        batch.plan(project, sample_store, requests)
    assert said in str(refused.value)
    assert not project.outputs.exists()


def test_a_batch_of_nothing_is_refused_and_does_not_pass_for_done(project, sample_store):
    with pytest.raises(CspnbError, match="nothing to make"):
        batch.plan(project, sample_store, [])


def test_an_empty_store_is_refused_before_anything_starts(project, tmp_path):
    with pytest.raises(CspnbError, match="holds nothing"):
        batch.plan(project, str(tmp_path / "nowhere"), [("good-report", "harborough", PERIOD)])


EXIT_CODES = [("good-report", 0), ("failing-report", 1), ("no-such-report", 2)]


@pytest.mark.parametrize(("report", "code"), EXIT_CODES)
def test_the_exit_code_says_whether_all_some_or_nothing_was_done(
    project, sample_store, report, code
):
    command = f"-m cspnb batch {report} --partnership harborough --period {PERIOD}"
    done = subprocess.run(
        [sys.executable, *command.split()],
        cwd=project.root,
        env=os.environ | {"CSPNB_STORE": sample_store, "PYTHONPATH": str(REPO)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
