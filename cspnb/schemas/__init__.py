"""The contract of each table in the store: columns, types, units and grain.

`strict` and without coercion: a table that does not fit is refused where it is made, not where
it is used. Months are text, `YYYY-MM`; missing text is null, never an empty string.
"""

from cspnb.schemas.areas import (
    BOUNDARIES,
    DEPRIVATION,
    GEOGRAPHY,
    PLACES,
    POPULATION,
    SIMILAR_AREAS,
    SUCCESSORS,
)
from cspnb.schemas.columns import LSOA_CODE, MONTH, SAMPLE_LSOA_PREFIX, Table
from cspnb.schemas.counted import CELLS, POINTS, TALLIES
from cspnb.schemas.crime import (
    AREA_COUNTS,
    NOTES,
    OFFENCE_CATEGORIES,
    RECORDED_CRIME,
    SEVERITY_WEIGHTS,
)
from cspnb.schemas.police import OFFENCES, OUTCOMES, STOPS
from cspnb.schemas.sources import SOURCES
from cspnb.schemas.supplied import (
    CASUALTIES,
    COLLISIONS,
    FIRES,
    INDICATORS,
    SUPPLIED_RECORDS,
    SURVEYS,
)

TABLES = {
    table.name: table
    for table in (
        OFFENCES,
        CELLS,
        TALLIES,
        POINTS,
        OUTCOMES,
        STOPS,
        RECORDED_CRIME,
        NOTES,
        AREA_COUNTS,
        SEVERITY_WEIGHTS,
        OFFENCE_CATEGORIES,
        GEOGRAPHY,
        PLACES,
        SUCCESSORS,
        BOUNDARIES,
        POPULATION,
        DEPRIVATION,
        SIMILAR_AREAS,
        SUPPLIED_RECORDS,
        FIRES,
        COLLISIONS,
        CASUALTIES,
        SURVEYS,
        INDICATORS,
        SOURCES,
    )
}

__all__ = [
    "AREA_COUNTS",
    "BOUNDARIES",
    "CASUALTIES",
    "CELLS",
    "COLLISIONS",
    "DEPRIVATION",
    "FIRES",
    "GEOGRAPHY",
    "INDICATORS",
    "LSOA_CODE",
    "MONTH",
    "NOTES",
    "OFFENCES",
    "OFFENCE_CATEGORIES",
    "OUTCOMES",
    "PLACES",
    "POINTS",
    "POPULATION",
    "RECORDED_CRIME",
    "SAMPLE_LSOA_PREFIX",
    "SEVERITY_WEIGHTS",
    "SIMILAR_AREAS",
    "SOURCES",
    "STOPS",
    "SUCCESSORS",
    "SUPPLIED_RECORDS",
    "SURVEYS",
    "TABLES",
    "TALLIES",
    "Table",
]
