"""A file of params/calendars: the school holidays of an education authority."""

from datetime import date
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema, model_validator

from cspnb.params.fields import Finding, Part, Slug, Text, refuse


def _day(written) -> date:
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        refuse(Finding(f"'{written}' is not a day", "Write it as YYYY-MM-DD: 2013-07-12."))


DayText = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["2013-07-12"]}),
]


class SchoolHoliday(Part):
    """One holiday of one year."""

    name: Text
    """As readers call it; the same in every year, for years are looked at together."""
    first: DayText
    """Its first day, weekends included, in quotes."""
    last: DayText
    """Its last day, weekends included, in quotes."""

    @model_validator(mode="after")
    def _is_in_order(self):
        if self.last < self.first:
            refuse(Finding("it ends before it begins", "Mend first or last.", ("last",)))
        return self


class CalendarParams(Part):
    """School holidays of an area; the file's name is its `slug`."""

    slug: Slug
    """The file's name: the county's, or that of the partnership whose area has its own."""
    source: Text
    """Who publishes the dates, and where."""
    invented: bool = False
    """Dates made up for sample data: never used with real data."""
    school_holidays: tuple[SchoolHoliday, ...] = Field(min_length=1)
    """Every holiday of the years held, half-terms included."""
