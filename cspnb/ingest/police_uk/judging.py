"""Files of police.uk judged one by one, a few at a time: read, checked, and made into rows."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa

from cspnb.ingest.archive import contents
from cspnb.ingest.police_uk.files import TABLE_OF, PoliceFile
from cspnb.ingest.police_uk.rows import rows_of
from cspnb.ingest.police_uk.sources import Declared, as_declared, is_sample, lsoas_of, source_of
from cspnb.ingest.police_uk.text import text_rows
from cspnb.store import new_source_id

WORKERS = 2
"""Files judged at the same time: while they are, this thread unpacks and stores others."""

AHEAD = 2 * WORKERS
"""Files in memory at once. The largest force's month is some 30 MB of text."""

_TABLES = list(TABLE_OF.values())


@dataclass(frozen=True)
class Judged:
    """A file that is what its name says: its rows, its source, and its rows by LSOA.

    source: complete but for its places and what the store adds. lsoas: as `lsoas_of` gives them.
    """

    file: PoliceFile
    source: dict
    lsoas: pa.Table
    rows: pa.Table


def each_judged(files: Iterable[PoliceFile], declaration: Declared) -> Iterator[Judged]:
    """Every file judged, table by table and force by force, as the store keeps them.

    Raises IngestError for the first that cannot be taken in.
    """
    files = sorted(files, key=lambda file: (_TABLES.index(file.table), file.force, file.month))
    read = contents(file.entry for file in files)
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting = deque()
        try:
            for file, (_, data) in zip(files, read, strict=True):
                waiting.append(pool.submit(_judged, file, data, declaration))
                if len(waiting) >= AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()


def _judged(file: PoliceFile, data: bytes, declaration: Declared) -> Judged:
    source_id = new_source_id()
    layout, text = text_rows(data, file.table, str(file.entry))
    rows = rows_of(text, layout, file, source_id)
    source = as_declared(source_of(source_id, file, data, rows), declaration)
    lsoas = lsoas_of(rows)
    source |= {"is_sample": is_sample(lsoas, str(file.entry))}
    return Judged(file, source, lsoas, rows.table)
