"""Files of road collisions and casualties: which table one is, and only the columns needed of it.

A year of the national collisions is some 100,000 rows of 44 columns, so a CSV file is read row by
row and the columns that are not used are never kept.
"""

import csv
import gzip
import hashlib
import io
import re
import sys
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import sheets
from cspnb.ingest.sheets import Sheet

_KINDS = {
    "local": {"grid_ref_easting", "grid_ref_northing", "casualty_class", "casualty_severity"},
    "casualties": {"collision_index", "casualty_reference", "casualty_severity"},
    "vehicles": {"collision_index", "vehicle_reference", "vehicle_type"},
    "collisions": {"collision_index", "collision_severity", "number_of_casualties", "date"},
}
"""The columns by which a table is known, the first that fits."""

_OPTIONAL = {
    "local": {"collision_date", "time_24hr", "sex_of_casualty", "age_of_casualty"},
    "casualties": {
        "collision_year",
        "casualty_class",
        "sex_of_casualty",
        "age_band_of_casualty",
        "casualty_type",
        "casualty_injury_based",
        "casualty_adjusted_serious",
        "casualty_adjusted_slight",
    },
    "vehicles": set(),
    "collisions": {
        "collision_year",
        "time",
        "speed_limit",
        "location_easting_osgr",
        "location_northing_osgr",
        "local_authority_ons_district",
        "lsoa_of_collision_location",
    },
}
_MARKS = {"supplier", "source_note"}
_BLOCK = 50_000
_MISSING = ["-1", "NULL", "null", "NA"]
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class CodedTable:
    """One table of STATS19, as text: its kind, its sheet, and the sheet's column for each name.

    Names are the Department's newest, 'collision_index' being also 'Accident_Index'.
    """

    kind: str
    sheet: Sheet
    columns: dict[str, str]

    def text(self, name: str) -> pd.Series:
        """A column, null where it is missing (-1) or the file does not have it."""
        if name not in self.columns:
            return pd.Series(None, index=self.sheet.frame.index, dtype="str")
        text = self.sheet.frame[self.columns[name]]
        return text.mask(text.isin(_MISSING))

    def refuse(self, wrong: pd.Series, name: str, why: str, remedy: str = "") -> None:
        """Raise IngestError at the first row marked `wrong`."""
        self.sheet.refuse(wrong, self.columns.get(name, name), why, remedy)

    def filled(self, name: str) -> pd.Series:
        """A column that may not be missing anywhere."""
        text = self.text(name)
        self.refuse(text.isna(), name, "stands where a value must")
        return text

    def words(self, name: str, meanings: dict[str, str], unknown: tuple = ()) -> pd.Series:
        """What a column's code numbers mean, null where missing or `unknown`."""
        text = self.text(name)
        text = text.mask(text.isin(unknown))
        self.refuse(text.notna() & ~text.isin(list(meanings)), name, "is none of its code numbers")
        return text.map(meanings).astype("str")

    def numbers(self, name: str, at_least: float, at_most: float) -> pd.Series:
        """A column as floats, null where missing; IngestError for one outside the bounds."""
        text = self.text(name)
        stated = replace(self.sheet, frame=self.sheet.frame[text.notna()])
        if stated.frame.empty:
            return pd.Series(float("nan"), index=text.index)
        numbers = stated.numbers(self.columns[name]).reindex(text.index)
        outside = numbers.notna() & ~numbers.between(at_least, at_most)
        self.refuse(outside, name, f"is not between {at_least:g} and {at_most:g}")
        return numbers


