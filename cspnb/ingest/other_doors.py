"""Which source a file looks to be of, when it was brought to the door of another."""

import re
from collections.abc import Iterable

_WHAT_IT_IS = (
    (
        (r".*Index of Multiple Deprivation.*|W?IMD(_?\d{2}|_?\d{4})?",),
        ("an index of deprivation", "deprivation"),
    ),
    (
        (r"(Offence )?Count|Number[ _]of[ _]Offences|Offences", r"Financial[ _]?Year"),
        ("recorded crime of the Home Office", "home-office"),
    ),
    (
        (r"Crime[ _]?type", r"LSOA[ _]?code"),
        ("street crime of data.police.uk", "police-uk"),
    ),
    (
        (r"code_original|Home Office Code|ONS_COUNTS_code|offence_code",),
        ("weights or categories of offences", "severity"),
    ),
    ((r"AREACD",), ("a list of similar areas", "similar-areas")),
    ((r"area_code", r"peer_code"), ("a list of similar areas", "similar-areas")),
    ((r"measure", r"period", r"area", r"value"), ("figures of partners", "indicators")),
    (
        (r"Mid-\d{4} population|All Ages|population_\d{4}|OBS_VALUE|residents|households",),
        ("counts of people", "population"),
    ),
    ((r"(LSOA|MSOA|WD|LAD|CSP|PFA|RUC)\d\d(CD|NM)",), ("a lookup of areas", "lookup")),
)
"""Patterns that each fit some column's whole name; what such a file is, and its door."""


def other_door(columns: Iterable[str], door: str) -> tuple[str, str] | None:
    """What a file with these columns is, and its door; None where it is not known, or is `door`."""
    names = list(columns)
    for patterns, (what, its_door) in _WHAT_IT_IS:
        if all(any(re.fullmatch(p, name, re.IGNORECASE) for name in names) for p in patterns):
            return None if its_door == door else (what, its_door)
    return None


def remedy_for(columns: Iterable[str], door: str, otherwise: str) -> str:
    """What to do with a file that no layout of `door` fits: its own door, where one is known."""
    if (other := other_door(columns, door)) is None:
        return otherwise
    what, its_door = other
    return f"It looks to be {what}: cspnb ingest {its_door} FILE. If it is not: {otherwise}"
