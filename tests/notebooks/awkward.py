"""Tiny projects whose notebooks do one awkward thing each, for tests of the batch."""

import shutil

import nbformat

from tests.places import REPO

PARAMETERS = 'partnership = ""\nperiod = ""\nsubject = ""'


def project_with(folder, **notebooks):
    """A project with the committed params and the notebooks given by name: lists of sources."""
    shutil.copytree(REPO / "params", folder / "params")
    (folder / "notebooks").mkdir()
    for name, sources in notebooks.items():
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [
            nbformat.v4.new_markdown_cell("# A report", id="title"),
            _parameters(),
            *(nbformat.v4.new_code_cell(text, id=f"cell-{i}") for i, text in enumerate(sources)),
        ]
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    return folder


def _parameters():
    tags = {"tags": ["parameters"]}
    return nbformat.v4.new_code_cell(PARAMETERS, id="parameters", metadata=tags)
