"""Counts of residents and households, of LSOAs and of districts."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed, refuse_other_name
from cspnb.ingest.delivery import Delivery, deliver, known
from cspnb.ingest.district_names import codes_of
from cspnb.ingest.population.breakdowns import Totals, summed, totals_of
from cspnb.ingest.population.layouts import figures, layout_of
from cspnb.ingest.population.sheets import opened
from cspnb.ingest.sample_mark import mark
from cspnb.periods import Month
from cspnb.schemas import LSOA_CODE, PLACES, POPULATION
from cspnb.store import Store

_DISTRICT_CODE = r"(E0[6-9]|W06|S12|N09)\d{6}"
_SHOWN = 20
_KEY = ["code", "definition"]
"""What may be counted only once; a definition states the year and whom it counts."""


def ingest(
    paths: list[Path], store: Store, *, year: int | None = None, edition: str | None = None
) -> Taken:
    """Take counts into `population`, from all the files or none.

    year: the year counted, for a file that states it neither in its columns nor in its name.
    edition: the month the counts were published, YYYY-MM, for counts that were revised; it
    becomes part of their definition, so that they stand beside the older ones and are never
    added to them. Counts the store holds already are left out. Raises IngestError for an unknown
    layout, a year that is missing or contradicted, a malformed code or number, and a count that
    differs from another of the same area, year and definition, in the file or in the store.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = []
    for path in paths:
        for sheet, titled in opened(path):
            delivery = _delivery(sheet, store, Stated(year, titled, edition))
            refuse_other_name(delivery, store, "year", "--year", "as figures of")
            held = known(store, POPULATION, deliveries)
            deliveries.append(_less_held(delivery, held))
    return deliver(deliveries, store)


@dataclass(frozen=True)
class Stated:
    """What is said of a sheet from outside: by the analyst, and by its own title."""

    year: int | None
    titled: int | None
    edition: str | None

    def definitions(self, rows: pd.DataFrame) -> pd.Series:
        """Each row's definition, with the edition where there is one."""
        suffix = f", edition {self.edition}" if self.edition else ""
        return rows["definition"] + suffix


def _delivery(sheet, store, stated):
    layout = layout_of(sheet)
    totals = totals_of(sheet) if layout.also and not layout.by_sex_and_age else Totals(sheet)
    rows = _rows(totals.sheet, layout, stated)
    rejected, why = totals.left_out, [*totals.why, *_notes(sheet, layout, rows)]
    if layout.code is None:
        rows["code"] = _codes_by_name(sheet, rows, store)
        rejected, unmatched = _unmatched(rows)
        rows, why = rows[rows["code"].notna()], [*unmatched, *why]
    else:
        _refuse_other_areas(totals.sheet, layout.column(sheet, "code"))
    lsoa = rows["code"].str.fullmatch(LSOA_CODE)
    rows = rows.assign(level=lsoa.map({True: "lsoa", False: "lad"}).astype("str"))
    once = sheet.settle(rows, _KEY, ["count"], "has")
    return Delivery(
        sheet,
        POPULATION,
        once[[name for name in POPULATION.columns if name != "source_id"]],
        publisher=layout.publisher,
        licence=layout.licence,
        marked=mark(sheet, rows.loc[lsoa, "code"]),
        edition=stated.edition,
        copied=len(rows) - len(once),
        rejected=rejected,
        rejections="; ".join(why) or None,
    )


def _notes(sheet, layout, rows):
    notes = []
    if layout.by_sex_and_age:
        notes.append(f"rows added up over sexes and ages ({len(sheet.frame):,} to {len(rows):,})")
    if unused := layout.unused(sheet):
        more = ", …" if len(unused) > _SHOWN else ""
        notes.append(f"columns not taken: {', '.join(unused[:_SHOWN])}{more}")
    return notes


def _rows(sheet, layout, stated):
    if layout.by_sex_and_age:
        rows = summed(sheet, layout, stated.year)
    else:
        rows = figures(sheet, layout, stated.year, titled=stated.titled)
    return rows.assign(definition=stated.definitions(rows))


def _refuse_other_areas(sheet, column):
    right = sheet.frame[column].str.fullmatch(rf"{LSOA_CODE}|{_DISTRICT_CODE}").eq(True)
    sheet.refuse(
        ~right,
        column,
        "is the code of no LSOA and of no district",
        "Take out the rows of other areas, of wards, counties, regions and countries.",
    )


def _codes_by_name(sheet, rows, store):
    places = store.read(PLACES.name, where={"level": ["lad"]})
    if places.empty:
        raise IngestError(
            "the file has names of districts and no codes, and the store knows no district yet",
            where=sheet.name,
            remedy="Ingest a lookup with districts first (LAD..CD and LAD..NM), then this file.",
        )
    codes = codes_of(rows["name"], int(rows["year"].iloc[0]), places)
    if codes.isna().all():
        raise IngestError(
            f"none of the {len(rows)} names is a district of the lookups held", where=sheet.name
        )
    return codes


def _unmatched(rows):
    names = rows.loc[rows["code"].isna(), "name"]
    listed = ", ".join(f"'{name}'" for name in names)
    reason = f"no one district of that name in the lookups ({len(names)}): {listed}"
    return len(names), [reason] if len(names) else []


def _less_held(delivery, held):
    return agreed(
        delivery,
        held,
        _KEY,
        ["count"],
        verb="are",
        remedy="If these were revised, say in which month they were published: --edition YYYY-MM. "
        "If not, find out which are right.",
    )
