"""What a file says against what is held: the same again is left out, something else is refused."""

from dataclasses import replace

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import Delivery
from cspnb.store import Store

NEW_STORE = "Find out which is right; to use this one, ingest it into a new store."


def agreed(
    delivery: Delivery,
    held: pd.DataFrame,
    key: list[str],
    answer: list[str],
    *,
    verb: str = "is",
    remedy: str = NEW_STORE,
) -> Delivery:
    """The delivery less the rows whose key is held with the same answer; they count as copied.

    held: rows of the same table. IngestError at the first row whose key is held with another
    answer: '<key> <verb> <answer> here, and <answer> in a file already held'.
    """
    known = held[[*key, *answer]].drop_duplicates(key).assign(known=True)
    both = delivery.rows.reset_index(names="line").merge(
        known, on=key, how="left", suffixes=("", "_held"), validate="many_to_one"
    )
    is_held = both["known"].eq(True)
    differ = is_held & ~_same(both, answer)
    if differ.any():
        first = both[differ].iloc[0]
        theirs = _words(first[f"{name}_held"] for name in answer)
        raise IngestError(
            f"{_words(first[key])} {verb} {_words(first[answer])} here, and {theirs} in a file "
            "already held",
            where=delivery.sheet.where(first["line"]),
            remedy=remedy,
        )
    rows = both[~is_held].set_index("line")[list(delivery.rows.columns)]
    return replace(delivery, rows=rows, copied=delivery.copied + int(is_held.sum()))


def refuse_other_name(
    delivery: Delivery, store: Store, column: str, option: str, verb: str = "as of"
) -> None:
    """The same bytes are of one edition, month or year, whatever an option says a second time.

    column: of the delivery's table. IngestError where the store holds rows of this very file
    with values of the column that the delivery has not, and it has others.
    """
    sources, table = store.sources(), delivery.table.name
    same = sources[(sources["sha256"] == delivery.sheet.sha256) & (sources["table"] == table)]
    rows = store.read(table, columns=[column], source_ids=same["source_id"])
    held = set(rows[column])
    if held and set(delivery.rows[column]) - held:
        raise IngestError(
            f"the store holds this very file {verb} {', '.join(map(str, sorted(held)))}",
            where=delivery.sheet.name,
            remedy=f"Check {option}; if the store is wrong, ingest into a new one.",
        )


def _same(both, answer):
    """Row by row; two blanks are the same."""
    pairs = [(both[name], both[f"{name}_held"]) for name in answer]
    same = [one.eq(other) | (one.isna() & other.isna()) for one, other in pairs]
    return pd.concat(same, axis="columns").all(axis="columns")


def _words(values):
    known = [value for value in values if not pd.isna(value)]
    return " ".join(v if isinstance(v, str) else f"{v:,.12g}" for v in known) or "blank"
