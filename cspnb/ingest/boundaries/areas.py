"""Which areas a layer is of: read from its columns, as in LSOA21CD, or as the user says."""

import re
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.lookup_columns import LEVELS
from cspnb.ingest.sheets import Sheet

PATTERNS = {level: shape for level, shape in LEVELS.values() if level != "ruc"}
"""The shape of the codes of each level that has outlines, from the smallest to the largest."""

_PREFIXES = {prefix: level for prefix, (level, _) in LEVELS.items() if level in PATTERNS}
_COLUMN = re.compile(rf"({'|'.join(_PREFIXES)})(\d\d)CD", re.IGNORECASE)
_NAMES = ("name", "nm", "area_name")


@dataclass(frozen=True)
class Areas:
    """The areas of a layer: their level and vintage, and the columns of their codes and names."""

    level: str
    vintage: int
    code: str
    name: str | None

    def codes(self, sheet: Sheet) -> pd.Series:
        """The codes; IngestError for one that is missing, malformed, or there twice."""
        codes = sheet.frame[self.code]
        right = codes.str.fullmatch(PATTERNS[self.level]).eq(True)
        sheet.refuse(~right, self.code, f"is no {self.level} code")
        sheet.refuse(
            codes.duplicated(),
            self.code,
            "has an outline already, further up",
            "An area of several parts must be one outline; join them, or take one out.",
        )
        return codes

    def names(self, sheet: Sheet) -> pd.Series:
        """The names, null where there are none."""
        if self.name is None:
            return pd.Series(None, index=sheet.frame.index, dtype="str")
        return sheet.frame[self.name]


def areas_of(sheet: Sheet, *, level: str | None = None, vintage: int | None = None) -> Areas:
    """The areas of a layer: those of its smallest level with a column of codes.

    level, vintage: what the user says; they choose between columns, and stand in for a name that
    says nothing. Raises IngestError where the columns leave it open, or contradict the user.
    """
    if level is not None and level not in PATTERNS:
        raise IngestError(
            f"there is no level '{level}'",
            where=sheet.name,
            remedy=f"--level is one of {', '.join(PATTERNS)}.",
        )
    coded = _coded(sheet, level)
    if not coded:
        return _as_told(sheet, level, vintage)
    chosen = [areas for areas in coded if vintage in (None, areas.vintage)]
    if len(chosen) == 1:
        return chosen[0]
    raise IngestError(
        f"the codes could be those of {' or '.join(areas.code for areas in coded)}"
        if chosen
        else f"the columns are of {', '.join(areas.code for areas in coded)}, not of {vintage}",
        where=sheet.name,
        remedy="Say which year's codes they are: --vintage.",
    )


def recognised(sheet: Sheet) -> bool:
    """Whether a layer has a column of codes that tells its level; for files of several layers."""
    return bool(_coded(sheet, None))


def _coded(sheet, level):
    """One a column of codes, of the level asked for or of the smallest there is."""
    found = [match for column in sheet.frame if (match := _COLUMN.fullmatch(column))]
    levels = {_PREFIXES[match[1].upper()] for match in found}
    smallest = level or next((known for known in PATTERNS if known in levels), None)
    return [
        Areas(smallest, 2000 + int(match[2]), match[0], _name_column(sheet, match[0]))
        for match in found
        if _PREFIXES[match[1].upper()] == smallest
    ]


def _as_told(sheet, level, vintage):
    """By the user's word, the column all of whose values look like codes of that level."""
    columns = ", ".join(sheet.frame.columns) or "none"
    if level is None or vintage is None:
        raise IngestError(
            f"no column tells the level and the year of the codes; the columns are {columns}",
            where=sheet.name,
            remedy="A column such as LSOA21CD or LAD19CD does; else say --level and --vintage.",
        )
    fits = [
        column
        for column, values in sheet.frame.items()
        if values.str.fullmatch(PATTERNS[level]).eq(True).all()
    ]
    if len(fits) != 1:
        several = f"{' and '.join(fits)} both hold" if fits else "no column holds"
        raise IngestError(
            f"{several} {level} codes on every row; the columns are {columns}",
            where=sheet.name,
            remedy=f"Name the column of codes as the ONS does: {_example(level, vintage)}.",
        )
    return Areas(level, vintage, fits[0], _name_column(sheet, fits[0]))


def _name_column(sheet, code):
    wanted = (f"{code[:-2]}nm".casefold(), *_NAMES)
    by_name = {column.casefold(): column for column in reversed(sheet.frame.columns)}
    return next((by_name[name] for name in wanted if name in by_name), None)


def _example(level, vintage):
    prefix = next(prefix for prefix, known in _PREFIXES.items() if known == level)
    return f"{prefix}{vintage % 100:02d}CD"
