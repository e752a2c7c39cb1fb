"""One measure over several years, as columns from zero."""

import pandas as pd
from matplotlib.axes import Axes

from cspnb import numerals
from cspnb.analysis.trend import Trend
from cspnb.charts.breaks import mark_breaks
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, write
from cspnb.charts.labels import backed, refusal, year_tick
from cspnb.exhibits import Exhibit
from cspnb.narrative import breaks, changes, years
from cspnb.narrative.wording import always, caveats, sentence

HEIGHT = 300
_TOP, _BOTTOM = 42, 58
_COLUMN_WIDTH = 0.62
_MANY_YEARS = 8


def trend(result: Trend) -> Exhibit:
    """A column a year; a year that is not whole is hollow, hatched, and says so."""
    if years.is_missing(result):
        return refusal(years.headline(result), years.missing_sentence(result))
    return Exhibit(
        kind="figure",
        title=years.headline(result),
        subtitle=years.subtitle(result),
        body=drawn(HEIGHT, lambda figure: _draw(figure, result)),
        alternative=_alternative(result),
        data=_data(result),
        source=result.source,
        method=changes.method(result.change),
        coverage=result.coverage,
        notes=(
            *years.incomplete_years(result),
            *always([result.measure]),
            *years.of_sources(result),
            *breaks.of_trends([result]),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=changes.facts(result.change),
    )


def _draw(figure, result: Trend) -> None:
    axes = axes_at(figure, 4, _TOP, WIDTH - 8, HEIGHT - _TOP - _BOTTOM)
    highest = float(result.years["count"].max())
    axes.set_ylim(0, highest or 1)
    axes.set_xlim(-0.5, len(result.years) - 0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    size = 13 if len(result.years) <= _MANY_YEARS else 10
    under = {"frame": ("data", "axes fraction"), "shift": (0, -6), "va": "top", "fontsize": size}
    for place, row in enumerate(result.years.to_dict("records")):
        _draw_year(axes, place, row, size)
        write(axes, year_tick(row["period"]), (place, 0), **under)
    mark_breaks(axes, result, labelled=True)


def _draw_year(axes: Axes, place: int, row: dict, size: int) -> None:
    above = {"shift": (0, 4), "fontsize": size, **backed()}
    if pd.isna(row["count"]):
        write(axes, "no\nfigure", (place, 0), **above)
        return
    top, figure = (place, row["count"]), numerals.count(row["count"])
    if row["complete"]:
        axes.bar(*top, width=_COLUMN_WIDTH, color=colours()["dark_blue"])
        write(axes, figure, top, weight="bold", **above)
    else:
        axes.bar(*top, width=_COLUMN_WIDTH, **_hollow())
        write(axes, f"incomplete\n{figure}", top, **above)


def _hollow() -> dict:
    ink, paper = colours()["dark_blue"], colours()["paper"]
    dashed = {"linestyle": "--", "linewidth": 1.5}
    return {"facecolor": paper, "edgecolor": ink, "hatch": "///", **dashed}


def _alternative(result: Trend) -> str:
    parts = [
        f"Column chart of {years.subtitle(result)}",
        years.headline(result),
        *_course(result),
        *years.incomplete_years(result),
    ]
    return " ".join(sentence(part) for part in parts)


def _course(result: Trend) -> tuple[str, ...]:
    """The first and the last of the whole years, and the highest and lowest where they differ."""
    whole = result.years[result.years["complete"].astype(bool)]
    if len(whole) < 2:
        return ()
    counts = whole["count"]
    ends = (0, -1, int(counts.argmax()), int(counts.argmin()))
    first, last, highest, lowest = (
        f"{numerals.count(counts.iloc[at])} in {whole['label'].iloc[at]}" for at in ends
    )
    course = f"Of the {len(whole)} complete periods the first has {first} and the last {last}"
    if counts.nunique() == 1:
        return (course,)
    return (f"{course}; the highest is {highest} and the lowest {lowest}",)


def _data(result: Trend) -> pd.DataFrame:
    table = result.years
    return pd.DataFrame(
        {
            "Period": table["label"],
            result.measure.unit.capitalize(): table["count"],
            "Complete": table["complete"].astype(bool),
            "Sound months": table["sound_months"],
            "What is missing": table["reason"],
            "Source": table["source"],
        }
    )
