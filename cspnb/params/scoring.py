"""Files of params/scoring and params/issues: how issues are scored, and the scores."""

from pydantic import Field, model_validator

from cspnb.params.fields import Finding, MeasureKey, MonthText, Part, Slug, Text, refuse, repeats


class CriterionParams(Part):
    """One thing that an issue is scored on."""

    key: MeasureKey
    """Its short name, as files of params/issues call it."""
    label: Text
    """Its name for readers."""
    factor: Text
    """What it is a part of: criteria of one factor are averaged, and factors are multiplied."""
    lowest: int = 1
    """The points of the first entry of the scale."""
    scale: tuple[Text, ...] = Field(min_length=2)
    """What each number of points means, the lowest first."""
    weight: float = 1.0
    """How much it counts among the criteria of its factor."""

    @property
    def highest(self) -> int:
        """The points of the last entry of the scale."""
        return self.lowest + len(self.scale) - 1

    @model_validator(mode="after")
    def _can_be_multiplied(self):
        if self.lowest < 0:
            refuse(Finding("points are not below nothing", "Begin at 0 or 1.", ("lowest",)))
        if self.weight <= 0:
            refuse(Finding("a weight is above nothing", "Write 1, or 0.5.", ("weight",)))
        return self


class SchemeParams(Part):
    """How issues are scored; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    name: Text
    """Its name for readers."""
    note: Text | None = None
    """What a reader must know of it."""
    criteria: tuple[CriterionParams, ...] = Field(min_length=1)
    """What issues are scored on, in the order of the table."""

    @model_validator(mode="after")
    def _names_each_once(self):
        if findings := [*repeats("the criterion", "criteria", [c.key for c in self.criteria])]:
            refuse(*findings)
        return self


class IssueParams(Part):
    """Something a partnership might make a priority, with its scores."""

    label: Text
    """Its name for readers."""
    measures: tuple[MeasureKey, ...] = ()
    """Files of params/measures that bear on it."""
    scores: dict[MeasureKey, int] = {}
    """Points by criterion of the scheme; one that is left out was not scored."""
    scorer: Text
    """Who scored it: a role, not a person."""
    scored: MonthText
    """When."""
    evidence: Text | None = None
    """What the scores rest on."""


class IssuesParams(Part):
    """A partnership's issues; the file's name is its `slug`."""

    slug: Slug
    """The file's name: a file of params/partnerships."""
    scheme: Slug
    """How they are scored: a file of params/scoring."""
    source: Text
    """Who scored them and how, in a phrase."""
    caveats: tuple[Text, ...] = ()
    """What a reader must know of the scores."""
    issues: tuple[IssueParams, ...] = Field(min_length=1)
    """In any order."""
    invented: bool = False
    """Made up for sample data: never used with real data."""

    @model_validator(mode="after")
    def _names_each_once(self):
        if findings := [*repeats("the issue", "issues", [each.label for each in self.issues])]:
            refuse(*findings)
        return self
