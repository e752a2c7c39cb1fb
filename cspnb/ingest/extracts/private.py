"""A file of records about people, of which no cell is printed."""

from dataclasses import dataclass

from cspnb.errors import IngestError
from cspnb.extracts import Extract
from cspnb.ingest.personal import masked
from cspnb.ingest.sheets import Sheet


@dataclass(frozen=True)
class PrivateSheet(Sheet):
    """A sheet whose errors tell the line and the column, and the first letters of the cell."""

    def shown(self, cell: str) -> str:
        """A cell as an error tells it."""
        return f"'{masked(cell)}'"


def private(sheet: Sheet, extract: Extract) -> PrivateSheet:
    """The sheet as one whose cells are not printed.

    Raises IngestError where it has none of the extract's columns: its first line may then be a
    record, and is not printed either.
    """
    if not set(extract.mapped) & set(sheet.frame.columns):
        raise IngestError(
            "its first line names none of the columns of the extract "
            f"({', '.join(extract.mapped)})",
            where=sheet.name,
            remedy="Check that the file has a line of column names; then mend 'columns' of "
            f"params/partnerships/{extract.partnership}.yml, extract '{extract.stream}'.",
        )
    return PrivateSheet(sheet.name, sheet.sha256, sheet.frame, sheet.unit)
