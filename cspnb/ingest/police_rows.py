"""Rows of a police.uk file as rows of our table: what is left out or left blank is counted."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd
from pyproj import Transformer

from cspnb.errors import CspnbError, IngestError
from cspnb.forces import FORCES, force_named
from cspnb.ingest.police_files import PoliceFile
from cspnb.ingest.police_layouts import Layout
from cspnb.schemas import LSOA_CODE, TABLES
from cspnb.scopes import ELEVEN_TYPES, FOURTEEN_TYPES, SIX_TYPES

CRIME_TYPES = {name.casefold(): name for name in SIX_TYPES | ELEVEN_TYPES | FOURTEEN_TYPES}

_UNITED_KINGDOM = {"longitude": (-9.0, 2.0), "latitude": (49.0, 61.0)}


@dataclass
class Rows:
    """What became of a file's rows: `read` = those of `frame` + `copied` + all `rejected`.

    `blanked` counts rows that are in `frame` without something they were published with.
    """

    frame: pd.DataFrame
    read: int
    copied: int
    rejected: Counter = field(default_factory=Counter)
    blanked: Counter = field(default_factory=Counter)


def rows_of(text: pd.DataFrame, layout: Layout, file: PoliceFile, source_id: str) -> Rows:
    """The text rows of a file in the columns of its table.

    Left out: whole-row copies of a row that carries a Crime ID; rows with no month, no crime
    type or an unknown one. Left blank: coordinates and LSOA codes that cannot be what they say.
    Raises IngestError where the file is not that of its name's month and force.
    """
    _require_month(text, file)
    _require_force(text, file)
    kept = text.drop(index=_copies(text))
    columns = {theirs: ours for theirs, ours in layout.columns.items() if ours}
    rows = Rows(kept[list(columns)].rename(columns=columns), len(text), len(text) - len(kept))
    if "Month" in text:
        _reject(rows, kept["Month"].isna(), "no month")
    if file.table == "offences":
        _name_crime_types(rows)
    if "easting" in rows.frame:
        _turn_grid_to_degrees(rows)
    else:
        _read_degrees(rows)
    _blank_strange_lsoas(rows)
    rows.frame = _in_contract(rows.frame, file, source_id)
    return rows


def _require_month(text: pd.DataFrame, file: PoliceFile) -> None:
    if "Month" not in text:
        return
    other = text["Month"].notna() & (text["Month"] != file.month)
    if other.any():
        raise IngestError(
            f"holds a month that does not match the file: row {other.idxmax() + 2} is of "
            f"'{text['Month'][other.idxmax()]}'",
            where=str(file.entry),
            remedy="Fetch the file again; a file holds the month in its name.",
        )


def _require_force(text: pd.DataFrame, file: PoliceFile) -> None:
    if "Reported by" not in text:
        return
    for name in text["Reported by"].dropna().unique():
        try:
            force = force_named(name)
        except CspnbError as error:
            raise IngestError(error.what, where=str(file.entry), remedy=error.remedy) from error
        if force != file.force:
            raise IngestError(
                f"holds rows reported by {name}",
                where=str(file.entry),
                remedy=f"Rename it after the force, or fetch {FORCES[file.force].names[0]}'s own.",
            )


def _copies(text: pd.DataFrame) -> pd.Index:
    if "Crime ID" not in text:
        return text.index[:0]
    repeated = text[text["Crime ID"].notna() & text["Crime ID"].duplicated(keep=False)]
    return repeated.index[repeated.duplicated()]


def _reject(rows: Rows, wrong: pd.Series, reason: str) -> None:
    wrong = wrong.reindex(rows.frame.index)
    if wrong.any():
        rows.rejected[reason] += int(wrong.sum())
        rows.frame = rows.frame[~wrong]


def _name_crime_types(rows: Rows) -> None:
    given = rows.frame["crime_type"]
    named = {name: CRIME_TYPES.get(name.strip().casefold()) for name in given.dropna().unique()}
    rows.frame = rows.frame.assign(crime_type=given.map(named).astype("str"))
    for strange in [name for name, known in named.items() if known is None]:
        _reject(rows, given == strange, f"unknown crime type '{strange.strip()[:60]}'")
    _reject(rows, given.isna(), "no crime type")


def _read_degrees(rows: Rows) -> None:
    text = rows.frame[["longitude", "latitude"]]
    point = text.apply(pd.to_numeric, errors="coerce").astype("float64")
    no_number = (text.notna() & point.isna()).any(axis="columns")
    _set_point(rows, point, no_number)


def _turn_grid_to_degrees(rows: Rows) -> None:
    text = rows.frame[["easting", "northing"]]
    grid = text.apply(pd.to_numeric, errors="coerce").astype("float64")
    no_number = (text.notna() & grid.isna()).any(axis="columns")
    unknown = grid.isna().any(axis="columns") | (grid == 0).all(axis="columns")
    east, north = (grid[column].mask(unknown) for column in grid)
    longitude, latitude = _to_degrees().transform(east.to_numpy(), north.to_numpy())
    point = pd.DataFrame({"longitude": longitude, "latitude": latitude}, index=grid.index)
    _set_point(rows, point.replace([np.inf, -np.inf], np.nan), no_number)


def _set_point(rows: Rows, point: pd.DataFrame, no_number: pd.Series) -> None:
    """A point wants both its coordinates; (0, 0) is how some editions write none."""
    none = point.isna().any(axis="columns") | (point == 0).all(axis="columns")
    inside = [point[name].between(*bounds) for name, bounds in _UNITED_KINGDOM.items()]
    outside = ~none & ~(inside[0] & inside[1])
    _blanked(rows, no_number, "coordinates left out: not numbers")
    _blanked(rows, outside, "coordinates left out: outside the United Kingdom")
    rows.frame = rows.frame.assign(**point.mask(none | outside))


def _blank_strange_lsoas(rows: Rows) -> None:
    if "lsoa_code" not in rows.frame:
        return
    code = rows.frame["lsoa_code"].str.strip().replace("", np.nan)
    strange = code.notna() & ~code.str.match(LSOA_CODE).fillna(False).astype(bool)
    _blanked(rows, strange, "LSOA code left out: not of England or Wales")
    rows.frame = rows.frame.assign(lsoa_code=code.mask(strange))


def _blanked(rows: Rows, which: pd.Series, reason: str) -> None:
    if which.any():
        rows.blanked[reason] += int(which.sum())


def _in_contract(frame: pd.DataFrame, file: PoliceFile, source_id: str) -> pd.DataFrame:
    """Our columns in our order; a layout that lacks one has it null throughout."""
    origin = {"source_id": source_id, "force": file.force, "month": file.month}
    frame = frame.assign(**origin).reindex(columns=list(TABLES[file.table].columns))
    numbers = {"longitude": "float64", "latitude": "float64"}
    return frame.astype(dict.fromkeys(frame.columns, "str") | numbers)


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
