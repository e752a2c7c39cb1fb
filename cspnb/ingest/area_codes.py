"""Histories of codes: every district and ward there has been, and the district it is in today."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cspnb.errors import CspnbError, IngestError
from cspnb.ingest import Taken
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.lookup_columns import LEVELS
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import Sheet, read
from cspnb.periods import Month
from cspnb.schemas import SUCCESSORS
from cspnb.store import Store
from cspnb.successors import active_codes, in_force

PUBLISHER = "compiled from the Office for National Statistics"

_DISTRICTS = ("LADCD", "LADNM", "LADCD_ACTIVE", "LADNM_ACTIVE")
_WARDS = ("WDCD", "WDNM", "LADCD", "LADCD_ACTIVE", "SOURCEFILE")
_KEY = ["level", "code", "lad_code"]
_ANSWER = ["active_code", "active_lad_code", "year"]
_YEARS = (1974, 2100)


def ingest(paths: Iterable[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take tables of codes, past and present, into `successors`, all of them or none.

    edition: the month a table was made, YYYY-MM; districts merge, and a later table says so.
    Rows the store holds already in that edition are left out. Raises IngestError for a table of
    another layout, a malformed code, a code with two answers in the file or in its edition, and
    codes that lead round in a circle.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = []
    for path in paths:
        one = _delivery(read(path), edition)
        deliveries.append(_less_held(one, _rivals(store, deliveries, edition)))
        _require_ends(deliveries, store)
    return deliver(deliveries, store)


def is_history(sheet: Sheet) -> bool:
    """Whether a file is such a table: a column says which code is in use today."""
    return "LADCD_ACTIVE" in sheet.frame


def _delivery(sheet, edition):
    wards = "WDCD" in sheet.frame
    _require_columns(sheet, _WARDS if wards else _DISTRICTS)
    rows = _of_wards(sheet) if wards else _of_districts(sheet)
    rows = rows.astype(dict.fromkeys(rows.columns.drop("year"), "str") | {"year": "float64"})
    once = sheet.settle(rows, ["code", "lad_code"] if wards else ["code"], _ANSWER, "is today")
    return Delivery(
        sheet,
        SUCCESSORS,
        once[[name for name in SUCCESSORS.columns if name != "source_id"]],
        publisher=PUBLISHER,
        marked=mark(sheet),
        edition=edition,
        copied=len(rows) - len(once),
    )


def _require_columns(sheet, wanted):
    if absent := [column for column in wanted if column not in sheet.frame]:
        raise IngestError(
            f"there is no column '{absent[0]}'; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=f"A table of districts has {', '.join(_DISTRICTS)}; one of wards has "
            f"{', '.join(_WARDS)}.",
        )


def _of_districts(sheet):
    return pd.DataFrame(
        {
            "level": "lad",
            "code": _codes(sheet, "LADCD", "LAD"),
            "name": _names(sheet, "LADNM"),
            "active_code": _codes(sheet, "LADCD_ACTIVE", "LAD"),
            "active_name": sheet.frame["LADNM_ACTIVE"],
            "lad_code": None,
            "active_lad_code": None,
            "year": None,
        },
        index=sheet.frame.index,
    )


def _of_wards(sheet):
    years = sheet.whole_numbers("SOURCEFILE")
    sheet.refuse(~years.between(*_YEARS), "SOURCEFILE", "is no year of a list of wards")
    return pd.DataFrame(
        {
            "level": "ward",
            "code": _codes(sheet, "WDCD", "WD"),
            "name": _names(sheet, "WDNM"),
            "active_code": None,
            "active_name": None,
            "lad_code": _codes(sheet, "LADCD", "LAD"),
            "active_lad_code": _codes(sheet, "LADCD_ACTIVE", "LAD"),
            "year": years,
        },
        index=sheet.frame.index,
    )


def _codes(sheet, column, prefix):
    level, shape = LEVELS[prefix]
    codes = sheet.frame[column]
    sheet.refuse(~codes.str.fullmatch(shape).eq(True), column, f"is no {level} code")
    return codes


def _names(sheet, column):
    sheet.refuse(sheet.frame[column].isna(), column, "stands where a name should")
    return sheet.frame[column]


def _rivals(store, deliveries, edition):
    """The rows of the same edition: those held, and those of the files before this one."""
    sources = store.sources()
    of_edition = sources["edition"].isna() if edition is None else sources["edition"] == edition
    held = store.read(SUCCESSORS.name)
    held = held[held["source_id"].isin(sources.loc[of_edition, "source_id"])]
    return pd.concat([held, *(one.rows for one in deliveries)], ignore_index=True)


def _less_held(one, rivals):
    """Without the rows that are held; IngestError for one that differs from what is held."""
    held = rivals[[*_KEY, *_ANSWER]].drop_duplicates(_KEY).assign(known=True)
    both = one.rows.reset_index(names="line").merge(
        held, on=_KEY, how="left", suffixes=("", "_held"), validate="one_to_one"
    )
    known = both["known"].eq(True)
    for name in _ANSWER:
        here, there = both[name], both[f"{name}_held"]
        against = both[known & here.ne(there) & ~(here.isna() & there.isna())]
        if not against.empty:
            first = against.iloc[0]
            raise IngestError(
                f"{first['code']} is {first[name]} here, and {first[f'{name}_held']} in a table "
                "already held",
                where=one.sheet.where(first["line"]),
                remedy="To replace the older table, say in which month this one was made, a later "
                "month than the other's: --edition YYYY-MM.",
            )
    rows = both[~known].set_index("line")[list(one.rows.columns)]
    return replace(one, rows=rows, copied=one.copied + int(known.sum()))


def _require_ends(deliveries, store):
    """That no code, of these files or with those held, leads back to itself."""
    one = deliveries[-1]
    fresh = pd.concat([delivery.rows for delivery in deliveries])
    held = in_force(store.read(SUCCESSORS.name), store.sources())
    both = pd.concat([fresh, held]).drop_duplicates(_KEY)
    try:
        active_codes(both, both.loc[both["level"] == "lad", "code"])
    except CspnbError as error:
        raise IngestError(
            error.what,
            where=one.sheet.name,
            remedy="Find out which code is in use today, and correct its line.",
        ) from error
