"""Has it changed of late? The spans that end with the period, each against a year before."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.change import NOT_COMPARED, Change, change_between
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.months import SOUND, coverage
from cspnb.measures.totals import named_once
from cspnb.periods import Month, Period

LAST_12_MONTHS = "last 12 months"
YEAR_TO_DATE = "year to date"
LATEST_QUARTER = "latest quarter"
LATEST_MONTH = "latest month"

_METHOD = (
    "Each span is compared with the same months a year before{tests}. The rolling line adds up "
    "twelve months at each month: that takes out the season, and neighbours share eleven months."
)


@dataclass(frozen=True)
class Span:
    """A span of months with its change on a year before; `names` are all that it is known by."""

    names: tuple[str, ...]
    change: Change

    @property
    def period(self) -> Period:
        """The months of the span itself."""
        return self.change.now.period


@dataclass(frozen=True)
class Recent:
    """Changes of one measure in one area over the spans that end with a period, longest first.

    A quarter is the latest financial one that is over. `rolling` has one row a month, oldest
    first: `month` (YYYY-MM), `count` (Int64: the twelve months to its end; null where one is not
    sound), `complete` (bool). It is of the counts' own source alone. `reason` says why no span at
    all can be compared.
    """

    measure: Measure
    area: str
    period: Period
    spans: tuple[Span, ...]
    rolling: pd.DataFrame
    method: str
    source: str
    coverage: str
    reason: str = ""
    caveats: tuple[str, ...] = ()
    missing: str = ""

    @property
    def as_at(self) -> Month:
        """The month up to which all is told: the last of the period."""
        return self.period.end

    def span(self, name: str) -> Span | None:
        """The span known by a name; None where there is none."""
        return next((span for span in self.spans if name in span.names), None)


def recent(counts: Counts) -> Recent:
    """The latest month, quarter, year to date and twelve months, each against a year before.

    Spans of the same months are told once, under both names: at the end of March the year to
    date is the last twelve months. The test is that of `measures.change`, at its level.
    """
    spans = tuple(
        Span(tuple(names), change_between(counts, period, period.earlier()))
        for period, names in _spans_to(counts.period.end).items()
    )
    compared = [span for span in spans if span.change.verdict != NOT_COMPARED]
    return Recent(
        measure=counts.measure,
        area=counts.area,
        period=counts.period,
        spans=spans,
        rolling=_rolling(counts.monthly),
        method=_METHOD.format(tests=_tests(spans)),
        source=named_once(span.change.source for span in spans),
        coverage=coverage(counts.monthly) if len(counts.monthly) else "",
        reason="" if compared else counts.missing or spans[0].change.reason,
        caveats=counts.caveats,
        missing=counts.missing,
    )


def _spans_to(end: Month) -> dict[Period, list[str]]:
    """The spans that end with a month, longest first, each with its names."""
    quarter_end = end - end.number % 3
    named = (
        (LAST_12_MONTHS, Period(end - 11, end)),
        (YEAR_TO_DATE, Period(end.financial_year.start, end)),
        (LATEST_QUARTER, Period(quarter_end - 2, quarter_end)),
        (LATEST_MONTH, Period(end, end)),
    )
    spans: dict[Period, list[str]] = {}
    for name, period in sorted(named, key=lambda each: -len(each[1])):
        spans.setdefault(period, []).append(name)
    return spans


def _tests(spans: tuple[Span, ...]) -> str:
    """The test of each span that has one; spans of one test together."""
    by_test: dict[str, list[str]] = {}
    for span in spans:
        if span.change.is_tested:
            by_test.setdefault(span.change.method, []).extend(span.names)
    told = "; ".join(f"{', '.join(names)}: {test}" for test, names in by_test.items())
    return f" ({told})" if told else ""


def _rolling(monthly: pd.DataFrame) -> pd.DataFrame:
    sound = monthly["count"].where(monthly["status"] == SOUND).astype(float)
    totals = sound.rolling(12, min_periods=12).sum().iloc[11:]
    return pd.DataFrame(
        {
            "month": monthly["month"].iloc[11:].astype("str"),
            "count": totals.round().astype("Int64"),
            "complete": totals.notna(),
        }
    ).reset_index(drop=True)
