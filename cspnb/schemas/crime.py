"""Tables of recorded crime that others have counted, and of what offences weigh."""

from cspnb.schemas.columns import MONTH, count, number, table, text, truth, whole

RECORDED_CRIME = table(
    "recorded_crime",
    "one row a published count: offences of one code in one area in one financial quarter",
    {
        "source_id": text(),
        "area_level": text(isin=["csp", "pfa"]),
        "area_name": text(what="as the Home Office writes it: 'London, City of'"),
        "force_name": text(what="as the Home Office writes it"),
        "is_unassigned": truth("recorded in the force and in no partnership of it"),
        "start": text(MONTH, what="first month of the quarter"),
        "end": text(MONTH, what="last month of the quarter"),
        "offence_code": text(what="text: 4.10 is not 4.1"),
        "offence": text(),
        "offence_group": text(),
        "offence_subgroup": text(),
        "count": whole("offences; below nothing where earlier ones were cancelled"),
    },
    partition_by=("area_level",),
)

NOTES = table(
    "notes",
    "one row a note a publisher put with its figures",
    {
        "source_id": text(),
        "number": text(nullable=True, what="as published"),
        "area_name": text(nullable=True, what="the force or partnership it names; null: all"),
        "start": text(MONTH, nullable=True, what="first month it concerns, where it says so"),
        "end": text(MONTH, nullable=True),
        "text": text(),
    },
)

AREA_COUNTS = table(
    "area_counts",
    "one row a count of offences of one category in a small area in one period",
    {
        "source_id": text(),
        "level": text(isin=["ward", "lsoa"]),
        "code": text(),
        "name": text(nullable=True),
        "district_name": text(nullable=True, what="as published"),
        "category": text(what="as published: 'ARSON AND CRIMINAL DAMAGE'"),
        "subcategory": text(nullable=True, what="as published; null: the category as a whole"),
        "start": text(MONTH),
        "end": text(MONTH),
        "count": count("offences"),
    },
    partition_by=("level",),
)

SEVERITY_WEIGHTS = table(
    "severity_weights",
    "one row an offence code's weight in one edition of one scheme",
    {
        "source_id": text(),
        "scheme": text(what="'ONS Crime Severity Score', or a harm index by its own name"),
        "weights_edition": text(what="as its publisher names it; never left to guess"),
        "offence_code": text(),
        "offence": text(nullable=True),
        "category": text(nullable=True),
        "weight": number(at_least=0),
    },
)

OFFENCE_CATEGORIES = table(
    "offence_categories",
    "one row a Home Office offence code, and the police.uk category it is published under",
    {
        "source_id": text(),
        "offence_code": text(what="text: 28/3 is not a date"),
        "offence": text(nullable=True),
        "subclass": text(nullable=True),
        "crime_type": text(what="police.uk's own category"),
    },
)
