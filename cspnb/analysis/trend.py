"""Is it changing? Yearly totals over several years, and the latest change."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import Change
from cspnb.measures.definition import Measure
from cspnb.periods import Period


@dataclass(frozen=True)
class Trend:
    """Totals of one measure in one area over the same months of several years.

    `years` has one row a year, oldest first: `period` (text, as `str(Period)`), `label` (text),
    `count` (Int64, null where nothing is held), `complete` (bool), `sound_months` (int),
    `reason` (text), `source` (text).
    """

    measure: Measure
    area: str
    period: Period
    years: pd.DataFrame
    change: Change
    caveats: tuple[str, ...] = ()
    missing: str = ""
