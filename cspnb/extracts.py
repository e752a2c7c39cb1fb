"""How a partner's own extract is written: which of its columns holds what, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FLAGS = ("domestic", "alcohol", "hate", "youth")
KEYS = ("record_key", "victim_key", "offender_key", "location_key")
PLACES = ("lsoa", "ward", "district", "easting", "northing")
DATES = ("from", "to", "counts_in")
CATEGORIES = ("offence", "type")
"""What the record is called: `offence` of an offence, `type` of an incident or a case."""

FIELDS = (*KEYS, *DATES, *CATEGORIES, "offence_code", "status", *PLACES, *FLAGS)
"""All that an extract's columns can be mapped to."""

DATED = ("from", "to")
"""Fields that may be written in two columns, a date's and a time's."""

ALL = "all"
APART = "; "
"""What `sources` keeps between the names of a list."""


@dataclass(frozen=True)
class Cover:
    """What an extract is drawn to hold whole, so that no record of it in a month is a nought.

    districts: codes. categories: offences or types by code or name; none named: every one.
    """

    districts: tuple[str, ...]
    categories: tuple[str, ...] = ()

    @property
    def areas(self) -> str:
        """The districts as `declared_areas` of `sources` has them."""
        return APART.join(self.districts)

    @property
    def types(self) -> str:
        """The categories as `declared_types` of `sources` has them: 'all', or their names."""
        return APART.join(self.categories) or ALL


@dataclass(frozen=True)
class Extract:
    """One extract of one partnership, as its file describes it.

    columns: the file's column, or columns, of each of FIELDS that it has. dates: the order in
    which days are written; it is never guessed. yes, no: what counts as either in a flag, with no
    regard to case; `blank_is_no` where a flag left blank means no, and not 'not known'. ignore:
    columns that are known and not wanted. not_personal: columns that were suspected of holding
    personal data, and do not. covers: what it holds whole; None where nobody has said.
    """

    partnership: str
    stream: str
    kind: Literal["offence", "incident", "case"]
    supplier: str
    columns: Mapping[str, tuple[str, ...]]
    dates: Literal["day first", "year first"]
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    blank_is_no: bool = False
    ignore: tuple[str, ...] = ()
    not_personal: tuple[str, ...] = ()
    covers: Cover | None = None

    def column(self, field: str) -> str | None:
        """The one column of a field, or the first of two; None where the extract has none."""
        return next(iter(self.columns.get(field, ())), None)

    @property
    def counted_by(self) -> str:
        """The field whose date decides the month a record counts in."""
        return "counts_in" if "counts_in" in self.columns else "from"

    @property
    def category(self) -> str:
        """The field that says what a record is of."""
        return "offence" if "offence" in self.columns else "type"

    @property
    def mapped(self) -> tuple[str, ...]:
        """Every column that is mapped to something, each once."""
        return tuple(dict.fromkeys(c for columns in self.columns.values() for c in columns))
