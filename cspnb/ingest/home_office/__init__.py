"""Recorded crime by partnership and by force: the Home Office's open data tables."""

import hashlib
import re
import tempfile
from datetime import datetime
from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.home_office.notes import edition_stated, notes
from cspnb.ingest.home_office.repeats import less_earlier, less_held, settle
from cspnb.ingest.home_office.rows import Tally, checked
from cspnb.ingest.home_office.sheets import Reading
from cspnb.ingest.home_office.source import File
from cspnb.ingest.home_office.spool import Spool
from cspnb.ingest.sample_mark import settled
from cspnb.periods import Month
from cspnb.schemas import NOTES, RECORDED_CRIME
from cspnb.store import Store, new_source_id

MOST_AREAS = 5_000
"""There are some 330 partnerships and 50 forces and other bodies."""

_DAY = re.compile(r"(?<=[-_])(\d{6})(?!\d)")


def ingest(paths: list[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take tables of recorded crime into `recorded_crime`, their notes into `notes`; all or none.

    edition: the month the tables were published, YYYY-MM; without it, the day in the file's name
    ('-230726') or the line 'Updated:' of its notes says it, and tables that nothing dates are
    older than any. Figures of an edition held already are left out. Raises IngestError for a
    file that is no such table, a cell that cannot be what its column says, a count that differs
    from another of the same edition, and a file held as of another edition.
    """
    asked = None if edition is None else str(Month.parse(edition))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        files, unchanged = [], []
        for number, path in enumerate(map(Path, paths)):
            file = _read(path, Path(folder) / f"{number}.parquet", asked, store)
            if file is not None:
                _leave_out_held(file, files, store)
                files.append(file)
            if file is None or not len(file.spool.left()):
                unchanged.append(path.name)
        fresh = [file for file in files if len(file.spool.left())]
        took = {file.name for file in fresh}
        unchanged = [name for name in dict.fromkeys(unchanged) if name not in took]
        return Taken(sources=_stored(fresh, store), unchanged=tuple(unchanged))


def edition_of(name: str) -> str | None:
    """The month of the day in a file's name, DDMMYY: '-230726' is 2026-07; None without one."""
    for written in _DAY.findall(name):
        try:
            return f"{datetime.strptime(written, '%d%m%y'):%Y-%m}"
        except ValueError:
            continue
    return None


def _read(path, spooled, asked, store):
    """The file read whole into its spool; None where the store holds these very bytes."""
    reading, tally = Reading(path), Tally()
    if path.is_file():
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        if _is_held(path.name, sha256, asked or edition_of(path.name), store):
            return None
    parts = ((part.sheet, checked(part, tally)) for part in reading.parts())
    spool = Spool(spooled).fill(parts)
    _require_one_kind(path.name, spool, tally)
    told, headings = notes(reading.notes, tally.areas)
    return File(
        name=path.name,
        sha256=sha256,
        edition=_edition(path.name, asked, edition_stated(reading.notes)),
        spool=spool,
        tally=tally,
        notes=told,
        headings=headings,
        copied=settle(spool, path.name),
    )


def _is_held(name, sha256, edition, store):
    """Whether the store holds this file; IngestError where it does, as of another edition."""
    sources = store.sources()
    same = sources[(sources["sha256"] == sha256) & (sources["table"] == RECORDED_CRIME.name)]
    if same.empty:
        return False
    held = set(same["edition"].dropna())
    if edition is None or edition in held:
        return True
    if not held:
        return False
    raise IngestError(
        f"the store holds this very file as published in {', '.join(sorted(held))}",
        where=name,
        remedy="Check --edition; if the store is wrong, ingest into a new one.",
    )


def _edition(name, asked, stated):
    """The month asked for, or else the file's own; IngestError where the two differ."""
    own = edition_of(name) or stated
    if asked and own and asked != own:
        raise IngestError(
            f"the file says that it was published in {own}, and --edition says {asked}",
            where=name,
            remedy="Leave --edition out, or correct the date in the file's name or its notes.",
        )
    return asked or own


def _require_one_kind(name, spool, tally):
    if not len(spool.keys):
        raise IngestError(
            "the file has a line of column names and no counts",
            where=name,
            remedy="Check that it was downloaded or saved whole.",
        )
    if len(tally.areas) > MOST_AREAS:
        raise IngestError(
            f"the file names {len(tally.areas):,} areas: no genuine one has so many",
            where=name,
            remedy="Check that the columns stand under their own headings.",
        )
    if len(tally.marked) > 1:
        raise IngestError(
            "the file mixes sample data with real data",
            where=name,
            remedy="Keep them in two files, and take them into two stores.",
        )


def _leave_out_held(file, earlier, store):
    sources = store.sources()
    same = sources["edition"].isna() if file.edition is None else sources["edition"] == file.edition
    same &= sources["table"] == RECORDED_CRIME.name
    file.copied += less_held(file.spool, file.name, store, sources[same])
    rivals = [(other.name, other.spool) for other in earlier if other.edition == file.edition]
    file.copied += less_earlier(file.spool, file.name, rivals)


def _stored(files, store):
    """The sources the files have become, in one batch."""
    before = set(store.sources()["source_id"])
    is_sample = settled([file.marked for file in files], store.is_sample())
    with store.batch() as batch:
        for file in files:
            _store(file, batch, is_sample)
    sources = store.sources()
    return sources[~sources["source_id"].isin(before)].reset_index(drop=True)


def _store(file, batch, is_sample):
    source_id = new_source_id()
    columns = list(RECORDED_CRIME.columns)
    frames = (rows.assign(source_id=source_id)[columns] for rows in file.spool.frames())
    batch.append(RECORDED_CRIME.name, frames)
    batch.name([file.source(source_id, is_sample=is_sample)])
    if len(file.notes):
        note_id = new_source_id()
        told = file.notes.assign(source_id=note_id)[list(NOTES.columns)]
        batch.append(NOTES.name, [told.reset_index(drop=True)])
        batch.name([file.source_of_notes(note_id, is_sample=is_sample)])
