"""A measure's counts in a place, from the sources its params name, best first."""

import pandas as pd

from cspnb.measures.counts import ABNORMAL, ABSENT, SOUND, Counts, Levels
from cspnb.measures.definition import Measure
from cspnb.params import MeasureParams
from cspnb.periods import Month, Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.supplied import by_longer_period, by_month, county_alone, supplied_for
from cspnb.scopes import crime_types_of

ORIGIN_NAMES = {"police_uk": "data.police.uk", "indicators": "supplied figures"}

_MONTHLY = ["month", "count", "status", "reason", "source"]
_WORST_FIRST = (ABSENT, ABNORMAL, SOUND)


def as_measure(params: MeasureParams, span: Period) -> Measure:
    """The measure as the science knows it, with the cautions that concern a span."""
    return Measure(
        key=params.key,
        label=params.label,
        unit=params.unit,
        kind=params.kind,
        good=params.good,
        denominator=params.denominator,
        why=params.why,
        said_always=params.said_always,
        caveats=params.caveats_on(span),
    )


def count(
    holdings: Holdings, params: MeasureParams, place: Place, period: Period, years: int = 6
) -> Counts:
    """The counts of a measure in a place, over so many years to the end of the period.

    Each month comes from the first of the measure's sources that has it sound; where none has,
    from the first that has it at all.
    """
    span = Period(period.earlier(years - 1).start, period.end)
    supplied = supplied_for(holdings.indicators, params, place)
    monthly = _best([_monthly(holdings, each, supplied, place, span) for each in params.sources])
    stated = by_longer_period(supplied, span)
    nothing = stated.empty and monthly["status"].eq(ABSENT).all()
    return Counts(
        measure=as_measure(params, span),
        area=place.name,
        period=period,
        monthly=monthly,
        stated=stated,
        caveats=_change_of_source(monthly),
        missing=_why_missing(params, monthly, place, period) if nothing else "",
    )


def levels(holdings: Holdings, params: MeasureParams, place: Place, period: Period) -> Levels:
    """A percentage as it was supplied for a place, by period."""
    supplied = supplied_for(holdings.indicators, params, place)
    table = supplied.assign(source=supplied["supplier"])
    table = table[["start", "end", "value", "base", "source"]].sort_values("start")
    return Levels(
        measure=as_measure(params, period),
        area=place.name,
        period=period,
        table=table.reset_index(drop=True),
        missing="" if len(table) else _not_supplied(params, place),
    )


def _monthly(holdings, source, supplied, place, span):
    if source.origin == "police_uk":
        return _from_police_uk(holdings, source, place, span)
    return _from_sheets(supplied, span)


def _from_police_uk(holdings, source, place, span):
    """Each month's sum over the measure's crime types and the place's districts."""
    if not place.districts:
        nothing = pd.DataFrame(columns=["count", "status", "reason"])
        why = f"no lookup says which districts make up {place.name}"
        return _every_month(nothing, span, ORIGIN_NAMES["police_uk"], why)
    parts = [_district_cells(holdings, source, place, each, span) for each in place.districts]
    cells = pd.concat(parts, ignore_index=True)
    worst = cells.sort_values("status", key=_rank, kind="stable").drop_duplicates("month")
    table = worst.set_index("month")[["status", "reason"]]
    table["count"] = cells.groupby("month")["count"].sum(min_count=1)
    return _every_month(
        table,
        span,
        ORIGIN_NAMES["police_uk"],
        "police.uk did not publish it then, or not on today's terms",
    )


def _district_cells(holdings, source, place, district, span):
    force = holdings.force_of(district.code) or place.force
    if force is None:
        reason = f"no lookup says which force polices {district.name}"
        cells = pd.DataFrame({"month": [str(month) for month in span.months]})
        return cells.assign(count=pd.NA, status=ABSENT, reason=reason).astype({"count": "Int64"})
    cells = holdings.district_counts(district, force, span)
    return cells[_belongs(cells, source)]


def _belongs(cells, source):
    """Which rows are of the crime types that make up the measure, on the terms it has now."""
    wanted = {
        month: frozenset()
        if source.since and Month.parse(month) < source.since
        else source.crime_types_among(crime_types_of(month))
        for month in cells["month"].unique()
    }
    return [t in wanted[m] for m, t in zip(cells["month"], cells["crime_type"], strict=True)]


def _from_sheets(supplied, span):
    """Each month's supplied figure."""
    return _every_month(
        by_month(supplied),
        span,
        ORIGIN_NAMES["indicators"],
        "no figure was supplied for this month",
    )


def _every_month(table, span, source, why_absent):
    """A row for each month of the span; those the table lacks are absent."""
    table = table.reindex([str(month) for month in span.months])
    lacking = table["status"].isna()
    table["status"] = table["status"].mask(lacking, ABSENT)
    table["reason"] = table["reason"].mask(lacking, why_absent)
    table["count"] = table["count"].astype("Int64").mask(table["status"] == ABSENT)
    return table.assign(source=source).rename_axis("month").reset_index()[_MONTHLY]


def _best(tables):
    """Each month from the first table that has it sound, else has it at all, else the first."""
    ranked = pd.concat(tables, keys=range(len(tables)), names=["preference", "row"])
    ranked = ranked.reset_index("preference")
    ranked = ranked.sort_values(["month", "preference"], kind="stable")
    best_first = ranked.sort_values(
        "status", key=lambda status: -_rank(status), kind="stable"
    ).drop_duplicates("month")
    return best_first.sort_values("month").reset_index(drop=True)[_MONTHLY]


def _rank(status):
    """0 for the worst."""
    return status.map({name: place for place, name in enumerate(_WORST_FIRST)})


def _change_of_source(monthly):
    """A sentence where the series passes from one source to another."""
    held = monthly[monthly["status"] != ABSENT]
    passes = held[held["source"] != held["source"].shift()].iloc[1:]
    return tuple(
        f"From {Month.parse(row.month).label} the figures come from {row.source}."
        for row in passes.itertuples()
    )


def _why_missing(params, monthly, place, period):
    """Why nothing is held: what the files of the period's last month say, or that none can."""
    if params.source("police_uk"):
        return str(monthly.set_index("month").loc[str(period.end), "reason"])
    return _not_supplied(params, place)


def _not_supplied(params, place):
    why = county_alone(params, place)
    return why or f"{params.not_in.police_uk.rstrip('.')}, and no figure was supplied"
