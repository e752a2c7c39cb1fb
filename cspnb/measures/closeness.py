"""Whether events near one another in space are also near in time: pairs by distance and days."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cspnb.measures.quiet_import import quietly

METRES = (1, 100, 200, 400)
DAYS = (7, 14, 28)
PERMUTATIONS = 999
SEED = 1964

_BANDS = ["metres_from", "metres_to", "days_from", "days_to"]


def close_pairs(
    places: np.ndarray,
    days: np.ndarray,
    *,
    metres: Sequence[float] = METRES,
    within: Sequence[float] = DAYS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Pairs of events by band of distance and of days apart, with those that chance would give.

    places: eastings and northings in metres, a row an event. days: the day of each, as a number.
    metres, within: where each band ends, rising. Bands are half-open: 1, 100 are under 1 metre
    (the same place), and 1 to under 100. Returns, a row a band of both: `metres_from`,
    `metres_to`, `days_from`, `days_to`, `pairs`, `expected` (pairs near in space times pairs near
    in time over all pairs), `ratio` (null where none is expected) and `p_value`: the share of
    permutations of the days among the events, the data themselves one of them, that give as many.

    Source: Knox, Applied Statistics 13(1), 1964, by `pointpats.Knox` for each corner of the bands;
    permutations as Johnson and others 2007, one set for all bands, which Knox's own are not.
    """
    observed, expected = _by_corner(places, days, metres, within)
    exceeded = _exceeded(places, days, observed, (metres, within), (permutations, seed))
    rows = [
        (near, metres[row], soon, within[column])
        for row, near in enumerate((0, *metres[:-1]))
        for column, soon in enumerate((0, *within[:-1]))
    ]
    table = pd.DataFrame(rows, columns=_BANDS)
    table["pairs"] = observed.ravel()
    table["expected"] = expected.ravel()
    table["ratio"] = table["pairs"] / table["expected"].where(table["expected"] > 0)
    return table.assign(p_value=(exceeded.ravel() + 1) / (permutations + 1))


def _by_corner(places, days, metres, within):
    """Pairs in each band, and as many as chance gives: those up to a corner less those before."""
    with quietly():
        from pointpats import Knox  # 2 seconds, and no other answer needs it

    corners = np.zeros((2, len(metres) + 1, len(within) + 1))
    for row, distance in enumerate(metres, start=1):
        for column, apart in enumerate(within, start=1):
            # Knox takes in pairs at the limit itself; a half-open band ends just before it.
            under = np.nextafter([float(distance), float(apart)], 0)
            knox = Knox(places, days.reshape(-1, 1), *under, permutations=0)
            corners[:, row, column] = knox.observed[0, 0], knox.expected[0, 0]
    observed, expected = np.diff(np.diff(corners, axis=1), axis=2)
    return observed.round().astype("int64"), expected


def _exceeded(places, days, observed, bands, drawn):
    """In how many permutations of the days each band has as many pairs as are observed."""
    from scipy.spatial import KDTree

    (metres, within), (permutations, seed) = bands, drawn
    random = np.random.default_rng(seed)
    near = KDTree(places).query_pairs(np.nextafter(float(metres[-1]), 0), output_type="ndarray")
    first, second = near.T
    apart = np.linalg.norm(places[first] - places[second], axis=1)
    row = np.searchsorted(metres, apart, side="right")
    exceeded = np.zeros(observed.shape, dtype="int64")
    for _ in range(permutations):
        moved = random.permutation(days)
        column = np.searchsorted(within, np.abs(moved[first] - moved[second]), side="right")
        cell = row * (len(within) + 1) + column
        counts = np.bincount(cell, minlength=len(metres) * (len(within) + 1))
        exceeded += counts.reshape(len(metres), -1)[:, :-1] >= observed
    return exceeded
