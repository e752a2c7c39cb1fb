"""The contract of each table in the store: columns, types, units and grain.

`strict` and without coercion: a table that does not fit is refused where it is made, not where
it is used. Months are text, `YYYY-MM`; missing text is null, never an empty string.
"""

from dataclasses import dataclass

import pandera.pandas as pa

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
LSOA_CODE = r"^[EW]01\d{6}$"

SAMPLE_LSOA_PREFIX = "E0199"
"""Invented LSOAs of the sample data; the ONS has issued no code near it."""


def _text(pattern=None, *, nullable=False, isin=None, what=""):
    checks = [pa.Check.str_matches(pattern)] if pattern else []
    checks += [pa.Check.isin(isin)] if isin else []
    return pa.Column(str, checks, nullable=nullable, description=what)


def _number(*, nullable=False, at_least=None, what=""):
    checks = [pa.Check.ge(at_least)] if at_least is not None else []
    return pa.Column(float, checks, nullable=nullable, description=what)


def _count(what=""):
    return pa.Column(int, pa.Check.ge(0), description=what)


@dataclass(frozen=True)
class Table:
    """A named table: what one row is, its columns, and the columns its files are split by."""

    name: str
    grain: str
    schema: pa.DataFrameSchema
    partition_by: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in their stored order."""
        return tuple(self.schema.columns)


def _table(name, grain, columns, *, partition_by=()):
    schema = pa.DataFrameSchema(columns, strict=True, ordered=True, name=name, description=grain)
    return Table(name, grain, schema, partition_by)


_PLACE = {
    "longitude": _number(nullable=True, what="degrees east, WGS84; a snap point"),
    "latitude": _number(nullable=True, what="degrees north, WGS84; a snap point"),
    "location": _text(nullable=True, what="as published: 'On or near ...'"),
    "lsoa_code": _text(LSOA_CODE, nullable=True, what="of the snap point; 2011 or 2021 vintage"),
    "lsoa_name": _text(nullable=True, what="district's name and a serial: 'Harborough 001A'"),
}

_ORIGIN = {
    "source_id": _text(what="the row of `sources` it came by"),
    "force": _text(what="police.uk's slug of the force whose file it is: 'leicestershire'"),
    "month": _text(MONTH, what="the file's month"),
}

OFFENCES = _table(
    "offences",
    "one row a record of a police.uk street file: an offence, or an ASB incident",
    _ORIGIN
    | {"crime_id": _text(nullable=True), "crime_type": _text(what="police.uk's own category")}
    | _PLACE
    | {"last_outcome": _text(nullable=True), "context": _text(nullable=True)},
    partition_by=("force",),
)

OUTCOMES = _table(
    "outcomes",
    "one row an outcome recorded in the month; a crime may have several",
    _ORIGIN | {"crime_id": _text(nullable=True)} | _PLACE | {"outcome": _text(nullable=True)},
    partition_by=("force",),
)

STOPS = _table(
    "stops",
    "one row a stop and search; `month` is the file's, because `stopped_at` is UTC",
    _ORIGIN
    | {
        "kind": _text(nullable=True),
        "stopped_at": _text(nullable=True, what="ISO 8601, as published"),
        "in_operation": _text(nullable=True),
        "operation": _text(nullable=True),
        "longitude": _number(nullable=True),
        "latitude": _number(nullable=True),
        "gender": _text(nullable=True),
        "age_range": _text(nullable=True),
        "self_defined_ethnicity": _text(nullable=True),
        "officer_defined_ethnicity": _text(nullable=True),
        "legislation": _text(nullable=True),
        "object_of_search": _text(nullable=True),
        "outcome": _text(nullable=True),
        "outcome_linked_to_object": _text(nullable=True),
        "removal_of_more_than_outer_clothing": _text(nullable=True),
    },
    partition_by=("force",),
)

GEOGRAPHY = _table(
    "geography",
    "one row a link from a smaller area to the larger one it belongs to, each with its vintage",
    {
        "source_id": _text(),
        "level": _text(isin=["lsoa", "ward", "lad", "msoa"], what="of the smaller area"),
        "vintage": _count("year of the smaller area's codes: 2011"),
        "code": _text(),
        "name": _text(nullable=True),
        "parent_level": _text(isin=["lsoa", "msoa", "ward", "lad", "csp", "pfa", "ruc"]),
        "parent_vintage": _count("year of the larger area's codes: 2019"),
        "parent_code": _text(),
        "parent_name": _text(nullable=True),
        "change": _text(nullable=True, what="ONS CHGIND where the file has one: U, S, M, X"),
    },
)

PLACES = _table(
    "places",
    "one row a name of an area in one vintage",
    {
        "source_id": _text(),
        "level": _text(isin=["lsoa", "msoa", "ward", "lad", "csp", "pfa", "ruc"]),
        "vintage": _count("year of the codes"),
        "code": _text(),
        "name": _text(),
        "name_welsh": _text(nullable=True),
    },
)

POPULATION = _table(
    "population",
    "one row a count of residents or households of an area at mid-year",
    {
        "source_id": _text(),
        "level": _text(isin=["lsoa", "lad"]),
        "code": _text(),
        "name": _text(nullable=True),
        "year": _count("the mid-year, or the census year"),
        "denominator": _text(isin=["residents", "households"]),
        "count": _number(at_least=0, what="residents or households"),
        "definition": _text(what="'mid-2017 usual residents', 'mid-2015, excluding prisoners'"),
    },
)

INDICATORS = _table(
    "indicators",
    "one row a supplied figure: measure by period by area",
    {
        "source_id": _text(),
        "measure": _text(what="a name in params/measures"),
        "start": _text(MONTH, what="first month of the period"),
        "end": _text(MONTH, what="last month of the period"),
        "area_code": _text(what="a district's code (E07...) or a partnership's (E22...)"),
        "value": _number(what="in the measure's own unit"),
        "base": _number(nullable=True, at_least=0, what="respondents, for a percentage"),
        "supplier": _text(what="who supplied the figure"),
        "note": _text(nullable=True),
    },
)

SOURCES = _table(
    "sources",
    "one row a file taken in; written last, so a table's rows count only once they are named here",
    {
        "source_id": _text(what="names the rows it brought"),
        "batch_id": _text(what="one call of ingest"),
        "table": _text(what="where its rows are"),
        "publisher": _text(),
        "licence": _text(),
        "file_name": _text(what="the file as given, without its folder"),
        "member": _text(nullable=True, what="the file inside an archive"),
        "sha256": _text(r"^[0-9a-f]{64}$", what="of the bytes of the member, or of the file"),
        "rows_digest": _text(what="the same for the same rows in any order"),
        "edition": _text(MONTH, nullable=True, what="the archive's month, or --edition"),
        "force": _text(nullable=True),
        "month": _text(MONTH, nullable=True),
        "declared_types": _text(nullable=True, what="--types, separated by '; '"),
        "declared_areas": _text(nullable=True, what="--areas: district codes or names, by '; '"),
        "types_seen": _text(nullable=True, what="crime types in the file, separated by '; '"),
        "districts_seen": _text(nullable=True, what="districts of its LSOA names, by '; '"),
        "rows_read": _count(),
        "rows_stored": _count(),
        "rows_copied": _count("left out: whole-row copies of a row with a Crime ID"),
        "rows_rejected": _count(),
        "rejections": _text(nullable=True, what="reason and number: 'no month (3); ...'"),
        "rows_placed": _count("with an LSOA found in a lookup, when it was taken in"),
        "rows_named": _count("placed by the district in the LSOA's name, when it was taken in"),
        "rows_unplaced": _count("stored, and in no district, when it was taken in"),
        "is_sample": pa.Column(bool, description="invented data"),
        "ingested_at": _text(what="UTC, ISO 8601"),
    },
)

TABLES = {
    table.name: table
    for table in (OFFENCES, OUTCOMES, STOPS, GEOGRAPHY, PLACES, POPULATION, INDICATORS, SOURCES)
}
