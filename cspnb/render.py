"""One notebook, one set of parameters, one edition."""

import os
import time
from pathlib import Path

import nbformat

from cspnb import params
from cspnb.editions import EditionKey, expansion, files
from cspnb.editions.record import provenance, record
from cspnb.errors import CspnbError, EditionError, RenderError
from cspnb.execution import execute
from cspnb.jobs import Job, Outcome, fail, record_run
from cspnb.project import Project
from cspnb.publish import html
from cspnb.publish.masthead import Masthead
from cspnb.store import Store


def render(job: Job) -> Outcome:
    """Make one edition: expand, execute, convert, write; the run is recorded beside it.

    A failure is raised, and recorded too; the last good edition stays as it was, and where the
    notebook itself failed it is kept as `failed.ipynb`. An edition that has been edited since it
    was made is left alone: EditionError, and no run is recorded, for it is as good as it was.
    """
    started = time.monotonic()
    try:
        warnings = _make(job)
    except EditionError:
        raise
    except CspnbError as error:
        fail(job, str(error), time.monotonic() - started)
        raise
    except (OSError, RuntimeError, ValueError) as error:
        said = f"{type(error).__name__}: {error}".replace(f"{job.root}{os.sep}", "")
        broken = RenderError(said, where=str(job.key))
        fail(job, str(broken), time.monotonic() - started)
        raise broken from error
    outcome = Outcome(job, "made", time.monotonic() - started, warnings=warnings)
    record_run(outcome)
    return outcome


def _make(job: Job) -> tuple[str, ...]:
    project = Project(Path(job.root))
    partnership = params.load_partnership(project, job.partnership)
    template = project.template(job.report)
    if not job.fresh:
        files.require_unedited(job.folder, str(job.key))
    repeats = _repeats(partnership, job.key.period)
    notebook = expansion.expand(nbformat.read(template, as_version=4), repeats)
    versions = Store(job.store).versions()
    executed, failure = execute(notebook, job, versions)
    if failure:
        files.write_text(job.folder / files.FAILED_NOTEBOOK, nbformat.writes(executed) + "\n")
        kept = (job.folder / files.FAILED_NOTEBOOK).relative_to(project.root).as_posix()
        raise RenderError(failure, where=str(job.key), remedy=f"See the failed cell in {kept}.")
    made = record(job.key, executed, versions, template, project)
    _write(job, executed, made, _masthead(job.key, partnership, made, executed.metadata))
    return tuple(made["warnings"])


def _repeats(partnership, period) -> dict:
    plan, _ = partnership.plan_for(period)
    priorities = plan.priorities if plan else ()
    return {"repeat:priorities": [priority.slug for priority in priorities]}


def _masthead(key: EditionKey, partnership, made: dict, metadata) -> Masthead:
    """The head of the page; its summary is the notebook's own, `summary` of its metadata."""
    summary = metadata.get("cspnb", {}).get("summary", "")
    report = key.report.replace("-", " ").capitalize()
    return Masthead(
        title=f"{report} {key.period.label}",
        partnership=partnership.name,
        period_dates=key.period.dates,
        status=made["status"],
        is_sample=key.is_sample,
        summary=summary.replace("{area}", partnership.name_at(key.period)),
        provenance=provenance(made),
        warnings=tuple(made["warnings"]),
    )


def _write(job: Job, notebook, made: dict, masthead: Masthead) -> None:
    """Page and notebook first, the record last: a record without its files cannot be.

    The notebook may have been edited while this one was made: it is looked at once more.
    """
    folder = job.folder
    page = html.page(notebook, masthead, show_code=job.show_code)
    text = nbformat.writes(notebook) + "\n"
    if job.fresh:
        files.set_aside(folder)
    files.require_unedited(folder, str(job.key))
    files.write_text(folder / files.NOTEBOOK, text)
    files.write_text(folder / files.PAGE, page)
    _trust(text)
    files.write_text(folder / files.RECORD, files.as_json(made))
    (folder / files.FAILED_NOTEBOOK).unlink(missing_ok=True)


def _trust(text: str) -> None:
    """Sign the notebook, or JupyterLab would not show its pictures."""
    from nbformat.sign import NotebookNotary

    NotebookNotary().sign(nbformat.reads(text, as_version=4))
