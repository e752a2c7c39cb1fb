"""A notebook says it; the package does it."""

import ast

import nbformat
import pytest

from tests.places import REPO

LONGEST_CELL = 10
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try,
    ast.Lambda, ast.With, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.IfExp,
)  # fmt: skip

TEMPLATES = sorted((REPO / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert TEMPLATES


@pytest.fixture(params=TEMPLATES, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


def _code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_it_is_a_valid_notebook_with_readable_ids(notebook):
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert all(cell_id.replace("-", "").isalpha() and cell_id.islower() for cell_id in ids)


def test_it_says_in_a_sentence_what_its_page_is(notebook):
    assert notebook.metadata["cspnb"]["summary"].endswith(".")


def test_its_cells_are_short_and_hold_no_logic(notebook):
    for cell in _code(notebook):
        assert len(cell.source.splitlines()) <= LONGEST_CELL, cell.id
        logic = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, FORBIDDEN)]
        assert logic == [], cell.id


def test_it_imports_only_our_report_room(notebook):
    imports = [
        node
        for cell in _code(notebook)
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert [node.module for node in imports] == ["cspnb.report"]


def test_its_parameters_are_few_and_plain(notebook):
    [cell] = [c for c in _code(notebook) if "parameters" in c.metadata.get("tags", ())]
    names = [node.targets[0].id for node in ast.parse(cell.source).body]
    assert names == ["partnership", "period", "subject"]


def test_its_headings_step_down_one_level_at_a_time(notebook):
    levels = [
        len(line) - len(line.lstrip("#"))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_committed_notebook_keeps_its_text_and_no_pictures(notebook):
    outputs = [output for cell in _code(notebook) for output in cell.outputs]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert outputs
    assert kinds == {"text/plain"}
    assert all(output.output_type == "display_data" for output in outputs)
