"""The most memory this process has used."""

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """In MB, of this process alone; what it was started from does not count, where that is told."""
    if _STATUS.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="utf-8"))[1]) / 1024
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / 1024
