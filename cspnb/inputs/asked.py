"""What a notebook asks of a report, read from its cells: nothing is run."""

import ast
from dataclasses import dataclass
from pathlib import Path

import nbformat

OF_ONE_MEASURE = ("counts", "levels")
OF_GROUPS = ("force_group", "peer_group")
OF_THE_PARTNERSHIP = ("key_counts", "aims", "priority", "priorities")


@dataclass(frozen=True)
class Asked:
    """What a report type asks.

    `measures` are named in its cells; `sets` are asked of the partnership's own params
    (key_counts, aims, priority); `groups` are (force_group or peer_group, measure).
    """

    measures: frozenset[str]
    sets: frozenset[str]
    groups: frozenset[tuple[str, str]]


def asked_of(notebook: Path) -> Asked:
    """What the code cells of a notebook ask of the name `report`."""
    cells = nbformat.read(notebook, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    asked = [*_calls(ast.parse(code)), *_attributes(ast.parse(code))]
    groups = frozenset(each for each in asked if each[0] in OF_GROUPS and each[1])
    named = {measure for name, measure in asked if name in OF_ONE_MEASURE and measure}
    return Asked(
        measures=frozenset(named | {measure for _, measure in groups}),
        sets=frozenset(name for name, _ in asked if name in OF_THE_PARTNERSHIP),
        groups=groups,
    )


def _calls(tree):
    """(method, its first argument where that is text) of each call on `report`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_of_report(node.func):
            first = node.args[0] if node.args else None
            measure = first.value if isinstance(first, ast.Constant) else ""
            yield node.func.attr, measure if isinstance(measure, str) else ""


def _attributes(tree):
    for node in ast.walk(tree):
        if _is_of_report(node):
            yield node.attr, ""


def _is_of_report(node):
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "report"
    )
