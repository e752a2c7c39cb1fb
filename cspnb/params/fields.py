"""The kinds of value a params file holds, and the model every part of one is made from.

Each kind says in its own words what is wrong with a value that does not fit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from cspnb.errors import PeriodError
from cspnb.forces import FORCES
from cspnb.params.nearest import did_you_mean
from cspnb.params.reading import Place
from cspnb.periods import Month, Period

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
MEASURE_KEY = r"^[a-z0-9]+(?:_[a-z0-9]+)*$"

GIVEN_BY_THE_FILES_NAME = frozenset({"slug", "key"})
"""Fields of a whole file that are its name, and so are not written in it."""


class Part(BaseModel):
    """A mapping of a params file: frozen, strict, and with no key but those it names."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True
    )


@dataclass(frozen=True)
class Finding:
    """What is wrong inside a part, what to do, and where, counted from the part."""

    what: str
    remedy: str
    at: Place = ()


def refuse(*findings: Finding) -> NoReturn:
    """Tell pydantic, from a validator, of everything found at once."""
    text = "; ".join(finding.what for finding in findings)
    raise PydanticCustomError("unfit", "{text}", {"text": text, "findings": findings})


def repeats(called: str, key: str, values: Sequence[str]) -> Iterator[Finding]:
    """A finding for each value of a part's list `key` that has come before."""
    for position, value in enumerate(values):
        if value in values[:position]:
            yield Finding(
                f"{called} '{value}' is here twice", "Take one of them out.", (key, position)
            )


def _filled(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "blank")
    return text


def _force(slug: str) -> str:
    if slug not in FORCES:
        remedy = did_you_mean(slug, FORCES, "Forces")
        refuse(Finding(f"'{slug}' is not a force of police.uk", remedy))
    return slug


def _matching(pattern: str, kind: str, remedy: str):
    def check(text: str) -> str:
        if not re.match(pattern, text):
            refuse(Finding(f"'{text}' is not {kind}", remedy))
        return text

    schema = WithJsonSchema({"type": "string", "pattern": pattern})
    return Annotated[str, AfterValidator(check), schema]


def _parsed(kind: type, example: str):
    def parse(written) -> "Month | Period":
        if isinstance(written, kind):
            return written
        try:
            return kind.parse(written)
        except PeriodError as error:
            refuse(Finding(error.what, error.remedy))

    schema = WithJsonSchema({"type": "string", "examples": [example]})
    return Annotated[kind, PlainValidator(parse), PlainSerializer(str), schema]


Text = Annotated[str, AfterValidator(_filled), WithJsonSchema({"type": "string", "minLength": 1})]
Slug = _matching(
    SLUG, "a slug", "Use small letters, digits and single hyphens: north-worcestershire."
)
MeasureKey = _matching(
    MEASURE_KEY, "a measure's key", "Use small letters, digits and underscores: vehicle_crime."
)
DistrictCode = _matching(
    r"^(E0[6-9]|W06)\d{6}$",
    "the code of a district of England or Wales",
    "It is E06, E07, E08, E09 or W06 and six digits, as the ONS writes it: E07000131.",
)
CspCode = _matching(
    r"^(E22|W14)\d{6}$",
    "the code of a Community Safety Partnership",
    "It is E22 or W14 and six digits, as the ONS writes it: E22000166.",
)
AreaCode = _matching(
    r"^(E0[6-9]|W06|E22|W14)\d{6}$",
    "the code of a district or partnership of England or Wales",
    "Use an ONS code: E07000131 for a district, E22000166 for a partnership.",
)
PlaceCode = _matching(
    r"^([EW]0[15]|E0[6-9]|W06)\d{6}$",
    "the code of an LSOA, a ward or a district of England or Wales",
    "Use an ONS code: E01025741 for an LSOA, E05005420 for a ward, E07000131 for a district.",
)
CountyCode = _matching(
    r"^E10\d{6}$",
    "the code of a county",
    "It is E10 and six digits, as the ONS writes it: E10000018 for Leicestershire.",
)
Telephone = _matching(
    r"^\+?[0-9(][0-9 ()]{8,}( ?(ext\.?|x) ?[0-9]+)?$",
    "a telephone number",
    "Write it in quotes with its area code: '01234 567890', or '01234 567890 ext 12'.",
)
Email = _matching(
    r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", "an email address", "Write it as name@council.gov.uk."
)
ForceSlug = Annotated[str, AfterValidator(_force), WithJsonSchema({"enum": sorted(FORCES)})]
PeriodText = _parsed(Period, "2013/14")
MonthText = _parsed(Month, "2014-03")
