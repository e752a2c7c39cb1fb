"""A dashed line where the register says that the figures either side are not alike."""

from matplotlib.axes import Axes

from cspnb.analysis.trend import Trend
from cspnb.charts.drawing import colours, write
from cspnb.narrative.breaks import crossed, span_of_trend
from cspnb.narrative.wording import listed
from cspnb.periods import Month, Period

_NEAR = 1.2
"""Lines nearer than this, in years, share a label."""


def mark_breaks(axes: Axes, result: Trend, *, labelled: bool = False) -> None:
    """Lines at the breaks that the trend's years cross, the years being at 0, 1, 2 ...

    A label is the month alone; the note under the chart says what happened then.
    """
    periods = [Period.parse(text) for text in result.years["period"]]
    together: list[list[tuple[float, str]]] = []
    for each in crossed(result.measure, span_of_trend(result)):
        place = _place(each.start, periods)
        _draw(axes, place)
        if together and place - together[-1][-1][0] < _NEAR:
            together[-1].append((place, each.start.label))
        else:
            together.append([(place, each.start.label)])
    for group in together if labelled else ():
        _label(axes, group)


def _draw(axes: Axes, place: float) -> None:
    """Light under dark, so that it is seen on paper and on a column alike."""
    paper, ink = colours()["paper"], colours()["dark_grey"]
    axes.axvline(place, color=paper, linewidth=3, zorder=3)
    axes.axvline(place, color=ink, linestyle=(0, (4, 3)), linewidth=1, zorder=4)


def _label(axes: Axes, group: list[tuple[float, str]]) -> None:
    """The months of neighbouring lines above them, on the side where there is room."""
    left, right = axes.get_xlim()
    is_early = group[0][0] < (left + right) / 2
    place, side = (group[0][0], "left") if is_early else (group[-1][0], "right")
    above = {"frame": ("data", "axes fraction"), "shift": (0, 24), "ha": side}
    write(axes, listed(label for _, label in group), (place, 1), fontsize=11, **above)


def _place(month: Month, periods: list[Period]) -> float:
    """Between two years for a first month of one; within a year for any other month."""
    for place, period in enumerate(periods):
        if month <= period.end:
            into = max(month - period.start, 0) / len(period)
            return place - 0.5 + into
    return len(periods) - 0.5
