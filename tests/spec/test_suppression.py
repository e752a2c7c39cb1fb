"""Small counts are hidden, and no hidden count can be worked out of what is published.

The attacker of these tests knows everything that is published, the rule, and even which of the
hidden counts are small, and so that the others are five or more: more than any reader does.
Their sums are written out here afresh.
"""

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from cspnb.measures.suppression import GAP, rounded, suppressed

WARDS, KINDS = ["East", "North", "South", "West", "Mill", "Vale"], ["Race", "Faith", "Age", "Sex"]


def drawn(*rows):
    """A table of two ways as rows of numbers; a dot is not held."""
    cells = [[None if cell == "." else int(cell) for cell in row.split()] for row in rows]
    table = pd.DataFrame(cells, index=WARDS[: len(rows)], columns=KINDS[: len(cells[0])])
    return table.astype("Int64")


def listed(text):
    numbers = pd.Series([int(cell) for cell in text.split()], name="Cases", dtype="Int64")
    return numbers.set_axis([f"Kind {place}" for place in range(len(numbers))])


def shown(result):
    """The published table as it is read: c for hidden, a dot for not held."""
    return [
        " ".join(
            "c" if is_hidden else "." if pd.isna(cell) else str(cell)
            for cell, is_hidden in zip(row, hidden, strict=True)
        )
        for row, hidden in zip(
            result.table.astype(object).to_numpy(), result.hidden.to_numpy(), strict=True
        )
    ]


@pytest.mark.parametrize(
    ("rows", "published"),
    [
        # nothing is small: nothing is hidden, and noughts stay
        (("10 20", "30 0"), ["10 20 30", "30 0 30", "40 20 60"]),
        # one small count takes one more in its row, one in its column, and the corner of the two
        (
            ("2 30 40", "25 31 18", "60 12 44"),
            ["c c 40 72", "c c 18 74", "60 12 44 116", "87 73 102 262"],
        ),
        # in a row of 8 the 6 is known to be five or more, so the 2 could be no 4: its total goes
        (("2 6", "7 80"), ["c c c", "c c c", "9 86 95"]),
        # a total that is the small count itself is hidden with it
        (("3 0 12", "0 80 5"), ["c 0 c 15", "0 80 5 85", "c 80 c 100"]),
        # four that are one each would be told by a total that can be no more than four
        (("1 1", "1 1"), ["c c c", "c c c", "c c c"]),
    ],
)
def test_small_counts_are_hidden_with_as_many_as_it_takes(rows, published):
    assert shown(suppressed(drawn(*rows))) == published


@pytest.mark.parametrize(
    ("counts", "published"),
    [
        ("12 30 5", "12 30 5 47"),
        ("3 100 40", "c 100 c 143"),
        ("3 2 40", "c c 40 45"),  # two that make 5: each can be 1, 2, 3 or 4
        ("4 4 40", "c c c 48"),  # two that make 8 would each be 4
        ("3 0 0", "c 0 0 c"),
    ],
)
def test_a_list_is_published_with_its_total(counts, published):
    assert " ".join(shown(suppressed(listed(counts)))) == published


def test_two_small_counts_whose_sum_leaves_no_choice_take_a_third():
    # 1 and 1 make 2: known to be one or more, each is 1
    result = suppressed(listed("1 1 40 60"))
    assert shown(result) == ["c", "c", "c", "60", "102"]


def test_a_small_count_is_not_told_by_the_others_being_large():
    """The 4, with the 7 of its row and of its column and the 5 at the corner, is not enough.

    Be it x: its column leaves 11 - x for the lower 7, whose row then leaves 12 - (11 - x) = x + 1
    for the 5. Known to be five or more, that makes x four or more, and being small it is four.
    """
    counts = drawn("9 7 7", "4 9 7", "7 8 5")
    ranges = attack(counts, suppressed(counts))
    lowest, highest, true = ranges[1, 0]
    assert (round(lowest), round(highest), true) == (1, 4, 4)


def test_noughts_are_hidden_only_where_that_is_asked_for():
    assert shown(suppressed(drawn("10 20", "30 0")))[1] == "30 0 30"
    assert shown(suppressed(drawn("10 20", "30 0"), zeros=True)) == ["c c 30", "c c 30", "40 20 60"]


def test_what_is_not_held_is_not_hidden_and_its_totals_are_not_held():
    result = suppressed(drawn("30 . 12", "9 80 50", "22 22 22"))
    assert shown(result) == ["30 . 12 .", "9 80 50 139", "22 22 22 66", "61 . 84 ."]


def test_a_table_that_cannot_be_kept_is_not_shown_at_all_and_says_why():
    result = suppressed(drawn("1 1", "1 1"))
    assert result.hidden.to_numpy().all()
    assert "so few that any of them could be worked out" in result.reason


def test_the_hidden_counts_are_nowhere_in_the_result():
    secret = drawn("3 4711 9000", "25 31 18", "60 12 44")
    result = suppressed(secret)
    assert result.hidden.loc["East", "Faith"]
    for part in (result.table, result.shares(), result.shares("row"), result):
        assert np.int64(4711).tobytes() not in pickle.dumps(part)
        assert np.float64(4711).tobytes() not in pickle.dumps(part)
    assert "4711" not in repr(result)


