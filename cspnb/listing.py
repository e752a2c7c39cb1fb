"""Every edition there is in outputs, and the index that lists them."""

from pathlib import Path

from cspnb.editions import files
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.publish import index
from cspnb.publish.index import Entry


def write_index(project: Project) -> Path:
    """Write outputs/index.html and index.json from what is in the folders; the page's path."""
    entries = tuple(_entries(project.outputs))
    files.write_text(project.outputs / "index.json", index.as_json(entries))
    page = project.outputs / "index.html"
    files.write_text(page, index.page(entries))
    return page


def _entries(outputs: Path):
    for runs in sorted(outputs.rglob(files.RUNS)):
        folder = runs.parent
        yield _entry(outputs, folder, files.read_runs(folder)["last"])


def _entry(outputs: Path, folder: Path, last: dict) -> Entry:
    """The edition in a folder, by the folder's own name: a failed one has no record yet."""
    *sample, partnership, period_slug, leaf = folder.relative_to(outputs).parts
    report, _, subject = leaf.partition("--")
    period = Period.parse_slug(period_slug)
    page = folder / files.PAGE
    return Entry(
        partnership=partnership,
        report=f"{report} ({subject})" if subject else report,
        period=period.label,
        period_sort=str(period.start),
        status=last["status"],
        is_sample=bool(sample),
        warnings=tuple(last["warnings"]),
        seconds=last["seconds"],
        href=page.relative_to(outputs).as_posix() if page.exists() else "",
        error=last["error"],
    )
