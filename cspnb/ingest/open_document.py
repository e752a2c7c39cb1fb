"""The rows of an OpenDocument spreadsheet (.ods), streamed: memory does not grow with the file.

The genuine file of recorded crime has 1.4 GB of XML in a 50 MB zip, so nothing of it is kept but
the row being read. Standard: OASIS OpenDocument 1.2, part 1, chapters 9 and 19.
"""

import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from cspnb.errors import IngestError

CONTENT = "content.xml"
_CHUNK = 1 << 18
_ENCRYPTED = 0x1
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_OASIS}{part}:1.0|" for part in ("table", "office", "text"))
_SHEET, _ROW, _P = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TEXT}p"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ROWS_REPEATED = f"{_TABLE}number-rows-repeated"
_COLUMNS_REPEATED = f"{_TABLE}number-columns-repeated"
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


@dataclass(frozen=True)
class Limits:
    """How much is read before a file is taken for hostile.

    xml_bytes: unpacked, counted while reading; a genuine file has 1.4 GB. rows: filled ones, of
    all sheets; a genuine file has about a million. repeats: of one filled row; four is genuine.
    columns: to the last filled cell. characters: in one cell. token_bytes: between two tags.
    """

    xml_bytes: int = 4 * 2**30
    rows: int = 10_000_000
    repeats: int = 1_000
    columns: int = 1_000
    characters: int = 100_000
    token_bytes: int = 2**24
    depth: int = 100


LIMITS = Limits()


def rows(
    path: Path, wanted: Callable[[str], bool], limits: Limits = LIMITS
) -> Iterator[tuple[str, int, list[str]]]:
    """(sheet, row number, texts of its cells) of each row that holds anything, in file order.

    wanted: whether a sheet of this name is read; it is asked for every sheet, in order. A cell's
    text is what it shows, unless it holds another number than it shows: then the number. So 4.1
    shown as 4.10 is '4.10', and 0 shown as a dash is '0'. A date is ISO 8601. A merged cell's
    text stands in its first cell. Raises IngestError for a damaged or protected file, one with
    entities, one beyond the limits, and a formula that was never worked out.
    """
    reader = _Reader(path.name, wanted, limits)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_content_of(archive, path)) as stream:
            while chunk := stream.read(_CHUNK):
                yield from reader.fed(chunk)
        yield from reader.fed(b"")
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(path.name, str(error)) from error


def _content_of(archive, path):
    """The member with the rows; IngestError where there is not one that can be read."""
    if Counter(archive.namelist())[CONTENT] != 1:
        raise _damaged(path.name, f"there is not one {CONTENT} in it")
    info = archive.getinfo(CONTENT)
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _READABLE:
        raise _damaged(path.name, "it is protected, or packed in a way that is not read here")
    return info


def _damaged(name, why):
    return IngestError(
        f"the file is not an OpenDocument spreadsheet that can be read: {why}",
        where=name,
        remedy="Download it again; take a password off; or save it as a workbook (.xlsx).",
    )


