"""Files of police.uk taken in, a row a kind and force."""

import pandas as pd

OF_POLICE_UK = ("offences", "outcomes", "stops")

COLUMNS = ["table", "force", "from", "to", "files", "records", "placed", "by name"]
COLUMNS += ["by point", "nowhere", "copies", "rejected"]


def by_kind(holdings) -> pd.DataFrame:
    """How many files and records of each kind are held, and where the records belong.

    Returns, one row a table and force: `table`, `force`, `from`, `to`, `files`, `records`,
    `placed` (by a lookup), `by name` (of the LSOA), `by point` (of records without an LSOA),
    `nowhere`, `copies` (left out), `rejected`. Placing is as it stands with the lookups and the
    outlines held now; it is known for street files and, where outlines are held, for stops.
    """
    police = holdings.sources[holdings.sources["table"].isin(OF_POLICE_UK)]
    kinds = police.groupby(["table", "force"], as_index=False)
    files = kinds.agg(
        **{"from": ("month", "min"), "to": ("month", "max")},
        files=("source_id", "count"),
        records=("rows_stored", "sum"),
        copies=("rows_copied", "sum"),
        rejected=("rows_rejected", "sum"),
    )
    files = files.merge(_placed(holdings), on=["table", "force"], how="left", validate="1:1")
    return files[COLUMNS]


def _placed(holdings):
    """How the records of each force are placed, of each table where it is known."""
    street = _street_placed(holdings)
    if not (holdings.holds("boundaries") and holdings.holds("stops")):
        return street
    return pd.concat([street, _stops_placed(holdings)], ignore_index=True)


def _stops_placed(holdings):
    counts = holdings.stops.counts
    nowhere = counts["lad_code"].isna()
    both = {"by point": counts[~nowhere], "nowhere": counts[nowhere]}
    sums = {name: rows.groupby("force")["count"].sum() for name, rows in both.items()}
    placed = pd.DataFrame(sums).fillna(0).astype("Int64").rename_axis("force").reset_index()
    return placed.assign(table="stops")


def _street_placed(holdings):
    names = {"lookup": "placed", "name": "by name", "point": "by point", "none": "nowhere"}
    placed = holdings.recorded.placed_by.pivot_table(
        index="force", columns="placed_by", values="count", aggfunc="sum", fill_value=0
    )
    placed = placed.reindex(columns=list(names), fill_value=0).rename(columns=names)
    return placed.astype("Int64").reset_index().assign(table="offences")
