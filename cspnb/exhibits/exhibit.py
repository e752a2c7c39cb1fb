"""What a report shows: a body with its title, text alternative, data, source and caveats."""

from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True)
class Fact:
    """A number that shows itself as formatted text: `f"{fact}"` and `str(fact)` give `text`."""

    name: str
    value: float | int | None
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Exhibit:
    """One thing shown. `kind` is 'figure', 'table' or 'statement'.

    `body` is SVG text for a figure, a table of display text for a table, and a tuple of
    paragraphs for a statement. `data` is the table behind it: numbers, for download.
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
    facts: tuple[Fact, ...] = field(default=())
