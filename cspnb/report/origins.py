"""The files behind a report's figures, a row a file."""

from collections.abc import Collection

import pandas as pd

from cspnb.extracts import APART
from cspnb.ingest.sample_mark import INVENTED

_BY = ["file_name", "edition", "publisher", "licence"]


def origins(
    sources: pd.DataFrame,
    tables: Collection[str],
    forces: frozenset[str],
    districts: frozenset[str],
) -> pd.DataFrame:
    """Files that brought rows to some tables: of the report's forces, and those of no force.

    A partner's extract is among them where it says nothing of what it covers, or covers one of
    the districts.

    sources: the `sources` table. Returns, one row a file or archive: `file`, `publisher`,
    `licence`, `edition`, `first`, `last`, `months`, `records`, `left_out` (copies), `rejected`,
    `inside` (how many files of it, for an archive; else 0) and `sha256` (of the file; null for an
    archive, each of whose files has its own).
    """
    ours = _marked(sources[sources["table"].isin(tables)])
    ours = ours[ours["force"].isna() | ours["force"].isin(forces)]
    ours = ours[~_are_of_elsewhere(ours, districts)]
    rows = ours.sort_values(["month", "member"]).groupby(_BY, sort=True, dropna=False)
    told = rows.agg(
        first=("month", "first"),
        last=("month", "last"),
        records=("rows_stored", "sum"),
        left_out=("rows_copied", "sum"),
        rejected=("rows_rejected", "sum"),
        inside=("member", "nunique"),
        sha256=("sha256", "first"),
    ).reset_index()
    months = told["first"].str.cat(told["last"], sep=" to ").fillna("")
    told["sha256"] = told["sha256"].mask(told["inside"] > 0)
    return told.assign(months=months).rename(columns={"file_name": "file"})


def _are_of_elsewhere(sources, districts):
    """Which rows are extracts that are said to cover other districts alone."""
    covered = [set(areas.split(APART)) for areas in sources["declared_areas"].fillna("")]
    apart = [areas != {""} and areas.isdisjoint(districts) for areas in covered]
    return sources["table"].eq("supplied_records") & pd.Series(apart, sources.index, dtype=bool)


def _marked(sources):
    """Invented files name no publisher that had no part in them."""
    return sources.assign(
        publisher=sources["publisher"].mask(sources["is_sample"], INVENTED),
        licence=sources["licence"].mask(sources["is_sample"], "none: invented"),
    )
