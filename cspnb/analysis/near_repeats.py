"""Is there another nearby, soon after? Pairs of events close in space and time, against chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.closeness import DAYS, METRES, PERMUTATIONS, SEED, close_pairs
from cspnb.measures.definition import Measure
from cspnb.measures.event_days import has_known_day
from cspnb.measures.events import Events
from cspnb.measures.months import coverage, unsound
from cspnb.measures.multiplicity import false_discovery_q
from cspnb.periods import Period

FEWEST = 50
MOST = 3000
"""Pairs grow with the square of the events: beyond this a shorter span answers as well."""


@dataclass(frozen=True)
class NearRepeats:
    """Pairs of a measure's events by how far and how many days they lie apart.

    `bands` has a row each band of distance and days (`measures.closeness.close_pairs`), with
    `q_value` (false discovery, over the bands) and `is_more` (bool: beyond chance). `events` is
    how many there are, `used` those with a point and a day, of one point and one day the first;
    `recorded_twice` are the others of these. `without_place` have no point, and `days_unknown`
    can lie on any of more than two days.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    bands: pd.DataFrame
    events: int
    used: int
    without_place: int
    days_unknown: int
    recorded_twice: int = 0
    alpha: float = 0.05
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    missing: str = ""
    gaps: str = ""
    caveats: tuple[str, ...] = ()


def near_repeats(
    events: Events,
    *,
    metres: Sequence[float] = METRES,
    days: Sequence[float] = DAYS,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    alpha: float = 0.05,
) -> NearRepeats:
    """How many pairs of events are near in space and time, by band, beside chance.

    metres, days: where the bands end; each begins where the one before ends, and leaves its end
    out. Records of one point on one day are one incident, for one is often recorded as several
    offences, and no repeat. Nothing is judged on snap points, which put neighbours on one spot;
    on months; with fewer than 50 events that have a point and a day, or more than 3,000.
    """
    table = events.table
    is_known = has_known_day(table)
    has_place = table[["easting", "northing"]].notna().all(axis="columns")
    placed = table[is_known & has_place]
    used = _incidents(placed)
    reason = _why_not(events, len(used))
    bands = _nothing() if reason else _banded(used, metres, days, (permutations, seed), alpha)
    return NearRepeats(
        measure=events.measure,
        area=events.area,
        period=events.period,
        span=events.span,
        bands=bands,
        events=len(events.table),
        used=len(used),
        without_place=int((~has_place).sum()),
        days_unknown=int((has_place & ~is_known).sum()),
        recorded_twice=len(placed) - len(used),
        alpha=alpha,
        method=f"{_method(permutations, alpha)} {events.remedy}".strip(),
        source=events.source,
        coverage=coverage(events.months),
        reason=reason,
        missing=events.missing,
        gaps="" if events.missing else unsound(events.months),
        caveats=events.caveats,
    )


def _incidents(placed: pd.DataFrame) -> pd.DataFrame:
    """The first record of each point and day, as `measures.repetition.occasions` has each key's."""
    day = placed["from_at"].dt.normalize()
    return placed[~placed.assign(day=day).duplicated(["easting", "northing", "day"])]


def _banded(used: pd.DataFrame, metres, days, drawn: tuple[int, int], alpha: float) -> pd.DataFrame:
    # In an order of their own, so that that of the records changes no permutation.
    ordered = used.sort_values(["from_at", "easting", "northing"])
    whole_days = (ordered["from_at"].dt.normalize() - pd.Timestamp(0)).dt.days
    permutations, seed = drawn
    bands = close_pairs(
        ordered[["easting", "northing"]].to_numpy(),
        whole_days.to_numpy("float64"),
        metres=metres,
        within=days,
        permutations=permutations,
        seed=seed,
    )
    q_values = false_discovery_q(list(bands["p_value"]))
    more = (q_values <= alpha) & (bands["pairs"] > bands["expected"])
    return bands.assign(q_value=q_values, is_more=more)


def _nothing() -> pd.DataFrame:
    names = ["metres_from", "metres_to", "days_from", "days_to", "pairs", "expected", "ratio"]
    return pd.DataFrame(columns=[*names, "p_value", "q_value", "is_more"])


def _why_not(events: Events, used: int) -> str:
    if events.missing:
        return events.missing
    if events.are_snapped:
        return (
            "their points are snap points, which put neighbours on one spot; that needs an extract "
            "with the points themselves"
        )
    if used < FEWEST:
        return f"{used or 'none'} of them have a point and a day, and {FEWEST} are needed"
    if used > MOST:
        return f"{used:,} of them are more than the {MOST:,} that can be paired: ask for less"
    return ""


def _method(permutations: int, alpha: float) -> str:
    return (
        "Records of one point and one day count as one. Knox's test (1964) by bands of distance "
        "and days, each leaving its end out: expected are pairs near in space times pairs near in "
        "time over all pairs; p is from "
        f"{permutations:,} permutations of the days, and more is said at a false discovery rate "
        f"of {100 * alpha:g}% over the bands (Benjamini and Hochberg 1995)."
    )
