"""Small areas drawn by hand: squares of a lattice, with counts and residents as given."""

import pandas as pd
import shapely

from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.small_areas import SmallAreas
from cspnb.periods import Period

BURGLARY = Measure("burglary", "Burglary")
YEAR = Period.parse("2013/14")


def lattice(counts, population=1_000, *, names=None, wards=None, outlines=True, **changed):
    """A SmallAreas of squares of one kilometre; `counts` are rows from the south, west first."""
    cells = [(x, y, n) for y, row in enumerate(counts) for x, n in enumerate(row)]
    people = population if isinstance(population, list) else [population] * len(cells)
    numbers = range(1, len(cells) + 1)
    table = pd.DataFrame(
        {
            "area_code": [f"E0199{number:04}" for number in numbers],
            "area_name": names or [f"Harborough {number:03}A" for number in numbers],
            "ward_name": wards or [None] * len(cells),
            "count": pd.array([n for _, _, n in cells], dtype="Int64"),
            "population": pd.array(people, dtype="Float64").astype("float64"),
            "geometry": [
                shapely.box(1000 * x, 1000 * y, 1000 * x + 1000, 1000 * y + 1000)
                if outlines
                else None
                for x, y, _ in cells
            ],
        }
    )
    return small_areas(table, **changed)


def small_areas(table, **changed):
    held = {
        "measure": BURGLARY,
        "area": "Harborough",
        "period": YEAR,
        "level": "lsoa",
        "vintage": 2011,
        "table": table,
        "by_month": pd.DataFrame(columns=["area_code", "month", "count"]),
        "months": months(),
        "population_label": "mid-2013 usual residents",
        "outline_source": "outlines of LSOAs of 2011 (Office for National Statistics)",
        "source": "data.police.uk",
        "origin": "police_uk",
    }
    return SmallAreas(**(held | changed))


def months(absent=()):
    """The months of YEAR: those listed absent, the others sound."""
    labels = [str(month) for month in YEAR.months]
    status = [ABSENT if month in absent else SOUND for month in labels]
    return pd.DataFrame({"month": labels, "status": status, "reason": ""})


def corner(side, high, low, size=2):
    """A square of `side` areas a side with `high` in its south-west corner and `low` elsewhere."""
    return [[high if x < size and y < size else low for x in range(side)] for y in range(side)]
