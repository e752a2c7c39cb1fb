"""The foot of a map: how far a length of it is on the ground, and which way is north."""

import math

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from cspnb.charts.drawing import WIDTH, colours, write

FOOT = 46
"""Units under a map that the scale bar and the north mark take."""

_LONGEST_BAR = 120
_LEFT, _LEVEL, _TICK = 6, 18, 5
_METRES_PER_MILE = 1609.344


def draw_foot(axes: Axes, metres: float) -> None:
    """A scale bar of a round length and an arrow to grid north, which is up.

    axes: in units of the sheet, right and down. metres: what one unit stands for.
    """
    length = round_length(_LONGEST_BAR * metres)
    right = _LEFT + length / metres
    ends = [[(x, _LEVEL - _TICK), (x, _LEVEL)] for x in (_LEFT, right)]
    bar = [[(_LEFT, _LEVEL), (right, _LEVEL)], *ends]
    dark = colours()["dark_grey"]
    axes.add_collection(LineCollection(bar, colors=dark, linewidths=1.5), autolim=False)
    write(axes, in_words(length), (_LEFT, _LEVEL + _TICK), ha="left", va="top")
    x, tip, tail = WIDTH - 16, 6, 24
    arrow = [(x, tip), (x + 6, tail), (x, tail - 4), (x - 6, tail)]
    axes.add_artist(Polygon(arrow, closed=True, facecolor=dark, edgecolor="none"))
    write(axes, "N", (x, tail + 1), va="top")


def round_length(longest: float) -> float:
    """The longest of 1, 2 and 5 with noughts, in metres, that is not over `longest`."""
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1, 2, 5) if step * power <= longest)


def in_words(metres: float) -> str:
    """A length in both measures: '2 km (1.2 miles)', '500 metres (0.31 miles)'."""
    own = f"{metres / 1000:,.0f} km" if metres >= 1000 else f"{metres:g} metres"
    return f"{own} ({metres / _METRES_PER_MILE:,.2g} miles)"
