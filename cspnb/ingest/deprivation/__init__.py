"""Indices of multiple deprivation: each LSOA's rank among its own country's."""

from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken
from cspnb.ingest.agreement import agreed
from cspnb.ingest.delivery import Delivery, deliver, known
from cspnb.ingest.deprivation.layouts import SHEET, Layout, index_of, layout_of
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheet_choice import fitting
from cspnb.ingest.sheets import Sheet, read
from cspnb.schemas import DEPRIVATION
from cspnb.store import Store

_KEY = ["index_name", "lsoa_code"]
_SHOWN = 10
_GARBLED = "[ÃÂ][\u0080-\u00bf]"
"""Letters with accents that were read in another encoding and written again: 'fÃ¢ch'."""


def ingest(paths: list[Path], store: Store) -> Taken:
    """Take ranks into `deprivation`, from all the files or none.

    A file may be whole (every LSOA of the country) or part of one; a rank is always out of the
    whole country. The decile is the published one, else worked out from the rank. Raises
    IngestError for an unknown layout or index, an LSOA of another country, ranks that cannot be
    those of a whole file, and a rank that differs from one held.
    """
    deliveries = []
    for path in paths:
        delivery = _delivery(_read(Path(path)))
        held = known(store, DEPRIVATION, deliveries)
        deliveries.append(agreed(delivery, held, _KEY, ["rank", "decile"], verb="has rank, decile"))
    return deliver(deliveries, store)


def _read(path):
    """A published workbook has its notes in a sheet before the figures."""
    return read(path, sheet=SHEET if fitting(path, SHEET) else None)


def _delivery(sheet: Sheet) -> Delivery:
    layout = layout_of(sheet)
    rows = _rows(sheet, layout)
    once = sheet.settle(rows, _KEY, ["rank", "decile"], "has rank, decile")
    _refuse_impossible_ranks(sheet, once, layout.column(sheet, "rank"))
    return Delivery(
        sheet,
        DEPRIVATION,
        once[[name for name in DEPRIVATION.columns if name != "source_id"]],
        publisher=index_of(sheet, layout).publisher,
        marked=mark(sheet, once["lsoa_code"]),
        copied=len(rows) - len(once),
        rejections=_left_out(sheet, layout),
    )


def _left_out(sheet, layout):
    """Rows are all taken; some columns are not, nor names whose letters the file has garbled."""
    said = []
    if unused := layout.unused(sheet):
        more = ", …" if len(unused) > _SHOWN else ""
        said.append(f"columns not taken: {', '.join(unused[:_SHOWN])}{more}")
    if garbled := int(_garbled(sheet, layout).sum()):
        said.append(f"names garbled in the file, left out ({garbled})")
    return "; ".join(said) or None


def _garbled(sheet, layout):
    column = layout.column(sheet, "name")
    if column is None:
        return pd.Series(False, index=sheet.frame.index)
    return sheet.frame[column].str.contains(_GARBLED).eq(True)


def _rows(sheet, layout: Layout):
    index = index_of(sheet, layout)
    code = layout.column(sheet, "code")
    own = sheet.frame[code].str.fullmatch(rf"{index.country[0]}01\d{{6}}").eq(True)
    sheet.refuse(
        ~own,
        code,
        f"is no LSOA of {index.country}",
        "England and Wales are ranked apart, and each comes in a file of its own.",
    )
    column = layout.column(sheet, "rank")
    ranks = sheet.whole_numbers(column, at_least=1)
    sheet.refuse(ranks > index.areas, column, f"is a rank out of {index.areas:,} areas")
    rows = sheet.frame[[code]].set_axis(["lsoa_code"], axis="columns")
    return rows.assign(
        index_name=index.name,
        country=index.country,
        lsoa_vintage=index.vintage,
        lsoa_name=_names(sheet, layout),
        lad_code=sheet.frame[layout.column(sheet, "lad")],
        rank=ranks,
        decile=_deciles(sheet, layout, ranks),
        areas=index.areas,
    ).astype({"index_name": "str", "country": "str", "lsoa_name": "str", "lad_code": "str"})


def _names(sheet, layout):
    column = layout.column(sheet, "name")
    return None if column is None else sheet.frame[column].mask(_garbled(sheet, layout))


def _deciles(sheet, layout, ranks):
    """As published, and one tenth at most from where the rank puts the area; else worked out."""
    worked_out = index_of(sheet, layout).decile(ranks)
    column = layout.column(sheet, "decile")
    if column is None:
        return worked_out
    deciles = sheet.whole_numbers(column, at_least=1)
    sheet.refuse(deciles > 10, column, "is no tenth: there are ten")
    sheet.refuse((deciles - worked_out).abs() > 1, column, "is not the tenth its rank is in")
    return deciles


def _refuse_impossible_ranks(sheet, rows, column):
    """A whole file has each rank once, but for ties, which share the first of their ranks."""
    areas = rows["areas"].iloc[0]
    if len(rows) < areas:
        return
    expected = rows["rank"].rank(method="min").astype("int64")
    wrong = rows.index[rows["rank"] != expected]
    if not wrong.empty:
        raise IngestError(
            f"the rank is {rows.at[wrong[0], 'rank']:,}, and {expected[wrong[0]] - 1:,} areas of "
            "the file are ranked before it",
            where=sheet.where(wrong[0], column),
            remedy="Check that the column is the rank of the whole index, and was not sorted "
            "apart from the others.",
        )
