"""What the figures rest on: the months that are sound, and the files they came from."""

from itertools import groupby

import pandas as pd

from cspnb import numerals
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.months import ABSENT, SOUND
from cspnb.narrative.wording import lowered, sentence
from cspnb.periods import Month, Period

_SHA_SHOWN = 12
_NOT_GIVEN = "not given"


def coverage(months: pd.DataFrame, *, area: str, subject: str = "records") -> Exhibit:
    """Runs of months in the same state for the same reason.

    `months` has one row a month, in order: `month` (YYYY-MM), `status` (sound, absent or
    abnormal) and `reason` (text, empty when sound), as `Counts.monthly` has them.
    """
    runs = _runs(months)
    headline, why = _message(runs, len(months), subject)
    columns = ("Months", "Number", "State", "Reason")
    rows = tuple(tuple(numerals.plain(run[name]) for name in columns) for run in runs)
    return Exhibit(
        kind="table",
        title=headline,
        subtitle=f"Coverage of {lowered(subject)}, {area}, by month",
        body=Grid(columns, rows, frozenset({"Number"})),
        alternative=f"Table of {numerals.counted(len(rows), 'runs')} of months: {headline}.",
        data=pd.DataFrame(runs, columns=list(columns)),
        warnings=(sentence(why),) if why else (),
        notes=("A dash stands where a run is sound and needs no reason.",),
        method=(
            "A month is absent where nothing is held for it, and abnormal where what is held is "
            "far from what the area usually has; neither counts as a month of no crime."
        ),
    )


def sources(files: pd.DataFrame) -> Exhibit:
    """The files that the figures came from.

    `files` has one row a file: `file`, `publisher`, `edition` (YYYY-MM, may be null), `records`
    (int), `licence`, `sha256`, of which the first twelve digits are shown, and `inside`: how many
    files there are in it, for an archive, whose files have a SHA-256 each.
    """
    rows = tuple(_file(row) for row in files.to_dict("records"))
    columns = ("File", "Publisher", "Edition", "Records", "Licence", "SHA-256 begins")
    title = f"The figures come from {numerals.counted(len(rows), 'files')}"
    named = ["file", "publisher", "edition", "records", "licence", "sha256"]
    return Exhibit(
        kind="table",
        title=title,
        subtitle="Files taken in, their publishers and licences",
        body=Grid(columns, rows, frozenset({"Records"})),
        alternative=f"Table: {lowered(title)}.",
        data=files[named].set_axis([*columns[:-1], "SHA-256"], axis="columns"),
    )


def _runs(months: pd.DataFrame) -> list[dict]:
    rows = months[["month", "status", "reason"]].fillna({"reason": ""}).to_dict("records")
    runs = []
    for (state, reason), run in groupby(rows, key=lambda row: (row["status"], _of_run(row))):
        held = [Month.parse(row["month"]) for row in run]
        period = Period(held[0], held[-1])
        runs.append({"Months": period.label, "Number": len(held), "State": state, "Reason": reason})
    return runs


def _of_run(row: dict) -> str:
    """A reason without its own month, which stands beside it in the table."""
    return row["reason"].replace(f" for {Month.parse(row['month']).label}", "")


def _message(runs: list[dict], number: int, subject: str) -> tuple[str, str]:
    """The headline and the warning: what cannot be given, or relied on, and why; '' for none.

    Months that are absent for one reason were never given: that is no doubt about a figure.
    """
    unsound = [run for run in runs if run["State"] != SOUND]
    months = sum(run["Number"] for run in unsound)
    if not unsound:
        return f"All {numerals.counted(number, 'months')} are sound", ""
    reasons = {run["Reason"] for run in unsound}
    if len(reasons) > 1 or any(run["State"] != ABSENT for run in unsound):
        headline = f"{numerals.counted(months, 'months')} of {number} cannot be relied on"
        return headline, f"{subject}: {lowered(headline)}"
    part = f"any of {number} months" if months == number else f"{months} of {number} months"
    headline = f"{subject} cannot be given for {part if number > 1 else 'the month'}"
    return headline, f"{headline}: {reasons.pop()}".removesuffix(": ")


def _file(row: dict) -> tuple[str, ...]:
    words = [_NOT_GIVEN if pd.isna(row[name]) else str(row[name]) for name in ("file", "publisher")]
    edition = _NOT_GIVEN if pd.isna(row["edition"]) else Month.parse(row["edition"]).label
    licence = _NOT_GIVEN if pd.isna(row["licence"]) else str(row["licence"])
    return *words, edition, numerals.count(row["records"]), licence, _digest(row)


def _digest(row: dict) -> str:
    """The first digits of a file's SHA-256; of an archive, that its files have their own."""
    if pd.isna(row["sha256"]):
        return f"of each of {numerals.counted(row['inside'], 'files')} inside"
    return row["sha256"][:_SHA_SHOWN]
