"""Which column of a Home Office sheet is which: its headings have changed over the years."""

import re
from dataclasses import dataclass

from cspnb.errors import IngestError

HEADINGS = {
    "year": ("Financial Year",),
    "quarter": ("Financial Quarter", "Quarter"),
    "force": ("Police Force", "Force Name", "Force"),
    "partnership": (
        "CSP Name",
        "CSP",
        "Community Safety Partnership",
        "Community Safety Partnership Name",
    ),
    "offence": ("Offence Description", "Offence"),
    "group": ("Offence Group",),
    "subgroup": ("Offence Subgroup",),
    "code": ("Offence Code",),
    "count": ("Offence Count", "Number of Offences", "Offences"),
}
"""Our name of each column, and the headings it may have; case, blanks and hyphens pass."""

MARKS = ("supplier", "source_note")
"""Where a file of invented figures says so; see `sample_mark`."""

ROWS_OF_TITLES = 30
"""So many may stand above the row of column names."""


@dataclass(frozen=True)
class Layout:
    """Where each column of a sheet stands.

    places: our names to positions; 'partnership' is there in a file by partnership alone.
    written: our names to headings. width: columns to the last heading. others: headings of
    columns that are not taken.
    """

    places: dict[str, int]
    written: dict[str, str]
    width: int
    others: tuple[str, ...] = ()

    @property
    def level(self) -> str:
        """'csp' for figures by partnership, 'pfa' by police force area."""
        return "csp" if "partnership" in self.places else "pfa"


def is_heading(cells: list[str]) -> bool:
    """Whether a row is the one of column names: a heading and no figure of ours stands in it."""
    folded = {_folded(cell) for cell in cells}
    return sum(not folded.isdisjoint(names) for names in _FOLDED.values()) >= 4


def layout_of(cells: list[str], where: str) -> Layout:
    """The layout a row of column names announces.

    Raises IngestError for a column that is missing, or that stands there twice.
    """
    places, written, others = {}, {}, []
    for place, cell in enumerate(cells):
        name = _OURS.get(_folded(cell))
        if name in places:
            raise IngestError(
                f"two columns are the same: '{written[name]}' and '{cell}'",
                where=where,
                remedy="Keep the one that the Home Office published.",
            )
        if name:
            places[name], written[name] = place, cell.strip()
        elif cell.strip():
            others.append(cell.strip())
    _require(places, cells, where)
    width = max(place for place, cell in enumerate(cells, start=1) if cell.strip())
    return Layout(places, written, width, tuple(others))


def no_heading(where: str) -> IngestError:
    """The error for a sheet in which no row of column names was found."""
    return IngestError(
        "no row of column names was found: Financial Year, Financial Quarter, Police Force, "
        "CSP Name, Offence Description, Offence Group, Offence Subgroup, Offence Code, "
        "Offence Count",
        where=where,
        remedy="Check that this is a file of recorded crime as the Home Office publishes it.",
    )


def _require(places, cells, where):
    lacking = [names[0] for ours, names in HEADINGS.items() if ours not in places]
    lacking = [name for name in lacking if name != HEADINGS["partnership"][0]]
    if lacking:
        found = ", ".join(f"'{cell.strip()}'" for cell in cells if cell.strip())
        raise IngestError(
            f"there is no column '{lacking[0]}'; the columns are {found}",
            where=where,
            remedy="Take the sheet as published, with every column.",
        )


def _folded(cell):
    return re.sub(r"[\s_-]+", "", cell).casefold()


_FOLDED = {ours: {_folded(name) for name in names} for ours, names in HEADINGS.items()}
_OURS = {name: ours for ours, names in _FOLDED.items() for name in names}
_OURS |= {_folded(name): name for name in MARKS}
