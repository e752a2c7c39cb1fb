"""What residents say has its base and its range, and is set beside the record, not above it."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import concerns
from cspnb.analysis.concerns import (
    FEWER_SAY,
    MORE_SAY,
    NO_CLEAR_CHANGE,
    NOT_COMPARED,
    Concern,
    Question,
)
from cspnb.measures.counts import Counts, Levels
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND
from cspnb.periods import Period

YEAR = Period.parse("2013/14")


def shares(answer, *waves, missing=""):
    """`waves` are drawn as (period, per cent, base) or (period, per cent, base, weighting)."""
    rows = []
    for period, value, base, *weighting in waves:
        span = Period.parse(period)
        weighed = weighting[0] if weighting else "unweighted"
        rows.append((str(span.start), str(span.end), value, base, "Residents' survey", weighed))
    columns = ["start", "end", "value", "base", "source", "weighting"]
    table = pd.DataFrame(rows, columns=columns).astype({"value": float, "base": float})
    measure = Measure("concern", answer, "per cent", "percentage", "neither", "none")
    return Levels(measure, "Anytown", YEAR, table, missing)


def recorded(label, count, *, absent=0):
    months = [str(month) for month in YEAR.months]
    counted = [count - 11 * (count // 12)] + [count // 12] * 11
    monthly = pd.DataFrame(
        {
            "month": months,
            "count": pd.array([None] * absent + counted[absent:], "Int64"),
            "status": [ABSENT] * absent + [SOUND] * (12 - absent),
            "reason": "",
            "source": "data.police.uk",
        }
    )
    stated = pd.DataFrame(columns=["start", "end", "value", "source"])
    return Counts(Measure(label.lower(), label), "Anytown", YEAR, monthly, stated)


def asked(*listed, missing=""):
    return concerns(Question("Anytown", YEAR, "What first?", listed, missing))


def row(result, answer):
    return result.table.set_index("answer").loc[answer]


def test_a_share_has_wilsons_interval_of_its_base():
    """65 of 100: 0.552544 to 0.736358 (Public Health England, technical guide)."""
    found = row(asked(Concern("Litter", shares("Litter", ("2013/14", 65, 100)))), "Litter")
    assert (found["lower"], found["upper"]) == pytest.approx((0.552544, 0.736358), abs=5e-7)
    assert (found["base"], found["weighting"], found["is_small"]) == (100, "unweighted", False)


def test_a_change_between_waves_has_newcombes_interval():
    """56 of 70 against 48 of 80: 0.0524 to 0.3339 (Newcombe 1998)."""
    found = row(asked(Concern("A", shares("A", ("2012/13", 60, 80), ("2013/14", 80, 70)))), "A")
    limits = (found["change_lower"], found["change_upper"])
    assert limits == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (found["change"], found["change_verdict"]) == (pytest.approx(0.2), MORE_SAY)
    assert (found["before"], found["before_base"]) == (pytest.approx(0.6), 80)


@pytest.mark.parametrize(
    ("then", "now", "verdict"), [(80, 40, FEWER_SAY), (50, 52, NO_CLEAR_CHANGE)]
)
def test_the_verdict_on_a_change_follows_its_interval(then, now, verdict):
    concern = Concern("A", shares("A", ("2012/13", then, 100), ("2013/14", now, 100)))
    assert row(asked(concern), "A")["change_verdict"] == verdict


BASES = [(9, None, "9 people answered, too few"), (10, True, ""), (99, True, ""), (100, False, "")]


@pytest.mark.parametrize(("base", "small", "reason"), BASES)
def test_no_share_on_a_base_under_ten_and_a_flag_under_a_hundred(base, small, reason):
    found = row(asked(Concern("A", shares("A", ("2013/14", 50, base)))), "A")
    assert reason in found["reason"]
    assert pd.isna(found["share"]) == (small is None)
    if small is not None:
        assert found["is_small"] == small


def test_a_weighted_share_says_so_and_that_its_interval_is_too_narrow():
    result = asked(Concern("A", shares("A", ("2013/14", 50, 400, "age and sex"))))
    assert row(result, "A")["weighting"] == "age and sex"
    assert "Shares are weighted (age and sex)" in result.method
    assert "narrower for it" in result.method


def test_the_wave_is_the_last_to_end_by_the_end_of_the_period():
    waves = (("2011/12", 10, 200), ("2012/13", 20, 200), ("2014/15", 90, 200))
    result = asked(Concern("A", shares("A", *waves)))
    assert row(result, "A")["share"] == pytest.approx(0.2)
    assert (str(result.wave), str(result.earlier)) == ("2012/13", "2011/12")


def three(*figures):
    """Answers A, B, C with shares of 1,000 people and counts."""
    return asked(
        *(
            Concern(name, shares(name, ("2013/14", share, 1000)), recorded(name, count))
            for name, (share, count) in zip("ABC", figures, strict=True)
        )
    )


def test_both_orders_are_ranked_and_a_gap_is_one_that_chance_leaves_no_room_for():
    result = three((60, 10), (40, 20), (20, 30))
    assert list(result.table["share_rank"]) == [1, 2, 3]
    assert list(result.table["recorded_rank"]) == [3, 2, 1]
    assert list(result.named_more["answer"]) == ["A"]
    assert list(result.recorded_more["answer"]) == ["C"]


def test_shares_whose_intervals_overlap_have_no_place_of_their_own():
    """41, 40 and 39% of 1,000 people are each some 3 points either way: any order is open."""
    result = three((41, 10), (40, 20), (39, 30))
    assert list(result.table["share_best"]) == [1, 1, 1]
    assert list(result.table["share_worst"]) == [3, 3, 3]
    assert result.named_more.empty
    assert result.recorded_more.empty


def test_fewer_than_three_pairs_are_not_ranked():
    result = asked(
        Concern("A", shares("A", ("2013/14", 60, 500)), recorded("A", 10)),
        Concern("B", shares("B", ("2013/14", 40, 500)), recorded("B", 30)),
        Concern("C", shares("C", ("2013/14", 20, 500))),
    )
    assert result.ranked.empty
    assert row(result, "C")["not_recorded"] == "no measure here records it"
    assert result.coverage == "2 of 2 measures are held whole for the period."


def test_a_volume_that_is_not_whole_is_no_volume():
    found = row(
        asked(Concern("A", shares("A", ("2013/14", 60, 500)), recorded("A", 60, absent=2))), "A"
    )
    assert pd.isna(found["recorded"])
    assert found["not_recorded"] == "2013/14 is incomplete (April to May 2013 absent)"


UNHELD = [
    (asked(missing="no question is described"), "no question is described"),
    (asked(), "no survey held asks it"),
    (asked(Concern("A", shares("A", missing="people could give several"))), "people could give"),
    (asked(Concern("A", shares("A", ("2014/15", 5, 90)))), "no survey held asks it by then"),
    (asked(Concern("A", shares("A", ("2013/14", 5, None)))), "does not say how many people"),
    (
        asked(Concern("A", shares("A", ("2013/14", 5, 90), ("2013/14", 6, 90)))),
        "2 surveys disagree for 2013/14",
    ),
]


@pytest.mark.parametrize(("result", "reason"), UNHELD)
def test_where_there_is_no_share_the_reason_is_given(result, reason):
    assert reason in result.reason
    assert result.table["share"].isna().all()
    assert set(result.table["change_verdict"]) <= {NOT_COMPARED}


figures = st.lists(
    st.tuples(st.integers(0, 100), st.integers(10, 900), st.integers(0, 5000)),
    min_size=3,
    max_size=7,
)


@settings(max_examples=30, deadline=None)
@given(figures)
def test_an_interval_contains_its_share_and_a_range_of_ranks_its_rank(drawn):
    result = asked(
        *(
            Concern(f"{i}", shares(f"{i}", ("2013/14", share, base)), recorded(f"{i}", count))
            for i, (share, base, count) in enumerate(drawn)
        )
    )
    table = result.table
    slack = 1e-9
    assert (
        (table["lower"] <= table["share"] + slack) & (table["share"] <= table["upper"] + slack)
    ).all()
    assert (table["share_best"] <= table["share_rank"]).all()
    assert (table["share_rank"] <= table["share_worst"]).all()
