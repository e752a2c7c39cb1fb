"""Did it work? What was recorded after something was done, beside what a comparison suggests."""

from dataclasses import dataclass, replace

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.dispersion import Dispersion
from cspnb.measures.displacement import (
    Displacement,
    Zone,
    area_dispersion,
    weighted_displacement_difference,
    zone_dispersion,
)
from cspnb.measures.intervention import (
    COMPARISON,
    RING,
    RING_COMPARISON,
    TREATED,
    Intervention,
)
from cspnb.measures.months import SOUND, coverage, unsound
from cspnb.periods import Period

FEWER = "fewer than the comparison suggests"
MORE = "more than the comparison suggests"
NO_CLEAR_DIFFERENCE = "no clear difference"
NOT_JUDGED = "not judged"

TOGETHER = "together"
FEWEST_BEFORE = 10
"""Records a zone must have before: below it the interval, a normal one, is not to be believed."""


@dataclass(frozen=True)
class Impact:
    """What was recorded before and after something was done, beside its comparison.

    `zones` has one row a zone: `zone` (treated area, comparison area, ring, ring's comparison),
    `areas`, `before`, `after` (Int64: sums of the months held), `complete` (bool: both whole),
    `reason`. `parts` has one row a part judged (treated area, ring, together): `part`, `before`,
    `after`, `comparison_before`, `comparison_after`, `expected` (what the comparison's change
    would have made of `before`), `difference` (`after` less `expected`), `lower`, `upper`,
    `verdict`; of `together`, the comparison's columns are null. It is empty where nothing is
    judged: `reason` says why. `verdict` is that of all parts together.
    """

    intervention: Intervention
    zones: pd.DataFrame
    parts: pd.DataFrame
    verdict: str
    dispersion: float | None = None
    method: str = ""
    reason: str = ""

    @property
    def measure(self) -> Measure:
        """What was counted."""
        return self.intervention.measure

    @property
    def area(self) -> str:
        """The partnership in which it was done."""
        return self.intervention.area

    @property
    def period(self) -> Period:
        """The months after."""
        return self.intervention.after

    @property
    def source(self) -> str:
        """Who recorded it, for readers."""
        return self.intervention.source

    @property
    def coverage(self) -> str:
        """How many of the months before and after are sound."""
        months = self.intervention.months
        return coverage(months) if len(months) else ""


def impact(intervention: Intervention) -> Impact:
    """The weighted displacement difference of an intervention (Wheeler and Ratcliffe 2018).

    Each zone is set against what it would have had, had it changed in the proportion in which its
    comparison did; a ring without a comparison of its own has the treated area's. Nothing is
    judged across a month that is not sound, nor where a zone had fewer than ten records before.
    `docs/methods/impact.md` has the worked rules.
    """
    zones = _zones(intervention)
    result = Impact(intervention, zones, _no_parts(), NOT_JUDGED)
    if reason := _why_not(intervention, zones):
        return replace(result, reason=reason)
    spread, allowance = _spread(intervention)
    parts = _parts(intervention, zones.set_index("zone"), spread)
    return replace(
        result,
        parts=parts,
        verdict=parts["verdict"].iloc[-1],
        dispersion=spread.value if spread else None,
        method=_method(allowance),
    )


def _zones(intervention: Intervention) -> pd.DataFrame:
    monthly = intervention.by_month
    table = intervention.zones.reset_index(drop=True)
    for name in ("before", "after"):
        within = [str(month) for month in getattr(intervention, name).months]
        held = monthly[monthly["month"].isin(within)]
        sums = held.groupby("zone")["count"].sum(min_count=1)
        table[name] = table["zone"].map(sums).astype("Int64")
    reason = _unsound(intervention)
    return table.assign(complete=not reason, reason=reason)


def _unsound(intervention: Intervention) -> str:
    """The months before and after that are not sound; '' where all are."""
    if intervention.missing:
        return intervention.missing
    asked = [*intervention.before.months, *intervention.after.months]
    months = intervention.months.set_index("month").reindex([str(month) for month in asked])
    months = months.assign(status=months["status"].fillna("absent"))
    return "" if (months["status"] == SOUND).all() else unsound(months.reset_index())


def _why_not(intervention: Intervention, zones: pd.DataFrame) -> str:
    if intervention.missing:
        return intervention.missing
    if lacking := _unsound(intervention):
        return f"not every month before and after is sound ({lacking})"
    if lacking := [name for name in (TREATED, COMPARISON) if name not in set(zones["zone"])]:
        return f"there is no {lacking[0]}"
    few = zones[zones["before"].fillna(0) < FEWEST_BEFORE]
    if few.empty:
        return ""
    zone, count = few["zone"].iloc[0], int(few["before"].fillna(0).iloc[0])
    return (
        f"the {zone} had {count} records before, and {FEWEST_BEFORE} are needed for an interval "
        "to mean anything"
    )


