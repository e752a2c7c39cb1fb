"""The files behind a report's figures, a row a file."""

from collections.abc import Collection

import pandas as pd

from cspnb.ingest.sample_mark import INVENTED

_BY = ["file_name", "edition", "publisher", "licence"]


def origins(sources: pd.DataFrame, tables: Collection[str], forces: frozenset[str]) -> pd.DataFrame:
    """Files that brought rows to some tables: of the report's forces, and those of no force.

    sources: the `sources` table. Returns, one row a file or archive: `file`, `publisher`,
    `licence`, `edition`, `first`, `last`, `months`, `records`, `left_out` (copies), `rejected`,
    `inside` (how many files of it, for an archive; else 0) and `sha256` (of the file; null for an
    archive, each of whose files has its own).
    """
    ours = _marked(sources[sources["table"].isin(tables)])
    ours = ours[ours["force"].isna() | ours["force"].isin(forces)]
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


def _marked(sources):
    """Invented files name no publisher that had no part in them."""
    return sources.assign(
        publisher=sources["publisher"].mask(sources["is_sample"], INVENTED),
        licence=sources["licence"].mask(sources["is_sample"], "none: invented"),
    )
