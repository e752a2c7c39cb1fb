"""Whether high figures of areas lie together, and where: Moran's I and Getis-Ord Gi*."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.quiet_import import quietly

PERMUTATIONS = 19_999
_BATCH = 1_000
SEED = 20_131
"""The same areas have the same p-values each time."""


@dataclass(frozen=True)
class Clustering:
    """Moran's I of all areas together, and what it would be by chance.

    `i`: near 1 where like lies by like, near `expected` (-1/(n - 1)) where places do not matter.
    `p_value`: two-sided, under randomisation.
    """

    i: float
    expected: float
    p_value: float


def neighbours(shapes: Sequence):
    """The queen contiguity of polygons: who shares a border or a corner. A libpysal `W`.

    shapes: shapely polygons of one set of borders, neighbours drawn with the same corners. Those
    that touch no other are in `islands` of what is returned. Source: libpysal `Queen`.
    """
    with quietly():
        from libpysal.weights import Queen

    return Queen.from_iterable(list(shapes), silence_warnings=True)


def gi_star(values: Sequence[float], weights) -> pd.DataFrame:
    """Gi* of each area: whether its own value and its neighbours' together are high or low.

    weights: who is next to whom (libpysal `W`), no islands; binary, the area itself included.
    Returns, one row a value, in their order: `z` (standard errors from the mean, under
    normality) and `p_value` (two-sided, of PERMUTATIONS in which all values change places; the
    same for the same order of values). The rates of areas are skewed, so that z is no p; and
    esda's own permutations hold the area's own value, which asks of its neighbours alone.
    Source: Getis and Ord 1992, Ord and Getis 1995; esda `G_Local`; p by Phipson and Smyth 2010.
    """
    with quietly():
        from esda import G_Local

    figures = np.asarray(values, float)
    with _quiet():
        local = G_Local(figures, weights, transform="B", permutations=0, star=True)
    return pd.DataFrame({"z": local.Zs, "p_value": _permuted_p(figures, weights)})


def _permuted_p(figures: np.ndarray, weights) -> np.ndarray:
    """Twice the share of permutations in which an area's sum is as far out on its own side."""
    together = weights.sparse.astype(float).tolil()
    together.setdiag(1)
    together = together.tocsr()
    found = together @ figures
    nearly = 1e-9 * max(float(np.abs(figures).sum()), 1)  # sums of the same values may differ
    generator = np.random.default_rng(SEED)
    above, below = np.zeros(len(figures), int), np.zeros(len(figures), int)
    for size in _batches(PERMUTATIONS):
        shuffled = generator.permuted(np.tile(figures, (size, 1)), axis=1)
        sums = together @ shuffled.T
        above += (sums >= found[:, None] - nearly).sum(axis=1)
        below += (sums <= found[:, None] + nearly).sum(axis=1)
    return np.minimum(2 * (np.minimum(above, below) + 1) / (PERMUTATIONS + 1), 1)


def _batches(number: int) -> Iterator[int]:
    """As many as `number` in parts that take little memory."""
    whole, rest = divmod(number, _BATCH)
    yield from [_BATCH] * whole
    yield from [rest] * bool(rest)


def moran(values: Sequence[float], weights, *, transformation: str = "r") -> Clustering:
    """How far like values lie together, over all areas.

    weights: as for `gi_star`. transformation: 'r', each area's neighbours count as one; 'b', each
    neighbour as one. Source: Moran 1950, Cliff and Ord 1981; esda `Moran`.
    """
    with quietly():
        from esda import Moran

    with _quiet():
        found = Moran(
            np.asarray(values, float), weights, transformation=transformation, permutations=0
        )
    return Clustering(float(found.I), float(found.EI), float(found.p_rand))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without esda's notices of what it will rename, and without a trace in numpy's own seed."""
    state = np.random.get_state()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield
    np.random.set_state(state)
