"""A partner's counts by small area: hidden in one step, and nowhere in what is made of them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cspnb import analysis, maps, narrative, tables
from cspnb.measures.intervention import COMPARISON, TREATED, Intervention
from cspnb.measures.months import SOUND
from cspnb.periods import Month, Period
from cspnb.report.shielding import TOO_FEW, shielded, without_small_zones
from tests.small_areas_by_hand import BURGLARY, YEAR, lattice

COUNTS = [[1, 30, 2, 12], [4, 9, 0, 3], [25, 17, 8, 40]]


def supplied(counts=COUNTS, **changed):
    return lattice(counts, **{"origin": "supplied_records", "source": "Sample Police"} | changed)


def test_small_counts_are_null_and_what_they_come_to_is_kept():
    """1, 2, 4 and 3 make 10; nobody can tell which is which."""
    shown = shielded(supplied())
    assert shown.table["count"].isna().tolist() == [True, False, True, False, True, *[False] * 2,
                                                    True, *[False] * 4]  # fmt: skip
    assert (shown.hidden_count, shown.placed, shown.is_whole) == (10, 151, True)
    assert shown.by_month.empty
    assert shown.table["count"].min() == 0, "a nought is shown"


def test_public_counts_are_left_as_they_are():
    public = lattice(COUNTS)
    assert shielded(public) is public
    wards = lattice(COUNTS, origin="ward_counts")
    assert shielded(wards) is wards


@pytest.mark.parametrize("counts", [[[3]], [[1, 0, 0]], [[1, 1]]])
def test_where_the_total_would_give_one_away_no_area_is_shown(counts):
    shown = shielded(supplied(counts))
    assert (shown.missing, len(shown.table), shown.hidden) == (TOO_FEW, 0, frozenset())
    told = narrative.small_area_rates(analysis.small_area_rates(shown))
    assert "so few that none can be shown" in told.body[0]


def test_rates_and_verdicts_leave_a_hidden_area_out_and_the_own_rate_keeps_its_count():
    result = analysis.small_area_rates(shielded(supplied()))
    hidden = result.areas[result.areas["verdict"] == "not shown"]
    assert len(hidden) == 4
    derived = hidden[["rate", "rate_lower", "rate_upper", "share", "p_value", "q_value"]]
    assert derived.isna().all(axis=None)
    assert (result.total, result.family) == (151, 8)
    assert result.own_rate == pytest.approx(151 / 12)  # of 12 areas of 1,000


def test_no_hidden_count_is_in_a_table_a_map_or_their_data():
    result = analysis.small_area_rates(shielded(supplied()))
    for shown in (tables.small_area_rates(result), maps.small_area_rates(result)):
        marked = shown.data.set_index("Code")["Offences"]
        assert marked.tolist().count("[c]") == 4
        assert not {1, 2, 3, 4} & set(marked)
        assert shown.data.eq("[c]").sum(axis=None) == 4 * 7
        assert shown.notes[0].startswith("The numbers 1 to 8") or "4 small areas" in shown.notes[1]
    drawn = maps.small_area_rates(result)
    assert "not shown (a small number)" in drawn.body
    assert "4 not shown" in drawn.alternative
    small = analysis.small_area_rates(shielded(supplied([[1, 30, 2], [2, 9, 12]])))
    cells = [row for row in tables.small_area_rates(small).body.rows if "[c]" in row]
    # 1, 2 and 2 make 5, so that none could be 4: 9 goes with them
    assert len(cells) == 4 and {row[1] for row in cells} == {"[c]"}


def test_hot_areas_and_concentration_refuse_a_table_with_hidden_counts():
    wide = np.tile([20, 3, 9, 30, 12, 6], (6, 1)).tolist()
    shown = shielded(supplied(wide))
    why = "the counts of 6 of its 36 LSOAs are small numbers that are not shown"
    assert analysis.hot_areas(shown).reason.startswith(why)
    assert "6 of the 36 LSOAs" in analysis.concentration(shown).reason
    assert not analysis.hot_areas(lattice(wide)).reason


def intervention(treated, beside):
    """So many in one area a zone, before and after."""
    halves = ("2013-04", "2013-10")
    rows = [
        (zone, code, month, count)
        for zone, code, counts in ((TREATED, "A", treated), (COMPARISON, "B", beside))
        for month, count in zip(halves, counts, strict=True)
    ]
    before, after = Period.parse("2013-04..2013-04"), Period.parse("2013-10..2013-10")
    return Intervention(
        measure=BURGLARY, area="Harborough", title="", what="", starts=Month.parse("2013-10"),
        before=before, after=after, zones=pd.DataFrame({"zone": [TREATED, COMPARISON], "areas": 1}),
        by_month=pd.DataFrame(rows, columns=["zone", "area_code", "month", "count"]),
        months=pd.DataFrame({"month": list(halves), "status": SOUND, "reason": ""}),
    )  # fmt: skip


@pytest.mark.parametrize(("counts", "is_shown"), [((20, 4), False), ((3, 20), False),
                                                  ((20, 0), True), ((20, 5), True)])  # fmt: skip
def test_an_intervention_with_a_zone_of_one_to_four_is_not_shown(counts, is_shown):
    found = without_small_zones(intervention(counts, (90, 80)), "supplied_records")
    assert bool(found.missing) != is_shown
    result = analysis.impact(found)
    if not is_shown:
        assert "fewer than 5" in result.reason
        assert result.zones[["before", "after"]].isna().all(axis=None)
    public = without_small_zones(intervention(counts, (90, 80)), "police_uk")
    assert not public.missing


def test_a_period_that_is_not_whole_stays_without_counts():
    gone = supplied()
    gone = replace(gone, table=gone.table.assign(count=pd.array([pd.NA] * 12, "Int64")))
    shown = shielded(gone)
    assert (shown.is_whole, shown.hidden, shown.period) == (False, frozenset(), YEAR)
