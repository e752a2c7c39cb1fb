"""The exhibit itself: one thing shown, in each of the forms it takes."""

import os
from dataclasses import dataclass, field

import pandas as pd

from cspnb.exhibits.markup import html_of
from cspnb.exhibits.record import record_of
from cspnb.exhibits.text import text_of

EXHIBIT_MIME = "application/vnd.cspnb.exhibit+json"
TEXT_ONLY = "CSPNB_TEXT_ONLY"


@dataclass(frozen=True)
class Fact:
    """A number that shows itself as formatted text: `f"{fact}"` and `str(fact)` give `text`."""

    name: str
    value: float | int | None
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_pretty_(self, printer, _cycle) -> None:
        """How an inline expression in prose shows it."""
        printer.text(self.text)


@dataclass(frozen=True)
class Exhibit:
    """One thing shown. `kind` is 'figure', 'table' or 'statement'.

    `body` is SVG text for a figure, a `Grid` of display text for a table, and a tuple of
    paragraphs for a statement. `data` is the table behind it: numbers, for download.
    `warnings` are told at the top of the report and on the index. `notes` are in full view;
    `method`, `coverage` and `caveats` are kept with the data, one step away.
    """

    kind: str
    title: str
    body: object
    subtitle: str = ""
    alternative: str = ""
    data: pd.DataFrame | None = None
    source: str = ""
    method: str = ""
    coverage: str = ""
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = field(default=())

    def to_html(self) -> str:
        """Complete, accessible markup, everything in it escaped."""
        return html_of(self)

    def to_text(self) -> str:
        """Plain text, the same on every machine."""
        return text_of(self)

    def to_json(self) -> dict:
        """All but the drawing, as plain values: what the machinery reads."""
        return record_of(self)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        """What a notebook keeps. All of it is built even where only the text is kept."""
        bundle = {
            "text/html": self.to_html(),
            "text/plain": self.to_text(),
            EXHIBIT_MIME: self.to_json(),
        }
        if os.environ.get(TEXT_ONLY):
            return {"text/plain": bundle["text/plain"]}
        wanted = set(include or bundle) - set(exclude or ())
        return {kind: content for kind, content in bundle.items() if kind in wanted}
