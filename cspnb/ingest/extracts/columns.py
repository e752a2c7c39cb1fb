"""A file's columns against what the partnership says of them."""

import difflib
from collections.abc import Collection

import pandas as pd

from cspnb.errors import IngestError
from cspnb.extracts import Extract
from cspnb.ingest.sample_mark import INVENTED
from cspnb.ingest.sheets import Sheet

_PLACES = (("lsoa",), ("ward",), ("district",), ("easting", "northing"))


def refuse_other_columns(sheet: Sheet, extract: Extract) -> None:
    """Raise IngestError where a column is not there, or is there and is not spoken of.

    A column that is neither mapped nor ignored is refused, so that nothing slips in unseen. A mark
    of sample data (`source_note`) need not be spoken of.
    """
    absent = [column for column in extract.mapped if column not in sheet.frame]
    if absent:
        raise IngestError(
            f"there is no column '{absent[0]}'; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=_nearest(absent[0], set(sheet.frame.columns) - set(extract.mapped))
            + f"Mend 'columns' of {_home(extract)}, or ask for the file as agreed.",
        )
    spoken_of = {*extract.mapped, *extract.ignore}
    strange = [c for c in sheet.frame if c not in spoken_of and not is_mark(sheet.frame[c])]
    if strange:
        listed = ", ".join(f"'{column}'" for column in strange)
        what = "a column is" if len(strange) == 1 else f"{len(strange)} columns are"
        raise IngestError(
            f"{what} neither mapped nor ignored: {listed}",
            where=sheet.name,
            remedy=f"Look at what is in it; then map it, or name it under 'ignore', in "
            f"{_home(extract)}; or take it out of the file.",
        )


def require(extract: Extract, *, kinds: Collection[str], status: bool, place: bool) -> None:
    """Raise IngestError where an extract is of another kind, or lacks what its door wants."""
    home = _home(extract)
    if extract.kind not in kinds:
        raise IngestError(
            f"the extract '{extract.stream}' is of kind '{extract.kind}', and this source takes "
            f"{' or '.join(kinds)}",
            where=home,
            remedy="Use the other source's command, or mend 'kind'.",
        )
    if status and not extract.column("status"):
        raise IngestError("no column is mapped to status", where=home, remedy="Map it.")
    if place and not any(all(map(extract.column, fields)) for fields in _PLACES):
        raise IngestError(
            "no column says where a case is",
            where=home,
            remedy="Map lsoa, ward, district, or easting and northing; ask the supplier for one.",
        )


def is_mark(cells: pd.Series) -> bool:
    """Whether a column does nothing but mark every row as invented."""
    return bool(cells.eq(INVENTED).all())


def _home(extract):
    return f"params/partnerships/{extract.partnership}.yml, extract '{extract.stream}'"


def _nearest(wanted, free):
    folded = {column.casefold(): column for column in sorted(free)}
    near = difflib.get_close_matches(wanted.casefold(), folded, n=1)
    return f"Did you mean '{folded[near[0]]}'? " if near else ""
