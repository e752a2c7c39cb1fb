"""A district as figures are counted for it: its code, its name, and the codes of its ground."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class District:
    """A local authority district: its ONS code and its name.

    `parts` are districts of another year whose ground is its own, wholly: those it was made of, or
    itself under another code. `larger` are districts that its ground has become a part of.
    """

    code: str
    name: str
    parts: tuple["District", ...] = ()
    larger: tuple["District", ...] = ()

    def holds(self, rows: pd.DataFrame) -> pd.Series:
        """Which placed rows are in it: by code, or by name where a row has no code."""
        return _among(rows, (self, *self.parts))

    def may_hold(self, rows: pd.DataFrame) -> pd.Series:
        """Which placed rows are in something larger, so that nobody can tell if they are in it."""
        return _among(rows, self.larger)


def _among(rows, districts):
    codes = [each.code for each in districts]
    named = rows["lad_code"].isna() & rows["lad_name"].isin([each.name for each in districts])
    return rows["lad_code"].isin(codes) | named
