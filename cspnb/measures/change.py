"""A change between two periods, with its test."""

from dataclasses import dataclass

from cspnb.measures.counts import Total
from cspnb.measures.definition import Measure

CLEAR_RISE = "clear rise"
CLEAR_FALL = "clear fall"
NO_CLEAR_CHANGE = "no clear change"
NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Change:
    """Two totals over the same months of two years, and whether they differ by more than chance.

    `change_pct` is None on a base under 10. `verdict` is one of the four above; `method` names
    the test in words; `dispersion` is the variance over the mean after season, where 24 sound
    months allow it to be measured; `reason` says why nothing is compared.
    """

    measure: Measure
    area: str
    now: Total
    before: Total
    difference: int | None
    change_pct: float | None
    p_value: float | None
    verdict: str
    method: str = ""
    alpha: float = 0.05
    dispersion: float | None = None
    reason: str = ""
