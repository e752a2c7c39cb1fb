"""How a file says that its figures are invented, and what is made of one that does not say."""

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import SAMPLE_LSOA_PREFIX

INVENTED = "Invented sample data"
"""What a column `supplier` or `source_note` holds, on every row, in a file of invented figures."""

_COLUMNS = ("supplier", "source_note")


def mark(sheet: Sheet, lsoa_codes: pd.Series | None = None) -> bool | None:
    """Whether the file says that it is sample data; None where it says nothing.

    LSOAs decide, where there are any: the sample's codes begin SAMPLE_LSOA_PREFIX and no real one
    does. Otherwise a column `supplier` or `source_note` does, by holding exactly INVENTED. A file
    that is in part sample data, or calls real LSOAs invented, is refused with IngestError.
    """
    written = _written(sheet)
    if lsoa_codes is None or lsoa_codes.empty:
        return written
    invented = lsoa_codes.str.startswith(SAMPLE_LSOA_PREFIX)
    if invented.any() and not invented.all():
        _refuse_mixture(sheet, invented)
    if written and not invented.all():
        raise IngestError(
            f"the file is marked '{INVENTED}' and has real LSOAs",
            where=sheet.name,
            remedy=f"Invented LSOAs begin {SAMPLE_LSOA_PREFIX}; take the mark off real figures.",
        )
    return bool(invented.all())


def settled(marks: list[bool | None], held: bool | None) -> bool:
    """What files of one call are, together: what any of them says, else what the store holds.

    Real, where nothing says otherwise. Files that disagree are refused with IngestError.
    """
    said = {one for one in marks if one is not None}
    if len(said) > 1:
        raise IngestError(
            "some of the files are sample data and some are real",
            remedy="Take them in one kind at a time, each into a store of its own.",
        )
    return said.pop() if said else bool(held)


def _written(sheet):
    columns = [c for c in sheet.frame.columns if c.casefold() in _COLUMNS]
    if not columns:
        return None
    invented = sheet.frame[columns].eq(INVENTED).any(axis="columns")
    if invented.any() and not invented.all():
        _refuse_mixture(sheet, invented)
    return bool(invented.all())


def _refuse_mixture(sheet, invented):
    first_real = invented.index[~invented][0]
    raise IngestError(
        "the file mixes sample data with real data: this row is real, others are invented",
        where=sheet.where(first_real),
        remedy="Keep them in two files, and take them into two stores.",
    )
