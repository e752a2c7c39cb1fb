"""By hand, by papermill alone, or by the batch: the same figures, and pictures to look at."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import nbformat
import pytest
from nbclient import NotebookClient

from cspnb import batch
from cspnb.editions.record import exhibits
from cspnb.project import Project
from cspnb.render import render
from tests.places import REPO

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A project of its own, with Jupyter's signatures and settings kept inside it."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "params").symlink_to(REPO / "params", target_is_directory=True)
    (folder / "notebooks").symlink_to(REPO / "notebooks", target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def environment(home, sample_store):
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    whole = '{"windowingMode": "none"}'  # every cell is in the page, seen or not
    (settings / "tracker.jupyterlab-settings").write_text(whole, encoding="utf-8")
    changes = {
        "CSPNB_STORE": sample_store,
        "CSPNB_HOME": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in changes.items():
            patch.setenv(name, value)
        yield os.environ.copy()


@pytest.fixture(scope="module")
def edition(home, environment, sample_store):
    """The batch's own edition: its folder."""
    requests = [("annual-review", "harborough", "2013/14")]
    [job] = batch.plan(Project(home), sample_store, requests)
    render(job)
    return job.folder


def _facts(notebook):
    """Every number shown, by name, in order."""
    shown = (fact for exhibit in exhibits(notebook) for fact in exhibit["facts"])
    return [(fact["name"], fact["value"], fact["text"]) for fact in shown]


def _facts_of_record(folder):
    record = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
    return [(fact["name"], fact["value"], fact["text"]) for fact in record["facts"]]


def test_the_editions_notebook_gives_the_same_figures_in_its_own_folder(edition, environment):
    notebook = nbformat.read(edition / "report.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.pop("outputs", None) if cell.cell_type == "markdown" else cell.update(outputs=[])

    NotebookClient(notebook, resources={"metadata": {"path": str(edition)}}).execute()

    assert len(_facts(notebook)) > 100
    assert _facts(notebook) == _facts_of_record(edition)


def test_papermill_alone_runs_the_template_from_the_notebooks_folder(edition, environment, home):
    out = home / "by_papermill.ipynb"
    command = f"-m papermill annual_review.ipynb {out} -p partnership harborough -p period 2013/14"
    subprocess.run(
        [sys.executable, *command.split(), "--no-progress-bar"],
        cwd=REPO / "notebooks",
        env=environment,
        check=True,
        capture_output=True,
    )
    facts = _facts(nbformat.read(out, as_version=4))

    # As a template it shows the first priority alone; all that it shows is in the edition.
    assert len(facts) > 50
    assert set(facts) <= set(_facts_of_record(edition))


@contextmanager
def _jupyterlab(root, environment):
    """A real JupyterLab on this machine alone; its address."""
    port, token = 18888, "for-this-test"
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        f"--IdentityProvider.token={token}",
    ]
    options += [f"--ServerApp.root_dir={root}", "--ServerApp.port_retries=0"]
    with subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", *options],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/api/status?token={token}")
            yield lambda path: f"{address}/lab/tree/{path}?token={token}"
        finally:
            server.terminate()


def _wait_for(address, seconds=60):
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  this machine's own
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("JupyterLab did not start")


def test_jupyterlab_shows_the_pictures_and_runs_to_the_same_figures(
    edition,
    environment,
    home,
    browser,
):
    notebook = edition / "report.ipynb"
    with _jupyterlab(home, environment) as address_of:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address_of(notebook.relative_to(home).as_posix()))
        pictures = page.locator(".jp-OutputArea figure svg[role=img]")
        pictures.first.wait_for(timeout=90_000)
        before_running = pictures.count()
        trusted = page.locator(".jp-OutputArea figure").first.is_visible()

        page.get_by_role("menuitem", name="Edit", exact=True).click()
        page.get_by_role("menuitem", name="Clear Outputs of All Cells").click()
        page.wait_for_function("!document.querySelector('.jp-OutputArea figure')")
        _run_all(page)
        after_running = pictures.count()
        page.keyboard.press("Control+s")
        saved = _saved(notebook)
        page.close()

    assert before_running == after_running == 3
    assert trusted
    assert _facts(saved) == _facts_of_record(edition)


def _run_all(page):
    """Restart the kernel, run every cell, and wait until the last has run."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.wait_for_function(
        """() => {
            const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
            const texts = prompts.map(p => p.textContent.trim());
            const shown = document.querySelectorAll('.jp-OutputArea figure svg').length;
            return shown > 0 && texts.length > 5 && texts.every(t => /^\\[\\d+\\]:$/.test(t));
        }""",
        timeout=120_000,
    )


def _saved(notebook, seconds=20):
    """The notebook once JupyterLab has written it to its end."""
    written = notebook.stat().st_mtime_ns
    for _ in range(seconds * 4):
        time.sleep(0.25)
        if notebook.stat().st_mtime_ns != written:
            with suppress(nbformat.reader.NotJSONError):  # half of it is there
                return nbformat.read(notebook, as_version=4)
    return pytest.fail("JupyterLab did not save the notebook")
