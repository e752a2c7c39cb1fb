"""LSOAs in the codes of one year: which there are in a place, and in which of them a code lies."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.locating import outlines
from cspnb.placing import place as place_lsoas
from cspnb.report.places import Place
from cspnb.report.reading import Holdings

NESTS = 0.95
"""The share of an area's ground that must lie in another for it to count as wholly within it.

Nested areas are drawn with the same borders, generalised each on its own: a few parts in a
hundred are left outside."""

_IRREGULAR = "X"  # ONS: neither the same, nor split, nor merged
_LISTED = ["vintage", "code", "name"]
_LSOA = {"code": "lsoa_code", "name": "lsoa_name"}


@dataclass(frozen=True)
class Vintage:
    """The LSOAs of a place in the codes of one year.

    `areas`: `code`, `name`, one row an LSOA, in the order of codes. `within`: the code of the
    LSOA in which each foreign code lies; a code it lacks lies in none, or in several.
    """

    year: int
    areas: pd.DataFrame
    within: dict[str, str] = field(default_factory=dict)

    def of(self, codes: pd.Series) -> pd.Series:
        """Each code's own LSOA of this year; null where it is in none."""
        known = dict(zip(self.areas["code"], self.areas["code"], strict=True))
        return codes.map(known | self.within)


def vintages(holdings: Holdings, place: Place, codes: set[str]) -> list[Vintage]:
    """The LSOAs of a place in each year's codes, newest first.

    codes: of LSOAs of any year that records are of; each vintage says which of them lie in which
    of its own. A lookup between years decides where one is held: a code that is linked to one
    LSOA only lies in it, the irregularly redrawn apart. Else its outline does, where NESTS of its
    ground is in one.
    """
    listed = _listed(holdings, place)
    return [
        _vintage(holdings, int(year), areas.drop(columns="vintage"), codes)
        for year, areas in sorted(listed.groupby("vintage"), reverse=True, key=lambda each: each[0])
    ]


def _vintage(holdings, year, areas, codes):
    own = areas.drop_duplicates("code").sort_values("code", ignore_index=True)
    foreign = codes - set(own["code"])
    within = _linked(holdings.geography, year, set(own["code"]), foreign)
    within |= _nested(holdings, year, list(own["code"]), sorted(foreign - set(within)))
    return Vintage(year, own, within)


def _listed(holdings, place):
    """Every LSOA of the place that a lookup or an outline names: `vintage`, `code`, `name`."""
    every = holdings.once(("lsoas by district",), lambda: _by_district(holdings))
    grounds = [holdings.ground.of(district) for district in place.districts]
    return every[np.any([ground.holds(every) for ground in grounds], axis=0)][_LISTED]


def _by_district(holdings):
    links = holdings.geography
    named = links.loc[links["level"] == "lsoa", _LISTED].drop_duplicates()
    every = pd.concat([named, _drawn(holdings)]).drop_duplicates(["vintage", "code"])
    placed = place_lsoas(every.rename(columns=_LSOA), holdings.geography)
    return placed.rename(columns={new: old for old, new in _LSOA.items()})


def _drawn(holdings):
    return holdings.store.read("boundaries", columns=_LISTED, where={"level": ["lsoa"]})


def _linked(geography, year, own, foreign):
    """Foreign codes that a lookup links to one LSOA of the year, wholly."""
    links = geography[(geography["level"] == "lsoa") & (geography["parent_level"] == "lsoa")]
    ends = ["code", "parent_code"]
    to_newer = links.loc[links["parent_vintage"] == year, [*ends, "change"]]
    to_older = links.loc[links["vintage"] == year, [*ends[::-1], "change"]]
    pairs = pd.concat(
        [each.set_axis(["of", "to", "change"], axis="columns") for each in (to_newer, to_older)]
    )
    pairs = pairs[pairs["of"].isin(foreign)].drop_duplicates()
    alone = ~pairs["of"].duplicated(keep=False) & pairs["change"].ne(_IRREGULAR)
    found = pairs[alone & pairs["to"].isin(own)]
    return dict(zip(found["of"], found["to"], strict=True))


def _nested(holdings, year, own, foreign):
    """Foreign codes whose ground lies within one LSOA of the year, by their outlines."""
    if not foreign or not holdings.holds("boundaries"):
        return {}
    import shapely

    held = holdings.store.read("boundaries", where={"level": ["lsoa"], "code": [*own, *foreign]})
    ours = outlines(held[held["code"].isin(own)], "lsoa", year)
    theirs = held[held["code"].isin(foreign) & held["vintage"].ne(year)].drop_duplicates("code")
    if ours.empty or theirs.empty:
        return {}
    large, small = (shapely.from_wkb(each["geometry"].to_numpy()) for each in (ours, theirs))
    inner, outer = shapely.STRtree(large).query(small, predicate="intersects")
    shared = shapely.area(shapely.intersection(small[inner], large[outer]))
    whole = shared >= NESTS * shapely.area(small[inner])
    codes, into = theirs["code"].to_numpy(), ours["code"].to_numpy()
    return dict(zip(codes[inner[whole]], into[outer[whole]], strict=True))
