"""The areas a place is compared with: those its force polices, or a listed group of peers."""

import pandas as pd

from cspnb.analysis.comparison import Group
from cspnb.measures.counts import total
from cspnb.measures.coverage import District
from cspnb.params import MeasureParams, Partnership
from cspnb.periods import Period
from cspnb.report.counting import as_measure, count
from cspnb.report.places import Place
from cspnb.report.populations import populations_for
from cspnb.report.reading import Holdings

CSP_CODES = ("22", "14")  # E22 in England, W14 in Wales


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
    """The partnership's listed peers, the usual group first; a group of one where none is."""
    peers = partnership.peers[0] if partnership.peers else None
    others = [_peer(holdings, area) for area in (peers.areas if peers else ())]
    return _group(
        holdings,
        params,
        (own, *others),
        period,
        name=peers.name if peers else "Listed peers",
        source=peers.source if peers else "",
        date=peers.date if peers else "",
    )


def _peer(holdings, area) -> Place:
    """A listed peer: a district, or a partnership of the districts a lookup gives it."""
    if area.code[1:3] in CSP_CODES:
        return Place(area.name, holdings.districts_of_csp(area.code), csp_codes=(area.code,))
    return Place(area.name, (District(area.code, area.name),))


def _group(holdings, params, places, period, **about) -> Group:
    own = places[0]
    found = populations_for(holdings.populations, own.district_codes, params.denominator, period)
    rows = [_row(holdings, params, place, period, found) for place in places]
    areas = pd.DataFrame(rows).assign(is_own=[place is own for place in places])
    return Group(
        measure=as_measure(params, period),
        area=own.name,
        period=period,
        population_label=found.definition or f"no {params.denominator} are held",
        areas=areas.astype({"count": "Int64", "population": "float64"}),
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
    }
