"""When offences happened that are known to lie between two times: spread over the hours between.

Source: Ratcliffe and McCullagh, Aoristic crime analysis, International Journal of Geographical
Information Science 12(7), 1998; Ratcliffe, Journal of Quantitative Criminology 18(1), 2002.
"""

import numpy as np
import pandas as pd

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS_OF_WEEK = 24 * len(DAYS)
LIMIT = 24
"""Hours. An offence that may lie anywhere in more than a day says nothing of the hour."""

_HOUR = np.timedelta64(3600, "s")


def hours_of_week(from_at: pd.Series, to_at: pd.Series) -> np.ndarray:
    """The expected number of events in each of the 168 hours of the week, Monday 00:00 first.

    from_at, to_at: local times, none missing, none ending before it begins. An event at one
    moment counts wholly in the hour it lies in; one between two times counts in each hour by the
    share of the time between that lies in it, so that each adds up to one. Time is that of the
    clocks: an hour that they repeat in October is one, and one that they leave out in March is
    there. Raises ValueError for an end before its beginning.
    """
    begins, ends = (at.to_numpy("datetime64[s]") for at in (from_at, to_at))
    if (ends < begins).any():
        raise ValueError("an event ends before it begins")
    expected = np.zeros(HOURS_OF_WEEK)
    first = begins.astype("datetime64[h]").astype("datetime64[s]")
    span = (ends - begins) / _HOUR
    for later in range(int(span.max(initial=0)) + 2):
        hour = first + later * _HOUR
        inside = np.minimum(ends, hour + _HOUR) - np.maximum(begins, hour)
        overlap = np.maximum(inside / _HOUR, 0)
        share = np.divide(overlap, span, out=np.full(len(span), float(later == 0)), where=span > 0)
        np.add.at(expected, _hour_of_week(hour), share)
    return expected


def by_day_and_hour(expected: np.ndarray) -> pd.DataFrame:
    """The 168 hours as a table: a row a day, Monday first, and a column an hour, 0 to 23."""
    table = pd.DataFrame(expected.reshape(len(DAYS), 24), index=pd.Index(DAYS, name="day"))
    return table.rename_axis(columns="hour")


def _hour_of_week(moments):
    hours = moments.astype("datetime64[h]").astype("int64")
    return (hours + 3 * 24) % HOURS_OF_WEEK  # 1 January 1970 was a Thursday
