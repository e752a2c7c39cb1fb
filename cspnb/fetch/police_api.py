"""The calls of data.police.uk's API that are used here, each with what its answers may mean."""

import re
from collections.abc import Callable
from typing import Any

import shapely

from cspnb.errors import FetchError
from cspnb.fetch.areas import Area, as_poly, in_a_hole, quarters
from cspnb.fetch.client import Client, TooMuchError

DEEPEST = 7
"""How often an area is cut in four before a refusal is taken for an outage: sides of 1/128."""

Record = dict[str, Any]

_MONTH = re.compile(r"^\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?$")


class PoliceApi:
    """data.police.uk's API, asked through a client. It keeps no months but the last 36."""

    def __init__(self, client: Client, say: Callable[[str], None] = lambda _: None):
        self._client = client
        self._say = say

    def months(self) -> dict[str, frozenset[str]]:
        """Each month that can be asked for, with the forces that published stops in it."""
        found = {}
        for entry in self._records("api/crimes-street-dates"):
            forces = entry.get("stop-and-search") or []
            if _MONTH.match(month := str(entry.get("date"))):
                found[month[:7]] = frozenset(map(str, forces))
        return found

    def last_updated(self) -> str:
        """The day of the newest publication, as the site has it: when it moves, ids may too."""
        answer = self._client.json("api/crime-last-updated")
        return str(answer.get("date")) if isinstance(answer, dict) else ""

    def force_at(self, latitude: float, longitude: float) -> str:
        """The slug of the force whose neighbourhood a point lies in."""
        path = "api/locate-neighbourhood"
        answer = self._client.json(path, params={"q": f"{latitude:.6f},{longitude:.6f}"})
        if not isinstance(answer, dict) or not answer.get("force"):
            raise FetchError("does not say which force the area is in", where=path)
        return str(answer["force"])

    def no_location(self, force: str, month: str) -> list[Record]:
        """Every crime of a force's month that has no point; `location` is null."""
        params = {"category": "all-crime", "force": force, "date": month}
        return self._records("api/crimes-no-location", params=params)

    def stops(self, force: str, month: str) -> list[Record]:
        """Every stop and search of a force's month, with a point or without."""
        return self._records("api/stops-force", params={"force": force, "date": month})

    def street(self, area: Area, month: str) -> list[Record]:
        """Every crime and incident of a month at a point of the area, each once.

        Where an area holds more than the site answers at once (10,000), it is asked in quarters;
        a record that two answers hold is known by its `id`. Raises FetchError where even the
        smallest piece is refused, which no number of records explains.
        """
        found: dict[Any, Record] = {}
        for polygon in area.polygons:
            for record in self._within(polygon, month, 0):
                if not isinstance(record.get("id"), int | str):
                    raise FetchError(
                        "a record has no id, so that it cannot be counted once",
                        where="api/crimes-street",
                        remedy="Fetch the archive instead: cspnb fetch police-uk archive.",
                    )
                found.setdefault(record["id"], record)
        return list(found.values())

    def _within(self, polygon: shapely.Polygon, month: str, cuts: int) -> list[Record]:
        form = {"poly": as_poly(polygon), "date": month}
        try:
            records = self._records("api/crimes-street/all-crime", form=form, may_be_too_much=True)
        except TooMuchError:
            return self._in_quarters(polygon, month, cuts + 1)
        return [one for one in records if not _left_out(one, polygon)]

    def _in_quarters(self, polygon: shapely.Polygon, month: str, cuts: int) -> list[Record]:
        """Asked in quarters, once another question has shown that the site is well."""
        self.last_updated()
        if cuts > DEEPEST:
            raise FetchError(
                f"refuses even a small piece of the area for {month}: the site is out of order, "
                "for no street has over 10,000 records in a month",
                where="api/crimes-street",
                remedy="Run the same command again in a while: what is complete is kept.",
            )
        self._say(f"{month}: too much for one answer; asking in quarters")
        parts = quarters(polygon)
        return [record for part in parts for record in self._within(part, month, cuts)]

    def _records(self, path: str, **question) -> list[Record]:
        answer = self._client.json(path, **question)
        if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
            raise FetchError(
                f"answers with something else than a list of records: {str(answer)[:80]}",
                where=path,
                remedy="The site may have changed. Fetch the archive instead: "
                "cspnb fetch police-uk archive.",
            )
        return answer


def _left_out(record: Record, polygon: shapely.Polygon) -> bool:
    """Whether a record of the outline lies in a hole of the polygon, which the API is not told."""
    if not polygon.interiors:
        return False
    location = record.get("location")
    try:
        point = float(location["longitude"]), float(location["latitude"])
    except (KeyError, TypeError, ValueError):
        return False
    return in_a_hole(polygon, *point)
