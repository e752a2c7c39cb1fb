"""Named rules for signals on a control chart: which points are more than the usual ups and downs.

A rule sees one unbroken run of points, none of them absent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

RUNS = ("run above the mean", "run below the mean")
"""What runs on one side of the mean are called."""


class Marked(NamedTuple):
    """Which points of a run are part of a signal, upwards and downwards: two arrays of bool."""

    high: np.ndarray
    low: np.ndarray


@dataclass(frozen=True)
class Rule:
    """One rule of a set.

    `says` is the rule, `high` and `low` what its signals are called; where the two are the same
    the rule has no side. `mark` finds them: values, and how many sigma each lies from the centre.
    `gap` is how many points that are not marked may lie between two of one signal.
    """

    says: str
    high: str
    low: str
    mark: Callable[[np.ndarray, np.ndarray], Marked]
    gap: int = 0


def completed(hits: np.ndarray, needed: int, width: int) -> np.ndarray:
    """At which points so many hits among the last `width` points are reached: bool, one a point."""
    sums = np.concatenate([np.zeros(width, dtype=int), np.cumsum(hits)])
    return sums[width:] - sums[:-width] >= needed


def part_of(done: np.ndarray, width: int) -> np.ndarray:
    """The points of every window of `width` points that is completed at one of `done`."""
    return completed(done[::-1], 1, width)[::-1]


def trend_completed(values: np.ndarray, points: int) -> np.ndarray:
    """1 where a point ends so many that rise each on the last, -1 where they fall, else 0."""
    steps = np.sign(np.diff(values))
    up, down = (completed(steps == way, points - 1, points - 1) for way in (1, -1))
    return np.concatenate([[0], up.astype(int) - down.astype(int)])[: len(values)]


def outside() -> Rule:
    """One point outside the limits."""
    return Rule(
        "a point outside the limits",
        "above the upper limit",
        "below the lower limit",
        lambda _values, z: Marked(z > 3, z < -3),
    )


def trend(points: int) -> Rule:
    """So many points in a row, each higher than the last, or each lower."""

    def mark(values, _z):
        ends = trend_completed(values, points)
        return Marked(part_of(ends == 1, points), part_of(ends == -1, points))

    return Rule(f"{points} points rising or falling in a row", "rising", "falling", mark)


def beyond(needed: int, width: int, sigma: int, says: str, names: tuple[str, str]) -> Rule:
    """So many of `width` neighbouring points beyond `sigma`, on the same side."""

    def of_side(hits):
        return hits & part_of(completed(hits, needed, width), width)

    def mark(_values, z):
        return Marked(of_side(z > sigma), of_side(z < -sigma))

    return Rule(says, *names, mark, gap=width - needed)


def near_a_limit() -> Rule:
    """Two of three neighbouring points beyond two thirds of the way to the same limit."""
    return beyond(
        *(2, 3, 2),
        "two of three points near the same limit",
        ("near the upper limit", "near the lower limit"),
    )


def shift(points: int) -> Rule:
    """So many points in a row on one side of the mean; one on the mean itself ends the run."""
    says = f"{points} points in a row on one side of the mean"
    return beyond(points, points, 0, says, RUNS)


def four_of_five() -> Rule:
    """Four of five neighbouring points beyond one sigma on the same side."""
    return beyond(
        *(4, 5, 1),
        "four of five points beyond a third of the way to the same limit",
        ("well above the mean", "well below the mean"),
    )


def alternating(points: int) -> Rule:
    """So many points in a row that go up and down by turns."""

    def mark(values, _z):
        steps = np.sign(np.diff(values))
        turns = np.array([a * b < 0 for a, b in pairwise(steps)], dtype=bool)
        ends = np.concatenate([[False, False], completed(turns, points - 2, points - 2)])
        return _either(part_of(ends[: len(values)], points))

    says, name = f"{points} points in a row going up and down by turns", "up and down by turns"
    return Rule(says, name, name, mark)


def hugging(points: int) -> Rule:
    """So many points in a row within one sigma of the mean."""

    def mark(_values, z):
        return _either(part_of(completed(np.abs(z) < 1, points, points), points))

    says = f"{points} points in a row within a third of the way to a limit"
    return Rule(says, "close to the mean", "close to the mean", mark)


def shunning(points: int) -> Rule:
    """So many points in a row further than one sigma from the mean, with some on either side."""

    def mark(_values, z):
        far = completed(np.abs(z) > 1, points, points)
        over, under = (completed(side, 1, points) for side in (z > 1, z < -1))
        return _either(part_of(far & over & under, points))

    says = f"{points} points in a row, on both sides, beyond a third of the way to a limit"
    return Rule(says, "far from the mean", "far from the mean", mark)


def _either(points: np.ndarray) -> Marked:
    return Marked(points, np.zeros(len(points), dtype=bool))


MAKING_DATA_COUNT = "making data count"
WESTERN_ELECTRIC = "western electric"
NELSON = "nelson"

RULES: dict[str, tuple[Rule, ...]] = {
    MAKING_DATA_COUNT: (outside(), trend(7), near_a_limit(), shift(7)),
    WESTERN_ELECTRIC: (outside(), near_a_limit(), four_of_five(), shift(8)),
    NELSON: (
        *(outside(), shift(9), trend(6), alternating(14)),
        *(near_a_limit(), four_of_five(), hugging(15), shunning(8)),
    ),
}
"""Rules by the name of their set, each in order of precedence: a point is named by the first.

Sources: NHS England, Making Data Count; Western Electric, Statistical Quality Control Handbook,
1956; Nelson, Journal of Quality Technology 16, 1984.
"""
