"""The headers of police.uk's files, and the column of ours that each of theirs becomes."""

from dataclasses import dataclass

from cspnb.errors import IngestError

_RECORD = {"Month": None, "Reported by": None, "Falls within": None}
_POINT = {"Longitude": "longitude", "Latitude": "latitude"}
_LSOA = {"Location": "location", "LSOA code": "lsoa_code", "LSOA name": "lsoa_name"}


@dataclass(frozen=True)
class Layout:
    """A header in its published order: each name to our column, or to None if we store none."""

    table: str
    columns: dict[str, str | None]

    @property
    def header(self) -> list[str]:
        """The names as published."""
        return list(self.columns)


STREET = Layout(
    "offences",
    {"Crime ID": "crime_id", **_RECORD, **_POINT, **_LSOA}
    | {
        "Crime type": "crime_type",
        "Last outcome category": "last_outcome",
        "Context": "context",
    },
)
STREET_OF_2011 = Layout(
    "offences",
    _RECORD
    | {
        "Easting": "easting",
        "Northing": "northing",
        "Location": "location",
        "Crime type": "crime_type",
        "Context": "context",
    },
)
OUTCOMES = Layout(
    "outcomes",
    {"Crime ID": "crime_id", **_RECORD, **_POINT, **_LSOA, "Outcome type": "outcome"},
)
STOPS = Layout(
    "stops",
    {
        "Type": "kind",
        "Date": "stopped_at",
        "Part of a policing operation": "in_operation",
        "Policing operation": "operation",
        "Latitude": "latitude",
        "Longitude": "longitude",
        "Gender": "gender",
        "Age range": "age_range",
        "Self-defined ethnicity": "self_defined_ethnicity",
        "Officer-defined ethnicity": "officer_defined_ethnicity",
        "Legislation": "legislation",
        "Object of search": "object_of_search",
        "Outcome": "outcome",
        "Outcome linked to object of search": "outcome_linked_to_object",
        "Removal of more than just outer clothing": "removal_of_more_than_outer_clothing",
    },
)
LAYOUTS = (STREET, STREET_OF_2011, OUTCOMES, STOPS)


def layout_of(header: list[str], table: str, where: str) -> Layout:
    """The layout of a table's file with this header; IngestError naming what differs."""
    known = [layout for layout in LAYOUTS if layout.table == table]
    names = [name.strip() for name in header]
    for layout in known:
        if layout.header == names:
            return layout
    nearest = max(known, key=lambda layout: len(set(layout.header) & set(names)))
    raise IngestError(
        f"the header is not that of a police.uk file of its name: {_difference(nearest, names)}",
        where=where,
        remedy=f"It should be: {', '.join(nearest.header)}.",
    )


def _difference(layout: Layout, names: list[str]) -> str:
    for place, (expected, found) in enumerate(zip(layout.header, names, strict=False), start=1):
        if expected != found:
            return f"column {place} is '{found[:60]}' where '{expected}' belongs"
    return f"{len(names)} columns where {len(layout.header)} belong"
