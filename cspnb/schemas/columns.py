"""What a contract is made of: a table, and the few kinds of column there are."""

from dataclasses import dataclass

import pandera.pandas as pa

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
LSOA_CODE = r"^[EW]01\d{6}$"

SAMPLE_LSOA_PREFIX = "E0199"
"""Invented LSOAs of the sample data; the ONS has issued no code near it."""


@dataclass(frozen=True)
class Table:
    """A named table: what one row is, its columns, and the columns its files are split by."""

    name: str
    grain: str
    schema: pa.DataFrameSchema
    partition_by: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in their stored order."""
        return tuple(self.schema.columns)


def table(name, grain, columns, *, partition_by=()):
    """A table's contract, strict: these columns, in this order, and no others."""
    schema = pa.DataFrameSchema(columns, strict=True, ordered=True, name=name, description=grain)
    return Table(name, grain, schema, partition_by)


def text(pattern=None, *, nullable=False, isin=None, what=""):
    """A column of text; missing text is null, never an empty string."""
    checks = [pa.Check.str_matches(pattern)] if pattern else []
    checks += [pa.Check.isin(isin)] if isin else []
    return pa.Column(str, checks, nullable=nullable, description=what)


def number(*, nullable=False, at_least=None, at_most=None, what=""):
    """A column of numbers."""
    checks = [pa.Check.ge(at_least)] if at_least is not None else []
    checks += [pa.Check.le(at_most)] if at_most is not None else []
    return pa.Column(float, checks, nullable=nullable, description=what)


def count(what=""):
    """A column of whole numbers, none missing and none below nothing."""
    return pa.Column(int, pa.Check.ge(0), description=what)


def whole(what=""):
    """A column of whole numbers, none missing, that may be below nothing."""
    return pa.Column(int, description=what)


def truth(what=""):
    """A column of true and false, none missing."""
    return pa.Column(bool, description=what)


def shape(what=""):
    """A column of geometries as well-known binary, none missing."""
    return pa.Column(object, pa.Check(_is_binary, name="bytes"), description=what)


def _is_binary(column):
    return column.map(type).eq(bytes)
