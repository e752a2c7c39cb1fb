"""The sheet a chart is drawn on: house style in, clean SVG for a page out, the same every time."""

import io
import json
from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files

from matplotlib import RcParams, rc_context, rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from cspnb.charts.svg import cleaned
from cspnb.exhibits import printable

WIDTH = 400
"""Units across every chart. A reader's page shows them at 288 to 512 CSS pixels, so that text
drawn at 13 or 14 units is still read on a telephone."""

_STYLE = files("cspnb") / "style"
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_UNITS_PER_INCH = 72
_LINE = 15
_BLOCK = {"top": 0, "center": 0.5, "bottom": 1}  # how much of a block of lines is above its point


@cache
def colours() -> dict[str, str]:
    """The house colours by name."""
    return json.loads((_STYLE / "colours.json").read_text(encoding="utf-8"))


def drawn(height: float, draw: Callable[[Figure], None]) -> str:
    """The SVG of what `draw` puts on a sheet of WIDTH by height units."""
    with rc_context(_style()):
        figure = Figure(figsize=(WIDTH / _UNITS_PER_INCH, height / _UNITS_PER_INCH))
        draw(figure)
        written = io.StringIO()
        FigureCanvasSVG(figure).print_svg(written, metadata=_NO_METADATA)
    return cleaned(written.getvalue(), colours()["font_family"])


def axes_at(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes placed in the sheet's units, measured from its top left corner."""
    sheet = figure.get_figheight() * _UNITS_PER_INCH
    return figure.add_axes(
        (left / WIDTH, 1 - (top + height) / sheet, width / WIDTH, height / sheet)
    )


def write(axes: Axes, text: str, at: tuple, *, shift=(0, 0), frame="data", **style) -> None:
    """Words at a point of the axes, each line of them on its own.

    matplotlib fixes where the lines of one text begin by its own font's widths; one at a time,
    they are anchored, and stand right in whatever font the reader has. `shift` is in the sheet's
    units, right and up; `style` is that of `Axes.annotate`.
    """
    plain = {"ha": "center", "va": "bottom", "fontsize": 13, "color": colours()["dark_grey"]}
    style = plain | style
    lines = printable(text).split("\n")
    for place, line in enumerate(lines):
        lines_down = place - (len(lines) - 1) * _BLOCK[style["va"]]
        lifted = (shift[0], shift[1] - _LINE * lines_down)
        axes.annotate(line, at, xycoords=frame, xytext=lifted, textcoords="offset points", **style)


def shown(text: object, longest: int) -> str:
    """Text that is safe to draw, cut with an ellipsis where it is longer than there is room for."""
    text = " ".join(printable(text).split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@cache
def _style() -> RcParams:
    """The house style over matplotlib's own defaults, whatever this machine's settings are."""
    with as_file(_STYLE / "exhibits.mplstyle") as path:
        settings = rc_params_from_file(path, use_default_template=True)
    return RcParams({name: value for name, value in settings.items() if name != "backend"})
