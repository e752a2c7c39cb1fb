"""The API's records as rows of police.uk's own CSV files, in their columns and their words."""

import csv
import io
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from cspnb.errors import FetchError
from cspnb.forces import FORCES
from cspnb.ingest.police_uk.layouts import STOPS, STREET
from cspnb.periods import Month

CRIME_TYPES = {
    "anti-social-behaviour": "Anti-social behaviour",
    "bicycle-theft": "Bicycle theft",
    "burglary": "Burglary",
    "criminal-damage-arson": "Criminal damage and arson",
    "drugs": "Drugs",
    "other-crime": "Other crime",
    "other-theft": "Other theft",
    "possession-of-weapons": "Possession of weapons",
    "public-order": "Public order",
    "robbery": "Robbery",
    "shoplifting": "Shoplifting",
    "theft-from-the-person": "Theft from the person",
    "vehicle-crime": "Vehicle crime",
    "violent-crime": "Violence and sexual offences",
}
"""The crime type of each category; one that is not here is passed on as it came."""

_OUTCOMES = {"Offender given a penalty notice": "Offender given penalty notice"}
"""Outcomes that the API words otherwise than the files."""

_STOP_FIELDS = (
    *("type", "datetime", "operation", "operation_name", "latitude", "longitude", "gender"),
    *("age_range", "self_defined_ethnicity", "officer_defined_ethnicity", "legislation"),
    *("object_of_search", "outcome", "outcome_linked_to_object_of_search"),
    "removal_of_more_than_outer_clothing",
)

Record = dict[str, Any]
Row = list[str]


def crimes_of(records: Iterable[Record], month: str) -> tuple[list[Record], Counter[str]]:
    """The records that bear the month, and how many bear each other one.

    A site asked for one month may answer with another, so the record decides.
    """
    return _parted(records, month, lambda record: _text(record.get("month"))[:7])


def stops_of(records: Iterable[Record], month: str) -> tuple[list[Record], Counter[str]]:
    """The stops of the month, and how many are of each other one.

    Times are UTC: the last hour of the month before belongs to this one in summer. A stop
    without a time is left where it was found.
    """
    before = Month.parse(month) - 1
    last_hour = f"{before}-{monthrange(before.year, before.number)[1]}T23:"

    def month_of(record: Record) -> str:
        time = _text(record.get("datetime"))
        return month if time.startswith(last_hour) or not time else time[:7]

    return _parted(records, month, month_of)


def street_rows(records: Iterable[Record], force: str) -> dict[str, list[Row]]:
    """Rows of street files, by force: the records of the transport police are its own.

    No record names its force otherwise, so all others are said to be of the force given. There
    is no LSOA in any answer: both its columns are blank.
    """
    rows = defaultdict(list)
    for record in sorted(records, key=lambda one: _order(one.get("id"))):
        reporter = "btp" if record.get("location_type") == "BTP" else force
        rows[reporter].append(_street_row(record, FORCES[reporter].names[0]))
    return dict(rows)


def stop_rows(records: Iterable[Record]) -> list[Row]:
    """Rows of a stop-and-search file, by time."""
    return sorted((_stop_row(record) for record in records), key=lambda row: (row[1], row))


def street_csv(rows: Iterable[Row]) -> bytes:
    """A street file."""
    return _csv(STREET.header, rows)


def stops_csv(rows: Iterable[Row]) -> bytes:
    """A stop-and-search file."""
    return _csv(STOPS.header, rows)


def _street_row(record: Record, reporter: str) -> Row:
    location = _inner(record, "location")
    category = _text(record.get("category"))
    outcome = _text(_inner(record, "outcome_status").get("category"))
    street = _text(_inner(location, "street").get("name"))
    return [
        _text(record.get("persistent_id")),
        _text(record.get("month")),
        *(reporter, reporter),
        _text(location.get("longitude")),
        _text(location.get("latitude")),
        street or "No Location",
        *("", ""),
        CRIME_TYPES.get(category, category),
        _OUTCOMES.get(outcome, outcome),
        _text(record.get("context")),
    ]


def _stop_row(record: Record) -> Row:
    location = _inner(record, "location")
    place = {name: location.get(name) for name in ("latitude", "longitude")}
    outcome = record.get("outcome")
    told = record | place | {"outcome": outcome if isinstance(outcome, str) else None}
    return [_text(told.get(name)) for name in _STOP_FIELDS]


def _parted(records, month, month_of):
    kept, others = [], Counter()
    for record in records:
        if (other := month_of(record)) == month:
            kept.append(record)
        else:
            others[other or "no month"] += 1
    return kept, others


def _inner(record: Record, name: str) -> Record:
    """A part of a record that is a record too, or empty where it is null."""
    part = record.get(name) or {}
    if not isinstance(part, dict):
        raise FetchError(
            f"a record's {name} is '{_text(part)[:60]}', which is not how the API gives it",
            where="data.police.uk",
            remedy="The site may have changed. Fetch the archive instead: "
            "cspnb fetch police-uk archive.",
        )
    return part


def _order(number) -> tuple[int, str]:
    text = _text(number)
    return len(text), text


def _text(value) -> str:
    return "" if value is None else " ".join(str(value).split())


def _csv(header: list[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")
