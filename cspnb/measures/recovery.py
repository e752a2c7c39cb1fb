"""What can be worked out of a hidden count from all that is published beside it."""

import numpy as np
from scipy.optimize import linprog

Line = list[tuple[int, int]]
"""The cells of a row or a column, of which the last is the sum of the others."""


def bounds(
    counts: np.ndarray,
    hidden: np.ndarray,
    lines: list[Line],
    cell: tuple[int, int],
    known: np.ndarray,
) -> tuple[float, float]:
    """The least and the most that a hidden cell can be, by linear programming.

    counts: the table with its totals; hidden: which of them are not published; lines: what adds
    up to what; known: the least and the most that each hidden cell could be by the rule alone,
    stacked. Without an upper bound the most is infinite. Source: scipy `linprog` (HiGHS).
    """
    cells = [tuple(each) for each in np.argwhere(hidden)]
    place = {each: number for number, each in enumerate(cells)}
    sums, values = _equations(counts, hidden, lines, place)
    limits = [(known[0][each], known[1][each]) for each in cells]
    found = []
    for sign in (1, -1):
        aim = np.zeros(len(cells))
        aim[place[cell]] = sign
        solved = linprog(aim, A_eq=sums, b_eq=values, bounds=limits, method="highs")
        is_unbounded = solved.status == 3
        found.append(np.inf if is_unbounded else sign * round(float(solved.fun), 6))
    return found[0], found[1]


def _equations(counts, hidden, lines, place):
    """For every line with something hidden: the hidden cells less a hidden sum, and their value."""
    sums, values = [], []
    for line in lines:
        if not any(hidden[cell] for cell in line):
            continue
        signs = dict.fromkeys(line, 1.0) | {line[-1]: -1.0}
        row = np.zeros(len(place))
        for cell in line:
            if hidden[cell]:
                row[place[cell]] = signs[cell]
        sums.append(row)
        values.append(-sum(signs[cell] * counts[cell] for cell in line if not hidden[cell]))
    return (np.array(sums), np.array(values)) if sums else (None, None)
