"""What the store holds, for a person at a terminal: files, coverage by month, what is unsound."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import StoreError
from cspnb.holdings.coverage import judged, months_held
from cspnb.holdings.files import COLUMNS as FILES
from cspnb.holdings.files import by_kind
from cspnb.holdings.others import COLUMNS as OTHERS
from cspnb.holdings.others import others_held
from cspnb.holdings.telling import as_text
from cspnb.report.reading import Holdings
from cspnb.store import Store

_TABLES = ("files", "others", "months")


@dataclass(frozen=True)
class Held:
    """What is held.

    `files`: a row a kind of police.uk file and force. `others`: a row a kind of anything else, with
    the span it covers. `months`: runs of months that are not sound, by force and district.
    `judged`: how many districts, of how many forces. Of the one `district` asked for: the runs
    of all its months, and nothing else.
    """

    address: str
    is_sample: bool
    files: pd.DataFrame
    others: pd.DataFrame
    months: pd.DataFrame
    district: str = ""
    judged: tuple[int, int] = (0, 0)

    def as_text(self) -> str:
        """Tables for a terminal."""
        return as_text(self)

    def as_json(self) -> str:
        """The same, for programs."""
        tables = {name: getattr(self, name).to_json(orient="records") for name in _TABLES}
        held = {"is_sample": self.is_sample} | {n: json.loads(t) for n, t in tables.items()}
        return json.dumps(held, indent=1)


def held(address: str, *, district: str = "", say: Callable[[str], None] | None = None) -> Held:
    """What the store at an address holds; with a district's name or code, its months alone.

    `say` is told what is being done, as it is begun. CspnbError where no record is held of the
    district, or nothing at all.
    """
    holdings = Holdings(opened(address))
    is_sample = bool(holdings.store.is_sample())
    say = say or _silently
    if district:
        say(f"judging the months of {district}")
        months = months_held(holdings, district)
        nothing = pd.DataFrame(columns=FILES), pd.DataFrame(columns=OTHERS)
        return Held(address, is_sample, *nothing, months, district)
    say("counting what is held of each table")
    others = others_held(holdings)
    say("placing the records of data.police.uk")
    files = by_kind(holdings)
    months = months_held(holdings, say=say)
    return Held(address, is_sample, files, others, months, judged=judged(holdings))


def _silently(_):
    """Nobody listens."""


def opened(address: str) -> Store:
    """The store at an address; StoreError where it holds nothing."""
    store = Store(address)
    if not store.exists():
        raise StoreError(
            "the store holds nothing yet",
            where=address,
            remedy="Take in some files: cspnb ingest --help.",
        )
    return store
