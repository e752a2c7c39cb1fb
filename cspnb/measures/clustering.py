"""Whether high figures of areas lie together, and where: Moran's I and Getis-Ord Gi*."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

PERMUTATIONS = 9_999
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
    from libpysal.weights import Queen

    return Queen.from_iterable(list(shapes), silence_warnings=True)


def gi_star(values: Sequence[float], weights) -> pd.DataFrame:
    """Gi* of each area: whether the sum of its own value and its neighbours' is high or low.

    weights: who is next to whom (libpysal `W`), no islands; binary, the area itself included.
    Returns, one row a value, in their order: `z` (standard errors from the mean, under
    normality), `z_simulated` (from the mean of the permutations), `p_value` (two-sided, of
    PERMUTATIONS in which the area keeps its value and the others change places; the same for the
    same order of values). Source: Getis and Ord 1992, Ord and Getis 1995; esda `G_Local`.
    """
    from esda import G_Local
    from esda.significance import calculate_significance

    with _quiet():
        local = G_Local(
            np.asarray(values, float),
            weights,
            transform="B",
            permutations=PERMUTATIONS,
            star=True,
            seed=SEED,
        )
    p_values = calculate_significance(local.Gs, np.asarray(local.sim).T, "two-sided")
    return pd.DataFrame(
        {"z": local.Zs, "z_simulated": local.z_sim, "p_value": np.minimum(p_values.ravel(), 1)}
    )


def moran(values: Sequence[float], weights, *, transformation: str = "r") -> Clustering:
    """How far like values lie together, over all areas.

    weights: as for `gi_star`. transformation: 'r', each area's neighbours count as one; 'b', each
    neighbour as one. Source: Moran 1950, Cliff and Ord 1981; esda `Moran`.
    """
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
