"""The params files by which a partnership weighs issues, looks back at what it did, and asks."""

from collections.abc import Iterator

from cspnb.params.calendar import CalendarParams
from cspnb.params.concerns import ConcernsParams
from cspnb.params.files import called, files_of, list_measures, list_partnerships, path_of
from cspnb.params.intervention import InterventionParams
from cspnb.params.nearest import did_you_mean
from cspnb.params.problems import Problem, error_of
from cspnb.params.reading import Document, read
from cspnb.params.references import unknown_measures
from cspnb.params.scoring import IssuesParams, SchemeParams
from cspnb.params.validation import validated
from cspnb.project import Project

MODELS = {
    "interventions": InterventionParams,
    "scoring": SchemeParams,
    "issues": IssuesParams,
    "concerns": ConcernsParams,
    "calendars": CalendarParams,
}
"""The model of each folder's files."""


def load_interventions(project: Project) -> dict[str, InterventionParams]:
    """Every intervention of a project by its slug; ParamsError with every problem."""
    return _load_all(project, "interventions")


def load_concerns(project: Project) -> dict[str, ConcernsParams]:
    """Every question on residents' concerns by its slug; ParamsError with every problem."""
    return _load_all(project, "concerns")


def load_calendars(project: Project) -> dict[str, CalendarParams]:
    """Every calendar of school holidays by its slug; ParamsError with every problem."""
    return _load_all(project, "calendars")


def load_issues(
    project: Project, partnership: str
) -> tuple[IssuesParams, SchemeParams] | tuple[None, None]:
    """A partnership's scored issues with their scheme; (None, None) where it has no file.

    Raises ParamsError with every problem of the two files.
    """
    path = path_of(project, "issues", partnership)
    if not path.exists():
        return None, None
    issues, problems = _opened(project, "issues", path)
    if problems:
        raise error_of(problems)
    scheme, problems = _opened(project, "scoring", path_of(project, "scoring", issues.scheme))
    if problems:
        raise error_of(problems)
    return issues, scheme


def check_assessments(project: Project) -> Iterator[Problem]:
    """Every problem of every file of these folders."""
    for folder in MODELS:
        for path in files_of(project, folder):
            yield from _opened(project, folder, path)[1]


def _load_all(project, folder):
    opened = {path.stem: _opened(project, folder, path) for path in files_of(project, folder)}
    if problems := [problem for _, found in opened.values() for problem in found]:
        raise error_of(problems)
    return {slug: made for slug, (made, _) in opened.items()}


def _opened(project, folder, path):
    """What a file makes (None if unsound), and its problems."""
    document = read(path, called(project, path))
    made, problems = validated(MODELS[folder], document, slug=path.stem)
    problems += unknown_measures(document, list_measures(project))
    if folder == "interventions" and made:
        problems += _of_no_partnership(project, document, ("partnership",), made.partnership)
    if folder == "issues" and made:
        problems += _of_no_partnership(project, document, (), path.stem)
        problems += _misscored(project, document, made)
    return made, problems


def _of_no_partnership(project, document: Document, place, slug) -> list[Problem]:
    known = list_partnerships(project)
    if slug in known:
        return []
    remedy = did_you_mean(slug, known, "The partnerships")
    return [document.problem(place, f"there is no partnership '{slug}'", remedy)]


def _misscored(project, document: Document, made: IssuesParams) -> list[Problem]:
    """Scores of criteria that the scheme lacks, and points off their scale."""
    path = path_of(project, "scoring", made.scheme)
    known = [each.stem for each in files_of(project, "scoring")]
    if made.scheme not in known:
        remedy = did_you_mean(made.scheme, known, "The schemes")
        return [document.problem(("scheme",), f"there is no scheme '{made.scheme}'", remedy)]
    scheme, _ = validated(SchemeParams, read(path, called(project, path)), slug=path.stem)
    if scheme is None:
        return []  # its own file is told of
    criteria = {each.key: each for each in scheme.criteria}
    found = []
    for position, issue in enumerate(made.issues):
        for key, points in issue.scores.items():
            place = ("issues", position, "scores", key)
            if key not in criteria:
                remedy = did_you_mean(key, criteria, "The criteria")
                found.append(document.problem(place, f"'{key}' is no criterion", remedy))
            elif not criteria[key].lowest <= points <= criteria[key].highest:
                scale = f"{criteria[key].lowest} to {criteria[key].highest}"
                found.append(
                    document.problem(place, f"{points} is off the scale", f"It is {scale}.")
                )
    return found
