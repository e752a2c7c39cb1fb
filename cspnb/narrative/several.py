"""Several measures in words: how many rose and fell clearly, and which."""

from collections.abc import Sequence

from cspnb import numerals
from cspnb.analysis.trend import Trend
from cspnb.exhibits import Exhibit
from cspnb.measures.change import (
    CLEAR_FALL,
    CLEAR_RISE,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    tests_named,
)
from cspnb.narrative import breaks, changes, years
from cspnb.narrative.wording import (
    always,
    caveats,
    in_sentence,
    listed,
    lowered,
    sentence,
    sources,
    unique,
)

_SAID = {
    CLEAR_RISE: "rose clearly",
    CLEAR_FALL: "fell clearly",
    NO_CLEAR_CHANGE: "showed no clear change",
}


def trends(results: Sequence[Trend]) -> Exhibit:
    """How several measures of one area changed, told together."""
    compared = [result for result in results if _is_compared(result)]
    others = [_alone(result) for result in results if not _is_compared(result)]
    paragraphs = [_tally(compared), *_named(compared), *others]
    return Exhibit(
        kind="statement",
        title=headline(results),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=sources(result.source for result in results),
        method=tests_named(result.change for result in compared),
        notes=(*always(result.measure for result in results), *breaks.of_trends(results)),
        caveats=cautions(results),
        facts=tuple(fact for result in compared for fact in changes.facts(result.change)),
    )


def headline(results: Sequence[Trend]) -> str:
    """The message of several trends in about ten words."""
    compared = [result for result in results if _is_compared(result)]
    if not compared:
        return "No measure can be compared with the year before"
    counts = {
        said: sum(result.change.verdict == verdict for result in compared)
        for verdict, said in _SAID.items()
    }
    told = [(said, number) for said, number in counts.items() if number]
    if len(compared) == 1:
        return f"The one measure compared {told[0][0]}"
    if len(told) == 1:
        return f"All {len(compared)} measures {told[0][0]}"
    said = listed(f"{number} {said}" for said, number in told)
    return f"Of {numerals.counted(len(compared), 'measures')}, {said}"


def cautions(results: Sequence[Trend]) -> tuple[str, ...]:
    """The cautions of every measure shown, each once."""
    return unique(note for result in results for note in caveats(result.measure, result.caveats))


def _is_compared(result: Trend) -> bool:
    return result.change.verdict != NOT_COMPARED


def _tally(compared: Sequence[Trend]) -> str:
    if not compared:
        return ""
    spans = unique(
        f"In {result.change.now.period.label}, against {result.change.before.period.label}"
        for result in compared
    )
    said = headline(compared)
    return sentence(f"{spans[0]}: {lowered(said)}" if len(spans) == 1 else said)


def _named(compared: Sequence[Trend]) -> list[str]:
    names = {
        verdict: [
            f"{in_sentence(result.measure.label)} ({changes.brief(result.change)})"
            for result in compared
            if result.change.verdict == verdict
        ]
        for verdict in _SAID
    }
    return [sentence(f"{verdict}: {listed(items)}") for verdict, items in names.items() if items]


def _alone(result: Trend) -> str:
    if years.is_missing(result):
        return years.missing_sentence(result)
    return " ".join(changes.sentences(result.change))
