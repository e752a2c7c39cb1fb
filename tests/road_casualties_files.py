"""Generated, not real: tables of STATS19 in the Department's layout, with its newer or older names.

The column names are those of the Department's own guide. The council's layout, which states
neither date nor reference, is that of the real file in tests/reports/test_real_counts.py.
"""

import csv
from pathlib import Path

NEWER, OLDER = "newer", "older"

COLLISIONS = [
    "collision_index",
    "collision_year",
    "collision_ref_no",
    "location_easting_osgr",
    "location_northing_osgr",
    "longitude",
    "latitude",
    "police_force",
    "collision_severity",
    "number_of_vehicles",
    "number_of_casualties",
    "date",
    "day_of_week",
    "time",
    "local_authority_district",
    "local_authority_ons_district",
    "local_authority_highway",
    "speed_limit",
    "lsoa_of_collision_location",
]
CASUALTIES = [
    "collision_index",
    "collision_year",
    "collision_ref_no",
    "vehicle_reference",
    "casualty_reference",
    "casualty_class",
    "sex_of_casualty",
    "age_of_casualty",
    "age_band_of_casualty",
    "casualty_severity",
    "casualty_type",
    "casualty_injury_based",
    "casualty_adjusted_serious",
    "casualty_adjusted_slight",
]
VEHICLES = ["collision_index", "collision_year", "vehicle_reference", "vehicle_type"]

_OLD = {
    "collision_ref_no": "Accident_Reference",
    "local_authority_district": "Local_Authority_(District)",
}

HARBOROUGH, MELTON = "E07000131", "E07000133"


def collision(number, **changes):
    """One collision's cells: in Harborough on 5 January 2024 at five past midnight."""
    cells = dict.fromkeys(COLLISIONS, "-1") | {
        "collision_index": f"2024{number:09d}",
        "collision_year": "2024",
        "collision_ref_no": f"{number:09d}",
        "location_easting_osgr": "473900",
        "location_northing_osgr": "287200",
        "collision_severity": "3",
        "number_of_vehicles": "2",
        "number_of_casualties": "1",
        "date": "05/01/2024",
        "time": "00:05",
        "local_authority_ons_district": HARBOROUGH,
        "speed_limit": "30",
        "lsoa_of_collision_location": "E01025800",
    }
    return cells | changes


def casualty(number, reference=1, **changes):
    """One casualty's cells: a driver of 30, slightly hurt."""
    cells = dict.fromkeys(CASUALTIES, "-1") | {
        "collision_index": f"2024{number:09d}",
        "collision_year": "2024",
        "vehicle_reference": "1",
        "casualty_reference": str(reference),
        "casualty_class": "1",
        "sex_of_casualty": "2",
        "age_of_casualty": "30",
        "age_band_of_casualty": "6",
        "casualty_severity": "3",
        "casualty_type": "9",
        "casualty_injury_based": "1",
        "casualty_adjusted_serious": "0",
        "casualty_adjusted_slight": "1",
    }
    return cells | changes


def written(path: Path, rows, names=NEWER) -> Path:
    """Rows as a CSV file, under the newer or the older names of the columns."""
    columns = list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns if names == NEWER else [_older(name) for name in columns])
        writer.writerows([row[name] for name in columns] for row in rows)
    return path


def _older(name):
    """'collision_index' as it was: 'Accident_Index'."""
    return _OLD.get(name) or name.replace("collision", "accident").title()
