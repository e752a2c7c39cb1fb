"""Counts met twice: in one file, or in a file and the store. Copies go, contradictions stop."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.home_office.files import unit
from cspnb.ingest.home_office.spool import KEY, Spool, keys_of
from cspnb.offences import parts_of
from cspnb.schemas import RECORDED_CRIME
from cspnb.store import Store

_SHOWN = 100


def settle(spool: Spool, file: str) -> int:
    """Drop copies of rows within one file, and say how many.

    A code that stands for several ('1/4.1/4.10/4.2') may have as many rows as it has parts, which
    add up: so the Home Office publishes homicide. Of any other code, rows that agree are copies;
    IngestError for rows that do not.
    """
    _, first, group, sizes = np.unique(
        spool.keys, return_index=True, return_inverse=True, return_counts=True
    )
    again = np.flatnonzero(sizes[group] > 1)
    if again.size == 0:
        return 0
    repeated = spool.keys[again]
    parts = _parts(spool, np.unique(repeated))
    allowed = np.array([parts[key] for key in repeated])
    excess = (allowed > 1) & (sizes[group[again]] > allowed)
    single = allowed == 1
    differs = single & (spool.counts[again] != spool.counts[first[group[again]]])
    if (excess | differs).any():
        raise _contradiction(spool, repeated[np.argmax(excess | differs)], file)
    copies = again[single & (again != first[group[again]])]
    spool.drop(copies)
    return len(copies)


def less_held(spool: Spool, file: str, store: Store, sources: pd.DataFrame) -> int:
    """Drop rows that files of the same edition brought already, and say how many.

    sources: the rows of `sources` of the edition. Read a quarter at a time. IngestError for a
    count that differs from the one held.
    """
    dropped = 0
    for start in sorted(spool.starts):
        held = store.read(
            RECORDED_CRIME.name,
            columns=[*KEY, "count", "source_id"],
            source_ids=sources["source_id"],
            where={"area_level": [spool.level], "start": [start]},
        )
        if len(held):
            names = sources.set_index("source_id")["file_name"]
            sums = held.assign(key=keys_of(held), file=held["source_id"].map(names))
            sums = sums.groupby("key").agg(count=("count", "sum"), file=("file", "first"))
            dropped += _less(spool, file, sums)
    return dropped


def less_earlier(spool: Spool, file: str, earlier: Iterable[tuple[str, Spool]]) -> int:
    """Drop rows that files named earlier in the same call have, and say how many."""
    dropped = 0
    for name, other in earlier:
        left = other.left()
        sums = pd.Series(other.counts[left]).groupby(other.keys[left]).sum()
        dropped += _less(spool, file, sums.to_frame("count").assign(file=name))
    return dropped


def _less(spool, file, held):
    """Sums of the same key agree, or the file is refused. held: `count`, `file`, by key."""
    places = np.flatnonzero(np.isin(spool.keys, held.index.to_numpy()))
    places = np.setdiff1d(places, spool.dropped)
    ours = pd.Series(spool.counts[places]).groupby(spool.keys[places]).sum()
    theirs = held.loc[ours.index, "count"]
    if len(differ := ours.index[ours.to_numpy() != theirs.to_numpy()]):
        key = differ[0]
        raise _against_held(spool, key, file, int(ours[key]), held.loc[key])
    spool.drop(places)
    return len(places)


def _parts(spool, keys):
    """How many rows each of the keys may have."""
    found = {}
    for some in np.array_split(keys, max(1, len(keys) // 10_000)):
        rows = spool.rows_of(some).drop_duplicates("key")
        found |= {
            key: len(parts_of(code))
            for key, code in zip(rows["key"], rows["offence_code"], strict=True)
        }
    return found


def _contradiction(spool, key, file):
    rows = spool.rows_of([key])
    told = [
        f"{row.count_} on {_place(row)}"
        for row in rows.rename(columns={"count": "count_"}).head(5).itertuples()
    ]
    return IngestError(
        f"{_words(rows.iloc[0])} has {' and '.join(told)}",
        where=file,
        remedy="Find out which is right in the published file, and take the other out.",
    )


def _against_held(spool, key, file, ours, held):
    row = spool.rows_of([key]).iloc[0]
    return IngestError(
        f"{_words(row)} is {ours:,} here, and {held['count']:,} in {held['file']}, which is held "
        "for the same edition",
        where=f"{file}, {_place(row)}",
        remedy="To replace older figures, say in which month these were published, a later month "
        "than theirs: --edition YYYY-MM.",
    )


def _place(row):
    sheet = f"sheet {row.sheet}, " if row.sheet else ""
    return f"{sheet}{unit(row.sheet)} {row.line}"


def _words(row):
    offence = f"{row['offence'][:_SHOWN]} ({row['offence_code']})"
    return f"{row['area_name']}, quarter from {row['start']}, {offence}"
