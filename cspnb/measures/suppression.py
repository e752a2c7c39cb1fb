"""Small numbers hidden before anything is drawn, written or exported, so that none can be solved.

One step over a whole table: small cells are hidden, then as many others as it takes for nobody to
work them out from the totals. docs/methods/suppression.md has the rule and its limits.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.measures.recovery import Line, bounds

LARGEST_SMALL = 4
"""Counts from one to this are small: they could be of somebody whom a reader knows."""

GAP = 3
"""How wide the range of a hidden cell must stay: a small one may be any of one to four."""

TOTAL = "Total"


@dataclass(frozen=True)
class Suppressed:
    """A table of counts that can be published: what was hidden is nowhere in it.

    `table` holds counts (Int64) with their totals, null where hidden or not held; `hidden` has
    the same rows and columns, true where a cell is hidden. Of a list the totals are a last row;
    of a table of two ways a last row and a last column too. `rounded_to` is 5 where counts are
    rounded and none is hidden, else 0. `method` says what was done; `reason` says why nothing is
    shown, where that is so.
    """

    table: pd.DataFrame
    hidden: pd.DataFrame
    method: str
    reason: str = ""
    rounded_to: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether any cell is hidden, or the counts are rounded."""
        return bool(self.rounded_to or self.hidden.to_numpy().any())

    def hide(self, derived: pd.DataFrame) -> pd.DataFrame:
        """Figures derived from the counts, cell by cell, with the same cells hidden.

        derived: rates or the like, on rows and columns of the table; numbers. A rate of a hidden
        count would give it away. Raises KeyError for a row or a column that is not the table's.
        """
        hidden = self.hidden.loc[derived.index, derived.columns]
        # Floats: a nullable column would keep the hidden number under its mask.
        return derived.astype("float64").mask(hidden)

    def shares(self, of: str = "column") -> pd.DataFrame:
        """Each count as a percentage of the total of its column, or of its row; null where hidden.

        They are worked from what is published alone: null too where the total is hidden.
        """
        counts = self.table.astype("float64")
        if of == "row":
            return 100 * counts.div(counts.iloc[:, -1], axis="index")
        return 100 * counts.div(counts.iloc[-1], axis="columns")


@dataclass
class _Cells:
    """A table of two ways with its totals while it is being worked on; never handed out."""

    counts: np.ndarray
    is_list: bool
    small: np.ndarray
    hidden: np.ndarray = field(init=False)
    least: int = 1

    def __post_init__(self):
        self.hidden = self.small.copy()

    @property
    def lines(self) -> list[Line]:
        """Each row and column: cells that add up to its last. One with a gap tells nothing."""
        rows, columns = self.counts.shape
        across = [[(row, column) for column in range(columns)] for row in range(rows)]
        down = [[(row, column) for row in range(rows)] for column in range(columns)]
        lines = down if self.is_list else across + down
        return [line for line in lines if not any(np.isnan(self.counts[cell]) for cell in line)]


def suppressed(
    table: pd.DataFrame | pd.Series, *, zeros: bool = False, gap: int = GAP, total: str = TOTAL
) -> Suppressed:
    """Counts with their totals, small ones hidden and as many others as keep those unsolvable.

    table: counts without totals: a list (a Series, whose total is published with it) or a table
    of two ways (a DataFrame, whose row, column and whole totals are). Null where not held, and
    then the totals of that row and column are null. zeros: noughts are hidden with the small.
    gap: how wide the range of each hidden cell must stay. Where nothing less is enough, no cell
    is shown and `reason` says so. Raises ValueError for counts that are not whole or under zero.
    Source: house rule after the ONS's guidance on small counts; docs/methods/suppression.md.
    """
    cells, shape = _cells(table, zeros=zeros, total=total)
    while weak := _alone(cells) or _too_narrow(cells, gap):
        if not _hide_another(cells, weak):
            return _nothing_shown(cells, shape)
    return _published(cells, shape, _method(zeros=zeros, gap=gap))


def rounded(table: pd.DataFrame | pd.Series, *, to: int = 5, total: str = TOTAL) -> Suppressed:
    """Counts rounded to the nearest five, with totals that are the sums of the rounded counts.

    Totals rounded on their own could be set against the counts to find these out. table and
    errors: as in `suppressed`.
    """
    counts = _counts(table)
    shown = (counts / to).round() * to
    both = _with_totals(shown, total, is_list=isinstance(table, pd.Series)).astype("Int64")
    hidden = pd.DataFrame(False, index=both.index, columns=both.columns)
    method = (
        f"Counts are rounded to the nearest {to}, so that small ones cannot be told; totals are "
        "the sums of the rounded counts."
    )
    return Suppressed(both, hidden, method, rounded_to=to)


