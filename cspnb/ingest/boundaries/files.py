"""Files of outlines: GeoJSON, GeoPackage and shapefiles, loose, in folders or in zip archives.

Each is told by its bytes as well as its name, so that nothing else can pass for one. A file is
copied to a temporary folder under a name of ours before it is opened: a name inside an archive is
never used as a path.
"""

import gzip
import io
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cspnb.errors import IngestError
from cspnb.ingest.archive import Entry, Limits, contents, entries

LIMITS = Limits(member_bytes=2 * 2**30)
"""The largest file the ONS publishes, of full-resolution LSOAs, is well under this."""

_MAIN = {".geojson": "geojson", ".json": "geojson", ".gpkg": "gpkg", ".shp": "shp"}
_NEEDED = {".shx": "its index", ".dbf": "its names and codes"}
_COMPANIONS = (".shx", ".dbf", ".prj", ".cpg")
_PASSED_OVER = (*_COMPANIONS, ".sbn", ".sbx", ".qix", ".qmd", ".xml")
_OUTSIDE = re.compile(r"^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)")
_SQLITE = b"SQLite format 3\x00"
_SHAPE = b"\x00\x00\x27\x0a"


@dataclass(frozen=True)
class OutlineFile:
    """One file of outlines: its main part, and by ending the parts that go with a shapefile."""

    entry: Entry
    kind: str
    companions: dict[str, Entry] = field(default_factory=dict)

    def content(self) -> bytes:
        """The bytes of the main part as published, for its hash."""
        return _bytes_of(self.entry)

    def parts(self, content: bytes) -> dict[str, bytes]:
        """Each part's bytes by the ending it is to be opened under, unpacked and looked over."""
        main = _unzipped(content, self.entry) if content[:2] == b"\x1f\x8b" else content
        _LOOKED_OVER[self.kind](main, self.entry)
        others = {ending: _bytes_of(entry) for ending, entry in self.companions.items()}
        return {f".{self.kind}": main, **others}


def outline_files(paths: Iterable[Path | str]) -> tuple[list[OutlineFile], tuple[str, ...]]:
    """The files of outlines among archives, folders and loose files; and the names of the others.

    Raises IngestError for a path that is not there or holds none, an archive in an archive, a
    member whose name leads out of its archive, and a shapefile that lacks a part.
    """
    paths = [Path(path) for path in paths]
    there = entries(paths, LIMITS)
    for entry in there:
        _require_inside(entry)
    mains = [entry for entry in there if _kind(entry)]
    for path in paths:
        _require_some(path, mains)
    files = [_with_companions(entry, there) for entry in mains]
    ignored = [entry for entry in there if entry not in mains and not _is_companion(entry)]
    return files, tuple(str(entry) for entry in ignored)


def _kind(entry):
    name = entry.name.lower().removesuffix(".gz")
    return _MAIN.get(Path(name).suffix)


def _is_companion(entry):
    return entry.name.lower().endswith(_PASSED_OVER)


def _require_inside(entry):
    if entry.member is None:
        return
    if _OUTSIDE.search(entry.member):
        raise IngestError(
            "a name in the archive leads out of it; no genuine archive has such a name",
            where=str(entry),
            remedy="Check where the archive came from.",
        )
    if entry.name.lower().endswith(".zip"):
        raise IngestError(
            "an archive in an archive is not opened",
            where=str(entry),
            remedy="Unpack the outer archive, and ingest the inner one.",
        )


def _require_some(path, mains):
    whole = path.resolve()
    if any(whole in (entry.path.resolve(), *entry.path.resolve().parents) for entry in mains):
        return
    if path.is_file() and _is_companion(Entry(path)):
        raise IngestError(
            "this is one part of a shapefile",
            where=path.name,
            remedy="Name the file that ends in .shp; its other parts are found beside it.",
        )
    raise IngestError(
        "holds no file of outlines",
        where=path.name,
        remedy="Outlines come as GeoJSON (.geojson, .json), GeoPackage (.gpkg) or shapefile "
        "(.shp, .shx, .dbf and .prj), loose or in a zip archive or a folder.",
    )


def _with_companions(entry, there):
    kind = _kind(entry)
    if kind != "shp":
        return OutlineFile(entry, kind)
    beside = there if entry.member else [Entry(path) for path in entry.path.parent.iterdir()]
    stem = _stem(entry)
    found = {
        ending: other
        for ending in _COMPANIONS
        for other in beside
        if other.name.lower().endswith(ending) and _stem(other) == stem
    }
    for ending, what in _NEEDED.items():
        if ending not in found:
            raise IngestError(
                f"the shapefile lacks the part that ends in {ending}, {what}",
                where=str(entry),
                remedy="A shapefile is .shp, .shx, .dbf and .prj together, all of one name.",
            )
    return OutlineFile(entry, kind, found)


def _stem(entry):
    whole = entry.member or str(entry.path)
    return entry.path if entry.member else None, whole.rpartition(".")[0].casefold()


def _bytes_of(entry):
    return next(contents([entry], LIMITS))[1]


def _unzipped(content, entry):
    try:
        with gzip.open(io.BytesIO(content)) as stream:
            data = stream.read(LIMITS.member_bytes + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise _cut_short(entry, f"the gzip file is cut short or damaged ({error})") from error
    if len(data) > LIMITS.member_bytes:
        raise _cut_short(entry, "unpacks to more than any genuine file holds")
    return data


def _look_over_geojson(content, entry):
    text = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise IngestError(
            "is UTF-16 text", where=str(entry), remedy="Save the file again as UTF-8."
        )
    if not text.startswith(b"{"):
        raise IngestError(
            "is not GeoJSON, whatever its name says",
            where=str(entry),
            remedy="Fetch it again; a page of the web is sometimes saved in its place.",
        )


def _look_over_geopackage(content, entry):
    if not content.startswith(_SQLITE) or content[68:72] not in (b"GPKG", b"GP10", b"GP11"):
        raise IngestError("is not a GeoPackage, whatever its name says", where=str(entry))
    page, pages = int.from_bytes(content[16:18], "big"), int.from_bytes(content[28:32], "big")
    if len(content) < (65_536 if page == 1 else page) * pages:
        raise _cut_short(entry, "the GeoPackage is cut short")


def _look_over_shapefile(content, entry):
    if not content.startswith(_SHAPE):
        raise IngestError("is not a shapefile, whatever its name says", where=str(entry))
    if len(content) < 2 * int.from_bytes(content[24:28], "big"):
        raise _cut_short(entry, "the shapefile is cut short")


def _cut_short(entry, what):
    return IngestError(what, where=str(entry), remedy="Download or copy the file again.")


_LOOKED_OVER = {
    "geojson": _look_over_geojson,
    "gpkg": _look_over_geopackage,
    "shp": _look_over_shapefile,
}
