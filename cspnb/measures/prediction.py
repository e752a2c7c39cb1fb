"""How well ground marked as most at risk held what came after: PAI, PEI and RRI."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def accuracy(
    observed: Sequence[float],
    predicted: Sequence[float],
    areas: Sequence[float] | None = None,
) -> pd.DataFrame:
    """How each number of places, the most at risk first, did: one row a number.

    observed: records that came, by place. predicted: the risk given beforehand, in the same order
    of places. areas: of each place, in any one unit; all alike where none is given. Places are
    taken by predicted risk over area, highest first, and as they come where that is equal.

    Columns, each summed over the places taken so far: `hits`, `predicted`, `area`, with
    `share_of_records` and `share_of_area` (fractions of all), and
    `pai` = share of records / share of area (Chainey, Tompson and Uhlig 2008);
    `pei` = `pai` / the best that any choice of so much area could have had: the densest places,
    the last of them in part where areas differ, so that it is never over 1;
    `rri` = predicted / hits. Null where there is nothing to divide by. Both as Wheeler and
    Steenbeek 2021 define them.
    Raises ValueError for no place, unlike lengths, and an area that is not above 0.
    """
    table = _places(observed, predicted, areas)
    risk = (table["predicted"] / table["area"]).to_numpy()
    sums = table.iloc[np.argsort(-risk, kind="stable")].cumsum().reset_index(drop=True)
    records, ground = table["observed"].sum(), table["area"].sum()
    share, of_area = sums["observed"] / (records or np.nan), sums["area"] / ground
    best = _best(table, sums["area"]) / (records or np.nan)
    return pd.DataFrame(
        {
            "hits": sums["observed"],
            "predicted": sums["predicted"],
            "area": sums["area"],
            "share_of_records": share,
            "share_of_area": of_area,
            "pai": share / of_area,
            "pei": np.minimum(share / best, 1),  # the sum of parts may be over by a rounding
            "rri": sums["predicted"] / sums["observed"].where(sums["observed"] > 0),
        }
    )


def _places(observed, predicted, areas) -> pd.DataFrame:
    areas = np.ones(len(observed)) if areas is None else areas
    if not len(observed) or not len(observed) == len(predicted) == len(areas):
        raise ValueError("observed, predicted and areas must be of the same places, one at least")
    numbers = {"observed": observed, "predicted": predicted, "area": areas}
    table = pd.DataFrame({name: np.asarray(of, dtype=float) for name, of in numbers.items()})
    if not (table["area"] > 0).all():
        raise ValueError("every place must have an area above 0")
    return table


def _best(table: pd.DataFrame, areas: pd.Series) -> np.ndarray:
    """The most records that so much area could have held, had one known."""
    density = (table["observed"] / table["area"]).to_numpy()
    sums = table[["area", "observed"]].iloc[np.argsort(-density, kind="stable")].cumsum()
    return np.interp(areas, [0, *sums["area"]], [0, *sums["observed"]])
