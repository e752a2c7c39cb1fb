"""What partners' extracts say that they cover, and which noughts that proves."""

from collections.abc import Collection

import pandas as pd

from cspnb.extracts import ALL, APART
from cspnb.measures.months import ABSENT, SOUND

UNDECLARED = (
    "the extract does not say what it covers, and cannot say whether there was no such record"
)


def covers_districts(sources: pd.DataFrame, districts: Collection[str]) -> pd.Series:
    """Whether each source is said to cover all of the districts. sources: rows of `sources`."""
    return sources["declared_areas"].map(lambda said: set(districts) <= _names(said)).astype(bool)


def as_covered(
    months: pd.DataFrame,
    records: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    categories: Collection[str],
    districts: Collection[str],
) -> pd.DataFrame:
    """The months of `supplied_records.monthly`, without what the extract's sources do not cover.

    months, records: what `monthly` gave, and was given. sources: rows of `sources`. categories:
    offences, types and codes that are counted; none: any. districts: codes that they are of.

    A month of which any source is said to cover something else is absent; where any does not say
    what it covers, a month with no record that counts is.
    """
    lacks = {row.source_id: _lack(row, categories, districts) for row in sources.itertuples()}
    why = records["source_id"].map(lacks)
    outside = records.assign(why=why)[~why.isin(["", UNDECLARED])]
    reasons = months["month"].map(outside.groupby("month")["why"].first())
    silent = months["month"].isin(records.loc[why.eq(UNDECLARED), "month"])
    nought = silent & months["count"].eq(0).fillna(False)
    reasons = reasons.mask(reasons.isna() & nought, UNDECLARED)
    gone = reasons.notna() & months["status"].eq(SOUND)
    return months.assign(
        count=months["count"].mask(gone),
        status=months["status"].mask(gone, ABSENT),
        reason=months["reason"].mask(gone, reasons),
    )


def _lack(source, categories, districts):
    """Why a source cannot say how many there were; '' where it can."""
    if pd.isna(source.declared_areas) or pd.isna(source.declared_types):
        return UNDECLARED
    if beyond := sorted(set(districts) - _names(source.declared_areas)):
        return f"the extract does not cover {', '.join(beyond)}"
    if source.declared_types == ALL:
        return ""
    if not categories:
        return f"the extract covers {source.declared_types} alone"
    if beyond := sorted(set(categories) - _names(source.declared_types)):
        return f"the extract covers {source.declared_types}, and not {', '.join(beyond)}"
    return ""


def _names(said):
    return set() if pd.isna(said) else set(said.split(APART))
