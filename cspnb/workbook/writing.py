"""A form as a file: the same form gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from cspnb.errors import CspnbError
from cspnb.workbook.form import Form
from cspnb.workbook.sheets import workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date a zip archive can hold; a form bears no other."""

_PROPERTIES = "docProps/core.xml"
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def save(form: Form, path: Path) -> Path:
    """Write a form as an XLSX workbook; its path.

    Raises CspnbError where a file of that name is there already, or there is nothing to ask.
    """
    if not form.rows:
        raise CspnbError(
            "there is nothing to ask for",
            where=f"params/partnerships/{form.partnership.slug}.yml",
            remedy="Name measures with --measure, or add the partnership's county to its file.",
        )
    content = as_bytes(form)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise CspnbError(
            "there is such a file already, and it may be filled in",
            where=str(path),
            remedy="Choose another name with --to, or move that file away.",
        ) from error
    return path


def as_bytes(form: Form) -> bytes:
    """The workbook's bytes."""
    book = workbook(form)
    book.properties.creator = form.partnership.lead_authority
    book.properties.title = f"{form.partnership.name}: indicators, {form.period.label}"
    book.properties.language = "en-GB"
    book.properties.created = datetime(*_EPOCH)
    written = io.BytesIO()
    book.save(written)
    return _undated(written)


def _undated(written):
    """The archive again, without the moment at which it was made."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(again, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == _PROPERTIES:
                content = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = 0o600 << 16
            copy.writestr(member, content)
    return again.getvalue()
