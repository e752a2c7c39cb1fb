"""Files on their way: made under another name, and given their own when they are complete."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Version:
    """Which bytes a part is of: where they come from, and how the server tells them apart."""

    address: str
    etag: str | None = None
    modified: str | None = None
    length: int | None = None

    @property
    def validator(self) -> str | None:
        """What `If-Range` takes: a strong ETag, else a date; None where neither was given."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return None if self.etag else self.modified


class PartFile:
    """`<name>.part`, and beside it `<name>.part.json`: the version it is a part of."""

    def __init__(self, target: Path):
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def size(self) -> int:
        """Bytes there are."""
        return self.path.stat().st_size if self.path.is_file() else 0

    def version(self, address: str) -> Version | None:
        """The version the part is of, if it is of this address and that is known."""
        try:
            version = Version(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return version if version.address == address and self.path.is_file() else None

    def begin(self, version: Version) -> None:
        """Empty it, and note which version it is now a part of."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._note.unlink(missing_ok=True)
        self.path.write_bytes(b"")
        write_whole(self._note, json.dumps(vars(version), indent=1).encode("utf-8"))

    def finish(self) -> None:
        """Give it its own name, once its bytes are on the disk."""
        with self.path.open("r+b") as stream:
            os.fsync(stream.fileno())
        self.path.replace(self.target)
        self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Take it away."""
        self._note.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def hashes(self) -> tuple[str, str]:
        """SHA-256 and MD5 of its bytes: the first to record, the second because sites list it."""
        sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                sha256.update(chunk)
                md5.update(chunk)
        return sha256.hexdigest(), md5.hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a small file under another name, then give it its own: all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f"{path.name}.making")
    with making.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    making.replace(path)
