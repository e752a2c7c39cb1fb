"""Two shares against each other, as a curve beside the line of an even spread."""

import pandas as pd
from matplotlib.axes import Axes

from cspnb.analysis.concentration import Concentration
from cspnb.analysis.prediction import Prediction
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import evenness, hindsight, whereabouts
from cspnb.narrative.whereabouts import share
from cspnb.narrative.wording import caveats, sentence

HEIGHT = 370
_LEFT, _TOP, _RIGHT, _BOTTOM = 46, 30, 22, 48
_QUARTERS = (0, 0.25, 0.5, 0.75, 1)
_MANY = 100
"""Corners of a curve that are drawn: more would not be seen."""
_MARKED = 10
_LOWEST_LABEL = 0.12  # lower down there is no room between the curve and the even spread
_SHOWN_OF_AREA = 0.25
"""Beyond a quarter of the ground nobody would call a place a hotspot."""


def concentration(result: Concentration) -> Exhibit:
    """The Lorenz curve of records over places, and the line it would be if all were alike."""
    if result.reason:
        return refusal(evenness.headline(result), evenness.missing_sentence(result))
    title, subtitle = evenness.headline(result), whereabouts.subtitle(result)
    return Exhibit(
        kind="figure",
        title=title,
        subtitle=subtitle,
        body=drawn(HEIGHT, lambda figure: _draw_lorenz(figure, result)),
        alternative=" ".join(
            sentence(part) for part in (f"Lorenz curve of {subtitle}", title, _tops(result))
        ),
        data=_tenths(result),
        source=whereabouts.source(result),
        method=result.method,
        coverage=result.coverage,
        notes=(_key_of_lorenz(result), *evenness.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=evenness.facts(result),
    )


def prediction(result: Prediction) -> Exhibit:
    """The share of records that the densest ground before held, and an even spread's."""
    if result.reason:
        return refusal(hindsight.headline(result), hindsight.missing_sentence(result))
    title, subtitle = hindsight.headline(result), hindsight.subtitle(result)
    names = ["percentage", "share", "pai", "pei"]
    told = ["Densest ground (%)", "Share of all", "PAI", "PEI"]
    return Exhibit(
        kind="figure",
        title=title,
        subtitle=subtitle,
        body=drawn(HEIGHT, lambda figure: _draw_capture(figure, result)),
        alternative=" ".join(
            sentence(part) for part in (f"Line chart of {subtitle}", title, _held(result))
        ),
        data=result.hotspots[names].set_axis(told, axis="columns"),
        source=whereabouts.source(result, with_outline=True),
        method=result.method,
        coverage=result.coverage,
        notes=(_key_of_capture(result), *hindsight.notes(result)),
        caveats=caveats(result.measure, result.caveats),
        facts=hindsight.facts(result),
    )


def _draw_lorenz(figure, result: Concentration) -> None:
    axes = _axes(figure, 1.0)
    _say_axes(axes, f"Share of {result.measure.unit}", f"Share of {evenness.named(result)}")
    _draw_even(axes, 1)
    write(axes, f"if all {evenness.named(result)}\nwere alike", (0.46, 0.5), ha="right")
    curve = _thinned(result.curve)
    axes.plot(*curve.to_numpy().T, color=colours()["dark_blue"], linewidth=2.5, clip_on=False)
    top = result.shares[result.shares["percentage"] == _MARKED]
    for row in top.to_dict("records"):
        at = 1 - row["places"] / result.places
        ends = {"linewidth": 2.5, "solid_capstyle": "butt"}
        axes.plot([at, at], [1 - row["share"], 1], color=colours()["dark_pink"], **ends)
        words = f"the top {_MARKED}% of {evenness.named(result)}\nhold {share(row['share'])}"
        style = {"ha": "right", "weight": "bold", "color": colours()["dark_pink"], "va": "top"}
        write(axes, words, (at, 1), shift=(-6, -1), **style)


def _draw_capture(figure, result: Prediction) -> None:
    axes = _axes(figure, _SHOWN_OF_AREA)
    unit = f"{result.measure.unit} of {result.period.label}"
    ground = f"Share of the ground, the densest of {result.before.label} first"
    _say_axes(axes, f"Share of {unit}", ground)
    _draw_even(axes, _SHOWN_OF_AREA)
    end = (_SHOWN_OF_AREA, _SHOWN_OF_AREA)
    write(axes, "an even spread", end, shift=(-2, -30), ha="right", va="top")
    near = result.curve[result.curve["share_of_area"] <= _SHOWN_OF_AREA]
    curve = _thinned(near[["share_of_area", "share_of_records"]])
    axes.plot(*curve.to_numpy().T, color=colours()["dark_blue"], linewidth=2.5, clip_on=False)
    for row in result.hotspots.to_dict("records"):
        at = (row["share_of_area"], row["share"])
        axes.plot(*at, marker="o", markersize=7, color=colours()["dark_blue"], clip_on=False)
        if row["share"] < _LOWEST_LABEL:
            continue
        words = f"{row['percentage']:g}% held {share(row['share'])}"
        style = {"ha": "left", "va": "top", "weight": "bold", "color": colours()["dark_blue"]}
        write(axes, words, at, shift=(8, -2), **style)


def _axes(figure, across: float) -> Axes:
    """Axes of two shares, `across` wide and all of it high, with a few light lines."""
    axes = axes_at(figure, _LEFT, _TOP, WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM)
    axes.set_xlim(0, across)
    axes.set_ylim(0, 1)
    steps = (
        [across * part for part in _QUARTERS] if across == 1 else [0, 0.05, 0.1, 0.15, 0.2, 0.25]
    )
    axes.set_xticks([])
    axes.set_yticks([])
    for part in _QUARTERS:
        axes.axhline(part, color=colours()["grid"], linewidth=0.6, zorder=0)
        left = {"frame": ("axes fraction", "data"), "shift": (-6, 0), "ha": "right", "va": "center"}
        write(axes, f"{100 * part:.0f}%", (0, part), **left)
    for step in steps:
        under = {"frame": ("data", "axes fraction"), "shift": (0, -6), "va": "top"}
        write(axes, f"{100 * step:.0f}%", (step, 0), **under)
    return axes


def _draw_even(axes: Axes, end: float) -> None:
    dashed = {"linewidth": 1.5, "linestyle": (0, (4, 3))}
    axes.plot([0, end], [0, end], color=colours()["dark_grey"], **dashed)


def _say_axes(axes: Axes, upward: str, across: str) -> None:
    frame = {"frame": "axes fraction"}
    write(axes, upward, (0, 1), shift=(8 - _LEFT, 11), ha="left", **frame)
    write(axes, across, (1, 0), shift=(0, -26), ha="right", va="top", **frame)


def _thinned(curve: pd.DataFrame) -> pd.DataFrame:
    """A curve's ends, and no more corners between than are seen."""
    step = max(len(curve) // _MANY, 1)
    kept = sorted({*range(0, len(curve), step), len(curve) - 1})
    return curve.iloc[kept]


def _key_of_lorenz(result: Concentration) -> str:
    return (
        f"{evenness.named(result)[:1].upper() + evenness.named(result)[1:]} with fewest "
        f"{result.measure.unit} come first, from the left. The further the curve is below the "
        "dashed line, the more is in few of them."
    )


def _key_of_capture(result: Prediction) -> str:
    return (
        f"The line is the share of {result.period.label} in the ground that was densest in "
        f"{result.before.label}; the dashed line is what an even spread would give."
    )


def _tops(result: Concentration) -> str:
    tops = [
        f"the top {row['percentage']:g}% hold {share(row['share'])}"
        for row in result.shares.to_dict("records")
    ]
    return ", ".join(tops)


def _held(result: Prediction) -> str:
    held = [
        f"the densest {row['percentage']:g}% held {share(row['share'])}"
        for row in result.hotspots.to_dict("records")
    ]
    return ", ".join(held)


def _tenths(result: Concentration) -> pd.DataFrame:
    """The curve at each tenth of the places, as near as whole places come."""
    curve = result.curve
    at = sorted({round(part * (len(curve) - 1) / 10) for part in range(11)})
    told = [f"Share of {evenness.named(result)}", f"Share of {result.measure.unit}"]
    return curve.iloc[at].set_axis(told, axis="columns").reset_index(drop=True)
