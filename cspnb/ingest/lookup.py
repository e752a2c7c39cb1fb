"""ONS lookups: which area belongs to which, and what the areas are called.

Columns that are no area's code or name, nor CHGIND (FID, counts), are not taken.
"""

from itertools import combinations, product
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.area_codes import is_history
from cspnb.ingest.delivery import Delivery, deliver, known
from cspnb.ingest.lookup_columns import areas_of, renamed
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.schemas import GEOGRAPHY, PLACES
from cspnb.store import Store

PUBLISHER = "Office for National Statistics"

_LINKED = ("lsoa", "msoa", "ward", "lad")
_KEY = ["level", "vintage", "code", "parent_level", "parent_vintage"]


def ingest(paths: list[Path], store: Store) -> Taken:
    """Take lookups into `geography` (links) and `places` (names), all of them or none.

    Links go from the smallest level of a file to each larger one, and between two vintages of
    the smallest. Rows the store holds already are left out. Raises IngestError for a file with
    no such columns, a malformed code, or an area with two parents in the file or against the
    store; an LSOA of another vintage, and a district's partnerships, may be several.
    """
    deliveries = []
    for path in paths:
        for delivery in _deliveries(renamed(read(path))):
            held = known(store, delivery.table, deliveries)
            if delivery.table is GEOGRAPHY:
                _refuse_contradiction(delivery, held)
            deliveries.append(delivery.less(held))
    return deliver(deliveries, store)


def _deliveries(sheet):
    _refuse_history(sheet)
    areas = areas_of(sheet)
    lsoas = [sheet.frame[area.column("CD")] for area in areas if area.level == "lsoa"]
    about = {
        "publisher": PUBLISHER,
        "marked": mark(sheet, pd.concat(lsoas) if lsoas else None),
    }
    links = [_links(sheet, child, parent, areas) for child, parent in _pairs(areas, sheet)]
    if links:
        yield Delivery(sheet, GEOGRAPHY, pd.concat(links), **about)
    names = [_names(sheet, area) for area in areas if area.column("NM") in sheet.frame]
    if names:
        found = pd.concat(names)
        nameless = found["name"].isna()
        yield Delivery(
            sheet,
            PLACES,
            found[~nameless],
            rejected=int(nameless.sum()),
            rejections=f"no name ({nameless.sum()})" if nameless.any() else None,
            **about,
        )
    if not links and not names:
        raise IngestError("the file links no areas and names none", where=sheet.name)


def _refuse_history(sheet):
    """A history puts every code it has under one year's heading, and so is no lookup of a year."""
    if is_history(sheet):
        raise IngestError(
            "this is a history of codes, not a lookup of one year",
            where=sheet.name,
            remedy="Ingest it as area codes: cspnb ingest area-codes.",
        )


def _pairs(areas, sheet):
    """Which kinds of area are linked, smaller to larger."""
    smallest = [area for area in areas if area.size == areas[0].size]
    larger = areas[len(smallest) :]
    if larger and smallest[0].level not in _LINKED:
        raise IngestError(
            f"the smallest area is a {smallest[0].level}, which the store links to nothing",
            where=sheet.name,
            remedy="Use the lookup that begins with districts: LAD19CD, CSP19CD, PFA19CD.",
        )
    return [*product(smallest, larger), *combinations(smallest, 2)]


def _links(sheet, child, parent, areas):
    """One row a link, in GEOGRAPHY's columns; each smaller area once where it must nest."""
    between_vintages = child.size == parent.size
    part = {
        "level": child.level,
        "vintage": child.vintage,
        "code": _column(sheet, child, "CD"),
        "name": _column(sheet, child, "NM"),
        "parent_level": parent.level,
        "parent_vintage": parent.vintage,
        "parent_code": _column(sheet, parent, "CD"),
        "parent_name": _column(sheet, parent, "NM"),
        "change": _change(sheet) if between_vintages else None,
    }
    rows = pd.DataFrame(part, index=sheet.frame.index)
    rows = rows.astype({name: "str" for name in rows.columns if not name.endswith("vintage")})
    newest = max(area.vintage for area in areas if area.size == child.size)
    if _may_have_several(child.level, parent.level) or child.vintage < newest:
        return rows.drop_duplicates(["code", "parent_code"])
    return sheet.settle(rows, ["code"], ["parent_code"], "belongs to")


def _may_have_several(level, parent_level):
    """Vintages of one level overlap; a merged district keeps the partnerships it was made of."""
    return (level == parent_level) | ((level == "lad") & (parent_level == "csp"))


def _names(sheet, area):
    rows = pd.DataFrame(
        {
            "level": area.level,
            "vintage": area.vintage,
            "code": _column(sheet, area, "CD"),
            "name": _column(sheet, area, "NM"),
            "name_welsh": _column(sheet, area, "NMW"),
        },
        index=sheet.frame.index,
    ).astype({name: "str" for name in ("level", "code", "name", "name_welsh")})
    return sheet.settle(rows, ["code"], ["name"], "is called")


def _column(sheet, area, part):
    return sheet.frame.get(area.column(part))


def _change(sheet):
    if "CHGIND" not in sheet.frame:
        return None
    change = sheet.frame["CHGIND"]
    sheet.refuse(~change.isin(list("USMX")), "CHGIND", "is not one of U, S, M, X")
    return change


def _refuse_contradiction(delivery, held):
    """An area that nests belongs where the store has it, whichever file says so."""
    nested = ~_may_have_several(held["level"], held["parent_level"])
    both = delivery.rows.reset_index(names="line").merge(
        held.loc[nested, [*_KEY, "parent_code"]].drop_duplicates(),
        on=_KEY,
        how="inner",
        suffixes=("", "_held"),
        validate="many_to_many",
    )
    both["agrees"] = both["parent_code"] == both["parent_code_held"]
    against = both[~both.groupby(_KEY)["agrees"].transform("any").astype(bool)]
    if not against.empty:
        first = against.iloc[0]
        raise IngestError(
            f"{first['code']} belongs to {first['parent_code']} here, and to "
            f"{first['parent_code_held']} in a lookup already held",
            where=delivery.sheet.where(first["line"]),
            remedy="Find out which is right; to use this one, ingest it into a new store.",
        )
