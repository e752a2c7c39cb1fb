"""Offences of each LSOA, wide by calendar year: the layout of London's yearly files.

One file is one category, named in the file's name: `…-major-burglary.csv`, or a `minor` one,
which may be part of a major one. A minor category is stored as a subcategory, so the two are never
added together. A file in which every figure is zero says nothing of its category: no category of
crime is recorded nowhere in ten years, so it is passed by, and named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest import Taken, area_counts
from cspnb.ingest.archive import Entry, contents, entries
from cspnb.ingest.delivery import Delivery, deliver
from cspnb.ingest.sample_mark import mark
from cspnb.ingest.sheets import read_text
from cspnb.periods import Month
from cspnb.schemas import AREA_COUNTS, LSOA_CODE
from cspnb.store import Store

PUBLISHER = "Metropolitan Police Service"

LOW = 0.8
"""A last year under this share of the year before is noted as perhaps incomplete."""

_CATEGORY = re.compile(
    r"(?:.*[-_ ])?(major|minor)[-_ ]([a-z][a-z0-9 _-]*)\.csv(\.gz)?", re.IGNORECASE
)
_DOUBT = r"(\d{4} may be incomplete: [^;]*)"
_YEAR = r"(19|20)\d\d"
_COLUMNS = {"code": r"LSOA\d\dCD", "name": r"LSOA\d\dNM", "district_name": r"LAD\d\dNM"}
_KNOWN = r"(LSOA|MSOA|LAD)\d\d(CD|NM)|supplier|source_note"


@dataclass(frozen=True)
class Category(Delivery):
    """The counts of one category's file: a delivery that knows its place in an archive."""

    entry: Entry | None = None

    def source(self, source_id: str, *, is_sample: bool) -> dict:
        """The row of SOURCES, less what the store adds."""
        named = {"file_name": self.entry.path.name, "member": self.entry.member}
        return Delivery.source(self, source_id, is_sample=is_sample) | named


def ingest(paths: list[Path], store: Store, *, edition: str | None = None) -> Taken:
    """Take CSV files, or zip archives of them, into `area_counts`, all of them or none.

    edition: the month they were published, YYYY-MM; the newest edition speaks. Files in which
    every figure is zero are named in `Taken.ignored`. Raises IngestError for a file whose name
    says no category, a column that is missing, years that are not consecutive, a malformed code
    or count, an LSOA given twice, and a count that contradicts one held of the same edition.
    """
    edition = None if edition is None else str(Month.parse(edition))
    files, ignored = _files(paths)
    deliveries = []
    for entry, content in contents(files):
        delivery = _delivery(entry, content)
        if not delivery.rows["count"].any():
            ignored.append(f"{entry} (every figure is zero)")
            continue
        deliveries.append(delivery)
    taken = deliver(area_counts.less_held(deliveries, store, edition), store)
    return Taken(taken.sources, taken.unchanged, tuple(ignored))


def yearly(
    frame: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    codes: Iterable[str],
    category: str,
) -> pd.DataFrame:
    """Offences in each LSOA and calendar year: `code`, `name`, `year`, `count`, null if unknown.

    frame: rows of `area_counts`. sources: rows of `sources`. category: as in the file's name:
    'burglary', 'theft-bicycle'. See `area_counts.counted` for the rule.
    """
    lsoas = frame[frame["level"].eq("lsoa")]
    counts = area_counts.counted(lsoas, sources, codes=codes, category=category)
    years = counts["start"].str[:4].astype("int64")
    return counts.assign(start=years).rename(columns={"start": "year"}).drop(columns="end")


def year_in_doubt(
    frame: pd.DataFrame, sources: pd.DataFrame, category: str
) -> tuple[int, str] | None:
    """The last year held of a category, and its file's note, where it may be incomplete.

    frame: rows of `area_counts`. sources: rows of `sources`. See `LOW`. A year that is followed
    by another in a later file is not the last, and no longer in doubt.
    """
    lsoas = area_counts.in_force(frame[frame["level"].eq("lsoa")], sources)
    rows = lsoas[lsoas["category"].eq(category)]
    last = rows[rows["start"].eq(rows["start"].max())]
    notes = sources.loc[sources["source_id"].isin(last["source_id"]), "rejections"].dropna()
    for note in notes.str.extract(_DOUBT)[0].dropna():
        if last["start"].iloc[0].startswith(note[:4]):
            return int(note[:4]), note
    return None


