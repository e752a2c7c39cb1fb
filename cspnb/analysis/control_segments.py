"""Stretches of a series that are judged by limits of their own, and the signals within them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.control import (
    LANEY_U,
    XMR,
    C,
    Limits,
    U,
    c_limits,
    laney_limits,
    moving_ranges,
    u_limits,
    xmr_limits,
)
from cspnb.measures.control_rules import Rule
from cspnb.measures.signals import names, signals

FEWEST_POINTS = 12
FEWEST_RANGES = 6
"""Pairs of neighbouring sound points: with fewer, their mean difference says little of spread."""

LEAST_MEAN = 5
"""Records a point: counts under it lean so far to one side that chance alone makes runs below the
mean, and signals in about twice as many charts (docs/methods/control-charts.md)."""

SEGMENT_COLUMNS = ["segment", "start", "end", "sound", "centre", "reason"]
SIGNAL_COLUMNS = ["signal", "side", "start", "end", "number", "segment"]

_EXACT = 9  # decimals of a distance: enough to tell a tie from the noise of arithmetic


@dataclass(frozen=True)
class Segment:
    """Neighbouring points between two dates at which limits start anew.

    `points` as `control_points.points_of` gives them, of one segment; `reason` says why they have
    no limits, or is empty.
    """

    points: pd.DataFrame
    limits: Limits
    reason: str

    def judged(self) -> pd.DataFrame:
        """`centre`, `lower` (not under zero) and `upper` of each sound point, on their index."""
        index = self.points.index
        if self.reason:
            return pd.DataFrame(np.nan, index=index, columns=["centre", "lower", "upper"])
        sound = self.points["value"].notna()
        limits = {
            "centre": self.limits.centre,
            "lower": np.maximum(self.limits.lower, 0),
            "upper": self.limits.upper,
        }
        return pd.DataFrame(limits, index=index).where(sound)

    def found(self, rules: Iterable[Rule]) -> tuple[pd.DataFrame, list[str]]:
        """The segment's signals, a row each (SIGNAL_COLUMNS), and what each point is part of."""
        if self.reason:
            return pd.DataFrame(columns=SIGNAL_COLUMNS), [""] * len(self.points)
        values = self.points["value"].to_numpy()
        z = np.round((values - self.limits.centre) / self.limits.sigma, _EXACT)
        found = signals(values, z, rules)
        labels, number = self.points["label"].to_list(), int(self.points["segment"].iloc[0])
        rows = [
            (each.name, each.side, labels[each.points[0]], labels[each.points[-1]])
            + (len(each.points), number)
            for each in found
        ]
        return pd.DataFrame(rows, columns=SIGNAL_COLUMNS), names(found, len(self.points))

    def summary(self) -> tuple:
        """Its row of `Control.segments`."""
        centre = np.nan if self.reason else self.limits.centre
        labels = self.points["label"]
        sound = int(self.points["value"].notna().sum())
        first = int(self.points["segment"].iloc[0])
        return first, labels.iloc[0], labels.iloc[-1], sound, centre, self.reason


def segments_of(
    points: pd.DataFrame, chart: str, unit: str, *, of_time: str, screened: bool
) -> list[Segment]:
    """The segments of a series in order, each with its limits, or why it has none.

    unit: what is counted ('offences'); of_time: 'months' or 'weeks'.
    """
    found = []
    for _, part in points.groupby("segment"):
        limits = _limits(part, chart, screened=screened)
        found.append(Segment(part, limits, _why_not(part, limits, (chart, unit, of_time))))
    return found


def _limits(part: pd.DataFrame, chart: str, *, screened: bool) -> Limits:
    values, denominators = (part[name].to_numpy(dtype=float) for name in ("value", "denominator"))
    if chart == XMR:
        return xmr_limits(values, screened=screened)
    counts = values * denominators
    if chart == C:
        return c_limits(counts)
    return {U: u_limits, LANEY_U: laney_limits}[chart](counts, denominators)


def _why_not(part: pd.DataFrame, limits: Limits, asked: tuple[str, str, str]) -> str:
    chart, unit, of_time = asked
    sound, point = part["value"].notna(), of_time.removesuffix("s")
    if (number := int(sound.sum())) < FEWEST_POINTS:
        held = f"1 sound {point} is" if number == 1 else f"{number} sound {of_time} are"
        return f"{held} held, and {FEWEST_POINTS} are needed"
    if part.loc[sound, "count"].mean() < LEAST_MEAN:
        return (
            f"the mean is under {LEAST_MEAN} {unit} a {point}, and chance alone would then make "
            "signals too often"
        )
    if (part.loc[sound, "count"] < 0).any():
        return f"a {point} is below zero, as more {unit} were cancelled than recorded"
    pairs = len(moving_ranges(part["value"].to_numpy()))
    if chart in (XMR, LANEY_U) and pairs < FEWEST_RANGES:
        are = "pair of neighbouring {} is" if pairs == 1 else "pairs of neighbouring {} are"
        return f"{pairs} {are.format(of_time)} sound, and {FEWEST_RANGES} are needed"
    if not (limits.sigma[sound] > 0).all():
        return f"neighbouring {of_time} do not differ, so that there is no spread to judge by"
    return ""
