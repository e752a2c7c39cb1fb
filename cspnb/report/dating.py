"""Figures with the dates of the register that concern them."""

from collections.abc import Iterable
from dataclasses import replace

from cspnb.measures.definition import Break, Measure
from cspnb.params import RegisterEntry


def dated(
    measure: Measure,
    register: Iterable[RegisterEntry],
    origins: frozenset[str],
    forces: frozenset[str],
) -> Measure:
    """A measure with the breaks in its figures of some origins, in the area of some forces."""
    breaks = tuple(
        Break(entry.since, entry.text, entry.until, entry.re_bases)
        for entry in register
        if entry.concerns(measure.key, origins, forces)
    )
    return replace(measure, breaks=breaks)
