"""How long one partnership's six years take to open as the store grows: `make bench`.

A store of invented rows grows from force to force (2 million rows by themselves, 5, 10 and 20
million with `--all`, which takes some minutes and 2 GB of disk). At each size a fresh process
opens Harborough's 2021/22 and counts six years of total crime, three times. `first` is all that
a new process pays after its imports; `warm` is the next call in it. `growth` is how much memory
it took beyond its imports. docs/performance.md says what was measured where.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import MONTHS, TERRITORIAL, Ground, offences
from memory import peak

from cspnb.store import Store, new_source_id

ROOT = Path(__file__).parents[1]
ROWS = 7_000
"""Of a force's month: 72 months of a force make half a million."""

MILLIONS = {2: 4, 5: 10, 10: 20, 20: 40}
"""Rows in the store, in millions, and of how many forces."""


def main():
    """Print the curve."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--all", action="store_true", help="to 20 million rows, not 5")
    asked.add_argument("--once", metavar="STORE", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.once:
        _open(given.once)
        return
    print("opening one partnership: millions of rows, first, warm, growth of memory")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        store, ground, filled = Store(str(Path(folder) / "store")), Ground.make(), 0
        _add_lookup(store, ground)
        for millions, forces in MILLIONS.items():
            if millions > 5 and not given.all:
                break
            _fill(store, ground, TERRITORIAL[filled:forces])
            filled = forces
            _report(store.address)


def _report(address):
    child = [sys.executable, __file__, "--once", address]
    paths = {"CSPNB_HOME": str(ROOT), "CSPNB_STORE": address}
    done = subprocess.run(child, env=os.environ | paths, capture_output=True, check=True)
    told = json.loads(done.stdout)
    print(  # noqa: T201
        f"{told['rows'] / 1e6:8.1f} M {told['first'] * 1e3:8.0f} ms {told['warm'] * 1e3:6.0f} ms"
        f" {told['growth']:6.0f} MB (of {told['peak']:.0f} MB, imports and all)"
    )


def _open(address):
    from cspnb.report import open_report

    before, took = peak(), []
    for _ in range(3):
        started = time.perf_counter()
        open_report("harborough", "2021/22").counts("total_crime")
        took.append(time.perf_counter() - started)
    after = peak()
    rows = int(Store(address).sources()["rows_stored"].sum())
    told = {"first": took[0], "warm": min(took[1:]), "growth": after - before, "peak": after}
    print(json.dumps(told | {"rows": rows}))  # noqa: T201


def _fill(store, ground, forces):
    """A batch a year, as a partnership that takes in a year's archive at a time has them."""
    for year in range(0, len(MONTHS), 12):
        with store.batch() as batch:
            names = {(f, m): new_source_id() for f in forces for m in MONTHS[year : year + 12]}
            batch.append(
                "offences",
                (
                    offences(ground, force, month, rows=ROWS, source_id=name)
                    for (force, month), name in names.items()
                ),
            )
            batch.name(
                [
                    _source(name, "offences", ROWS, force=force, month=month)
                    for (force, month), name in names.items()
                ]
            )


def _add_lookup(store, ground):
    name = new_source_id()
    links = ground.links(name)
    with store.batch() as batch:
        batch.append("geography", [links[list(_columns("geography"))]])
        batch.name([_source(name, "geography", len(links))])


def _columns(table):
    from cspnb.schemas import TABLES

    return TABLES[table].columns


def _source(name, table, rows, **about):
    counts = dict.fromkeys(("rows_copied", "rows_rejected", "rows_named", "rows_unplaced"), 0)
    return (
        counts
        | about
        | {
            "source_id": name,
            "table": table,
            "publisher": "nobody: invented",
            "licence": "none",
            "file_name": "invented",
            "sha256": name * 2,
            "rows_digest": name,
            "rows_read": rows,
            "rows_stored": rows,
            "rows_placed": rows,
            "is_sample": False,
        }
    )


if __name__ == "__main__":
    main()
