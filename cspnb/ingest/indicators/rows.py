"""A sheet of supplied figures read as rows, and all that can be wrong with one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.indicators import cells
from cspnb.ingest.indicators.faults import Fault, place, refuse
from cspnb.ingest.indicators.terms import Terms
from cspnb.ingest.sheets import Sheet
from cspnb.periods import Period

REQUIRED = ("measure", "period", "area", "value")
OPTIONAL = ("base", "supplier", "note")
NOT_STATED = "not stated"
KEY = ["measure", "start", "end", "area_code"]
FIGURE = ["value", "base"]


def with_our_columns(sheet: Sheet) -> Sheet:
    """The sheet with its columns in lower case; IngestError for one missing or unknown."""
    frame = sheet.frame.rename(columns=str.casefold)
    absent = [name for name in REQUIRED if name not in frame]
    unknown = [name for name in frame if name not in REQUIRED + OPTIONAL]
    if absent or unknown or frame.columns.has_duplicates:
        fault = f"column '{absent[0]}' is missing" if absent else "a column is not known"
        raise IngestError(
            f"{fault}; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=f"The first row names {', '.join(REQUIRED)} and, if need be, "
            f"{', '.join(OPTIONAL)}, in any order.",
        )
    return replace(sheet, frame=frame)


def figures(
    sheet: Sheet, terms: Terms, faults: Iterable[Fault] = (), broken: Iterable[str] = ()
) -> pd.DataFrame:
    """The sheet's figures, indexed by line: INDICATORS columns but `source_id`.

    faults, broken: what is known already to be wrong with cells, and with the whole. Raises
    IngestError with every cell that cannot be taken: blank or malformed, of an unknown measure
    or area, out of the measure's range, or differing from an earlier one of the same measure,
    period and area.
    """
    found = [*faults, *_faults(sheet, terms)]
    unsound = {fault.line for fault in found}
    sound = replace(sheet, frame=sheet.frame[~sheet.frame.index.isin(unsound)])
    rows = _rows(sound.frame)
    refuse(sheet, [*found, *_second_answers(sheet, rows)], broken)
    return rows


def _faults(sheet, terms) -> Iterator[Fault]:
    for row in sheet.frame.to_dict("index").items():
        yield from _row_faults(*row, terms)


def _row_faults(line, row, terms):
    """The faults of a row; a blank cell has no other."""
    said = {name: "" for name in REQUIRED}
    for name in REQUIRED:
        if pd.isna(row[name]):
            said[name] = f"a blank cell stands where the {name} should; fill it, or {terms.drop}"
    wanted = terms.of(row["measure"])
    note = row.get("note")
    checks = {
        "measure": lambda cell: cells.measure_said(cell, terms.measures or {}),
        "period": cells.period_said,
        "area": lambda cell: cells.area_said(cell, wanted, terms.areas),
        "value": lambda cell: cells.value_said(
            cell, wanted, "" if pd.isna(note) else note, terms.leave
        ),
        "base": cells.base_said,
    }
    if terms.measures is None:
        del checks["measure"]
    for name, check in checks.items():
        if not pd.isna(row.get(name)):
            said[name] = check(row[name])
    return [Fault(line, name, words) for name, words in said.items() if words]


def _rows(text):
    periods = [Period.parse(written) for written in text["period"]]
    blank = pd.Series(index=text.index, dtype="str")
    rows = pd.DataFrame(
        {
            "measure": text["measure"],
            "start": [str(period.start) for period in periods],
            "end": [str(period.end) for period in periods],
            "area_code": text["area"],
            "value": text["value"].map(cells.number, na_action="ignore"),
            "base": text.get("base", blank).map(cells.number, na_action="ignore"),
            "supplier": text.get("supplier", blank),
            "note": text.get("note", blank),
        },
        index=text.index,
    )
    numbers = {name: "float64" for name in FIGURE}
    texts = {name: "str" for name in rows if name not in FIGURE}
    return rows.astype(numbers | texts).fillna({"supplier": NOT_STATED})


def _second_answers(sheet, rows):
    """A fault for each figure that differs from an earlier one of the same key."""
    first = rows.drop_duplicates(KEY).reset_index(names="line").set_index(KEY)
    distinct = rows.drop_duplicates([*KEY, *FIGURE])
    for line, row in distinct[distinct.duplicated(KEY)].iterrows():
        before = first.loc[tuple(row[KEY])]
        span = sheet.frame.at[line, "period"]
        yield Fault(
            line,
            "value",
            f"{row['measure']} {span} {row['area_code']} is {figure(row)} here and "
            f"{figure(before)} in {place(sheet, before['line'], 'value')}; find out which is "
            "right, and take the other out",
        )


def figure(row: pd.Series, suffix: str = "") -> str:
    """'88 (base 412)'."""
    based = row[f"base{suffix}"]
    base = "" if pd.isna(based) else f" (base {based:,.12g})"
    return f"{row[f'value{suffix}']:,.12g}{base}"
