"""The areas a place is compared with: those its force polices, or a listed group of peers."""

from dataclasses import replace

import pandas as pd

from cspnb.analysis.comparison import Group
from cspnb.measures.counts import total
from cspnb.params import MeasureParams, Partnership
from cspnb.periods import Period
from cspnb.report.counting import as_measure, count
from cspnb.report.peers import peers_of
from cspnb.report.places import Place
from cspnb.report.populations import populations_for
from cspnb.report.reading import Holdings


def force_group(
    holdings: Holdings, partnership: Partnership, params: MeasureParams, own: Place, period: Period
) -> Group:
    """The other districts of the same police force."""
    others = [
        Place(district.name, (district,))
        for district in holdings.districts_of(partnership.force)
        if district.code not in own.district_codes
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
    """The partnership's peers; a group of one where neither its file nor a list held has any."""
    peers = peers_of(holdings, partnership, own, period)
    group = _group(
        holdings,
        params,
        (own, *(peers.places if peers else ())),
        period,
        name=peers.name if peers else "Listed peers",
        source=peers.source if peers else "",
        date=peers.date if peers else "",
    )
    if peers is None or peers.lacking.empty:
        return group
    without = peers.lacking.assign(count=None, population=None, is_own=False, origin="", source="")
    areas = pd.concat([group.areas, without.astype({"count": "Int64", "population": "float64"})])
    return replace(group, areas=areas[list(group.areas.columns)].reset_index(drop=True))


def _group(holdings, params, places, period, **about) -> Group:
    own = places[0]
    found = populations_for(holdings.populations, own.district_codes, params.denominator, period)
    rows = [_row(holdings, params, place, period, found) for place in places]
    areas = pd.DataFrame(rows).assign(is_own=[place is own for place in places])
    areas = _of_one_source(areas.astype({"count": "Int64", "population": "float64"}))
    return Group(
        measure=as_measure(params, period),
        area=own.name,
        period=period,
        population_label=found.label or f"no {params.denominator} are held",
        areas=areas,
        **about,
    )


def _row(holdings, params, place, period, populations):
    counted = total(count(holdings, params, place, period, years=1), period)
    population = populations.of(place.district_codes)
    return {
        "area_code": next(iter((*place.district_codes, *place.csp_codes)), ""),
        "area_name": place.name,
        "count": counted.count if counted.complete else None,
        "population": population,
        "reason": counted.reason if not counted.complete else populations.lack(population),
        "origin": counted.origin if counted.complete else "",
        "source": "; ".join(counted.sources) if counted.complete else "",
    }


def _of_one_source(areas: pd.DataFrame) -> pd.DataFrame:
    """Without the counts that are of another source than the own area's: they do not compare."""
    own = areas[areas["is_own"]].iloc[0]
    other = areas["origin"].ne("") & areas["origin"].ne(own["origin"]) & (own["origin"] != "")
    why = "its figure is from " + areas["source"] + f", not from {own['source']}"
    return areas.assign(count=areas["count"].mask(other), reason=areas["reason"].mask(other, why))
