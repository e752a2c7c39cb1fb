"""What the store holds, for a person at a terminal: files, coverage by month, what is unsound."""

import json
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import StoreError
from cspnb.holdings.coverage import months_held
from cspnb.holdings.files import by_kind
from cspnb.holdings.others import others_held
from cspnb.holdings.telling import as_text
from cspnb.report.reading import Holdings
from cspnb.store import Store

_TABLES = ("files", "others", "months")


@dataclass(frozen=True)
class Held:
    """What is held.

    `files`: a row a kind of police.uk file and force. `others`: a row a kind of anything else, with
    the span it covers. `months`: runs of months that are not sound, by force
    and district, or every month of the one district asked for.
    """

    address: str
    is_sample: bool
    files: pd.DataFrame
    others: pd.DataFrame
    months: pd.DataFrame

    def as_text(self) -> str:
        """Tables for a terminal."""
        return as_text(self)

    def as_json(self) -> str:
        """The same, for programs."""
        tables = {name: getattr(self, name).to_json(orient="records") for name in _TABLES}
        held = {"is_sample": self.is_sample} | {n: json.loads(t) for n, t in tables.items()}
        return json.dumps(held, indent=1)


def held(address: str, *, district: str = "") -> Held:
    """What the store at an address holds; with a district's name or code, its every month."""
    holdings = Holdings(opened(address))
    return Held(
        address=address,
        is_sample=bool(holdings.store.is_sample()),
        files=by_kind(holdings),
        others=others_held(holdings),
        months=months_held(holdings, district),
    )


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
