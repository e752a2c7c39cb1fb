"""Whether the level of a series has shifted, so that one mean describes no part of it."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.control_rules import RUNS

RESTARTS = {"months": (36, 24), "weeks": (52,)}
"""How many of the latest points are judged by themselves: the first number on one level."""

FEWEST_BEFORE = 12
"""Points that must lie before them, or there is nothing to start anew from."""

_LONG = {"months": 12, "weeks": 52}  # a season makes no run as long as a year
_MOST = 0.5


@dataclass(frozen=True)
class LevelShift:
    """That most points of a stretch lie in runs above or below its one mean.

    `start`, `end`: its first and last label. `number` of its `sound` points are in runs; `centre`
    is the one mean. `restart` is the label from which the latest points are judged by themselves,
    and `kept` how many they are; empty and 0 where they are not.
    """

    start: str
    end: str
    number: int
    sound: int
    centre: float
    restart: str = ""
    kept: int = 0


def level_shift(table: pd.DataFrame, found: pd.DataFrame, of_time: str) -> LevelShift | None:
    """The shift in the last segment, or None where its mean describes it.

    table, found: points with their limits, and their signals. A level has shifted where more
    than half of the points are in runs on one side of the mean or the other, some on either, and
    a run is as long as a year.
    """
    if table.empty:
        return None
    last = table[table["segment"] == table["segment"].iloc[-1]]
    judged = last[last["centre"].notna()]
    runs = found[found["signal"].isin(RUNS) & (found["segment"] == last["segment"].iloc[-1])]
    number = int(runs["number"].sum())
    if number <= _MOST * len(judged) or runs["side"].nunique() < len(RUNS):
        return None
    if runs["number"].max() < _LONG[of_time]:
        return None
    labels, centre = judged["label"], float(judged["centre"].iloc[-1])
    return LevelShift(labels.iloc[0], labels.iloc[-1], number, len(judged), centre)


def restarted(points: pd.DataFrame, kept: int) -> pd.DataFrame | None:
    """The points with the latest `kept` of the last segment as one more; None for too few."""
    last = points["segment"].eq(points["segment"].iloc[-1])
    if int(last.sum()) < kept + FEWEST_BEFORE:
        return None
    latest = points.index >= len(points) - kept
    return points.assign(segment=points["segment"] + latest)
