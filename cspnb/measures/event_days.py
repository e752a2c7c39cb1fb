"""The days of events: which are known, and which days a span has."""

import pandas as pd

from cspnb.measures.months import SOUND
from cspnb.periods import Month

_A_DAY = pd.Timedelta(days=1)


def has_known_day(table: pd.DataFrame) -> pd.Series:
    """Whether an event lies on one day or on two that adjoin, as one in the night does.

    table: rows of events. Its day is then the first, that of `from_at`.
    """
    return table["to_at"].dt.normalize() - table["from_at"].dt.normalize() <= _A_DAY


def sound_days(months: pd.DataFrame) -> pd.DatetimeIndex:
    """Every day of the months that are sound. months: `month` (YYYY-MM) and `status`."""
    days = [
        pd.date_range(f"{month}-01", f"{Month.parse(month) + 1}-01", inclusive="left")
        for month in months.loc[months["status"] == SOUND, "month"]
    ]
    return pd.DatetimeIndex([day for each in days for day in each])
