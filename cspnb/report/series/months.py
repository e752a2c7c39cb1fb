"""The months of a span, each with its count or the reason why there is none."""

import pandas as pd

from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Month, Period

STATED = ["start", "end", "value", "source"]

_MONTHLY = ["month", "count", "status", "reason", "source"]
_WORST_FIRST = (ABSENT, ABNORMAL, SOUND)


def every_month(table: pd.DataFrame, span: Period, source: str, why_absent: str) -> pd.DataFrame:
    """A row for each month of the span; those the table lacks are absent.

    table: `count`, `status`, `reason`, indexed by month as text. Returns `Counts.monthly`.
    """
    table = table.reindex([str(month) for month in span.months])
    lacking = table["status"].isna()
    table["status"] = table["status"].mask(lacking, ABSENT)
    table["reason"] = table["reason"].mask(lacking, why_absent)
    table["count"] = table["count"].astype("Int64").mask(table["status"] == ABSENT)
    return table.assign(source=source).rename_axis("month").reset_index()[_MONTHLY]


def no_month(span: Period, source: str, why: str) -> pd.DataFrame:
    """Every month of the span absent, for one reason."""
    return every_month(pd.DataFrame(columns=["count", "status", "reason"]), span, source, why)


def nothing_stated() -> pd.DataFrame:
    """No figure for longer than a month."""
    return pd.DataFrame(columns=STATED).astype({"value": "float64"})


def within(stated: pd.DataFrame, span: Period, since: Month | None = None) -> pd.DataFrame:
    """Stated figures of periods that lie within a span, and on today's terms."""
    inside = (stated["start"] >= str(span.start)) & (stated["end"] <= str(span.end))
    if since is not None:
        inside &= stated["start"] >= str(since)
    return stated.loc[inside, STATED].sort_values("start").reset_index(drop=True)


def rank(status: pd.Series) -> pd.Series:
    """0 for the worst."""
    return status.map({name: place for place, name in enumerate(_WORST_FIRST)})


def is_on_todays_terms(month: str, since: Month | None) -> bool:
    """Whether a source gave the measure in a month on the terms it has now."""
    return since is None or Month.parse(month) >= since
