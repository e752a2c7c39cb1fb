"""Points drawn by hand: a square district of ten kilometres, records at a few of its corners."""

import pandas as pd
from shapely.geometry import box

from cspnb.measures.definition import Measure
from cspnb.measures.months import SOUND
from cspnb.measures.snap_points import COLUMNS, SnapPoints
from cspnb.periods import Period

NOW = Period.parse("2013/14")
BEFORE = Period.parse("2012/13")
BURGLARY = Measure("burglary", "Burglary")
WEST, SOUTH, SIDE = 450_000, 290_000, 10_000
SQUARE = box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE)


def record(east, north, count=1, month="2013-05", location="On or near High Street", lsoa="001A"):
    """So many records in a month, at metres east and north of the district's corner."""
    lsoa_name = None if lsoa is None else f"Harborough {lsoa}"
    place = (WEST + east, SOUTH + north, location, "E01025800", lsoa_name)
    return (month, *place, count)


def points_of(*rows, period=NOW, unsound=None, unplaced=(), years=2, **changed):
    """Points of two years; `unsound` gives the status of a month by its name."""
    span = [str(month) for year in period.years_to(years) for month in year.months]
    months = pd.DataFrame({"month": span, "status": SOUND, "reason": ""})
    for month, status in (unsound or {}).items():
        months.loc[months["month"] == month, ["status", "reason"]] = status, "drawn so"
    given = {
        "measure": BURGLARY,
        "area": "Harborough",
        "period": period,
        "table": pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS),
        "months": months,
        "unplaced": pd.DataFrame(list(unplaced), columns=["month", "count"]).astype(
            {"month": "str", "count": "int64"}
        ),
        "outline": SQUARE,
        "outline_source": "outlines of LSOAs of 2011 (ONS)",
        "source": "data.police.uk",
        "origin": "police_uk",
    }
    return SnapPoints(**given | changed)


def two_years(now, before):
    """Points from drawn places: (east, north, count) of this year and of the one before."""
    rows = [record(*place) for place in now]
    rows += [record(*place, month="2012-05") for place in before]
    return points_of(*rows)
