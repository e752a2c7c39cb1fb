"""The row of `sources` that a police.uk file earns: what it is, what it holds, what it lost."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cspnb.errors import IngestError
from cspnb.ingest.police_uk.files import PoliceFile
from cspnb.ingest.police_uk.rows import CRIME_TYPES, Rows
from cspnb.ingest.police_uk.text import rows_digest_of, sha256_of
from cspnb.periods import Month
from cspnb.placing import BY_LOOKUP, BY_NAME, UNPLACED, place
from cspnb.schemas import SAMPLE_LSOA_PREFIX
from cspnb.scopes import EVERYTHING

PUBLISHER = "data.police.uk"
LICENCE = "Open Government Licence v3.0"

_LSOA = ["lsoa_code", "lsoa_name"]
_LSOAS = pa.schema([(name, pa.dictionary(pa.int32(), pa.string())) for name in _LSOA])
_TEXTS = pa.schema([(name, pa.string()) for name in _LSOA])
_TOGETHER = 100
"""Files whose names of LSOAs are written apart, before they are put into one list."""

_COUNT_OF = {BY_LOOKUP: "rows_placed", BY_NAME: "rows_named", UNPLACED: "rows_unplaced"}


@dataclass(frozen=True)
class Declared:
    """What the person who ingests says of the files: edition, crime types, areas."""

    edition: str | None = None
    types: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()


def declared(edition: str | None, types: str | None, areas: str | None) -> Declared:
    """The declaration as the command line has it, names separated by ';', in known words.

    Raises PeriodError for an edition that is no month, IngestError for a crime type that is none.
    """
    return Declared(
        edition=str(Month.parse(edition)) if edition else None,
        types=tuple(sorted({_crime_type(name) for name in _names(types)})),
        areas=tuple(sorted(set(_names(areas)))),
    )


def source_of(source_id: str, file: PoliceFile, data: bytes, rows: Rows) -> dict:
    """The file's record in SOURCES columns, but for what was declared, its places and its kind.

    Raises IngestError for a file of which no row is left.
    """
    if not len(rows.table):
        raise IngestError(
            f"not one of {rows.read} rows can be taken in: {_reasons(rows)}", where=str(file.entry)
        )
    return {
        "source_id": source_id,
        "table": file.table,
        "publisher": PUBLISHER,
        "licence": LICENCE,
        "file_name": file.entry.path.name,
        "member": file.entry.member,
        "sha256": sha256_of(data),
        "rows_digest": rows_digest_of(data),
        "edition": file.edition,
        "force": file.force,
        "month": file.month,
        "types_seen": _joined(_distinct(rows, "crime_type")),
        "districts_seen": _joined(map(_district, _distinct(rows, "lsoa_name"))),
        "rows_read": rows.read,
        "rows_stored": len(rows.table),
        "rows_copied": rows.copied,
        "rows_rejected": sum(rows.rejected.values()),
        "rejections": _reasons(rows),
    }


def as_declared(source: dict, declaration: Declared) -> dict:
    """The source with what was declared of it; IngestError where its rows say otherwise."""
    types = declaration.types
    beyond = set((source["types_seen"] or "").split("; ")) - {"", *types}
    if types and EVERYTHING not in types and beyond:
        raise IngestError(
            f"is declared to hold only {'; '.join(types)}, and holds {min(beyond)}",
            where=source["member"] or source["file_name"],
            remedy="Declare every crime type it holds with --types, or leave --types out.",
        )
    return source | {
        "edition": declaration.edition or source["edition"],
        "declared_types": "; ".join(types) or None,
        "declared_areas": "; ".join(declaration.areas) or None,
    }


def lsoas_of(rows: Rows) -> pa.Table:
    """How many rows of the file are in each LSOA: lsoa_code, lsoa_name, count; text is encoded."""
    table = rows.table
    nowhere = pa.nulls(len(table), pa.string())
    columns = {n: table[n] if n in table.column_names else nowhere for n in _LSOA}
    encoded = pa.table(columns).cast(_LSOAS).combine_chunks()
    counts = encoded.group_by(_LSOA, use_threads=False).aggregate([([], "count_all")])
    return counts.rename_columns([*_LSOA, "count"])


class Lsoas:
    """How many rows of each of many files are in each LSOA, in little memory."""

    def __init__(self):
        self.lengths: list[int] = []
        self._parts: list[pa.Table] = []

    def add(self, counts: pa.Table) -> None:
        """The next file's, as `lsoas_of` gives them."""
        self.lengths.append(len(counts))
        self._parts.append(counts)
        if len(self._parts) == _TOGETHER:
            self._parts = [self.together()]

    def together(self) -> pa.Table:
        """All of them, file by file: so many rows for each as `lengths` says."""
        return pa.concat_tables(self._parts).combine_chunks()


