"""An area's rate among those of its group, as bars with their intervals."""

import textwrap

import pandas as pd
from matplotlib.axes import Axes

from cspnb import numerals
from cspnb.analysis.comparison import Comparison
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, shown, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import breaks, peers
from cspnb.narrative.wording import always, caveats, sentence

_ROW = 30
_TOP, _BOTTOM = 34, 10
_NAMES, _VALUES = 162, 48
_NAME_WIDTH = 22
_BAR = 0.66


def comparison(result: Comparison) -> Exhibit:
    """A bar an area, highest first; the own area is dark, in bold, and says that it is."""
    if peers.is_missing(result):
        return refusal(peers.headline(result), peers.missing_sentence(result))
    height = _TOP + _ROW * len(result.rates) + _BOTTOM
    left_out = peers.left_out(result)
    return Exhibit(
        kind="figure",
        title=peers.headline(result),
        subtitle=peers.subtitle(result),
        body=drawn(height, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(
            _key(result),
            *([left_out] if left_out else []),
            *always([result.group.measure]),
            *breaks.of_period(result.group.measure, result.group.period),
        ),
        caveats=caveats(result.group.measure),
        facts=peers.facts(result),
    )


def _draw(figure, result: Comparison) -> None:
    rates = result.rates
    axes = axes_at(figure, _NAMES, _TOP, WIDTH - _NAMES - _VALUES, _ROW * len(rates))
    axes.set_xlim(0, max(float(rates["rate_upper"].max()), result.limit_upper) or 1)
    axes.set_ylim(len(rates) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(True)
    _draw_mean(axes, result)
    for place, row in enumerate(rates.to_dict("records")):
        _draw_area(axes, place, row, numerals.rate_places(result.mean_rate))


def _draw_area(axes: Axes, place: int, row: dict, places: int) -> None:
    is_own = bool(row["is_own"])
    outlined = {"edgecolor": _ink(is_own, "dark_grey"), "linewidth": 0.8}
    axes.barh(place, row["rate"], height=_BAR, color=_ink(is_own, "pale_grey"), **outlined)
    for ink, width in (("paper", 4.5), ("dark_grey", 1.5)):
        axes.hlines(place, row["rate_lower"], row["rate_upper"], colours()[ink], linewidth=width)
    words = {"weight": "bold" if is_own else "normal", "color": _ink(is_own, "dark_grey")}
    beside = {"frame": ("axes fraction", "data"), "ha": "right", "va": "center", **words}
    name = "\n".join(textwrap.wrap(shown(row["area_name"], 2 * _NAME_WIDTH), _NAME_WIDTH)[:2])
    write(axes, name, (0, place), shift=(-8, 0), **beside)
    value = numerals.rate(row["rate"], places)
    write(axes, value, (1, place), shift=(_VALUES - 4, 0), **beside)


def _ink(is_own: bool, other: str) -> str:
    return colours()["dark_blue" if is_own else other]


def _draw_mean(axes: Axes, result: Comparison) -> None:
    mean = numerals.rate(result.mean_rate, numerals.rate_places(result.mean_rate))
    dashed = {"linewidth": 1.5, "linestyle": (0, (4, 3)), "zorder": 3}
    axes.axvline(result.mean_rate, color=colours()["dark_grey"], **dashed)
    for limit in (result.limit_lower, result.limit_upper):
        dotted = {"linewidth": 1, "linestyle": (0, (1, 3)), "zorder": 3}
        axes.axvline(limit, color=colours()["dark_grey"], **dotted)
    head = {"frame": ("data", "axes fraction"), "shift": (0, 8)}
    write(axes, f"average {mean}", (result.mean_rate, 1), **head)


def _key(result: Comparison) -> str:
    places = numerals.rate_places(result.mean_rate)
    low, high = (numerals.rate(end, places) for end in (result.limit_lower, result.limit_upper))
    allowed = "chance and their usual differences" if result.is_beyond_chance else "chance alone"
    return (
        f"The dark bar is {result.area}. The dashed line is the average of the areas shown. "
        f"Between the dotted lines, {low} and {high}, {allowed} would leave "
        f"{peers.held(result)} of its size. The thin lines are 95% intervals of each area's own "
        "rate."
    )


def _alternative(result: Comparison) -> str:
    row = peers.own(result)
    places = numerals.rate_places(result.mean_rate)
    stands = (
        f"{result.group.area} has the {peers.rank(result)} rate of {len(result.rates)} areas, "
        f"{numerals.rate(row['rate'], places)} against an average of "
        f"{numerals.rate(result.mean_rate, places)}"
    )
    parts = [f"Bar chart of {peers.subtitle(result)}", stands, peers.headline(result)]
    return " ".join(sentence(part) for part in parts)


def _data(result: Comparison) -> pd.DataFrame:
    group, rates = result.group, result.rates
    per = f"per 1,000 {peers.denominator(result)}"
    return pd.DataFrame(
        {
            "Area": rates["area_name"],
            group.measure.unit.capitalize(): rates["count"],
            peers.denominator(result).capitalize(): rates["population"],
            f"Rate {per}": rates["rate"],
            f"Lower limit {per}": rates["rate_lower"],
            f"Upper limit {per}": rates["rate_upper"],
            "Area reported on": rates["is_own"].astype(bool),
        }
    )
