"""Tables of what partners and other bodies supply: records, fires, casualties, surveys, figures."""

from cspnb.schemas.columns import LSOA_CODE, MONTH, count, number, table, text

YES_NO = ["yes", "no"]

_PLACE = {
    "lsoa_code": text(LSOA_CODE, nullable=True),
    "ward_code": text(nullable=True),
    "lad_code": text(nullable=True),
    "easting": number(nullable=True, what="metres, EPSG:27700"),
    "northing": number(nullable=True, what="metres, EPSG:27700"),
}

SUPPLIED_RECORDS = table(
    "supplied_records",
    "one row an offence, incident or case in a partner's own extract, without personal data",
    {
        "source_id": text(),
        "partnership": text(what="whose extract it is: the slug of its file in params"),
        "stream": text(what="the extract's name in that file: 'force-extract', 'council-asb'"),
        "kind": text(isin=["offence", "incident", "case"]),
        "supplier": text(),
        "record_key": text(nullable=True, what="hashed; the same record has the same key"),
        "month": text(MONTH, what="the month it counts in"),
        "from_at": text(what="local time: 'YYYY-MM-DDTHH:MM', or the date alone"),
        "to_at": text(nullable=True, what="null: as from_at"),
        "offence_code": text(nullable=True, what="Home Office code, where the extract has one"),
        "category": text(what="as supplied: the offence, or the type of case"),
        "status": text(nullable=True),
    }
    | _PLACE
    | {
        "victim_key": text(nullable=True, what="hashed"),
        "offender_key": text(nullable=True, what="hashed"),
        "location_key": text(nullable=True, what="hashed"),
        "domestic": text(nullable=True, isin=YES_NO),
        "alcohol": text(nullable=True, isin=YES_NO),
        "hate": text(nullable=True, isin=YES_NO),
        "youth": text(nullable=True, isin=YES_NO),
    },
    partition_by=("stream",),
)

FIRES = table(
    "fires",
    "one row a count of fires of one type in an area in one period",
    {
        "source_id": text(),
        "level": text(isin=["lsoa", "lad", "fra"]),
        "code": text(nullable=True),
        "name": text(nullable=True),
        "start": text(MONTH),
        "end": text(MONTH),
        "fire_type": text(what="as published: 'Primary fire - dwelling'"),
        "kind": text(isin=["primary", "secondary", "chimney", "other"]),
        "count": count("fires"),
    },
)

COLLISIONS = table(
    "collisions",
    "one row a road traffic collision with a personal injury",
    {
        "source_id": text(),
        "collision_id": text(),
        "year": count(),
        "month": text(MONTH, nullable=True),
        "at": text(nullable=True, what="local time: 'YYYY-MM-DDTHH:MM', or the date alone"),
        "severity": text(isin=["fatal", "serious", "slight"]),
        "casualties": number(nullable=True, at_least=0),
        "speed_limit": number(nullable=True, what="miles per hour"),
    }
    | _PLACE,
)

CASUALTIES = table(
    "casualties",
    "one row a person killed or injured in a road traffic collision",
    {
        "source_id": text(),
        "collision_id": text(nullable=True, what="null where the file has taken it out"),
        "casualty_reference": text(nullable=True),
        "year": count(),
        "month": text(MONTH, nullable=True, what="null where no date was supplied"),
        "time": text(r"^\d\d:\d\d$", nullable=True, what="local time of the collision"),
        "severity": text(isin=["fatal", "serious", "slight"]),
        "adjusted_serious": number(nullable=True, at_least=0, at_most=1, what="a probability"),
        "adjusted_slight": number(nullable=True, at_least=0, at_most=1, what="a probability"),
        "injury_based": text(nullable=True, isin=YES_NO, what="how the severity was recorded"),
        "casualty_class": text(nullable=True, isin=["driver or rider", "passenger", "pedestrian"]),
        "sex": text(nullable=True, isin=["male", "female"]),
        "age_band": text(nullable=True),
        "casualty_type": text(nullable=True, what="STATS19 code number"),
    }
    | _PLACE,
)

SURVEYS = table(
    "surveys",
    "one row an answer to a question of a survey, in one area in one period",
    {
        "source_id": text(),
        "survey": text(),
        "question": text(),
        "answer": text(),
        "choice": text(isin=["one", "several"], what="how many answers a person could give"),
        "area_code": text(),
        "start": text(MONTH),
        "end": text(MONTH),
        "percentage": number(at_least=0, at_most=100, what="of those who answered"),
        "base": count("people who answered, unweighted"),
        "weighted_base": number(nullable=True, at_least=0),
        "weighting": text(what="'unweighted', or how it was weighted"),
        "supplier": text(),
        "note": text(nullable=True),
    },
)

INDICATORS = table(
    "indicators",
    "one row a supplied figure: measure by period by area",
    {
        "source_id": text(),
        "measure": text(what="a name in params/measures"),
        "start": text(MONTH, what="first month of the period"),
        "end": text(MONTH, what="last month of the period"),
        "area_code": text(what="a district's code (E07...) or a partnership's (E22...)"),
        "value": number(what="in the measure's own unit"),
        "base": number(nullable=True, at_least=0, what="respondents, for a percentage"),
        "supplier": text(what="who supplied the figure"),
        "note": text(nullable=True),
    },
)
