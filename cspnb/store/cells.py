"""Offences counted as they are taken in: by file and type, by LSOA, and by point without one."""

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from cspnb.schemas import CELLS, POINTS, TALLIES, Table

COUNTED_BY = tuple(name for name in CELLS.columns if name != "count")

COLUMNS_OF_POINTS = (*COUNTED_BY, "longitude", "latitude")
"""What must be known of offences to count them by their points."""

_TALLIED_BY = [name for name in TALLIES.columns if name != "count"]
_MANY = 1_000_000
"""Cells kept in memory, to be sorted together: some months of England and Wales, and 30 MB."""


class Cells:
    """Counts of one batch's offences: rows of the tables `cells`, `tallies` and `points`.

    Cells come out sorted by LSOA, so that a reader finds a district's in one place.
    """

    def __init__(self):
        self._waiting: list[pa.Table] = []
        self._points: list[pa.Table] = []
        self._many = 0

    def add(self, offences: pa.Table) -> Iterator[tuple[Table, pa.Table]]:
        """Count some offences; yields what has been counted once there is much of it."""
        self._waiting.append(count_cells(offences))
        self._points.append(count_points(offences))
        self._many += len(self._waiting[-1]) + len(self._points[-1])
        if self._many >= _MANY:
            yield from self.rest()

    def rest(self) -> Iterator[tuple[Table, pa.Table]]:
        """What has been counted and not been handed out."""
        if self._waiting:
            cells = pa.concat_tables(self._waiting).combine_chunks()
            points = pa.concat_tables(self._points)
            self._waiting, self._points, self._many = [], [], 0
            yield CELLS, _by_lsoa(cells)
            yield TALLIES, _summed(cells, _TALLIED_BY)
            if len(points):
                yield POINTS, points


@dataclass(frozen=True)
class Near:
    """LSOAs by their codes, or by what their names begin with: a district's name.

    With `nowhere`, the cells without an LSOA too.
    """

    codes: frozenset[str]
    names: frozenset[str]
    nowhere: bool = False

    def filter(self) -> ds.Expression:
        """Which rows of a dataset are of these LSOAs, or lie between them.

        Only bounds let a reader skip most of a sorted file; a list of codes does not.
        """
        bounds = [("lsoa_code", least, greatest) for least, greatest in _runs(self.codes)]
        bounds += [("lsoa_name", name, name + chr(sys.maxunicode)) for name in self.names]
        wanted = ds.scalar(False)
        for column, least, greatest in bounds:
            wanted |= (ds.field(column) >= least) & (ds.field(column) <= greatest)
        if self.nowhere:
            wanted |= ds.field("lsoa_code").is_null() & ds.field("lsoa_name").is_null()
        return wanted


def _runs(codes: frozenset[str]) -> list[tuple[str, str]]:
    """The least and the greatest of the codes in each thousand."""
    thousands = itertools.groupby(sorted(codes), key=lambda code: code[:-3])
    together = [list(run) for _, run in thousands]
    return [(run[0], run[-1]) for run in together]


def count_cells(offences: pa.Table) -> pa.Table:
    """Offences counted by COUNTED_BY, in the columns of CELLS; text is dictionary encoded."""
    encoded = {name: _encoded(offences[name]) for name in COUNTED_BY}
    rows = pa.table(encoded).combine_chunks()  # many times faster to group in one piece
    cells = rows.group_by(list(COUNTED_BY), use_threads=False).aggregate([([], "count_all")])
    return cells.rename_columns(list(CELLS.columns))


def count_points(offences: pa.Table) -> pa.Table:
    """Offences that have a point and no LSOA, counted in the columns of POINTS."""
    nowhere = pc.and_(pc.is_null(offences["lsoa_code"]), pc.is_null(offences["lsoa_name"]))
    located = pc.and_(pc.is_finite(offences["longitude"]), pc.is_finite(offences["latitude"]))
    by = [name for name in POINTS.columns if name != "count"]
    rows = offences.filter(pc.and_(nowhere, located)).select(by).combine_chunks()
    points = rows.group_by(by, use_threads=False).aggregate([([], "count_all")])
    return points.rename_columns(list(POINTS.columns))


def _encoded(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def _summed(cells: pa.Table, by: list[str]) -> pa.Table:
    sums = cells.group_by(by, use_threads=False).aggregate([("count", "sum")])
    return sums.rename_columns([*by, "count"])


def _by_lsoa(cells: pa.Table) -> pa.Table:
    """Sorted by LSOA name; names are ranked first, for there are few of them."""
    names = cells["lsoa_name"].combine_chunks()
    ranks = np.empty(len(names.dictionary) + 1, dtype=np.int32)
    ranks[-1] = len(names.dictionary)  # no name comes last
    ranks[pc.array_sort_indices(names.dictionary)] = np.arange(len(names.dictionary))
    codes = names.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return cells.take(np.argsort(ranks[codes], kind="stable"))