class _Reader:
    """The state of reading one file: where in it we are, and the row begun."""

    def __init__(self, name, wanted, limits):
        self.name, self.wanted, self.limits = name, wanted, limits
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._entities
        self.parser.EntityDeclHandler = self._entities
        self.bytes = self.depth = self.emitted = 0
        self.sheet = self.sheet_depth = None
        self.number = 1
        self.cells, self.blanks, self.row = [], 0, None
        self.cell = self.cell_depth = None
        self.text, self.length, self.paragraphs, self.in_paragraph = [], 0, 0, False
        self.done = []

    def fed(self, chunk):
        """The rows that this chunk of XML completes; an empty chunk ends the file."""
        self.bytes += len(chunk)
        if self.bytes > self.limits.xml_bytes:
            raise self._too_much(f"more than {self.limits.xml_bytes:,} bytes of XML")
        try:
            self.parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            raise _damaged(self.name, f"its XML breaks off or is no XML ({error})") from error
        if self.bytes - self.parser.CurrentByteIndex > self.limits.token_bytes:
            raise self._too_much("one tag or text without end")
        done, self.done = self.done, []
        return done

    def _start(self, tag, attributes):
        self.depth += 1
        if self.depth > self.limits.depth:
            raise self._too_much("elements within elements without end")
        if self.sheet is None:
            if tag == _SHEET and self.wanted(title := attributes.get(f"{_TABLE}name", "")):
                self.sheet, self.sheet_depth, self.number = title, self.depth, 1
        elif self.cell is None:
            if tag in _CELLS and self.row is not None:
                self.cell, self.cell_depth = attributes, self.depth
                self.text, self.length, self.paragraphs = [], 0, 0
            elif tag == _ROW:
                self.row, self.cells, self.blanks = attributes, [], 0
        elif tag == _P and self.depth == self.cell_depth + 1:
            self.in_paragraph = True
            self.paragraphs += 1
            if self.paragraphs > 1:
                self.text.append("\n")
        elif self.in_paragraph and tag in _BLANKS:
            self._characters(_BLANKS[tag])

    def _characters(self, text):
        if self.in_paragraph:
            self.text.append(text)
            self.length += len(text)
            if self.length > self.limits.characters:
                raise self._too_much("a cell with a book in it")

    def _end(self, tag):
        if self.cell is not None:
            if self.depth == self.cell_depth + 1:
                self.in_paragraph = False
            elif self.depth == self.cell_depth:
                self._end_cell()
        elif self.sheet is not None:
            if tag == _ROW:
                self._end_row()
            elif self.depth == self.sheet_depth:
                self.sheet = None
        self.depth -= 1

    def _end_cell(self):
        text = self._shown()
        repeated = self._repeats(self.cell, _COLUMNS_REPEATED)
        self.cell = None
        if not text.strip():
            self.blanks += repeated
            return
        if len(self.cells) + self.blanks + repeated > self.limits.columns:
            raise self._too_much(f"more than {self.limits.columns:,} columns")
        self.cells += [""] * self.blanks + [text] * repeated
        self.blanks = 0

    def _end_row(self):
        repeated = self._repeats(self.row, _ROWS_REPEATED)
        if self.cells:
            self.emitted += repeated
            if repeated > self.limits.repeats or self.emitted > self.limits.rows:
                raise self._too_much(f"one row {repeated:,} times, {self.emitted:,} rows in all")
            self.done += [
                (self.sheet, self.number + later, self.cells) for later in range(repeated)
            ]
        self.number += repeated
        self.row = None

    def _shown(self):
        text = "".join(self.text)
        kind = self.cell.get(f"{_OFFICE}value-type")
        if kind in ("float", "currency"):
            number = self.cell.get(f"{_OFFICE}value", "")
            return text if _number(text) == _number(number) != "" else number
        if kind == "date":
            return self.cell.get(f"{_OFFICE}date-value", text).removesuffix("T00:00:00")
        if not text and f"{_TABLE}formula" in self.cell and kind is None:
            raise IngestError(
                "the cell holds a formula that was never worked out",
                where=self._where(),
                remedy="Open the file and save it, or paste the figures as values.",
            )
        return text or self.cell.get(f"{_OFFICE}string-value", "")

    def _repeats(self, attributes, name):
        written = attributes.get(name, "1")
        if not (written.isascii() and written.isdigit() and len(written) < 10):
            raise _damaged(self._where(), f"'{written}' is no number of repeats")
        return int(written)

    def _entities(self, *_):
        raise IngestError(
            "the file's XML declares a document type or entities, which no spreadsheet does",
            where=self.name,
            remedy="Do not use it; download the file again from its publisher.",
        )

    def _where(self):
        return f"{self.name}, sheet {self.sheet}, row {self.number}"

    def _too_much(self, what):
        return IngestError(
            f"{what}: no genuine file is so large",
            where=self.name if self.sheet is None else self._where(),
            remedy="Check where it came from, and download it again from its publisher.",
        )


def _number(text):
    """The number a text shows, '1,234' being 1234; an empty text where it shows none."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return ""
