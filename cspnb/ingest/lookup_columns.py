"""What the column names of an ONS lookup say: the level, the year and the part of each.

LSOA11CD is the code of a 2011 LSOA, WD19NM the name of a 2019 ward, LAD22NMW a district's name
in Welsh. So every edition of such a file is one layout, whatever the order of its columns.
"""

import re
from dataclasses import dataclass, replace

from cspnb.errors import IngestError
from cspnb.ingest.other_doors import remedy_for
from cspnb.ingest.sheets import Sheet

LEVELS = {
    "LSOA": ("lsoa", r"[EW]01\d{6}"),
    "MSOA": ("msoa", r"[EW]02\d{6}"),
    "WD": ("ward", r"(E05|E36|W05|W40|S13|N08)\d{6}"),
    "LAD": ("lad", r"(E0[6-9]|W06|S12|N09)\d{6}"),
    "CSP": ("csp", r"(E22|W14)\d{6}"),
    "PFA": ("pfa", r"(E23|W15|S23|N24)\d{6}|[LMN]99999999"),
    "RUC": ("ruc", r"[A-Z]{1,4}\d"),
}
"""Each level's name in the store and the shape of its codes, from the smallest to the largest."""

_OWN_COLUMNS = "A lookup has columns such as LSOA11CD, LAD19CD, LAD19NM or CSP19CD."
_COLUMN = re.compile(rf"({'|'.join(LEVELS)})(\d\d)(CD|NM|NMW)")
_SIZES = [name for name, _ in LEVELS.values()]


@dataclass(frozen=True, order=True)
class Area:
    """One kind of area in a file: its level and vintage, and the prefix of its columns."""

    size: int
    vintage: int
    prefix: str

    @property
    def level(self) -> str:
        """The level's name in the store: 'lsoa'."""
        return _SIZES[self.size]

    def column(self, part: str) -> str:
        """The name of its column of codes (CD), names (NM) or Welsh names (NMW)."""
        return self.prefix + part


def renamed(sheet: Sheet) -> Sheet:
    """The sheet with its area columns in the ONS's own spelling.

    Lower case is read as upper. `code` beside one LSOA11NM without its LSOA11CD is that code, and
    RUC11 beside RUC11CD is its name: the rural-urban classification was published so.
    """
    upper = {name: name.upper() for name in sheet.frame.columns if _COLUMN.fullmatch(name.upper())}
    names = set(upper.values())
    codeless = {n[:-2] for n in names if n.endswith("NM")} - {
        n[:-2] for n in names if n.endswith("CD")
    }
    for name in sheet.frame.columns:
        if name.casefold() == "code" and len(codeless) == 1:
            upper[name] = f"{codeless.pop()}CD"
        elif f"{name.upper()}CD" in names and f"{name.upper()}NM" not in names:
            upper[name] = f"{name.upper()}NM"
    frame = sheet.frame.rename(columns=upper)
    return replace(sheet, frame=frame)


def areas_of(sheet: Sheet) -> list[Area]:
    """The kinds of area in the file, smallest first."""
    found = [match for name in sheet.frame.columns if (match := _COLUMN.fullmatch(name))]
    coded = sorted(
        Area(list(LEVELS).index(match[1]), 2000 + int(match[2]), match[1] + match[2])
        for match in found
        if match[3] == "CD"
    )
    if not coded:
        raise IngestError(
            f"no column is an area's code; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=remedy_for(sheet.frame, "lookup", _OWN_COLUMNS),
        )
    _refuse_names_alone(sheet, found)
    for area in coded:
        codes = sheet.frame[area.column("CD")]
        shape = LEVELS[area.prefix[:-2]][1]
        sheet.refuse(
            ~codes.str.fullmatch(shape).eq(True), area.column("CD"), f"is no {area.level} code"
        )
    return coded


def _refuse_names_alone(sheet, found):
    """Names whose codes are missing mean that a column was lost or renamed, not left out."""
    coded = {match[1] + match[2] for match in found if match[3] == "CD"}
    alone = [match[0] for match in found if match[1] + match[2] not in coded]
    if alone:
        codes = f"{alone[0].rpartition('N')[0]}CD"
        raise IngestError(
            f"there are names in column '{alone[0]}', and no column '{codes}' with their codes",
            where=sheet.name,
            remedy="Fetch the file again, or take the names out of it.",
        )
