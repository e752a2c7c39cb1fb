"""A batch goes on past whatever one report does, and tells of it."""

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from cspnb import batch, listing
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
