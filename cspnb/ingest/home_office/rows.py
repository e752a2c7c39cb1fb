"""A part of a Home Office sheet checked and brought into the columns of `recorded_crime`."""

import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from cspnb.errors import PeriodError
from cspnb.ingest.home_office.columns import MARKS
from cspnb.ingest.home_office.sheets import Part
from cspnb.ingest.sample_mark import INVENTED
from cspnb.offences import offence, parts_of, subgroup_of
from cspnb.periods import Period
from cspnb.schemas import RECORDED_CRIME

COLUMNS = [column for column in RECORDED_CRIME.columns if column != "source_id"]

MOST = 1_000_000_000
"""No count comes near it: the whole country records some six million offences a year."""

_YEAR = re.compile(r"(\d{4})\s*[/–_-]\s*(?:\d{2})?(\d{2})")
_QUARTER = re.compile(r"(?i)(?:q|quarter\s*)?\s*([1-4])(?:\.0)?")
_COUNT = re.compile(r"-?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")
_NOTHING = re.compile(r"[-–—]\s*0*")
"""Nought as the accounting format of a spreadsheet shows it: ' - ', '-00 '."""
_WITHHELD = re.compile(r"(?i)\[\w+\]|\.\.|n/?a|[:*]|")
_DATE = re.compile(
    r"(?i)\d{4}-\d{2}-\d{2}.*|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}[- ][a-z]{3}([- ]\d+)?"
    r"|[a-z]{3}[- ]\d{2}|[2-5]\d{4}"
)
_CODE = re.compile(r"[\w./ &,()-]{1,40}")


@dataclass
class Tally:
    """What is told of a file beside its rows: left out, mended, and worth a warning."""

    read: int = 0
    left_out: int = 0
    nothing: int = 0
    negative: int = 0
    mended: int = 0
    doubtful: int = 0
    others: set[str] = field(default_factory=set)
    unknown_rows: Counter = field(default_factory=Counter)
    unknown_offences: Counter = field(default_factory=Counter)
    marked: set[bool] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)


def checked(part: Part, tally: Tally) -> pd.DataFrame:
    """The part's rows in COLUMNS, indexed by line; rows without a count are left out.

    Raises IngestError at the first cell that cannot be what its column says. What is left out,
    mended or doubtful is added to the tally.
    """
    periods = _periods(part)
    counts = _counts(part, tally)
    area = "partnership" if part.layout.level == "csp" else "force"
    names = {name: _named(part, name) for name in ("offence", "group", "subgroup", "force", area)}
    rows = pd.DataFrame(
        {
            "area_level": part.layout.level,
            "area_name": names[area],
            "force_name": names["force"],
            "is_unassigned": (area == "partnership")
            & names[area].str.casefold().str.startswith("unassigned"),
            "start": periods.map(lambda period: str(period.start)),
            "end": periods.map(lambda period: str(period.end)),
            "offence_code": _codes(part, tally),
            "offence": names["offence"],
            "offence_group": names["group"],
            "offence_subgroup": names["subgroup"],
            "count": counts,
        },
        index=part.texts.index,
    )[COLUMNS]
    tally.read += len(rows)
    tally.marked |= _marks(part)
    tally.others |= set(part.layout.others)
    rows = rows[rows["count"].notna()].astype({"count": "int64", "is_unassigned": bool})
    texts = ["area_level", "start", "end", "offence_code"]
    rows = rows.astype({name: "str" for name in texts})
    tally.areas |= set(rows.loc[~rows["is_unassigned"], "area_name"]) | set(rows["force_name"])
    _note_unknown(rows, tally)
    return rows


def _marks(part):
    """What the rows say of being invented: {True}, {False}, both, or nothing."""
    columns = [name for name in MARKS if name in part.layout.places]
    if not columns:
        return set()
    return set(part.texts[columns].eq(INVENTED).any(axis="columns"))


