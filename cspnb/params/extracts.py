"""A partner's extract as a partnership's file describes it: its columns, and how they are read."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cspnb.extracts import CATEGORIES, FIELDS, FLAGS, Extract
from cspnb.params.covers import CoversParams
from cspnb.params.fields import Finding, Part, Text, refuse, repeats

_NAME = {"type": "string", "minLength": 1}


def _one_or_two(written):
    columns = (written,) if isinstance(written, str) else written
    if not isinstance(columns, tuple) or len(columns) not in (1, 2):
        remedy = "Write the column's name in quotes, or [the date's column, the time's column]."
        refuse(Finding("a date is in one column, or in two: a date's and a time's", remedy))
    return columns


DateColumns = Annotated[
    tuple[Text, ...],
    BeforeValidator(_one_or_two),
    WithJsonSchema(
        {"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1, "maxItems": 2}]}
    ),
]


class Columns(Part):
    """Which column of the file holds what, each by its name in the file's first row."""

    record_key: Text | None = None
    """A hashed key of the record: a row that comes twice is then known again."""
    from_: DateColumns = Field(alias="from")
    """When it happened, or began: one column, or a date's column and a time's."""
    to: DateColumns | None = None
    """When it ended, at the latest: likewise."""
    counts_in: Text | None = None
    """The column whose date decides the month it counts in; left out: that of 'from'."""
    offence: Text | None = None
    """The offence, in words."""
    type: Text | None = None
    """The type of incident or case, in words."""
    offence_code: Text | None = None
    """The Home Office's offence code."""
    status: Text | None = None
    """How far it has come: open, closed."""
    lsoa: Text | None = None
    """The LSOA's code."""
    ward: Text | None = None
    """The ward's code (E05, W05)."""
    district: Text | None = None
    """The district's code (E06 to E09, W06)."""
    easting: Text | None = None
    """Metres on the national grid."""
    northing: Text | None = None
    """Metres on the national grid."""
    victim_key: Text | None = None
    """A hashed key of the victim."""
    offender_key: Text | None = None
    """A hashed key of the suspect or offender."""
    location_key: Text | None = None
    """A hashed key of the place."""
    domestic: Text | None = None
    """Flag: domestic abuse."""
    alcohol: Text | None = None
    """Flag: alcohol had a part in it."""
    hate: Text | None = None
    """Flag: hate crime or incident."""
    youth: Text | None = None
    """Flag: a young person had a part in it."""

    def named(self) -> dict[str, tuple[str, ...]]:
        """The columns of each field that the extract has."""
        written = self.model_dump(by_alias=True, exclude_none=True)
        return {
            field: (written[field],) if isinstance(written[field], str) else written[field]
            for field in FIELDS
            if field in written
        }

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        if findings := [*self._mapped_twice(), *self._half_a_place(), *self._not_one_category()]:
            refuse(*findings)
        return self

    def _mapped_twice(self):
        seen = {}
        for field, columns in self.named().items():
            for column in columns if field != "counts_in" else ():
                if column in seen:
                    what = f"the column '{column}' is mapped to {seen[column]} and to {field}"
                    yield Finding(what, "Keep the one that is right.", (field,))
                seen.setdefault(column, field)

    def _half_a_place(self):
        for one, other in (("easting", "northing"), ("northing", "easting")):
            if getattr(self, one) and not getattr(self, other):
                yield Finding(f"{one} is here without {other}", f"Add {other}.", (one,))

    def _not_one_category(self):
        if bool(self.offence) == bool(self.type):
            yield Finding(
                "one of offence and type is wanted",
                "Write offence for offences, type for incidents and cases.",
            )


class ExtractParams(Part):
    """One extract; its key in the file is the name measures and commands know it by."""

    kind: Literal["offence", "incident", "case"]
    """What a row is."""
    supplier: Text
    """Who supplies it: Leicestershire Police."""
    columns: Columns
    """Which column holds what."""
    dates: Literal["day first", "year first"]
    """How the file writes days: 25/03/2014, or 2014-03-25. It is never guessed."""
    yes: tuple[Text, ...] = ()
    """What counts as yes in a flag, in quotes; upper and lower case are one."""
    no: tuple[Text, ...] = ()
    """What counts as no."""
    blank_is_no: bool = False
    """Whether a flag left blank means no; otherwise it means that it is not known."""
    ignore: tuple[Text, ...] = ()
    """Columns that are known and not wanted; any other that is not mapped is refused."""
    not_personal: tuple[Text, ...] = ()
    """Columns that were suspected of holding personal data, and were looked at, and do not."""
    covers: CoversParams | None = None
    """What it holds whole; left out: nobody knows, and it proves no nought."""

    def described(self, partnership: str, stream: str, districts: tuple[str, ...]) -> Extract:
        """The extract as the doors of ingest take it; districts: all of the partnership's."""
        plain = self.model_dump(exclude={"columns", "covers"})
        covers = self.covers and self.covers.described(districts)
        return Extract(partnership, stream, columns=self.columns.named(), covers=covers, **plain)

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        kind = self._category_of_another_kind()
        if findings := [*kind, *self._cover_of_another_kind(), *self._flags(), *self._ignored()]:
            refuse(*findings)
        return self

    def _category_of_another_kind(self) -> Iterator[Finding]:
        wanted, other = CATEGORIES if self.kind == "offence" else CATEGORIES[::-1]
        if getattr(self.columns, other):
            what = f"an extract of kind {self.kind} has '{wanted}', not '{other}'"
            yield Finding(what, f"Write {wanted}.", ("columns", other))

    def _cover_of_another_kind(self) -> Iterator[Finding]:
        wanted, other = ("offences", "types") if self.kind == "offence" else ("types", "offences")
        if self.covers and getattr(self.covers, other) is not None:
            what = f"an extract of kind {self.kind} covers '{wanted}', not '{other}'"
            yield Finding(what, f"Write {wanted}.", ("covers", other))

    def _flags(self) -> Iterator[Finding]:
        flagged = any(getattr(self.columns, flag) for flag in FLAGS)
        if flagged and not self.yes:
            yield Finding(
                "there are flags, and nothing says what counts as yes",
                'Add what the file writes: yes: ["Y"] and no: ["N"].',
            )
        for position, word in enumerate(self.no):
            if word.casefold() in {each.casefold() for each in self.yes}:
                what = f"'{word}' counts both as yes and as no"
                yield Finding(what, "Take one of them out.", ("no", position))

    def _ignored(self) -> Iterator[Finding]:
        yield from repeats("the column", "ignore", self.ignore)
        mapped = {column for columns in self.columns.named().values() for column in columns}
        for position, column in enumerate(self.ignore):
            if column in mapped:
                what = f"the column '{column}' is mapped, and ignored"
                yield Finding(what, "Take it out here or there.", ("ignore", position))
