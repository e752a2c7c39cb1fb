"""The table that vouches for all the others."""

from cspnb.schemas.columns import MONTH, count, table, text, truth

SOURCES = table(
    "sources",
    "one row a file taken in; written last, so a table's rows count only once they are named here",
    {
        "source_id": text(what="names the rows it brought"),
        "batch_id": text(what="one call of ingest"),
        "table": text(what="where its rows are"),
        "publisher": text(),
        "licence": text(),
        "file_name": text(what="the file as given, without its folder"),
        "member": text(nullable=True, what="the file inside an archive"),
        "sha256": text(r"^[0-9a-f]{64}$", what="of the bytes of the member, or of the file"),
        "rows_digest": text(what="the same for the same rows in any order"),
        "edition": text(MONTH, nullable=True, what="the archive's month, or --edition"),
        "force": text(nullable=True),
        "month": text(MONTH, nullable=True),
        "declared_types": text(nullable=True, what="--types, separated by '; '"),
        "declared_areas": text(nullable=True, what="--areas: district codes or names, by '; '"),
        "types_seen": text(nullable=True, what="crime types in the file, separated by '; '"),
        "districts_seen": text(nullable=True, what="districts of its LSOA names, by '; '"),
        "rows_read": count(),
        "rows_stored": count(),
        "rows_copied": count("left out: whole-row copies of a row with a Crime ID"),
        "rows_rejected": count(),
        "rejections": text(nullable=True, what="reason and number: 'no month (3); ...'"),
        "rows_placed": count("with an LSOA found in a lookup, when it was taken in"),
        "rows_named": count("placed by the district in the LSOA's name, when it was taken in"),
        "rows_unplaced": count("stored, and in no district, when it was taken in"),
        "is_sample": truth("invented data"),
        "ingested_at": text(what="UTC, ISO 8601"),
    },
)
