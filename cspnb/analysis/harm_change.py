"""Has harm changed? Two weighted sums of counts, and whether chance could set them so far apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm
from scipy.stats import t as student

from cspnb.measures.change import (
    CLEAR_FALL,
    CLEAR_RISE,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    percentage_change,
)
from cspnb.measures.dispersion import MONTHS_NEEDED, Dispersion
from cspnb.measures.harm import OffenceCounts

FEWEST_EFFECTIVE = 10
"""A weighted sum that rests on fewer offences than this, as it were, is not tested."""

RISE_BEYOND_COUNTING = "rise beyond the chance of counting alone"
FALL_BEYOND_COUNTING = "fall beyond the chance of counting alone"
"""Where nobody knows how much months vary, no change is called clear."""


@dataclass(frozen=True)
class HarmChange:
    """The score's change on the year before, and the volume's."""

    verdict: str
    score_pct: float | None = None
    count_pct: float | None = None
    p_value: float | None = None
    reason: str = ""

    @classmethod
    def between(cls, years: list[dict], counts: OffenceCounts, alpha: float, reason: str):
        """The change from the last year but one to the last, and whether chance could bring it."""
        if why := reason or _why_not_compared(years, counts):
            return cls(NOT_COMPARED, reason=why)
        before, now = years[-2:]
        difference = now["score"] - before["score"]
        variance = now["variance"] + before["variance"]
        p_value = _p_value(difference, variance, counts.dispersion)
        known = counts.dispersion is not None
        up, down = (
            (CLEAR_RISE, CLEAR_FALL) if known else (RISE_BEYOND_COUNTING, FALL_BEYOND_COUNTING)
        )
        return cls(
            verdict=NO_CLEAR_CHANGE if p_value >= alpha else up if difference > 0 else down,
            score_pct=float(100 * difference / before["score"]),
            count_pct=percentage_change(now["count"], before["count"]),
            p_value=p_value,
        )


def allowance(spread: Dispersion | None) -> str:
    """What the test of a change allows for, in words."""
    if spread is None:
        return (
            f"monthly variation not allowed for, without {MONTHS_NEEDED} sound months of all "
            "recorded crime, so that no change is called clear"
        )
    if spread.value > 1:
        return (
            f"months of all recorded crime vary after season {spread.value:.1f} times as much as "
            "chance gives, which is allowed for"
        )
    return f"monthly variation after season no more than chance: {spread.value:.1f} times"


def _p_value(difference: float, variance: float, spread: Dispersion | None) -> float:
    """Two-sided; quasi-Poisson, with Student's t, where months vary more than chance."""
    distance = abs(difference) / np.sqrt(variance)
    if spread is None or spread.value <= 1:
        return float(2 * norm.sf(distance))
    return float(2 * student.sf(distance / np.sqrt(spread.value), spread.degrees_of_freedom))


def _why_not_compared(years: list[dict], counts: OffenceCounts) -> str:
    before = str(counts.period.earlier())
    if len(years) < 2 or years[-2]["period"] != before:
        return f"no offences of {counts.period.earlier().label} are held by code"
    if counts.composition is not None:
        return "both years are weighed by one mix of offences, so graver ones would not be seen"
    for year in years[-2:]:
        if year["reason"]:
            return year["reason"]
        if pd.isna(year["score"]):
            return f"no count of residents is held for {year['label']}"
        if year["effective"] < FEWEST_EFFECTIVE:
            return f"the score of {year['label']} rests on too few offences to be tested"
    return ""
