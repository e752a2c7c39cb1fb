"""police.uk's category of each offence code, and codes that a spreadsheet made into dates."""

from dataclasses import dataclass, replace

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.delivery import Delivery
from cspnb.ingest.severity.codes import Codes, worked_back
from cspnb.ingest.severity.layouts import Layout
from cspnb.ingest.sheets import Sheet
from cspnb.scopes import FOURTEEN_TYPES

_SHOWN = 3


@dataclass(frozen=True)
class Categories:
    """Rows of OFFENCE_CATEGORIES less `source_id`, and what became of codes that were dates."""

    rows: pd.DataFrame
    codes: Codes

    def accounted(self, delivery: Delivery) -> Delivery:
        """The delivery with the codes that were left out, and those worked back, stated."""
        lost, restored = self.codes.lost, self.codes.restored
        said = []
        if len(lost):
            said.append(f"codes that a spreadsheet made dates ({len(lost)}): {_listed(lost)}")
        if len(restored):
            pairs = [f"{seen} is {code}" for seen, code in restored.items()]
            said.append(
                f"codes worked back from dates ({self.codes.rows_restored} rows): {_listed(pairs)}"
            )
        return replace(delivery, rejected=len(lost), rejections="; ".join(said) or None)


def categories_of(sheet: Sheet, layout: Layout) -> Categories:
    """Each row's code and category; IngestError for a category that is not police.uk's.

    A code that covers several offences has none named.
    """
    code, category = (layout.column(sheet, field) for field in ("code", "category"))
    for column in (code, category):
        sheet.refuse(sheet.frame[column].isna(), column, "stands where every row must say")
    published = {name.casefold(): name for name in FOURTEEN_TYPES}
    types = sheet.frame[category].str.casefold().map(published)
    sheet.refuse(types.isna(), category, "is no category of police.uk", _known(published))
    codes = worked_back(sheet.frame[code])
    rows = pd.DataFrame(
        {
            "offence_code": codes.text,
            "offence": _only(sheet, layout.column(sheet, "offence"), codes.text),
            "subclass": _only(sheet, layout.column(sheet, "subclass"), codes.text),
            "crime_type": types,
        },
        index=sheet.frame.index,
    )
    rows = rows[codes.text.notna()]
    if rows.empty:
        raise IngestError(
            "every code of the file has been made a date by a spreadsheet",
            where=sheet.name,
            remedy="Take the file as published, a CSV, without opening it in a spreadsheet.",
        )
    return Categories(rows, codes)


def _only(sheet, column, codes):
    """What a column says of each code, null where it says several things."""
    if column is None:
        return None
    text = sheet.frame[column]
    return text.where(text.groupby(codes).transform("nunique") == 1)


def _known(published):
    return f"The categories are {', '.join(sorted(published.values()))}."


def _listed(items):
    shown = ", ".join(list(items)[:_SHOWN])
    return f"{shown}, …" if len(items) > _SHOWN else shown
