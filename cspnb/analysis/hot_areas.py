"""Where does it cluster? Areas that lie, with their neighbours, in a hot or a cold spot."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.analysis.of_small_areas import OfSmallAreas, kind_of, why_nothing
from cspnb.measures.clustering import PERMUTATIONS, Clustering, gi_star, moran, neighbours
from cspnb.measures.multiplicity import false_discovery_q
from cspnb.measures.small_areas import SmallAreas

HOT, COLD, NEITHER, NOT_JUDGED = "hot", "cold", "neither", "not judged"

FALSE_DISCOVERY = 0.05
AREAS_NEEDED = 30
"""Gi* sets an area's few neighbours against all others: with fewer there are too few of those."""

LEAST_MEAN = 2
"""Offences an area, on average: with fewer, areas differ by chance as much as they have offences.

At a mean of 2 chance alone spreads counts by 1.4 either way."""

RATES, COUNTS = "rates", "counts"


@dataclass(frozen=True)
class HotAreas(OfSmallAreas):
    """Which small areas of a partnership are part of a cluster of high or of low figures.

    `areas` has one row an area, hot ones first, then cold, each by the strength of the evidence:
    `area_code`, `area_name`, `ward_name`, `count`, `population`, `value` (what was judged: the
    rate per 1,000, or the count), `neighbours` (how many touch it), `z` (Gi*), `p_value`,
    `q_value` (Benjamini-Hochberg), `verdict` ('hot', 'cold', 'neither' or 'not judged') and
    `geometry`. `judged_by` is 'rates' or 'counts', `why_counts` why not rates. `islands` are the
    names of areas that touch no other: they are not judged. `clustering` is Moran's I of them
    all; None where nothing could be judged.
    """

    small_areas: SmallAreas
    areas: pd.DataFrame
    judged_by: str
    clustering: Clustering | None
    family: int
    method: str
    why_counts: str = ""
    islands: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_clustered(self) -> bool:
        """Whether like areas lie together more than chance would have them."""
        found = self.clustering
        return found is not None and found.p_value <= FALSE_DISCOVERY and found.i > found.expected

    def called(self, verdict: str) -> pd.DataFrame:
        """The rows of the areas with a verdict, in their order."""
        return self.areas[self.areas["verdict"] == verdict]


def hot_areas(small_areas: SmallAreas) -> HotAreas:
    """Areas whose own and neighbours' rates together are higher, or lower, than chance explains.

    Gi* with queen contiguity, on rates where every area has residents, else on counts: a count
    alone is high where many live. The p-values of all areas are one family, with at most
    FALSE_DISCOVERY of those called hot or cold expected to be so by chance. Fewer than
    AREAS_NEEDED areas, or fewer than LEAST_MEAN offences an area, are not judged.
    """
    table = small_areas.table.reset_index(drop=True)
    judged_by, why_counts = _judged_by(small_areas, table)
    areas = table.assign(value=_values(table, judged_by), **_not_judged(table.index))
    reason = _why_not(small_areas, table)
    islands: list[str] = []
    clustering = None
    if not reason:
        areas, islands, clustering, reason = _with_verdicts(areas)
    family = 0 if reason else int(areas["q_value"].notna().sum())
    return HotAreas(
        small_areas=small_areas,
        areas=_in_order(areas),
        judged_by=judged_by,
        clustering=clustering,
        family=family,
        method=_method(small_areas, judged_by, family) if family else "",
        why_counts=why_counts,
        islands=tuple(islands),
        reason=reason,
    )


def _judged_by(small_areas: SmallAreas, table: pd.DataFrame) -> tuple[str, str]:
    lacking = int((~(table["population"] > 0)).sum())
    if not lacking:
        return RATES, ""
    named = small_areas.denominator
    if lacking == len(table):
        return COUNTS, f"no {named} of the areas are known"
    return COUNTS, f"the {named} of {lacking} of the {len(table)} areas are not known"


def _values(table: pd.DataFrame, judged_by: str) -> pd.Series:
    counts = table["count"].astype(float)
    return 1000 * counts / table["population"] if judged_by == RATES else counts


