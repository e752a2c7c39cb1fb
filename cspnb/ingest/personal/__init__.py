"""No personal data comes in: every column of a file is looked at, by its name and by its cells."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.personal.headers import BIRTH, spoken_of
from cspnb.ingest.personal.values import are_birth_dates, held_in
from cspnb.ingest.sheets import Sheet


@dataclass(frozen=True)
class Suspicion:
    """A column that seems to hold personal data. `certain`: nobody can declare it harmless."""

    column: str
    kind: str
    certain: bool
    example: str | None = None

    def __str__(self) -> str:
        shown = f", such as '{masked(self.example)}'" if self.example else ""
        return f"'{self.column}' ({self.kind}{shown})"


def refuse_personal_data(sheet: Sheet, *, cleared: Collection[str], dated: str | None) -> None:
    """Raise IngestError naming every column of a file that seems to hold personal data.

    cleared: columns that the partnership has looked at and declares harmless, which is heeded but
    for e-mail addresses, telephone and National Insurance numbers, full postcodes and a column
    named as dates of birth. dated: the column of the date of each row's event, to tell dates of
    birth by. No cell is printed but for the first letter of its words.
    """
    found = [s for s in suspicions(sheet.frame, dated) if s.certain or s.column not in cleared]
    if not found:
        return
    said = "; ".join(map(str, found))
    raise IngestError(
        f"{_columns(len(found))} personal data, which is never taken in: {said}",
        where=sheet.name,
        remedy=_remedy(found),
    )


def suspicions(frame: pd.DataFrame, dated: str | None = None) -> list[Suspicion]:
    """Every suspicion about the columns of a table of text, in their order, one a column.

    What cells show for certain comes before what the column's name says, and that before the rest.
    """
    events = frame.get(dated)
    found = [_suspicion(column, frame[column].dropna(), events) for column in frame]
    return [suspicion for suspicion in found if suspicion is not None]


def masked(cell: str) -> str:
    """A cell of which nothing is told but the first letter of its first words: 'J… S…'."""
    return " ".join(f"{word[0]}…" for word in cell.split()[:3])


def _suspicion(column, cells, events):
    held = held_in(cells) if len(cells) else None
    if held and held[1]:
        return Suspicion(column, *held)
    example = cells.iloc[0] if len(cells) else None
    if spoken := spoken_of(column):
        return Suspicion(column, spoken, spoken == BIRTH, example)
    if held:
        return Suspicion(column, *held)
    other = events is not None and column != events.name
    if other and len(cells) and are_birth_dates(cells, events):
        return Suspicion(column, BIRTH, False, example)
    return None


def _columns(count):
    return "a column looks like" if count == 1 else f"{count} columns look like"


def _remedy(found):
    said = "Take what is personal out of the file, or ask the supplier for it without. "
    if any(s.kind == "full postcodes" for s in found):
        said += "In place of a postcode give its LSOA. "
    if any(not s.certain for s in found):
        said += "A column that holds nothing personal is declared so under not_personal."
    return said.strip()
