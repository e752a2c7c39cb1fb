"""One large file, brought home whole: gone on with where it was cut off, checked, then named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from cspnb.errors import FetchError
from cspnb.fetch.client import Client, PassingError, chunks
from cspnb.fetch.part_files import PartFile, Version

Progress = Callable[[int, int | None], None]
"""Told how many bytes there are, and of how many where that is known."""

_RANGE = re.compile(r"^bytes (\d+)-\d+/(\d+)$")


@dataclass(frozen=True)
class Wanted:
    """A file to bring: from which path, to where, and what is known of it beforehand.

    most: bytes beyond which it is taken for something else. md5s: as the publisher lists them,
    one of which must be its own. begins: how a file of its kind begins. is_whole: whether the
    file at a path is a whole one of its kind.
    """

    path: str
    target: Path
    most: int
    md5s: frozenset[str] = frozenset()
    begins: bytes = b""
    is_whole: Callable[[Path], bool] = lambda _: True


@dataclass(frozen=True)
class Brought:
    """A file that is now there, whole: its size and SHA-256, and the bytes that were fetched."""

    target: Path
    size: int
    sha256: str
    fetched: int


def download(wanted: Wanted, client: Client, progress: Progress | None = None) -> Brought:
    """The file, complete and checked, under its own name; until then it is `<name>.part`.

    A part left by an earlier try is gone on with where the server says that it is still a part
    of the same file, and begun anew where it does not. Raises FetchError for a file too large,
    of another kind or with another MD5 than listed, and where it breaks off again and again.
    """
    return _Download(wanted, client, progress or (lambda *_: None)).run()


_ANEW = "Run the command again: it begins from nothing."


class _Download:
    """One call's state: the part on the disk, and the bytes that came in this call."""

    def __init__(self, wanted: Wanted, client: Client, progress: Progress):
        self._wanted = wanted
        self._client = client
        self._progress = progress
        self._address = client.site.address(wanted.path)
        self._part = PartFile(wanted.target)
        self._fetched = 0
        self._furthest = self._part.size()

    def run(self) -> Brought:
        self._client.persist(self._attempt, self._wanted.path)
        size = self._part.size()
        sha256, md5 = self._part.hashes()
        if self._wanted.md5s and md5 not in self._wanted.md5s:
            self._part.discard()
            listed = " or ".join(sorted(self._wanted.md5s))
            raise self._error(f"came with the MD5 {md5}, and the site lists {listed}", _ANEW)
        if not self._wanted.is_whole(self._part.path):
            self._part.discard()
            raise self._error("came damaged: it is no whole file of its kind", _ANEW)
        self._part.finish()
        return Brought(self._wanted.target, size, sha256, self._fetched)

    def _attempt(self) -> None:
        held = self._part.version(self._address)
        headers, start = self._question(held)
        with self._client.opened("GET", self._wanted.path, headers=headers) as response:
            if response.status_code == 416:
                self._require_all_there(held, start)
                return
            total = self._begun(response, held, start)
            self._read(response, total)

    def _question(self, held: Version | None) -> tuple[dict, int]:
        start = self._part.size()
        if not start or held is None or held.validator is None:
            return {}, 0
        return {"Range": f"bytes={start}-", "If-Range": held.validator}, start

    def _require_all_there(self, held: Version, start: int) -> None:
        if held.length != start:
            self._part.discard()
            raise PassingError("the part does not fit the file; it is begun anew", wait=0)

    def _begun(self, response: requests.Response, held: Version | None, start: int) -> int | None:
        """Ready the part for the body that follows; the length of the whole, where it is told."""
        if response.status_code == 206:
            ranged = _RANGE.match(response.headers.get("Content-Range", ""))
            total = int(ranged[2]) if ranged else None
            if not ranged or int(ranged[1]) != start or held.length not in (None, total):
                self._part.discard()
                raise PassingError("the site goes on elsewhere than asked", wait=0)
            return total
        length = response.headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        self._require_kind(response, total)
        headers = response.headers
        self._part.begin(
            Version(self._address, headers.get("ETag"), headers.get("Last-Modified"), total)
        )
        return total

    def _require_kind(self, response: requests.Response, total: int | None) -> None:
        if total and total > self._wanted.most:
            raise self._too_large(total)
        if "html" in response.headers.get("Content-Type", "").casefold():
            raise PassingError("the site answers with a web page where a file belongs")

    def _read(self, response: requests.Response, total: int | None) -> None:
        try:
            with self._part.path.open("ab") as stream:
                for chunk in chunks(response):
                    stream.write(chunk)
                    self._fetched += len(chunk)
                    self._require_sane(stream, chunk)
                    self._progress(stream.tell(), total)
        except PassingError as fault:
            raise PassingError(str(fault), got_on=self._got_on()) from fault
        if total is not None and self._part.size() != total:
            self._part.discard()
            raise PassingError("another length came than was announced")

    def _got_on(self) -> bool:
        """Whether more is there than ever before; beginning anew each time is no getting on."""
        further = self._part.size() > self._furthest
        self._furthest = max(self._furthest, self._part.size())
        return further

    def _require_sane(self, stream, chunk: bytes) -> None:
        begins = self._wanted.begins
        first = stream.tell() == len(chunk)
        if first and chunk[: len(begins)] != begins[: len(chunk)]:
            stream.close()
            self._part.discard()
            raise self._error("is not a file of its kind", "See what the site shows in a browser.")
        if stream.tell() > self._wanted.most:
            size = stream.tell()
            stream.close()
            self._part.discard()
            raise self._too_large(size)

    def _too_large(self, size: int) -> FetchError:
        return self._error(
            f"has {size:,} bytes or more, over the cap of {self._wanted.most:,}",
            "If the file has truly grown so large, raise the cap with --largest.",
        )

    def _error(self, what: str, remedy: str) -> FetchError:
        return FetchError(what, where=self._address, remedy=remedy)
