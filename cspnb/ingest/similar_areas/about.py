"""What a list of similar areas says of itself, or its reader: name, kind, month, publisher."""

from dataclasses import dataclass

from cspnb.errors import IngestError
from cspnb.ingest.sheets import Sheet
from cspnb.schemas import MONTH

MOST_SIMILAR = "most similar group"
NEIGHBOURS = "statistical neighbours"
CLUSTER = "cluster"
KINDS = (MOST_SIMILAR, NEIGHBOURS, CLUSTER)

_COLUMNS = {"group": "group_name", "kind": "kind", "as_at": "as_at", "publisher": "publisher"}
_LACKING = {
    "group": "what the list is called: a column 'group', or --group",
    "kind": f"what it is ({'; '.join(KINDS)}): a column 'kind', or --kind",
    "as_at": "the month from which it holds: a column 'as_at', or --as-at YYYY-MM",
    "publisher": "who drew it up: a column 'publisher', or --publisher",
}


@dataclass(frozen=True)
class About:
    """What the analyst says of a list; None where they say nothing."""

    group: str | None = None
    kind: str | None = None
    as_at: str | None = None
    publisher: str | None = None


def stated(sheet: Sheet, about: About) -> dict:
    """Name, kind, month and publisher of each row, as columns of SIMILAR_AREAS.

    Each is the sheet's own column, or what `about` says. IngestError where neither says, where
    they differ, and for a month or a kind that is none.
    """
    given = {key: getattr(about, key) for key in _COLUMNS}
    _refuse_odd_kinds(sheet, given["kind"])
    if "group" not in sheet.frame and given["group"] is None and given["kind"] == MOST_SIMILAR:
        given["group"] = "Most similar group"
    said = {name: _one_of(sheet, key, given[key]) for key, name in _COLUMNS.items()}
    if "as_at" in sheet.frame:
        wrong = ~sheet.frame["as_at"].str.fullmatch(MONTH).eq(True)
        sheet.refuse(wrong, "as_at", "is not a month", "Write it as text, YYYY-MM: 2014-10.")
    return said


def _refuse_odd_kinds(sheet, given):
    remedy = f"Write one of: {'; '.join(KINDS)}."
    if "kind" in sheet.frame:
        sheet.refuse(~sheet.frame["kind"].isin(KINDS), "kind", "is no kind of list", remedy)
    if given is not None and given not in KINDS:
        raise IngestError(
            f"'{given}' is no kind of list", where=f"{sheet.name}, --kind", remedy=remedy
        )


def _one_of(sheet, key, given):
    if key not in sheet.frame:
        if given is None:
            raise IngestError(
                f"the list does not say {_LACKING[key].partition(':')[0]}",
                where=sheet.name,
                remedy=f"Say {_LACKING[key]}.",
            )
        return given
    written = sheet.frame[key]
    sheet.refuse(written.isna(), key, "stands where every row must say", f"Say {_LACKING[key]}.")
    if given is not None:
        option = f"--{key.replace('_', '-')}"
        sheet.refuse(written != given, key, f"is not what {option} says: {given}", "Leave it out.")
    return written
