"""Trend or noise, in words: the latest month or week, the usual range, and any signal."""

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE
from cspnb.measures.signals import HIGH, LOW
from cspnb.narrative import breaks, levels
from cspnb.narrative import control_words as words
from cspnb.narrative.wording import (
    NOT_NEWS,
    always,
    caveats,
    clause,
    in_sentence,
    news,
    sentence,
)

_TOLD_BEFORE = 3
_MEANS = (
    "A signal is a pattern that the usual ups and downs seldom make; it does not say what is "
    "behind it."
)
_VERDICT = {HIGH: CLEAR_RISE, LOW: CLEAR_FALL}


def control(result: Control) -> Exhibit:
    """Whether a measure's months or weeks show more than their usual ups and downs."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def is_missing(result: Control) -> bool:
    """Whether nothing can be judged."""
    return bool(result.reason)


def missing_sentence(result: Control) -> str:
    """That trend and noise cannot be told apart, and why."""
    return sentence(
        f"Whether {in_sentence(result.measure.label)} in {result.area} shows more than its usual "
        f"ups and downs cannot be told: {clause(result.reason)}"
    )


def headline(result: Control) -> str:
    """The message in about ten words: 'Burglary: below the mean for 8 months running'."""
    label = result.measure.label
    if is_missing(result):
        return f"{label}: trend cannot be told from noise"
    if not _is_judged(result):
        start = words.when(result.segments["start"].iloc[-1])
        return f"{label}: too few {result.points} since {start} to judge"
    if result.is_signalled:
        return f"{label}: {words.headed(result, result.latest_signal)}"
    if result.latest_signal is not None:
        ended = words.when(result.latest_signal["end"])
        return f"{label}: no signal now; the last ended in {ended}"
    return f"{label}: ups and downs are no more than usual"


def subtitle(result: Control) -> str:
    """Measure, place, months or weeks, and unit."""
    return f"{result.measure.label}, {result.area}, {span(result)}, {words.unit(result)}"


def span(result: Control) -> str:
    """From the first point to the last: 'April 2011 to March 2014'."""
    if result.table.empty:
        return result.period.label
    labels = result.table["label"]
    return words.when(labels.iloc[0], labels.iloc[-1])


def notes(result: Control) -> tuple[str, ...]:
    """What is said in full view: where limits start anew or are lacking, and the register."""
    lacking = () if is_missing(result) else _without_limits(result)
    apart = () if is_missing(result) else (levels.unlike_the_change(result),)
    register = breaks.of_period(result.measure, result.span)
    return (*lacking, *always([result.measure]), *register, *apart)


def facts(result: Control) -> tuple[Fact, ...]:
    """The latest value, its mean and limits, and how many points are part of a signal."""
    latest = result.latest
    if is_missing(result) or latest is None:
        return ()
    told = [("latest", latest["value"], words.counted(result, latest["value"]))]
    if _is_judged(result):
        told += [
            ("mean", latest["centre"], words.mean(result, latest["centre"])),
            ("lower_limit", latest["lower"], words.lower_limit(result, latest["lower"])),
            ("upper_limit", latest["upper"], words.upper_limit(result, latest["upper"])),
        ]
    marked = int(result.table["signal"].ne("").sum())
    told.append(("signalled", marked, numerals.counted(marked, result.points)))
    key = f"{result.measure.key}.{words.one(result)}"
    return tuple(Fact(f"{key}_{name}", value, text) for name, value, text in told)


def _is_judged(result: Control) -> bool:
    """Whether the latest sound point has limits."""
    return not numerals.is_missing(result.latest["centre"])


def _paragraphs(result: Control) -> list[str]:
    return [levels.shifted(result), _latest(result), _signal(result), _before(result)]


def _latest(result: Control) -> str:
    row = result.latest
    stood = f"{result.measure.label} stood at {words.counted(result, row['value'])} in "
    said = f"{stood}{words.when(row['label'])}"
    if not _is_judged(result):
        return sentence(said)
    usual = (
        f"the mean is {words.mean(result, row['centre'])} a {words.one(result)}, and the usual "
        f"range {words.usual_range(result, row)}"
    )
    return " ".join(map(sentence, filter(None, (f"{said}; {usual}", _a_year_before(result, row)))))


def _a_year_before(result: Control, row: dict) -> str:
    if numerals.is_missing(row["last_year"]):
        return ""
    return f"A year before it was {words.amount(result, row['last_year'])}"


def _signal(result: Control) -> str:
    """The signals that reach the latest point, and what a signal is; or that there is none."""
    if not _is_judged(result):
        last = result.segments.iloc[-1]
        return sentence(f"It cannot be judged: from {words.when(last['start'])}, {last['reason']}")
    if not result.is_signalled:
        return f"No signal reaches this {words.one(result)}."
    now = result.signals[result.signals["end"] == result.latest["label"]].to_dict("records")
    told = "; ".join(words.told(result, signal) for signal in reversed(now))
    sides = {signal["side"] for signal in now}
    wanted = news(result.measure, _VERDICT.get(sides.pop(), "")) if len(sides) == 1 else ""
    aside = f", {wanted}" if wanted == NOT_NEWS else f" {wanted}" if wanted else ""
    return f"{sentence(told)} This is a signal{aside}. {_MEANS}"


def _before(result: Control) -> str:
    """The latest of the signals that ended earlier, the longest of those that overlap."""
    ended = _apart(result.signals.to_dict("records"), result.latest["label"])
    if not ended:
        return ""
    told = "; ".join(words.told(result, row) for row in ended[:_TOLD_BEFORE])
    more = len(ended) - _TOLD_BEFORE
    rest = f"; and {numerals.counted(more, 'signals')} before" if more > 0 else ""
    return sentence(f"Earlier, {told}{rest}")


def _apart(rows: list[dict], latest: str) -> list[dict]:
    """The signals over before the latest point, last first, none within another on its side."""
    kept = [row for row in rows if row["end"] == latest]
    for row in sorted(rows, key=lambda row: -row["number"]):
        if not any(_overlap(row, other) for other in kept):
            kept.append(row)
    ended = [row for row in kept if row["end"] != latest]
    return sorted(ended, key=lambda row: row["end"], reverse=True)


def _overlap(one: dict, other: dict) -> bool:
    is_apart = one["end"] < other["start"] or other["end"] < one["start"]
    return one["side"] == other["side"] and not is_apart


def _without_limits(result: Control) -> tuple[str, ...]:
    """Where the limits start anew, and the stretches that have none."""
    told = []
    for place, row in enumerate(result.segments.to_dict("records")):
        if place:
            told.append(
                f"The limits start anew in {words.when(row['start'])}{_because(result, row)}"
            )
        if row["reason"]:
            stretch = words.when(row["start"], row["end"])
            told.append(f"No limits are given for {stretch}: {row['reason']}")
    return tuple(map(sentence, told))


def _because(result: Control, row: dict) -> str:
    is_shift = result.shift is not None and result.shift.restart == row["start"]
    return ", as the level has shifted" if is_shift else ""
