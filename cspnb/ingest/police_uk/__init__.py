"""data.police.uk: street crime, outcomes, stop and search, from archives, folders or files.

Each file is read once: judged, and stored where its rows are new. Rows count for nothing until
every file has been judged.
"""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from cspnb.ingest import Taken
from cspnb.ingest.police_uk.claims import Claims, records, require_ranked
from cspnb.ingest.police_uk.files import PoliceFile, police_files
from cspnb.ingest.police_uk.judging import Judged, each_judged
from cspnb.ingest.police_uk.sources import Lsoas, declared, with_kind, with_places
from cspnb.store import Store


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
    intake = _Intake(store)
    with store.batch() as batch:
        judged = each_judged(files, declared(edition, types, areas))
        for table, some in itertools.groupby(judged, key=lambda one: one.file.table):
            batch.append(table, intake.fresh(some))
        batch.name(intake.sources(files))
    held = store.sources()
    return Taken(
        held[held["batch_id"] == batch.batch_id].reset_index(drop=True),
        tuple(str(file.entry) for file in files if file in intake.unchanged),
        ignored,
    )


class _Intake:
    """The files of one call as they come: those whose rows are new, and those held already."""

    def __init__(self, store: Store):
        self.unchanged: set[PoliceFile] = set()
        self._store = store
        self._held = records(store.sources())
        self._claims = Claims(self._held)
        self._source_of: dict[PoliceFile, dict] = {}
        self._lsoas = Lsoas()

    def fresh(self, judged: Iterable[Judged]) -> Iterator[pa.Table]:
        """The rows of the files that bring any, remembering all but the rows."""
        for one in judged:
            self._source_of[one.file] = one.source
            self._lsoas.add(one.lsoas)
            if self._claims.hold(one.source):
                self.unchanged.add(one.file)
            else:
                yield one.rows

    def sources(self, files: Iterable[PoliceFile]) -> list[dict]:
        """The sources of the new files, in the order of the files given.

        Raises IngestError where claims cannot be ranked, or sample and real files are mixed.
        """
        judged = list(self._source_of.values())
        placed = with_places(judged, self._lsoas, self._store.read("geography"))
        settled = dict(zip(self._source_of, placed, strict=True))
        whole = with_kind([settled[file] for file in files], self._store.is_sample())
        new = [s for s, f in zip(whole, files, strict=True) if f not in self.unchanged]
        require_ranked(new, self._held)
        return new
