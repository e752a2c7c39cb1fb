"""Counts published by sex and age: parts are summed, or the rows of totals are picked."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.population.layouts import MOST_IN_A_DISTRICT, Layout, people
from cspnb.ingest.sheets import Sheet

_SEXES = {"f": "f", "m": "m", "2": "f", "1": "m"}
_SEXES |= {"female": "f", "male": "m", "females": "f", "males": "m"}
_PART = ["code", "sex", "age"]
_ALL = {
    r"(GENDER|C_SEX)(_NAME)?": r"0|total|all persons|persons",
    r"(C_)?AGE(_NAME)?": r"200|all ages",
    r"MEASURES(_NAME)?": r"20100|value",
}
"""Columns of a Nomis download, and what they hold on the rows that count everybody."""


@dataclass(frozen=True)
class Totals:
    """A sheet reduced to the rows that count everybody, and how many rows were left out."""

    sheet: Sheet
    left_out: int = 0

    @property
    def why(self) -> list[str]:
        """The reason, in words; none where nothing was left out."""
        reason = f"rows of one sex, of some ages or of percentages ({self.left_out:,})"
        return [reason] if self.left_out else []


def totals_of(sheet: Sheet) -> Totals:
    """The rows that count all persons of all ages; IngestError where there is none."""
    everybody = pd.Series(True, index=sheet.frame.index)
    for column in sheet.frame:
        for name, total in _ALL.items():
            if re.fullmatch(name, column, re.IGNORECASE):
                everybody &= sheet.frame[column].str.fullmatch(total, case=False).eq(True)
    if not everybody.any():
        raise IngestError(
            "no row counts all persons of all ages",
            where=sheet.name,
            remedy="Download it with gender 0, age 200 and measures 20100.",
        )
    return Totals(replace(sheet, frame=sheet.frame[everybody]), int((~everybody).sum()))


def summed(sheet: Sheet, layout: Layout, year: int | None) -> pd.DataFrame:
    """Residents of each area and year over both sexes and every age, as `figures` gives them.

    One row of the sheet is an area, sex and single year of age, with a column a year. IngestError
    for an area in which a sex or an age is missing, whose sum would be too low.
    """
    if year is not None:
        raise IngestError(
            "the file names its years itself", where=sheet.name, remedy="Leave --year out."
        )
    years = [c for c in sheet.frame if re.fullmatch(layout.residents, c, re.IGNORECASE)]
    parts = _parts(sheet, layout, years)
    _refuse_gaps(sheet, parts)
    lines = parts.reset_index(names="line").groupby("code")["line"].min()
    totals = parts.groupby(["code", "name"], sort=False, dropna=False)[years].sum().reset_index()
    rows = totals.melt(["code", "name"], var_name="year", value_name="count")
    rows["year"] = rows["year"].str[-4:].astype("int64")
    rows["denominator"] = "residents"
    rows["definition"] = [
        layout.definition.format(year=y, denominator="residents") for y in rows["year"]
    ]
    rows = rows.set_index(rows["code"].map(lines).rename("line"))
    _refuse_size(sheet, rows)
    return rows.astype({name: "str" for name in ("code", "name", "denominator", "definition")})


def _parts(sheet, layout, years):
    """Each area, sex and age once, the counts as numbers."""
    named = {c.casefold(): c for c in sheet.frame}
    sex = sheet.frame[named["sex"]].str.casefold().map(_SEXES)
    sheet.refuse(sex.isna(), named["sex"], "is neither of the two sexes", "Take totals out.")
    ages = sheet.frame[named["age"]]
    wrong = ~ages.str.fullmatch(r"\d{1,3}\+?").eq(True)
    sheet.refuse(wrong, named["age"], "is no single year of age", "Take groups and totals out.")
    parts = pd.DataFrame(
        {
            "code": sheet.frame[layout.column(sheet, "code")],
            "name": sheet.frame[layout.column(sheet, "name")],
            "sex": sex,
            "age": ages,
        }
        | {column: people(sheet, column) for column in years}
    )
    sheet.settle(parts, ["code"], ["name"], "is called")
    return sheet.settle(parts, _PART, years, "has")


def _refuse_gaps(sheet, parts):
    held = parts.groupby("code", sort=False).size()
    needed = 2 * parts["age"].nunique()
    if (held < needed).any():
        code = held.index[held < needed][0]
        raise IngestError(
            f"{code} has {held[code]} of the {needed} rows of both sexes and every age",
            where=sheet.name,
            remedy="Check that the file was downloaded or saved whole.",
        )


def _refuse_size(sheet, rows):
    huge = rows[rows["count"] > MOST_IN_A_DISTRICT]
    if not huge.empty:
        raise IngestError(
            f"{huge['code'].iloc[0]} would have {huge['count'].iloc[0]:,.0f} residents, more than "
            "any district has",
            where=sheet.where(huge.index[0]),
            remedy="Check the counts of the area.",
        )
