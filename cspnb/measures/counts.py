"""Counts of one measure in one area, and their totals over whole periods."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

SOUND = "sound"
ABSENT = "absent"
ABNORMAL = "abnormal"


@dataclass(frozen=True)
class Counts:
    """A measure's counts in one area, with all that a reader needs to judge them.

    `monthly` has one row a month, without gaps, from the first month that was asked for to the
    last of `period`: `month` (YYYY-MM text), `count` (Int64, null where absent), `status` (sound,
    absent or abnormal), `reason` (text, empty when sound), `source` (text).
    `stated` has figures supplied for longer periods: `start`, `end` (YYYY-MM), `value` (float),
    `source`.
    `caveats` are sentences; `missing` says why the measure cannot be had at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    monthly: pd.DataFrame
    stated: pd.DataFrame
    caveats: tuple[str, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Levels:
    """A measure that is a percentage, by period: satisfaction, a survey's answer.

    `table` has one row a period: `start`, `end` (YYYY-MM), `value` (per cent), `base`
    (respondents, null where not given), `source`.
    """

    measure: Measure
    area: str
    period: Period
    table: pd.DataFrame
    missing: str = ""


@dataclass(frozen=True)
class Total:
    """The sum over a period: whole only where every month is sound, or the figure was supplied.

    `count` holds the sum of the months that are there, whole or not; None where none is.
    `reason` says what is missing: 'April to November 2019 absent; March 2020 abnormal'.
    """

    period: Period
    count: int | None
    complete: bool
    sound_months: int
    reason: str = ""
    sources: tuple[str, ...] = ()