def _not_judged(index: pd.Index) -> dict[str, pd.Series]:
    null = pd.Series(np.nan, index=index)
    return {
        "neighbours": pd.Series(pd.NA, index=index, dtype="Int64"),
        "z": null,
        "p_value": null,
        "q_value": null,
        "verdict": pd.Series(NOT_JUDGED, index=index, dtype="str"),
    }


def _with_verdicts(areas: pd.DataFrame):
    """The areas judged, the names of the islands, Moran's I, and why not, where not.

    They are taken in the order of their places, so that codes and names change nothing.
    """
    centres = [(shape.centroid.x, shape.centroid.y) for shape in areas["geometry"]]
    placed = areas.assign(at=centres).sort_values("at").drop(columns="at")
    touching = neighbours(placed["geometry"])
    degree = pd.Series(touching.cardinalities).sort_index().to_numpy()
    placed["neighbours"] = pd.array(degree, dtype="Int64")
    islands = sorted(placed.loc[degree == 0, "area_name"])
    joined = placed[degree > 0]
    if len(joined) < AREAS_NEEDED or joined["value"].nunique() < 2:
        why = "its areas do not touch one another" if islands else "every area has the same figure"
        return placed, islands, None, why
    weights = neighbours(joined["geometry"]) if islands else touching
    local = gi_star(joined["value"], weights).set_axis(joined.index)
    q_values = pd.Series(false_discovery_q(local["p_value"]), index=joined.index)
    found = local[["z", "p_value"]].assign(
        q_value=q_values, verdict=_verdicts(local, q_values).astype("str")
    )
    placed = placed.drop(columns=found.columns).join(found, how="left", validate="one_to_one")
    placed["verdict"] = placed["verdict"].fillna(NOT_JUDGED)
    return placed, islands, moran(joined["value"], weights), ""


def _verdicts(local: pd.DataFrame, q_values: pd.Series) -> pd.Series:
    clear = q_values <= FALSE_DISCOVERY
    found = [clear & (local["z"] > 0), clear & (local["z"] < 0)]
    return pd.Series(np.select(found, [HOT, COLD], NEITHER), index=local.index)


def _in_order(areas: pd.DataFrame) -> pd.DataFrame:
    first = areas["verdict"].map({HOT: 0, COLD: 1, NEITHER: 2, NOT_JUDGED: 3})
    ordered = areas.assign(first=first, strength=-areas["z"].abs())
    by = ["first", "strength", "area_name", "area_code"]
    return ordered.sort_values(by, ignore_index=True).drop(columns=["first", "strength"])


def _why_not(small_areas: SmallAreas, table: pd.DataFrame) -> str:
    if why := why_nothing(small_areas):
        return why
    kind = kind_of(small_areas)
    if small_areas.hidden:
        of = f"{len(small_areas.hidden)} of its {len(table)} {kind}"
        return f"the counts of {of} are small numbers that are not shown, and it needs them all"
    if undrawn := int(table["geometry"].isna().sum()):
        return f"the outlines of {undrawn} of its {len(table)} {kind} are not held"
    if len(table) < AREAS_NEEDED:
        return f"it has {len(table)} {kind}, and {AREAS_NEEDED} are needed"
    total = int(table["count"].sum())
    if total < LEAST_MEAN * len(table):
        unit = small_areas.measure.unit
        return (
            f"{total:,} {unit} in {len(table)} {kind} are too few: {LEAST_MEAN * len(table):,} are "
            f"needed, {LEAST_MEAN} an area"
        )
    return ""


def _method(small_areas: SmallAreas, judged_by: str, family: int) -> str:
    kind = kind_of(small_areas)
    per = f" per 1,000 {small_areas.denominator}" if judged_by == RATES else ""
    return (
        f"Getis-Ord Gi* on {judged_by}{per}, each area with those that share a border or a corner "
        f"(queen contiguity, binary); two-sided p from {PERMUTATIONS:,} permutations. "
        f"The {family} {kind} are one family: of those called hot or cold, at most "
        f"{FALSE_DISCOVERY:.0%} are expected to be so by chance (Benjamini and Hochberg 1995). "
        "All together: Moran's I, two-sided, under randomisation, at the 5% level."
    )
