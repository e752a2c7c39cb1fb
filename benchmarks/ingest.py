"""How fast police.uk's CSV files go into the store, beside a bare conversion: `make bench`.

The bare conversion reads each file with pyarrow.csv and writes it with pyarrow.parquet, all with
their defaults. Ingest does all it always does: hashes, checks, placing by a lookup, provenance.
The two take turns, and the middle of their times counts, for other programs may be running.
The files are the real ones beside this checkout where they are there, else invented ones.

Then fresh processes take in invented files of growing number, and print the most memory used:
the program's own before it reads anything, and at the most. docs/performance.md says what was
measured where.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from invented import MONTHS, TERRITORIAL, Ground, write_street_file
from memory import peak

from cspnb.ingest import lookup, police_uk
from cspnb.store import Store

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "data" / "real"
ARCHIVE = REAL / "police-leicestershire-street" / "leicestershire-street-2019-12_2022-10.zip"
LOOKUP = REAL / "ons-lookups" / "lsoa11-to-ward19-to-lad19-ew.csv.gz"
MILLIONS = (0.5, 1, 2)
MILLIONS_IN_ALL = (*MILLIONS, 4, 8)
ROWS = 10_000


def main():
    """Print rows a second, their ratio, and memory."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--all", action="store_true", help="memory to 8 million rows, not 2")
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--once", metavar="FOLDER", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.once:
        _print_memory(Path(given.once))
        return
    with tempfile.TemporaryDirectory() as work:
        archive, table = _given(Path(work))
        with zipfile.ZipFile(archive) as members:
            members.extractall(Path(work) / "loose")
        _compare("one archive", archive, table, given.rounds, Path(work))
        _compare("the same, loose", Path(work) / "loose", table, given.rounds, Path(work))
    _memory(MILLIONS_IN_ALL if given.all else MILLIONS)


def _compare(what, source, table, rounds, work):
    times = {"bare": [], "ingest": []}
    for number in range(rounds + 1):  # the first round warms up
        store = Store(str(work / f"store of {what} {number}"))
        lookup.ingest([table], store)
        for name, run in (("bare", _bare), ("ingest", lambda s, _: _ingest(s, store))):  # noqa: B023
            started = time.perf_counter()
            rows = run(source, work / "bare")
            times[name].append(time.perf_counter() - started)
    bare, ours = (statistics.median(times[name][1:]) for name in ("bare", "ingest"))
    best = min(times["bare"][1:]) / min(times["ingest"][1:])
    print(  # noqa: T201
        f"{what}, {rows:,} rows: bare {rows / bare:,.0f} a second, ingest {rows / ours:,.0f}; "
        f"ratio {bare / ours:.2f} (of the best times {best:.2f})"
    )


def _bare(source: Path, out: Path) -> int:
    out.mkdir(exist_ok=True)
    rows = 0
    for number, file in enumerate(_files(source)):
        table = pyarrow.csv.read_csv(file)
        pyarrow.parquet.write_table(table, out / f"{number}.parquet")
        rows += len(table)
    return rows


def _files(source: Path):
    if source.is_dir():
        yield from sorted(source.rglob("*.csv"))
        return
    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                yield pa.BufferReader(archive.read(name))


def _ingest(source: Path, store: Store) -> int:
    return int(police_uk.ingest([source], store).sources["rows_read"].sum())


def _given(work: Path) -> tuple[Path, Path]:
    """An archive of street files, and a lookup."""
    if ARCHIVE.exists():
        return ARCHIVE, LOOKUP
    ground, folder = Ground.make(), work / "files"
    _write(folder, ground, 30)
    with zipfile.ZipFile(work / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"{file.name[:7]}/{file.name}")
    return work / "a.zip", ground.write_lookup(work / "lookup.csv")


def _memory(millions):
    ground = Ground.make()
    print("peak memory, by millions of rows in one ingest:")  # noqa: T201
    for number in millions:
        with tempfile.TemporaryDirectory() as work:
            _write(Path(work) / "files", ground, round(number * 1e6 / ROWS))
            lookup.ingest(
                [ground.write_lookup(Path(work) / "lookup.csv")], Store(str(Path(work) / "store"))
            )
            child = [sys.executable, __file__, "--once", work]
            done = subprocess.run(child, capture_output=True, check=True)
            told = json.loads(done.stdout)
        print(  # noqa: T201
            f"{number:6.1f} M {told['peak']:6.0f} MB (imports {told['before']:.0f} MB), "
            f"{number * 1e6 / told['seconds']:,.0f} rows a second"
        )


def _print_memory(folder: Path):
    before = peak()
    started = time.perf_counter()
    _ingest(folder / "files", Store(str(folder / "store")))
    seconds = time.perf_counter() - started
    print(json.dumps({"before": before, "peak": peak(), "seconds": seconds}))  # noqa: T201


def _write(folder: Path, ground: Ground, files: int):
    folder.mkdir(parents=True)
    for number in range(files):
        month, force = divmod(number, len(TERRITORIAL))
        write_street_file(folder, ground, TERRITORIAL[force], MONTHS[month], rows=ROWS)


if __name__ == "__main__":
    main()
