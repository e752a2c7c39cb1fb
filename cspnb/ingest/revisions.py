"""Sources that are published again, revised: which edition speaks, and what must agree."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from cspnb.ingest.delivery import Delivery
from cspnb.schemas import Table
from cspnb.store import Store

REMEDY = (
    "If this file is a later edition, say in which month it was published, a later month than "
    "the other's: --edition YYYY-MM."
)


def newest(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    claim: list[str],
    *,
    first: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> pd.DataFrame:
    """Of each claim, the rows of the newest edition that makes it, in their order.

    frame: rows with a `source_id`. sources: rows of `sources`; rows it does not name do not
    count, and a source without an edition is older than any other. claim: columns whose values
    together are what an edition speaks for whole. first: true of rows that speak before any
    others, whatever their edition.
    """
    editions = sources[["source_id", "edition"]]
    dated = frame.merge(editions, on="source_id", how="inner", validate="many_to_one")
    names = dated["edition"].fillna("")
    order = {name: place for place, name in enumerate(sorted(names.unique()))}
    rank = names.map(order).astype("int64")
    if first is not None:
        rank += first(dated).astype("int64") * len(order)
    best = rank.groupby([dated[name] for name in claim], dropna=False).transform("max")
    return dated.loc[rank.eq(best), list(frame.columns)].reset_index(drop=True)


def rivals(
    table: Table,
    store: Store,
    edition: str | None,
    in_force: Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame],
    *,
    earlier: Sequence[Delivery] = (),
    where: Mapping[str, Sequence] | None = None,
) -> pd.DataFrame:
    """The rows of a table that a new file must not contradict.

    Those of its own edition, or where it has none those in force; and those of the deliveries
    before it in the same call. An older edition may arrive after a newer one: it is kept, and
    does not speak. where: as in `Store.read`.
    """
    held, sources = store.read(table.name, where=where), store.sources()
    if edition is None:
        held = in_force(held, sources)[list(table.columns)]
    else:
        held = held[held["source_id"].isin(sources["source_id"][sources["edition"] == edition])]
    here = [one.rows.assign(source_id="") for one in earlier if one.table is table]
    return pd.concat([held, *here], ignore_index=True)
