"""What came of crimes? The mix of outcomes, of months old enough to have them."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.measures.months import SOUND, coverage, runs
from cspnb.measures.outcomes import (
    GROUPS,
    NO_OUTCOMES,
    OTHER,
    UNAVAILABLE,
    UNDER_INVESTIGATION,
    Outcomes,
    group_of,
    maturity,
)
from cspnb.measures.proportions import FEW, difference, proportion
from cspnb.periods import Month, Period

MATURE_AFTER = 6
"""Months from a crime to the edition of its file before its outcome is counted."""

MOST_UNKNOWN = 0.20
"""Of the crimes counted, the share that may have no outcome before the mix is refused."""

CONFIDENCE = 0.95

YEARS = ["period", "label", "counted", "months", "crimes", "known", "investigating", "unavailable",
         "reason"]  # fmt: skip
SHARES = ["period", "label", "group", "count", "known", "share", "lower", "upper"]
CHANGES = ["group", "difference", "lower", "upper", "is_clear"]


@dataclass(frozen=True)
class OutcomeMix:
    """What share of a measure's outcomes each group has, this year and the year before.

    `years` (YEARS) has the period and the year before it: `months` counted, and which as one
    run (`counted`, as `str(Period)`; '' for several runs) and in words (`label`); `crimes` of
    those months, how many have an outcome (`known`), are still under investigation, or have none
    published; `reason` says why a year has no mix. `shares` (SHARES) has a row a group of each
    year that has one: fractions of the known outcomes with Wilson limits. `changes` (CHANGES):
    this year's fraction less the year before's, with Newcombe's limits; empty where
    `not_compared` says why. `left_out` is months of the period that are not counted, in words.
    `older_by` is how many months longer the crimes of the year before have had for an outcome.
    `unknown_wordings` are counted in 'other'. `reason` says why nothing can be judged.
    """

    measure: Measure
    area: str
    period: Period
    years: pd.DataFrame
    shares: pd.DataFrame
    changes: pd.DataFrame
    mature_after: int
    left_out: tuple[str, ...]
    unknown_wordings: tuple[str, ...]
    method: str
    source: str
    coverage: str
    dated_by: str = ""
    older_by: int = 0
    not_compared: str = ""
    caveats: tuple[str, ...] = ()
    reason: str = ""


def outcomes(held: Outcomes, *, mature_after: int = MATURE_AFTER) -> OutcomeMix:
    """The mix of outcomes of a measure, over months at least so many months before the edition.

    The year before is taken over the same calendar months as this year, and compared where all
    of them can be counted there too. Crimes without an outcome are no part of the mix; where they
    are more than a fifth of the crimes of the months counted, there is no mix. Sources: Wilson
    1927; Newcombe 1998, method 10. `docs/methods/outcomes.md` has the worked rules.
    """
    grouped = _grouped(held.table)
    states = _states(held, mature_after)
    now = [month for month in held.period.months if not states.get(str(month), "absent")]
    before = [month - 12 for month in now if not states.get(str(month - 12), "absent")]
    of_years = [
        (held.period.earlier(), _counted(grouped, before)),
        (held.period, _counted(grouped, now)),
    ]
    years = [_year(*pair, held.missing) for pair in of_years]
    years[0]["reason"] = years[0]["reason"] or _lost(held.period, before, now)
    judged = [
        (year, counts) for year, (_, (_, counts)) in zip(years, of_years, strict=True)
        if not year["reason"]
    ]  # fmt: skip
    not_compared = _why_not_compared(years)
    used = grouped["month"].isin([str(month) for month in (*before, *now)])
    return OutcomeMix(
        measure=held.measure,
        area=held.area,
        period=held.period,
        years=pd.DataFrame(years, columns=YEARS),
        shares=pd.DataFrame([row for pair in judged for row in _shares(*pair)], columns=SHARES),
        changes=pd.DataFrame([] if not_compared else _changes(of_years), columns=CHANGES),
        mature_after=mature_after,
        left_out=_left_out(held.period, states),
        unknown_wordings=_unknown(grouped[used]),
        method=_method(mature_after),
        source=held.source,
        coverage=_coverage(held, states),
        dated_by=held.dated_by,
        older_by=0 if not_compared else _older_by(held, now),
        not_compared=not_compared,
        caveats=held.caveats,
        reason=held.missing or years[-1]["reason"],
    )


def _grouped(table: pd.DataFrame) -> pd.DataFrame:
    groups = {wording: group_of(wording) for wording in table["outcome"].dropna().unique()}
    found = [groups.get(wording, UNAVAILABLE) for wording in table["outcome"]]
    return table.assign(group=pd.Series(found, index=table.index, dtype="str"))


def _states(held: Outcomes, mature_after: int) -> dict[str, str]:
    """Why each month of the span is not counted; '' where it is."""
    ages, silent = _ages(held.table), _silent(held.table)
    newest = held.table["edition"].dropna().max()
    states = {}
    for month, status in zip(held.months["month"], held.months["status"], strict=True):
        # a month without a crime is as old as the newest file makes it
        age = ages[month] if month in ages else _age(month, newest)
        if status != SOUND:
            states[month] = status
        elif month in silent:
            states[month] = "without any outcome published"
        elif age is None:
            states[month] = "in files whose edition is not known"
        else:
            states[month] = "" if age >= mature_after else f"under {_months(mature_after)} old"
    return states


def _ages(table: pd.DataFrame) -> dict[str, int | None]:
    """How old each month's crimes are in the youngest of their files; None where one is undated."""
    ages: dict[str, int | None] = {}
    pairs = table[["month", "edition"]].drop_duplicates()
    for month, age in zip(pairs["month"], maturity(pairs), strict=True):
        known = None if pd.isna(age) else int(age)
        if month in ages and ages[month] is not None and known is not None:
            known = min(known, ages[month])
        ages[month] = None if month in ages and ages[month] is None else known
    return ages


