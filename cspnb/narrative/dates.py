"""Key dates in words: which bring more or fewer than ordinary days, and which come next."""

from collections.abc import Iterable

import pandas as pd

from cspnb import numerals
from cspnb.analysis.judged_dates import FEWER, MORE, NOT_JUDGED
from cspnb.analysis.key_dates import KeyDates
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence
from cspnb.periods import MONTH_NAMES


def key_dates(result: KeyDates) -> Exhibit:
    """Which key dates bring more or fewer events than ordinary days, and the dates ahead."""
    paragraphs = [missing_sentence(result)] if result.reason else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=(*paragraphs, *ahead(result)),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def missing_sentence(result: KeyDates) -> str:
    """That no date is looked at, and why."""
    label = in_sentence(result.measure.label)
    if result.missing:
        return (
            f"Key dates are not looked at for {label} in {result.area}: its days are not known. "
            f"{sentence(result.missing)}"
        )
    held = numerals.counted(result.events, result.measure.unit)
    return sentence(
        f"{result.measure.label} in {result.area}, {result.span.label}: {held}. Key dates are not "
        f"looked at: {clause(result.reason)}"
    )


def headline(result: KeyDates) -> str:
    """The message in about ten words: 'Criminal damage: more on Halloween and Bonfire Night'."""
    label = result.measure.label
    if result.reason:
        return f"{label}: key dates are not looked at"
    named = [(verdict, _named(result, verdict)) for verdict in (MORE, FEWER)]
    told = [f"{verdict} {_on(names)}" for verdict, names in named if names]
    return f"{label}: {', '.join(told)}" if told else f"{label}: no key date stands out"


def subtitle(result: KeyDates) -> str:
    """Measure, place, period and unit."""
    return (
        f"{result.measure.label}, {result.area}, {result.span.label}, {result.measure.unit} on key "
        "dates beside ordinary days"
    )


def ahead(result: KeyDates) -> tuple[str, ...]:
    """The dates of the period that follows, in order; those that brought more are marked."""
    if result.ahead.empty:
        return ()
    items = [_ahead(row) for row in result.ahead.to_dict("records")]
    return (sentence(f"Dates ahead: {listed(items)}"),)


def notes(result: KeyDates) -> tuple[str, ...]:
    """What stands in full view beside the dates."""
    lacking = (result.calendar_missing,) if result.calendar_missing else ()
    if result.missing:
        return (*lacking, *always([result.measure]))
    told = () if result.reason else _told(result)
    return (
        *told,
        *lacking,
        *always([result.measure]),
        *breaks.of_period(result.measure, result.span),
    )


def days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """'31 October 2014', '18 to 21 April 2014', '29 March to 1 April 2013'."""
    ends = f"{last.day} {MONTH_NAMES[last.month - 1]} {last.year}"
    if first == last:
        return ends
    start = f"{first.day} {MONTH_NAMES[first.month - 1]} {first.year}"
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
        if first.month == last.month:
            start = f"{first.day}"
    return f"{start} to {ends}"


def facts(result: KeyDates) -> tuple[Fact, ...]:
    """The ratio of each date judged, under the measure's own name."""
    return tuple(
        Fact(f"{result.measure.key}.{_slug(row['name'])}.{name}", row[name], text(row[name]))
        for row in result.dates.to_dict("records")
        if row["verdict"] != NOT_JUDGED
        for name, text in (("events", numerals.count), ("expected", _one), ("ratio", _two))
        if not numerals.is_missing(row[name])
    )


def _paragraphs(result: KeyDates) -> list[str]:
    dates = result.dates
    judged = dates[dates["verdict"] != NOT_JUDGED]
    where = f"{result.measure.label} in {result.area}, {result.span.label}"
    if judged.empty:
        return [sentence(f"{where}: no key date has enough events to be told from chance")]
    told = [
        sentence(f"{'More' if verdict == MORE else 'Fewer'} than on ordinary days: {listed(items)}")
        for verdict in (MORE, FEWER)
        if (items := [_against(row) for row in _rows(judged, verdict)])
    ]
    clear = sum(judged["verdict"].isin([MORE, FEWER]))
    looked = numerals.counted(len(judged), "key dates")
    if not told:
        return [
            sentence(
                f"{where}: of {looked} none brought more or fewer {result.measure.unit} than "
                "ordinary days by more than chance would"
            )
        ]
    brought = "brings" if clear == 1 else "bring"
    opening = sentence(
        f"{where}: of {looked} {clear} {brought} more or fewer {result.measure.unit} than ordinary "
        "days, beyond chance"
    )
    return [" ".join([opening, *told])]


def _against(row: dict) -> str:
    had, times = numerals.count(row["events"]), _times(row["times"])
    if not row["expected"]:
        return f"{row['name']} ({had} where ordinary days had none, {times})"
    return f"{row['name']} ({had} where {_one(row['expected'])} would be usual, {times})"


def _times(times: int) -> str:
    return "one year" if times == 1 else f"{times} years together"


def _told(result: KeyDates) -> tuple[str, ...]:
    lost = numerals.counted(result.days_unknown, result.measure.unit)
    too_few = list(result.dates.loc[result.dates["verdict"] == NOT_JUDGED, "name"])
    verb = "is" if result.days_unknown == 1 else "are"
    return (
        "An event counts on the day it began; the hours after midnight are those of the next day.",
        *(
            (f"{lost} that can lie on any of several days {verb} left out.",)
            if result.days_unknown
            else ()
        ),
        *((sentence(f"Not judged, with too few to tell: {listed(too_few)}"),) if too_few else ()),
        *((sentence(f"Left out: {result.gaps}"),) if result.gaps else ()),
    )


def _named(result: KeyDates, verdict: str) -> list[str]:
    return [row["name"] for row in _rows(result.dates, verdict)]


def _on(names: list[str]) -> str:
    shown = names if len(names) <= 2 else [*names[:2], f"{len(names) - 2} others"]
    return f"on {listed(shown)}"


def _rows(dates: pd.DataFrame, verdict: str) -> Iterable[dict]:
    """The rows of a verdict, the greatest difference in events first."""
    rows = dates[dates["verdict"] == verdict]
    gap = (rows["events"].astype(float) - rows["expected"]).abs()
    return rows.loc[gap.sort_values(ascending=False, kind="stable").index].to_dict("records")


def _ahead(row: dict) -> str:
    mark = ", which brought more before" if row["verdict"] == MORE else ""
    return f"{row['name']} ({days(row['first'], row['last'])}{mark})"


def _slug(name: str) -> str:
    kept = "".join(each if each.isalnum() else " " for each in name.replace("'", "").lower())
    return "_".join(kept.split())


def _one(value: float | None) -> str:
    return numerals.rate(value, 1)


def _two(value: float | None) -> str:
    return numerals.rate(value, 2)