def read_table(path: Path) -> CodedTable:
    """The table a file holds. IngestError where it is none of them, damaged or cut short."""
    path = Path(path)
    if not path.is_file():
        sheets.read(path)
    with path.open("rb") as file:
        start = file.read(4)
    if start in _PACKED:
        sheet = sheets.read(path)
        kind, columns = _known_as(list(sheet.frame), path.name)
        return CodedTable(kind, sheet, columns)
    try:
        return _streamed(path, zipped=start.startswith(b"\x1f\x8b"))
    except UnicodeDecodeError as error:
        raise IngestError(
            f"byte {error.object[error.start]:#04x} is not UTF-8 text",
            where=path.name,
            remedy="Save the file again as 'CSV UTF-8', or as a workbook (.xlsx).",
        ) from error
    except (EOFError, OSError, zlib.error) as error:
        raise IngestError(
            f"the file is cut short or damaged ({error})",
            where=path.name,
            remedy="Download or copy the file again.",
        ) from error


def _streamed(path, *, zipped):
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        plain = gzip.GzipFile(fileobj=file) if zipped else file
        reader = csv.reader(io.TextIOWrapper(plain, encoding="utf-8-sig", newline=""), strict=True)
        try:
            names, rows = _header(reader, path.name)
            kind, columns = _known_as(names, path.name)
            frame = _columns_of(reader, rows, names, list(columns.values()), path.name)
        except csv.Error as error:
            raise IngestError(
                f"the line is not CSV ({error})",
                where=f"{path.name}, line {reader.line_num}",
                remedy="Look for a quotation mark that is never closed, or a file cut short.",
            ) from error
    return CodedTable(kind, Sheet(path.name, sha256, frame), columns)


def _header(reader, name):
    cells = next((cells for cells in reader if any(cell.strip() for cell in cells)), None)
    if cells is None:
        raise IngestError("the file is empty", where=name, remedy="Download or copy it again.")
    names = [cell.strip() for cell in cells]
    if repeated := sorted({one for one in names if one and names.count(one) > 1}):
        raise IngestError(f"two columns are called '{repeated[0]}'", where=name)
    return names, reader.line_num + 1


def _columns_of(reader, line, names, wanted, name):
    """The columns wanted, in blocks, so that what is not wanted never gathers."""
    places = [names.index(column) for column in wanted]
    blocks, rows, lines = [], [], []
    for cells in reader:
        if any(cells):
            _check_width(cells, names, f"{name}, line {line}")
            rows.append([sys.intern(cells[place].strip()) or None for place in places])
            lines.append(line)
        line = reader.line_num + 1
        if len(rows) == _BLOCK:
            blocks.append(_block(rows, lines, wanted))
            rows, lines = [], []
    if not blocks and not rows:
        raise IngestError(
            "the file has a line of column names and no rows",
            where=name,
            remedy="Check that the file was downloaded or saved whole.",
        )
    return pd.concat([*blocks, _block(rows, lines, wanted)])


def _block(rows, lines, wanted):
    return pd.DataFrame(rows, index=pd.Index(lines, name="line"), columns=wanted, dtype="str")


def _check_width(cells, names, where):
    if len(cells) != len(names) and (len(cells) < len(names) or any(cells[len(names) :])):
        raise IngestError(
            f"the row has {len(cells)} cells of {len(names)}",
            where=where,
            remedy="Check that the file was downloaded or saved whole.",
        )


def _known_as(names, file_name):
    """The kind of table, and the file's column for each name that is used of it."""
    plain = {_plain(name): name for name in names if name}
    for kind, needed in _KINDS.items():
        if needed <= plain.keys():
            used = needed | _OPTIONAL[kind] | _MARKS
            return kind, {name: column for name, column in plain.items() if name in used}
    listed = "; ".join(f"{kind}: {', '.join(sorted(needed))}" for kind, needed in _KINDS.items())
    raise IngestError(
        "this is no table of collisions or casualties that is known here: its columns are "
        f"{', '.join(names)[:300]}",
        where=file_name,
        remedy=f"The columns that must be there are, of {listed}.",
    )


def _plain(name):
    """'Accident_Index' and 'collision_index' are one; 'Grid Ref: Easting' is grid_ref_easting."""
    plain = re.sub(r"\W+", "_", name.casefold()).strip("_").replace("accident", "collision")
    return plain.replace("adjusted_severity_", "adjusted_")