def _files(paths):
    """The CSV files among what was given, and the names of what is beside them."""
    found = entries(paths)
    wanted = [entry for entry in found if re.search(r"\.csv(\.gz)?$", entry.name, re.IGNORECASE)]
    others = [entry for entry in found if entry not in wanted]
    given, read = {Path(path) for path in paths}, {entry.path for entry in wanted}
    for entry in (one for one in others if one.path in given - read):
        raise IngestError(
            "this is not a CSV file, nor an archive with one",
            where=str(entry),
            remedy="Name the CSV files, or the zip archive that holds them.",
        )
    if not wanted:
        raise IngestError("there is no CSV file here", where=", ".join(map(str, sorted(given))))
    return wanted, [str(entry) for entry in others]


def _delivery(entry, content):
    sheet = read_text(content, str(entry))
    kind, category = _category(entry)
    columns = {ours: _column(sheet, pattern) for ours, pattern in _COLUMNS.items()}
    years = _years(sheet)
    _refuse_bad_areas(sheet, columns)
    wide = sheet.frame[list(columns.values())].set_axis(list(columns), axis="columns")
    wide = wide.assign(**{year: sheet.whole_numbers(year) for year in years})
    once = wide.drop_duplicates()
    sheet.refuse(
        once["code"].duplicated().reindex(wide.index, fill_value=False),
        columns["code"],
        "stands in the file a second time, with other counts",
        "Find out which row is right, and take the other out of the file.",
    )
    return Category(
        sheet,
        AREA_COUNTS,
        _long(once, years, category, category if kind == "minor" else None),
        publisher=PUBLISHER,
        marked=mark(sheet, wide["code"]),
        copied=(len(wide) - len(once)) * len(years),
        rejections=_notes(sheet, wide, years),
        entry=entry,
    )


def _category(entry):
    match = _CATEGORY.fullmatch(entry.name)
    if match is None:
        raise IngestError(
            "the file's name does not say which category it counts",
            where=str(entry),
            remedy="Name it as its publisher does: …-major-burglary.csv or …-minor-….csv.",
        )
    return match[1].lower(), match[2].lower()


def _column(sheet, pattern):
    fitting = [name for name in sheet.frame if re.fullmatch(pattern, name, re.IGNORECASE)]
    if len(fitting) != 1:
        raise IngestError(
            f"{len(fitting) or 'no'} column reads {pattern.replace(chr(92) + 'd', '1')}; the "
            f"columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy="The layout is LSOA11CD, LSOA11NM, LAD11NM, and one column a year: 2021.",
        )
    return fitting[0]


def _years(sheet):
    years = [name for name in sheet.frame if re.fullmatch(_YEAR, name)]
    run = [str(int(years[0]) + step) for step in range(len(years))] if years else []
    if not years or years != run:
        raise IngestError(
            f"the columns of years are {', '.join(years)}: they must be consecutive"
            if years
            else "no column is a year",
            where=sheet.name,
            remedy="A year left out would look like a year without crime: use the file as it "
            "was published.",
        )
    return years


def _refuse_bad_areas(sheet, columns):
    right = sheet.frame[columns["code"]].str.fullmatch(LSOA_CODE).eq(True)
    sheet.refuse(~right, columns["code"], "is the code of no LSOA")
    for ours in ("name", "district_name"):
        sheet.refuse(sheet.frame[columns[ours]].isna(), columns[ours], "is no name")


def _notes(sheet, wide, years):
    """What a reader of the source should know: a low last year, and columns not taken."""
    unused = [c for c in sheet.frame if c not in years and not re.fullmatch(_KNOWN, c, re.I)]
    said = [f"columns not taken: {', '.join(unused)}"] if unused else []
    before, last = (int(wide[year].sum()) for year in (years[-2:] if years[1:] else years * 2))
    if last < LOW * before:
        said.append(
            f"{years[-1]} may be incomplete: {last:,} offences in all, against {before:,} in "
            f"{years[-2]}"
        )
    return "; ".join(said) or None


def _long(wide, years, category, subcategory):
    """One row an LSOA and year, in AREA_COUNTS' columns, indexed by line."""
    areas = ["code", "name", "district_name"]
    rows = wide.melt(areas, years, var_name="year", value_name="count", ignore_index=False)
    rows = rows.assign(
        level="lsoa",
        category=category,
        subcategory=subcategory,
        start=rows["year"].astype("str") + "-01",
        end=rows["year"].astype("str") + "-12",
    )
    rows = rows[[name for name in AREA_COUNTS.columns if name != "source_id"]]
    return rows.astype({name: "str" for name in rows.columns if name != "count"})