def test_rates_and_percentages_of_hidden_counts_are_hidden_with_them():
    counts = drawn("2 30 40", "25 31 18", "60 12 44")
    result = suppressed(counts)
    rates = result.hide((counts / 10).astype("Float64"))
    assert rates.isna().to_numpy().tolist() == result.hidden.iloc[:3, :3].to_numpy().tolist()
    assert np.float64(2.5).tobytes() not in pickle.dumps(rates)
    assert result.shares().loc["South", "Race"] == pytest.approx(100 * 60 / 87)
    assert result.shares("row").loc["South", "Race"] == pytest.approx(100 * 60 / 116)
    assert pd.isna(result.shares().loc["East", "Race"])


def test_rounding_hides_nothing_and_its_totals_add_up():
    # rounded alone, four counts of 2 would be noughts under a total of 10, which gives them away
    result = rounded(drawn("2 2", "2 2"))
    assert shown(result) == ["0 0 0", "0 0 0", "0 0 0"]
    assert shown(rounded(drawn("3 12", "8 0"))) == ["5 10 15", "10 0 10", "15 10 25"]
    assert (result.is_changed, result.rounded_to) == (True, 5)


@pytest.mark.parametrize("counts", [[-1, 5], [2.5, 5]])
def test_only_counts_can_be_suppressed(counts):
    with pytest.raises(ValueError, match="only counts"):
        suppressed(pd.Series(counts))


def attack(counts, result, least=1):
    """The range of every hidden count, from all that is published and all that could be known.

    The unknowns are the counts inside the table; a total is their sum.
    """
    whole = counts.to_frame() if isinstance(counts, pd.Series) else counts
    inside = whole.to_numpy(float)
    rows, columns = inside.shape
    sums = {}
    for row in range(rows + 1):
        for column in range(columns + (0 if isinstance(counts, pd.Series) else 1)):
            taken = np.zeros((rows, columns))
            of_rows = slice(None) if row == rows else row
            of_columns = slice(None) if column == columns else column
            taken[of_rows, of_columns] = 1
            sums[row, column] = taken.ravel()
    hidden = result.hidden.to_numpy()
    true = {cell: taken @ inside.ravel() for cell, taken in sums.items()}
    equal = [(taken, true[cell]) for cell, taken in sums.items() if not hidden[cell]]
    under = []
    for cell, taken in sums.items():
        if hidden[cell]:
            is_small = true[cell] <= 4
            under.append((-taken, -(least if is_small else 5)))
            if is_small:
                under.append((taken, 4))
    ranges = {}
    for cell in zip(*np.nonzero(hidden), strict=True):
        ends = [
            linprog(
                sign * sums[cell],
                A_eq=np.array([line for line, _ in equal]) if equal else None,
                b_eq=[value for _, value in equal] if equal else None,
                A_ub=np.array([line for line, _ in under]),
                b_ub=[value for _, value in under],
                bounds=(0, None),
            )
            for sign in (1, -1)
        ]
        lowest = ends[0].fun
        highest = np.inf if ends[1].status == 3 else -ends[1].fun
        ranges[cell] = (lowest, highest, true[cell])
    return ranges


tables = st.integers(2, 5).flatmap(
    lambda columns: st.lists(
        st.lists(
            st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=columns, max_size=columns
        ),
        min_size=2,
        max_size=5,
    )
)


@settings(max_examples=25, deadline=None)
@given(tables)
def test_no_hidden_count_of_a_table_can_be_worked_out(rows):
    counts = pd.DataFrame(rows)
    result = suppressed(counts)
    assert_safe(counts, result)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=9))
def test_no_hidden_count_of_a_list_can_be_worked_out(numbers):
    counts = pd.Series(numbers)
    assert_safe(counts, suppressed(counts))


def assert_safe(counts, result):
    small = {(row, column) for row, column in zip(*np.nonzero(result.hidden), strict=True)}
    if result.reason:
        assert result.table.isna().to_numpy().all()
        return
    ranges = attack(counts, result)
    assert set(ranges) == small
    for lowest, highest, true in ranges.values():
        assert lowest - 1e-6 <= true <= highest + 1e-6
        assert highest - lowest >= GAP - 1e-6
    published = result.table.to_numpy(dtype=float, na_value=np.nan)
    seen = published[~np.isnan(published)]
    assert not ((seen >= 1) & (seen <= 4)).any()


@settings(max_examples=20, deadline=None)
@given(tables)
def test_what_is_shown_is_true_and_adds_up_with_what_is_hidden(rows):
    counts = pd.DataFrame(rows)
    both = counts.assign(Total=counts.sum(axis="columns"))
    both = pd.concat([both, both.sum().to_frame("Total").T])
    result = suppressed(counts)
    kept = ~result.hidden.to_numpy()
    assert (result.table.to_numpy(dtype=float, na_value=-1)[kept] == both.to_numpy()[kept]).all()


@settings(max_examples=20, deadline=None)
@given(tables)
def test_a_rounded_table_tells_of_each_count_no_more_than_its_rounding(rows):
    counts = pd.DataFrame(rows)
    result = rounded(counts)
    inside = result.table.iloc[:-1, :-1].to_numpy(dtype=float)
    assert (abs(inside - counts.to_numpy()) <= 2).all()
    assert (result.table.iloc[-1, :-1].to_numpy(dtype=float) == inside.sum(axis=0)).all()
    assert (result.table.iloc[:-1, -1].to_numpy(dtype=float) == inside.sum(axis=1)).all()
