"""Rows of fires: incidents counted by LSOA, type and year, or the counts of whole services."""

import re

import pandas as pd

from cspnb.errors import IngestError, PeriodError
from cspnb.ingest.fire.files import FireSheet
from cspnb.periods import Period
from cspnb.schemas import FIRES, LSOA_CODE

_YEAR = re.compile(r"((?:19|20)\d\d)\s*[-/–]?\s*(?:20)?(\d\d)")
_SERVICE = r"E31\d{6}"
_NATION = r"(?i)E92000001|England|Total.*"
_KINDS = ("primary", "secondary", "chimney")
_NO_FIRE = r"(?i).*(false alarm|non[- ]?fire|not a fire).*"
_LAYOUT = (
    "Incidents have FINANCIAL_YEAR, INCIDENT_TYPE, LSOA_CODE, LSOA_DESCRIPTION; services have "
    "FINANCIAL_YEAR, FRS_NAME, E_CODE, and Primary fires, Secondary fires, Chimney fires."
)


def counted(fires: FireSheet) -> tuple[pd.DataFrame, dict[str, int]]:
    """FIRES' columns but `source_id`, and how many rows of the sheet were left out, by reason."""
    if {"type", "lsoa"} <= fires.columns.keys():
        return _incidents(fires)
    if {"service", "service_code", "primary", "secondary"} <= fires.columns.keys():
        return _services(fires)
    raise IngestError(
        f"no known layout of fires; the columns are {', '.join(fires.sheet.frame.columns)}",
        where=fires.sheet.name,
        remedy=_LAYOUT,
    )


def _incidents(fires):
    """One row an incident, counted; what is no fire is left out."""
    kinds = fires.text("type")
    fires.refuse(kinds.isna(), "type", "is no type of incident")
    rows = _years(fires).assign(fire_type=kinds).join(_places(fires))
    is_fire = kinds.str.contains("fire", case=False) & ~kinds.str.fullmatch(_NO_FIRE)
    keys = ["code", "name", "start", "end", "fire_type"]
    groups = rows[is_fire].reset_index(names="line").groupby(keys, dropna=False)
    counts = groups["line"].agg(count="size", line="min").reset_index().set_index("line")
    counts = counts.assign(level="lsoa", kind=counts["fire_type"].map(kind_of))
    left_out = {"not a fire": int((~is_fire).sum())}
    return _typed(counts), {why: number for why, number in left_out.items() if number}


def kind_of(fire_type: str) -> str:
    """'primary', 'secondary' or 'chimney' as the published type begins; otherwise 'other'."""
    first = fire_type.split()[0].casefold()
    return first if first in _KINDS else "other"


def _places(fires):
    """`code` and `name` of each LSOA; in some files the description is the code."""
    code, place = fires.text("lsoa"), fires.text("place")
    coded, described = (text.str.fullmatch(LSOA_CODE).eq(True) for text in (code, place))
    fires.refuse(
        code.notna() & ~coded & ~described, "lsoa", "is the code of no LSOA", "Codes begin E01."
    )
    fires.refuse(coded & described & code.ne(place), "lsoa", "is not the code beside it")
    name = place.mask(described, code.mask(coded))
    return pd.DataFrame({"code": code.where(coded, place.where(described)), "name": name})


def _services(fires):
    """One row a service and year, a count of each kind; the country's own row is left out."""
    code, name = fires.text("service_code"), fires.text("service")
    nation = code.str.fullmatch(_NATION).eq(True) | name.str.fullmatch(_NATION).eq(True)
    right = code.str.fullmatch(_SERVICE).eq(True) | nation
    fires.refuse(~right, "service_code", "is the code of no fire and rescue service")
    kinds = [kind for kind in _KINDS if kind in fires.columns]
    counts = {kind: fires.sheet.whole_numbers(fires.columns[kind]) for kind in kinds}
    if "total" in fires.columns:
        total = fires.sheet.whole_numbers(fires.columns["total"])
        fires.refuse(
            total != sum(counts.values()), "total", f"is not the sum of {', '.join(kinds)}"
        )
    about = _years(fires).assign(code=code, name=name, level="fra")
    _refuse_twice(fires, about[~nation])
    parts = [
        about[~nation].assign(kind=k, fire_type=f"{k.capitalize()} fires", count=counts[k])
        for k in kinds
    ]
    left_out = {"the country as a whole": int(nation.sum())} if nation.any() else {}
    return _typed(pd.concat(parts)), left_out


def _refuse_twice(fires, about):
    again = about.duplicated(["code", "start"]).reindex(fires.sheet.frame.index, fill_value=False)
    fires.refuse(again, "service_code", "stands a second time for the same year")


def _years(fires):
    """`start` and `end`, the first and last month of each row's year, April to March."""
    index = fires.sheet.frame.index
    of_title = _year(fires.title or "")
    if "year" not in fires.columns:
        if of_title is None:
            raise IngestError(
                "neither a column nor the sheet's name says which year the rows are of",
                where=fires.sheet.name,
                remedy=_LAYOUT,
            )
        return pd.DataFrame({"start": str(of_title.start), "end": str(of_title.end)}, index=index)
    text = fires.text("year")
    years = {written: _year(written) for written in text.dropna().unique()}
    fires.refuse(
        text.map(years).isna(), "year", "is not a financial year", "Years are written 2023/24."
    )
    other = text.map(years).ne(of_title) if of_title else pd.Series(False, index=index)
    fires.refuse(other, "year", f"stands in the sheet of {of_title}")
    periods = text.map(years)
    return pd.DataFrame(
        {"start": periods.map(lambda p: str(p.start)), "end": periods.map(lambda p: str(p.end))}
    )


def _year(written):
    """The financial year of '2020/21', '2020-21' or '202021'; None where it is none."""
    match = _YEAR.fullmatch(written.strip())
    try:
        return Period.parse(f"{match[1]}/{match[2]}") if match else None
    except PeriodError:
        return None


def _typed(rows):
    names = [name for name in FIRES.columns if name != "source_id"]
    return rows[names].astype({name: "str" for name in names if name != "count"})
