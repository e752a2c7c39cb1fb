"""Which files are police.uk's, and what their names say: force, month and kind of file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cspnb.errors import IngestError, PeriodError
from cspnb.forces import FORCES, force_named
from cspnb.ingest.archive import LIMITS, Entry, Limits, entries
from cspnb.periods import Month

TABLE_OF = {"street": "offences", "outcomes": "outcomes", "stop-and-search": "stops"}
"""The table each kind of file fills."""

_NAME = re.compile(r"^(\d{4}-\d{2})-([a-z][a-z-]*)-(street|outcomes|stop-and-search)\.csv$")
_MONTH_FOLDER = re.compile(r"^\d{4}-\d{2}$")
_ARCHIVE = re.compile(r"^(\d{4}-(?:0[1-9]|1[0-2]))\.zip$")

_HOW_TO_NAME = (
    "data.police.uk names its files YYYY-MM-force-street.csv, -outcomes.csv or "
    "-stop-and-search.csv, alone or in a zip archive."
)


@dataclass(frozen=True)
class PoliceFile:
    """One force's month of one kind: what its name promises of its rows."""

    entry: Entry
    table: str
    force: str
    month: str

    @property
    def edition(self) -> str | None:
        """The month of the archive it is in, where the archive is named as published."""
        match = _ARCHIVE.match(self.entry.path.name)
        return match[1] if match and self.entry.member else None


def police_files(
    paths: Iterable[Path | str], limits: Limits = LIMITS
) -> tuple[list[PoliceFile], tuple[str, ...]]:
    """The police.uk files at the paths, and the names of those that are none.

    Raises IngestError where a path has no file of ours, where a name's month or force is none,
    and as `archive.entries` does.
    """
    found, ignored = [], []
    for path in paths:
        named = [(entry, police_file(entry)) for entry in entries([path], limits)]
        if not any(file for _, file in named):
            raise IngestError("holds no police.uk file", where=Path(path).name, remedy=_HOW_TO_NAME)
        found += [file for _, file in named if file]
        ignored += [str(entry) for entry, file in named if not file]
    once = {(file.entry.path.resolve(), file.entry.member): file for file in found}
    return list(once.values()), tuple(dict.fromkeys(ignored))


def police_file(entry: Entry) -> PoliceFile | None:
    """What the entry's name says of it; None where it is not named as police.uk names files."""
    match = _NAME.match(entry.name.lower())
    if not match:
        return None
    month, force, kind = match.groups()
    try:
        Month.parse(month)
        if force not in FORCES:
            force_named(force)
    except (IngestError, PeriodError) as error:
        raise IngestError(error.what, where=str(entry), remedy=error.remedy) from error
    if _MONTH_FOLDER.match(entry.folder) and entry.folder != month:
        raise IngestError(
            f"a file of {month} is in the folder of {entry.folder}",
            where=str(entry),
            remedy="Fetch it again, or put it in the folder of its own month.",
        )
    return PoliceFile(entry, TABLE_OF[kind], force, month)
