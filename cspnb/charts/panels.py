"""Several measures over the same years, as small panels side by side."""

import textwrap
from collections.abc import Sequence

import pandas as pd

from cspnb import numerals
from cspnb.analysis.trend import Trend
from cspnb.charts.breaks import mark_breaks
from cspnb.charts.drawing import WIDTH, drawn, shown, write
from cspnb.charts.labels import refusal
from cspnb.charts.line import LINE_TOP, SIDE, draw_line
from cspnb.exhibits import Exhibit
from cspnb.measures.change import NOT_COMPARED, tests_named
from cspnb.narrative import breaks, changes, several, years
from cspnb.narrative.wording import always, in_sentence, listed, opening, sentence, sources, unique

_COLUMNS = 2
_GAP = 20
_PANEL = 222
_LABEL_WIDTH = 23


def trends(results: Sequence[Trend]) -> Exhibit:
    """A panel a measure, each with its own axis from zero.

    Years that are not whole are hollow and joined to nothing; a measure that cannot be had is
    told in a note, not drawn empty.
    """
    held = [result for result in results if not years.is_missing(result)]
    missing = tuple(years.missing_sentence(r) for r in results if years.is_missing(r))
    if not held:
        return refusal("No figures are held for these measures", " ".join(missing))
    return Exhibit(
        kind="figure",
        title=several.headline(results),
        subtitle=_subtitle(held),
        body=drawn(_PANEL * -(-len(held) // _COLUMNS), lambda figure: _draw(figure, held)),
        alternative=_alternative(held),
        data=pd.concat([_data(result) for result in held], ignore_index=True),
        source=sources(result.source for result in held),
        method=tests_named(result.change for result in held),
        coverage=" ".join(f"{r.measure.label}: {r.coverage}" for r in held),
        notes=(
            *_incomplete(held),
            *missing,
            *years.of_sources(*held),
            *breaks.of_trends(held),
            *always(result.measure for result in held),
        ),
        caveats=several.cautions(held),
        facts=tuple(fact for result in held for fact in changes.facts(result.change)),
    )


def _draw(figure, held: Sequence[Trend]) -> None:
    wide = (WIDTH - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for place, result in enumerate(held):
        row, column = divmod(place, _COLUMNS)
        left, top = column * (wide + _GAP), row * _PANEL
        axes = draw_line(figure, result.years, left=left, top=top + LINE_TOP, width=wide)
        mark_breaks(axes, result)
        corner = {"at": (0, 1), "frame": "axes fraction", "ha": "left"}
        label = "\n".join(
            textwrap.wrap(shown(result.measure.label, 2 * _LABEL_WIDTH), _LABEL_WIDTH)
        )
        write(axes, label, shift=(-SIDE, 48), weight="bold", **corner)
        write(axes, _verdict(result), shift=(-SIDE, 14), **corner)


def _verdict(result: Trend) -> str:
    change = result.change
    if change.verdict == NOT_COMPARED:
        return f"latest change:\n{change.verdict}"
    before, now = numerals.count(change.before.count), numerals.count(change.now.count)
    return f"{before} to {now}:\n{change.verdict}"


def _subtitle(held: Sequence[Trend]) -> str:
    first = held[0]
    units = listed(unique(result.measure.unit for result in held))
    return (
        f"{numerals.counted(len(held), 'measures')}, {first.area}, {years.span(first)}, {units}, "
        "each on its own scale from zero"
    )


def _alternative(held: Sequence[Trend]) -> str:
    measures = listed(
        f"{in_sentence(r.measure.label)}: {changes.brief(r.change)}, {r.change.verdict}"
        for r in held
    )
    parts = [f"Small line charts of {_subtitle(held)}", several.headline(held), measures]
    return " ".join(sentence(part) for part in parts)


def _incomplete(held: Sequence[Trend]) -> tuple[str, ...]:
    """Each reason once: with the measures it holds for, where it does not hold for all."""
    told: dict[str, list[str]] = {}
    for result in held:
        for said in years.incomplete_years(result):
            told.setdefault(said, []).append(result.measure.label)
    return tuple(
        said if len(labels) == len(held) else f"{opening(labels)}: {said}"
        for said, labels in told.items()
    )


def _data(result: Trend) -> pd.DataFrame:
    table = result.years
    return pd.DataFrame(
        {
            "Measure": result.measure.label,
            "Period": table["label"],
            "Count": table["count"],
            "Unit": result.measure.unit,
            "Complete": table["complete"].astype(bool),
            "Sound months": table["sound_months"],
            "What is missing": table["reason"],
            "Source": table["source"],
        }
    )
