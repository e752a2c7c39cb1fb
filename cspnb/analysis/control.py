"""Is it a trend or noise? Months or weeks against control limits, by named rules."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cspnb.analysis.control_judged import Judged, judged, of_one_level
from cspnb.analysis.control_level import LevelShift
from cspnb.analysis.control_method import method_of
from cspnb.analysis.control_points import points_of, span_of
from cspnb.analysis.control_segments import (
    SEGMENT_COLUMNS,
    Segment,
    segments_of,
)
from cspnb.errors import CspnbError
from cspnb.measures.control import CHARTS, LANEY_U, XMR, C, U
from cspnb.measures.control_rules import MAKING_DATA_COUNT, RULES
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, coverage
from cspnb.measures.weeks import Weeks
from cspnb.periods import Period

_SHOWN = [
    *("label", "starts", "count", "denominator", "value", "centre", "lower", "upper", "segment"),
    *("signal", "last_year", "status", "reason", "holiday"),
]


@dataclass(frozen=True)
class Control:
    """A measure's months or weeks in one area, their limits, and the signals among them.

    `points` is 'months' or 'weeks'; `per` is what a value is per ('1,000 residents'), or empty
    where it is a count. `table` has one row a point: `label` (YYYY-MM or YYYY-Www), `starts`
    (YYYY-MM-DD), `count` (Int64), `denominator` (thousands, or 1), `value`, `centre`, `lower`,
    `upper` (float; NaN where not sound or not judged), `segment` (int), `signal` (text, empty for
    none), `last_year` (the value a year before), `status`, `reason`, `holiday` (bool).
    `segments`: `segment`, `start`, `end` (labels), `sound` (points), `centre`, `reason` (why it
    has no limits, else empty). `signals`: `signal`, `side` (high, low or empty), `start`, `end`
    (labels), `number` (points marked), `segment`; the latest to end comes last.
    `shift` says that the level has shifted within the last stretch, and from when the latest
    points are judged by themselves; None where one mean describes it.
    `reason` says why nothing at all can be judged, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    chart: str
    points: str
    per: str
    table: pd.DataFrame
    segments: pd.DataFrame
    signals: pd.DataFrame
    method: str
    source: str
    coverage: str
    reason: str = ""
    caveats: tuple[str, ...] = ()
    shift: LevelShift | None = None

    @property
    def latest(self) -> dict | None:
        """The row of the last sound point; None where there is none."""
        sound = self.table[self.table["value"].notna()]
        return sound.iloc[-1].to_dict() if len(sound) else None

    @property
    def latest_signal(self) -> dict | None:
        """The row of the signal that ends last; None where there is none."""
        return self.signals.iloc[-1].to_dict() if len(self.signals) else None

    @property
    def is_signalled(self) -> bool:
        """Whether the last sound point is part of a signal."""
        return self.latest_signal is not None and self.latest_signal["end"] == self.latest["label"]


def control(
    recorded: Counts | Weeks,
    *,
    chart: str = XMR,
    rules: str = MAKING_DATA_COUNT,
    population: float | Mapping[str, float] | None = None,
    screened: bool = False,
    latest: int | None = None,
) -> Control:
    """The points of one measure against the limits that their own spread sets.

    chart: 'xmr', which is recommended, as recorded crime varies more than chance; 'c', 'u' or
    "laney u'". rules: 'making data count', 'western electric' or 'nelson'. population: residents
    or households, one number or by month; 'u' needs it, and with it values are per 1,000.
    screened: XmR limits without the widest moving ranges. latest: the last so many points alone;
    where it is not given and the level has shifted (`control_level`), limits start anew for the
    latest 36 months, 24, or 52 weeks, if those are on one level.
    A stretch of fewer than 12 sound points, or of under five records a point, has no limits.
    Raises CspnbError for a chart or rules that have another name.
    """
    _check(chart, rules, population)
    points = points_of(recorded, population)
    points = points if latest is None else points.tail(latest).reset_index(drop=True)
    of_time = "weeks" if isinstance(recorded, Weeks) else "months"

    def judge(points: pd.DataFrame) -> Judged:
        asked = {"of_time": of_time, "screened": screened}
        segments = segments_of(points, chart, recorded.measure.unit, **asked)
        return judged(points, segments, RULES[rules])

    (segments, table, found), shift = of_one_level(points, judge, of_time, whole=latest is None)
    return Control(
        measure=recorded.measure,
        area=recorded.area,
        period=recorded.period,
        span=span_of(points, recorded.period),
        chart=chart,
        points=of_time,
        per="" if population is None else f"1,000 {_denominator(recorded.measure)}",
        table=table[_SHOWN],
        segments=pd.DataFrame([each.summary() for each in segments], columns=SEGMENT_COLUMNS),
        signals=found,
        method=method_of(chart, rules, of_time, screened=screened),
        source=_source(recorded),
        coverage=coverage(_months(recorded)),
        reason=_why_not(recorded, chart, population, segments),
        caveats=recorded.caveats,
        shift=shift,
    )


def _check(chart: str, rules: str, population) -> None:
    for what, asked, known in (("chart", chart, CHARTS), ("set of rules", rules, RULES)):
        if asked not in known:
            raise CspnbError(
                f"there is no {what} '{asked}'", remedy=f"Choose one of: {', '.join(known)}."
            )
    if chart == C and population is not None:
        raise CspnbError(
            "a c chart is of counts, and takes no population",
            remedy="Ask for a u chart, or leave the population out.",
        )


def _why_not(recorded: Counts | Weeks, chart: str, population, segments: list[Segment]) -> str:
    """Why nothing is judged; '' where any of it is."""
    if recorded.missing:
        return recorded.missing
    if chart in (U, LANEY_U) and population is None:
        return f"no number of {_denominator(recorded.measure)} was given to divide by"
    if not segments:
        return "no sound month is held"
    if not all(each.reason for each in segments):
        return ""
    if len(segments) == 1:
        return segments[0].reason
    return "no stretch between two dates at which figures changed their meaning is long enough"


def _denominator(measure: Measure) -> str:
    return measure.denominator if measure.denominator != "none" else "residents"


def _months(recorded: Counts | Weeks) -> pd.DataFrame:
    return recorded.months if isinstance(recorded, Weeks) else recorded.monthly


def _source(recorded: Counts | Weeks) -> str:
    if isinstance(recorded, Weeks):
        return recorded.source
    held = recorded.monthly.loc[recorded.monthly["status"].ne(ABSENT), "source"]
    return "; ".join(source for source in held.dropna().unique() if source)
