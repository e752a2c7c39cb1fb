"""What an extract covers, as a partnership's file says it: which districts, and what in them."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from cspnb.extracts import ALL, APART, Cover
from cspnb.params.fields import DistrictCode, Finding, Part, Text, refuse, repeats


def _all_or_named(written):
    """A list, or none of it where the file says 'all'."""
    if written == ALL:
        return ()
    if not isinstance(written, tuple):
        refuse(Finding(f"'{written}' is not 'all', and not a list", "Write all, or a list in []."))
    if not written:
        refuse(Finding("nothing is named", "Write all, or name what is covered."))
    if ALL in written:
        refuse(Finding("'all' stands alone", "Write all without a list, or name them."))
    return written


def _list_of(kind: type, item: dict):
    schema = {"anyOf": [{"const": ALL}, {"type": "array", "items": item, "minItems": 1}]}
    return Annotated[tuple[kind, ...], BeforeValidator(_all_or_named), WithJsonSchema(schema)]


Districts = _list_of(DistrictCode, {"type": "string", "pattern": r"^(E0[6-9]|W06)\d{6}$"})
Names = _list_of(Text, {"type": "string", "minLength": 1})


class CoversParams(Part):
    """What an extract holds whole; of all else it says nothing, and proves no nought."""

    districts: Districts
    """all: every district of the partnership; or a list of codes."""
    offences: Names | None = None
    """Of an extract of offences: all; or a list of offences and codes, as the extract has them."""
    types: Names | None = None
    """Of an extract of incidents or cases: all; or a list of types."""

    def described(self, districts: tuple[str, ...]) -> Cover:
        """What is covered; districts: all of the partnership's."""
        return Cover(self.districts or districts, self.offences or self.types or ())

    @model_validator(mode="after")
    def _agrees_with_itself(self):
        if findings := [*self._neither(), *self._unfit()]:
            refuse(*findings)
        return self

    def _neither(self) -> Iterator[Finding]:
        if (self.offences is None) == (self.types is None):
            remedy = "Write offences for offences, types for incidents and cases: all, or a list."
            yield Finding("one of offences and types is wanted", remedy)

    def _unfit(self) -> Iterator[Finding]:
        yield from repeats("the district", "districts", self.districts)
        for key in ("offences", "types"):
            names = getattr(self, key) or ()
            yield from repeats("the name", key, names)
            for position, name in enumerate(names):
                if APART.strip() in name:
                    remedy = "Write each by itself, or by its code."
                    yield Finding(f"'{name}' has a semicolon", remedy, (key, position))
