"""The dates of the register that a figure's months cross, told in full view beside it."""

from collections.abc import Iterable

from cspnb.analysis.trend import Trend
from cspnb.measures.change import Change
from cspnb.measures.definition import Break, Measure
from cspnb.narrative.wording import lowered, sentence, unique
from cspnb.periods import Period


def crossed(measure: Measure, span: Period) -> tuple[Break, ...]:
    """The measure's breaks that a span of months crosses, earliest first."""
    found = (each for each in measure.breaks if each.is_crossed_by(span))
    return tuple(sorted(found, key=lambda each: each.start))


def span_of(change: Change) -> Period:
    """From the first month of the period before to the last of the period now."""
    return Period(change.before.period.start, change.now.period.end)


def of_changes(changes: Iterable[Change | None]) -> tuple[str, ...]:
    """A sentence for each break that lies between the two periods of a change, or within them."""
    return _told((each.measure, span_of(each)) for each in changes if each is not None)


def out_of_the_ordinary(change: Change) -> str:
    """How a passing break sets the two periods apart: 'against months out of the ordinary'.

    It does where it covers other calendar months of the one than of the other; '' where it
    covers none, or the same of both.
    """
    sides = {
        _more_covered(each, change) for each in change.measure.breaks if each.until is not None
    } - {""}
    if len(sides) > 1:
        return "with different months out of the ordinary on either side"
    return sides.pop() if sides else ""


def _more_covered(each: Break, change: Change) -> str:
    now, before = (
        {month.number for month in whole.period.months if each.start <= month <= each.until}
        for whole in (change.now, change.before)
    )
    if now == before:
        return ""
    before_more = len(before) > len(now)
    return f"{'against' if before_more else 'in'} months out of the ordinary"


def of_trends(trends: Iterable[Trend]) -> tuple[str, ...]:
    """A sentence for each break within the years of a trend."""
    return _told((each.measure, span_of_trend(each)) for each in trends)


def span_of_trend(trend: Trend) -> Period:
    """From the first month of the first year to the last of the period."""
    if trend.years.empty:
        return trend.period
    first = Period.parse(trend.years["period"].iloc[0])
    return Period(first.start, trend.period.end)


def of_period(measure: Measure, period: Period) -> tuple[str, ...]:
    """A sentence for each break within one period."""
    return _told([(measure, period)])


def _told(pairs: Iterable[tuple[Measure, Period]]) -> tuple[str, ...]:
    breaks = {each: None for measure, span in pairs for each in crossed(measure, span)}
    return unique(map(_sentence, sorted(breaks, key=lambda each: each.start)))


def _sentence(each: Break) -> str:
    if each.until is None:
        return sentence(f"From {each.start.label} {lowered(each.text)}")
    return sentence(f"{Period(each.start, each.until).label}: {lowered(each.text)}")
