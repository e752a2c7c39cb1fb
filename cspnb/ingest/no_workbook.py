"""What a file is that should be a workbook and cannot be read as one: told by its first bytes."""

import io
import zipfile
from typing import BinaryIO

from cspnb.errors import IngestError

OLD_FORMAT = "it is of the old .xls format, or protected by a password"
DAMAGED = "it is damaged or cut short"
ARCHIVE = "it is an archive of other files"

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_SHOWN = 3


def refusal(content: bytes | BinaryIO, name: str, otherwise: str) -> IngestError:
    """The error for a file that is no workbook; otherwise: what to do where nothing is known."""
    why, remedy = _told(io.BytesIO(content) if isinstance(content, bytes) else content, otherwise)
    return IngestError(
        f"the file is not a workbook that can be read: {why}", where=name, remedy=remedy
    )


def _told(stream, otherwise):
    stream.seek(0)
    head = stream.read(4)
    if head == _OLD:
        return OLD_FORMAT, (
            "Open it in Excel and save it as an Excel workbook (.xlsx), without a password."
        )
    if not head.startswith(_ZIP):
        return "another format, or damaged", otherwise
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [one for one in archive.namelist() if not one.endswith("/")]
    except zipfile.BadZipFile:
        return DAMAGED, "Download or copy the file again."
    if "xl/workbook.xml" in names:
        return "another format, or damaged", otherwise
    if "content.xml" in names:
        return "it is an OpenDocument spreadsheet (.ods)", otherwise
    return f"{ARCHIVE} ({_listed(names)})", "Take the file out of the archive first."


def _listed(names):
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return (", ".join(names[:_SHOWN]) + more) or "none"
