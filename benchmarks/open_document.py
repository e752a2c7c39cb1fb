"""How long a file of recorded crime takes here, and how much memory: run it as a module.

    python -m benchmarks.open_document [MEGABYTES]

It writes an .ods of so much XML (1,100 MB unless told), takes it into a store, and tells the time
and the most memory held. Figures depend on the machine.
"""

import sys
import tempfile
import time
from pathlib import Path


def peak_megabytes() -> float:
    """The most memory this process has held since it began.

    Linux counts what the process that started this one held, but for /proc.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 1024)


def _told(what, started):
    seconds = time.perf_counter() - started
    print(f"{what:<40}{seconds:7.1f} s{peak_megabytes():9.0f} MB")  # noqa: T201


def main():
    """Write the file, read it alone, and take it in."""
    from cspnb.ingest import home_office
    from cspnb.ingest.home_office import files as home_office_files
    from cspnb.store import Store
    from tests.home_office_files import large_ods

    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1_100
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prc-csp.ods"
        started = time.perf_counter()
        made = large_ods(path, megabytes * 10**6)
        _told(f"{made.rows:,} rows written", started)
        started = time.perf_counter()
        assert sum(1 for _ in home_office_files.rows(path)) > made.rows
        _told("read, and nothing else", started)
        started = time.perf_counter()
        home_office.ingest([path], Store(str(Path(folder) / "store")))
        _told("taken into a store", started)


if __name__ == "__main__":
    main()
