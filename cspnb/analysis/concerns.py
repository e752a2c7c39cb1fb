"""What do residents say? What they would have dealt with first, beside what is recorded."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.counts import Counts, Levels, shortfall, total
from cspnb.measures.definition import Measure
from cspnb.measures.proportions import (
    FEW,
    SMALL,
    UNWEIGHTED,
    Proportion,
    difference,
    weighted_proportion,
)
from cspnb.measures.totals import named_once
from cspnb.periods import Month, Period

FEWEST_RANKED = 3
_APART = 2
"""Places between the two orders for a gap to be worth telling."""

MORE_SAY = "more than before"
FEWER_SAY = "fewer than before"
NO_CLEAR_CHANGE = "no clear change"
NOT_COMPARED = "not compared"
NOT_STATED = "weighting not stated"

_COLUMNS = {
    "answer": "str",
    "share": "Float64",
    "lower": "Float64",
    "upper": "Float64",
    "base": "Int64",
    "weighting": "str",
    "is_small": "boolean",
    "reason": "str",
    "measure": "str",
    "recorded": "Int64",
    "not_recorded": "str",
    "share_rank": "Int64",
    "share_best": "Int64",
    "share_worst": "Int64",
    "recorded_rank": "Int64",
    "before": "Float64",
    "before_base": "Int64",
    "change": "Float64",
    "change_lower": "Float64",
    "change_upper": "Float64",
    "change_verdict": "str",
}


@dataclass(frozen=True)
class Concern:
    """An answer residents could give, and the measure that records the like, where one does.

    `shares` are the percentages who gave it, by wave of the survey. `recorded` is None where no
    measure records it.
    """

    answer: str
    shares: Levels
    recorded: Counts | None = None


@dataclass(frozen=True)
class Question:
    """A question put to residents, with an entry an answer that is compared with the record."""

    area: str
    period: Period
    text: str
    concerns: tuple[Concern, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Concerns:
    """Shares of residents who gave each answer, beside the recorded volume of the like.

    `table` has one row an answer, the largest share first: `answer`, `share`, `lower`, `upper`
    (fractions of one; 95% Wilson), `base` (people), `weighting`, `is_small` (base under 100),
    `reason` (why there is no share, else empty), `measure` (label; empty for none), `recorded`
    (offences or incidents of the period), `not_recorded` (why there is none, else empty),
    `share_rank` and `recorded_rank` (1 is the most; among the answers that have both),
    `share_best` and `share_worst` (the ranks that are open where intervals overlap), `before`,
    `before_base`, `change`, `change_lower`, `change_upper` (fractions; Newcombe) and
    `change_verdict` against the wave before. `wave` and `earlier` are those waves.
    """

    question: Question
    table: pd.DataFrame
    wave: Period | None
    earlier: Period | None
    measures: tuple[Measure, ...]
    method: str
    source: str = ""
    coverage: str = ""
    reason: str = ""

    @property
    def area(self) -> str:
        """Where residents were asked."""
        return self.question.area

    @property
    def period(self) -> Period:
        """The months of the recorded volume."""
        return self.question.period

    @property
    def ranked(self) -> pd.DataFrame:
        """The answers that have both a share and a recorded volume; none where they are few."""
        return self.table[self.table["share_rank"].notna()]

    @property
    def named_more(self) -> pd.DataFrame:
        """Answers recorded at a lower rank than any that chance leaves open among residents."""
        below = self.ranked["recorded_rank"] > self.ranked["share_worst"]
        return self.ranked[below & (self._gap >= _APART)]

    @property
    def recorded_more(self) -> pd.DataFrame:
        """Answers recorded at a higher rank than any that chance leaves open among residents."""
        above = self.ranked["recorded_rank"] < self.ranked["share_best"]
        return self.ranked[above & (self._gap <= -_APART)]

    @property
    def _gap(self) -> pd.Series:
        return self.ranked["recorded_rank"] - self.ranked["share_rank"]


def concerns(question: Question) -> Concerns:
    """How many residents gave each answer in the latest wave, beside the volume recorded.

    The wave is the last to end by the end of the period. No share is given on a base under ten,
    and one on a base under a hundred is flagged. Ranks are given where three or more answers have
    both. The wave before is compared by Newcombe's interval.
    """
    wave, earlier = _waves(question)
    rows = [_row(each, question.period, wave, earlier) for each in question.concerns]
    table = _ranked(pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS))
    return Concerns(
        question=question,
        table=table,
        wave=wave,
        earlier=earlier,
        measures=tuple(c.recorded.measure for c in question.concerns if c.recorded is not None),
        method=_method(table),
        source=_source(question, wave),
        coverage=_coverage(table),
        reason=_why_none(question, table),
    )


def _waves(question: Question) -> tuple[Period | None, Period | None]:
    """The latest wave that ends by the end of the period, and the last to end before it began."""
    held = {
        Period(Month.parse(row["start"]), Month.parse(row["end"]))
        for concern in question.concerns
        for row in concern.shares.table.to_dict("records")
    }
    told = sorted(held, key=lambda wave: (wave.end, wave.start), reverse=True)
    wave = next((each for each in told if each.end <= question.period.end), None)
    earlier = next((each for each in told if wave and each.end < wave.start), None)
    return wave, earlier


def _row(concern: Concern, period: Period, wave: Period | None, earlier: Period | None) -> dict:
    now, why = _share(concern.shares, wave)
    then, _ = _share(concern.shares, earlier)
    row = {"answer": concern.answer, "reason": why, "change_verdict": NOT_COMPARED}
    if now is not None:
        row |= {"share": now.value, "lower": now.lower, "upper": now.upper}
        row |= {"base": now.base, "weighting": now.weighting, "is_small": now.is_small}
    return row | _record(concern.recorded, period) | _change(now, then)


def _share(shares: Levels, wave: Period | None) -> tuple[Proportion | None, str]:
    """The share in one wave, or None and why there is none."""
    if shares.missing or wave is None:
        return None, shares.missing or "no survey held asks it by then"
    table = shares.table
    rows = table[(table["start"] == str(wave.start)) & (table["end"] == str(wave.end))]
    if len(rows) != 1:
        why = f"{len(rows)} surveys disagree" if len(rows) else "it has no such answer"
        return None, f"{why} for {wave.label}"
    row = rows.iloc[0]
    if pd.isna(row["base"]):
        return None, "the survey does not say how many people answered"
    if row["base"] < FEW:
        return None, f"{row['base']:.0f} people answered, too few for a percentage"
    weighting = row["weighting"] if isinstance(row["weighting"], str) else NOT_STATED
    return weighted_proportion(row["value"], int(row["base"]), weighting=weighting), ""


def _record(counts: Counts | None, period: Period) -> dict:
    if counts is None:
        return {"measure": "", "not_recorded": "no measure here records it"}
    found = total(counts, period)
    whole = found.count if found.complete else None
    why = "" if found.complete else counts.missing or shortfall(found)
    return {"measure": counts.measure.label, "recorded": whole, "not_recorded": why}


def _change(now: Proportion | None, then: Proportion | None) -> dict:
    if now is None or then is None:
        return {"change_verdict": NOT_COMPARED}
    found = difference(now.value * now.base, now.base, then.value * then.base, then.base)
    verdict = NO_CLEAR_CHANGE
    if found.is_clear:
        verdict = MORE_SAY if found.value > 0 else FEWER_SAY
    return {
        "before": then.value,
        "before_base": then.base,
        "change": found.value,
        "change_lower": found.lower,
        "change_upper": found.upper,
        "change_verdict": verdict,
    }


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Ranks among the answers that have both figures; equal figures share the better rank."""
    both = table["share"].notna() & table["recorded"].notna()
    if both.sum() >= FEWEST_RANKED:
        for name, of in (("share_rank", "share"), ("recorded_rank", "recorded")):
            place = table.loc[both, of].rank(method="min", ascending=False)
            table.loc[both, name] = place.astype("Int64")
        lower, upper = table.loc[both, "lower"], table.loc[both, "upper"]
        table.loc[both, "share_best"] = [1 + int((lower > each).sum()) for each in upper]
        table.loc[both, "share_worst"] = [len(upper) - int((upper < each).sum()) for each in lower]
    return table.sort_values(
        ["share", "answer"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)


def _method(table: pd.DataFrame) -> str:
    weighted = sorted(set(table["weighting"].dropna()) - {UNWEIGHTED})
    caution = (
        f" Shares are weighted ({'; '.join(weighted)}), and the intervals, of the unweighted "
        "base, are the narrower for it."
        if weighted
        else " Shares are unweighted." * bool(table["share"].notna().any())
    )
    return (
        "Shares of those who answered, with 95% Wilson intervals; changes between waves by "
        f"Newcombe's interval (1998, method 10), each on its own.{caution} No share is given on a "
        f"base under {FEW}; one on a base under {SMALL} is marked. A place among residents is "
        "taken to differ from that in the record where it is two or more away, and no place that "
        "overlapping intervals leave open is the same."
    )


def _source(question: Question, wave: Period | None) -> str:
    named: list[str] = []
    for concern in question.concerns:
        table = concern.shares.table
        if wave is not None:
            named += list(table.loc[table["end"] == str(wave.end), "source"].dropna())
        if concern.recorded is not None:
            named += total(concern.recorded, question.period).sources
    return named_once(named)


def _coverage(table: pd.DataFrame) -> str:
    asked = [name for name in table["measure"] if name]
    whole = int(table["recorded"].notna().sum())
    if not asked:
        return "No answer has a measure that records the like."
    return f"{whole} of {len(asked)} measures are held whole for the period."


def _why_none(question: Question, table: pd.DataFrame) -> str:
    if question.missing or table["share"].notna().any():
        return question.missing
    reasons = dict.fromkeys(reason for reason in table["reason"] if reason)
    return "; ".join(reasons) or "no survey held asks it"
