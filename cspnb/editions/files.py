"""The files of an edition, written whole or not at all, and never over an analyst's words."""

import hashlib
import json
import os
import uuid
from pathlib import Path

import nbformat

from cspnb.errors import EditionError

NOTEBOOK = "report.ipynb"
PAGE = "report.html"
RECORD = "edition.json"
RUNS = "run.json"
FAILED_NOTEBOOK = "failed.ipynb"


def fingerprint(notebook) -> str:
    """SHA-256 of what a person can type in a notebook: ids, kinds and text of its cells."""
    typed = [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(typed).encode("utf-8")).hexdigest()


def require_unedited(folder: Path, edition: str) -> None:
    """Refuse to go on where the edition's notebook is not as it was last written."""
    notebook, record = folder / NOTEBOOK, folder / RECORD
    if not notebook.exists():
        return
    written = read_record(folder).get("notebook") if record.exists() else None
    if _fingerprint_of(notebook) != written:
        raise EditionError(
            f"its {NOTEBOOK} has been edited since it was made, and is left as it is",
            where=edition,
            remedy="To make it anew from the template, add --fresh: the edited notebook is kept "
            "beside it.",
        )


def _fingerprint_of(notebook: Path) -> str | None:
    """None where it cannot be read: what is in it may be somebody's words all the same."""
    try:
        return fingerprint(nbformat.read(notebook, as_version=4))
    except nbformat.reader.NotJSONError:
        return None


def set_aside(folder: Path) -> Path | None:
    """Move an edition's notebook out of the way, to a name that is free; its new path."""
    notebook = folder / NOTEBOOK
    if not notebook.exists():
        return None
    number = 1
    while (kept := folder / f"report.kept-{number}.ipynb").exists():
        number += 1
    notebook.replace(kept)
    return kept


def read_record(folder: Path) -> dict:
    """The edition's record, `edition.json`; empty where there is none."""
    path = folder / RECORD
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def read_runs(folder: Path) -> dict:
    """The edition's history of runs, `run.json`; empty where there is none to be read."""
    path = folder / RUNS
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except json.JSONDecodeError:
        return {}


def as_json(value) -> str:
    """JSON with sorted keys and a newline at the end: the same value, the same bytes."""
    return json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a whole file or none: to another name first, then renamed into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