def _age(month: str, newest) -> int | None:
    return None if pd.isna(newest) else Month.parse(newest) - Month.parse(month)


def _older_by(held: Outcomes, now: list[Month]) -> int:
    """How many months longer, at most, a month of the year before has had than the same month now.

    Where the two are held in files of editions a year apart, they are seen at one age.
    """
    ages, newest = _ages(held.table), held.table["edition"].dropna().max()
    had = {month: ages.get(str(month)) for each in now for month in (each, each - 12)}
    had = {month: _age(str(month), newest) if age is None else age for month, age in had.items()}
    return max(0, *(had[month - 12] - had[month] for month in now))


def _silent(table: pd.DataFrame) -> set[str]:
    """The months of whose crimes none has anything published."""
    said = set(table.loc[table["outcome"].notna(), "month"])
    return set(table["month"]) - said


def _counted(grouped: pd.DataFrame, months: list[Month]) -> tuple[list[Month], pd.Series]:
    inside = grouped[grouped["month"].isin([str(month) for month in months])]
    counts = inside.groupby("group")["count"].sum()
    return months, counts.reindex([*GROUPS, *NO_OUTCOMES], fill_value=0).astype("int64")


def _year(period: Period, counted: tuple[list[Month], pd.Series], missing: str) -> dict:
    months, counts = counted
    spans = runs(months)
    year = {
        "period": str(period),
        "label": ", ".join(span.label for span in spans) or period.label,
        "counted": str(spans[0]) if len(spans) == 1 else "",
        "months": len(months),
        "crimes": int(counts.sum()),
        "known": int(counts[list(GROUPS)].sum()),
        "investigating": int(counts[UNDER_INVESTIGATION]),
        "unavailable": int(counts[UNAVAILABLE]),
    }
    return year | {"reason": missing or _why_no_mix(year)}


def _why_no_mix(year: dict) -> str:
    crimes, known = year["crimes"], year["known"]
    if not year["months"]:
        return f"no month of {year['label']} is sound and old enough in the files held"
    if crimes and (crimes - known) / crimes > MOST_UNKNOWN:
        return (
            f"{crimes - known:,} of {crimes:,} crimes of {year['label']} have no outcome "
            f"({year['investigating']:,} still under investigation, {year['unavailable']:,} "
            f"without a published status), more than {100 * MOST_UNKNOWN:.0f}%"
        )
    if known < FEW:
        one = "outcome is" if known == 1 else "outcomes are"
        return f"{known} {one} known for {year['label']}, too few for percentages"
    return ""


def _shares(year: dict, counts: pd.Series) -> list[dict]:
    rows = []
    for group, count in counts[list(GROUPS)].items():
        share = proportion(int(count), year["known"], confidence=CONFIDENCE)
        named = {"period": year["period"], "label": year["label"], "group": group}
        limits = {"share": share.value, "lower": share.lower, "upper": share.upper}
        rows.append({**named, "count": int(count), "known": year["known"], **limits})
    return rows


def _changes(of_years) -> list[dict]:
    (_, (_, before)), (_, (_, now)) = of_years
    bases = [int(counts[list(GROUPS)].sum()) for counts in (now, before)]
    rows = []
    for group in GROUPS:
        pairs = (int(now[group]), bases[0], int(before[group]), bases[1])
        found = difference(*pairs, confidence=CONFIDENCE)
        limits = {"lower": found.lower, "upper": found.upper, "is_clear": found.is_clear}
        rows.append({"group": group, "difference": found.value, **limits})
    return rows


def _why_not_compared(years: list[dict]) -> str:
    reasons = [year["reason"] for year in reversed(years) if year["reason"]]
    return reasons[0] if reasons else ""


def _lost(period: Period, before: list[Month], now: list[Month]) -> str:
    """Why the year before cannot be laid beside this one: it lacks some of the same months."""
    lost = sorted({month - 12 for month in now} - set(before))
    if not lost:
        return ""
    names = ", ".join(run.label for run in runs(lost))
    return f"{names} cannot be counted, and the same months are counted in {period.label}"


def _left_out(period: Period, states: dict[str, str]) -> tuple[str, ...]:
    """The months that are not counted, with the reason: 'May to June 2022: under 6 months old'."""
    reasons = {month: states.get(str(month), "") for month in period.months}
    told = []
    for reason in dict.fromkeys(filter(None, reasons.values())):
        found = runs(month for month, why in reasons.items() if why == reason)
        told.append(f"{', '.join(run.label for run in found)}: {reason}")
    return tuple(told)


def _unknown(grouped: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(grouped.loc[grouped["group"] == OTHER, "outcome"].unique()))


def _coverage(held: Outcomes, states: dict[str, str]) -> str:
    """Which months of the period are sound, and which of those are not counted, and why."""
    inside = held.months["month"].isin([str(month) for month in held.period.months])
    months = held.months[inside]
    sound = {str(month) for month in months.loc[months["status"] == SOUND, "month"]}
    others = {month: why for month, why in states.items() if month in sound}
    told = [f"Sound but not counted: {text}." for text in _left_out(held.period, others)]
    return " ".join([coverage(months), *told] if len(months) else told)


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"


def _method(mature_after: int) -> str:
    return (
        "Of each crime the latest outcome published counts, in months at least "
        f"{_months(mature_after)} before the edition of the file that tells it. Shares are of the "
        "crimes that have an outcome, with 95% Wilson intervals; a difference from the year "
        "before, over the same calendar months, is clear where its 95% Newcombe interval leaves "
        "out nought. Each group is tested on its own. Nothing allows for how much longer the "
        "crimes of the year before have had."
    )
