"""The layouts in which weights and categories of offences are published, by their columns."""

import re
from dataclasses import dataclass
from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest.delivery import AS_SUPPLIED, OPEN_GOVERNMENT
from cspnb.ingest.other_doors import remedy_for
from cspnb.ingest.sheet_choice import fitting
from cspnb.ingest.sheets import Sheet, read
from cspnb.schemas import OFFENCE_CATEGORIES, SEVERITY_WEIGHTS, Table

ONS_SCORE = "ONS Crime Severity Score"

_ONS = "Office for National Statistics"
_TITLES = (
    (r"List of weights", r"(offence )?code"),
    (r"police-uk-category-mappings", r"Home Office Code"),
)
"""Sheets of published workbooks, and a cell of their row of column names."""


@dataclass(frozen=True)
class Layout:
    """Patterns of the columns of one layout, the table they fill, and whose figures they are."""

    table: Table
    code: str
    weight: str | None = None
    category: str | None = None
    offence: str | None = None
    subclass: str | None = None
    scheme: str | None = None
    publisher: str = AS_SUPPLIED
    licence: str = OPEN_GOVERNMENT

    def column(self, sheet: Sheet, field: str) -> str | None:
        """The sheet's column for a field of this layout."""
        pattern = getattr(self, field)
        fitting = (c for c in sheet.frame if pattern and re.fullmatch(pattern, c, re.IGNORECASE))
        return next(fitting, None)

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has the columns that cannot be done without."""
        needed = ("code", "weight" if self.table is SEVERITY_WEIGHTS else "category")
        scheme = self.scheme in (None, ONS_SCORE) or self.column(sheet, "scheme")
        return bool(scheme) and all(self.column(sheet, field) for field in needed)


LAYOUTS = (
    Layout(
        OFFENCE_CATEGORIES,
        r"ONS_COUNTS_code",
        category=r"POLICE_UK_CAT_MAP_category",
        offence=r"ONS_COUNTS_description",
        publisher="Home Office and ONS, joined by the M-O-P-D project",
        licence="MIT; the figures Open Government Licence v3.0",
    ),
    Layout(
        OFFENCE_CATEGORIES,
        r"Home Office Code",
        category=r"Police\.uk Category",
        offence=r"Offence",
        subclass=r"Sub Class",
        publisher="Home Office, data.police.uk",
    ),
    Layout(
        SEVERITY_WEIGHTS,
        r"code_original",
        weight=r"weight",
        category=r"category_severity",
        offence=r"description",
        scheme=ONS_SCORE,
        publisher=_ONS,
    ),
    Layout(
        SEVERITY_WEIGHTS,
        r"offence_code",
        weight=r"weight",
        category=r"category",
        offence=r"offence",
        scheme=r"scheme",
        licence=AS_SUPPLIED,
    ),
    Layout(
        SEVERITY_WEIGHTS,
        r"(offence )?code",
        weight=r"weights?",
        category=r"(offence )?category",
        offence=r"offence( description)?",
        scheme=ONS_SCORE,
        publisher=_ONS,
    ),
)


def opened(path: Path) -> Sheet:
    """The sheet of a file that holds the weights or categories, titles above it passed over."""
    for title, header in _TITLES:
        if fitting(path, title):
            return read(path, sheet=title, header=header)
    return read(path)


def layout_of(sheet: Sheet) -> Layout:
    """The layout the sheet is in; IngestError where it is none of them."""
    for layout in LAYOUTS:
        if layout.fits(sheet):
            return layout
    own = (
        "For weights of your own name them scheme, offence_code, weight, and offence and category "
        "where known."
    )
    raise IngestError(
        "no known layout of weights or categories; the columns are "
        f"{', '.join(sheet.frame.columns)}",
        where=sheet.name,
        remedy=remedy_for(sheet.frame, "severity", own),
    )
