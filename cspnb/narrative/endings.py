"""The mix of outcomes in words: how crimes ended, what changed, and what is not known."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.outcomes import OutcomeMix
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.outcomes import (
    CHARGED,
    CLOSED_OTHERWISE,
    NO_SUSPECT,
    NOT_PROSECUTED,
    OTHER,
    OUT_OF_COURT,
)
from cspnb.measures.proportions import SMALL
from cspnb.narrative import breaks
from cspnb.narrative.wording import (
    always,
    caveats,
    clause,
    in_sentence,
    listed,
    sentence,
)
from cspnb.periods import Period

CAUTIONS = (
    "An outcome is what was published last of a crime; courts may decide later, or otherwise.",
    "What the police record as an outcome, and under which wording, changes from time to time.",
)
OLDER = (
    "The crimes of the year before have had longer for their outcomes to be found and changed; no "
    "interval allows for that."
)
_TEST = "95% Newcombe intervals, each share on its own"
KEYS = {
    CHARGED: "charged",
    OUT_OF_COURT: "out_of_court",
    NOT_PROSECUTED: "not_prosecuted",
    NO_SUSPECT: "no_suspect",
    CLOSED_OTHERWISE: "closed_otherwise",
    OTHER: "other_outcome",
}


def outcomes(result: OutcomeMix) -> Exhibit:
    """How a measure's crimes ended, and whether the mix has changed."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method="" if is_missing(result) else result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=cautions(result),
        facts=facts(result),
    )


def is_missing(result: OutcomeMix) -> bool:
    """Whether the period has no mix."""
    return bool(result.reason)


def missing_sentence(result: OutcomeMix) -> str:
    """That the outcomes cannot be told, and why."""
    return sentence(
        f"Outcomes of {in_sentence(result.measure.label)} in {result.area} cannot be told for "
        f"{result.period.label}: {clause(result.reason)}"
    )


def headline(result: OutcomeMix) -> str:
    """The message in about ten words: 'Burglary: 91% of outcomes were "no suspect identified"'."""
    if is_missing(result):
        return f"{result.measure.label}: no mix of outcomes for {result.period.label}"
    most = ranked(result).iloc[0]
    share = percentage(most["share"], 0)
    return f"{result.measure.label}: {share} of outcomes were “{in_sentence(most['group'])}”"


def subtitle(result: OutcomeMix) -> str:
    """Measure, place, periods and unit."""
    years = [row["label"] for row in result.years.to_dict("records") if not row["reason"]]
    label = listed(years) or result.period.label
    return (
        f"Outcomes of {in_sentence(result.measure.label)}, {result.area}, {label}, "
        "per cent of outcomes known"
    )


def of_year(result: OutcomeMix, period: Period) -> pd.DataFrame:
    """A year's rows of the shares, the groups that either year has alone."""
    held = result.shares.groupby("group")["count"].sum()
    shown = result.shares["group"].isin(held[held > 0].index)
    return result.shares[shown & result.shares["period"].eq(str(period))]


def ranked(result: OutcomeMix) -> pd.DataFrame:
    """The period's rows of the shares, the largest first; of equals, in the order of the groups."""
    rows = of_year(result, result.period)
    return rows.sort_values("share", ascending=False, kind="stable")


def percentage(share: float, places: int | None = None, base: int = SMALL) -> str:
    """A fraction as a percentage: '43.0%'; whole where asked or where its base is small."""
    value = 100 * share
    if places == 0 or base < SMALL:
        return "over 99%" if 99.5 <= value < 100 else numerals.level(round(value))
    return numerals.share(value)


def notes(result: OutcomeMix) -> tuple[str, ...]:
    """What is in full view: months not counted, crimes without an outcome, wordings not known."""
    if is_missing(result):
        return always([result.measure])
    return (
        *_without(result),
        *_unknown(result),
        *always([result.measure]),
        *breaks.of_period(result.measure, span(result)),
    )


def span(result: OutcomeMix) -> Period:
    """From the year before, where it is told, to the end of the period."""
    before = result.period.earlier()
    first = before if result.shares["period"].eq(str(before)).any() else result.period
    return Period(first.start, result.period.end)


def cautions(result: OutcomeMix) -> tuple[str, ...]:
    """What to bear in mind of outcomes, of how old the files are, and of the measure."""
    dated = (result.dated_by,) if result.dated_by else ()
    aged = (OLDER,) if result.older_by else ()
    return (*CAUTIONS, *aged, *dated, *caveats(result.measure, result.caveats))


