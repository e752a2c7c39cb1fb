"""Keys of records, people and places: they must come hashed, and are hashed once more.

What the store holds can then not be looked up in the supplier's own system, and equal keys stay
equal.
"""

import hashlib

import pandas as pd

from cspnb.errors import IngestError
from cspnb.ingest.personal import masked
from cspnb.ingest.sheets import Sheet

_HEX = r"(?:0[xX])?[0-9A-Fa-f]{16,128}"
_UUID = r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"
_BASE64 = r"[A-Za-z0-9+/_-]{16,}={0,2}"
_OPAQUE = r"[A-Za-z0-9]{12,}"
_SHAPES = (_HEX, _UUID, _BASE64, _OPAQUE)

_REFERENCE = r"[A-Za-z]{0,6}[/_-]?\d+(?:[/_-]\w+)+|[A-Za-z]*\d+[A-Za-z]?"
"""LE/123/2014, 14-0012345, LEICS000123456: letters, and then a number that counts up."""

_NEARLY_ALL = 0.9
_TURNS = 3
"""From letters to digits and back: a hash has four and more on average, a reference one or two."""

_ALIKE = 0.5
_ENOUGH = 20


def hashed(sheet: Sheet, column: str, supplier: str) -> pd.Series:
    """A column of keys, each as the SHA-256 of its supplier and itself; blank is null.

    Raises IngestError where the column is not of hashed keys: every cell in one shape (16 or more
    hexadecimal digits, a UUID, 16 or more signs of base64, or 12 or more letters and digits
    mixed), and the whole as irregular as hashes are.
    """
    keys = sheet.frame[column]
    _refuse_plain(sheet, column, keys.dropna())
    distinct = {key: _hash(supplier, key) for key in keys.dropna().unique()}
    return keys.map(distinct).astype("str")


def _hash(supplier, key):
    return hashlib.sha256(f"{supplier}\n{key}".encode()).hexdigest()


def _refuse_plain(sheet, column, keys):
    if keys.empty:
        return
    counted = [(keys.str.fullmatch(shape).eq(True), shape) for shape in _SHAPES]
    fitting, shape = max(counted, key=lambda each: each[0].sum())
    if not fitting.all():
        raise _not_hashed(sheet, column, keys[~fitting], "is not hashed as the others are")
    distinct = keys.drop_duplicates()
    if shape != _UUID and (_counts_up(distinct) or not _is_irregular(distinct, shape)):
        raise _not_hashed(sheet, column, keys, "looks like a reference, a number or a word")


def _counts_up(keys):
    """References of one series begin alike, and hashes do not."""
    first = keys.str[:4].value_counts()
    begin_alike = len(keys) >= _ENOUGH and first.iloc[0] > _ALIKE * len(keys)
    return begin_alike or keys.str.fullmatch(_REFERENCE).mean() > 1 - _NEARLY_ALL


def _is_irregular(keys, shape):
    if shape == _HEX:
        return keys.str.contains("[A-Fa-f]").mean() >= _NEARLY_ALL
    turns = keys.str.count(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
    return turns.mean() >= _TURNS


def _not_hashed(sheet, column, keys, why):
    first = keys.index[0]
    begins = " and begins with an equals sign" if keys[first].startswith("=") else ""
    return IngestError(
        f"a key ('{masked(keys[first])}') {why}{begins}",
        where=sheet.where(first, column),
        remedy="Ask the supplier to hash it (SHA-256, with a secret of their own) before they send "
        "it: 16 or more hexadecimal digits, the same for the same record, person or place.",
    )
