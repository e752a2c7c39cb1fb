"""Months of police.uk fetched through its API, each as files of police.uk's own layout."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cspnb.errors import FetchError, PeriodError
from cspnb.fetch.areas import Area
from cspnb.fetch.ledger import Ledger, MonthFile, asked_of
from cspnb.fetch.police_api import PoliceApi, Record
from cspnb.fetch.police_records import (
    crimes_of,
    stop_rows,
    stops_csv,
    stops_of,
    street_csv,
    street_rows,
)
from cspnb.forces import FORCES
from cspnb.ingest.police_uk.sources import LICENCE, PUBLISHER
from cspnb.periods import Period

NOWHERE = "No location"
"""What a file of records without a point is declared to speak for: no district at all."""


@dataclass(frozen=True)
class Question:
    """What is asked for each month, how it becomes files, and what they speak for.

    asked: what tells this fetch from another in the same folder. declare: how `cspnb ingest` is
    told what the files are extracts of. stops: whether a month's forces are known beforehand.
    """

    asked: dict[str, Any]
    records: Callable[[PoliceApi, str], list[Record]]
    of_month: Callable[[list[Record], str], tuple[list[Record], Counter[str]]]
    files: Callable[[list[Record], str], list[MonthFile]]
    declare: str = ""
    stops: bool = False


@dataclass(frozen=True)
class Months:
    """What a call fetched: months written, months that were there, months that are not known."""

    folder: Path
    edition: str | None
    declare: str
    written: tuple[str, ...]
    there: tuple[str, ...]
    unknown: dict[str, str]

    @property
    def next_command(self) -> str:
        """How the folder is taken into the store; '' where nothing is there to take in."""
        if not self.written and not self.there:
            return ""
        parts = [f'cspnb ingest police-uk "{self.folder}" --edition {self.edition}', self.declare]
        return " ".join(part for part in parts if part)


def street(area: Area, force: str, covers: tuple[str, ...] = ()) -> Question:
    """Crimes and incidents at points in an area, whose force is given.

    covers: codes or names of districts that the area is known to cover whole, where its own
    file does not say. They, or else the area's name, are what the files are declared to be of.
    """
    districts = covers or area.districts
    told = {"name": area.name, "sha256": area.sha256, "districts": list(districts)}
    return Question(
        asked={"kind": "street", "force": force, "area": told},
        records=lambda api, month: api.street(area, month),
        of_month=crimes_of,
        files=lambda records, month: _street_files(records, month, force),
        declare=f"--types all --areas {_quoted('; '.join(districts) or area.name)}",
    )


def force_held(folder: Path, area: Area) -> str | None:
    """The force of an area whose months the folder was fetched for; None where it was not."""
    asked = asked_of(folder) or {}
    same = (asked.get("area") or {}).get("sha256") == area.sha256
    return asked.get("force") if same and asked.get("kind") == "street" else None


def no_location(force: str) -> Question:
    """A force's crimes that have no point, which no area's answer holds."""
    return Question(
        asked={"kind": "no-location", "force": force},
        records=lambda api, month: api.no_location(force, month),
        of_month=crimes_of,
        files=lambda records, month: _street_files(records, month, force),
        declare=f"--types all --areas {_quoted(NOWHERE)}",
    )


def stops(force: str) -> Question:
    """A force's stops and searches, with a point or without."""
    return Question(
        asked={"kind": "stops", "force": force},
        records=lambda api, month: api.stops(force, month),
        of_month=stops_of,
        files=lambda records, month: [_stops_file(records, month, force)],
        stops=True,
    )


