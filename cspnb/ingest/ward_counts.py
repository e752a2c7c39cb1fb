"""Offences of each ward, wide by month: the Metropolitan Police Service's own layout.

Every count printed is stored, zeros too: they are how a file says that it knows a ward. What it
leaves out is by `area_counts`'s rule: a ward it names had none, a ward it does not is unknown.
"""

import re
from pathlib import Path

from cspnb.errors import IngestError, PeriodError
from cspnb.ingest import Taken, area_counts
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read
from cspnb.periods import Month
from cspnb.schemas import AREA_COUNTS
from cspnb.store import Store

PUBLISHER = "Metropolitan Police Service"

_ALIASES = {
    "category": ("majortext", "majorcategory", "major"),
    "subcategory": ("minortext", "minorcategory", "minor"),
    "name": ("wardname", "ward"),
    "code": ("wardcode",),
    "district_name": ("lookupboroughname", "boroughname", "borough", "lookupborough"),
}
_KEY = list(_ALIASES)
_MARKS = {"supplier", "source_note"}
_WARD_CODE = r"[EW]05\d{6}"


def ingest(paths: list[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take files of ward counts into `area_counts`, all of them or none.

    edition: the month the file was published, YYYY-MM; months already published are revised, and
    the newest edition speaks for whole months. Raises IngestError for a column that is missing,
    months that are not consecutive, a malformed ward code or count, a ward and category given
    twice, and a count that contradicts one held of the same edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    deliveries = [_delivery(read(path)) for path in paths]
    return deliver(area_counts.less_held(deliveries, store, edition), store)


def _delivery(sheet):
    columns = _columns(sheet)
    months = _months(sheet)
    _refuse_bad_areas(sheet, columns)
    wide = sheet.frame[list(columns.values())].set_axis(_KEY, axis="columns")
    wide = wide.assign(**{month: sheet.whole_numbers(column) for column, month in months.items()})
    once = wide.drop_duplicates()
    sheet.refuse(
        once.duplicated(_KEY).reindex(wide.index, fill_value=False),
        columns["code"],
        "has this category a second time, with other counts",
        "Find out which row is right, and take the other out of the file.",
    )
    unused = [c for c in sheet.frame if c not in (*columns.values(), *months)]
    unused = [c for c in unused if c.casefold() not in _MARKS]
    return Delivery(
        sheet,
        AREA_COUNTS,
        _long(once, list(months.values())),
        publisher=PUBLISHER,
        marked=mark(sheet),
        copied=(len(wide) - len(once)) * len(months),
        rejections=f"columns not taken: {', '.join(unused)}" if unused else None,
    )


def _columns(sheet):
    """The file's column for each of ours; IngestError for one that is not there, or twice."""
    found = {}
    for ours, names in _ALIASES.items():
        fitting = [c for c in sheet.frame if re.sub(r"[\W_]", "", c).casefold() in names]
        if len(fitting) != 1:
            raise IngestError(
                f"{len(fitting) or 'no'} column{'s' * (len(fitting) > 1)} for {ours}; the columns "
                f"are {', '.join(sheet.frame.columns)}",
                where=sheet.name,
                remedy="The layout is MajorText, MinorText, WardName, WardCode, "
                "LookUp_BoroughName, and one column a month: 202402.",
            )
        found[ours] = fitting[0]
    return found


def _months(sheet):
    """Column name to month, in order; IngestError where they are none, or leave one out."""
    written = [name for name in sheet.frame if re.match(r"\d{6}|\d{4}-\d\d|[A-Za-z]{3}-\d\d", name)]
    months = {name: _month(sheet, name) for name in written}
    run = list(months.values())
    if not run:
        raise IngestError(
            "no column is a month",
            where=sheet.name,
            remedy="Months are column names of six digits: 202402.",
        )
    for before, after in zip(run, run[1:], strict=False):
        if after - before != 1:
            raise IngestError(
                f"the column of {after} stands after that of {before}: months must be consecutive",
                where=sheet.name,
                remedy="A month left out would look like a month without crime: use the file as "
                "it was published.",
            )
    return {name: str(month) for name, month in months.items()}


def _month(sheet, name):
    try:
        return Month.parse(f"{name[:4]}-{name[4:]}")
    except PeriodError as error:
        raise IngestError(
            f"the column name '{name}' is not a month",
            where=sheet.name,
            remedy="Months are column names of six digits: 202402.",
        ) from error


def _refuse_bad_areas(sheet, columns):
    for ours in ("category", "subcategory", "district_name"):
        sheet.refuse(sheet.frame[columns[ours]].isna(), columns[ours], "is no name")
    right = sheet.frame[columns["code"]].str.fullmatch(_WARD_CODE).eq(True)
    sheet.refuse(~right, columns["code"], "is the code of no ward", "Ward codes begin E05.")


def _long(wide, months):
    """One row a ward, category and month, in AREA_COUNTS' columns, indexed by line."""
    rows = wide.melt(_KEY, months, var_name="start", value_name="count", ignore_index=False)
    rows = rows.assign(level="ward", end=rows["start"])
    rows = rows[[name for name in AREA_COUNTS.columns if name != "source_id"]]
    return rows.astype({name: "str" for name in rows.columns if name != "count"})
