"""Rows of a police.uk file as rows of our table: what is left out or left blank is counted.

Columns of few distinct values are judged value by value, not row by row.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyproj import Transformer

from cspnb.errors import CspnbError, IngestError
from cspnb.forces import FORCES, force_named
from cspnb.ingest.police_uk.files import PoliceFile
from cspnb.ingest.police_uk.layouts import Layout
from cspnb.schemas import LSOA_CODE, TABLES
from cspnb.scopes import ELEVEN_TYPES, FOURTEEN_TYPES, SIX_TYPES

CRIME_TYPES = {name.casefold(): name for name in SIX_TYPES | ELEVEN_TYPES | FOURTEEN_TYPES}

_UNITED_KINGDOM = {"longitude": (-9.0, 2.0), "latitude": (49.0, 61.0)}


@dataclass
class Rows:
    """What became of a file's rows: `read` = those of `table` + `copied` + all `rejected`.

    `blanked` counts rows that are in `table` without something they were published with.
    """

    table: pa.Table
    read: int
    copied: int
    rejected: Counter = field(default_factory=Counter)
    blanked: Counter = field(default_factory=Counter)

    def array(self, name: str) -> pa.Array:
        """A column in one piece."""
        return self.table[name].combine_chunks()

    def assign(self, name: str, values: pa.Array) -> None:
        """Put values in place of a column, or beside the others."""
        if name in self.table.column_names:
            place = self.table.column_names.index(name)
            self.table = self.table.set_column(place, name, values)
        else:
            self.table = self.table.append_column(name, values)

    def reject(self, wrong: pa.Array, reason: str) -> None:
        """Leave out the rows that are wrong."""
        if count := pc.sum(wrong).as_py():
            self.rejected[reason] += count
            self.table = self.table.filter(pc.invert(wrong))

    def blank(self, count: int, reason: str) -> None:
        """Say that so many rows have lost something."""
        if count:
            self.blanked[reason] += int(count)


def rows_of(text: pa.Table, layout: Layout, file: PoliceFile, source_id: str) -> Rows:
    """The text rows of a file in the columns of its table.

    Left out: whole-row copies of a row that carries a Crime ID; rows with no month, no crime
    type or an unknown one. Left blank: coordinates and LSOA codes that cannot be what they say.
    Raises IngestError where the file is not that of its name's month and force.
    """
    _require_month(text, file)
    _require_force(text, file)
    kept = _without_copies(text)
    rows = Rows(kept, len(text), len(text) - len(kept))
    if "Month" in layout.columns:
        rows.reject(rows.table["Month"].is_null(), "no month")
    columns = {theirs: ours for theirs, ours in layout.columns.items() if ours}
    rows.table = rows.table.select(list(columns)).rename_columns(list(columns.values()))
    if file.table == "offences":
        _name_crime_types(rows)
    if "easting" in columns.values():
        _turn_grid_to_degrees(rows)
    else:
        _read_degrees(rows)
    if "lsoa_code" in columns.values():
        _blank_strange_lsoas(rows)
    rows.table = _in_contract(rows.table, file, source_id)
    return rows


def _require_month(text: pa.Table, file: PoliceFile) -> None:
    if "Month" not in text.column_names:
        return
    for month in pc.unique(text["Month"]).drop_null().to_pylist():
        if month != file.month:
            row = pc.index(text["Month"].cast(pa.string()), month).as_py()
            raise IngestError(
                f"holds a month that does not match the file: row {row + 2} is of '{month}'",
                where=str(file.entry),
                remedy="Fetch the file again; a file holds the month in its name.",
            )


def _require_force(text: pa.Table, file: PoliceFile) -> None:
    if "Reported by" not in text.column_names:
        return
    for name in pc.unique(text["Reported by"]).drop_null().to_pylist():
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


def _without_copies(text: pa.Table) -> pa.Table:
    """Only rows whose Crime ID comes twice are looked at whole, and mostly there are none."""
    if "Crime ID" not in text.column_names:
        return text
    ids = text["Crime ID"].combine_chunks().dictionary_encode()
    counts = np.bincount(ids.indices.drop_null().to_numpy(), minlength=len(ids.dictionary))
    if not (counts > 1).any():
        return text
    comes_twice = pa.array(counts > 1).take(ids.indices).fill_null(False)
    kept = pc.invert(comes_twice).to_numpy(zero_copy_only=False)
    repeated = text.append_column("row", pa.array(np.arange(len(text)))).filter(comes_twice)
    different = repeated.group_by(text.column_names, use_threads=False)
    kept[different.aggregate([("row", "min")])["row_min"].to_numpy()] = True
    return text.filter(pa.array(kept))


def _name_crime_types(rows: Rows) -> None:
    """Every way of writing a crime type becomes its name; what is none leaves its rows out."""
    strange = []

    def named(name: str) -> str | None:
        known = CRIME_TYPES.get(name.strip().casefold())
        if known is None:
            strange.append(name)
        return known

    given = rows.array("crime_type")
    rows.assign("crime_type", _each_value(given, named))
    rows.assign("given", given)
    for name in strange:
        wrong = pc.equal(rows.array("given"), name).fill_null(False)
        rows.reject(wrong, f"unknown crime type '{name.strip()[:60]}'")
    rows.reject(rows.array("given").is_null(), "no crime type")
    rows.table = rows.table.drop_columns(["given"])


def _each_value(column: pa.DictionaryArray, become: Callable[[str], str | None]) -> pa.Array:
    """The column with each distinct value made into another, or into none."""
    used = pc.unique(column.indices).drop_null()
    values = np.full(len(column.dictionary), None, dtype=object)
    for code, value in zip(used.to_pylist(), column.dictionary.take(used).to_pylist(), strict=True):
        values[code] = become(value)
    return pa.array(values, pa.string()).take(column.indices).dictionary_encode()


def _read_degrees(rows: Rows) -> None:
    _set_point(rows, *_numbers(rows, ("longitude", "latitude")))


def _turn_grid_to_degrees(rows: Rows) -> None:
    east, north = _numbers(rows, ("easting", "northing"))
    unknown = np.isnan(east) | np.isnan(north) | ((east == 0) & (north == 0))
    east, north = (np.where(unknown, np.nan, values) for values in (east, north))
    longitude, latitude = _to_degrees().transform(east, north)
    lost = np.isinf(longitude) | np.isinf(latitude)
    _set_point(rows, *(np.where(lost, np.nan, values) for values in (longitude, latitude)))


def _numbers(rows: Rows, names: tuple[str, str]) -> list[np.ndarray]:
    """Columns of text as numbers; what is none is not a number, and counted."""
    texts = [rows.array(name) for name in names]
    numbers = [_number(text) for text in texts]
    no_number = [
        np.isnan(number) & text.is_valid().to_numpy(zero_copy_only=False)
        for number, text in zip(numbers, texts, strict=True)
    ]
    rows.blank(np.logical_or(*no_number).sum(), "coordinates left out: not numbers")
    return numbers


def _number(text: pa.Array) -> np.ndarray:
    try:
        return text.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        words = pd.Series(text.to_pylist(), dtype=object)
        return pd.to_numeric(words, errors="coerce").to_numpy(dtype=float)


def _set_point(rows: Rows, longitude: np.ndarray, latitude: np.ndarray) -> None:
    """A point wants both its coordinates; (0, 0) is how some editions write none."""
    point = {"longitude": longitude, "latitude": latitude}
    none = np.isnan(longitude) | np.isnan(latitude) | ((longitude == 0) & (latitude == 0))
    inside = [
        (point[name] >= least) & (point[name] <= greatest)
        for name, (least, greatest) in _UNITED_KINGDOM.items()
    ]
    outside = ~none & ~np.logical_and(*inside)
    rows.blank(outside.sum(), "coordinates left out: outside the United Kingdom")
    for name, values in point.items():
        rows.assign(name, pa.array(np.where(none | outside, np.nan, values), from_pandas=True))


def _blank_strange_lsoas(rows: Rows) -> None:
    given = rows.array("lsoa_code")
    kept = _each_value(given, _lsoa)
    if kept.null_count > given.null_count:
        written = _each_value(given, lambda code: code.strip() or None)
        strange = kept.null_count - written.null_count
        rows.blank(strange, "LSOA code left out: not of England or Wales")
    rows.assign("lsoa_code", kept)


@lru_cache(maxsize=100_000)
def _lsoa(code: str) -> str | None:
    return code.strip() if re.match(LSOA_CODE, code.strip()) else None


def _in_contract(table: pa.Table, file: PoliceFile, source_id: str) -> pa.Table:
    """Our columns in our order; a layout that lacks one has it null throughout."""
    origin = {"source_id": source_id, "force": file.force, "month": file.month}
    names = TABLES[file.table].columns
    columns = {name: table[name] for name in names if name in table.column_names}
    columns |= {name: _all_the_same(value, len(table)) for name, value in origin.items()}
    nothing = pa.nulls(len(table), pa.string())
    return pa.table({name: columns.get(name, nothing) for name in names})


def _all_the_same(value: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(np.zeros(count, dtype=np.int32), pa.array([value]))


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
