"""Are the targets met? Each measure of a plan against its target."""

from dataclasses import dataclass

from cspnb.measures.change import Change
from cspnb.measures.counts import Counts, Levels
from cspnb.measures.definition import Measure, Target
from cspnb.periods import Period

MET = "met"
MISSED = "missed"
NO_TARGET = "no target"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Aim:
    """A measure of the plan, what was recorded, and the target set for it, if one was."""

    recorded: Counts | Levels
    target: Target | None = None


@dataclass(frozen=True)
class Standing:
    """One row of the table of performance.

    For a count: `change` holds both years and the test; `target_count` is the most (or, where
    more is good, the fewest) that would have met the target; `gap` is the current count less
    that (above zero: over it). For a percentage: `level`, with `base` respondents; `gap` in
    percentage points against the target.
    """

    measure: Measure
    target: Target | None
    status: str
    change: Change | None = None
    level: float | None = None
    base: float | None = None
    target_count: int | None = None
    gap: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Performance:
    """Where each measure of a plan stands at the end of a period."""

    area: str
    period: Period
    standings: tuple[Standing, ...]
