"""What was recorded after something was done, in words: beside its comparison, and no cause."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.impact import FEWER, MORE, NO_CLEAR_DIFFERENCE, NOT_JUDGED, TOGETHER, Impact
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.intervention import RING, TREATED
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence
from cspnb.periods import Period

REGRESSION = (
    "Places are often chosen in a bad year, and a bad year tends to be followed by a better one "
    "whatever is done. A comparison chosen for like reasons allows for that in part."
)
EASILY = (
    "Neighbouring areas drift together: where nothing was done, some 9 in 100 groups of them have "
    "been called clear, and not the 5 in 100 that the interval promises."
)
NO_CAUSE = "This says what was recorded after the work began, and not why."

_CHANCE = {
    FEWER: "a difference this large would seldom come about by chance",
    MORE: "a difference this large would seldom come about by chance",
    NO_CLEAR_DIFFERENCE: "a difference of this size could easily be chance",
}
_AREAS = {"lsoa": "LSOAs", "ward": "wards"}


def impact(result: Impact) -> Exhibit:
    """What was recorded before and after, beside what the comparison suggests."""
    told = [_what(result), *_counts(result), _verdict(result)]
    if not is_described(result):
        told = [missing_sentence(result)]
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result) if is_described(result) else "",
        body=tuple(paragraph for paragraph in told if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def is_missing(result: Impact) -> bool:
    """Whether nothing is judged."""
    return result.verdict == NOT_JUDGED


def is_described(result: Impact) -> bool:
    """Whether anything is described as having been done."""
    return bool(result.intervention.title)


def missing_sentence(result: Impact) -> str:
    """That nothing is judged, and why."""
    title = result.intervention.title
    if not title:
        return sentence(result.reason)
    return sentence(f"{title} is not judged: {clause(result.reason) or 'no reason is held'}")


def headline(result: Impact) -> str:
    """The message in about ten words: 'Alley gates: 118 fewer than the comparison suggests'."""
    title = result.intervention.title
    if not title:
        return f"{result.area}: no intervention to judge"
    if is_missing(result):
        return f"{title}: not judged"
    if result.verdict == NO_CLEAR_DIFFERENCE:
        return f"{title}: no clear difference from the comparison"
    size = numerals.count(abs(_last(result)["difference"]))
    return f"{title}: {size} {result.verdict}"


def subtitle(result: Impact) -> str:
    """Measure, place, periods and unit."""
    done, measure = result.intervention, result.measure
    return (
        f"{measure.label}, {result.area}, {done.before.label} and {done.after.label}, "
        f"{measure.unit}"
    )


def notes(result: Impact) -> tuple[str, ...]:
    """What is said in full view: no cause is shown, bad years pass, and dates that are crossed."""
    done = result.intervention
    if not is_described(result):
        return (done.remedy,) if done.remedy else ()
    span = Period(min(done.before.start, done.after.start), max(done.before.end, done.after.end))
    judged = () if is_missing(result) else (NO_CAUSE, REGRESSION, EASILY)
    return (*judged, *always([result.measure]), *breaks.of_period(result.measure, span))


def cautions(result: Impact) -> tuple[str, ...]:
    """The cautions of the measure and of how it was counted by small area."""
    return caveats(result.measure, result.intervention.caveats)


def named(part: str) -> str:
    """A part with its article: 'the treated area', 'the ring round it', 'both together'."""
    return {TREATED: "the treated area", RING: "the ring round it", TOGETHER: "both together"}[part]


def difference(row: pd.Series | dict) -> str:
    """'104 fewer', '12 more', 'no difference', in whole numbers."""
    size = numerals.count(abs(row["difference"]))
    if size == "0":
        return "no difference"
    return f"{size} {'fewer' if row['difference'] < 0 else 'more'}"


def limits(row: pd.Series | dict) -> str:
    """The interval in words: '40 to 196 fewer', '12 fewer to 30 more'."""
    low, high = row["lower"], row["upper"]
    if high < 0:
        return f"{numerals.count(-high)} to {numerals.count(-low)} fewer"
    if low > 0:
        return f"{numerals.count(low)} to {numerals.count(high)} more"
    return f"{numerals.count(-low)} fewer to {numerals.count(high)} more"


def data(result: Impact) -> pd.DataFrame:
    """The parts behind the chart."""
    unit = result.measure.unit.capitalize()
    names = {
        "part": "Part",
        "before": f"{unit} before",
        "after": f"{unit} after",
        "comparison_before": "Comparison before",
        "comparison_after": "Comparison after",
        "expected": "Expected after",
        "difference": "Difference",
        "lower": "Lower limit",
        "upper": "Upper limit",
        "verdict": "Verdict",
    }
    return result.parts[list(names)].rename(columns=names)


def facts(result: Impact) -> tuple[Fact, ...]:
    """The numbers of the treated area, and of all parts together."""
    if is_missing(result):
        return ()
    key, last = result.measure.key, _last(result)
    treated = result.parts.iloc[0]
    counts = {
        "impact_before": int(treated["before"]),
        "impact_after": int(treated["after"]),
        "impact_expected": float(treated["expected"]),
    }
    differences = {
        "impact": last["difference"],
        "impact_lower": last["lower"],
        "impact_upper": last["upper"],
    }
    return (
        *(Fact(f"{key}.{name}", value, numerals.count(value)) for name, value in counts.items()),
        *(
            Fact(f"{key}.{name}", float(value), numerals.difference(value))
            for name, value in differences.items()
        ),
    )


def _what(result: Impact) -> str:
    done = result.intervention
    zones = result.zones.set_index("zone")["areas"]
    number = int(zones.get(TREATED, 0))
    areas = numerals.counted(number, _AREAS[done.level])
    where = f" in {areas} of {result.area}" if number else ""
    return f"{sentence(done.what)} It began in {done.starts.label}{where}."


def _counts(result: Impact) -> list[str]:
    if is_missing(result):
        return [_held(result)]
    return [
        _part(result, row) for row in result.parts.to_dict("records") if row["part"] != TOGETHER
    ]


def _held(result: Impact) -> str:
    """The counts there are, where nothing is made of them."""
    held = result.zones[result.zones["before"].notna() & result.zones["after"].notna()]
    items = [
        f"{numerals.count(row['before'])} before and {numerals.count(row['after'])} after in the "
        f"{row['zone']}"
        for row in held.to_dict("records")
    ]
    if not items:
        return ""
    part = "" if result.zones["complete"].all() else " in the months that are held"
    return sentence(f"{result.measure.label}{part}: {listed(items)}")


def _part(result: Impact, row: dict) -> str:
    measure, done = result.measure, result.intervention
    before = numerals.counted(row["before"], measure.unit)
    compared = (
        f"{numerals.count(row['comparison_before'])} to {numerals.count(row['comparison_after'])}"
    )
    first = (
        f"{in_sentence(measure.label)} in {named(row['part'])} went from {before} in "
        f"{done.before.label} to {numerals.count(row['after'])} in {done.after.label}"
    )
    second = (
        f"had it changed as its comparison did ({compared}), there would have been about "
        f"{numerals.count(row['expected'])}"
    )
    return f"{sentence(first)} {sentence(second)}"


def _verdict(result: Impact) -> str:
    if is_missing(result):
        return missing_sentence(result)
    last = _last(result)
    where = f"in {named(last['part'])}" if last["part"] != TOGETHER else "taken together"
    size, unit = round(last["difference"]), result.measure.unit
    stands = f"{where}, that is what the comparison suggests"
    if size:
        more = "more" if size > 0 else "fewer"
        told = numerals.counted(abs(size), unit)
        stands = f"{where}, that is {told} {more} than the comparison suggests"
    interval = f"95% interval: {limits(last)}"
    verdict = f"{result.verdict}: {_CHANCE[result.verdict]}"
    return f"{sentence(f'{stands} ({interval})')} {sentence(verdict)}{_moved(result)}"


def _moved(result: Impact) -> str:
    """What the ring says by itself, where there is one."""
    ring = result.parts[result.parts["part"] == RING]
    if ring.empty:
        return ""
    row = ring.iloc[0]
    told = f"in the ring by itself, {difference(row)} ({limits(row)}), {row['verdict']}"
    return f" {sentence(told)}"


def _last(result: Impact) -> pd.Series:
    return result.parts.iloc[-1]
