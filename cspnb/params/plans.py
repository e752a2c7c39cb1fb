"""A partnership's plan: the years it is for, its priorities and its targets."""

from collections.abc import Iterator
from typing import Literal

from pydantic import model_validator

from cspnb.params.fields import (
    Finding,
    MeasureKey,
    Part,
    PeriodText,
    Slug,
    Text,
    refuse,
    repeats,
)
from cspnb.periods import Period


class Target(Part):
    """What a plan aims at with one measure, for one period."""

    measure: MeasureKey
    """A file of params/measures."""
    period: PeriodText
    """The period it is set for; it holds for every part of it, against the same months before."""
    kind: Literal["change", "level"]
    """A percentage change on the year before, or a level to reach (percentage measures only)."""
    value: float
    """In per cent: -13 is a fall of 13%; 85 is a level of 85%."""
    set_by: Text
    """Who set it."""

    @model_validator(mode="after")
    def _can_be_reached(self):
        if self.kind == "change" and self.value < -100:
            refuse(Finding("nothing falls by more than 100%", "Write -13 for -13%.", ("value",)))
        if self.kind == "level" and not 0 <= self.value <= 100:
            refuse(Finding("a level is from 0 to 100 per cent", "Write 85 for 85%.", ("value",)))
        return self


class Priority(Part):
    """One priority of a plan. It may have no measure: some work cannot be counted."""

    slug: Slug
    """Its short name, in file and section names."""
    title: Text
    """Its heading."""
    aim: Text | None = None
    """What the plan sets out to do, in a sentence."""
    focus: tuple[Text, ...] = ()
    """What it comes down to, a phrase each."""
    leads: tuple[Text, ...] = ()
    """Roles or organisations that answer for it."""
    measures: tuple[MeasureKey, ...] = ()
    """How progress is read: files of params/measures."""
    activity: tuple[Text, ...] = ()
    """What has been done, a phrase each."""
    position: Text | None = None
    """Where it stands, in the partnership's own words."""
    scope: Literal["district", "county"] | None = None
    """Where a plan has priorities of the county beside its own."""


class Plan(Part):
    """A plan or strategy, and the years it is for."""

    name: Text
    """As it is called."""
    period_from: PeriodText
    """Its first year (or month): "2011/12"."""
    period_to: PeriodText
    """Its last year (or month), included: "2013/14"."""
    priorities: tuple[Priority, ...] = ()
    """In the plan's order."""
    ranked: bool
    """Whether that order is one of importance."""
    cross_cutting: tuple[Text, ...] = ()
    """Themes that run through every priority."""
    measures: tuple[MeasureKey, ...] = ()
    """The rows of its table of performance, in order."""
    targets: tuple[Target, ...] = ()
    """At most one a measure and period."""

    @property
    def span(self) -> Period:
        """Every month the plan is for."""
        return Period(self.period_from.start, self.period_to.end)

    @property
    def tracked_measures(self) -> tuple[str, ...]:
        """Rows of the table of performance: `measures`, or all that targets and priorities name."""
        if self.measures:
            return self.measures
        named = [target.measure for target in self.targets]
        named += [measure for priority in self.priorities for measure in priority.measures]
        return tuple(dict.fromkeys(named))

    def priority(self, slug: str) -> Priority | None:
        """The priority of that short name; None where the plan has none."""
        return next((priority for priority in self.priorities if priority.slug == slug), None)

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        if self.period_to.end < self.period_from.start:
            what = f"the plan ends ({self.period_to}) before it starts ({self.period_from})"
            refuse(Finding(what, "Swap the two.", ("period_to",)))
        findings = [
            *repeats("the priority", "priorities", [each.slug for each in self.priorities]),
            *repeats("the measure", "measures", self.measures),
            *self._stray_targets(),
        ]
        if findings:
            refuse(*findings)
        return self

    def _stray_targets(self) -> Iterator[Finding]:
        for position, target in enumerate(self.targets):
            if not self.span.covers(target.period):
                yield Finding(
                    f"the target is for {target.period}, outside the plan's {self.span}",
                    "Put it in the plan it belongs to, or mend the period.",
                    ("targets", position, "period"),
                )
            if self.measures and target.measure not in self.measures:
                yield Finding(
                    f"the plan's measures leave out {target.measure}, which has a target",
                    "Add it to the plan's measures, or it would not be shown.",
                    ("targets", position, "measure"),
                )
