"""The invented data, taken in through the same doors as any other, in a store of its own."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from cspnb import sample
from cspnb.project import Project
from cspnb.store import Store

SEED = 2014
STAMP = "made-from.txt"


def requests() -> list[tuple[str, str, str]]:
    """The reports of the demonstration: each reference partnership at its reference period."""
    return [
        ("annual-review", slug, period) for slug, period in sorted(sample.REFERENCE_PERIODS.items())
    ]


def sample_store(project: Project) -> str:
    """The address of the sample's store; made if it is missing or was made by older code."""
    folder = project.root / ".store" / "sample"
    stamp = folder / STAMP
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != _recipe():
        _build(folder)
        stamp.write_text(_recipe(), encoding="utf-8")
    return str(folder)


def _build(folder: Path) -> None:
    """Build beside, then swap: a half-made sample never looks whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".sample-") as work:
        files = sample.write(Path(work) / "files", seed=SEED)
        ingest_sample(files, Store(str(Path(work) / "store")))
        shutil.rmtree(folder, ignore_errors=True)
        (Path(work) / "store").replace(folder)


def ingest_sample(files, store: Store) -> None:
    """Take the sample's files into a store, each through its own door."""
    from cspnb.ingest import (
        boundaries,
        force_extract,
        indicators,
        lookup,
        police_uk,
        population,
        severity,
        surveys,
    )

    lookup.ingest(files.lookups, store)
    population.ingest(files.population, store)
    boundaries.ingest(files.boundaries, store)
    police_uk.ingest(files.police_uk, store)
    indicators.ingest(files.indicators, store)
    surveys.ingest(files.surveys, store)
    severity.ingest(files.weights, store, weights_edition=sample.WEIGHTS_EDITION)
    for slug, path in files.extracts.items():
        force_extract.ingest([path], store, mapping=sample.described(slug))


def _recipe() -> str:
    """A hash of the code that makes and takes in the sample, and of what that stands on."""
    package = Path(__file__).parent
    digest = hashlib.sha256(str(SEED).encode())
    sources = [p for room in ("sample", "ingest", "store") for p in (package / room).rglob("*.py")]
    for path in sorted([*sources, *package.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
