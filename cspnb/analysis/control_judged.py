"""The points of a control chart judged: by segments, and anew where their level has shifted."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from cspnb.analysis.control_level import RESTARTS, LevelShift, level_shift, restarted
from cspnb.analysis.control_segments import SIGNAL_COLUMNS, Segment
from cspnb.measures.control_rules import Rule


class Judged(NamedTuple):
    """Segments, the points with their limits and signals, and a row a signal."""

    segments: list[Segment]
    table: pd.DataFrame
    signals: pd.DataFrame


def of_one_level(
    points: pd.DataFrame, judge: Callable[[pd.DataFrame], Judged], of_time: str, *, whole: bool
) -> tuple[Judged, LevelShift | None]:
    """The points judged; where their level has shifted, the latest of them by themselves.

    The longest stretch that is on one level; where none is, they are judged as they are.
    """
    together = judge(points)
    shift = level_shift(together.table, together.signals, of_time)
    for kept in RESTARTS[of_time] if whole and shift else ():
        anew = restarted(points, kept)
        latest = None if anew is None else judge(anew)
        if latest and level_shift(latest.table, latest.signals, of_time) is None:
            return latest, replace(shift, restart=anew["label"].iloc[-kept], kept=kept)
    return together, shift


def judged(points: pd.DataFrame, segments: list[Segment], rules: tuple[Rule, ...]) -> Judged:
    """The points with their limits and signals, and a row a signal, the latest to end last."""
    if not segments:
        empty = points.reindex(columns=[*points.columns, "centre", "lower", "upper", "signal"])
        return Judged(segments, empty, pd.DataFrame(columns=SIGNAL_COLUMNS))
    found, named = zip(*(each.found(rules) for each in segments), strict=True)
    limits = pd.concat([each.judged() for each in segments])
    table = points.join(limits, how="left", validate="one_to_one")
    table["signal"] = [name for names in named for name in names]
    return Judged(segments, table, _in_time(pd.concat(found, ignore_index=True)))


def _in_time(found: pd.DataFrame) -> pd.DataFrame:
    """By their end, and of those that end together the first in precedence last."""
    return found.iloc[::-1].sort_values("end", kind="stable").reset_index(drop=True)
