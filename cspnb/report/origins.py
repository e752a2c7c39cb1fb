"""The files behind a report, told in as few rows as readers need."""

import pandas as pd

from cspnb.ingest.sample_mark import INVENTED


def origins(sources: pd.DataFrame, forces: frozenset[str]) -> pd.DataFrame:
    """Files of the report's forces, and those of no force, one row an archive or file.

    sources: the `sources` table. Returns `file`, `table`, `publisher`, `licence`, `edition`,
    `first`, `last`, `months`, `records`, `left_out` (copies), `rejected`, `sha256` (of the file,
    or of the first of its members).
    """
    sources = _marked(sources)
    ours = sources[sources["force"].isna() | sources["force"].isin(forces)]
    by = ["file_name", "edition", "table", "publisher", "licence"]
    rows = ours.sort_values(["month", "member"]).groupby(by, sort=True, dropna=False)
    told = rows.agg(
        first=("month", "first"),
        last=("month", "last"),
        records=("rows_stored", "sum"),
        left_out=("rows_copied", "sum"),
        rejected=("rows_rejected", "sum"),
        sha256=("sha256", "first"),
    ).reset_index()
    months = told["first"].str.cat(told["last"], sep=" to ").fillna("")
    return told.assign(months=months).rename(columns={"file_name": "file"})


def _marked(sources):
    """Invented files name no publisher that had no part in them."""
    return sources.assign(
        publisher=sources["publisher"].mask(sources["is_sample"], INVENTED),
        licence=sources["licence"].mask(sources["is_sample"], "none: invented"),
    )
