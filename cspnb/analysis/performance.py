"""Are the targets met? Each measure of a plan against its target."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from cspnb.measures.change import Change, change_between, tests_named
from cspnb.measures.counts import Counts, Levels, shortfall
from cspnb.measures.definition import Measure, Target
from cspnb.measures.proportions import UNWEIGHTED, Proportion, weighted_proportion
from cspnb.measures.targets import is_met, target_count, target_direction, whole_count
from cspnb.measures.totals import named_once
from cspnb.periods import Period

MET = "met"
MISSED = "missed"
NO_TARGET = "no target"
NOT_KNOWN = "not known"

_NO_DIRECTION = "the measure does not say whether lower or higher is good"
_CHANGE_OF_A_LEVEL = "a percentage is judged against a level, and the target is a change"
_RULE = (
    "A target that is a percentage change is met where the count is no worse than that change "
    "on the year before would make it, in whole numbers. Chance plays no part in that."
)
_OF_SHARES = (
    "The range of a percentage is its 95% Wilson interval on the number who answered; weights, "
    "where the survey used them, make the true range somewhat wider."
)


@dataclass(frozen=True)
class Aim:
    """A measure of the plan, what was recorded, and the target set for it, if one was."""

    recorded: Counts | Levels
    target: Target | None = None


@dataclass(frozen=True)
class Standing:
    """One row of the table of performance.

    For a count: `change` holds both years and the test; `target_count` is the most (or, where
    more is good, the fewest) that would have met the target; `gap` is the current count less
    that (above zero: over it). For a percentage: `level`, as `source` gives it; `share`, where
    `base` respondents are known, is the same with its 95% Wilson interval; `gap` is in percentage
    points against the target.
    """

    measure: Measure
    target: Target | None
    status: str
    change: Change | None = None
    level: float | None = None
    base: float | None = None
    share: Proportion | None = None
    target_count: int | None = None
    gap: float | None = None
    reason: str = ""
    source: str = ""

    @property
    def is_held(self) -> bool:
        """Whether there is any figure of this measure for the period or the year before."""
        return self.level is not None or self.change is not None

    @property
    def is_whole(self) -> bool:
        """Whether the figure for the period itself is held, and whole."""
        return self.level is not None or bool(self.change and self.change.now.complete)


@dataclass(frozen=True)
class Performance:
    """Where each measure of a plan stands at the end of a period."""

    area: str
    period: Period
    standings: tuple[Standing, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the plan, in its order."""
        return tuple(standing.measure for standing in self.standings)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of those measures that are counts."""
        return tuple(standing.change for standing in self.standings if standing.change)

    @property
    def method(self) -> str:
        """How the targets are turned into counts, and the tests used."""
        shares = _OF_SHARES if any(standing.share for standing in self.standings) else ""
        return " ".join(filter(None, (_RULE, tests_named(self.changes), shares)))

    @property
    def source(self) -> str:
        """The sources of every figure, each once."""
        return named_once(
            standing.change.source if standing.change else standing.source
            for standing in self.standings
        )

    @property
    def coverage(self) -> str:
        """How many of the measures have a whole figure for the period."""
        if not self.standings:
            return ""
        whole = sum(standing.is_whole for standing in self.standings)
        number = len(self.standings)
        figure = f"a whole figure for {self.period.label}"
        if number == 1:
            return f"The one measure has {figure if whole else figure.replace('a', 'no', 1)}."
        if not whole:
            return f"None of the {number} measures has {figure}."
        every = "Both" if number == 2 else f"All {number}"
        which = every if whole == number else f"{whole} of {number}"
        return f"{which} measures {'has' if whole == 1 else 'have'} {figure}."

    @property
    def reason(self) -> str:
        """Why nothing can be judged; '' where some target is."""
        aimed = [standing for standing in self.standings if standing.target]
        if not aimed:
            return f"no target is set for {self.period.label}"
        if all(standing.status == NOT_KNOWN for standing in aimed):
            return "; ".join(dict.fromkeys(standing.reason for standing in aimed))
        return ""


def performance(aims: Iterable[Aim], *, area: str, period: Period) -> Performance:
    """Each measure of a plan against its target at the end of a period, in the order given.

    A target is judged on the counts alone; whether the change is more than chance is beside it,
    in `change`, and decides nothing here.
    """
    return Performance(area, period, tuple(_standing(aim, period) for aim in aims))


def _standing(aim: Aim, period: Period) -> Standing:
    recorded = aim.recorded
    if recorded.missing:
        return _without_figure(recorded.measure, aim.target, recorded.missing)
    if isinstance(recorded, Levels):
        return _level_standing(recorded, aim.target, period)
    return _count_standing(recorded, aim.target, period)


def _without_figure(measure: Measure, target: Target | None, reason: str) -> Standing:
    return Standing(measure, target, NOT_KNOWN if target else NO_TARGET, reason=reason)


def _count_standing(counts: Counts, target: Target | None, period: Period) -> Standing:
    change = change_between(counts, period, period.earlier())
    if target is None:
        return Standing(counts.measure, None, NO_TARGET, change=change, reason=change.reason)
    if reason := _why_unjudged(change, target):
        return Standing(counts.measure, target, NOT_KNOWN, change=change, reason=reason)
    direction = target_direction(target, counts.measure.good)
    if target.kind == "level":
        limit = whole_count(target.value, direction)
    else:
        limit = target_count(change.before.count, target, counts.measure.good)
    return Standing(
        counts.measure,
        target,
        MET if is_met(change.now.count, limit, direction) else MISSED,
        change=change,
        target_count=limit,
        gap=change.now.count - limit,
    )


def _why_unjudged(change: Change, target: Target) -> str:
    if not target_direction(target, change.measure.good):
        return _NO_DIRECTION
    if target.kind == "level":
        return shortfall(change.now)
    if change.reason:
        return change.reason
    if change.before.count == 0:
        return f"nothing was recorded in {change.before.period.label} to take a percentage of"
    return ""


def _level_standing(levels: Levels, target: Target | None, period: Period) -> Standing:
    figures = _figures_for(levels.table, period)
    if figures["value"].nunique() != 1:
        reason = (
            f"{len(figures)} figures held for {period.label} disagree"
            if len(figures)
            else f"no figure is held for {period.label}"
        )
        return _without_figure(levels.measure, target, reason)
    figure = figures.iloc[0]
    level, share = float(figure["value"]), _share(figure)
    base = None if pd.isna(figure["base"]) else float(figure["base"])
    if base == 0 or (share and not share.is_printable):
        people = "1 person" if base == 1 else f"{base:.0f} people"
        reason = f"{people} answered, too few for a percentage"
        return _without_figure(levels.measure, target, reason)
    source = named_once(figures["source"])
    found = {"level": level, "base": base, "share": share, "source": source}
    if target is None:
        return Standing(levels.measure, None, NO_TARGET, **found)
    direction = target_direction(target, levels.measure.good)
    if target.kind != "level" or not direction:
        reason = _CHANGE_OF_A_LEVEL if target.kind != "level" else _NO_DIRECTION
        return Standing(levels.measure, target, NOT_KNOWN, reason=reason, **found)
    status = MET if is_met(level, target.value, direction) else MISSED
    gap = float(Decimal(str(level)) - Decimal(str(target.value)))
    return Standing(levels.measure, target, status, gap=gap, **found)


def _share(figure: pd.Series) -> Proportion | None:
    """The percentage with its interval, where the number who answered is known."""
    level, base = float(figure["value"]), figure["base"]
    if pd.isna(base) or base < 1 or not 0 <= level <= 100:
        return None
    weighting = figure.get("weighting", UNWEIGHTED)
    return weighted_proportion(
        level, int(base), weighting=UNWEIGHTED if pd.isna(weighting) else str(weighting)
    )


def _figures_for(table: pd.DataFrame, period: Period) -> pd.DataFrame:
    exactly = (table["start"] == str(period.start)) & (table["end"] == str(period.end))
    return table[exactly & table["value"].notna()]
