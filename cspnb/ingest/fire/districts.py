"""Fires of whole districts: which files speak, and what their silence means.

A file lists fires, so what it does not list is either none or not in the file. It is none only
where a file has such fires and is seen to be of the district.
"""

import pandas as pd

from cspnb.ingest.revisions import newest
from cspnb.periods import Period
from cspnb.placing import lsoa_districts, place

ENOUGH = 0.5
"""A file that names this share of a district's LSOAs in a year is of the district."""

_CLAIM = ["level", "start"]


def in_force(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The rows of `fires` that speak: of each level and year, those of the newest edition.

    sources: rows of `sources`; rows it does not name do not count. A file without an edition is
    older than any other.
    """
    return newest(frame, sources, _CLAIM)


def by_district(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    geography: pd.DataFrame,
    *,
    lad_codes: list[str],
    period: Period,
    kind: str,
) -> pd.DataFrame:
    """Fires of a kind in each district: `lad_code`, `count`, null where not known, and `reason`.

    period: whole financial years; any other is not known. A year is known in a district where
    files in force that have fires of the kind that year, anywhere, name together at least
    `ENOUGH` of the district's LSOAs of either census that year, with fires of any kind. So Wales
    never is. LSOAs are placed by `placing.place`. Fires without an LSOA are in no district.
    """
    years = [Period(start, start + 11) for start in period.months if start.number == 4]
    if len(period) != 12 * len(years) or period.start.number != 4:
        why = "the fire files count by financial year"
        return pd.DataFrame({"lad_code": lad_codes, "count": float("nan"), "reason": why})
    wanted = frame["level"].eq("lsoa") & frame["start"].isin([str(y.start) for y in years])
    fires = _placed(in_force(frame[wanted], sources), sources, geography)
    lsoas = _lsoas(geography, lad_codes)
    rows = []
    for code in lad_codes:
        reasons = [_gap(fires, lsoas, code, year, kind) for year in years]
        reason = next(filter(None, reasons), None)
        here = fires["lad_code"].eq(code) & fires["kind"].eq(kind)
        count = float("nan") if reason else float(fires.loc[here, "count"].sum())
        rows.append({"lad_code": code, "count": count, "reason": reason})
    return pd.DataFrame(rows, columns=["lad_code", "count", "reason"])


def _placed(rows, sources, geography):
    """Rows with the district they are in, and the file they came from: sheets of one are one."""
    files = sources[["source_id", "sha256"]]
    named = rows.rename(columns={"code": "lsoa_code", "name": "lsoa_name"}).merge(
        files, on="source_id", how="inner", validate="many_to_one"
    )
    return place(named, geography)


def _lsoas(geography, lad_codes):
    """The districts' LSOAs: `lad_code`, `lsoa_code` and the `vintage` of each code."""
    vintages = geography.loc[geography["level"].eq("lsoa"), ["code", "vintage"]].drop_duplicates()
    districts = lsoa_districts(geography)[["lsoa_code", "lad_code"]]
    return districts[districts["lad_code"].isin(lad_codes)].merge(
        vintages.rename(columns={"code": "lsoa_code"}),
        on="lsoa_code",
        how="inner",
        validate="one_to_many",
    )


def _gap(fires, lsoas, code, year, kind):
    """Why the fires of a kind in a district's year are not known; None where they are."""
    of_year = fires[fires["start"].eq(str(year.start))]
    files = of_year.loc[of_year["kind"].eq(kind), "sha256"].unique()
    if not len(files):
        return f"no fire file held has {kind} fires of {year}"
    told = of_year[of_year["sha256"].isin(files) & of_year["lad_code"].eq(code)]
    its = lsoas[lsoas["lad_code"].eq(code)]
    named = its["lsoa_code"].isin(told["lsoa_code"]).groupby(its["vintage"]).agg(["sum", "size"])
    said = f"the files with {kind} fires of {year} name"
    if named.empty or not named["sum"].any():
        return f"{said} none of its LSOAs"
    best = named.loc[(named["sum"] / named["size"]).idxmax()]
    return (
        None
        if best["sum"] >= ENOUGH * best["size"]
        else (f"{said} {best['sum']} of its {best['size']} LSOAs")
    )
