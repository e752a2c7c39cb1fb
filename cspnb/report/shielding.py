"""Counts of small areas that a partner supplied: small ones hidden before anything is made of them.

The one step between supplied records and every table, map, chart and download by small area.
docs/methods/suppression.md says to what it is applied.
"""

from dataclasses import replace

import pandas as pd

from cspnb.measures.intervention import Intervention
from cspnb.measures.small_areas import SmallAreas
from cspnb.measures.suppression import LARGEST_SMALL, TOTAL, suppressed
from cspnb.report.series import records

SUPPLIED = frozenset({records.ORIGIN})
"""Origins whose counts by small area are not public. data.police.uk's are, and wards' tables."""

TOO_FEW = "the counts of its areas are so few that none can be shown"


def shielded(areas: SmallAreas) -> SmallAreas:
    """Small areas as they may be published: of a supplied origin, small counts and months gone.

    `by_month` is empty, since a month of an area is a small number nearly always; hidden counts
    are null, their codes are in `hidden` and their sum, which the total gives anyway, in
    `hidden_count`. Where nothing less is enough no area is shown, and `missing` says so.
    """
    if areas.origin not in SUPPLIED or areas.missing:
        return areas
    areas = replace(areas, by_month=areas.by_month.iloc[:0])
    if not areas.is_whole:
        return areas
    counts = areas.table.set_index("area_code")["count"]
    shown = shown_counts(counts)
    if shown is None:
        return replace(areas, table=areas.table.iloc[:0], missing=TOO_FEW)
    return replace(
        areas,
        table=areas.table.assign(count=shown.array),
        hidden=frozenset(counts.index[shown.isna()]),
        hidden_count=int(counts.sum() - shown.sum()),
    )


def shown_counts(counts: pd.Series) -> pd.Series | None:
    """A list of counts with a published total, null where hidden; None where none can be shown."""
    found = suppressed(counts)
    if found.reason or found.hidden.loc[TOTAL].any():
        return None
    return found.table.iloc[:-1, 0].set_axis(counts.index)


def without_small_zones(found: Intervention, origin: str) -> Intervention:
    """An intervention, or that it cannot be shown: of a supplied origin a zone's total is small."""
    if origin not in SUPPLIED or found.missing:
        return found
    for period in (found.before, found.after):
        asked = found.by_month["month"].isin([str(month) for month in period.months])
        sums = found.by_month[asked].groupby("zone")["count"].sum()
        if (few := sums[sums.between(1, LARGEST_SMALL)]).size:
            why = f"the {few.index[0]} had fewer than {LARGEST_SMALL + 1} in {period.label}"
            why += ", and that few are not published"
            return replace(found, by_month=found.by_month.iloc[:0], missing=why)
    return found
