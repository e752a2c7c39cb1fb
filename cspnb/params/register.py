"""A file of params/register: a date at which what was recorded changed, or recording stopped."""

from typing import Literal

from pydantic import model_validator

from cspnb.params.fields import Finding, ForceSlug, MeasureKey, MonthText, Part, Slug, Text, refuse
from cspnb.params.nearest import did_you_mean
from cspnb.params.origins import ORIGINS


class RegisterEntry(Part):
    """One date of the register; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    kind: Literal["recording change", "publication change", "gap", "restriction"]
    """What happened: to recording, to what is published, to supply, or to life at large."""
    since: MonthText
    """The first month it concerns."""
    until: MonthText | None = None
    """The last month it concerns; left out: it stands to this day."""
    text: Text
    """One sentence that can follow 'From April 2017', or a span of months and a colon."""
    re_bases: bool = False
    """Whether a control chart starts anew at the date."""
    measures: tuple[MeasureKey, ...] = ()
    """The measures it concerns; left out: all."""
    origins: tuple[Text, ...] = ()
    """The origins it concerns, as measures name them; left out: all."""
    forces: tuple[ForceSlug, ...] = ()
    """The police forces it concerns, as police.uk names them; left out: all."""
    source: Text
    """Who says so, and where."""

    def concerns(self, measure: str, origins: frozenset[str], forces: frozenset[str]) -> bool:
        """Whether it concerns a measure's figures of some origins, in the area of some forces."""
        return (
            (not self.measures or measure in self.measures)
            and (not self.origins or not origins.isdisjoint(self.origins))
            and (not self.forces or not forces.isdisjoint(self.forces))
        )

    @model_validator(mode="after")
    def _is_in_order(self):
        if self.until is not None and self.until < self.since:
            refuse(Finding("it ends before it begins", "Mend since or until.", ("until",)))
        for position, origin in enumerate(self.origins):
            if origin not in ORIGINS:
                remedy = did_you_mean(origin, ORIGINS, "The origins")
                refuse(Finding(f"'{origin}' is no origin", remedy, ("origins", position)))
        return self
