"""Offences counted as they are taken in, so that a reader need not count them again."""

from cspnb.schemas.columns import LSOA_CODE, MONTH, count, number, table, text

_OF_A_FILE = {
    "source_id": text(what="the row of `sources` whose offences are counted"),
    "force": text(),
    "month": text(MONTH),
    "crime_type": text(),
}

CELLS = table(
    "cells",
    "one row a number of offences: of a file, of a crime type, in an LSOA as published",
    _OF_A_FILE
    | {
        "lsoa_code": text(LSOA_CODE, nullable=True),
        "lsoa_name": text(nullable=True),
        "count": count("offences; sorted by LSOA name within a file"),
    },
)

TALLIES = table(
    "tallies",
    "one row a number of offences: of a file, of a crime type, wherever they were",
    _OF_A_FILE | {"count": count("offences")},
)

POINTS = table(
    "points",
    "one row a number of offences without an LSOA: of a file, of a crime type, at a point",
    _OF_A_FILE
    | {
        "longitude": number(what="degrees east, WGS84; a snap point"),
        "latitude": number(what="degrees north, WGS84; a snap point"),
        "count": count("offences; those without a point are not here"),
    },
)