def with_places(sources: list[dict], lsoas: Lsoas, geography: pd.DataFrame) -> list[dict]:
    """The sources with `rows_placed`, `rows_named` and `rows_unplaced`, by this geography.

    lsoas: of the sources, in their order.
    """
    if not sources:
        return []
    cells = lsoas.together()
    code, name = (cells[name].combine_chunks() for name in _LSOA)
    key = code.indices.cast(pa.int64()).fill_null(-1).to_numpy() * (len(name.dictionary) + 1)
    key = key + name.indices.fill_null(-1).to_numpy()  # a number for each pair, missing or not
    _, first, pair = np.unique(key, return_index=True, return_inverse=True)
    pairs = cells.take(first).select(_LSOA).cast(_TEXTS).to_pandas()
    by = place(pairs, geography)["placed_by"].to_numpy()[pair]
    source = np.repeat(np.arange(len(sources)), lsoas.lengths)
    count = cells["count"].to_numpy()
    sums = {
        name: np.bincount(source, weights=count * (by == way), minlength=len(sources))
        for way, name in _COUNT_OF.items()
    }
    return [
        one | {name: int(numbers[number]) for name, numbers in sums.items()}
        for number, one in enumerate(sources)
    ]


def is_sample(lsoas: pa.Table, where: str) -> bool | None:
    """Whether the file is invented, by its LSOA codes; None where it has none.

    lsoas: as `lsoas_of` gives them. Raises IngestError for a file that holds invented and real
    LSOAs.
    """
    coded = lsoas.filter(lsoas["lsoa_code"].is_valid())
    if not len(coded):
        return None
    invented = pc.starts_with(coded["lsoa_code"].cast(pa.string()), SAMPLE_LSOA_PREFIX)
    number = pc.sum(coded.filter(invented)["count"]).as_py() or 0
    of = pc.sum(coded["count"]).as_py()
    if number in (0, of):
        return number == of
    raise IngestError(
        f"mixes sample data with real data: {number} of {of} LSOA codes are invented ones",
        where=where,
        remedy="Take the file again from where it came.",
    )


def with_kind(sources: list[dict], held: bool | None) -> list[dict]:
    """The sources with `is_sample` known of all: a file without LSOAs follows the others.

    held: what the store is. Raises IngestError for a call that mixes sample and real files.
    """
    by_kind = {source["is_sample"]: source for source in sources}
    if True in by_kind and False in by_kind:
        raise IngestError(
            "is sample data, and other files given with it are real",
            where=by_kind[True]["member"] or by_kind[True]["file_name"],
            remedy="Ingest them apart, into stores of their own.",
        )
    kind = True in by_kind or (False not in by_kind and bool(held))
    return [source | {"is_sample": kind} for source in sources]


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(";") if name.strip()]


def _crime_type(name: str) -> str:
    known = CRIME_TYPES | {EVERYTHING: EVERYTHING}
    folded = name.casefold()
    if folded in known:
        return known[folded]
    near = difflib.get_close_matches(folded, known, n=1, cutoff=0.5)
    raise IngestError(
        f"'{name}' is no crime type of data.police.uk",
        where="--types",
        remedy=f"Did you mean '{known[near[0]]}'?" if near else "See data.police.uk for them.",
    )


def _distinct(rows: Rows, column: str) -> list[str]:
    if column not in rows.table.column_names:
        return []
    return pc.unique(rows.table[column]).drop_null().to_pylist()


@lru_cache(maxsize=100_000)
def _district(lsoa_name: str) -> str:
    return lsoa_name.strip().rpartition(" ")[0].strip()


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(sorted({name for name in names if name})) or None


def _reasons(rows: Rows) -> str | None:
    counts = [*sorted(rows.rejected.items()), *sorted(rows.blanked.items())]
    return "; ".join(f"{reason} ({count})" for reason, count in counts) or None
