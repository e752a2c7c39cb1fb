"""Run a notebook with papermill, and bring it back as every machine would have it."""

import json
import os
import tempfile
from pathlib import Path

import nbformat

from cspnb.jobs import Job


def execute(notebook, job: Job, versions: dict):
    """The executed notebook, and the error of the cell that failed, or ''.

    It runs in the edition's folder. A kernel that dies or never answers raises RuntimeError.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    job.folder.mkdir(parents=True, exist_ok=True)
    values = {"partnership": job.partnership, "period": job.period, "subject": job.subject}
    failure = ""
    with tempfile.TemporaryDirectory(prefix="cspnb-") as private:
        executed = Path(private) / "executed.ipynb"
        try:
            papermill.execute_notebook(
                notebook,
                executed,
                parameters=values,
                engine_name="cspnb",
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                cwd=job.folder,
                env=_kernel_environment(job, versions),
                sockets=str(Path(private) / "k"),
            )
        except PapermillExecutionError as error:
            failure = f"{error.ename}: {error.evalue}"
        return _tidied(nbformat.read(executed, as_version=4)), failure


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
        tags = cell.metadata.get("tags", ())
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
        elif "papermill-error-cell-tag" in tags:
            cell.id = f"failed-{number}"
        for output in cell.get("outputs", ()):
            if output.output_type == "error":  # a traceback names the machine's own folders
                output.traceback = [f"{output.ename}: {output.evalue}"]
    return notebook
