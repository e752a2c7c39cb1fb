"""Rules of the house that no linter knows: what the tree may hold, and how large its parts get."""

import ast
import re
import subprocess
import tomllib

import pytest
import yaml

from tests.places import REPO

LONGEST_MODULE = 300
LONGEST_BODY = 40
VAGUE = {"utils", "helpers", "common", "base", "manager", "misc", "util"}

PACKAGE = sorted((REPO / "cspnb").rglob("*.py"))
REGISTRIES = re.compile(r"https?://[^\s\"']*(pypi|pythonhosted|npmjs|debian\.org|anaconda)", re.I)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp/\w)[/\w]")


def _tracked():
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout.splitlines()  # fmt: skip
    return [REPO / name for name in names if (REPO / name).is_file()]


def _texts():
    for path in _tracked():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def test_no_file_names_a_package_registry_or_a_path_of_a_machine():
    found = [
        f"{path.relative_to(REPO)}: {match[0]}"
        for path, text in _texts()
        if path != REPO / "tests/house/test_tree.py"
        for match in [REGISTRIES.search(text) or MACHINE_PATH.search(text)]
        if match
    ]
    assert found == []


def test_the_pins_hold_no_address_and_pin_every_dependency():
    lock = (REPO / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    pinned = set(re.findall(r"^([A-Za-z0-9_.-]+)==", lock, re.M))

    assert "://" not in lock and " @ " not in lock and "--hash" not in lock
    assert {re.match(r"[A-Za-z0-9_.-]+", name)[0] for name in asked} <= pinned


def test_conda_reads_the_same_pins_as_pip():
    environment = yaml.safe_load((REPO / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]

    assert conda == ["python>=3.11", "pip"]
    assert pip == {"pip": ["-r requirements.lock", "-e ."]}


@pytest.mark.parametrize("path", PACKAGE, ids=lambda p: str(p.relative_to(REPO)))
def test_a_module_is_small_and_says_what_it_is(path):
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)

    assert path.stem not in VAGUE
    assert len(source.splitlines()) <= LONGEST_MODULE
    assert ast.get_docstring(tree) or not source.strip()
    long = [
        f"{node.name} ({_body_length(node)} lines)"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _body_length(node) > LONGEST_BODY
    ]
    assert long == []


def _body_length(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_the_changelog_has_a_place_for_figures_that_moved():
    assert "### Figures changed" in (REPO / "CHANGELOG.md").read_text(encoding="utf-8")


def test_only_the_clock_of_provenance_is_read():
    asking = re.compile(r"datetime\.now|date\.today|(?<!date)time\.time\(\)|utcnow|Timestamp\.now")
    found = [
        path.relative_to(REPO).as_posix()
        for path in PACKAGE
        if asking.search(path.read_text(encoding="utf-8"))
    ]
    assert found in ([], ["cspnb/store/batch.py"])


def test_no_two_kinds_of_question_share_a_name():
    """A part of Report that repeats another's method would silently take its place."""
    from cspnb.report.opening import Report

    owners: dict[str, list[str]] = {}
    for part in Report.__mro__[:-1]:
        for name in vars(part):
            if not name.startswith("__"):
                owners.setdefault(name, []).append(part.__name__)
    assert {name: parts for name, parts in owners.items() if len(parts) > 1} == {}


def test_every_page_of_methods_is_in_its_list_of_questions():
    methods = REPO / "docs" / "methods"
    listed = set(re.findall(r"\]\(([a-z-]+\.md)\)", (methods / "README.md").read_text("utf-8")))
    assert listed == {page.name for page in methods.glob("*.md")} - {"README.md"}
