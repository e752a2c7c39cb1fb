import nbformat
import pytest

from cspnb.editions import EditionKey, expansion, files
from cspnb.errors import EditionError
from cspnb.periods import Period


def _cell(cell_id, source, *tags, kind="code"):
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return new(source, id=cell_id, metadata={"tags": list(tags)})


@pytest.fixture
def template():
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        _cell("title", "# Annual review", kind="markdown"),
        _cell("priority-ask", "priority = report.priority()", "repeat:priorities"),
        _cell("priority-words", "{eval}`priority.aim`", "repeat:priorities", kind="markdown"),
        _cell("method", "show(report)"),
    ]
    return notebook


def test_a_repeated_block_is_written_out_once_for_each_priority(template):
    expanded = expansion.expand(template, {"repeat:priorities": ["asb", "road-safety"]})

    assert [cell.id for cell in expanded.cells] == [
        "title",
        "priority-ask--asb",
        "priority-words--asb",
        "priority-ask--road-safety",
        "priority-words--road-safety",
        "method",
    ]
    assert expanded.cells[3].source == 'priority = report.priority("road-safety")'


def test_without_priorities_the_block_disappears(template):
    expanded = expansion.expand(template, {"repeat:priorities": []})

    assert [cell.id for cell in expanded.cells] == ["title", "method"]


def test_expanding_leaves_the_template_as_it_was(template):
    before = nbformat.writes(template)

    expansion.expand(template, {"repeat:priorities": ["asb"]})

    assert nbformat.writes(template) == before


def test_a_slug_too_long_for_a_cell_id_is_refused_not_cut(template):
    with pytest.raises(EditionError, match="longer than 64"):
        expansion.expand(template, {"repeat:priorities": ["a" * 60]})


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        (
            EditionKey("annual-review", "harborough", Period.parse("2013/14")),
            "harborough/fy-2013-14/annual-review",
        ),
        (
            EditionKey("tasking", "barnet", Period.parse("2013-01"), "robbery", True),
            "sample/barnet/m-2013-01/tasking--robbery",
        ),
    ],
)
def test_where_an_edition_is_kept(tmp_path, key, folder):
    assert key.folder(tmp_path) == tmp_path / folder


@pytest.mark.parametrize("name", ["../up", "a/b", "A", "", "a--b", "con:"])
def test_a_name_that_could_leave_the_folder_is_refused(name):
    with pytest.raises(EditionError):
        EditionKey("annual-review", name, Period.parse("2013/14"))


def _write_edition(folder, notebook):
    files.write_text(folder / files.NOTEBOOK, nbformat.writes(notebook))
    record = {"notebook": files.fingerprint(notebook)}
    files.write_text(folder / files.RECORD, files.as_json(record))


def test_an_untouched_edition_may_be_made_again(tmp_path, template):
    _write_edition(tmp_path, template)

    files.require_unedited(tmp_path, "annual-review")


def test_running_an_edition_again_by_hand_is_no_edit(tmp_path, template):
    _write_edition(tmp_path, template)
    template.cells[1].outputs = [nbformat.v4.new_output("stream", text="ran")]
    template.cells[1].execution_count = 4
    files.write_text(tmp_path / files.NOTEBOOK, nbformat.writes(template))

    files.require_unedited(tmp_path, "annual-review")


def test_an_analysts_words_are_never_written_over(tmp_path, template):
    _write_edition(tmp_path, template)
    template.cells[2].source = "Burglary worries our residents most."
    files.write_text(tmp_path / files.NOTEBOOK, nbformat.writes(template))

    with pytest.raises(EditionError, match="edited since"):
        files.require_unedited(tmp_path, "annual-review")


def test_a_notebook_without_a_record_is_taken_for_edited(tmp_path, template):
    files.write_text(tmp_path / files.NOTEBOOK, nbformat.writes(template))

    with pytest.raises(EditionError):
        files.require_unedited(tmp_path, "annual-review")


def test_setting_aside_keeps_every_earlier_notebook(tmp_path):
    for words in ("first", "second"):
        files.write_text(tmp_path / files.NOTEBOOK, words)
        files.set_aside(tmp_path)

    kept = sorted(tmp_path.glob("report.kept-*.ipynb"))
    assert [path.read_text(encoding="utf-8") for path in kept] == ["first", "second"]


def test_a_file_that_cannot_be_finished_leaves_the_old_one_and_no_trace(tmp_path):
    path = tmp_path / "page.html"
    files.write_text(path, "old")

    with pytest.raises(UnicodeEncodeError):
        files.write_text(path, "new \ud800")

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
