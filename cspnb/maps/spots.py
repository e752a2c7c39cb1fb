"""Hot and cold spots on a map: lettered, and listed under it."""

import textwrap

import pandas as pd
import shapely
from matplotlib.figure import Figure

from cspnb.analysis.hot_areas import COLD, HOT, NEITHER, NOT_JUDGED, HotAreas
from cspnb.charts.drawing import WIDTH, axes_at, drawn, write
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
from cspnb.narrative import clusters as told
from cspnb.narrative.area_wording import areas_of, cautions
from cspnb.narrative.wording import listed, sentence
from cspnb.tables.small_areas import hot_data

_FILLS = {HOT: "dark_pink", COLD: "turquoise", NEITHER: "pale_grey", NOT_JUDGED: "paper"}
_LETTERS = {HOT: "H", COLD: "C"}
_LINE, _ACROSS, _MOST_NAMED = 18, 56, 12


def hot_areas(result: HotAreas) -> Exhibit:
    """Hot areas marked H, cold ones C, each spot once; no map where there is none of either."""
    if told.is_missing(result):
        return refusal(told.headline(result), told.missing(result))
    if result.called(HOT).empty and result.called(COLD).empty:
        return refusal(told.headline(result), told.none_found(result))
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle_of(result),
        body=_drawn(result),
        alternative=_alternative(result),
        data=hot_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=told.under(result),
        caveats=cautions(result),
        facts=told.facts(result),
    )


def _drawn(result: HotAreas) -> str:
    areas = result.areas
    shapes = list(areas["geometry"])
    key, lines = _key(result), _lines(result)
    top, tall = key_height(key), map_height(shapes)

    def draw(figure: Figure) -> None:
        draw_key(figure, key, top=0)
        axes = draw_map(figure, shapes, top=top, height=tall)
        draw_areas(axes, shapes, [_FILLS[verdict] for verdict in areas["verdict"]])
        draw_outline(axes, shapely.union_all(shapes))
        spots = [(verdict, part) for verdict in _LETTERS for part in _spots(areas, verdict)]
        words = [_LETTERS[verdict] for verdict, _ in spots]
        draw_numbers(axes, [part for _, part in spots], words)
        _draw_lines(figure, lines, top + tall + FOOT)

    return drawn(top + tall + FOOT + _LINE * len(lines), draw)


def _spots(areas: pd.DataFrame, verdict: str) -> list:
    """The areas of a verdict, those that touch joined, from west to east."""
    shapes = list(areas.loc[areas["verdict"] == verdict, "geometry"])
    parts = shapely.get_parts(shapely.union_all(shapes)) if shapes else []
    return sorted(parts, key=lambda part: part.bounds)


def _key(result: HotAreas) -> list[tuple[str, str]]:
    words = {
        HOT: "H, hot: higher with its neighbours than chance",
        COLD: "C, cold: lower with its neighbours than chance",
        NEITHER: "neither",
        NOT_JUDGED: "not judged",
    }
    held = [verdict for verdict in words if len(result.called(verdict))]
    return [
        (_FILLS[verdict], f"{words[verdict]} ({len(result.called(verdict)):,})") for verdict in held
    ]


def _lines(result: HotAreas) -> list[str]:
    """The names of hot and of cold areas, in lines as long as the sheet has room for."""
    lines = []
    for verdict in (HOT, COLD):
        if names := _names(result, verdict):
            lines += textwrap.wrap(f"{verdict.capitalize()}: {names}.", _ACROSS)
    return lines


def _names(result: HotAreas, verdict: str) -> str:
    names = list(result.called(verdict)["area_name"])
    rest = len(names) - _MOST_NAMED
    return listed([*names[:_MOST_NAMED], *([f"{rest:,} more"] if rest > 0 else [])])


def _draw_lines(figure: Figure, lines: list[str], top: float) -> None:
    height = _LINE * len(lines)
    axes = axes_at(figure, 0, top, WIDTH, height)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    for place, line in enumerate(lines):
        write(axes, line, (6, _LINE * (place + 0.5)), ha="left", va="center")


def _alternative(result: HotAreas) -> str:
    said = [
        f"{areas_of(result, len(result.called(v)))} {v}: {_names(result, v)}"
        for v in (HOT, COLD)
        if len(result.called(v))
    ]
    return " ".join(map(sentence, (f"Map of {told.subtitle_of(result)}", *said)))