def _periods(part):
    years = _mapped(part, "year", _year)
    part.refuse(
        years.isna(),
        "year",
        "is not a financial year",
        "Write it 2017/18. A spreadsheet may have made a date of it: paste it as text.",
    )
    quarters = _mapped(part, "quarter", _quarter)
    part.refuse(quarters.isna(), "quarter", "is not a quarter", "Write 1 to 4, or Q1 to Q4.")
    pairs = years.str.cat(quarters, sep="-")
    return pairs.map({pair: Period.parse(pair) for pair in pairs.unique()})


def _year(text):
    """'2017/18' of '2017/18', '2017-18' and '2017/2018'; None for anything else."""
    match = _YEAR.fullmatch(text)
    if match is None:
        return None
    written = f"{match[1]}/{match[2]}"
    try:
        Period.parse(written)
    except PeriodError:
        return None
    return written


def _quarter(text):
    match = _QUARTER.fullmatch(text)
    return match and f"Q{match[1]}"


def _counts(part, tally):
    """Counts as floats, missing where there is none."""
    texts = part.texts["count"].str.strip()
    table = {text: _count(text) for text in texts.unique()}
    kinds = texts.map({text: kind for text, (kind, _) in table.items()})
    part.refuse(
        kinds.eq("wrong"),
        "count",
        "is not a whole number of offences",
        "Compare it with the published file; in a workbook, give the column the format Number.",
    )
    part.refuse(
        kinds.eq("huge"), "count", "is larger than any count here can be", "Correct the cell."
    )
    tally.nothing += int(kinds.eq("nothing").sum())
    tally.left_out += int(kinds.eq("missing").sum())
    counts = texts.map({text: number for text, (_, number) in table.items()}).astype(float)
    tally.negative += int((counts < 0).sum())
    return counts


def _count(text):
    """(kind, number): a number, 'nothing' for a dash, 'missing', or why it is refused."""
    if _COUNT.fullmatch(text) and not _NOTHING.fullmatch(text):
        number = int(float(re.sub(r"[,\s]", "", text)))
        return ("huge", None) if abs(number) > MOST else ("number", number)
    if _WITHHELD.fullmatch(text):
        return "missing", None
    return ("nothing", 0) if _NOTHING.fullmatch(text) else ("wrong", None)


def _codes(part, tally):
    codes = _single_spaced(part.texts["code"])
    part.refuse(
        codes.str.fullmatch(_DATE),
        "code",
        "is a date, or the number of one: a spreadsheet has made it of a code",
        "Take the published file, or give the column the format Text before opening it.",
    )
    part.refuse(
        ~codes.str.fullmatch(_CODE), "code", "is no offence code", "Compare the published file."
    )
    shortened = codes == "4.1"
    if not shortened.any():
        return codes
    said = part.texts["offence"].str.casefold()
    corporate = shortened & said.str.contains("corporate")
    tally.mended += int(corporate.sum())
    tally.doubtful += int((shortened & ~said.str.contains("manslaughter")).sum())
    return codes.mask(corporate, "4.10")


def _named(part, column):
    """A column of names with single blanks; IngestError for a blank cell."""
    names = _single_spaced(part.texts[column])
    part.refuse(names == "", column, "stands where a name should", "Take the file as published.")
    return names


def _single_spaced(texts):
    return texts.map({text: " ".join(text.split()) for text in texts.unique()}).astype("str")


def _mapped(part, column, read):
    texts = part.texts[column].str.strip()
    return texts.map({text: read(text) for text in texts.unique()}).astype("str")


def _note_unknown(rows, tally):
    pairs = rows[["offence_code", "offence_subgroup"]].drop_duplicates()
    strange = [
        pair
        for pair in pairs.itertuples(index=False, name=None)
        if any(offence(part) is None for part in parts_of(pair[0]))
    ]
    if not strange:
        return
    counts = rows.groupby(["offence_code", "offence_subgroup"])["count"].agg(["size", "sum"])
    for code, label in strange:
        key = (code, label, subgroup_of(code, label))
        tally.unknown_rows[key] += int(counts.at[(code, label), "size"])
        tally.unknown_offences[key] += int(counts.at[(code, label), "sum"])
