"""Fires and road casualties: each by its own rule of what is known when."""

from dataclasses import replace

import pandas as pd

from cspnb.ingest import fire
from cspnb.ingest.road_casualties.in_force import (
    ADJUSTED,
    PART,
    RECORDED,
    killed_or_seriously_injured,
)
from cspnb.measures.counts import Series
from cspnb.params import MeasureParams
from cspnb.params.origins import Fires, RoadCasualties
from cspnb.periods import Period
from cspnb.report.places import Place
from cspnb.report.reading import Holdings
from cspnb.report.series.months import no_month, within

FIRES = "fire statistics"
ROADS = "STATS19"

_SEVERITIES = ["fatal", "serious", "slight"]
_MIXED = "severities are adjusted for some casualties and as recorded for others"
_NO_TREND = "read no trend off the seriously hurt"


def fire_series(
    holdings: Holdings, source: Fires, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Each financial year's fires in the place's districts."""
    rows = holdings.store.read("fires")
    starts = [month for month in span.months if month.number == 4]
    years = [Period(start, start + 11) for start in starts if start + 11 <= span.end]
    figures = {year: _fires(holdings, rows, source, place, year) for year in years}
    stated = [(year, found["count"].sum(skipna=False)) for year, found in figures.items()]
    why = _why_none(figures) or "the fire statistics count by year"
    return _stated(source, FIRES, stated if place.districts else [], span, why)


def casualty_series(
    holdings: Holdings, source: RoadCasualties, _params: MeasureParams, place: Place, span: Period
) -> Series:
    """Casualties in the place's districts by financial and by calendar year.

    The seriously and the slightly hurt are as adjusted, where the files adjust them.
    """
    rows = holdings.store.read("casualties")
    starts = [month for month in span.months if month.number in (1, 4)]
    years = [Period(start, start + 11) for start in starts if start + 11 <= span.end]
    figures = {year: _hurt(holdings, rows, place, year) for year in years}
    stated = [(year, _adjusted(found, source.severities)) for year, found in figures.items()]
    why = _why_none(figures) or "casualties are counted by year"
    series = _stated(source, ROADS, stated if place.districts else [], span, why)
    alike = {year: found for year, found in figures.items() if year.start in _starts(span)}
    return replace(series, caveats=_on_two_bases(alike or figures, source.severities))


def _fires(holdings, rows, source, place, year):
    """A row a district and kind of fire."""
    return pd.concat(
        fire.by_district(
            rows,
            holdings.sources,
            holdings.geography,
            lad_codes=list(place.district_codes),
            period=year,
            kind=kind,
        )
        for kind in source.kinds
    )


def _hurt(holdings, rows, place, year):
    return killed_or_seriously_injured(
        rows, holdings.sources, lad_codes=list(place.district_codes), period=year
    )


def _starts(span):
    """The months in which the years of a span begin, counted from its own first month."""
    return set(span.months[::12])


def _adjusted(figures, severities):
    """People of the severities, null unless known of every district: not yet whole numbers."""
    known = figures[[*_SEVERITIES, "ksi"]].astype("float64")
    everybody = known[_SEVERITIES].sum(axis=1, skipna=False)
    people = {
        "fatal": known["fatal"],
        "serious": known["ksi"] - known["fatal"],
        "slight": everybody - known["ksi"],
    }
    return sum(people[severity] for severity in severities).sum(skipna=False)


def _why_none(figures):
    """Why the last of the years is not known, where none of them is; else ''."""
    reasons = [figures[year]["reason"].dropna() for year in sorted(figures, key=lambda y: y.end)]
    return reasons[-1].iloc[0] if reasons and all(map(len, reasons)) else ""


def _on_two_bases(figures, severities):
    """Sentences where the seriously hurt of some years are adjusted and those of others not."""
    if {"serious", "slight"} <= set(severities) or set(severities) == {"fatal"}:
        return ()  # adjusting only moves people from one of the two to the other
    bases = {}
    for year, found in figures.items():
        hurt = found[["serious", "slight"]].sum(axis=1) > 0
        if named := set(found.loc[hurt, "basis"]):
            basis = named.pop() if len(named) == 1 else PART
            bases.setdefault(basis, []).append(year.label)
    said = []
    if mixed := bases.pop(PART, []):
        said.append(f"In {', '.join(mixed)} {_MIXED}: {_NO_TREND}.")
    if len(bases) == 2:
        both = (RECORDED, ADJUSTED)
        each = " and ".join(f"{basis} in {', '.join(bases[basis])}" for basis in both)
        said.append(f"Severities are {each}: {_NO_TREND}.")
    return tuple(said)


def _stated(source, name, figures, span, why):
    rows = [
        {"start": str(year.start), "end": str(year.end), "value": value, "source": name}
        for year, value in figures
        if not pd.isna(value)
    ]
    table = pd.DataFrame(rows, columns=["start", "end", "value", "source"])
    stated = within(table.astype({"value": "float64"}), span, source.since)
    return Series(source.origin, name, no_month(span, name, why), stated)
