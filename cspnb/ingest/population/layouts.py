"""The layouts in which counts of people are published, told apart by their column names."""

import re
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import AS_SUPPLIED, OPEN_GOVERNMENT
from cspnb.ingest.other_doors import other_door, remedy_for
from cspnb.ingest.population.years import years_of
from cspnb.ingest.sheets import Sheet

_ONS = "Office for National Statistics"
_MHCLG = "Ministry of Housing, Communities and Local Government"
MOST_IN_A_DISTRICT = 5_000_000
"""Birmingham, the largest, has 1.2 million residents."""

_MARKS = {"supplier", "source_note"}
_OF_AREAS = ("deprivation", "lookup")


@dataclass(frozen=True)
class Layout:
    """Patterns of the column names of one layout, and what its counts are.

    `residents` may capture the `year`; `year` names a column of years. Without either the year
    is in the sheet's title or the file's name. `definition` states what the number is, given year
    and denominator. `also` are columns without which the numbers could be of something else.
    """

    name: str
    code: str | None = None
    year: str | None = None
    residents: str | None = None
    households: str | None = None
    definition: str = "mid-{year} usual {denominator}"
    publisher: str = _ONS
    licence: str = OPEN_GOVERNMENT
    also: tuple[str, ...] = ()
    by_sex_and_age: bool = False

    def column(self, sheet: Sheet, field: str) -> str | None:
        """The sheet's column for 'code', 'name', 'year', 'residents' or 'households'."""
        pattern = getattr(self, field)
        matches = (c for c in sheet.frame if pattern and re.fullmatch(pattern, c, re.IGNORECASE))
        return next(matches, None)

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet has all the layout's columns, one kind of count being enough."""
        needed = [f for f in ("name", "code", "year") if getattr(self, f)]
        there = all(self.column(sheet, f) for f in needed)
        others = [any(re.fullmatch(o, c, re.IGNORECASE) for c in sheet.frame) for o in self.also]
        return there and all(others) and bool(self.counts(sheet))

    def counts(self, sheet: Sheet) -> dict[str, str]:
        """The column of each denominator the sheet has."""
        found = {f: self.column(sheet, f) for f in ("residents", "households")}
        return {field: column for field, column in found.items() if column}

    def unused(self, sheet: Sheet) -> list[str]:
        """Columns that are not taken."""
        fields = ("name", "code", "year", "residents", "households")
        taken = [*filter(None, (getattr(self, field) for field in fields)), *self.also]
        used = {c for c in sheet.frame if any(re.fullmatch(p, c, re.IGNORECASE) for p in taken)}
        return [c for c in sheet.frame if c not in used and c.casefold() not in _MARKS]


LAYOUTS = (
    Layout(
        r"laname\d\d",
        r"ladcode\d\d",
        residents=r"population_\d{4}",
        also=("sex", "age"),
        by_sex_and_age=True,
    ),
    Layout(
        "GEOGRAPHY_NAME",
        "GEOGRAPHY_CODE",
        "DATE|DATE_NAME",
        residents="OBS_VALUE",
        also=(r"(GENDER|C_SEX)(_NAME)?", r"(C_)?AGE(_NAME)?"),
        publisher=f"{_ONS}, Nomis",
    ),
    Layout(
        "geography",
        "geography code",
        "date",
        residents=r"Residence type: Total(; measures: Value)?",
        definition="usual {denominator} at the {year} census",
    ),
    Layout(
        "geography",
        "geography code",
        "date",
        households=r"Number of households(: Total)?(; measures: Value)?",
        definition="{denominator} at the {year} census",
    ),
    Layout("LSOA Name", "LSOA Code", residents="All Ages"),
    Layout(r"LSOA \d{4} Name", r"LSOA \d{4} Code", residents="Total"),
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
    if (other := other_door(sheet.frame, "population")) and other[1] in _OF_AREAS:
        what, door = other
        raise IngestError(
            f"the file is {what}: it holds areas and no count of people",
            where=sheet.name,
            remedy=f"Take it in at its own door: cspnb ingest {door} {sheet.name}",
        )
    own = "Name them area_code, area_name, year, and residents or households or both."
    raise IngestError(
        f"no known layout of counts; the columns are {', '.join(sheet.frame.columns)}",
        where=sheet.name,
        remedy=remedy_for(sheet.frame, "population", own),
    )


def figures(
    sheet: Sheet, layout: Layout, year: int | None, *, titled: int | None = None
) -> pd.DataFrame:
    """One row a count, indexed by line: code, name, year, denominator, count, definition.

    year: as the analyst gives it. titled: as the title of the workbook's sheet does.
    """
    years = years_of(sheet, layout, year, titled)
    parts = []
    for denominator, column in layout.counts(sheet).items():
        part = {
            "code": sheet.frame.get(layout.column(sheet, "code")),
            "name": sheet.frame[layout.column(sheet, "name")],
            "year": years,
            "denominator": denominator,
            "count": people(sheet, column),
            "definition": [
                layout.definition.format(year=y, denominator=denominator) for y in years
            ],
        }
        parts.append(pd.DataFrame(part, index=sheet.frame.index))
    return pd.concat(parts).astype(
        {name: "str" for name in ("code", "name", "denominator", "definition")}
    )


def people(sheet: Sheet, column: str) -> pd.Series:
    """A column of counts, as floats; IngestError for one that no district could have."""
    count = sheet.whole_numbers(column)
    sheet.refuse(count > MOST_IN_A_DISTRICT, column, "is more than any district has")
    return count.astype("float64")
