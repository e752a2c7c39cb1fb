"""Where in a round of hours or days events are densest, and whether chance could have done it."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import monte_carlo_test

RESAMPLES = 1999
SEED = 1998


@dataclass(frozen=True)
class Peak:
    """The run of neighbouring cells with most events against what evenness would leave there.

    `first` is the place of its first cell, `cells` how many there are; a run may go round the end.
    `count` is the expected number of events in it, `share` that as a fraction of all, `even` the
    fraction that evenness would leave there. `p_value` is for the densest of all such runs.
    """

    first: int
    cells: int
    count: float
    share: float
    even: float
    p_value: float


def peak(counts: np.ndarray, even: np.ndarray, *, cells: int = 1, seed: int = SEED) -> Peak:
    """The densest run of so many neighbouring cells of a round, and its p-value.

    counts: events by cell, parts of events among them; even: the share of events each cell would
    have if nothing mattered but its length, adding up to one. The p-value is the share of rounds
    made by chance, as many whole events thrown by `even`, whose densest run, wherever it lies, is
    as dense: so looking at every run is allowed for. Events in parts vary less than whole ones,
    which makes it the more cautious. Source: scipy `monte_carlo_test`, one-sided, seeded.
    """
    events = round(float(counts.sum()))
    expected = _runs(even, cells)
    random = np.random.default_rng(seed)

    def thrown(size):
        return random.multinomial(events, even, size=size[0])

    def densest(rounds, axis=-1):
        return (_runs(rounds, cells) / expected).max(axis=axis) / events

    test = monte_carlo_test(
        counts, thrown, densest, n_resamples=RESAMPLES, alternative="greater", vectorized=True
    )
    runs = _runs(counts, cells)
    # Rounding settles runs that are equally dense but for the last bits: the first of them.
    first = int(np.argmax(np.round(runs / expected, 9)))
    share = float(runs[first] / counts.sum())
    return Peak(first, cells, float(runs[first]), share, float(expected[first]), float(test.pvalue))


def _runs(cells: np.ndarray, width: int) -> np.ndarray:
    """The sum of each cell and of those that follow it, round the end of the last axis."""
    return sum(np.roll(cells, -place, axis=-1) for place in range(width))
