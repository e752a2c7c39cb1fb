"""Is it changing? Yearly totals over several years, and the latest change."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import Change, change_between
from cspnb.measures.counts import Counts, Total, total
from cspnb.measures.definition import Measure
from cspnb.periods import Period


@dataclass(frozen=True)
class Trend:
    """Totals of one measure in one area over the same months of several years.

    `years` has one row a year, oldest first: `period` (text, as `str(Period)`), `label` (text),
    `count` (Int64, null where nothing is held), `complete` (bool), `sound_months` (int),
    `reason` (text), `source` (text), `origin` (the source as params name it).
    """

    measure: Measure
    area: str
    period: Period
    years: pd.DataFrame
    change: Change
    caveats: tuple[str, ...] = ()
    missing: str = ""


def trend(counts: Counts, *, years: int = 6) -> Trend:
    """One measure's totals over the same months of so many years, and the latest change.

    A year that is not whole keeps its place, with its reason; a break in the series is seen, not
    bridged.
    """
    totals = [total(counts, period) for period in counts.period.years_to(years)]
    return Trend(
        measure=counts.measure,
        area=counts.area,
        period=counts.period,
        years=_years(totals),
        change=change_between(counts, counts.period, counts.period.earlier()),
        caveats=counts.caveats,
        missing=counts.missing,
    )


def trends(several: Iterable[Counts], *, years: int = 6) -> tuple[Trend, ...]:
    """The trend of each of several measures, in the order given."""
    return tuple(trend(counts, years=years) for counts in several)


def _years(totals: list[Total]) -> pd.DataFrame:
    rows = [
        {
            "period": str(whole.period),
            "label": whole.period.label,
            "count": whole.count,
            "complete": whole.complete,
            "sound_months": whole.sound_months,
            "reason": whole.reason,
            "source": "; ".join(whole.sources),
            "origin": whole.origin,
        }
        for whole in totals
    ]
    return pd.DataFrame(rows).astype({"count": "Int64", "complete": bool, "sound_months": int})
