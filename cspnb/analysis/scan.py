"""What stands out among many? Every measure, or every small area, tested as one family."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import (
    CLEAR_FALL,
    CLEAR_RISE,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    Change,
    change_between,
)
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.months import coverage
from cspnb.measures.multiplicity import false_discovery_q
from cspnb.measures.totals import named_once
from cspnb.periods import Period

_FINDINGS = {
    "measure": "str",
    "label": "str",
    "area": "str",
    "before": "Int64",
    "now": "Int64",
    "difference": "Int64",
    "change_pct": "Float64",
    "p_value": "Float64",
    "q_value": "Float64",
    "alone": "str",
    "verdict": "str",
    "reason": "str",
}


SMALL_AREAS = (
    "Where an area averages under one record a month, how much more than chance its months vary "
    "cannot be measured and is not allowed for, so that more of those called clear may be chance."
)


@dataclass(frozen=True)
class Scan:
    """Many changes tested as one family, and which are clear once their number is allowed for.

    `findings` has one row a change, the smallest q-value first, then those not tested: `measure`
    (key), `label`, `area`, `before`, `now`, `difference`, `change_pct`, `p_value`, `q_value`,
    `alone` (its verdict were it the only one), `verdict` (after control), `reason` (why it was
    not tested, else empty). `family` says in words what was tested together; `tested` is how many
    tests it has; `level` is the greatest share of calls that may be chance.
    """

    measures: tuple[Measure, ...]
    area: str
    period: Period
    before: Period
    findings: pd.DataFrame
    family: str
    tested: int
    level: float
    method: str
    source: str = ""
    coverage: str = ""
    reason: str = ""

    @property
    def clear(self) -> pd.DataFrame:
        """The findings that are clear rises or falls after control."""
        return self.findings[self.findings["verdict"].isin([CLEAR_RISE, CLEAR_FALL])]

    @property
    def clear_alone(self) -> int:
        """How many would be called clear, were each the only one tested."""
        return int(self.findings["alone"].isin([CLEAR_RISE, CLEAR_FALL]).sum())


def scan(several: Iterable[Change | Counts], *, area: str = "", level: float = 0.05) -> Scan:
    """Changes on the year before, of several measures or areas, with false-discovery control.

    Each is tested as `change_between` does; counts are compared with the same months a year
    before. All that are tested make one family, whose q-values are Benjamini and Hochberg's; a
    pair without a record in either year is not tested, for nothing can be learnt from it. `area`
    names the whole, where the counts are of parts of it.
    """
    several = list(several)
    changes = [_change(each) for each in several]
    findings = _controlled(pd.DataFrame([_row(each) for each in changes]), level)
    tested = int(findings["q_value"].notna().sum())
    first = changes[0] if changes else None
    measures = {each.measure.key: each.measure for each in changes}
    return Scan(
        measures=tuple(measures.values()),
        area=area or (first.area if first else ""),
        period=first.now.period if first else None,
        before=first.before.period if first else None,
        findings=findings,
        family=_family(changes, tested),
        tested=tested,
        level=level,
        method=_method(level, of_areas=len({each.area for each in changes}) > 1),
        source=named_once(each.source for each in changes),
        coverage=_coverage(several),
        reason=_why_none(changes, tested),
    )


def _change(each: Change | Counts) -> Change:
    if isinstance(each, Change):
        return each
    return change_between(each, each.period, each.period.earlier())


def _row(change: Change) -> dict:
    both_nought = change.now.count == change.before.count == 0
    return {
        "measure": change.measure.key,
        "label": change.measure.label,
        "area": change.area,
        "before": change.before.count,
        "now": change.now.count,
        "difference": change.difference,
        "change_pct": change.change_pct,
        "p_value": None if both_nought else change.p_value,
        "alone": change.verdict,
        "reason": "nothing recorded in either year" if both_nought else change.reason,
    }


def _controlled(rows: pd.DataFrame, level: float) -> pd.DataFrame:
    table = rows.reindex(columns=list(_FINDINGS)).astype(_FINDINGS)
    is_tested = table["p_value"].notna()
    q_values = false_discovery_q(table.loc[is_tested, "p_value"].astype(float))
    table.loc[is_tested, "q_value"] = q_values
    table["verdict"] = NOT_COMPARED
    table.loc[is_tested, "verdict"] = NO_CLEAR_CHANGE
    stands = is_tested & (table["q_value"] <= level).fillna(False)
    table.loc[stands & (table["difference"] > 0), "verdict"] = CLEAR_RISE
    table.loc[stands & (table["difference"] < 0), "verdict"] = CLEAR_FALL
    order = ["q_value", "p_value", "label", "area"]
    return table.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)


def _family(changes: list[Change], tested: int) -> str:
    """'14 measures', '1 measure in 47 areas', '3 measures in 47 areas, 120 tests'."""
    measures = len({change.measure.key for change in changes})
    areas = len({change.area for change in changes})
    told = f"{measures} measure{'s' * (measures != 1)}"
    if areas > 1:
        told += f" in {areas} areas"
    return f"{told}, {tested} test{'s' * (tested != 1)}"


def _method(level: float, *, of_areas: bool) -> str:
    """The rule; of areas without the promise that few of those called clear are chance."""
    promise = f"so that on average at most {100 * level:g}% of those called clear are chance."
    if of_areas:
        promise = (
            "which would keep those that are chance to that share of them on average, did areas "
            f"vary by chance alone. {SMALL_AREAS}"
        )
    return (
        "Each change is tested as the change between two years is, and all of them together are "
        "one family: a change is called clear where its q-value (Benjamini and Hochberg 1995) is "
        f"{100 * level:g}% or less, {promise}"
    )


def _coverage(several: list[Change | Counts]) -> str:
    """Of the months that every count has, where they are the same for all."""
    if not several or not all(isinstance(each, Counts) for each in several):
        return ""
    said = set()
    for each in several:
        if each.missing:
            continue
        if not each.monthly["count"].notna().any():
            said.add(_change(each).coverage)
            continue
        asked = [str(m) for m in (*each.period.earlier().months, *each.period.months)]
        said.add(coverage(each.monthly[each.monthly["month"].isin(asked)]))
    return said.pop() if len(said) == 1 else ""


def _why_none(changes: list[Change], tested: int) -> str:
    if not changes:
        return "no measure was given"
    if tested:
        return ""
    reasons = dict.fromkeys(change.reason for change in changes if change.reason)
    return "; ".join(reasons) or "nothing was recorded in either year"
