"""The archives of data.police.uk: a zip a month, each holding every force's last 36 months."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspnb.errors import FetchError, PeriodError
from cspnb.fetch.client import Client
from cspnb.fetch.downloads import Progress, Wanted, download
from cspnb.fetch.part_files import write_whole
from cspnb.periods import Month

LARGEST = 6 * 2**30
"""Bytes: the largest archive there is, of 2017-04, has 2.56 GB."""

LIST = "data/archive/"

_LINK = re.compile(r"(?<![\d-])(\d{4}-(?:0[1-9]|1[0-2]))\.zip")
_MD5 = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Archive:
    """An archive that is now there. `checked`: by what it was compared with the publisher's."""

    path: Path
    edition: str
    fetched: int
    size: int
    sha256: str | None
    checked: str

    @property
    def next_command(self) -> str:
        """How it is taken into the store."""
        return f'cspnb ingest police-uk "{self.path}" --edition {self.edition}'


def archive(
    month: str | None,
    folder: Path,
    client: Client,
    *,
    largest: int = LARGEST,
    anew: bool = False,
    progress: Progress | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Archive:
    """The archive of a month, or for None the newest that the site lists, in the folder.

    One that is there already is left alone, unless `anew`. Raises PeriodError for a month that
    is none or is not listed, FetchError where it cannot be brought whole.
    """
    if month is not None and not anew and (target := folder / f"{Month.parse(month)}.zip").exists():
        return _there(target)
    listed = _listed(client, say)
    edition = _edition(month, listed)
    target = folder / f"{edition}.zip"
    if target.exists() and not anew:
        return _there(target)
    md5s = listed.get(edition, frozenset())
    wanted = Wanted(f"{LIST}{edition}.zip", target, largest, md5s, b"PK", zipfile.is_zipfile)
    brought = download(wanted, client, progress)
    checked = "its length and MD5 are the site's" if md5s else "the site lists no MD5 for it"
    told = {"address": client.site.address(wanted.path), "bytes": brought.size}
    told |= {"sha256": brought.sha256, "checked": checked}
    write_whole(_note(target), json.dumps(told, indent=1).encode("utf-8"))
    return Archive(target, edition, brought.fetched, brought.size, brought.sha256, checked)


def _there(target: Path) -> Archive:
    """The archive as it is, where it has the length that was noted when it was fetched."""
    size, told = target.stat().st_size, _noted(target)
    if told.get("bytes", size) != size:
        raise FetchError(
            f"has {size:,} bytes, and had {told['bytes']:,} when it was fetched",
            where=str(target),
            remedy="Fetch it again with --anew.",
        )
    return Archive(target, target.stem, 0, size, told.get("sha256"), "was there already")


def _noted(target: Path) -> dict[str, Any]:
    """What was noted when it was fetched; nothing where that cannot be read."""
    try:
        told = json.loads(_note(target).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _note(target: Path) -> Path:
    return target.with_name(f"{target.name}.fetched.json")


def _edition(month: str | None, listed: dict[str, frozenset[str]]) -> str:
    if month is None:
        if not listed:
            raise FetchError(
                "the site's list of archives cannot be read, so the newest is not known",
                where=LIST,
                remedy="Name the month: --month YYYY-MM.",
            )
        return max(listed)
    edition = str(Month.parse(month))
    if listed and not min(listed) <= edition <= max(listed):
        raise PeriodError(
            f"there is no archive of {edition}: the site lists {min(listed)} to {max(listed)}",
            remedy="Ask for one of those; each holds the 36 months before it as well.",
        )
    return edition


def _listed(client: Client, say: Callable[[str], None]) -> dict[str, frozenset[str]]:
    """The MD5s beside each archive on the site's page, before it and after; {} if unread.

    The page's layout is nobody's promise: whichever side the sum is on, it is among the two.
    """
    try:
        page = client.text(LIST)
    except FetchError as error:
        say(f"The list of archives cannot be read, so no MD5 can be compared: {error.what}.")
        return {}
    links = list(_LINK.finditer(page))
    starts = [0, *(link.end() for link in links)]
    ends = [*(link.start() for link in links), len(page)]
    between = [_MD5.findall(page, start, end) for start, end in zip(starts, ends, strict=True)]
    listed: dict[str, frozenset[str]] = {}
    for link, before, after in zip(links, between[:-1], between[1:], strict=True):
        beside = {md5.lower() for md5 in (*before[-1:], *after[:1])}
        listed[link[1]] = listed.get(link[1], frozenset()) | beside
    return listed
