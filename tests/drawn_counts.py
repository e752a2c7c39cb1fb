"""Counts drawn in a test, a month a cell: '12' is sound, '.' is absent, '46!' is abnormal."""

import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Month, Period

BURGLARY = Measure("burglary", "Burglary")


def drawn(first, *years, measure=BURGLARY, period=None, missing=""):
    """Counts from the month `first` on; the period is the last month, unless one is given."""
    rows = []
    for number, cell in enumerate(" ".join(years).split()):
        status = ABSENT if cell == "." else ABNORMAL if cell.endswith("!") else SOUND
        count = None if status == ABSENT else int(cell.rstrip("!"))
        rows.append((str(Month.parse(first) + number), count, status, "", "police.uk"))
    table = pd.DataFrame(rows, columns=["month", "count", "status", "reason", "source"])
    last = Month.parse(rows[-1][0]) if rows else Month.parse(first)
    return Counts(
        measure=measure,
        area="Harborough",
        period=Period.parse(period) if period else Period(last, last),
        monthly=table.astype({"count": "Int64"}),
        stated=pd.DataFrame(columns=["start", "end", "value", "source"]),
        missing=missing,
    )


def of_numbers(first, numbers, **known):
    """The same of whole numbers, every month sound."""
    return drawn(first, " ".join(map(str, numbers)), **known)
