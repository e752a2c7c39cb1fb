"""The indices of deprivation that are known, and the columns in which they are published."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.sheets import Sheet

_MHCLG = "Ministry of Housing, Communities and Local Government"
SHEET = r"(IMD|IoD|WIMD)[ _]?\d{2,4}"
"""The sheet of figures in a published workbook: 'IMD2019', 'IMD25'."""


def _english_tenth(ranks: pd.Series, areas: int) -> pd.Series:
    """The rank times ten over the areas, rounded up: as MHCLG's own deciles of 2025 are."""
    return -(-10 * ranks // areas)


def _welsh_tenth(ranks: pd.Series, areas: int) -> pd.Series:
    """As the Welsh Government groups them: ranks 1 to 191 of 1,909 are the first tenth."""
    return 10 * (ranks - 1) // areas + 1


@dataclass(frozen=True)
class Index:
    """One index: of which country and LSOAs, over how many of them, and by whom."""

    name: str
    country: str
    vintage: int
    areas: int
    publisher: str = _MHCLG
    tenth: Callable[[pd.Series, int], pd.Series] = _english_tenth

    def decile(self, ranks: pd.Series) -> pd.Series:
        """The tenth each rank is in, 1 the most deprived."""
        return self.tenth(ranks, self.areas)


_IMD_2015 = Index("IMD 2015", "England", 2011, 32_844)
_IMD_2019 = Index("IMD 2019", "England", 2011, 32_844)
_IMD_2025 = Index("IMD 2025", "England", 2021, 33_755)
_WIMD_2019 = Index("WIMD 2019", "Wales", 2011, 1_909, "Welsh Government", _welsh_tenth)

_BY_YEARS = {("2011", "2013"): _IMD_2015, ("2011", "2019"): _IMD_2019, ("2021", "2024"): _IMD_2025}
"""An English file says which it is by the years of its LSOA codes and of its district codes."""


@dataclass(frozen=True)
class Layout:
    """Patterns of the columns of one layout; `index` where every such file is of one index."""

    code: str
    name: str
    lad: str
    rank: str
    decile: str | None = None
    index: Index | None = None

    def column(self, sheet: Sheet, field: str) -> str | None:
        """The sheet's column for 'code', 'name', 'lad', 'rank' or 'decile'."""
        pattern = getattr(self, field)
        fitting = (c for c in sheet.frame if pattern and re.fullmatch(pattern, c, re.IGNORECASE))
        return next(fitting, None)

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has the columns that cannot be done without."""
        return all(self.column(sheet, field) for field in ("code", "lad", "rank"))

    def unused(self, sheet: Sheet) -> list[str]:
        """Columns that are not taken."""
        fields = ("code", "name", "lad", "rank", "decile")
        used = {self.column(sheet, field) for field in fields}
        return [c for c in sheet.frame if c not in used]


_IMD = r"Index of Multiple Deprivation \(IMD\)"
LAYOUTS = (
    Layout(
        r"LSOA code \((?P<lsoa>\d{4})\)",
        r"LSOA name \(\d{4}\)",
        r"Local Authority District code \((?P<lad>\d{4})\)",
        rf"{_IMD} Rank.*",
        rf"{_IMD} Decile.*",
    ),
    Layout("LSOA11CD", "LSOA11NM", r"LAD\d\dCD", "IMD19", index=_IMD_2019),
    Layout("LSOA11CD", "LSOA11NM", "LADCD", "WIMD_2019", index=_WIMD_2019),
)


def layout_of(sheet: Sheet) -> Layout:
    """The layout the sheet is in; IngestError where it is none of them."""
    for layout in LAYOUTS:
        if layout.fits(sheet):
            return layout
    listed = ", ".join(list(sheet.frame.columns)[:8])
    raise IngestError(
        f"no known layout of an index of deprivation; the columns begin {listed}",
        where=sheet.name,
        remedy="Use File 1 or File 7 of the English indices, or the ONS file of ranks by LSOA.",
    )


def index_of(sheet: Sheet, layout: Layout) -> Index:
    """The index the sheet is of; IngestError where its years are those of none that is known."""
    if layout.index:
        return layout.index
    parts = [
        re.fullmatch(getattr(layout, field), layout.column(sheet, field), re.IGNORECASE)[1]
        for field in ("code", "lad")
    ]
    if index := _BY_YEARS.get(tuple(parts)):
        return index
    raise IngestError(
        f"LSOAs of {parts[0]} in districts of {parts[1]} are those of no index known here",
        where=sheet.name,
        remedy="The English indices of 2015, 2019 and 2025 and the Welsh one of 2019 are known.",
    )
