"""Every edition there is in outputs, and the index that lists them."""

from functools import cache
from pathlib import Path

from cspnb import params
from cspnb.editions import EditionKey, files
from cspnb.errors import CspnbError, ParamsError
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.publish import index
from cspnb.publish.index import Entry

UNREADABLE = {
    "status": "failed",
    "error": f"its {files.RUNS} cannot be read",
    "warnings": (),
    "seconds": None,
}


def write_index(project: Project) -> Path:
    """Write outputs/index.html and index.json from what is in the folders; the page's path."""
    entries = tuple(_entries(project))
    files.write_text(project.outputs / "index.json", index.as_json(entries))
    page = project.outputs / "index.html"
    files.write_text(page, index.page(entries))
    return page


def _entries(project: Project):
    for runs in sorted(project.outputs.rglob(files.RUNS)):
        if (key := _key(project.outputs, runs.parent)) is not None:
            yield _entry(project, key, files.read_runs(runs.parent).get("last", UNREADABLE))


def _key(outputs: Path, folder: Path) -> EditionKey | None:
    """The edition a folder is named for; None for a folder that somebody else put there."""
    parts = folder.relative_to(outputs).parts
    if len(parts) < 3 or parts[:-3] not in ((), ("sample",)):
        return None
    slug, period_slug, leaf = parts[-3:]
    report, _, subject = leaf.partition("--")
    try:
        return EditionKey(report, slug, Period.parse_slug(period_slug), subject, len(parts) > 3)
    except CspnbError:
        return None


def _entry(project: Project, key: EditionKey, last: dict) -> Entry:
    page = key.folder(project.outputs) / files.PAGE
    return Entry(
        partnership=_name(project, key.partnership),
        report=_title(key.report, key.subject),
        period=key.period.label,
        period_sort=str(key.period.start),
        status=last["status"],
        is_sample=key.is_sample,
        warnings=tuple(last["warnings"]),
        seconds=last["seconds"],
        href=page.relative_to(project.outputs).as_posix() if page.exists() else "",
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
