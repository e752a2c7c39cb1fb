"""A dashed line where the register says that the figures either side are not alike."""

from matplotlib.axes import Axes

from cspnb.analysis.trend import Trend
from cspnb.charts.drawing import colours, write
from cspnb.narrative.breaks import crossed, span_of_trend
from cspnb.periods import Month, Period

_NEAR = 0.35
"""Lines nearer than this, in years, share a label."""


def mark_breaks(axes: Axes, result: Trend, *, labelled: bool = False) -> None:
    """Lines at the breaks that the trend's years cross, the years being at 0, 1, 2 ...

    A label is the month alone; the note under the chart says what happened then.
    """
    periods = [Period.parse(text) for text in result.years["period"]]
    last = None
    for each in crossed(result.measure, span_of_trend(result)):
        place = _place(each.start, periods)
        axes.axvline(place, color=colours()["dark_grey"], linestyle=(0, (4, 3)), linewidth=1)
        if labelled and (last is None or place - last > _NEAR):
            above = {"frame": ("data", "axes fraction"), "shift": (3, 22), "ha": "left"}
            write(axes, each.start.label, (place, 1), fontsize=11, **above)
            last = place


def _place(month: Month, periods: list[Period]) -> float:
    """Between two years for a first month of one; within a year for any other month."""
    for place, period in enumerate(periods):
        if month <= period.end:
            into = max(month - period.start, 0) / len(period)
            return place - 0.5 + into
    return len(periods) - 0.5