def _spread(intervention: Intervention) -> tuple[Dispersion | None, str]:
    """How much more than chance places vary beside one another, and how that was learnt.

    From the small areas of the comparison, if they are enough; else from the months of the zones.
    """
    asked = {str(month): "before" for month in intervention.before.months}
    asked |= {str(month): "after" for month in intervention.after.months}
    monthly = intervention.by_month[intervention.by_month["month"].isin(asked)]
    monthly = monthly.assign(stretch=monthly["month"].map(asked))
    beside = monthly[monthly["zone"] == COMPARISON]
    areas = beside.pivot_table("count", "area_code", "stretch", aggfunc="sum", fill_value=0)
    if (spread := area_dispersion(areas)) is not None:
        return spread, _allowance(spread, "changes of the comparison's small areas differ")
    keys = ["zone", "month", "stretch"]
    spread = zone_dispersion(monthly.groupby(keys, as_index=False)["count"].sum())
    if spread is None:
        return (
            None,
            "places that vary more than chance are not allowed for: too few areas or months",
        )
    return spread, _allowance(spread, "zones vary month by month")


def _allowance(spread: Dispersion, what: str) -> str:
    if spread.value > 1:
        return f"{what} {spread.value:.1f} times what chance gives, which is allowed for"
    return f"{what} no more than chance: {spread.value:.1f} times"


def _parts(intervention, zones: pd.DataFrame, spread: Dispersion | None) -> pd.DataFrame:
    lengths = (len(intervention.before) / len(intervention.after), 1.0)
    pairs = {TREATED: COMPARISON}
    if RING in zones.index:
        pairs[RING] = RING_COMPARISON if RING_COMPARISON in zones.index else COMPARISON
    how = {"lengths": lengths, "spread": spread}
    rows = [_part(part, zones.loc[part], zones.loc[beside], how) for part, beside in pairs.items()]
    if len(pairs) > 1:
        rows.append(_together(rows, zones, pairs, how))
    whole = {name: "Int64" for name in rows[0] if name in _COUNTED}
    return pd.DataFrame(rows).astype(whole)


_COUNTED = ("before", "after", "comparison_before", "comparison_after")


def _part(part: str, zone: pd.Series, beside: pd.Series, how: dict) -> dict:
    size = beside["before"] / zone["before"]
    found = weighted_displacement_difference(
        [Zone(zone["before"], zone["after"])],
        [Zone(beside["before"], beside["after"], size)],
        **how,
    )
    counts = {"before": int(zone["before"]), "after": int(zone["after"])}
    compared = {
        "comparison_before": int(beside["before"]),
        "comparison_after": int(beside["after"]),
        "expected": float(zone["before"] * beside["after"] / beside["before"]),
    }
    return {"part": part, **counts, **compared, **_judged(found)}


def _together(rows: list[dict], zones: pd.DataFrame, pairs: dict, how: dict) -> dict:
    """All parts at once; a comparison that serves two parts is counted once, at both weights."""
    shares: dict[str, float] = {}
    for part, beside in pairs.items():
        share = zones.loc[part, "before"] / zones.loc[beside, "before"]
        shares[beside] = shares.get(beside, 0.0) + share
    treated = [Zone(zones.loc[part, "before"], zones.loc[part, "after"]) for part in pairs]
    comparison = [
        Zone(zones.loc[name, "before"], zones.loc[name, "after"], 1 / share)
        for name, share in shares.items()
    ]
    found = weighted_displacement_difference(treated, comparison, **how)
    summed = {name: sum(row[name] for row in rows) for name in ("before", "after", "expected")}
    alone = {"comparison_before": None, "comparison_after": None}
    return {"part": TOGETHER, **summed, **alone, **_judged(found)}


def _judged(found: Displacement) -> dict:
    verdict = NO_CLEAR_DIFFERENCE
    if found.is_clear:
        verdict = FEWER if found.difference < 0 else MORE
    limits = {"lower": float(found.lower), "upper": float(found.upper)}
    return {"difference": float(found.difference), **limits, "verdict": verdict}


def _method(allowance: str) -> str:
    return (
        "Weighted displacement difference (Wheeler and Ratcliffe 2018), each comparison weighted "
        f"to its zone's count before; 95% interval ({allowance})."
    )


def _no_parts() -> pd.DataFrame:
    columns = ["part", *_COUNTED, "expected", "difference", "lower", "upper", "verdict"]
    return pd.DataFrame(columns=columns)
