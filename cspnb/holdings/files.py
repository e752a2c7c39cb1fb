"""Files taken in, a row a kind and force."""

import pandas as pd


def by_kind(sources: pd.DataFrame) -> pd.DataFrame:
    """How many files and records of each kind are held, and how their records were placed.

    sources: the `sources` table. Returns `table`, `force`, `from`, `to`, `files`, `records`,
    `placed`, `named`, `unplaced`, `copied`, `rejected`, one row a table and force.
    """
    kinds = sources.fillna({"force": ""}).groupby(["table", "force"], as_index=False)
    return kinds.agg(
        **{"from": ("month", "min"), "to": ("month", "max")},
        files=("source_id", "count"),
        records=("rows_stored", "sum"),
        placed=("rows_placed", "sum"),
        named=("rows_named", "sum"),
        unplaced=("rows_unplaced", "sum"),
        copied=("rows_copied", "sum"),
        rejected=("rows_rejected", "sum"),
    )
