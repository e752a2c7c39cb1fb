"""The stretches of hours and days that stand out, in words: how busy, and beside what."""

from cspnb import numerals
from cspnb.analysis.timing import Timing
from cspnb.measures.aoristic import DAYS
from cspnb.measures.peaks import Peak
from cspnb.narrative.wording import sentence

CHOSEN = (
    "The busiest of all is bound to look busy, so it was set beside the busiest that chance alone "
    "makes of even hours and days, wherever that falls; only what is busier still is told."
)
NONE_STANDS_OUT = (
    "No hours of the day, no day and no hours of the week stand out by more than chance would "
    "bring about."
)


def told(result: Timing) -> str:
    """Each stretch that stands out, with its share and what evenness would have; or none."""
    clear = [
        said(result)
        for found, said in (
            (result.busiest_hours, _of_hours),
            (result.busiest_day, _of_days),
            (result.busiest_time, _of_times),
        )
        if result.stands_out(found)
    ]
    return " ".join([*clear, CHOSEN]) if clear else NONE_STANDS_OUT


def hours(found: Peak, joiner: str) -> str:
    """'23:00 to 02:00': the hours of a stretch, with what joins them."""
    first = found.first % 24
    return f"{first:02d}:00{joiner}{(first + found.cells) % 24:02d}:00"


def day(found: Peak) -> str:
    """The day of the week on which a stretch begins, where its cells are days."""
    return DAYS[found.first]


def percent(share: float) -> str:
    """A share, a fraction of one, as a percentage."""
    return numerals.level(100 * share)


def _of_hours(result: Timing) -> str:
    found = result.busiest_hours
    return sentence(
        f"The busiest three hours of the day are {hours(found, ' to ')}, with "
        f"{percent(found.share)} of them, where even hours would have {percent(found.even)} "
        f"({numerals.p_value(found.p_value)})"
    )


def _of_days(result: Timing) -> str:
    found = result.busiest_day
    return sentence(
        f"The busiest day is {day(found)}, with {percent(found.share)}, where even days would "
        f"have {percent(found.even)} ({numerals.p_value(found.p_value)})"
    )


def _of_times(result: Timing) -> str:
    found = result.busiest_time
    weekday = DAYS[found.first // 24]
    return sentence(
        f"Of the hours of the week, {weekday} {hours(found, ' to ')} is the busiest stretch, with "
        f"{numerals.count(found.count)}, where {numerals.count(found.even * result.timed)} would "
        f"be even ({numerals.p_value(found.p_value)})"
    )
