"""Tables of STATS19 as rows of `collisions` and `casualties`: codes put into words.

Source of the codes: Department for Transport, road safety open data guide.
"""

import pandas as pd

from cspnb.ingest.road_casualties.files import CodedTable
from cspnb.schemas import CASUALTIES, COLLISIONS, LSOA_CODE

_SEVERITY = {"1": "fatal", "2": "serious", "3": "slight"}
_CLASS = {"1": "driver or rider", "2": "passenger", "3": "pedestrian"}
_SEX = {"1": "male", "2": "female"}
_BANDS = {
    "1": "0 to 5",
    "2": "6 to 10",
    "3": "11 to 15",
    "4": "16 to 20",
    "5": "21 to 25",
    "6": "26 to 35",
    "7": "36 to 45",
    "8": "46 to 55",
    "9": "56 to 65",
    "10": "66 to 75",
    "11": "over 75",
}
_BAND_ENDS = [-1, 5, 10, 15, 20, 25, 35, 45, 55, 65, 75, 130]
_DISTRICT = r"[EWSN]\d{8}|EHEATHROW"
_LSOA = r"[EWS]01\d{6}"
_EAST, _NORTH = 700_000, 1_300_000
PLACE = ["lsoa_code", "ward_code", "lad_code", "easting", "northing"]


def collisions(table: CodedTable) -> pd.DataFrame:
    """One row a collision, indexed by line: COLLISIONS' columns but `source_id`."""
    dates = _dates(table, "date")
    stated = table.text("collision_year")
    other = stated.notna() & stated.ne(dates.dt.year.astype("str"))
    table.refuse(other, "collision_year", "is not the year of the row's date")
    time = _time(table, "time")
    lsoa = table.text("lsoa_of_collision_location")
    table.refuse(
        lsoa.notna() & ~lsoa.str.fullmatch(_LSOA).eq(True),
        "lsoa_of_collision_location",
        "is the code of no LSOA",
    )
    district = table.text("local_authority_ons_district")
    table.refuse(
        district.notna() & ~district.str.fullmatch(_DISTRICT).eq(True),
        "local_authority_ons_district",
        "is the code of no district",
    )
    day = dates.dt.strftime("%Y-%m-%d")
    rows = pd.DataFrame(
        {
            "collision_id": table.filled("collision_index"),
            "year": dates.dt.year.astype("int64"),
            "month": day.str[:7],
            "at": (day + "T" + time).fillna(day),
            "severity": _severity(table, "collision_severity"),
            "casualties": table.numbers("number_of_casualties", 1, 1_000),
            "speed_limit": _speed_limit(table),
            "lsoa_code": lsoa.where(lsoa.str.fullmatch(LSOA_CODE).eq(True)),
            "ward_code": None,
            "lad_code": district,
            "easting": table.numbers("location_easting_osgr", 0, _EAST),
            "northing": table.numbers("location_northing_osgr", 0, _NORTH),
        }
    )
    return _typed(rows, COLLISIONS)


def casualties(table: CodedTable) -> pd.DataFrame:
    """One row a casualty, indexed by line: CASUALTIES' columns, time and place still unknown."""
    rows = pd.DataFrame(
        {
            "collision_id": table.filled("collision_index"),
            "casualty_reference": table.filled("casualty_reference"),
            "severity": _severity(table, "casualty_severity"),
            "adjusted_serious": table.numbers("casualty_adjusted_serious", 0, 1),
            "adjusted_slight": table.numbers("casualty_adjusted_slight", 0, 1),
            "injury_based": table.words("casualty_injury_based", {"0": "no", "1": "yes"}),
            "casualty_class": table.words("casualty_class", _CLASS),
            "sex": table.words("sex_of_casualty", _SEX, unknown=("9",)),
            "age_band": table.words("age_band_of_casualty", _BANDS),
            "casualty_type": table.text("casualty_type"),
        }
    )
    table.numbers("casualty_reference", 1, 10_000)
    return rows


def local_casualties(table: CodedTable, district: str, year: int) -> pd.DataFrame:
    """One row a casualty of a council's own file, which has no reference and may have no date."""
    ages = table.numbers("age_of_casualty", 0, _BAND_ENDS[-1])
    bands = pd.cut(ages, _BAND_ENDS, labels=list(_BANDS.values()))
    rows = pd.DataFrame(
        {
            "collision_id": None,
            "casualty_reference": None,
            "year": year,
            "month": _local_months(table, year),
            "time": _time(table, "time_24hr"),
            "severity": _severity(table, "casualty_severity"),
            "adjusted_serious": float("nan"),
            "adjusted_slight": float("nan"),
            "injury_based": None,
            "casualty_class": table.words("casualty_class", _CLASS),
            "sex": table.words("sex_of_casualty", _SEX, unknown=("9",)),
            "age_band": bands.astype(object),
            "casualty_type": None,
            "lsoa_code": None,
            "ward_code": None,
            "lad_code": district,
            "easting": table.numbers("grid_ref_easting", 0, _EAST),
            "northing": table.numbers("grid_ref_northing", 0, _NORTH),
        },
        index=table.sheet.frame.index,
    )
    return _typed(rows, CASUALTIES)


def with_collisions(rows: pd.DataFrame, collisions: pd.DataFrame) -> pd.DataFrame:
    """Casualties with the year, month, time and place of their collision, null where unknown.

    collisions: rows of `collisions`, each collision once. Those of none keep a null `year`.
    """
    when = collisions.assign(time=collisions["at"].str[11:].replace("", None))
    joined = rows.reset_index(names="line").merge(
        when[["collision_id", "year", "month", "time", *PLACE]],
        on="collision_id",
        how="left",
        validate="many_to_one",
    )
    return joined.set_index("line")


def in_contract(rows: pd.DataFrame) -> pd.DataFrame:
    """Casualties of known collisions in CASUALTIES' columns and types."""
    return _typed(rows.assign(year=rows["year"].astype("int64")), CASUALTIES)


def _typed(rows, table):
    names = [name for name in table.columns if name != "source_id"]
    texts = {n: "str" for n in names if str(table.schema.columns[n].dtype) == "str"}
    return rows[names].astype(texts)


def _severity(table, name):
    table.filled(name)
    return table.words(name, _SEVERITY)


def _dates(table, name):
    """Days as dates; IngestError for one that is none."""
    text = table.filled(name)
    days = pd.to_datetime(text, format="%d/%m/%Y", errors="coerce")
    days = days.fillna(pd.to_datetime(text, format="%Y-%m-%d", errors="coerce"))
    table.refuse(days.isna(), name, "is not a date", "Dates are written 31/12/2019.")
    return days


def _local_months(table, year):
    """Months of a council's casualties, where it gives their dates; None where it does not."""
    if "collision_date" not in table.columns:
        return None
    days = _dates(table, "collision_date")
    table.refuse(days.dt.year != year, "collision_date", f"is not in {year}, as --year says")
    return days.dt.strftime("%Y-%m")


def _time(table, name):
    """Times as 'HH:MM': 18:12, 1812 and 5 (five past midnight) are all read."""
    text = table.text(name)
    digits = text.str.replace(":", "", n=1).str.zfill(4)
    right = digits.str.fullmatch(r"([01]\d|2[0-3])[0-5]\d").eq(True)
    table.refuse(text.notna() & ~right, name, "is not a time of day")
    return digits.str[:2] + ":" + digits.str[2:]


def _speed_limit(table):
    """Miles per hour; 99 is the Department's number for unknown."""
    limits = table.numbers("speed_limit", 0, 99)
    return limits.mask(limits.eq(99))
