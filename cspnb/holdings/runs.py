"""Neighbouring months in the same state, told as one run with one reason."""

import re

import pandas as pd

from cspnb.periods import Month

COLUMNS = ["force", "district", "from", "to", "status", "types", "records", "reason"]

MANY = 4
"""So many districts in the same state are told together."""

_SAME = ["status", "types"]

_FIGURE = re.compile(r"\d[\d,]*")


def known(counts: pd.Series):
    """A sum; null where nothing is known: absent is not none."""
    return counts.sum(min_count=1)


def in_runs(months: pd.DataFrame) -> pd.DataFrame:
    """Neighbouring months of the same status, types and kind of reason as one row, in order.

    months: `COLUMNS` of one district, a row a month and status. A reason that all months of a run
    share but for the month's name is told of the run, any other as that of its first month.
    """
    told = [_general(*each) for each in zip(months["reason"], months["from"], strict=True)]
    kinds = [_FIGURE.sub("#", reason) for reason in told]
    rows = months.assign(told=told, kind=kinds).sort_values([*_SAME, "kind", "from"])
    same = [*_SAME, "kind"]
    serial = pd.Series([Month.parse(each) - Month(2000, 1) for each in rows["from"]], dtype="int64")
    apart = serial.set_axis(rows.index).diff() != 1
    breaks = apart | (rows[same] != rows[same].shift()).any(axis=1)
    runs = [_one(run) for _, run in rows.groupby(breaks.cumsum().to_numpy())]
    return pd.DataFrame(runs, columns=COLUMNS).sort_values(["from", "status"], kind="stable")


def _one(run):
    first = run.iloc[0]
    return {name: first[name] for name in COLUMNS} | {
        "to": run["to"].iloc[-1],
        "records": known(run["records"]),
        "reason": _reason(run),
    }


def _reason(run):
    first = run["reason"].iloc[0]
    if len(run) == 1 or not first:
        return first
    return run["told"].iloc[0] if run["told"].nunique() == 1 else f"first: {first}"


def _general(reason, month):
    """A reason without its month."""
    return reason.replace(Month.parse(month).label, "these months")


def shared_once(runs: pd.DataFrame, districts: int) -> pd.DataFrame:
    """A run that many of a force's districts share as one row, then the rest."""
    same = ["force", "from", "to", *_SAME]
    together = runs.groupby(same, as_index=False).agg(
        sharing=("district", "nunique"),
        first=("district", "first"),
        records=("records", known),
        reasons=("reason", "nunique"),
        reason=("reason", "first"),
    )
    shared = together[together["sharing"] >= MANY]
    rest = runs.merge(shared[same], on=same, how="left", indicator=True, validate="m:1")
    rest = rest[rest["_merge"] == "left_only"]
    number = shared["sharing"].astype(str)
    reason = shared["reason"].where(
        shared["reasons"] == 1, shared["first"] + ": " + shared["reason"]
    )
    shared = shared.assign(district=number + f" of {districts} districts", reason=reason)
    return pd.concat([shared[COLUMNS], rest[COLUMNS].sort_values(["from", "district"])])
