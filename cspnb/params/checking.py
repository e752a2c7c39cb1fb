"""All the params of a project at once: each file, and what one file says of another."""

from collections.abc import Iterator
from itertools import chain

from cspnb.params.assessments import MODELS, check_assessments
from cspnb.params.files import (
    called,
    files_of,
    list_partnerships,
    open_checklist,
    open_entry,
    open_measure,
    open_partnership,
)
from cspnb.params.problems import Problem
from cspnb.params.references import misplaced_targets, other_names
from cspnb.project import Project

FOLDERS = ("measures", "partnerships", "register", "checklists", *MODELS)


def check(project: Project) -> list[Problem]:
    """Every problem of every params file, in order of file and line; empty when all is well."""
    alone = [
        opened(project, path)[1]
        for folder, opened in (("register", open_entry), ("checklists", open_checklist))
        for path in files_of(project, folder)
    ]
    of_folders = (_misnamed(project), _measures_and_partnerships(project))
    return sorted({*chain(*of_folders, check_assessments(project), *alone)})


def _misnamed(project) -> Iterator[Problem]:
    for folder in FOLDERS:
        for path in (project.params / folder).glob("*.yaml"):
            yield Problem(
                called(project, path), 1, "this file is not read", "End its name in .yml."
            )


def _measures_and_partnerships(project) -> Iterator[Problem]:
    measures = {}
    for path in files_of(project, "measures"):
        measure, problems = open_measure(project, path)
        yield from problems
        if measure:
            measures[measure.key] = measure
    names = dict.fromkeys(list_partnerships(project), "a file of its own")
    for path in files_of(project, "partnerships"):
        partnership, document, problems = open_partnership(project, path)
        yield from problems
        if partnership:
            yield from misplaced_targets(partnership, document, measures)
        yield from _names_taken(document, names)


def _names_taken(document, names) -> Iterator[Problem]:
    """Problems of `also_known_as`; notes the names of this document in `names`."""
    for position, name in enumerate(other_names(document)):
        if name in names:
            yield document.problem(
                ("also_known_as", position),
                f"'{name}' already names another partnership: {names[name]}",
                "A name leads to one partnership; take it out here or there.",
            )
        names.setdefault(name, document.file)
