"""Months of recorded crime that are not sound, district by district."""

import pandas as pd

from cspnb.errors import CspnbError
from cspnb.measures.counts import SOUND
from cspnb.measures.coverage import District
from cspnb.periods import Month, Period

WORTH_LISTING = 0.01
"""A district with less than this share of a force's records is a neighbour's, not its own."""

COLUMNS = ["force", "district", "from", "to", "status", "crime_types", "records", "reason"]


def unsound_months(holdings, district: str = "") -> pd.DataFrame:
    """Runs of months of a force's files that are absent or abnormal in a district.

    With `district` (name or code), every month of that one, sound ones too. Returns `force`,
    `district`, `from`, `to`, `status`, `crime_types`, `records`, `reason`.
    """
    parts = []
    for force, months in _months_held(holdings).items():
        for each in _districts(holdings, force):
            if not district or district.casefold() in (each.name.casefold(), each.code.casefold()):
                rows = _months(holdings, each, force, months)
                parts.append(rows if district else rows[rows["status"] != SOUND])
    if district and not parts:
        raise CspnbError(
            f"no records of a district '{district}' are held",
            remedy="Give its name or code as the ONS does: Harborough, or E07000131.",
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def _months_held(holdings):
    """The span of each force's street files."""
    street = holdings.sources[holdings.sources["table"] == "offences"]
    return {
        force: Period(Month.parse(months.min()), Month.parse(months.max()))
        for force, months in street.groupby("force")["month"]
    }


def _districts(holdings, force):
    """Those a lookup names; without one, those the records name."""
    if known := holdings.districts_of(force):
        return known
    monthly = holdings.recorded.monthly
    rows = monthly[monthly["force"] == force].groupby("lad_name")["count"].sum()
    names = rows[rows >= WORTH_LISTING * rows.sum()].index
    return tuple(District("", name) for name in sorted(names))


def _months(holdings, district, force, months):
    """One row a month and status, its crime types together."""
    cells = holdings.district_counts(district, force, months)
    rows = cells.groupby(["month", "status", "reason"], as_index=False).agg(
        crime_types=("crime_type", "count"), records=("count", "sum")
    )
    rows = rows.rename(columns={"month": "from"})
    return rows.assign(force=force, district=district.name, to=rows["from"])[COLUMNS]
