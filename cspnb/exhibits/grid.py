"""A table as its reader sees it: text in cells."""

from dataclasses import dataclass

import pandas as pd

from cspnb import numerals


@dataclass(frozen=True)
class Grid:
    """Display text in rows and columns. A row's first cell names it.

    `numeric` names the columns that are set to the right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: pd.DataFrame) -> "Grid":
        """The data behind an exhibit as display text, each cell as `numerals.plain` writes it."""
        numeric = frozenset(
            str(name)
            for name, column in data.items()
            if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        )
        rows = tuple(
            tuple(numerals.plain(value) for value in row)
            for row in data.itertuples(index=False, name=None)
        )
        return cls(tuple(str(name) for name in data.columns), rows, numeric)
