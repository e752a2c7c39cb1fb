"""What charts say about years and about figures they cannot draw."""

from cspnb.charts.drawing import colours
from cspnb.exhibits import Exhibit
from cspnb.periods import Period


def year_tick(period: str) -> str:
    """A year under a column, in two short lines: '2013/' over '14', 'Oct–Dec' over '2012'."""
    read = Period.parse(period)
    if read.kind == "year":
        first, _, second = str(read).partition("/")
        return f"{first}/\n{second}"
    if read.start.year == read.end.year:
        return f"{_months(read)}\n{read.start.year}"
    return f"{_months(read)}\n{read.start.year}–{read.end.year % 100:02d}"


def year_name(period: str) -> str:
    """The same on one line: '2013/14', 'Oct–Dec 2012'."""
    return year_tick(period).replace("/\n", "/").replace("\n", " ")


def backed() -> dict:
    """How words are written that a line may run behind: on a patch of paper, over the line."""
    paper = {"facecolor": colours()["paper"], "edgecolor": "none", "pad": 1.5}
    return {"bbox": paper, "zorder": 6}


def refusal(title: str, reason: str) -> Exhibit:
    """A statement in the place of a figure that cannot be drawn."""
    return Exhibit(kind="statement", title=title, body=(reason,))


def _months(period: Period) -> str:
    first, last = period.start.label[:3], period.end.label[:3]
    return first if len(period) == 1 else f"{first}–{last}"
