"""What residents say: the share who gave each answer, as a dot with its interval."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.concerns import Concerns
from cspnb.charts.dots import Row, Scale, draw_rows, height
from cspnb.charts.drawing import drawn
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import residents
from cspnb.narrative.wording import in_sentence, listed, sentence

_STEPS = (5, 10, 20, 25)
_KEY = (
    "A dot is the share of residents who gave the answer; the bar is its 95% interval, which "
    "allows for chance only."
)


def concerns(result: Concerns) -> Exhibit:
    """A row an answer, the most often named first, with the recorded volume in words."""
    if result.reason:
        return refusal(residents.headline(result), residents.missing_sentence(result))
    held = result.table[result.table["share"].notna()].to_dict("records")
    ranked = len(result.ranked)
    rows = [_row(row, ranked) for row in held]
    scale = _scale(max(row.high for row in rows))
    return Exhibit(
        kind="figure",
        title=residents.headline(result),
        subtitle=residents.subtitle(result),
        body=drawn(height(rows), lambda figure: draw_rows(figure, rows, scale)),
        alternative=_alternative(result, held, ranked),
        data=residents.data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_KEY, *residents.notes(result)),
        caveats=residents.cautions(result),
        facts=residents.facts(result),
    )


def _row(row: dict, ranked: int) -> Row:
    return Row(
        name=row["answer"],
        value=f"{residents.share(row['share'])}{' *' if row['is_small'] else ''}",
        detail=_record(row, ranked),
        at=100 * row["share"],
        low=100 * row["lower"],
        high=100 * row["upper"],
    )


def _record(row: dict, ranked: int) -> str:
    if pd.isna(row["recorded"]):
        return "no recorded volume" if row["measure"] else "no measure records it"
    count = f"{numerals.count(row['recorded'])} recorded"
    if pd.isna(row["recorded_rank"]):
        return count
    return f"{count}, {numerals.ordinal(int(row['recorded_rank']))} of {ranked} in the record"


def _scale(highest: float) -> Scale:
    step = next((step for step in _STEPS if highest / step <= 6), _STEPS[-1])
    last = min(100, step * -(-highest // step))
    ticks = [(at, f"{at}%") for at in range(0, int(last) + 1, step)]
    return Scale(0, last, ticks)


def _alternative(result: Concerns, held: list[dict], ranked: int) -> str:
    items = [
        f"{in_sentence(row['answer'])}, {residents.share(row['share'])} ({_record(row, ranked)})"
        for row in held
    ]
    parts = [
        f"Dot chart with intervals. {residents.subtitle(result)}",
        listed(items),
        residents.headline(result),
    ]
    return " ".join(sentence(part) for part in parts)
