"""Road collisions and casualties (STATS19): the Department for Transport's tables, or a council's.

The Department's casualties say neither when nor where: both come from their collision, in a file
of the same call or one held already. A council's own file may be one row a casualty without a
date or a reference; its district and year are stated, and no collision can be counted from it.
"""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed
from cspnb.ingest.delivery import AS_SUPPLIED, Delivery, deliver, digest
from cspnb.ingest.revisions import REMEDY, rivals
from cspnb.ingest.road_casualties.files import CodedTable, read_table
from cspnb.ingest.road_casualties.in_force import in_force
from cspnb.ingest.road_casualties.rows import (
    PLACE,
    casualties,
    collisions,
    in_contract,
    local_casualties,
    with_collisions,
)
from cspnb.ingest.sample_mark import mark
from cspnb.periods import Month
from cspnb.schemas import CASUALTIES, COLLISIONS, Table
from cspnb.store import Store

PUBLISHER = "Department for Transport"

_COLLISION = [
    "at",
    "severity",
    "casualties",
    "speed_limit",
    *(c for c in PLACE if c != "ward_code"),
]
_CASUALTY = ["severity", "adjusted_serious", "casualty_class", "sex", "age_band", "casualty_type"]


def ingest(
    paths: list[Path],
    store: Store,
    *,
    district: str | None = None,
    year: int | None = None,
    edition: str | None = None,
) -> Taken:
    """Take files into `collisions` and `casualties`, all of them or none.

    district, year: of a council's own file, which states neither. edition: the month the files
    were published, YYYY-MM; the newest edition speaks for a district's year. Tables of vehicles
    are named in `Taken.ignored`. Casualties of a year of which no collision is held are left out
    and counted. Raises IngestError for a table that is not known, a code number or date that is
    not one, a collision or casualty given twice, casualties none of whose collisions is held, or
    some of whose year are not, and what contradicts a file held of the same edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    tables = [read_table(Path(path)) for path in paths]
    _refuse_wrong_options([one.kind for one in tables], tables, district, year)
    deliveries = []
    for table in (one for one in tables if one.kind == "collisions"):
        deliveries.append(_collisions(table, store, deliveries, edition))
    for table in (one for one in tables if one.kind == "casualties"):
        deliveries.append(_casualties(table, store, deliveries, edition))
    for table in (one for one in tables if one.kind == "local"):
        rows = local_casualties(table, district, year)
        deliveries.append(_local(table, rows, store, deliveries, edition))
    taken = deliver(deliveries, store)
    passed_by = [f"{one.sheet.name} (vehicles)" for one in tables if one.kind == "vehicles"]
    return replace(taken, ignored=tuple(passed_by))


def _refuse_wrong_options(kinds, tables, district, year):
    """A council's file needs a district and a year; the Department's states them itself."""
    local = next((one for one in tables if one.kind == "local"), None)
    if local and (district is None or year is None):
        raise IngestError(
            "the file states neither its district nor its year",
            where=local.sheet.name,
            remedy="Give both: --district E08000035 --year 2019.",
        )
    if local and not re.fullmatch(r"(E0[6-9]|W06|S12)\d{6}", district):
        raise IngestError(
            f"'{district}' is the code of no district", remedy="As in --district E08000035."
        )
    if local and not 1979 <= year <= 2100:
        raise IngestError(f"{year} is no year of these records", remedy="As in --year 2019.")
    if (district or year) and set(kinds) - {"local"}:
        other = next(one for one in tables if one.kind != "local")
        raise IngestError(
            "the file states its districts and dates itself",
            where=other.sheet.name,
            remedy="Leave --district and --year out; take a council's own file in by itself.",
        )


def _collisions(table, store, earlier, edition):
    rows = collisions(table)
    once = _once(table, rows, ["collision_id"], "collision_index")
    delivery = _delivery(table, COLLISIONS, once, edition, copied=len(rows) - len(once))
    held = _rivals(COLLISIONS, store, earlier, edition, set(once["year"]))
    return agreed(delivery, held, ["collision_id"], _COLLISION, remedy=REMEDY)


def _casualties(table, store, earlier, edition):
    rows = casualties(table)
    key = ["collision_id", "casualty_reference"]
    once = _once(table, rows, key, "casualty_reference")
    known = _known_collisions(store, earlier)
    joined = with_collisions(once, known)
    unknown = joined["year"].isna()
    if unknown.all():
        raise IngestError(
            f"none of the {len(joined):,} casualties has its collision in these files or the store",
            where=table.sheet.name,
            remedy="Name the file of collisions of the same years beside it, or ingest it first.",
        )
    _refuse_part_of_a_year(table, unknown, set(known["year"].astype("str")))
    reason = f"collision not held ({unknown.sum():,})" if unknown.any() else None
    delivery = _delivery(
        table, CASUALTIES, in_contract(joined[~unknown]), edition, copied=len(rows) - len(once)
    )
    delivery = replace(delivery, rejected=int(unknown.sum()), rejections=reason)
    held = _rivals(CASUALTIES, store, earlier, edition, set(delivery.rows["year"]))
    held = held[held["collision_id"].notna()]
    return agreed(delivery, held, key, _CASUALTY, remedy=REMEDY)


def _refuse_part_of_a_year(table, unknown, years):
    """Casualties left out of a year of which others are taken would make it look like fewer."""
    year = table.text("collision_year").fillna(table.text("collision_index").str[:4])
    unknown = unknown.reindex(year.index, fill_value=False)
    remedy = (
        "Name the file of collisions of the whole year, of the same publication as the casualties."
    )
    undated = unknown & ~year.str.fullmatch(r"(19|20)\d\d").eq(True)
    why = "is a collision that is not held, of no year that is stated"
    table.refuse(undated, "collision_index", why, remedy)
    why = "is a collision that is not held, of a year of which others are"
    table.refuse(unknown & year.isin(years), "collision_index", why, remedy)


def _local(table, rows, store, earlier, edition):
    """A file without references is taken whole: two casualties alike are two casualties."""
    delivery = _delivery(table, CASUALTIES, rows, edition)
    delivery = replace(delivery, publisher=AS_SUPPLIED, licence=AS_SUPPLIED)
    year, district = rows["year"].iloc[0], rows["lad_code"].iloc[0]
    held = _rivals(CASUALTIES, store, earlier, edition, {year})
    held = held[held["collision_id"].isna() & held["lad_code"].eq(district)]
    if held.empty:
        return delivery
    if digest(held[list(rows.columns)].astype(rows.dtypes)) == digest(rows):
        return replace(delivery, rows=rows.iloc[:0], copied=len(rows))
    raise IngestError(
        f"{district} has {len(rows):,} casualties in {year} here, and {len(held):,} others in a "
        "file already held",
        where=table.sheet.name,
        remedy=REMEDY,
    )


def _delivery(table: CodedTable, into: Table, rows, edition, *, copied=0):
    lsoas = rows["lsoa_code"].dropna()
    return Delivery(
        table.sheet,
        into,
        rows,
        publisher=PUBLISHER,
        marked=mark(table.sheet, lsoas),
        edition=edition,
        copied=copied,
    )


def _once(table, rows, key, named):
    """Rows without whole copies; IngestError where a key stands twice with other particulars."""
    once = rows.drop_duplicates()
    again = once.duplicated(key).reindex(rows.index, fill_value=False)
    table.refuse(again, named, "stands in the file a second time, with other particulars")
    return once


def _rivals(table, store, earlier, edition, years):
    where = {"year": sorted(years)}
    return rivals(table, store, edition, in_force, earlier=earlier, where=where)


def _known_collisions(store, earlier):
    """The collisions of this call and, of any others, those in force, each once."""
    here = [one.rows for one in earlier if one.table is COLLISIONS]
    held = in_force(store.read(COLLISIONS.name), store.sources())
    found = pd.concat([*here, held[[n for n in COLLISIONS.columns if n != "source_id"]]])
    return found.drop_duplicates("collision_id")
