"""What came of crimes: the latest outcome of each, as published, and how old it was by then."""

from dataclasses import dataclass

import pandas as pd

from cspnb.measures.definition import Measure
from cspnb.periods import Period

CHARGED = "Charged or taken to court"
OUT_OF_COURT = "Dealt with out of court"
NOT_PROSECUTED = "Suspect known, not prosecuted"
NO_SUSPECT = "No suspect identified"
CLOSED_OTHERWISE = "Not in the public interest, or passed on"
OTHER = "Other, as published"

GROUPS = (CHARGED, OUT_OF_COURT, NOT_PROSECUTED, NO_SUSPECT, CLOSED_OTHERWISE, OTHER)
"""Every group of outcomes, in the order they are told."""

UNDER_INVESTIGATION = "Under investigation"
UNAVAILABLE = "Status update unavailable"
NO_OUTCOMES = frozenset({UNDER_INVESTIGATION, UNAVAILABLE})
"""Published where an outcome would stand, and no outcome: the case is open, or nobody said."""

_IN_GROUPS = {
    CHARGED: (
        "Suspect charged",
        "Suspect charged as part of another case",
        "Awaiting court outcome",
        "Court result unavailable",
        "Court case unable to proceed",
        "Defendant found not guilty",
        "Defendant sent to Crown Court",
        "Offender deprived of property",
        "Offender fined",
        "Offender given absolute discharge",
        "Offender given community sentence",
        "Offender given conditional discharge",
        "Offender given suspended prison sentence",
        "Offender ordered to pay compensation",
        "Offender otherwise dealt with",
        "Offender sent to prison",
    ),
    OUT_OF_COURT: (
        "Local resolution",
        "Offender given a caution",
        "Offender given a drugs possession warning",
        "Offender given penalty notice",
        "Offender given a penalty notice",
    ),
    NOT_PROSECUTED: ("Unable to prosecute suspect",),
    NO_SUSPECT: ("Investigation complete; no suspect identified",),
    CLOSED_OTHERWISE: (
        "Action to be taken by another organisation",
        "Formal action is not in the public interest",
        "Further action is not in the public interest",
        "Further investigation is not in the public interest",
    ),
}


def _folded(wording: str) -> str:
    return " ".join(wording.split()).casefold()


_GROUP_OF = {
    _folded(wording): group for group, wordings in _IN_GROUPS.items() for wording in wordings
}
_OPEN = {_folded(wording): wording for wording in NO_OUTCOMES}


@dataclass(frozen=True)
class Outcomes:
    """The crimes of a measure in one area by month, by the latest outcome that is published.

    `table` has one row a month, edition and wording: `month` (of the crime, YYYY-MM), `edition`
    (the month the file was published, YYYY-MM; null where nobody can say), `outcome` (text as
    published, null where none is), `count` (int64). `dated_by` says how the editions are known.
    `span` is the months asked for; `months` has a row a month of it: `month`, `status` (as in
    `Counts`), `reason`. `missing` says why no outcome can be had at all, or is empty.
    """

    measure: Measure
    area: str
    period: Period
    span: Period
    table: pd.DataFrame
    months: pd.DataFrame
    source: str = ""
    origin: str = ""
    dated_by: str = ""
    caveats: tuple[str, ...] = ()
    missing: str = ""


def group_of(wording: str | None) -> str:
    """The group of a published outcome; itself where it is none, OTHER where it is not known.

    Nothing published at all counts as 'Status update unavailable'. Case and blanks do not matter.
    """
    if wording is None or pd.isna(wording) or not wording.strip():
        return UNAVAILABLE
    known = _folded(wording)
    return _OPEN.get(known) or _GROUP_OF.get(known, OTHER)


def maturity(table: pd.DataFrame) -> pd.Series:
    """Months from each crime's month to the edition of its file; null where that is not known.

    table: as in `Outcomes`. Where a month's crimes are of several editions, each has its own.
    """
    crime, edition = (_serial(table[name]) for name in ("month", "edition"))
    return (edition - crime).astype("Int64")


def _serial(months: pd.Series) -> pd.Series:
    parts = months.astype("str").str.extract(r"^(\d{4})-(\d{2})$").astype("Int64")
    return 12 * parts[0] + parts[1]
