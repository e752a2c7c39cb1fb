"""The same victim, place or offender again: how often, how many, and how soon."""

import numpy as np
import pandas as pd

from cspnb.measures.months import SOUND, runs
from cspnb.measures.suppression import LARGEST_SMALL
from cspnb.periods import Month

ONCE, TWICE, MORE = "1", "2", "3 or more"
TWICE_OR_MORE = "2 or more"


def occasions(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The days on which each key is recorded: `key`, `day`, each pair once, in order.

    table: rows of events. Records of one key on one day are one occasion: an incident is often
    recorded as several offences. Those without a key are left out.
    """
    known = table.dropna(subset=[key, "from_at"])
    days = pd.DataFrame({"key": known[key], "day": known["from_at"].dt.normalize()})
    return days.drop_duplicates().sort_values(["key", "day"]).reset_index(drop=True)


def by_number(days: pd.DataFrame) -> pd.DataFrame:
    """How many keys have one occasion, two, three or more, and how many occasions those are.

    days: as `occasions` gives them. Returns `number`, `keys`, `occasions` and the share of all of
    each, `keys_share` and `occasions_share`, fractions that add up to one. Where either of the
    last two rows is of one to four keys, they are one row: few enough might be known to a reader.
    """
    per_key = days["key"].value_counts()
    numbers = [ONCE, TWICE, MORE]
    band = per_key.map(lambda number: numbers[min(number, 3) - 1]).astype("str")
    if band[band != ONCE].value_counts().between(1, LARGEST_SMALL).any():
        band, numbers = band.where(band == ONCE, TWICE_OR_MORE), [ONCE, TWICE_OR_MORE]
    grouped = per_key.groupby(band).agg(["size", "sum"]).reindex(numbers, fill_value=0)
    table = grouped.set_axis(["keys", "occasions"], axis="columns").rename_axis("number")
    for column in ("keys", "occasions"):
        table[f"{column}_share"] = table[column] / max(int(table[column].sum()), 1)
    return table.reset_index()


def days_to_next(days: pd.DataFrame, months: pd.DataFrame, window: int) -> pd.Series:
    """Days from each key's first occasion to its next, of those that can be followed long enough.

    A first occasion is followed where every month is sound from its own to the one in which the
    `window` of days ends; the others are left out, whether they have a next or not, for a short
    look finds too few. months: `month`, `status`. A next after the window is null.
    """
    first = days.groupby("key")["day"].nth(0)
    following = days.groupby("key")["day"].nth(1)
    pairs = pd.DataFrame(
        {
            "first": first.set_axis(days.loc[first.index, "key"]),
            "next": following.set_axis(days.loc[following.index, "key"]),
        }
    )
    until = pairs["first"].dt.strftime("%Y-%m").map(_ends_of_runs(months))
    followed = pairs[pairs["first"] + pd.Timedelta(days=window) <= until]
    gap = (followed["next"] - followed["first"]).dt.days
    return gap.where(gap <= window)


def cumulative(gaps: pd.Series, window: int) -> pd.DataFrame:
    """The share of those followed that had another occasion within each number of days.

    gaps: as `days_to_next` gives them. Returns `days` (0 to window), `repeated`, `share`.
    """
    days = np.arange(window + 1)
    repeated = np.searchsorted(np.sort(gaps.dropna().to_numpy()), days, side="right")
    return pd.DataFrame({"days": days, "repeated": repeated, "share": repeated / max(len(gaps), 1)})


def _ends_of_runs(months: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """The last day of the run of sound months that each sound month is in."""
    sound = months.loc[months["status"] == SOUND, "month"]
    return {
        str(month): pd.Timestamp(f"{run.end + 1}-01") - pd.Timedelta(days=1)
        for run in runs(Month.parse(month) for month in sound)
        for month in run.months
    }
