"""The layouts in which counts of people are published, told apart by their column names."""

import re
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import AS_SUPPLIED, OPEN_GOVERNMENT
from cspnb.ingest.sheets import Sheet

_ONS = "Office for National Statistics"
_MHCLG = "Ministry of Housing, Communities and Local Government"
_MARKS = {"supplier", "source_note"}
_OF_A_LOOKUP = re.compile(r"(LSOA|MSOA|WD|LAD|CSP|PFA|RUC)\d\d(CD|NM)", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """Patterns of the column names of one layout, and what its counts are.

    `residents` may capture the `year`; `year` names a column of years. Without either the year
    is in the file's name. `definition` states what the number is, given year and denominator.
    """

    name: str
    code: str | None = None
    year: str | None = None
    residents: str | None = None
    households: str | None = None
    definition: str = "mid-{year} usual {denominator}"
    publisher: str = _ONS
    licence: str = OPEN_GOVERNMENT

    def column(self, sheet: Sheet, field: str) -> str | None:
        """The sheet's column for 'code', 'name', 'year', 'residents' or 'households'."""
        pattern = getattr(self, field)
        matches = (c for c in sheet.frame if pattern and re.fullmatch(pattern, c, re.IGNORECASE))
        return next(matches, None)

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has all the layout's columns, one kind of count being enough."""
        needed = [f for f in ("name", "code", "year") if getattr(self, f)]
        return all(self.column(sheet, f) for f in needed) and bool(self.counts(sheet))

    def counts(self, sheet: Sheet) -> dict[str, str]:
        """The column of each denominator the sheet has."""
        found = {f: self.column(sheet, f) for f in ("residents", "households")}
        return {field: column for field, column in found.items() if column}

    def unused(self, sheet: Sheet) -> list[str]:
        """Columns that are not taken."""
        used = {self.column(sheet, f) for f in ("name", "code", "year", "residents", "households")}
        return [c for c in sheet.frame if c not in used and c.casefold() not in _MARKS]


LAYOUTS = (
    Layout("Name", "Code", residents=r"Mid-(?P<year>\d{4}) population"),
    Layout(
        r"LSOA name \(\d{4}\)",
        r"LSOA code \(\d{4}\)",
        residents=r"Total population: mid[ -](?P<year>\d{4}) \(excluding prisoners\)",
        definition="mid-{year} {denominator}, excluding prisoners",
        publisher=_MHCLG,
    ),
    Layout(r"LSOA\d\dNM", r"LSOA\d\dCD", residents="Persons_All-Ages"),
    Layout(
        "Local Authority",
        residents="Population",
        definition="usual {denominator} at the {year} census",
    ),
    Layout(
        "area_name",
        "area_code",
        "year",
        "residents",
        "households",
        definition="{denominator} in {year}, as supplied",
        publisher=AS_SUPPLIED,
        licence=AS_SUPPLIED,
    ),
)


def layout_of(sheet: Sheet) -> Layout:
    """The layout the sheet is in; IngestError where it is none of them."""
    for layout in LAYOUTS:
        if layout.fits(sheet):
            return layout
    if any(_OF_A_LOOKUP.fullmatch(name) for name in sheet.frame):
        raise IngestError(
            "the file is a lookup: it holds areas and no count of people",
            where=sheet.name,
            remedy="Take it in as a lookup.",
        )
    raise IngestError(
        f"no known layout of counts; the columns are {', '.join(sheet.frame.columns)}",
        where=sheet.name,
        remedy="Name them area_code, area_name, year, and residents or households or both.",
    )


def figures(sheet: Sheet, layout: Layout, year: int | None) -> pd.DataFrame:
    """One row a count, indexed by line: code, name, year, denominator, count, definition."""
    years = _years(sheet, layout, year)
    parts = []
    for denominator, column in layout.counts(sheet).items():
        count = sheet.numbers(column)
        sheet.refuse(count < 0, column, "is below nothing")
        part = {
            "code": sheet.frame.get(layout.column(sheet, "code")),
            "name": sheet.frame[layout.column(sheet, "name")],
            "year": years,
            "denominator": denominator,
            "count": count,
            "definition": [
                layout.definition.format(year=y, denominator=denominator) for y in years
            ],
        }
        parts.append(pd.DataFrame(part, index=sheet.frame.index))
    return pd.concat(parts).astype(
        {name: "str" for name in ("code", "name", "denominator", "definition")}
    )


def _years(sheet, layout, given):
    """The year of each row: of its own column, else of the column names, the file's, or given."""
    column = layout.column(sheet, "year")
    if column:
        text = sheet.frame[column]
        sheet.refuse(~text.str.fullmatch(r"(19|20)\d\d").eq(True), column, "is not a year")
        years = text.astype("int64")
    else:
        stated = _year_in_columns(sheet, layout) or _year_in_name(sheet.name) or given
        if stated is None:
            raise IngestError(
                "the year is neither in the column names nor, once, in the file's name",
                where=sheet.name,
                remedy="Give it: --year 2019.",
            )
        years = pd.Series(int(stated), index=sheet.frame.index)
    if given is not None and (years != int(given)).any():
        raise IngestError(
            f"the file says its figures are of {years[years != int(given)].iloc[0]}, "
            f"and --year says {given}",
            where=sheet.name,
            remedy="Leave --year out, or rename the file if its name is wrong.",
        )
    return years


def _year_in_columns(sheet, layout):
    match = re.fullmatch(layout.residents, layout.counts(sheet)["residents"], re.IGNORECASE)
    return match.groupdict().get("year")


def _year_in_name(name):
    """The one year in a file's name, 'mid2019' before any other; None where there are two."""
    for pattern in (r"mid[-_ ]?((?:19|20)\d\d)", r"(?<!\d)((?:19|20)\d\d)(?!\d)"):
        years = set(re.findall(pattern, name, re.IGNORECASE))
        if years:
            return years.pop() if len(years) == 1 else None
    return None
