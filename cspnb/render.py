"""One notebook, one set of parameters, one edition."""

import json
import os
import time
from pathlib import Path

import nbformat

from cspnb import params
from cspnb.editions import EditionKey, expansion, files
from cspnb.editions.record import provenance, record
from cspnb.errors import CspnbError, RenderError
from cspnb.jobs import Job, Outcome, fail, record_run
from cspnb.project import Project
from cspnb.publish import html
from cspnb.publish.masthead import Masthead
from cspnb.store import Store


def template_path(project: Project, report: str) -> Path:
    """The template of a report type; an error names the ones there are."""
    path = project.notebooks / f"{report.replace('-', '_')}.ipynb"
    if path.exists():
        return path
    known = sorted(p.stem.replace("_", "-") for p in project.notebooks.glob("*.ipynb"))
    raise CspnbError(
        f"there is no report type '{report}'", remedy=f"Choose one of: {', '.join(known)}."
    )


def render(job: Job) -> Outcome:
    """Make one edition: expand, execute, convert, write; the run is recorded beside it.

    A failure is raised, and recorded too. The last good edition stays as it was; where the
    notebook itself failed, it is kept as `failed.ipynb`.
    """
    started = time.monotonic()
    try:
        warnings = _make(job)
    except CspnbError as error:
        fail(job, str(error), time.monotonic() - started)
        raise
    outcome = Outcome(job, "made", time.monotonic() - started, warnings=warnings)
    record_run(outcome)
    return outcome


def _make(job: Job) -> tuple[str, ...]:
    project = Project(Path(job.root))
    partnership = params.load_partnership(project, job.partnership)
    template = template_path(project, job.report)
    _make_way(job.folder, fresh=job.fresh)
    repeats = _repeats(partnership, job.key.period)
    notebook = expansion.expand(nbformat.read(template, as_version=4), repeats)
    versions = Store(job.store).versions()
    executed, failure = _execute(notebook, job, versions)
    if failure:
        failed = job.folder / files.FAILED_NOTEBOOK
        files.write_text(failed, nbformat.writes(executed) + "\n")
        raise RenderError(failure, where=str(job.key), remedy=f"Open {failed.name} beside it.")
    made = record(job.key, executed, versions, template, project)
    _write(job.folder, executed, made, _masthead(job.key, partnership, made))
    return tuple(made["warnings"])


def _make_way(folder: Path, *, fresh: bool) -> None:
    if fresh:
        files.set_aside(folder)
    files.require_unedited(folder)


def _repeats(partnership, period) -> dict:
    plan, _ = partnership.plan_for(period)
    priorities = plan.priorities if plan else ()
    return {"repeat:priorities": [priority.slug for priority in priorities]}


def _execute(notebook, job: Job, versions: dict):
    """The executed notebook, and the error of the cell that failed, or ''."""
    folder = job.folder
    import papermill
    from papermill.exceptions import PapermillExecutionError

    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{os.getpid()}.executing.ipynb"
    values = {"partnership": job.partnership, "period": job.period, "subject": job.subject}
    failure = ""
    try:
        papermill.execute_notebook(
            notebook,
            unfinished,
            parameters=values,
            engine_name="cspnb",
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=folder,
            env=_kernel_environment(job, versions),
        )
    except PapermillExecutionError as error:
        failure = f"{error.ename}: {error.evalue}"
    try:
        return _tidied(nbformat.read(unfinished, as_version=4)), failure
    finally:
        unfinished.unlink(missing_ok=True)


def _kernel_environment(job: Job, versions: dict) -> dict:
    """What the kernel must know, and one thread each: a batch runs a kernel on every core."""
    return os.environ | {
        "CSPNB_HOME": job.root,
        "CSPNB_STORE": job.store,
        "CSPNB_STORE_VERSIONS": json.dumps(versions),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _tidied(notebook):
    """Without timings, machine's paths or random ids: the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = "injected-parameters"
        elif "papermill-error-cell-tag" in cell.metadata.get("tags", ()):
            cell.id = f"failed-{number}"
    return notebook


def _masthead(key: EditionKey, partnership, made: dict) -> Masthead:
    report = key.report.replace("-", " ").capitalize()
    return Masthead(
        title=f"{report} {key.period.label}",
        partnership=partnership.name,
        period_dates=key.period.dates,
        status=made["status"],
        is_sample=key.is_sample,
        summary=f"What was recorded in {partnership.short_name}, how it has changed, "
        "and where the partnership's priorities stand.",
        provenance=provenance(made),
        warnings=tuple(made["warnings"]),
    )


def _write(folder: Path, notebook, made: dict, masthead: Masthead) -> None:
    """Page and notebook first, the record last: a record without its files cannot be."""
    files.write_text(folder / files.PAGE, html.page(notebook, masthead))
    text = nbformat.writes(notebook) + "\n"
    files.write_text(folder / files.NOTEBOOK, text)
    files.write_text(folder / files.RECORD, files.as_json(made))
    (folder / files.FAILED_NOTEBOOK).unlink(missing_ok=True)
    _trust(text)


def _trust(text: str) -> None:
    """Sign the notebook, or JupyterLab would not show its pictures."""
    from nbformat.sign import NotebookNotary

    NotebookNotary().sign(nbformat.reads(text, as_version=4))
