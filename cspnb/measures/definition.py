"""What a measure is, and what a partnership aims at with it."""

from dataclasses import dataclass

from cspnb.periods import Month, Period


@dataclass(frozen=True)
class Break:
    """A date at which a series changes its meaning, or stops: figures either side are not alike.

    `until` is the last month of a passing one; None where it stands to this day. `text` is a
    sentence for readers. `re_bases` says that control charts and forecasts start anew.
    """

    start: Month
    text: str
    until: Month | None = None
    re_bases: bool = False

    def is_crossed_by(self, span: Period) -> bool:
        """Whether a span of months has some before the date and some after, or it lies within."""
        if self.until is None:
            return span.start < self.start <= span.end
        overlaps = self.start <= span.end and span.start <= self.until
        return overlaps and not (self.start <= span.start and span.end <= self.until)


@dataclass(frozen=True)
class Measure:
    """What a report tracks: its name for readers, unit, direction of good, and cautions.

    `said_always` is printed in full view beside every figure; `caveats` go with the method.
    `breaks` are the dates of the register that concern its figures here.
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
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True)
class Target:
    """What a plan aims at: a percentage change on the year before, or a level."""

    kind: str  # change | level
    value: float  # per cent: -13 is a fall of 13%; a level is in the measure's unit
    set_by: str = ""
