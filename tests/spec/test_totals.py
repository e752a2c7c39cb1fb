"""A total is whole only where every month is sound, or the figure was supplied."""

import pandas as pd
import pytest

from cspnb.measures.counts import Counts, shortfall, total
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Month, Period

YEAR = Period.parse("2019/20")
SUPPLIED_COLUMNS = ["start", "end", "value", "source"]


def drawn(first, months, supplied=(), missing=""):
    """Counts drawn as a line of months: '.' is absent, '46!' is abnormal."""
    rows = []
    for number, cell in enumerate(months.split()):
        status = ABSENT if cell == "." else ABNORMAL if cell.endswith("!") else SOUND
        count = None if status == ABSENT else int(cell.rstrip("!"))
        month = Month.parse(first) + number
        source = "" if status == ABSENT else f"police.uk, {month.year}"
        rows.append((str(month), count, status, "", source))
    monthly = pd.DataFrame(rows, columns=["month", "count", "status", "reason", "source"])
    return Counts(
        measure=Measure("burglary", "Burglary"),
        area="Harborough",
        period=YEAR,
        monthly=monthly.astype({"count": "Int64"}),
        stated=pd.DataFrame(supplied, columns=SUPPLIED_COLUMNS),
        missing=missing,
    )


def test_a_year_of_twelve_sound_months_is_their_sum():
    whole = total(drawn("2019-04", "10 11 12 10 11 12 10 11 12 10 11 12"), YEAR)
    assert (whole.count, whole.complete, whole.sound_months) == (132, True, 12)
    assert whole.reason == ""
    assert whole.sources == ("police.uk, 2019", "police.uk, 2020")


def test_a_month_with_no_offence_is_a_sound_nought():
    whole = total(drawn("2019-04", "0 " * 12), YEAR)
    assert (whole.count, whole.complete) == (0, True)


@pytest.mark.parametrize(
    ("months", "count", "sound", "reason"),
    [
        ("10 10 10 10 10 10 10 10 10 10 10 .", 110, 11, "March 2020 absent"),
        ("10 10 10 10 10 10 10 10 10 10 10 2!", 112, 11, "March 2020 abnormal"),
        (
            ". . . . . . . . 10 10 10 2!",
            32,
            3,
            "April to November 2019 absent; March 2020 abnormal",
        ),
        (
            ". 10 . 10 10 10 10 10 . . . 10",
            70,
            7,
            "April 2019, June 2019, December 2019 to February 2020 absent",
        ),
        (". . . . . . . . . . . .", None, 0, "2019/20 absent"),
    ],
)
def test_an_incomplete_year_gives_what_is_there_and_says_what_is_not(months, count, sound, reason):
    partial = total(drawn("2019-04", months), YEAR)
    assert not partial.complete
    assert (partial.count, partial.sound_months, partial.reason) == (count, sound, reason)


def test_a_month_before_the_first_that_is_held_is_absent_not_nought():
    partial = total(drawn("2019-10", "10 10 10 10 10 10"), YEAR)
    assert not partial.complete
    assert (partial.count, partial.reason) == (60, "April to September 2019 absent")


def test_a_month_after_the_last_that_is_held_is_absent():
    partial = total(drawn("2019-04", "10 10 10"), Period.parse("2019-04..2019-07"))
    assert partial.reason == "July 2019 absent"


SUPPLIED = [("2019-04", "2020-03", 131.0, "Scrutiny report, May 2020")]


def test_a_supplied_figure_stands_in_for_months_that_are_not_sound():
    whole = total(drawn("2019-04", "10 11 12", SUPPLIED), YEAR)
    assert (whole.count, whole.complete, whole.sound_months) == (131, True, 3)
    assert whole.sources == ("Scrutiny report, May 2020",)
    assert whole.reason == ""


def test_twelve_sound_months_come_before_a_supplied_figure():
    whole = total(drawn("2019-04", "10 11 12 10 11 12 10 11 12 10 11 12", SUPPLIED), YEAR)
    assert whole.count == 132


def test_a_supplied_figure_speaks_for_its_own_period_alone():
    quarter = total(drawn("2019-04", "10 11 .", SUPPLIED), Period.parse("2019/20-Q1"))
    assert (quarter.count, quarter.complete) == (21, False)


def test_supplied_figures_that_disagree_are_not_chosen_between():
    two = [*SUPPLIED, ("2019-04", "2020-03", 140.0, "Board paper, June 2020")]
    partial = total(drawn("2019-04", "10 11 12", two), YEAR)
    assert (partial.count, partial.complete) == (33, False)
    assert partial.reason == "July 2019 to March 2020 absent; 2 supplied figures disagree"


def test_a_measure_that_cannot_be_had_has_no_total():
    why = "shoplifting was not published before September 2011"
    nothing = total(drawn("2019-04", "", missing=why), YEAR)
    assert (nothing.count, nothing.complete, nothing.reason) == (None, False, why)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ("10 10 10", ""),
        ("10 10 .", "April to June 2019 is incomplete (June 2019 absent)"),
        (". . .", "April to June 2019 is not held (April to June 2019 absent)"),
    ],
)
def test_a_shortfall_is_told_in_one_phrase(months, words):
    assert shortfall(total(drawn("2019-04", months), Period.parse("2019/20-Q1"))) == words
