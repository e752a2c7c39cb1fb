"""Rates of small areas on a map: three classes about the partnership's own rate, ten numbered."""

import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cspnb import numerals
from cspnb.analysis.small_area_rates import HIDDEN, LEADING, SmallAreaRates
from cspnb.charts.drawing import WIDTH, axes_at, drawn, shown, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.maps.numbers import draw_numbers
from cspnb.maps.sheet import (
    FOOT,
    draw_areas,
    draw_key,
    draw_map,
    draw_outline,
    key_height,
    map_height,
)
from cspnb.narrative import area_rates as told
from cspnb.narrative.area_wording import areas_of, cautions, how_many, notes, one_area
from cspnb.narrative.wording import sentence
from cspnb.tables.small_areas import rates_data

_NOT_SHOWN = "pale_grey"
_CLASSES = ("light_blue", "mid_blue", "dark_blue")
_LINE, _COLUMNS = 20, 2
_NAME_LENGTH = 17


def small_area_rates(result: SmallAreaRates) -> Exhibit:
    """Areas below the partnership's rate, up to twice it, and above; the ten highest numbered."""
    drawable = result.areas[result.areas["geometry"].notna()]
    if told.has_nothing(result):
        return refusal(told.headline(result), told.missing(result))
    if drawable.empty:
        return refusal(told.headline(result), _no_outline(result))
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=_drawn(result, drawable),
        alternative=_alternative(result),
        data=rates_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_key_note(result), *_undrawn(result, drawable), *notes(result)),
        caveats=cautions(result),
        facts=told.facts(result),
    )


def _drawn(result: SmallAreaRates, areas: pd.DataFrame) -> str:
    shapes = list(areas["geometry"])
    key = _key(result)
    top, tall = key_height(key), map_height(shapes)
    listed = _listed(result)
    rows = -(-len(listed) // _COLUMNS)

    def draw(figure: Figure) -> None:
        draw_key(figure, key, top=0)
        axes = draw_map(figure, shapes, top=top, height=tall)
        draw_areas(axes, shapes, _fills(areas, result))
        draw_outline(axes, shapely.union_all(shapes))
        first = _shown(areas).head(LEADING)
        draw_numbers(axes, first["geometry"], [str(n + 1) for n in range(len(first))])
        _draw_list(figure, listed, top + tall + FOOT, _LINE * rows)

    return drawn(top + tall + FOOT + _LINE * rows, draw)


def _values(areas: pd.DataFrame, result: SmallAreaRates) -> pd.Series:
    return areas["rate"] if told.has_rates(result) else areas["count"].astype(float)


def _middle(result: SmallAreaRates) -> float:
    """What the classes are about: the partnership's own rate, or the mean count of an area."""
    if told.has_rates(result):
        return result.own_rate
    return result.small_areas.placed / len(result.areas)


def _shown(areas: pd.DataFrame) -> pd.DataFrame:
    """The areas but for those whose count is hidden."""
    return areas[areas["verdict"] != HIDDEN]


def _fills(areas: pd.DataFrame, result: SmallAreaRates) -> list[str]:
    fills = [_fill(value, result) for value in _values(areas, result)]
    hidden = areas["verdict"] == HIDDEN
    return [_NOT_SHOWN if no else fill for no, fill in zip(hidden, fills, strict=True)]


def _fill(value: float, result: SmallAreaRates) -> str:
    if pd.isna(value):
        return "paper"
    middle = _middle(result)
    return _CLASSES[(value >= middle) + (value >= 2 * middle)] if middle else _CLASSES[0]


def _key(result: SmallAreaRates) -> list[tuple[str, str]]:
    middle = _middle(result)
    one, two = _value_text(middle, result), _value_text(2 * middle, result)
    own = "the partnership's rate" if told.has_rates(result) else "the average area"
    key = [
        ("dark_blue", f"{two} or more: at least twice {own}"),
        ("mid_blue", f"{one} to under {two}"),
        ("light_blue", f"under {one}: below {own}"),
    ]
    if told.has_rates(result) and _shown(result.areas)["rate"].isna().any():
        key.append(("paper", "no rate"))
    if result.small_areas.hidden:
        key.append((_NOT_SHOWN, "not shown (a small number)"))
    return key


def _value_text(value: float, result: SmallAreaRates) -> str:
    return told.rate(value, result) if told.has_rates(result) else numerals.rate(value, 1)


def _listed(result: SmallAreaRates) -> list[tuple[str, str, str]]:
    """Number, name and figure of each area that has a number on the map."""
    first = _shown(result.areas[result.areas["geometry"].notna()]).head(LEADING)
    values = _values(first, result)
    figures = [
        told.rate(value, result) if told.has_rates(result) else numerals.count(value)
        for value in values
    ]
    return [(str(n + 1), name, figures[n]) for n, name in enumerate(first["area_name"])]


def _draw_list(figure: Figure, listed, top: float, height: float) -> None:
    axes = axes_at(figure, 0, top, WIDTH, height)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    rows = -(-len(listed) // _COLUMNS)
    for place, (number, name, value) in enumerate(listed):
        left = 6 + (place // rows) * WIDTH / _COLUMNS
        _draw_line(axes, left, _LINE * (place % rows + 0.5), number, name, value)


def _draw_line(axes: Axes, left: float, level: float, number: str, name: str, value: str) -> None:
    right = left + WIDTH / _COLUMNS - 24
    style = {"va": "center", "fontsize": 13}
    write(axes, number, (left + 16, level), ha="right", weight="bold", **style)
    write(axes, shown(name, _NAME_LENGTH), (left + 24, level), ha="left", **style)
    write(axes, value, (right, level), ha="right", **style)


def _key_note(result: SmallAreaRates) -> str:
    highest = "highest rates" if told.has_rates(result) else "most " + result.measure.unit
    number = min(LEADING, len(_listed(result)))
    return f"The numbers 1 to {number} are the areas with the {highest}, listed under the map."


def _undrawn(result: SmallAreaRates, drawable: pd.DataFrame) -> tuple[str, ...]:
    number = len(result.areas) - len(drawable)
    if not number:
        return ()
    have = "has no outline and is" if number == 1 else "have no outline and are"
    return (f"{areas_of(result, number)} {have} not drawn.",)


def _no_outline(result: SmallAreaRates) -> str:
    return sentence(
        f"{result.measure.label} in {result.area} cannot be drawn on a map: no outline of its "
        f"{result.kind} is held; the table has every {one_area(result)}"
    )


def _alternative(result: SmallAreaRates) -> str:
    first = "; ".join(f"{n}, {name}, {value}" for n, name, value in _listed(result))
    below, middle, twice = (
        sum(_fill(value, result) == fill for value in _values(result.areas, result))
        for fill in _CLASSES
    )
    own = "the partnership's rate" if told.has_rates(result) else "the average"
    classes = (
        f"{areas_of(result, twice) if twice else 'None'} at twice {own} or more, "
        f"{how_many(middle)} between it and twice it, {how_many(below)} below it"
    )
    if hidden := len(result.small_areas.hidden):
        classes += f", {hidden} not shown"
    parts = [f"Map of {told.subtitle(result)}", told.headline(result), classes]
    return " ".join(map(sentence, (*parts, f"Highest: {first}")))
