"""Where a measure's figures can come from: one model an origin, and what of it is counted."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cspnb.params.fields import Finding, MonthText, Part, Text, refuse
from cspnb.params.nearest import did_you_mean


class _Source(Part):
    since: MonthText | None = None
    """The first month in which this source gives the measure on the terms it has now."""


class PoliceUk(_Source):
    """data.police.uk's street files, by month."""

    origin: Literal["police_uk"] = "police_uk"
    """police_uk: data.police.uk's street-level files."""
    crime_types: tuple[Text, ...] = ()
    """police.uk's own categories that make up the measure; several names where one was renamed."""
    all_but: tuple[Text, ...] = ()
    """In place of crime_types: every category but these."""

    def crime_types_among(self, published: frozenset[str]) -> frozenset[str]:
        """Those of the categories published in a month that make up the measure."""
        if self.all_but:
            return published - frozenset(self.all_but)
        return published & frozenset(self.crime_types)

    @model_validator(mode="after")
    def _names_what_it_takes(self):
        if bool(self.crime_types) == bool(self.all_but):
            refuse(
                Finding("police_uk wants either crime_types or all_but", "Write one of the two.")
            )
        if findings := [*self._unpublished()]:
            refuse(*findings)
        return self

    def _unpublished(self):
        # Imported here: it brings pandas, and listing partnerships has no use for that.
        from cspnb.scopes import ELEVEN_TYPES, FOURTEEN_TYPES

        published = ELEVEN_TYPES | FOURTEEN_TYPES
        for key in ("crime_types", "all_but"):
            for position, name in enumerate(getattr(self, key)):
                if name not in published:
                    yield Finding(
                        f"'{name}' is not a category of police.uk",
                        did_you_mean(name, published, "The categories"),
                        (key, position),
                    )


class HomeOffice(_Source):
    """The Home Office's open tables of recorded crime by partnership, by financial quarter."""

    origin: Literal["home_office"]
    """home_office: police recorded crime open data tables."""
    codes: tuple[Text, ...] = ()
    """Offence codes that make up the measure, in quotes: "28E", "45"."""
    subgroups: tuple[Text, ...] = ()
    """Offence subgroups that make up the measure; several names where one was renamed."""

    @model_validator(mode="after")
    def _names_what_it_takes(self):
        if bool(self.codes) == bool(self.subgroups):
            refuse(
                Finding(
                    "home_office wants either codes or subgroups",
                    "Write one of the two: a code is counted whatever its subgroup.",
                )
            )
        return self


class SuppliedRecords(_Source):
    """Records of a partner's own extract, as the partnership's file maps it, by month."""

    origin: Literal["supplied_records"]
    """supplied_records: a force extract, or a council's cases."""
    stream: Text
    """The extract's name in the partnership's file: force-extract, council-asb."""
    codes: tuple[Text, ...] = ()
    """Offence codes that make up the measure; with no categories either: any."""
    categories: tuple[Text, ...] = ()
    """Offences or types of case, as the extract writes them; beside `codes`, either will do."""
    flag: Literal["domestic", "alcohol", "hate", "youth"] | None = None
    """Only records with this flag."""


class WardCounts(_Source):
    """Counts by ward and month, summed over a district's wards."""

    origin: Literal["ward_counts"]
    """ward_counts: the Metropolitan Police's ward-level table."""
    categories: tuple[Text, ...]
    """Major categories, as published: BURGLARY."""
    subcategories: tuple[Text, ...] = ()
    """Minor categories; left out: every one of the major."""


class LsoaCounts(_Source):
    """Counts by LSOA and calendar year, summed over a district's LSOAs."""

    origin: Literal["lsoa_counts"]
    """lsoa_counts: yearly tables by LSOA."""
    categories: tuple[Text, ...]
    """Categories, as the files are named."""


class Fires(_Source):
    """Fires by LSOA and financial year, summed over a district's LSOAs."""

    origin: Literal["fires"]
    """fires: the incident tables of the fire statistics."""
    kinds: tuple[Literal["primary", "secondary", "chimney", "other"], ...]
    """Which fires."""


class RoadCasualties(_Source):
    """People killed or injured on the roads (STATS19)."""

    origin: Literal["road_casualties"]
    """road_casualties: STATS19."""
    severities: tuple[Literal["fatal", "serious", "slight"], ...]
    """Which casualties."""


class Surveys(_Source):
    """A survey's answers."""

    origin: Literal["surveys"]
    """surveys: answers with their base."""
    question: Text
    """The question, as the file has it."""
    answers: tuple[Text, ...]
    """The answers that are counted together."""


class Indicators(_Source):
    """Figures that a partner supplied, ready counted."""

    origin: Literal["indicators"] = "indicators"
    """indicators: figures supplied by a partner."""


Source = Annotated[
    PoliceUk
    | HomeOffice
    | SuppliedRecords
    | WardCounts
    | LsoaCounts
    | Fires
    | RoadCasualties
    | Surveys
    | Indicators,
    Field(discriminator="origin"),
]
"""One place a measure can be taken from."""

ORIGINS = (
    "police_uk",
    "home_office",
    "supplied_records",
    "ward_counts",
    "lsoa_counts",
    "fires",
    "road_casualties",
    "surveys",
    "indicators",
)
OF_PERCENTAGES = ("indicators", "surveys")
"""Origins that can give a percentage; the others count things."""
