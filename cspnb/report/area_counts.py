"""The small areas of a place: which there are, who lives there, their outlines, their records."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.periods import Period
from cspnb.report.area_outlines import area_outlines
from cspnb.report.area_populations import AreaPopulations, area_populations
from cspnb.report.area_records import by_lsoa, by_ward
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.vintages import Vintage, vintages


@dataclass(frozen=True)
class Areas:
    """Small areas before their records are counted by month.

    `table`: `area_code`, `area_name`, `ward_name`, `population`, `geometry`, a row an area.
    `records`: `area_code` (null where in no area of the table), `month`, `count`.
    """

    vintage: int = 0
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    records: pd.DataFrame = field(default_factory=pd.DataFrame)
    population_label: str = ""
    denominator: str = "residents"
    outline_source: str = ""
    notes: tuple[str, ...] = ()
    missing: str = ""


def lsoas(
    holdings: Holdings,
    source,
    place: Place,
    period: Period,
    denominator: str,
    *,
    for_wards: bool = False,
) -> Areas:
    """The LSOAs of a place, in the codes of the year that most of the records are placed by.

    for_wards: in the codes of a year that a lookup of wards knows all of, where there is one.
    """
    rows = by_lsoa(holdings, source, place, period)
    choices = vintages(holdings, place, set(rows["code"].dropna()))
    if not choices:
        return Areas(missing=f"no lookup or outline held says which LSOAs {place.name} has")
    every = {choice.year: _people(holdings, choice, denominator, period) for choice in choices}

    def merit(choice: Vintage) -> tuple:
        in_wards = choice.areas["code"].isin(_wards(holdings, choice.year)["code"])
        first = bool(in_wards.all()) if for_wards else False
        known = every[choice.year].known
        return first, _placed(choice, rows), known, int(in_wards.sum()), choice.year

    best = max(choices, key=merit)
    people = every[best.year]
    codes = best.areas["code"]
    shapes, source_of = area_outlines(holdings, "lsoa", list(codes), best.year)
    table = pd.DataFrame(
        {
            "area_code": codes,
            "area_name": best.areas["name"].fillna(codes),
            "ward_name": codes.map(_wards(holdings, best.year).set_index("code")["name"]),
            "population": codes.map(people.counts),
            "geometry": codes.map(shapes),
        }
    )
    return Areas(
        vintage=best.year,
        table=table,
        records=rows.assign(area_code=best.of(rows["code"]))[["area_code", "month", "count"]],
        population_label=people.label,
        denominator=people.denominator,
        outline_source=source_of,
        notes=(*_moved(best, rows), *people.notes),
    )


def wards_of_lsoas(
    holdings: Holdings, source, place: Place, period: Period, denominator: str
) -> Areas:
    """The wards of a place, each the sum of the LSOAs that the newest lookup puts in it."""
    small = lsoas(holdings, source, place, period, denominator, for_wards=True)
    if small.missing:
        return small
    links = _wards(holdings, small.vintage).set_index("code")
    own = links.reindex(small.table["area_code"])
    if own["parent_code"].isna().any():
        lacking = int(own["parent_code"].isna().sum())
        return Areas(
            missing=f"no lookup held puts {lacking} of the {len(own)} LSOAs of {place.name}, by "
            f"their codes of {small.vintage}, in a ward"
        )
    of = own["parent_code"]
    rows = small.table.assign(ward=of.to_numpy(), name=own["name"].to_numpy())
    return Areas(
        vintage=int(own["parent_vintage"].max()),
        table=pd.DataFrame([_joined(code, part) for code, part in rows.groupby("ward")]),
        records=small.records.assign(area_code=small.records["area_code"].map(of)),
        population_label=small.population_label,
        denominator=small.denominator,
        outline_source=small.outline_source and f"{small.outline_source}, joined into wards",
        notes=(
            f"Wards are those of {int(own['parent_vintage'].max())}, each made of the whole LSOAs "
            "that lie mostly in it (best fit).",
            *small.notes,
        ),
    )


def wards(holdings: Holdings, source, place: Place, period: Period, denominator: str) -> Areas:
    """The wards of a place as a table by ward has them, the same in every month of the period."""
    rows = by_ward(holdings, source, place, period)
    spoken = rows[rows["count"].notna()]
    months = spoken.groupby("month")["code"].agg(frozenset)
    if months.nunique() != 1:
        why = "no month of it is held" if months.empty else "their borders changed within it"
        return Areas(missing=f"wards cannot be compared over {period.label}: {why}")
    named = spoken.drop_duplicates("code").sort_values("code", ignore_index=True)
    drawn = holdings.store.read(
        "boundaries", columns=["vintage", "code"], where={"level": ["ward"]}
    )
    years = drawn.loc[drawn["code"].isin(named["code"]), "vintage"]
    year = int(years.max()) if len(years) else period.end.year
    shapes, source_of = area_outlines(holdings, "ward", list(named["code"]), year)
    table = named[["code", "name"]].set_axis(["area_code", "area_name"], axis="columns")
    return Areas(
        vintage=year,
        table=table.assign(
            ward_name=None,
            population=np.nan,
            geometry=table["area_code"].map(shapes),
        ),
        records=spoken.rename(columns={"code": "area_code"})[["area_code", "month", "count"]],
        population_label=f"no {denominator} of wards are held",
        denominator=denominator,
        outline_source=source_of,
    )


def _placed(vintage: Vintage, rows: pd.DataFrame) -> int:
    return int(rows.loc[vintage.of(rows["code"]).notna(), "count"].sum())


def _people(holdings, vintage, denominator, period) -> AreaPopulations:
    return area_populations(holdings.population, vintage.areas["code"], denominator, period)


def _wards(holdings, year):
    """The newest ward of each LSOA of a year: `code`, `name` (of the ward), `parent_code`, ..."""
    links = holdings.geography
    links = links[(links["level"] == "lsoa") & (links["parent_level"] == "ward")]
    of_year = links[links["vintage"] == year].sort_values("parent_vintage", ascending=False)
    wards = of_year.drop_duplicates("code").drop(columns="name")
    return wards.rename(columns={"parent_name": "name"}).astype({"name": "str"})


def _joined(code, part):
    """A ward's row of its LSOAs': what one of them lacks, it lacks."""
    import shapely

    whole = part["geometry"].notna().all()
    return {
        "area_code": code,
        "area_name": part["name"].iloc[0],
        "ward_name": None,
        "population": part["population"].sum(skipna=False),
        "geometry": shapely.union_all(list(part["geometry"])) if whole else None,
    }


def _moved(vintage: Vintage, rows: pd.DataFrame) -> tuple[str, ...]:
    """A sentence on the records whose code is of another year than the LSOAs shown."""
    foreign = rows["code"].isin(list(vintage.within))
    number = int(rows.loc[foreign, "count"].sum())
    if not number:
        return ()
    records = "1 record has" if number == 1 else f"{number:,} records have"
    return (
        f"LSOAs are those of {vintage.year}; {records} a newer or older code, and "
        f"{'is' if number == 1 else 'are'} counted in the LSOA that holds its ground.",
    )