def fetch_months(
    question: Question,
    period: Period,
    folder: Path,
    api: PoliceApi,
    *,
    anew: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Months:
    """The months of the period that the folder does not hold, fetched one after another.

    Each month is there whole or not at all, so a call that was stopped is gone on with, and one
    with nothing left to do asks nothing. An empty answer is no zero: the month stays unknown and
    has no file. Raises PeriodError for a month the site does not keep; FetchError where the
    folder holds another fetch or another edition, or the site fails.
    """
    ledger = Ledger.opened(folder, question.asked, anew=anew)
    ledger.note(publisher=PUBLISHER, licence=LICENCE, declare=question.declare)
    wanted = [str(month) for month in period.months]
    there = [month for month in wanted if ledger.has(month)]
    missing = [month for month in wanted if month not in there]
    unknown = {}
    if missing:
        available = api.months()
        _require_kept(missing, available)
        ledger.require_edition(max(available))
        unknown = _Run(question, ledger, api, say).months(missing, available)
    written = tuple(month for month in missing if month not in unknown)
    return Months(folder, ledger.edition, question.declare, written, tuple(there), unknown)


class _Run:
    """One call's fetching, held to the publication it began with."""

    def __init__(self, question: Question, ledger: Ledger, api: PoliceApi, say):
        self._question = question
        self._ledger = ledger
        self._api = api
        self._say = say
        self._published = api.last_updated()

    def months(self, missing: list[str], available: dict[str, frozenset[str]]) -> dict[str, str]:
        """Fetch each month; why, for those of which nothing is known."""
        unknown = {}
        for month in missing:
            if why := self._month(month, available[month]):
                self._ledger.unknown(month, why)
                unknown[month] = why
                self._say(f"{month}: {why}")
        return unknown

    def _month(self, month: str, publishing: frozenset[str]) -> str:
        force = self._question.asked["force"]
        if self._question.stops and force not in publishing:
            return f"{force} published no stops for this month, which is not the same as none"
        records = self._question.records(self._api, month)
        if self._api.last_updated() != self._published:
            raise FetchError(
                "has published anew while this was being fetched",
                where="data.police.uk",
                remedy="Run the command again with --anew.",
            )
        kept, others = self._question.of_month(records, month)
        if not kept:
            return _nothing(others)
        files = self._question.files(kept, month)
        self._ledger.write(month, files, {"other_months": dict(sorted(others.items()))})
        self._say(f"{month}: {_told(files, others)}")
        if not any(f"/{month}-{force}-" in file.name for file in files):
            self._say(f"{month}: no record of {force} itself, which is no zero: it is unknown")
        return ""


def _require_kept(missing: list[str], available: dict[str, frozenset[str]]) -> None:
    if not available:
        raise FetchError("lists no month at all", where="api/crimes-street-dates")
    if gone := [month for month in missing if month not in available]:
        raise PeriodError(
            f"{', '.join(gone[:3])}{' and more' if len(gone) > 3 else ''} cannot be asked for: "
            f"the API keeps {min(available)} to {max(available)}",
            remedy="Ask for months within those, or take older ones from an archive: "
            "cspnb fetch police-uk archive --month YYYY-MM.",
        )


def _nothing(others: Counter[str]) -> str:
    if others:
        told = ", ".join(f"{count} of {month}" for month, count in sorted(others.items()))
        return f"the site answered with other months ({told}), so nothing is known of this one"
    return "the site answered with nothing, which is no zero: the month is unknown"


def _told(files: list[MonthFile], others: Counter[str]) -> str:
    told = ", ".join(f"{file.rows:,} rows in {file.name}" for file in files)
    left = f"; {sum(others.values()):,} of other months left out" if others else ""
    return f"{told}{left}"


def _street_files(records: list[Record], month: str, force: str) -> list[MonthFile]:
    by_force = street_rows(records, force)
    return [
        MonthFile(f"{month}/{month}-{one}-street.csv", street_csv(rows), len(rows))
        for one, rows in sorted(by_force.items())
        if one in FORCES
    ]


def _stops_file(records: list[Record], month: str, force: str) -> MonthFile:
    rows = stop_rows(records)
    return MonthFile(f"{month}/{month}-{force}-stop-and-search.csv", stops_csv(rows), len(rows))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'
