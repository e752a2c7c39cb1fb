"""Every edition there is in outputs, and the index that lists them."""

from functools import cache
from pathlib import Path

from cspnb import params
from cspnb.editions import files
from cspnb.errors import ParamsError
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.publish import index
from cspnb.publish.index import Entry


def write_index(project: Project) -> Path:
    """Write outputs/index.html and index.json from what is in the folders; the page's path."""
    entries = tuple(_entries(project))
    files.write_text(project.outputs / "index.json", index.as_json(entries))
    page = project.outputs / "index.html"
    files.write_text(page, index.page(entries))
    return page


def _entries(project: Project):
    for runs in sorted(project.outputs.rglob(files.RUNS)):
        folder = runs.parent
        yield _entry(project, folder, files.read_runs(folder)["last"])


def _entry(project: Project, folder: Path, last: dict) -> Entry:
    """The edition in a folder, by the folder's own name: a failed one has no record yet."""
    outputs = project.outputs
    *sample, slug, period_slug, leaf = folder.relative_to(outputs).parts
    report, _, subject = leaf.partition("--")
    period = Period.parse_slug(period_slug)
    page = folder / files.PAGE
    return Entry(
        partnership=_name(project, slug),
        report=_title(report, subject),
        period=period.label,
        period_sort=str(period.start),
        status=last["status"],
        is_sample=bool(sample),
        warnings=tuple(last["warnings"]),
        seconds=last["seconds"],
        href=page.relative_to(outputs).as_posix() if page.exists() else "",
        error=last["error"],
    )


@cache
def _name(project: Project, slug: str) -> str:
    """The partnership's short name; its folder's name where its params file is gone or broken."""
    try:
        return params.load_partnership(project, slug).short_name
    except ParamsError:
        return slug


def _title(report: str, subject: str) -> str:
    title = report.replace("-", " ").capitalize()
    return f"{title} ({subject})" if subject else title
