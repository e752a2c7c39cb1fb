"""How long the demonstration takes here: run `make bench`, or python benchmarks/batch.py.

It takes the invented data in afresh, then renders the five annual reviews, one at a time and
then on every core, in a folder of its own. Figures depend on the machine; docs/performance.md
says what was measured where.
"""

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from cspnb import batch, demo, listing
from cspnb.project import Project

ROOT = Path(__file__).parents[1]


@contextmanager
def _timed(what):
    started = time.perf_counter()
    yield
    print(f"{what:<44}{time.perf_counter() - started:7.1f} s")  # noqa: T201


def _render(project, store, workers):
    jobs = batch.plan(project, store, demo.requests())
    outcomes = batch.run(jobs, workers=workers, tell=lambda _: None)
    assert all(outcome.status == "made" for outcome in outcomes)
    listing.write_index(project)


def main():
    """Time each part of `cspnb demo`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("params", "notebooks"):
            shutil.copytree(ROOT / name, home / name)
        project = Project(home)
        with _timed("invented data, written and taken in"):
            store = demo.sample_store(project)
        with _timed("five reports, one at a time"):
            _render(project, store, workers=1)
        with _timed(f"five reports, {os.cpu_count()} at a time"):
            _render(project, store, workers=os.cpu_count() or 1)


if __name__ == "__main__":
    main()
