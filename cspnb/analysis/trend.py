"""Is it changing? Yearly totals over several years, and the latest change."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import Change, change_between
from cspnb.measures.counts import Counts, Total, total
from cspnb.measures.definition import Measure
from cspnb.measures.totals import coverage, named_once
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

    @property
    def method(self) -> str:
        """How the latest change was tested; '' where it needed or allowed no test."""
        return self.change.method if self.change.is_tested else ""

    @property
    def source(self) -> str:
        """Who gave the totals, for readers."""
        compared = "" if self.change.reason else self.change.source
        return named_once([*self.years["source"], compared])

    @property
    def coverage(self) -> str:
        """Which years are whole, and what is missing from the others."""
        return coverage([_total(row) for row in self.years.to_dict("records")])

    @property
    def reason(self) -> str:
        """Why the latest change cannot be judged; '' where it is."""
        return self.missing or self.change.reason


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


def _total(row: dict) -> Total:
    count = None if pd.isna(row["count"]) else int(row["count"])
    known = bool(row["complete"]), int(row["sound_months"]), row["reason"] or "no reason is held"
    return Total(Period.parse(row["period"]), count, *known)
