"""The params files of a project: which there are, and what each says."""

from pathlib import Path

from cspnb.errors import ParamsError
from cspnb.params.checklist import Checklist
from cspnb.params.measure import MeasureParams
from cspnb.params.nearest import did_you_mean
from cspnb.params.partnership import Partnership
from cspnb.params.problems import Problem, error_of
from cspnb.params.reading import Document, read
from cspnb.params.references import other_names, unknown_measures
from cspnb.params.register import RegisterEntry
from cspnb.params.validation import validated
from cspnb.project import Project


def list_partnerships(project: Project) -> list[str]:
    """The slugs of a project's partnerships in order: names of files; none is opened."""
    return _stems(project, "partnerships")


def list_measures(project: Project) -> list[str]:
    """The keys of a project's measures in order: names of files; none is opened."""
    return _stems(project, "measures")


def load_partnership(project: Project, slug: str) -> Partnership:
    """The partnership of that slug, or the one that says it is `also_known_as` it.

    Raises ParamsError with every problem of the file, each with its line; or, where no
    partnership goes by that name, with the nearest.
    """
    path = path_of(project, "partnerships", slug)
    if slug not in list_partnerships(project):
        path = _known_as(project, slug)
    partnership, _, problems = open_partnership(project, path)
    if problems:
        raise error_of(problems)
    return partnership


def load_measures(project: Project) -> dict[str, MeasureParams]:
    """Every measure of a project by its key, in the order of their keys.

    Raises ParamsError with every problem of every file, each with its line.
    """
    opened = [open_measure(project, path) for path in files_of(project, "measures")]
    if problems := [problem for _, found in opened for problem in found]:
        raise error_of(problems)
    return {measure.key: measure for measure, _ in opened}


def load_register(project: Project) -> tuple[RegisterEntry, ...]:
    """Every date of a project's register, earliest first.

    Raises ParamsError with every problem of every file, each with its line.
    """
    opened = [open_entry(project, path) for path in files_of(project, "register")]
    if problems := [problem for _, found in opened for problem in found]:
        raise error_of(problems)
    return tuple(sorted((entry for entry, _ in opened), key=lambda entry: entry.since))


def load_checklist(project: Project, name: str) -> Checklist:
    """The checklist of that name; ParamsError with every problem of the file."""
    names = _stems(project, "checklists")
    if name not in names:
        raise ParamsError(
            f"there is no checklist '{name}'",
            where="params/checklists",
            remedy=did_you_mean(name, names, "The checklists"),
        )
    checklist, problems = open_checklist(project, path_of(project, "checklists", name))
    if problems:
        raise error_of(problems)
    return checklist


def files_of(project: Project, folder: str) -> list[Path]:
    """The YAML files of a folder of params, in order of name."""
    return sorted((project.params / folder).glob("*.yml"))


def path_of(project: Project, folder: str, stem: str) -> Path:
    """Where a file of params is, or would be."""
    return project.params / folder / f"{stem}.yml"


def called(project: Project, path: Path) -> str:
    """A file's name in messages: its path from the project's folder, with '/' on any system."""
    return path.relative_to(project.root).as_posix()


def open_partnership(
    project: Project, path: Path
) -> tuple[Partnership | None, Document, list[Problem]]:
    """A partnership's file: what it makes (None if unsound), what it says, and its problems."""
    document = read(path, called(project, path))
    partnership, problems = validated(Partnership, document, slug=path.stem)
    problems += unknown_measures(document, list_measures(project))
    return partnership, document, problems


def open_measure(project: Project, path: Path) -> tuple[MeasureParams | None, list[Problem]]:
    """A measure's file: what it makes (None if unsound), and its problems."""
    return validated(MeasureParams, read(path, called(project, path)), key=path.stem)


def open_entry(project: Project, path: Path) -> tuple[RegisterEntry | None, list[Problem]]:
    """A file of the register: what it makes (None if unsound), and its problems."""
    document = read(path, called(project, path))
    entry, problems = validated(RegisterEntry, document, slug=path.stem)
    return entry, problems + unknown_measures(document, list_measures(project))


def open_checklist(project: Project, path: Path) -> tuple[Checklist | None, list[Problem]]:
    """A checklist's file: what it makes (None if unsound), and its problems."""
    document = read(path, called(project, path))
    checklist, problems = validated(Checklist, document, slug=path.stem)
    return checklist, problems + unknown_measures(document, list_measures(project))


def _stems(project, folder):
    return [path.stem for path in files_of(project, folder)]


def _known_as(project, slug) -> Path:
    for path in files_of(project, "partnerships"):
        if slug in other_names(read(path, called(project, path))):
            return path
    raise ParamsError(
        f"there is no partnership '{slug}'",
        where="params/partnerships",
        remedy=did_you_mean(slug, list_partnerships(project), "The partnerships"),
    )
