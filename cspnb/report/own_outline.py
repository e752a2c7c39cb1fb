"""The outline of the area reported on: its LSOAs' outlines joined, else those of its districts."""

from dataclasses import dataclass

from cspnb.locating import generalised, outlines
from cspnb.placing import lsoa_districts, outlines_year
from cspnb.report.places import Place
from cspnb.report.reading import Holdings


@dataclass(frozen=True)
class OwnOutline:
    """`shape`: a shapely polygon in EPSG:27700, or None; `source`: of what, from whom."""

    shape: object = None
    source: str = ""


def own_outline(holdings: Holdings, place: Place) -> OwnOutline:
    """The ground of a place, kept from one question to the next.

    LSOAs come before districts: their outlines are mostly finer, and records are placed by LSOA.
    They serve where every LSOA that a lookup puts in the place has one. None where some district
    has no outline at all.
    """
    if not place.districts or not holdings.holds("boundaries"):
        return OwnOutline()
    return holdings.once(("own outline", place), lambda: _made(holdings, place))


def _made(holdings, place):
    grounds = [holdings.ground.of(district) for district in place.districts]
    codes = {each.code for ground in grounds for each in (ground, *ground.parts)}
    return _of_lsoas(holdings, codes) or _of_districts(holdings, place) or OwnOutline()


def _of_lsoas(holdings, districts):
    known = lsoa_districts(holdings.geography)
    codes = known.loc[known["lad_code"].isin(districts), "lsoa_code"]
    held = _held(holdings, "lsoa", codes)
    for year in sorted(held["vintage"].unique(), reverse=True):
        drawn = outlines(held, "lsoa", year)
        if _of_census(holdings, codes, year) == set(drawn["code"]):
            return _joined(holdings, drawn, f"LSOAs of {year}")
    return None


def _of_census(holdings, codes, year):
    links = holdings.geography
    of_year = links[(links["level"] == "lsoa") & (links["vintage"] == year)]
    return set(of_year["code"]) & set(codes)


def _of_districts(holdings, place):
    held = _held(holdings, "lad", place.district_codes)
    year = outlines_year(held, holdings.geography)
    drawn = held if year is None else outlines(held, "lad", year)
    if set(drawn["code"]) != set(place.district_codes):
        return None
    return _joined(holdings, drawn, f"districts of {year}")


def _held(holdings, level, codes):
    return holdings.store.read("boundaries", where={"level": [level], "code": list(codes)})


def _joined(holdings, drawn, named):
    import shapely

    publishers = holdings.sources.set_index("source_id")["publisher"]
    by = "; ".join(sorted(set(publishers.reindex(drawn["source_id"]).dropna())))
    rough = "".join(f", {each}" for each in generalised(drawn["resolution"]))
    shape = shapely.union_all(shapely.from_wkb(drawn["geometry"]))
    return OwnOutline(shape, f"outlines of {named}{rough}" + (f" ({by})" if by else ""))
