"""Which key dates bring more or fewer: each tested beside ordinary days, all as one family."""

import pandas as pd

from cspnb.measures.multiplicity import false_discovery_q
from cspnb.measures.ordinary_days import DayRatio, Expected, day_ratio, pooled

MORE = "more"
FEWER = "fewer"
NO_CLEAR_DIFFERENCE = "no clear difference"
NOT_JUDGED = "not judged"


def judged(dates: pd.DataFrame, found: dict, spread: float, alpha: float) -> pd.DataFrame:
    """`KeyDates.dates`: a row a name, its years together, with its test and its verdict.

    dates: those of the span, a row a year (`Calendar.dates`); found: what each had and would have
    had, by its place in them; None or absent where not known. spread: as `day_ratio` takes it.
    """
    rows = []
    for name, of_name in dates.groupby("name", sort=False):
        parts = [found[place] for place in of_name.index if found.get(place)]
        days = (of_name["last"] - of_name["first"]).dt.days + 1
        known = [place for place in of_name.index if found.get(place)]
        both = pooled(parts) if parts else None
        ratio = day_ratio(both, spread) if both else None
        rows.append(
            {"name": name, "kind": of_name["kind"].iloc[0], "times": len(parts)}
            | {"days": int(days[known].sum())}
            | _numbers(both, ratio)
        )
    table = pd.DataFrame(rows, columns=_COLUMNS).astype(_TYPES)
    tested = table["p_value"].notna()
    table.loc[tested, "q_value"] = false_discovery_q(list(table.loc[tested, "p_value"]))
    table["verdict"] = [_verdict(row, alpha) for row in table.to_dict("records")]
    return table


_TYPES = {
    "name": "str", "kind": "str", "times": "int64", "days": "int64", "events": "Int64",
    "expected": "float64", "ratio": "float64", "lower": "float64", "upper": "float64",
    "p_value": "float64", "q_value": "float64", "verdict": "str", "reason": "str",
}  # fmt: skip
_COLUMNS = list(_TYPES)


def _numbers(days: Expected | None, ratio: DayRatio | None) -> dict:
    if days is None:
        why = "not held, or without ordinary days to compare with"
        return {"events": None, "expected": None, "verdict": "", "reason": why}
    counted = {"events": days.events, "expected": days.expected, "verdict": ""}
    if ratio is None:
        return counted | {"reason": "too few events to tell from chance"}
    limits = {"ratio": ratio.value, "lower": ratio.lower, "upper": ratio.upper}
    return counted | limits | {"p_value": ratio.p_value, "reason": ""}


def _verdict(row: dict, alpha: float) -> str:
    if pd.isna(row["q_value"]):
        return NOT_JUDGED
    if row["q_value"] > alpha:
        return NO_CLEAR_DIFFERENCE
    return MORE if row["events"] > row["expected"] else FEWER
