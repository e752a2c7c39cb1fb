"""A partner's extract as rows of `supplied_records`, and all that can be wrong with one."""

import pandas as pd

from cspnb.errors import IngestError
from cspnb.extracts import CATEGORIES, FLAGS, KEYS, Extract
from cspnb.ingest.extracts.columns import is_mark, refuse_other_columns
from cspnb.ingest.extracts.dates import moments, refuse_disorder
from cspnb.ingest.extracts.keys import hashed
from cspnb.ingest.extracts.places import places
from cspnb.ingest.personal import refuse_personal_data
from cspnb.ingest.personal.values import tells_of_somebody
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import SUPPLIED_RECORDS

_WORDS = (*CATEGORIES, "offence_code", "status")
"""What is stored as it is written."""


def records(sheet: Sheet, extract: Extract) -> pd.DataFrame:
    """The sheet's records, indexed by line: SUPPLIED_RECORDS columns but `source_id`.

    Raises IngestError for personal data in any column, for a column that is not there or not
    spoken of, and for a cell that is blank where it may not be or is not what its column holds.
    """
    marks = [column for column in sheet.frame if is_mark(sheet.frame[column])]
    cleared = {*extract.not_personal, *marks}
    refuse_personal_data(sheet, cleared=cleared, dated=extract.column(extract.counted_by))
    refuse_other_columns(sheet, extract)
    rows = places(sheet, extract)
    rows["partnership"], rows["stream"] = extract.partnership, extract.stream
    rows["kind"], rows["supplier"] = extract.kind, extract.supplier
    rows["from_at"] = _filled(sheet, extract, "from", moments(sheet, extract, "from"))
    rows["to_at"] = _absent(sheet)
    if extract.column("to"):
        rows["to_at"] = moments(sheet, extract, "to")
        refuse_disorder(sheet, extract, rows["from_at"], rows["to_at"])
    rows["month"] = _counted_in(sheet, extract, rows["from_at"])
    for field in _WORDS:
        _refuse_narrative(sheet, extract, field)
    rows["category"] = _filled(sheet, extract, extract.category)
    rows["status"] = _absent(sheet)
    if extract.column("status"):
        rows["status"] = _filled(sheet, extract, "status")
    rows["offence_code"] = _text(sheet, extract, "offence_code")
    for key in KEYS:
        column = extract.column(key)
        rows[key] = hashed(sheet, column, extract.supplier) if column else _absent(sheet)
    for flag in FLAGS:
        rows[flag] = _flag(sheet, extract, flag)
    columns = [column for column in SUPPLIED_RECORDS.columns if column != "source_id"]
    numbers = {"easting": "float64", "northing": "float64"}
    return rows[columns].astype({column: numbers.get(column, "str") for column in columns})


def refuse_after(rows: pd.DataFrame, sheet: Sheet, extract: Extract, edition: str | None) -> None:
    """Raise IngestError for a record of a month after the one in which the file was supplied."""
    last = rows["month"].where(rows["month"] > rows["from_at"].str[:7], rows["from_at"].str[:7])
    late = rows.index[last > edition] if edition else rows.index[:0]
    if len(late):
        raise IngestError(
            f"a record of {last[late[0]]} cannot be in a file supplied in {edition}",
            where=sheet.where(late[0], extract.column(extract.counted_by)),
            remedy="Check --edition, and the order of the days.",
        )


def _absent(sheet):
    return pd.Series(None, index=sheet.frame.index, dtype="str")


def _text(sheet, extract, field):
    column = extract.column(field)
    return sheet.frame[column] if column else _absent(sheet)


def _filled(sheet, extract, field, values=None):
    """What a field's column holds, of which no cell may be blank."""
    column = extract.column(field)
    values = sheet.frame[column] if values is None else values
    sheet.refuse(
        values.isna(),
        column,
        f"is no answer, and every record needs one ({field})",
        "Fill it, or ask the supplier to: 'not stated' where nothing is known of it in words.",
    )
    return values


def _refuse_narrative(sheet, extract, field):
    column = extract.column(field)
    if column is None or column in extract.not_personal:
        return
    telling = {cell for cell in sheet.frame[column].dropna().unique() if tells_of_somebody(cell)}
    sheet.refuse(
        sheet.frame[column].isin(telling),
        column,
        "tells what happened, or names somebody, where the name of an offence, a type, a code or "
        "a status should stand",
        "Ask for the name or the code alone. A column of long names, in which nobody is named, is "
        "declared so under not_personal.",
    )


def _counted_in(sheet, extract, begun):
    if extract.counted_by == "from":
        return begun.str[:7]
    field = extract.counted_by
    return _filled(sheet, extract, field, moments(sheet, extract, field)).str[:7]


def _flag(sheet, extract, flag):
    """'yes', 'no', or null where it is not known."""
    column = extract.column(flag)
    if column is None:
        return _absent(sheet)
    meant = {word.casefold(): "no" for word in extract.no}
    meant |= {word.casefold(): "yes" for word in extract.yes}
    cells = sheet.frame[column]
    read = cells.str.casefold().map(meant)
    sheet.refuse(
        cells.notna() & read.isna(),
        column,
        "counts neither as yes nor as no",
        f"Add it to 'yes' or 'no' of the extract in params/partnerships/{extract.partnership}.yml.",
    )
    return read.fillna("no") if extract.blank_is_no else read
