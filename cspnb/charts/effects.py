"""What followed something that was done, beside its comparison: a dot and its interval a part."""

import math

from cspnb import numerals
from cspnb.analysis.impact import TOGETHER, Impact
from cspnb.charts.dots import Row, Scale, draw_rows, height
from cspnb.charts.drawing import drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import effects
from cspnb.narrative.wording import listed, sentence

_KEY = (
    "A dot is how many more or fewer were recorded than the comparison suggests; the bar is its "
    "95% interval. Where the bar meets the line at 0, the difference could be chance."
)


def impact(result: Impact) -> Exhibit:
    """A row a part: more or fewer than the comparison suggests, with the interval."""
    if effects.is_missing(result):
        return refusal(effects.headline(result), effects.missing_sentence(result))
    rows = [_row(row) for row in result.parts.to_dict("records")]
    scale = _scale(result)
    return Exhibit(
        kind="figure",
        title=effects.headline(result),
        subtitle=effects.subtitle(result),
        body=drawn(height(rows), lambda figure: draw_rows(figure, rows, scale)),
        alternative=_alternative(result),
        data=effects.data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_KEY, *effects.notes(result)),
        caveats=effects.cautions(result),
        facts=effects.facts(result),
    )


def _row(row: dict) -> Row:
    counts = f"{numerals.count(row['before'])} to {numerals.count(row['after'])}"
    return Row(
        name=row["part"].capitalize() if row["part"] != TOGETHER else "Both together",
        value=numerals.difference(row["difference"]),
        detail=f"{counts}; about {numerals.count(row['expected'])} expected",
        at=row["difference"],
        low=row["lower"],
        high=row["upper"],
    )


def _scale(result: Impact) -> Scale:
    low = min(0.0, float(result.parts["lower"].min()))
    high = max(0.0, float(result.parts["upper"].max()))
    step = _step(high - low)
    ends = range(math.floor(low / step), math.ceil(high / step) + 1)
    ticks = [(step * end, numerals.difference(step * end)) for end in ends]
    return Scale(ticks[0][0], ticks[-1][0], ticks, (0.0, "0 = as the comparison"))


def _step(span: float) -> int:
    """A round step of which the span has six at most."""
    size = 10 ** max(0, math.floor(math.log10(max(span, 1))) - 1)
    return next(size * of for of in (1, 2, 5, 10, 20, 50) if span / (size * of) <= 6)


def _alternative(result: Impact) -> str:
    items = [
        f"{effects.named(row['part'])}, {effects.difference(row)} ({effects.limits(row)})"
        for row in result.parts.to_dict("records")
    ]
    parts = [
        f"Dot chart with intervals of {effects.subtitle(result)}",
        f"Against what the comparison suggests: {listed(items)}",
        effects.headline(result),
    ]
    return " ".join(sentence(part) for part in parts)
