"""Key dates, what they had and what ordinary days would have had."""

from math import isinf

import pandas as pd

from cspnb import numerals
from cspnb.analysis.judged_dates import NOT_JUDGED
from cspnb.analysis.key_dates import KeyDates
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import dates as told
from cspnb.narrative.wording import caveats

_NUMERIC = ("Years", "Days", "Events", "Expected", "Ratio")
_COLUMNS = ("Date", *_NUMERIC, "95% interval", "More or fewer?", "Next")


def key_dates(result: KeyDates) -> Exhibit:
    """A row a date, all its years together, and when it comes next."""
    if result.reason:
        return told.key_dates(result)
    following = {
        row["name"]: told.days(row["first"], row["last"])
        for row in result.ahead.iloc[::-1].to_dict("records")
    }
    rows = tuple(_row(row, following) for row in result.dates.to_dict("records"))
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(_COLUMNS, rows, frozenset(_NUMERIC)),
        alternative=f"Table of {len(rows)} key dates: {told.headline(result)}.",
        data=_data(result, following),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=told.notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(row: dict, following: dict[str, str]) -> tuple[str, ...]:
    is_judged = row["verdict"] != NOT_JUDGED
    said = f"{row['verdict']} (q{numerals.p_value(row['q_value'])[1:]})"
    return (
        row["name"],
        numerals.count(row["times"]),
        numerals.count(row["days"]),
        numerals.count(row["events"]),
        numerals.DASH if pd.isna(row["expected"]) else numerals.rate(row["expected"], 1),
        numerals.rate(row["ratio"], 2) if is_judged else numerals.DASH,
        _interval(row) if is_judged else numerals.DASH,
        said if is_judged else f"{NOT_JUDGED}: {row['reason']}",
        following.get(row["name"], numerals.DASH),
    )


def _interval(row: dict) -> str:
    lower, upper = (numerals.rate(row[end], 2) for end in ("lower", "upper"))
    return f"{lower} or more" if isinf(row["upper"]) else f"{lower} to {upper}"


def _data(result: KeyDates, following: dict[str, str]) -> pd.DataFrame:
    table = result.dates
    names = {
        "name": "Date", "kind": "Kind", "times": "Years", "days": "Days", "events": "Events",
        "expected": "Expected", "ratio": "Ratio", "lower": "Lower", "upper": "Upper",
        "p_value": "p value", "q_value": "q value", "verdict": "Verdict", "reason": "Why not",
    }  # fmt: skip
    return table[list(names)].rename(columns=names).assign(Next=table["name"].map(following))
