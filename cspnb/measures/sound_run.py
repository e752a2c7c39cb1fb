"""The months in a row that a season or a forecast can be worked from."""

import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.months import SOUND, runs
from cspnb.periods import Month, Period


def sound_run(counts: Counts) -> pd.DataFrame:
    """The sound months without a gap that end at the latest sound one, oldest first.

    Returns `month` (YYYY-MM), `count` (float) and `source` (text) on a fresh index; empty where no
    month is sound. A month that is not sound is never filled in: what lies before it is left out.
    """
    sound = counts.monthly[counts.monthly["status"] == SOUND]
    stretches = runs(Month.parse(month) for month in sound["month"])
    length = len(stretches[-1]) if stretches else 0
    latest = sound.tail(length)[["month", "count", "source"]].reset_index(drop=True)
    return latest.assign(count=latest["count"].astype(float))


def below_zero(months: pd.DataFrame) -> str:
    """Which of some months are below zero, as a reason not to judge them; '' where none is."""
    below = [Month.parse(month).label for month in months.loc[months["count"] < 0, "month"]]
    if not below:
        return ""
    first = below[0] if len(below) == 1 else f"{below[0]} (and {len(below) - 1} more)"
    return f"{first} is below zero, as more offences were cancelled than recorded"


def span_of(months: pd.DataFrame) -> Period | None:
    """From the first to the last of some months, as `sound_run` gives them; None for none."""
    if months.empty:
        return None
    return Period(Month.parse(months["month"].iloc[0]), Month.parse(months["month"].iloc[-1]))
