"""How long each drawing takes in a warm process: `make bench`, or python benchmarks/drawing.py.

Every drawing of tests/gallery.py is made once to warm up and then several times; the middle
counts, in processor time, which other programs hardly touch. Those over 60 ms are named.
docs/performance.md says what was measured where.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.gallery import DRAWN  # noqa: E402

GOAL = 60
"""Milliseconds that an ordinary chart may take."""


def main():
    """Print the middle time of each drawing, and which are over the goal."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--times", type=int, default=15, help="how often each is drawn")
    times = asked.parse_args().times
    print(f"drawing, middle of {times}, processor milliseconds (goal: {GOAL})")  # noqa: T201
    took = {name: _milliseconds(draw, times) for name, draw in DRAWN}
    for name, middle in sorted(took.items(), key=lambda each: -each[1]):
        print(f"{name:<44}{middle:7.0f} ms{'  over' if middle > GOAL else ''}")  # noqa: T201
    over = [name for name, middle in took.items() if middle > GOAL]
    print(f"{len(over)} of {len(took)} over {GOAL} ms: {', '.join(over) or 'none'}")  # noqa: T201


def _milliseconds(draw, times):
    draw()
    taken = []
    for _ in range(times):
        started = time.process_time()
        draw()
        taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
