"""A file of params/measures: what a measure is, why it is watched, and where it comes from."""

from typing import Literal

from pydantic import model_validator

from cspnb.params.fields import Finding, MeasureKey, MonthText, Part, Text, refuse
from cspnb.params.origins import OF_PERCENTAGES, Source
from cspnb.periods import Period

Theme = Literal[
    "Crime",
    "ASB",
    "Fire",
    "Roads",
    "Reoffending",
    "Youth justice",
    "Substance misuse",
    "Health",
    "Families",
    "Perceptions",
]
"""The sheets of the indicators workbook, in their order."""


class NotIn(Part):
    """Why a source cannot give the measure: one sentence each, for readers."""

    police_uk: Text | None = None
    """Why police.uk's street files cannot give it."""


class Caveat(Part):
    """What a reader must know beside a figure, and the months it concerns."""

    text: Text
    """One sentence that can follow the measure's name and a colon."""
    since: MonthText | None = None
    """The first month it concerns; left out: from the start."""
    until: MonthText | None = None
    """The last month it concerns; left out: to this day."""

    def concerns(self, span: Period) -> bool:
        """Whether any month of a span is one it concerns."""
        begun = self.since is None or self.since <= span.end
        return begun and (self.until is None or span.start <= self.until)


class MeasureParams(Part):
    """A measure as its file defines it; the file's name is its `key`."""

    key: MeasureKey
    """The file's name."""
    label: Text
    """Its name for readers."""
    unit: Text
    """What is counted ('offences'), or 'per cent'."""
    kind: Literal["count", "percentage"]
    """A count of things, or a percentage of a base."""
    good: Literal["lower", "higher", "neither"]
    """Which way is good news; 'neither' where a rise may mean more reporting or more policing."""
    denominator: Literal["residents", "households", "none"]
    """What a rate is per."""
    theme: Theme = "Crime"
    """The sheet of the indicators workbook it stands on."""
    published_for: Literal["district", "upper_tier"] = "district"
    """The smallest area with a figure of its own: upper_tier is a county or a unitary authority."""
    why: Text
    """Why residents should care: one or two sentences."""
    said_always: tuple[Text, ...] = ()
    """What is printed in full view beside every figure: what the count leaves out."""
    caveats: tuple[Caveat, ...] = ()
    """What a reader finds with the method: cautions, and breaks in the series."""
    sources: tuple[Source, ...]
    """In order of preference; the first that has the months is used."""
    not_in: NotIn = NotIn()
    """Why a source that is not listed cannot give it."""

    def source(self, origin: str) -> Source | None:
        """How the measure is taken from an origin; None where it cannot be."""
        return next((source for source in self.sources if source.origin == origin), None)

    def caveats_on(self, span: Period) -> tuple[str, ...]:
        """The cautions that concern some month of a span."""
        return tuple(caveat.text for caveat in self.caveats if caveat.concerns(span))

    @model_validator(mode="after")
    def _accounts_for_every_source(self):
        if findings := [*self._source_findings()]:
            refuse(*findings)
        return self

    def _source_findings(self):
        origins = [_called(source) for source in self.sources]
        if not origins:
            yield Finding("there is no source", "Name at least one origin.", ("sources",))
        for position, origin in enumerate(origins):
            if origin in origins[:position]:
                yield Finding(f"{origin} is here twice", "Keep one.", ("sources", position))
        if ("police_uk" in origins) == bool(self.not_in.police_uk):
            yield Finding(
                "police_uk must be either a source or explained in not_in",
                "Add it to sources, or say under not_in why police.uk cannot give the measure.",
                ("sources",),
            )
        counted = any(source.origin not in OF_PERCENTAGES for source in self.sources)
        if self.kind == "percentage" and (self.denominator != "none" or counted):
            yield Finding(
                "a percentage has a base of its own and is a supplied figure",
                f"Write denominator: none, and take it from {' or '.join(OF_PERCENTAGES)} alone.",
                ("kind",),
            )


def _called(source) -> str:
    """What tells one source of a measure from another: two extracts are two sources."""
    return f"{source.origin} {source.stream}" if hasattr(source, "stream") else source.origin
