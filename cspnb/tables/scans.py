"""Many changes as one table: the clear first, then by how far each is from chance."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.scan import Scan
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE
from cspnb.measures.small_areas import NOT_SHOWN
from cspnb.narrative import scans

_SHAPES = {CLEAR_RISE: "▲ clear rise", CLEAR_FALL: "● clear fall"}
_MOST_ROWS = 30


def scan(result: Scan) -> Exhibit:
    """A row a change, with its verdict alone and after control; the data has every one."""
    if result.period is None:
        return scans.scan(result)
    shown = result.findings.head(max(_MOST_ROWS, len(result.clear)))
    rows = tuple(_row(row, result) for row in shown.to_dict("records"))
    numeric = (result.before.label, result.period.label, "Difference", "Change", "q-value")
    columns = ("What", *numeric, "Among all", "By itself")
    return Exhibit(
        kind="table",
        title=scans.headline(result),
        subtitle=scans.subtitle(result),
        body=Grid(columns, rows, frozenset(numeric)),
        alternative=f"Table of {len(rows)} changes: {scans.headline(result)}.",
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*_left_out(result, len(rows)), *scans.notes(result)),
        caveats=scans.cautions(result),
        facts=scans.facts(result),
    )


def _row(row: dict, result: Scan) -> tuple[str, ...]:
    verdict = _SHAPES.get(row["verdict"], row["verdict"])
    return (
        scans.named(row, result),
        *_counts(row),
        numerals.percent_change(row["change_pct"]),
        _q_value(row["q_value"]),
        f"{verdict}: {row['reason']}" if row["reason"] else verdict,
        row["alone"],
    )


def _counts(row: dict) -> tuple[str, str, str]:
    if row["reason"] == NOT_SHOWN:
        return (numerals.HIDDEN,) * 3
    before, now = numerals.count(row["before"]), numerals.count(row["now"])
    return before, now, numerals.difference(row["difference"])


def _q_value(value) -> str:
    if numerals.is_missing(value):
        return numerals.DASH
    return numerals.p_value(value).removeprefix("p ").removeprefix("= ")


def _left_out(result: Scan, shown: int) -> tuple[str, ...]:
    more = len(result.findings) - shown
    if not more:
        return ()
    are = "change is" if more == 1 else "changes are"
    return (f"{numerals.count(more)} further {are} in the data, none of them clear.",)


def _data(result: Scan) -> pd.DataFrame:
    names = {
        "label": "Measure",
        "area": "Area",
        "before": result.before.label,
        "now": result.period.label,
        "difference": "Difference",
        "change_pct": "Change (%)",
        "p_value": "p value",
        "q_value": "q value",
        "verdict": "Verdict among all",
        "alone": "Verdict by itself",
        "reason": "Why not tested",
    }
    return result.findings[list(names)].rename(columns=names)
