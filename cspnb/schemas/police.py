"""Tables of data.police.uk's files: months are the file's, places are snap points."""

from cspnb.schemas.columns import LSOA_CODE, MONTH, number, table, text

_PLACE = {
    "longitude": number(nullable=True, what="degrees east, WGS84; a snap point"),
    "latitude": number(nullable=True, what="degrees north, WGS84; a snap point"),
    "location": text(nullable=True, what="as published: 'On or near ...'"),
    "lsoa_code": text(LSOA_CODE, nullable=True, what="of the snap point; 2011 or 2021 vintage"),
    "lsoa_name": text(nullable=True, what="district's name and a serial: 'Harborough 001A'"),
}

_ORIGIN = {
    "source_id": text(what="the row of `sources` it came by"),
    "force": text(what="police.uk's slug of the force whose file it is: 'leicestershire'"),
    "month": text(MONTH, what="the file's month"),
}

OFFENCES = table(
    "offences",
    "one row a record of a police.uk street file: an offence, or an ASB incident",
    _ORIGIN
    | {"crime_id": text(nullable=True), "crime_type": text(what="police.uk's own category")}
    | _PLACE
    | {"last_outcome": text(nullable=True), "context": text(nullable=True)},
    partition_by=("force",),
)

OUTCOMES = table(
    "outcomes",
    "one row an outcome recorded in the month; a crime may have several",
    _ORIGIN | {"crime_id": text(nullable=True)} | _PLACE | {"outcome": text(nullable=True)},
    partition_by=("force",),
)

STOPS = table(
    "stops",
    "one row a stop and search; `month` is the file's, because `stopped_at` is UTC",
    _ORIGIN
    | {
        "kind": text(nullable=True),
        "stopped_at": text(nullable=True, what="ISO 8601, as published"),
        "in_operation": text(nullable=True),
        "operation": text(nullable=True),
        "longitude": number(nullable=True),
        "latitude": number(nullable=True),
        "gender": text(nullable=True),
        "age_range": text(nullable=True),
        "self_defined_ethnicity": text(nullable=True),
        "officer_defined_ethnicity": text(nullable=True),
        "legislation": text(nullable=True),
        "object_of_search": text(nullable=True),
        "outcome": text(nullable=True),
        "outcome_linked_to_object": text(nullable=True),
        "removal_of_more_than_outer_clothing": text(nullable=True),
    },
    partition_by=("force",),
)
