"""Which file speaks for a district's year on the roads, and those killed or seriously injured."""

import pandas as pd

from cspnb.ingest.revisions import newest
from cspnb.periods import Period

ADJUSTED, RECORDED, PART = "adjusted", "as recorded", "part adjusted"
_SEVERITIES = ["fatal", "serious", "slight"]


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows of `collisions` or `casualties` that speak for each district and year.

    The Department's rows, which have references, speak before a council's, which have none: they
    are the same people. Then the newest edition speaks; one without an edition is the oldest.
    sources: rows of `sources`; rows it does not name do not count.
    """
    return newest(
        frame, sources, ["lad_code", "year"], first=lambda rows: rows["collision_id"].notna()
    )


def killed_or_seriously_injured(
    casualties: pd.DataFrame, sources: pd.DataFrame, *, lad_codes: list[str], period: Period
) -> pd.DataFrame:
    """Casualties of each district in a period: one row a district, null where not known.

    Columns: lad_code, fatal, serious, slight (as recorded), ksi, basis, reason. `ksi` is fatal
    plus the sum of `adjusted_serious` where every other casualty has it (basis 'adjusted'), fatal
    plus serious where none has ('as recorded'); 'part adjusted' mixes both and is no sound
    trend. `reason` says why a figure is null. A year speaks from January to the last month its
    files have; a file without months speaks for whole calendar years only. Source: Department
    for Transport, guide to severity adjustments for reported road casualties.
    """
    speaking = in_force(casualties, sources)
    last = speaking.groupby(["source_id", "year"])["month"].max()
    rows = [_district(speaking, last, code, period) for code in lad_codes]
    return pd.DataFrame(rows, columns=["lad_code", *_SEVERITIES, "ksi", "basis", "reason"])


def _district(speaking, last, code, period):
    here = speaking[speaking["lad_code"].eq(code)]
    reasons = [_gap(here, last, year, period) for year in _years(period)]
    if reason := next(filter(None, reasons), None):
        return {"lad_code": code, "reason": reason}
    months = [str(month) for month in period.months]
    inside = here["month"].isin(months)
    whole = here["month"].isna() & here["year"].isin(_years(period))
    return {"lad_code": code} | _figures(here[inside | whole])


def _gap(here, last, year, period):
    """Why a district's figures do not cover the period's months of a year; None if they do."""
    rows = here[here["year"].eq(year)]
    if rows.empty:
        return f"no file held has a casualty of {year}"
    asked = [month for month in period.months if month.year == year]
    if rows["month"].isna().any():
        return None if len(asked) == 12 else f"the casualties of {year} have no month"
    known = last[[(source, year) for source in rows["source_id"].unique()]].max()
    return None if str(asked[-1]) <= known else f"the files of {year} end with {known}"


def _years(period):
    return sorted({month.year for month in period.months})


def _figures(rows):
    counts = {severity: int(rows["severity"].eq(severity).sum()) for severity in _SEVERITIES}
    hurt = rows[rows["severity"].ne("fatal")]
    given = hurt["adjusted_serious"].notna()
    serious = hurt["adjusted_serious"].where(given, hurt["severity"].eq("serious").astype(float))
    basis = ADJUSTED if given.all() and len(hurt) else PART if given.any() else RECORDED
    return counts | {"ksi": counts["fatal"] + float(serious.sum()), "basis": basis}
