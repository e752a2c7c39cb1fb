"""What a measure is, and what a partnership aims at with it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """What a report tracks: its name for readers, unit, direction of good, and cautions.

    `said_always` is printed in full view beside every figure; `caveats` go with the method.
    """

    key: str
    label: str
    unit: str = "offences"
    kind: str = "count"  # count | percentage
    good: str = "lower"  # lower | higher | neither
    denominator: str = "residents"  # residents | households | none
    why: str = ""
    said_always: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What a plan aims at: a percentage change on the year before, or a level."""

    kind: str  # change | level
    value: float  # per cent: -13 is a fall of 13%; a level is in the measure's unit
    set_by: str = ""
