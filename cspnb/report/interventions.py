"""What was done in the partnership's area, with the counts before and after, zone by zone."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from cspnb.errors import CspnbError
from cspnb.measures.intervention import (
    COMPARISON,
    RING,
    RING_COMPARISON,
    TREATED,
    Intervention,
    nothing_done,
)
from cspnb.measures.small_areas import LSOA, SmallAreas
from cspnb.params import InterventionParams, load_interventions
from cspnb.periods import Period
from cspnb.placing import lsoa_districts
from cspnb.project import find_project
from cspnb.report.shielding import without_small_zones
from cspnb.report.where import Where

_NEAR = 10.0
"""Metres within which two outlines touch: generalised outlines of neighbours do not quite meet."""
_DESCRIBE = (
    "To have something judged, describe it in params/interventions: what was done, where, from "
    "which month, and by which measure."
)
_NO_OUTLINE = "No outline is held of where it was done, so that no ring about it can be drawn."


class Interventions(Where):
    """Interventions that params describe, counted by LSOA."""

    @property
    def interventions(self) -> tuple[Intervention, ...]:
        """Every intervention of the partnership, in the order of their files' names.

        An invented one serves invented data alone.
        """
        told = self._described().values()
        return tuple(self._intervention(each) for each in told if self._may_be_shown(each))

    def intervention(self, slug: str = "") -> Intervention:
        """One of the partnership's interventions, by its file of params/interventions.

        Without a slug, the first of them. Where there is none, or only an invented one on a real
        store, `missing` says that nothing was done. Raises CspnbError for a slug that has no file.
        """
        described = self._described()
        if not slug or slug in described:
            asked = [described[slug]] if slug else described.values()
            shown = (self._intervention(each) for each in asked if self._may_be_shown(each))
            return next(shown, nothing_done(self.area, self.period, remedy=_DESCRIBE))
        raise CspnbError(
            f"{self.area} has no intervention '{slug}'",
            where="params/interventions",
            remedy=f"Its interventions are: {', '.join(described) or 'none'}.",
        )

    def _described(self) -> dict[str, InterventionParams]:
        every = load_interventions(find_project())
        ours = self.partnership.slug
        return {slug: each for slug, each in every.items() if each.partnership == ours}

    def _intervention(self, described: InterventionParams) -> Intervention:
        span = Period(described.before.start, described.after.end)
        areas = replace(self, period=span)._areas_in_full(described.measure)
        zones, cautions = self._zones_of(described, areas)
        found = Intervention(
            measure=areas.measure,
            area=self.area,
            title=described.title,
            what=described.what,
            starts=described.starts,
            before=described.before,
            after=described.after,
            zones=pd.DataFrame(
                [(zone, len(codes)) for zone, codes in zones.items()], columns=["zone", "areas"]
            ),
            by_month=by_zone(areas, zones),
            months=areas.months,
            level=LSOA,
            source=areas.source,
            caveats=(*cautions, *areas.notes, *areas.caveats),
            missing=areas.missing or _not_here(zones, described, self.area),
        )
        return without_small_zones(found, areas.origin)

    def _may_be_shown(self, described: InterventionParams) -> bool:
        """Whether it was done, or the figures are as invented as it is."""
        return self.is_sample or not described.invented

    def _zones_of(
        self, described, areas: SmallAreas
    ) -> tuple[dict[str, list[str]], tuple[str, ...]]:
        """The LSOAs of each zone; what is not said to be compared is the rest."""
        held = set(areas.table["area_code"])
        where = self._lsoas_of(described.where) & held
        beside, ring_beside = (
            self._lsoas_of(codes) & held
            for codes in (described.comparison, described.ring_comparison)
        )
        ring = self._lsoas_of(described.ring) & held
        cautions = ()
        if described.adjacent_ring:
            ring = touching(areas.table, where) - beside - ring_beside
            cautions = () if ring or not where else (_NO_OUTLINE,)
        if not described.comparison:
            beside = held - where - ring - ring_beside
        zones = {TREATED: where, COMPARISON: beside, RING: ring, RING_COMPARISON: ring_beside}
        return {zone: sorted(codes) for zone, codes in zones.items() if codes}, cautions

    def _lsoas_of(self, codes: Collection[str]) -> set[str]:
        """The LSOAs of codes of LSOAs, wards and districts."""
        geography = self.holdings.geography
        wards = geography[(geography["level"] == "lsoa") & (geography["parent_level"] == "ward")]
        districts = lsoa_districts(geography)
        of_wards = wards.loc[wards["parent_code"].isin(codes), "code"]
        of_districts = districts.loc[districts["lad_code"].isin(codes), "lsoa_code"]
        return {*codes, *of_wards, *of_districts}


def by_zone(areas: SmallAreas, zones: dict[str, list[str]]) -> pd.DataFrame:
    """The rows of `by_month` in a zone, with its name: `zone`, `area_code`, `month`, `count`."""
    zone_of = {code: zone for zone, codes in zones.items() for code in codes}
    rows = areas.by_month[areas.by_month["area_code"].isin(zone_of)]
    rows = rows.assign(zone=rows["area_code"].map(zone_of))
    return rows[["zone", "area_code", "month", "count"]].reset_index(drop=True)


def touching(table: pd.DataFrame, codes: Collection[str]) -> set[str]:
    """The areas whose outline meets that of some of `codes`, those themselves left out."""
    import shapely

    drawn = table[table["geometry"].notna()]
    inside = drawn["area_code"].isin(codes)
    if not inside.any():
        return set()
    about = shapely.buffer(shapely.union_all(list(drawn.loc[inside, "geometry"])), _NEAR)
    others = drawn[~inside]
    meets = shapely.intersects(about, others["geometry"].to_numpy())
    return set(others.loc[meets, "area_code"])


def _not_here(zones, described, area) -> str:
    if TREATED in zones:
        return ""
    return f"none of the areas it names ({', '.join(described.where[:3])}) is an LSOA of {area}"
