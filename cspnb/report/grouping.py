"""The areas a place is compared with: those its force polices, or a listed group of peers."""

from dataclasses import replace

import pandas as pd

from cspnb.analysis.comparison import Group
from cspnb.measures.counts import Counts, Total, total, total_of
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
    counted = [count(holdings, params, place, period, years=1) for place in places]
    origin = _common_origin(params, counted, period)
    rows = [
        _row(place, each, origin, period, found)
        for place, each in zip(places, counted, strict=True)
    ]
    areas = pd.DataFrame(rows).assign(is_own=[place is own for place in places])
    return Group(
        measure=as_measure(params, period),
        area=own.name,
        period=period,
        population_label=found.label or f"no {params.denominator} are held",
        areas=areas.astype({"count": "Int64", "population": "float64"}),
        **about,
    )


def _common_origin(params, counted, period) -> str:
    """The source that has most areas whole, the own one among them; the first choice of equals.

    Areas are compared by figures of one source. '' where no source has the own area whole.
    """
    own, *_ = wholes = [_whole(each, period) for each in counted]
    order = [source.origin for source in params.sources if source.origin in own]
    areas = {origin: sum(origin in whole for whole in wholes) for origin in order}
    return max(order, key=areas.get, default="")


def _whole(counts: Counts, period: Period) -> dict[str, Total]:
    """The whole totals of an area, by source."""
    series = () if counts.missing else (counts, *counts.others)
    totals = {each.origin: total_of(each, period) for each in series}
    return {origin: found for origin, found in totals.items() if found.complete}


def _row(place, counts, origin, period, populations):
    whole = _whole(counts, period).get(origin)
    population = populations.of(place.district_codes)
    return {
        "area_code": next(iter((*place.district_codes, *place.csp_codes)), ""),
        "area_name": place.name,
        "count": whole.count if whole else None,
        "population": population,
        "reason": populations.lack(population) if whole else _why_not(counts, origin, period),
        "origin": origin if whole else "",
        "source": "; ".join(whole.sources) if whole else "",
    }


def _why_not(counts, origin, period) -> str:
    """Why an area has no figure of the source by which the others are compared."""
    found = total(counts, period)
    if not found.complete or not origin:
        return found.reason
    return f"its figure is from another source than theirs: {'; '.join(found.sources)}"
