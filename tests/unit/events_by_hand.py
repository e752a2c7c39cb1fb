"""Events drawn by hand, for tests of when, who again and what is shown of either."""

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.events import COLUMNS, Events
from cspnb.measures.months import ABSENT, SOUND
from cspnb.periods import Period

BURGLARY = Measure("domestic_burglary", "Domestic burglary", denominator="households")
STOPS = Measure("stops", "Stops and searches", unit="stops", good="neither")
YEAR = Period.parse("2013/14")


def events_of(rows, *, span=YEAR, absent=(), missing="", measure=BURGLARY, **said):
    """`rows` are dictionaries: `from_at`, then what is wanted of the other columns."""
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["from_at"] = pd.to_datetime(table["from_at"], format="mixed")
    ends = pd.to_datetime(table["to_at"], format="mixed")
    table["to_at"] = ends.fillna(table["from_at"])
    table["has_time"] = table["has_time"].astype("boolean").fillna(True)
    table["month"] = table["month"].astype("str").fillna(table["from_at"].dt.strftime("%Y-%m"))
    names = [str(month) for month in span.months]
    months = pd.DataFrame({"month": names, "status": SOUND, "reason": ""})
    months.loc[months["month"].isin(absent), ["status", "reason"]] = [ABSENT, "not held"]
    return Events(
        measure, "Harborough", YEAR, span, table.astype(COLUMNS), months,
        source="extract of a force", origin="supplied_records", missing=missing, **said,
    )  # fmt: skip


def at(*moments, **others):
    """A row a moment, or a pair of them: from and to."""
    pairs = [moment if isinstance(moment, tuple) else (moment, None) for moment in moments]
    return [{"from_at": begun, "to_at": ended} | others for begun, ended in pairs]
