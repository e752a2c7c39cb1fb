"""Signals in a series: neighbouring points that a rule marks, and what each is called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from cspnb.measures.control_rules import Rule

HIGH = "high"
LOW = "low"
EITHER = ""


@dataclass(frozen=True)
class Signal:
    """Neighbouring points that one rule marks.

    `side` is high, low, or empty where the rule has none; `points` are places in the series.
    """

    name: str
    side: str
    points: tuple[int, ...]


def signals(values: np.ndarray, z: np.ndarray, rules: Iterable[Rule]) -> list[Signal]:
    """The signals of a series, by rule in order of precedence, then in order of time.

    values: points in order, NaN where absent; z: how many sigma each lies from the centre, NaN
    where there are no limits. Nothing runs on across an absent point.
    """
    return [
        Signal(name, side, points)
        for rule in rules
        for first, last in _unbroken(z)
        for name, side, marked in _sides(rule, values[first:last], z[first:last])
        for points in _together(marked, first, rule.gap)
    ]


def names(found: Iterable[Signal], length: int) -> list[str]:
    """The signal each point is part of, '' for none: the first in the order of `found`."""
    named = [""] * length
    for signal in found:
        for place in signal.points:
            named[place] = named[place] or signal.name
    return named


def _sides(rule: Rule, values, z) -> Iterator[tuple[str, str, np.ndarray]]:
    marked = rule.mark(values, z)
    has_sides = rule.high != rule.low
    yield rule.high, HIGH if has_sides else EITHER, marked.high
    yield rule.low, LOW if has_sides else EITHER, marked.low


def _unbroken(z: np.ndarray) -> Iterator[tuple[int, int]]:
    """Where each run of points that are all there starts, and where it has ended."""
    edges = np.diff(np.concatenate([[0], ~np.isnan(z), [0]]).astype(int))
    return zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)


def _together(marked: np.ndarray, first: int, gap: int) -> Iterator[tuple[int, ...]]:
    """The marked places in groups, no more than `gap` places apart within one."""
    places = np.flatnonzero(marked)
    apart = np.flatnonzero(np.diff(places) > gap + 1) + 1
    for group in np.split(places, apart) if len(places) else ():
        yield tuple(int(first + place) for place in group)
