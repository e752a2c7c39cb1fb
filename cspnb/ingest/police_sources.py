"""The row of `sources` that a police.uk file earns: what it is, what it holds, what it lost."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.police_files import PoliceFile
from cspnb.ingest.police_rows import CRIME_TYPES, Rows
from cspnb.ingest.police_text import rows_digest_of, sha256_of
from cspnb.periods import Month
from cspnb.placing import BY_LOOKUP, BY_NAME, UNPLACED, place
from cspnb.schemas import SAMPLE_LSOA_PREFIX
from cspnb.scopes import EVERYTHING

PUBLISHER = "data.police.uk"
LICENCE = "Open Government Licence v3.0"

_LSOA = ["lsoa_code", "lsoa_name"]
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
    if rows.frame.empty:
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
        "types_seen": _joined(rows.frame["crime_type"]) if file.table == "offences" else None,
        "districts_seen": _districts(rows.frame),
        "rows_read": rows.read,
        "rows_stored": len(rows.frame),
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


def lsoas_of(source_id: str, rows: Rows) -> pd.DataFrame:
    """How many rows of the file are in each LSOA: source_id, lsoa_code, lsoa_name, count."""
    if "lsoa_code" not in rows.frame:
        nowhere = {"source_id": source_id, "lsoa_code": None, "lsoa_name": None}
        return pd.DataFrame([nowhere | {"count": len(rows.frame)}])
    counts = rows.frame.groupby(_LSOA, dropna=False).size().rename("count").reset_index()
    return counts.assign(source_id=source_id)


def with_places(sources: list[dict], lsoas: pd.DataFrame, geography: pd.DataFrame) -> list[dict]:
    """The sources with `rows_placed`, `rows_named` and `rows_unplaced`, by this geography."""
    pairs = lsoas[_LSOA].astype("str").drop_duplicates(ignore_index=True)
    placed = place(pairs, geography)[[*_LSOA, "placed_by"]]
    told = lsoas.astype(dict.fromkeys(_LSOA, "str")).merge(
        placed, on=_LSOA, how="left", validate="many_to_one"
    )
    counts = told.groupby(["source_id", "placed_by"])["count"].sum().to_dict()
    return [
        source
        | {name: int(counts.get((source["source_id"], by), 0)) for by, name in _COUNT_OF.items()}
        for source in sources
    ]


def is_sample(rows: Rows, where: str) -> bool | None:
    """Whether the file is invented, by its LSOA codes; None where it has none.

    Raises IngestError for a file that holds invented and real LSOAs.
    """
    if "lsoa_code" not in rows.frame or rows.frame["lsoa_code"].isna().all():
        return None
    invented = rows.frame["lsoa_code"].dropna().str.startswith(SAMPLE_LSOA_PREFIX)
    if invented.all() or not invented.any():
        return bool(invented.all())
    raise IngestError(
        f"mixes sample data with real data: {int(invented.sum())} of {len(invented)} LSOA codes "
        "are invented ones",
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


def _districts(frame: pd.DataFrame) -> str | None:
    if "lsoa_name" not in frame:
        return None
    names = frame["lsoa_name"].dropna().unique()
    return _joined(name.strip().rpartition(" ")[0].strip() for name in names)


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(sorted({name for name in names if name})) or None


def _reasons(rows: Rows) -> str | None:
    counts = [*sorted(rows.rejected.items()), *sorted(rows.blanked.items())]
    return "; ".join(f"{reason} ({count})" for reason, count in counts) or None
