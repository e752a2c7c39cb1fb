"""data.police.uk: street crime, outcomes, stop and search, from archives, folders or files.

The files are read twice: once to judge them all, when nothing is written; once to store them.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.archive import contents
from cspnb.ingest.police_claims import settled
from cspnb.ingest.police_files import TABLE_OF, PoliceFile, police_files
from cspnb.ingest.police_rows import Rows, rows_of
from cspnb.ingest.police_sources import (
    Declared,
    as_declared,
    declared,
    is_sample,
    lsoas_of,
    source_of,
    with_kind,
    with_places,
)
from cspnb.ingest.police_text import sha256_of, text_rows
from cspnb.store import Store, new_source_id


def ingest(
    paths: Iterable[Path | str],
    store: Store,
    *,
    edition: str | None = None,
    types: str | None = None,
    areas: str | None = None,
) -> Taken:
    """Take police.uk files into the store, all or none of them.

    paths: zip archives, folders, loose CSV files. edition: `YYYY-MM` of the archive they come
    from, where its name does not say. types, areas: what the files are extracts of (crime types;
    districts by name or code), separated by ';', or 'all'. A file whose rows are held already
    changes nothing.

    Raises IngestError for the first file that is not what its name says, cannot be read whole,
    or claims a month in a way that cannot be ranked against what is held; StoreError where
    sample and real data would mix. The store is then as it was.
    """
    files, ignored = police_files(paths)
    sources = _judged(files, declared(edition, types, areas), store)
    file_of = {source["source_id"]: file for source, file in zip(sources, files, strict=True)}
    new, unchanged = settled(sources, store.sources())
    names = tuple(str(file_of[source["source_id"]].entry) for source in unchanged)
    if not new:
        return Taken(store.sources().iloc[:0], names, ignored)
    with store.batch() as batch:
        batch.name(new)
        for table in TABLE_OF.values():
            batch.append(table, _frames([s for s in new if s["table"] == table], file_of))
    held = store.sources()
    return Taken(held[held["batch_id"] == batch.batch_id].reset_index(drop=True), names, ignored)


def _judged(files: list[PoliceFile], declaration: Declared, store: Store) -> list[dict]:
    """A source for each file, in order, complete but for what the store adds."""
    sources, lsoas = [], []
    for file, data in zip(files, _contents(files), strict=True):
        source_id = new_source_id()
        rows = _rows(data, file, source_id)
        source = as_declared(source_of(source_id, file, data, rows), declaration)
        sources.append(source | {"is_sample": is_sample(rows, str(file.entry))})
        lsoas.append(lsoas_of(source_id, rows))
    placed = with_places(sources, pd.concat(lsoas, ignore_index=True), store.read("geography"))
    return with_kind(placed, store.is_sample())


def _frames(sources: list[dict], file_of: Mapping[str, PoliceFile]) -> Iterator[pd.DataFrame]:
    files = [file_of[source["source_id"]] for source in sources]
    for source, file, data in zip(sources, files, _contents(files), strict=True):
        if sha256_of(data) != source["sha256"]:
            raise IngestError("changed while it was being read", where=str(file.entry))
        yield _rows(data, file, source["source_id"]).frame


def _contents(files: list[PoliceFile]) -> Iterator[bytes]:
    for _, data in contents(file.entry for file in files):
        yield data


def _rows(data: bytes, file: PoliceFile, source_id: str) -> Rows:
    layout, text = text_rows(data, file.table, str(file.entry))
    return rows_of(text, layout, file, source_id)
