"""A file of params/interventions: what was done in a place, and what to set beside it."""

from pydantic import Field, model_validator

from cspnb.params.fields import (
    Finding,
    MeasureKey,
    MonthText,
    Part,
    PlaceCode,
    Slug,
    Text,
    refuse,
    repeats,
)
from cspnb.periods import Period

_LONGEST = 60
_ZONES = ("where", "comparison", "ring", "ring_comparison")


class InterventionParams(Part):
    """Something that was done; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    partnership: Slug
    """The file of params/partnerships in whose area it was done."""
    title: Text
    """Its name for readers."""
    what: Text
    """What was done, in a sentence."""
    measure: MeasureKey
    """What it was meant to change: a file of params/measures."""
    starts: MonthText
    """The first month in which it was done."""
    months_before: int = 12
    """How many months before it are counted."""
    months_after: int = 12
    """How many months from its first are counted."""
    where: tuple[PlaceCode, ...] = Field(min_length=1)
    """Where it was done: codes of LSOAs, wards or districts."""
    comparison: tuple[PlaceCode, ...] = ()
    """What is set beside it; left out: the rest of the partnership."""
    ring: tuple[PlaceCode, ...] = ()
    """Where crime could have moved to."""
    adjacent_ring: bool = False
    """In place of `ring`: every area whose outline touches that of `where`."""
    ring_comparison: tuple[PlaceCode, ...] = ()
    """What is set beside the ring; left out: the comparison."""
    invented: bool = False
    """Made up for sample data: never used with real data."""

    @property
    def before(self) -> Period:
        """The months before."""
        return Period(self.starts - self.months_before, self.starts - 1)

    @property
    def after(self) -> Period:
        """The months from the first in which it was done."""
        return Period(self.starts, self.starts + (self.months_after - 1))

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        if findings := [*self._findings()]:
            refuse(*findings)
        return self

    def _findings(self):
        for key in ("months_before", "months_after"):
            if not 1 <= getattr(self, key) <= _LONGEST:
                yield Finding(
                    f"{key} is {getattr(self, key)}", f"Write 1 to {_LONGEST} months.", (key,)
                )
        if self.ring and self.adjacent_ring:
            yield Finding("there are two rings", "Keep ring, or adjacent_ring.", ("ring",))
        if self.ring_comparison and not (self.ring or self.adjacent_ring):
            yield Finding("there is no ring to compare", "Take it out.", ("ring_comparison",))
        taken: dict[str, str] = {}
        for key in _ZONES:
            codes = getattr(self, key)
            yield from repeats("the area", key, codes)
            for position, code in enumerate(codes):
                if taken.setdefault(code, key) != key:
                    yield Finding(
                        f"'{code}' is in {taken[code]} as well", "Keep it in one.", (key, position)
                    )
