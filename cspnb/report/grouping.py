"""The areas a place is compared with: those its force polices, or a listed group of peers."""

import pandas as pd

from cspnb.analysis.comparison import Group
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.params import MeasureParams, Partnership
from cspnb.periods import Period
from cspnb.report.counting import as_measure, count
from cspnb.report.places import Place
from cspnb.report.populations import district_populations, population_year
from cspnb.report.reading import Holdings


def force_group(
    holdings: Holdings, partnership: Partnership, params: MeasureParams, own: Place, period: Period
) -> Group:
    """The other districts of the same police force."""
    others = [
        Place(district.name, (district,))
        for district in holdings.districts_of(partnership.force)
        if district not in own.districts
    ]
    year = holdings.lookup_year(partnership.force) if others else "no lookup held"
    return _group(
        holdings,
        params,
        (own, *others),
        period,
        name=f"Districts policed by {partnership.force_name}",
        source="Office for National Statistics lookup of districts to police force areas",
        date=year,
    )


def peer_group(
    holdings: Holdings, partnership: Partnership, params: MeasureParams, own: Place, period: Period
) -> Group:
    """The partnership's listed peers, the usual group first; a group of one where none is."""
    peers = partnership.peers[0] if partnership.peers else None
    others = [
        Place(area.name, (District(area.code, area.name),), csp_codes=(area.code,))
        for area in (peers.areas if peers else ())
    ]
    return _group(
        holdings,
        params,
        (own, *others),
        period,
        name=peers.name if peers else "Listed peers",
        source=peers.source if peers else "",
        date=peers.date if peers else "",
    )


def _group(holdings, params, places, period, **about) -> Group:
    populations = district_populations(holdings.population, holdings.geography)
    own = places[0]
    year = population_year(populations, own.district_codes, params.denominator, period)
    at_year = populations[
        (populations["year"] == year) & (populations["denominator"] == params.denominator)
    ].set_index("lad_code")
    rows = [_row(holdings, params, place, period, at_year, year) for place in places]
    areas = pd.DataFrame(rows).assign(is_own=[place is own for place in places])
    return Group(
        measure=as_measure(params, period),
        area=own.name,
        period=period,
        population_label=_label(at_year, own, params, year),
        areas=areas.astype({"count": "Int64", "population": "float64"}),
        **about,
    )


def _row(holdings, params, place, period, at_year, year):
    counted = total(count(holdings, params, place, period, years=1), period)
    known = [code in at_year.index for code in place.district_codes]
    population = at_year.loc[list(place.district_codes), "count"].sum() if all(known) else None
    lacking = "" if population else f"no {params.denominator} at mid-{year} are held"
    return {
        "area_code": place.district_codes[0],
        "area_name": place.name,
        "count": counted.count if counted.complete else None,
        "population": population,
        "reason": lacking if counted.complete else counted.reason,
    }


def _label(at_year, own, params, year):
    if year is None:
        return f"no {params.denominator} are held"
    return str(at_year.loc[own.district_codes[0], "definition"])
