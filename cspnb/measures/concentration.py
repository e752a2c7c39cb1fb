"""How unevenly records lie over places: the Lorenz curve, Gini and its generalised form."""

from collections.abc import Sequence
from math import floor

import numpy as np
import pandas as pd

from cspnb.measures.quiet_import import quietly


def gini(counts: Sequence[float]) -> float:
    """The Gini coefficient of counts by place: 0 where all are alike, near 1 where one has all.

    Every place counts, those without a record included. Raises ValueError where nothing is
    counted. Source: `inequality.gini.Gini`.
    """
    with quietly():
        from inequality.gini import Gini

    return float(Gini(_counted(counts)).g)


def generalised_gini(counts: Sequence[float]) -> float:
    """G' of Bernasco and Steenbeek 2017: Gini's coefficient, for fewer records than places too.

    With fewer records than places some places must be without one, and Gini's coefficient is
    high however evenly they lie. G' = max(n / c, 1) (G - 1) + 1 with n places and c records: 0
    where no place has two while another has none, and G itself where there are as many records
    as places, or more. Raises ValueError as `gini` does.
    """
    counted = _counted(counts)
    generalised = max(len(counted) / counted.sum(), 1) * (gini(counted) - 1) + 1
    return round(generalised, 12)  # an even spread comes out as nothing, not nearly nothing


def lorenz(counts: Sequence[float]) -> pd.DataFrame:
    """The Lorenz curve: `share_of_places` and `share_of_records`, fractions from 0 to 1.

    Places with the fewest records come first, from (0, 0) to (1, 1). Raises ValueError as `gini`.
    """
    counted = np.sort(_counted(counts))
    return pd.DataFrame(
        {
            "share_of_places": np.linspace(0, 1, len(counted) + 1),
            "share_of_records": np.concatenate([[0], np.cumsum(counted)]) / counted.sum(),
        }
    )


def held_by_top(counts: Sequence[float], percentages: Sequence[float]) -> pd.DataFrame:
    """What the places with most records hold: one row a percentage of the places.

    Columns: `percentage`; `places`, the whole places in it, never rounded up; `records`;
    `share` (fraction of all). A percentage of under one place has no row. Raises ValueError as
    `gini`.
    """
    highest = np.sort(_counted(counts))[::-1]
    held = np.cumsum(highest)
    rows = [
        (percentage, number, int(held[number - 1]), float(held[number - 1] / held[-1]))
        for percentage in percentages
        if (number := floor(len(highest) * percentage / 100 + 1e-9)) > 0
    ]
    return pd.DataFrame(rows, columns=["percentage", "places", "records", "share"])


def fewest_places(counts: Sequence[float], share: float = 0.5) -> int:
    """The fewest places that hold a share of all records between them, or more."""
    held = np.cumsum(np.sort(_counted(counts))[::-1])
    return int(np.searchsorted(held, share * held[-1] * (1 - 1e-12))) + 1


def _counted(counts) -> np.ndarray:
    counted = np.asarray(counts, dtype=float)
    if not len(counted) or not counted.sum() > 0:
        raise ValueError("there is no record to be concentrated anywhere")
    return counted
