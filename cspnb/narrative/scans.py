"""Many changes in words: which stay clear once the number of tests is allowed for."""

from cspnb import numerals
from cspnb.analysis.scan import SMALL_AREAS, Scan
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, in_sentence, listed, sentence, unique
from cspnb.periods import Period

_SAID = {CLEAR_RISE: "Clear rise", CLEAR_FALL: "Clear fall"}
_TOLD = 12
"""Findings named in a sentence; the table has them all."""


def scan(result: Scan) -> Exhibit:
    """What stands out among many, and how many would have seemed to."""
    paragraphs = [missing_sentence(result)] if result.reason else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def missing_sentence(result: Scan) -> str:
    """That nothing is tested, and why."""
    return sentence(f"Nothing could be scanned: {result.reason}")


def headline(result: Scan) -> str:
    """The message in about ten words: '2 of 14 measures changed clearly'."""
    if result.reason:
        return "No change could be tested"
    clear, things = len(result.clear), "areas" if _is_of_areas(result) else "measures"
    if len(result.measures) > 1 and _is_of_areas(result):
        things = "tests"
    number = numerals.counted(result.tested, things)
    if things == "tests":
        return f"{clear or 'None'} of {number} {'shows' if clear == 1 else 'show'} a clear change"
    if result.tested == 1:
        thing, found = numerals.singular(things), "a" if clear else "no"
        return f"The one {thing} tested shows {found} clear change"
    return f"{clear or 'None'} of {number} changed clearly"


def subtitle(result: Scan) -> str:
    """What was tested, place, periods and unit."""
    if result.period is None:
        return ""
    what = result.measures[0].label if len(result.measures) == 1 else result.family
    units = listed(unique(measure.unit for measure in result.measures))
    return f"{what}, {result.area}, {result.before.label} and {result.period.label}, {units}"


def notes(result: Scan) -> tuple[str, ...]:
    """What is always said of the measures, and the dates that the two years cross."""
    if result.period is None:
        return ()
    span = Period(result.before.start, result.period.end)
    crossed = [note for each in result.measures for note in breaks.of_period(each, span)]
    warned = (SMALL_AREAS,) if _is_of_areas(result) and not result.reason else ()
    return (*warned, *always(result.measures), *unique(crossed))


def cautions(result: Scan) -> tuple[str, ...]:
    """The cautions of every measure, each once."""
    return unique(note for measure in result.measures for note in caveats(measure))


def facts(result: Scan) -> tuple[Fact, ...]:
    """How many were tested, how many are clear, and how many would be, each by itself."""
    numbers = {
        "scan.tested": result.tested,
        "scan.clear": len(result.clear),
        "scan.clear_alone": result.clear_alone,
    }
    return tuple(Fact(name, value, numerals.count(value)) for name, value in numbers.items())


def named(row: dict, result: Scan) -> str:
    """What a finding is of: the measure, the area, or both where there are several of both."""
    if not _is_of_areas(result):
        return row["label"]
    if len(result.measures) == 1:
        return row["area"]
    return f"{row['label']}, {row['area']}"


def _is_of_areas(result: Scan) -> bool:
    return result.findings["area"].nunique() > 1


def _paragraphs(result: Scan) -> list[str]:
    return [_stands(result), *_named(result), _alone(result), _untested(result)]


def _stands(result: Scan) -> str:
    said = headline(result)
    against = f"in {result.period.label}, against {result.before.label}"
    return sentence(f"{said} {against}, once the number of tests is allowed for")


def _named(result: Scan) -> list[str]:
    told = []
    for verdict, said in _SAID.items():
        rows = result.clear[result.clear["verdict"] == verdict].to_dict("records")
        items = [_brief(row, result) for row in rows[:_TOLD]]
        if len(rows) > _TOLD:
            items.append(f"{len(rows) - _TOLD} more")
        if items:
            told.append(sentence(f"{said}: {listed(items)}"))
    return told


def _brief(row: dict, result: Scan) -> str:
    return (
        f"{_inside(row, result)} ({numerals.count(row['before'])} to {numerals.count(row['now'])})"
    )


def _inside(row: dict, result: Scan) -> str:
    name = named(row, result)
    return name if _is_of_areas(result) else in_sentence(name)


def _alone(result: Scan) -> str:
    more = result.clear_alone - len(result.clear)
    if more < 1:
        return ""
    one = more == 1
    return sentence(
        f"{more} more would be called clear by {'itself' if one else 'themselves'}; among "
        f"{numerals.counted(result.tested, 'tests')} some {'such ' if one else ''}are to be "
        "expected by chance, and "
        f"{'it is' if one else 'they are'} not counted here"
    )


def _untested(result: Scan) -> str:
    untested = result.findings[result.findings["q_value"].isna()]
    if untested.empty:
        return ""
    by_reason: dict[str, list[str]] = {}
    for row in untested.to_dict("records"):
        by_reason.setdefault(row["reason"], []).append(_inside(row, result))
    items = [
        f"{listed(names) if len(names) <= _TOLD else numerals.counted(len(names), 'of them')} "
        f"({reason})"
        for reason, names in by_reason.items()
    ]
    return sentence(f"Not tested: {listed(items)}")
