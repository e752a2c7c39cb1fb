"""Many tests are judged as one family, so that few of those called clear are chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import scan
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED, Change
from cspnb.measures.counts import Counts, Total
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.multiplicity import false_discovery_q
from cspnb.periods import Period

NOW, BEFORE = Period.parse("2013/14"), Period.parse("2012/13")

# Benjamini and Hochberg 1995, section 4: fifteen p-values of a trial. At 0.05 Bonferroni rejects
# the first three, their procedure the first four: 0.0095 <= 4 x 0.05 / 15 = 0.0133.
PUBLISHED = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
)


def changed(label, p_value, difference=-5, area="Anytown", reason=""):
    verdict = NO_CLEAR_CHANGE
    if p_value is not None and p_value < 0.05:
        verdict = CLEAR_RISE if difference > 0 else CLEAR_FALL
    return Change(
        measure=Measure(label.lower().replace(" ", "_"), label),
        area=area,
        now=Total(NOW, 100 + difference, True, 12, sources=("police",)),
        before=Total(BEFORE, 100, True, 12, sources=("police",)),
        difference=None if reason else difference,
        change_pct=None if reason else float(difference),
        p_value=p_value,
        verdict=NOT_COMPARED if reason else verdict,
        method="Poisson E-test",
        reason=reason,
    )


def published():
    return [changed(f"Type {place}", p_value) for place, p_value in enumerate(PUBLISHED)]


def test_the_published_example_rejects_four():
    result = scan(published())
    assert result.tested == 15
    assert list(result.clear["label"]) == ["Type 0", "Type 1", "Type 2", "Type 3"]
    assert result.clear_alone == 9
    assert set(result.clear["verdict"]) == {CLEAR_FALL}
    # q of the fourth: 0.0095 x 15 / 4; of the third 0.0019 x 15 / 3; of the last, 1
    q_values = result.findings.set_index("label")["q_value"]
    assert q_values["Type 3"] == pytest.approx(0.035625)
    assert q_values["Type 2"] == pytest.approx(0.0095)
    assert q_values["Type 14"] == pytest.approx(1)


def test_a_q_value_worked_by_hand_takes_the_least_of_those_above_it():
    """0.01 x 3/1 = 0.03, but 0.011 x 3/2 = 0.0165 is less, and 0.012 x 3/3 = 0.012 is least."""
    assert false_discovery_q([0.012, 0.01, 0.011]) == pytest.approx([0.012] * 3)
    assert len(false_discovery_q([])) == 0


def test_one_test_by_itself_is_judged_as_it_would_be_alone():
    result = scan([changed("Burglary", 0.04, 20)])
    assert list(result.findings["verdict"]) == [CLEAR_RISE]
    assert result.findings["q_value"].iloc[0] == pytest.approx(0.04)


def test_the_family_and_the_level_are_stated():
    several = [changed("A", 0.01, area=f"Ward {i}") for i in range(3)]
    assert scan(several, area="Anytown").family == "1 measure in 3 areas, 3 tests"
    assert scan(published()).family == "15 measures, 15 tests"
    assert "10% or less" in scan(published(), level=0.1).method
    assert len(scan(published(), level=0.1).clear) == 9  # 0.0459 <= 9 x 0.1 / 15 = 0.06


def test_what_is_not_compared_is_no_part_of_the_family():
    why = "2013/14 is incomplete (March 2014 absent)"
    result = scan([changed("A", 0.01, 9), changed("B", None, reason=why)])
    assert result.tested == 1
    last = result.findings.iloc[-1]
    assert (last["verdict"], last["reason"]) == (NOT_COMPARED, why)
    assert pd.isna(last["q_value"])


def counts_of(label, before, now, *, absent=(), area="Anytown"):
    months = [*BEFORE.months, *NOW.months]
    totals = [before // 12] * 11 + [before - 11 * (before // 12)]
    totals += [now // 12] * 11 + [now - 11 * (now // 12)]
    rows = [
        (str(month), None if str(month) in absent else total,
         ABSENT if str(month) in absent else SOUND, "", "police")
        for month, total in zip(months, totals, strict=True)
    ]  # fmt: skip
    columns = ["month", "count", "status", "reason", "source"]
    monthly = pd.DataFrame(rows, columns=columns).astype({"count": "Int64"})
    stated = pd.DataFrame(columns=["start", "end", "value", "source"])
    return Counts(Measure(label, label), area, NOW, monthly, stated)


def test_counts_are_compared_with_the_year_before_and_two_noughts_are_not_tested():
    several = [counts_of("A", 60, 240), counts_of("B", 0, 0), counts_of("C", 120, 120)]
    result = scan(several)
    assert list(result.findings["label"]) == ["A", "C", "B"]
    assert list(result.findings["verdict"]) == [CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED]
    assert result.findings["reason"].iloc[-1] == "nothing recorded in either year"
    assert (result.period, result.before, result.tested) == (NOW, BEFORE, 2)
    assert result.coverage == "All 24 months are sound."


@pytest.mark.parametrize(
    ("several", "reason"),
    [
        ([], "no measure was given"),
        ([counts_of("A", 0, 0)], "nothing was recorded in either year"),
        (
            [counts_of("A", 60, 1, absent=("2013-06",))],
            "2013/14 is incomplete (June 2013 absent)",
        ),
    ],
)
def test_where_nothing_can_be_tested_the_reason_is_given(several, reason):
    result = scan(several)
    assert (result.reason, result.tested, len(result.clear)) == (reason, 0, 0)


p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(p_values)
def test_a_q_value_is_never_below_its_p_value_nor_above_one(values):
    q_values = false_discovery_q(values)
    assert np.all(q_values >= np.array(values) - 1e-12)
    assert np.all(q_values <= 1)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.0001, 1), min_size=2, max_size=12), st.randoms())
def test_the_order_of_the_tests_changes_no_verdict(values, chance):
    several = [changed(f"Type {i}", value) for i, value in enumerate(values)]
    verdicts = scan(several).findings.set_index("label")["verdict"].to_dict()
    chance.shuffle(several)
    assert scan(several).findings.set_index("label")["verdict"].to_dict() == verdicts


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 11))
def test_a_month_made_absent_never_makes_a_fall(place):
    whole = counts_of("A", 240, 240)
    assert scan([whole]).findings["verdict"].iloc[0] == NO_CLEAR_CHANGE
    lost = counts_of("A", 240, 240, absent=(str(NOW.months[place]),))
    assert scan([lost]).findings["verdict"].iloc[0] == NOT_COMPARED
