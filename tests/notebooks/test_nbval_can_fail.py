"""The committed figures are compared with real ones: a changed figure is found."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.places import REPO

pytestmark = pytest.mark.slow


def _nbval(notebook, sample_store):
    command = "-m pytest --nbval --nbval-current-env -q -p no:cacheprovider"
    return subprocess.run(
        [sys.executable, *command.split(), str(notebook)],
        cwd=REPO,
        env=os.environ
        | {"CSPNB_TEXT_ONLY": "1", "CSPNB_STORE": sample_store, "CSPNB_HOME": str(REPO)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("figure", "code"), [("2,778", 0), ("2,779", 1)])
def test_a_changed_figure_fails_the_notebook(tmp_path, sample_store, figure, code):
    notebook = tmp_path / "annual_review.ipynb"
    shutil.copy(REPO / "notebooks" / "annual_review.ipynb", notebook)
    text = notebook.read_text(encoding="utf-8")
    assert "2,778" in text
    notebook.write_text(text.replace("2,778", figure), encoding="utf-8")

    done = _nbval(notebook, sample_store)

    assert done.returncode == code, done.stdout[-2000:]
