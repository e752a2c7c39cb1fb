"""What a folder was fetched for and what is in it: the note that a later call goes on from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspnb.errors import FetchError
from cspnb.fetch.part_files import write_whole

NAME = "fetched.json"


@dataclass(frozen=True)
class MonthFile:
    """One file of a month: its path within the folder, its bytes, and how many rows it has."""

    name: str
    data: bytes
    rows: int


class Ledger:
    """`fetched.json`: what was asked, of which edition, and the files of each month.

    A month counts as there when all its files are there, byte for byte.
    """

    def __init__(self, folder: Path, held: dict[str, Any]):
        self.folder = folder
        self._held = held

    @classmethod
    def opened(cls, folder: Path, asked: Mapping[str, Any], *, anew: bool = False) -> "Ledger":
        """The folder's ledger, or a new one; `anew` removes what an earlier fetch left there.

        Raises FetchError for a folder that was fetched for something else.
        """
        held = _read(folder / NAME)
        if held is not None and anew:
            cls(folder, held)._remove_files()
            held = None
        asked = json.loads(json.dumps(asked))
        if held is None:
            return cls(folder, {"asked": asked, "edition": None, "months": {}, "unknown": {}})
        if held["asked"] != asked:
            other = next(
                key for key in (*asked, "kind") if held["asked"].get(key) != asked.get(key)
            )
            raise FetchError(
                f"holds another fetch: its {other} is {_short(held['asked'].get(other))}, "
                f"and {_short(asked.get(other))} is asked for",
                where=str(folder),
                remedy="Fetch into another folder, or give --anew to replace what is there.",
            )
        return cls(folder, held)

    @property
    def edition(self) -> str | None:
        """The newest month the site had when this was fetched."""
        return self._held["edition"]

    def note(self, **more: str) -> None:
        """Note what else a reader of the folder should know."""
        self._held |= more

    def has(self, month: str) -> bool:
        """Whether the month is there, whole and as it was fetched."""
        entry = self._held["months"].get(month)
        return entry is not None and all(
            _sha256(self.folder / name) == file["sha256"] for name, file in entry["files"].items()
        )

    def require_edition(self, edition: str) -> None:
        """Note the edition; FetchError where the months there are of another one."""
        if self._held["months"] and self.edition != edition:
            raise FetchError(
                f"holds months of the edition of {self.edition}, and the site is now at {edition}: "
                "its outcomes and numbers may differ",
                where=str(self.folder),
                remedy="Fetch everything again with --anew, or into another folder.",
            )
        self._held["edition"] = edition

    def write(self, month: str, files: list[MonthFile], more: Mapping[str, Any]) -> None:
        """Put a month's files in place. They are noted first, so that half of them is seen."""
        mine = {name for entry in self._held["months"].values() for name in entry["files"]}
        for file in files:
            if file.name not in mine and (self.folder / file.name).exists():
                raise FetchError(
                    "is there already, and was not fetched by this command",
                    where=str(self.folder / file.name),
                    remedy="Fetch into an empty folder.",
                )
        self._held["months"][month] = {
            "files": {
                file.name: {"rows": file.rows, "sha256": hashlib.sha256(file.data).hexdigest()}
                for file in files
            }
        } | dict(more)
        self._held["unknown"].pop(month, None)
        self.save()
        for file in files:
            write_whole(self.folder / file.name, file.data)

    def unknown(self, month: str, why: str) -> None:
        """Note that nothing is known of a month, and why; it is asked for again next time."""
        self._held["unknown"][month] = why
        self.save()

    def save(self) -> None:
        """Write the note itself."""
        text = json.dumps(self._held, indent=1, ensure_ascii=False)
        write_whole(self.folder / NAME, f"{text}\n".encode())

    def _remove_files(self) -> None:
        for entry in self._held["months"].values():
            for name, file in entry["files"].items():
                if _sha256(self.folder / name) == file["sha256"]:
                    (self.folder / name).unlink()
        (self.folder / NAME).unlink()


def asked_of(folder: Path) -> dict[str, Any] | None:
    """What the folder was fetched for; None where it was not fetched."""
    held = _read(folder / NAME)
    return held and held["asked"]


def _read(path: Path) -> dict[str, Any] | None:
    if not path.exists():
        return None
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        _ = held["asked"]["kind"], held["edition"], held["months"], held["unknown"]
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            "is damaged, so it is not known what the folder holds",
            where=str(path),
            remedy="Fetch into another folder.",
        ) from error
    return held


def _sha256(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name", value)
    return f"'{str(value)[:60]}'" if value else "not given"
