"""Volume and harm: two bars a group of offences, its share of one and its share of the other."""

import pandas as pd
from matplotlib.axes import Axes

from cspnb.analysis.harm import Harm
from cspnb.charts.drawing import WIDTH, axes_at, colours, drawn, shown, write
from cspnb.charts.labels import refusal
from cspnb.exhibits import Exhibit
from cspnb.narrative import severity as told
from cspnb.narrative.wording import in_sentence, listed, sentence

MOST_GROUPS = 9

_ROW, _BAR = 58, 13
_TOP, _BOTTOM = 6, 6
_WORDS = 118
_LONGEST = 46


def harm(result: Harm) -> Exhibit:
    """A pair of bars a group, most harm first; both bars are named at their ends."""
    if told.is_missing(result):
        return refusal(told.headline(result), told.missing_sentence(result))
    groups = _drawn_groups(result)
    height = _TOP + _ROW * len(groups) + _BOTTOM
    return Exhibit(
        kind="figure",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=drawn(height, lambda figure: _draw(figure, groups, bool(result.approximation))),
        alternative=_alternative(result, groups),
        data=_data(result),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(*_not_drawn(result, groups), *told.notes(result)),
        caveats=told.cautions(result),
        facts=told.facts(result),
    )


def _drawn_groups(result: Harm) -> pd.DataFrame:
    """The groups of most harm or most offences, as many as there is room for."""
    larger = result.groups[["share_of_harm", "share_of_count"]].max(axis=1)
    kept = larger.sort_values(ascending=False, kind="stable").index[:MOST_GROUPS]
    return result.groups.loc[sorted(kept)]


def _draw(figure, groups: pd.DataFrame, is_approximate: bool) -> None:
    wide = WIDTH - _WORDS
    axes = axes_at(figure, 0, _TOP, wide, _ROW * len(groups))
    axes.set_xlim(0, float(groups[["share_of_count", "share_of_harm"]].max().max()))
    axes.set_ylim(_ROW * len(groups), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    tops = [_ROW * place for place in range(len(groups))]
    name = {"ha": "left", "va": "top", "weight": "bold", "shift": (0, -2)}
    for top, label in zip(tops, groups["offence_group"], strict=True):
        write(axes, shown(label, _LONGEST), (0, top), **name)
    about = "about " if is_approximate else ""
    _bars(axes, [top + 26 for top in tops], groups["share_of_count"], "dark_blue", "of offences")
    _bars(axes, [top + 42 for top in tops], groups["share_of_harm"], "orange", "of harm", about)


def _bars(axes: Axes, places, shares: pd.Series, ink: str, of: str, about: str = "") -> None:
    axes.barh(places, shares, height=_BAR, color=colours()[ink])
    beside = {"ha": "left", "va": "center", "shift": (5, 0), "annotation_clip": False}
    for at, share in zip(places, shares, strict=True):
        write(axes, f"{told.share(share, about)} {of}", (share, at), **beside)


def _not_drawn(result: Harm, groups: pd.DataFrame) -> tuple[str, ...]:
    left = result.groups.drop(index=groups.index)["offence_group"]
    if left.empty:
        return ()
    named = listed(in_sentence(name) for name in left)
    return (sentence(f"Too small to draw, and in the table: {named}"),)


def _alternative(result: Harm, groups: pd.DataFrame) -> str:
    about = "about " if result.approximation else ""
    pairs = [
        f"{row['offence_group']}: {told.share(row['share_of_count'])} of offences, "
        f"{told.share(row['share_of_harm'], about)} of harm"
        for row in groups.to_dict("records")
    ]
    parts = [f"Paired bar chart of {told.subtitle(result)}", "; ".join(pairs)]
    return " ".join(sentence(part) for part in (*parts, told.headline(result)))


def _data(result: Harm) -> pd.DataFrame:
    groups = result.groups
    return pd.DataFrame(
        {
            "Offence group": groups["offence_group"],
            "Offences": groups["count"],
            "Share of offences (%)": 100 * groups["share_of_count"],
            f"Harm ({result.unit})": groups["harm"],
            "Share of harm (%)": 100 * groups["share_of_harm"],
        }
    )