def facts(result: OutcomeMix) -> tuple[Fact, ...]:
    """The number of crimes, of outcomes, and each group's percentage, of the period."""
    if is_missing(result):
        return ()
    key, year = result.measure.key, result.years.iloc[-1]
    numbers = [("crimes", "crimes"), ("outcomes_known", "known")]
    counted = [
        Fact(f"{key}.{name}", int(year[column]), numerals.count(year[column]))
        for name, column in numbers
    ]
    shares = result.shares[result.shares["period"] == str(result.period)]
    rows = shares.to_dict("records")
    return (*counted, *(_fact(key, row) for row in rows))


def _fact(key: str, row: dict) -> Fact:
    text = percentage(row["share"], base=row["known"])
    return Fact(f"{key}.{KEYS[row['group']]}_pct", 100 * row["share"], text)


def _paragraphs(result: OutcomeMix) -> list[str]:
    return [" ".join((_base(result), _mix(result))), *_changed(result)]


def _base(result: OutcomeMix) -> str:
    year = result.years.iloc[-1]
    crimes = numerals.counted(int(year["crimes"]), result.measure.unit)
    few = ": few, so the shares are in whole per cent" if year["known"] < SMALL else ""
    have = "has" if year["known"] == 1 else "have"
    return (
        f"{result.measure.label}, {result.area}: of {crimes} in {year['label']}, "
        f"{numerals.count(year['known'])} {have} an outcome{few}."
    )


def _mix(result: OutcomeMix) -> str:
    rows = ranked(result)
    rows = rows[rows["count"] > 0]
    shares = [
        f"{in_sentence(row['group'])} in {percentage(row['share'], base=row['known'])}"
        for row in rows.to_dict("records")
    ]
    return sentence("Of these: " + "; ".join(shares))


def _changed(result: OutcomeMix) -> list[str]:
    before = result.years["label"].iloc[0]
    if result.not_compared:
        year = result.period.earlier().label
        return [sentence(f"Not compared with {year}: {clause(result.not_compared)}")]
    shown = set(of_year(result, result.period)["group"])
    rows = [row for row in result.changes.to_dict("records") if row["group"] in shown]
    clear = [_difference(result, row) for row in rows if row["is_clear"]]
    if not clear:
        none = f"No share differs from {before} by more than chance could easily bring about"
        return [f"{none} ({_TEST})."]
    told = [
        f"Against {before}, more than chance would easily bring about ({_TEST})"
        f"{_aged(result)}: {'; '.join(clear)}"
    ]
    if rest := [in_sentence(row["group"]) for row in rows if not row["is_clear"]]:
        told.append(f"No clear change in {listed([f'“{group}”' for group in rest])}")
    return [" ".join(map(sentence, told))]


def _aged(result: OutcomeMix) -> str:
    """That the earlier crimes have had longer, where they have: the test knows nothing of it."""
    months = result.older_by
    if not months:
        return ""
    longer = "a year" if months == 12 else numerals.counted(months, "months")
    return f", some of it perhaps because the earlier crimes have had {longer} longer"


def _difference(result: OutcomeMix, row: dict) -> str:
    of_group = result.shares[result.shares["group"] == row["group"]]
    before, now = (
        percentage(each["share"], base=each["known"]) for each in of_group.to_dict("records")
    )
    way = "up" if row["difference"] > 0 else "down"
    ends = sorted(abs(100 * row[end]) for end in ("lower", "upper"))
    low, high = (numerals.rate(end, 1) for end in ends)
    size = numerals.points(100 * row["difference"])
    name = in_sentence(row["group"])
    return f"“{name}” from {before} to {now}, {way} {size} (between {low} and {high})"


def _without(result: OutcomeMix) -> tuple[str, ...]:
    """Crimes that have no outcome, and months that are not counted."""
    told = []
    for year in result.years.to_dict("records"):
        if year["reason"] or year["crimes"] == year["known"]:
            continue
        missing, crimes = year["crimes"] - year["known"], year["crimes"]
        are = "has no outcome and is" if missing == 1 else "have no outcome and are"
        told.append(
            f"{year['label']}: {numerals.count(missing)} of "
            f"{numerals.counted(crimes, result.measure.unit)} "
            f"({percentage(missing / crimes, base=crimes)}) {are} no part of the mix: "
            f"{numerals.count(year['investigating'])} still under investigation, "
            f"{numerals.count(year['unavailable'])} without a published status"
        )
    if result.left_out:
        told.append(f"Months not counted: {'; '.join(result.left_out)}")
    return tuple(map(sentence, told))


def _unknown(result: OutcomeMix) -> tuple[str, ...]:
    if not result.unknown_wordings:
        return ()
    named = listed(f"“{wording}”" for wording in result.unknown_wordings)
    return (sentence(f"Counted as “{in_sentence(OTHER)}”: {named}"),)
