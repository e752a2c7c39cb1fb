"""Tables of areas: what belongs to what, what it is called, how many live there, how it fares."""

from cspnb.schemas.columns import LSOA_CODE, MONTH, count, number, shape, table, text

GEOGRAPHY = table(
    "geography",
    "one row a link from a smaller area to the larger one it belongs to, each with its vintage",
    {
        "source_id": text(),
        "level": text(isin=["lsoa", "ward", "lad", "msoa"], what="of the smaller area"),
        "vintage": count("year of the smaller area's codes: 2011"),
        "code": text(),
        "name": text(nullable=True),
        "parent_level": text(isin=["lsoa", "msoa", "ward", "lad", "csp", "pfa", "ruc"]),
        "parent_vintage": count("year of the larger area's codes: 2019"),
        "parent_code": text(),
        "parent_name": text(nullable=True),
        "change": text(nullable=True, what="ONS CHGIND where the file has one: U, S, M, X"),
    },
)

PLACES = table(
    "places",
    "one row a name of an area in one vintage",
    {
        "source_id": text(),
        "level": text(isin=["lsoa", "msoa", "ward", "lad", "csp", "pfa", "ruc"]),
        "vintage": count("year of the codes"),
        "code": text(),
        "name": text(),
        "name_welsh": text(nullable=True),
    },
)

POPULATION = table(
    "population",
    "one row a count of residents or households of an area at mid-year",
    {
        "source_id": text(),
        "level": text(isin=["lsoa", "lad"]),
        "code": text(),
        "name": text(nullable=True),
        "year": count("the mid-year, or the census year"),
        "denominator": text(isin=["residents", "households"]),
        "count": number(at_least=0, what="residents or households"),
        "definition": text(what="'mid-2017 usual residents', 'mid-2015, excluding prisoners'"),
    },
)

SUCCESSORS = table(
    "successors",
    "one row an area's code of any year, and the code that stands for its ground today",
    {
        "source_id": text(),
        "level": text(isin=["lad", "ward"]),
        "code": text(),
        "name": text(),
        "active_code": text(
            nullable=True, what="of a district; the same as `code` where it is still in use"
        ),
        "active_name": text(nullable=True),
        "lad_code": text(nullable=True, what="of a ward: its district then"),
        "active_lad_code": text(nullable=True, what="of a ward: that district's code today"),
        "year": number(nullable=True, what="of the file a ward's row was taken from"),
    },
)

BOUNDARIES = table(
    "boundaries",
    "one row an area's outline in one vintage, in metres on the British National Grid",
    {
        "source_id": text(),
        "level": text(isin=["lsoa", "msoa", "ward", "lad", "csp", "pfa"]),
        "vintage": count("year of the codes"),
        "code": text(),
        "name": text(nullable=True),
        "min_east": number(what="metres, EPSG:27700; so are the other three"),
        "min_north": number(),
        "max_east": number(),
        "max_north": number(),
        "hectares": number(at_least=0),
        "resolution": text(nullable=True, what="as published: 'BUC', 'BGC', 'BFC'"),
        "geometry": shape("well-known binary of a polygon or multipolygon, valid, EPSG:27700"),
    },
    partition_by=("level",),
)

DEPRIVATION = table(
    "deprivation",
    "one row an LSOA's place in one index of multiple deprivation",
    {
        "source_id": text(),
        "index_name": text(what="'IMD 2019', 'WIMD 2019', 'IMD 2025'"),
        "country": text(isin=["England", "Wales"], what="ranks of the two do not compare"),
        "lsoa_code": text(LSOA_CODE),
        "lsoa_vintage": count("year of the codes: 2011, 2021"),
        "lsoa_name": text(nullable=True),
        "lad_code": text(nullable=True),
        "rank": count("1 is the most deprived"),
        "decile": count("1 is the most deprived tenth; published, or worked out from the rank"),
        "areas": count("how many areas are ranked"),
    },
)

SIMILAR_AREAS = table(
    "similar_areas",
    "one row a peer of an area in one group, as its publisher lists it",
    {
        "source_id": text(),
        "group_name": text(what="'ONS statistical neighbours, global', 'Most similar group'"),
        "kind": text(isin=["most similar group", "statistical neighbours", "cluster"]),
        "as_at": text(MONTH, what="the month from which the list holds"),
        "publisher": text(),
        "area_code": text(),
        "area_name": text(nullable=True),
        "peer_code": text(),
        "peer_name": text(nullable=True),
        "position": number(nullable=True, at_least=1, what="1 is the nearest; null: unordered"),
    },
)