def _counts(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    counts = table.to_frame(table.name or "Count") if isinstance(table, pd.Series) else table
    counts = counts.astype("Float64").astype(float)
    held = counts.to_numpy()[~np.isnan(counts.to_numpy())]
    if (held < 0).any() or (held != held.round()).any():
        raise ValueError("only counts can be suppressed: whole numbers, none below zero")
    return counts


def _with_totals(counts: pd.DataFrame, total: str, *, is_list: bool) -> pd.DataFrame:
    if not is_list:
        counts = counts.assign(**{total: counts.sum(axis="columns", skipna=False)})
    last = counts.sum(axis="index", skipna=False).to_frame(total).T
    return pd.concat([counts, last]).rename_axis(counts.index.name)


def _cells(table, *, zeros: bool, total: str) -> tuple[_Cells, pd.DataFrame]:
    """The cells to work on, and a table of their rows and columns that holds no count."""
    is_list = isinstance(table, pd.Series)
    both = _with_totals(_counts(table), total, is_list=is_list)
    counts, least = both.to_numpy(), 0 if zeros else 1
    small = (counts >= least) & (counts <= LARGEST_SMALL)
    return _Cells(counts, is_list, small, least), pd.DataFrame(
        index=both.index, columns=both.columns
    )


def _alone(cells: _Cells) -> Line | None:
    """A row or column in which one cell alone is hidden: its sum would give it away."""
    for line in cells.lines:
        hidden = [cell for cell in line if cells.hidden[cell]]
        if len(hidden) == 1 and any(_can_go(cells, cell) for cell in line):
            return line
    return None


def _too_narrow(cells: _Cells, gap: int) -> Line | None:
    """The lines of a hidden cell whose range, worked out from all that is published, is narrow."""
    small_range = LARGEST_SMALL - cells.least
    for cell in map(tuple, np.argwhere(cells.hidden)):
        lower, upper = bounds(cells.counts, cells.hidden, cells.lines, cell, _knowledge(cells))
        if upper - lower < (min(gap, small_range) if cells.small[cell] else gap):
            return [other for line in cells.lines if cell in line for other in line]
    return None


def _knowledge(cells: _Cells) -> np.ndarray:
    """The most that somebody could know of the hidden cells: which are small, and the rule.

    Who knows which are small knows too that every other hidden one is not.
    """
    lower = np.where(cells.small, float(cells.least), float(LARGEST_SMALL + 1))
    upper = np.where(cells.small, float(LARGEST_SMALL), np.inf)
    return np.stack([lower, upper])


def _hide_another(cells: _Cells, weak: Line) -> bool:
    """Hide the smallest count still shown among the weak cells, else in the table.

    Counts inside the table go before totals, and those in whose row and column something is
    hidden already before others, since they need no further cell beside them. Noughts stay.
    """
    everywhere = [tuple(cell) for cell in np.argwhere(~cells.hidden)]
    for among in (weak, everywhere):
        choices = [cell for cell in among if _can_go(cells, cell)]
        if choices:
            cells.hidden[min(choices, key=lambda cell: _cost(cells, cell))] = True
            return True
    return False


def _can_go(cells: _Cells, cell: tuple[int, int]) -> bool:
    return not cells.hidden[cell] and cells.counts[cell] > 0


def _cost(cells: _Cells, cell: tuple[int, int]) -> tuple:
    row, column = cell
    last_row, last_column = (size - 1 for size in cells.counts.shape)
    is_total = row == last_row or (column == last_column and not cells.is_list)
    is_first = not (cells.hidden[row, :].any() and cells.hidden[:, column].any())
    return is_total, is_first and not cells.is_list, cells.counts[cell], cell


def _published(cells: _Cells, shape: pd.DataFrame, method: str) -> Suppressed:
    shown = np.where(cells.hidden, np.nan, cells.counts)
    table = pd.DataFrame(shown, index=shape.index, columns=shape.columns).astype("Int64")
    hidden = pd.DataFrame(cells.hidden.copy(), index=shape.index, columns=shape.columns)
    return Suppressed(table, hidden, method)


def _nothing_shown(cells: _Cells, shape: pd.DataFrame) -> Suppressed:
    held = ~np.isnan(cells.counts)
    table = pd.DataFrame(np.nan, index=shape.index, columns=shape.columns).astype("Int64")
    hidden = pd.DataFrame(held, index=shape.index, columns=shape.columns)
    reason = "the counts are so few that any of them could be worked out from the others"
    return Suppressed(table, hidden, "Every count is hidden, its noughts too.", reason)


def _method(*, zeros: bool, gap: int) -> str:
    small = f"{0 if zeros else 1} to {LARGEST_SMALL}"
    return (
        f"Counts of {small} are hidden, and the smallest others that keep each of them from being "
        f"worked out: from all that is shown, a hidden count can still be any of {gap + 1} numbers "
        "or more."
    )
