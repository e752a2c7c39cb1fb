"""Files of fires: each sheet with rows of them as text, whatever the format.

The national file has half a million incidents a year and a sheet a year, so sheets are given out
one at a time, and only the columns that are known of them.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import open_document, sheets
from cspnb.ingest.sheet_choice import fitting
from cspnb.ingest.sheets import Sheet

_ALIASES = {
    "year": ("financialyear",),
    "type": ("incidenttype", "firetype"),
    "lsoa": ("lsoacode", "lsoa11cd", "lsoa21cd"),
    "place": ("lsoadescription", "lsoaname"),
    "service": ("frsname", "franame", "fra", "fireandrescueauthority", "fireandrescueservice"),
    "service_code": ("ecode", "fracode", "frscode", "onscode"),
    "primary": ("primaryfires", "primary"),
    "secondary": ("secondaryfires", "secondary"),
    "chimney": ("chimneyfires", "chimney"),
    "total": ("totalfires", "allfires", "total"),
}
_HEADER = r"financial[ _]?year|incident[ _]?type"
_NOTES = r"(?i).*(cover|contents?|notes?|metadata|definitions?|guidance|dictionary|quality).*"
_DATA = r"data.*"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class FireSheet:
    """One sheet of a file: its text, its title (None in a CSV file), and its columns by our names.

    name: the file's.
    """

    name: str
    title: str | None
    sheet: Sheet
    columns: dict[str, str]

    def text(self, name: str) -> pd.Series:
        """A column as text; all null where the sheet does not have it."""
        if name not in self.columns:
            return pd.Series(None, index=self.sheet.frame.index, dtype="str")
        return self.sheet.frame[self.columns[name]]

    def refuse(self, wrong: pd.Series, name: str, why: str, remedy: str = "") -> None:
        """Raise IngestError at the first row marked `wrong`."""
        self.sheet.refuse(wrong, self.columns[name], why, remedy)


def fire_sheets(path: Path) -> Iterator[FireSheet]:
    """The sheets of a file that hold rows, one in memory at a time; notes are passed over.

    Of a workbook with sheets called 'Data…' those are read, else every sheet that is no cover,
    contents or notes. Raises IngestError for a file without any, and whatever reading it raises.
    """
    path = Path(path)
    if _is_open_document(path):
        found = _open_document_sheets(path)
    else:
        titles = fitting(path, ".*")
        kept = _with_rows(titles) if len(titles) > 1 else []
        if len(titles) > 1 and not kept:
            raise _no_rows(path.name)
        found = (_read(path, title) for title in kept or [None])
    for title, sheet in found:
        yield FireSheet(path.name, title, sheet, _columns(sheet))


def _with_rows(titles):
    data = [title for title in titles if re.fullmatch(_DATA, title, re.IGNORECASE)]
    return data or [title for title in titles if not re.fullmatch(_NOTES, title)]


def _read(path, title):
    if title is None:
        return None, sheets.read(path, header=_HEADER)
    sheet = sheets.read(path, sheet=re.escape(title), header=_HEADER)
    return title, replace(sheet, name=f"{path.name}, sheet {title}")


def _is_open_document(path):
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _OPEN_DOCUMENT in file.read(200)


def _open_document_sheets(path):
    """(title, sheet) of each sheet of an .ods file, in file order."""
    titles = []
    list(open_document.rows(path, titles.append))  # asks about every sheet, and reads none
    wanted = set(_with_rows(titles))
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if not wanted:
        raise _no_rows(path.name)
    gathered, now = [], None
    for title, number, cells in open_document.rows(path, wanted.__contains__):
        if now is not None and title != now:
            yield now, _framed(gathered, f"{path.name}, sheet {now}", sha256)
            gathered = []
        now = title
        gathered.append((number, cells))
    if now is None:
        raise _no_rows(path.name)
    yield now, _framed(gathered, f"{path.name}, sheet {now}", sha256)


def _framed(rows, name, sha256):
    """A sheet's rows below its row of column names; trailing blank cells are not written there."""
    places = [p for p, (_, cells) in enumerate(rows) if any(_is_header(cell) for cell in cells)]
    if not places or places[0] + 1 == len(rows):
        raise _no_rows(name)
    head, body = rows[places[0]][1], rows[places[0] + 1 :]
    names = [cell.strip() for cell in head]
    if repeated := sorted({one for one in names if one and names.count(one) > 1}):
        raise IngestError(f"two columns are called '{repeated[0]}'", where=name)
    for number, cells in body:
        if any(cells[len(names) :]):
            raise IngestError(
                "a value stands in a column without a name", where=f"{name}, row {number}"
            )
    width = len(names)
    cells = [[cell.strip() or None for cell in (*row, *[""] * width)[:width]] for _, row in body]
    index = pd.Index([number for number, _ in body], name="line")
    frame = pd.DataFrame(cells, index=index, columns=names, dtype="str")
    return Sheet(name, sha256, frame, "row")


def _is_header(cell):
    return bool(re.fullmatch(_HEADER, cell.strip(), re.IGNORECASE))


def _columns(sheet):
    """Our name of each column that is known, to the file's."""
    found = {}
    for name in sheet.frame:
        plain = re.sub(r"[\W_]", "", name).casefold()
        ours = next((ours for ours, names in _ALIASES.items() if plain in names), None)
        if ours in found:
            raise IngestError(
                f"the columns '{found[ours]}' and '{name}' say the same", where=sheet.name
            )
        if ours:
            found[ours] = name
    return found


def _no_rows(name):
    return IngestError(
        "no sheet holds fires: none has a row of column names and rows under it",
        where=name,
        remedy="The layouts are FINANCIAL_YEAR, INCIDENT_TYPE, LSOA_CODE, LSOA_DESCRIPTION, or a "
        "row a fire and rescue service: see the source's page.",
    )
