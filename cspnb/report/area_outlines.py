"""The outlines held of small areas, in one year's borders, and whose they are."""

from cspnb.locating import generalised, outlines
from cspnb.report.reading import Holdings

_NAMED = {"lsoa": "LSOAs", "ward": "wards"}


def area_outlines(
    holdings: Holdings, level: str, codes: list[str], year: int
) -> tuple[dict[str, object], str]:
    """Shapely polygons in EPSG:27700 by area code, and of what and from whom they are.

    An area without an outline is not in it; no outline at all is ({}, '').
    """
    import shapely

    if not holdings.holds("boundaries"):
        return {}, ""
    held = holdings.store.read("boundaries", where={"level": [level], "code": codes})
    drawn = outlines(held, level, year)
    if drawn.empty:
        return {}, ""
    publishers = holdings.sources.set_index("source_id")["publisher"]
    by = "; ".join(sorted(set(publishers.reindex(drawn["source_id"]).dropna())))
    rough = "".join(f", {each}" for each in generalised(drawn["resolution"]))
    shapes = dict(zip(drawn["code"], shapely.from_wkb(drawn["geometry"]), strict=True))
    return shapes, f"outlines of {_NAMED[level]} of {year}{rough}" + (f" ({by})" if by else "")
