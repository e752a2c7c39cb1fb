"""Files as they come: zip archives, folders and loose files, read within bounds, never unpacked."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cspnb.errors import IngestError

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Limits:
    """How much is read before a file is taken for hostile.

    The largest genuine archive of data.police.uk is 2.56 GB of zip with 77 months of some 130
    files; a full month of its largest force is about 30 MB.
    """

    members: int = 20_000
    member_bytes: int = 256 * 2**20
    total_bytes: int = 64 * 2**30


LIMITS = Limits()


@dataclass(frozen=True)
class Entry:
    """A file on disk, or a member of a zip archive that is."""

    path: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return (self.member or self.path.name).replace("\\", "/").rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The name of the folder it is in."""
        if self.member is None:
            return self.path.parent.name
        return self.member.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]

    def __str__(self) -> str:
        return f"{self.path.name}: {self.member}" if self.member else self.path.name


def entries(paths: Iterable[Path | str], limits: Limits = LIMITS) -> list[Entry]:
    """Every file there is in the archives, folders and loose files named, each once.

    Raises IngestError for a path that is not there, and for an archive that is no zip, has too
    many members, an encrypted one, or two of one name.
    """
    files = [file for path in paths for file in _files(Path(path))]
    once = {file.resolve(): file for file in files}.values()
    return [entry for file in once for entry in _entries_of(file, limits)]


def contents(wanted: Iterable[Entry], limits: Limits = LIMITS) -> Iterator[tuple[Entry, bytes]]:
    """Each entry with its bytes, one in memory at a time; each archive is opened once.

    Bytes are counted as they are read, whatever the archive says of itself. Raises IngestError
    for a file that changes between the first and the last of its entries.
    """
    total, seen = 0, {}
    with ExitStack() as stack:
        archive_at = cache(lambda path: stack.enter_context(_opened(path)))
        for entry in wanted:
            seen.setdefault(entry.path, _state(entry.path))
            data = _bytes_of(entry, archive_at, limits)
            total += len(data)
            if total > limits.total_bytes:
                raise _too_much(entry.path, f"more than {limits.total_bytes:,} bytes in all")
            yield entry, data
    for path, state in seen.items():
        if _state(path) != state:
            raise IngestError("changed while it was being read", where=path.name)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())
    if not path.is_file():
        raise IngestError("there is no such file or folder", where=str(path))
    return [path]


def _entries_of(file: Path, limits: Limits) -> list[Entry]:
    if file.suffix.lower() != ".zip":
        return [Entry(file)]
    with _opened(file) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > limits.members:
        raise _too_much(file, f"{len(members):,} members")
    names = Counter(info.filename for info in members)
    if twice := [name for name, count in names.items() if count > 1]:
        raise IngestError(f"holds two members named {twice[0]}", where=file.name, remedy=_REFETCH)
    for info in members:
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _READABLE:
            raise IngestError(
                f"{info.filename} is encrypted, or packed in a way that is not read here",
                where=file.name,
                remedy="Unpack it and ingest the folder.",
            )
    return [Entry(file, info.filename) for info in members]


def _bytes_of(entry: Entry, archive_at: Callable, limits: Limits) -> bytes:
    if entry.member is not None:
        return _member(archive_at(entry.path), entry, limits)
    with entry.path.open("rb") as stream:
        return _read(stream, entry, limits)


def _state(path: Path) -> tuple[int, int]:
    """What differs once somebody has written to a file."""
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _member(archive: zipfile.ZipFile, entry: Entry, limits: Limits) -> bytes:
    try:
        with archive.open(entry.member) as stream:
            return _read(stream, entry, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise IngestError(
            f"{entry.member} is damaged: {error}", where=entry.path.name, remedy=_REFETCH
        ) from error


def _read(stream, entry: Entry, limits: Limits) -> bytes:
    data = bytearray()
    while chunk := stream.read(_CHUNK):
        data += chunk
        if len(data) > limits.member_bytes:
            raise _too_much(entry, f"more than {limits.member_bytes:,} bytes in one file")
    return bytes(data)


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise IngestError(
            "is not a zip archive, or is cut short", where=file.name, remedy=_REFETCH
        ) from error


def _too_much(where, what: str) -> IngestError:
    return IngestError(
        f"{what}: no genuine archive is so large",
        where=str(getattr(where, "name", where)),
        remedy="Check where it came from; split it if it is what you meant.",
    )


_REFETCH = "Fetch it again from where it came from."
