"""What an edition was made from, and what it says: the content of `edition.json`."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from cspnb.editions import EditionKey, files
from cspnb.project import Project

EXHIBIT = "application/vnd.cspnb.exhibit+json"

SOFTWARE = (
    "cspnb",
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "scipy",
    "seaborn",
    "statsmodels",
)


def exhibits(notebook) -> list[dict]:
    """The exhibits shown by an executed notebook, in order, as their JSON."""
    return [
        output.data[EXHIBIT]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if EXHIBIT in output.get("data", {})
    ]


def record(key: EditionKey, notebook, versions: dict, template: Path, project: Project) -> dict:
    """The edition's record: parameters, table versions, hashes, software, facts, warnings."""
    shown = exhibits(notebook)
    return {
        "report": key.report,
        "partnership": key.partnership,
        "period": str(key.period),
        "subject": key.subject,
        "is_sample": key.is_sample,
        "status": "draft",
        "tables": versions,
        "hashes": {
            "template": _sha256(template.read_bytes()),
            "package": package_hash(),
            "params": params_hash(project),
        },
        "software": {name: version(name) for name in SOFTWARE},
        "notebook": files.fingerprint(notebook),
        "facts": [fact | {"exhibit": each["title"]} for each in shown for fact in each["facts"]],
        "warnings": [*_warnings(shown), *_unresolved(notebook)],
    }


def _warnings(shown):
    return list(dict.fromkeys(text for each in shown for text in each.get("warnings", ())))


def _unresolved(notebook) -> list[str]:
    return [
        f"An inline figure could not be worked out: {item['expression']}"
        for cell in notebook.cells
        for item in cell.metadata.get("user_expressions", ())
        if item["result"].get("status") != "ok"
    ]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def package_hash() -> str:
    """SHA-256 of the package's own source and style files, names included."""
    root = Path(__file__).parent.parent
    return _hash_of_files(root, (p for p in root.rglob("*") if "__pycache__" not in p.parts))


def params_hash(project: Project) -> str:
    """SHA-256 of every params file, names included."""
    return _hash_of_files(project.params, project.params.rglob("*.yml"))


def _hash_of_files(root: Path, paths) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in paths if p.is_file()):
        digest.update(path.relative_to(root).as_posix().encode("utf-8") + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def provenance(record: dict) -> tuple[tuple[str, str], ...]:
    """The record as label and value, for the end of the page."""
    tables = ", ".join(f"{name} {number}" for name, number in sorted(record["tables"].items()))
    hashes = ", ".join(f"{name} {h[:12]}" for name, h in sorted(record["hashes"].items()))
    software = ", ".join(f"{name} {number}" for name, number in record["software"].items())
    return (
        ("Report", record["report"]),
        ("Partnership", record["partnership"]),
        ("Period", record["period"]),
        ("Versions of the data tables", tables),
        ("Fingerprints", hashes),
        ("Software", software),
    )
