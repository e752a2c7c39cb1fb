"""What followed something that was done: the published test, and nothing judged across a gap."""

from math import sqrt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis import impact
from cspnb.analysis.impact import FEWER, MORE, NO_CLEAR_DIFFERENCE, NOT_JUDGED
from cspnb.measures.definition import Measure
from cspnb.measures.dispersion import Dispersion
from cspnb.measures.displacement import (
    Zone,
    area_dispersion,
    weighted_displacement_difference,
    zone_dispersion,
)
from cspnb.measures.intervention import (
    COMPARISON,
    RING,
    RING_COMPARISON,
    TREATED,
    Intervention,
)
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.periods import Period

BEFORE, AFTER = Period.parse("2012/13"), Period.parse("2013/14")


def test_the_published_example():
    """Wheeler and Ratcliffe 2018: total -118, SE sqrt(1568), Z -2.98, 95% interval -196 to -40."""
    found = weighted_displacement_difference(
        treated=[Zone(207, 110), Zone(178, 157)], comparison=[Zone(308, 318), Zone(150, 140)]
    )
    assert found.difference == -118
    assert found.standard_error == pytest.approx(sqrt(1568))
    assert round(found.z, 2) == -2.98
    assert (round(found.lower), round(found.upper)) == (-196, -40)
    assert found.is_clear


def test_unequal_times_as_the_authors_work_them():
    """Two years before and one after, 80 then 20, against 100 then 50: -20, SE sqrt(115)."""
    found = weighted_displacement_difference([Zone(80, 20)], [Zone(100, 50)], lengths=(2, 1))
    assert found.difference == pytest.approx(-20)
    assert found.standard_error == pytest.approx(sqrt(115))


def test_unequal_areas_as_the_authors_work_them():
    """The published example with area weights 1.2, 0.9, 1.5 and 1.6."""
    found = weighted_displacement_difference(
        [Zone(207, 110, 1.2), Zone(178, 157, 1.5)], [Zone(308, 318, 0.9), Zone(150, 140, 1.6)]
    )
    assert found.difference == pytest.approx(-99.69444444)
    assert found.standard_error == pytest.approx(35.4280755)
    assert (found.lower, found.upper) == pytest.approx((-169.1321965, -30.25669241))


def test_places_that_vary_more_than_chance_widen_the_interval():
    """Four times the variance is twice the error; Student's t at 10 degrees is 2.228 (tables)."""
    zones = [Zone(207, 110)], [Zone(308, 318)]
    plain = weighted_displacement_difference(*zones)
    wide = weighted_displacement_difference(*zones, spread=Dispersion(4.0, 10))
    assert wide.standard_error == pytest.approx(2 * plain.standard_error)
    assert wide.upper - wide.difference == pytest.approx(2.228 * wide.standard_error, rel=1e-3)
    assert weighted_displacement_difference(*zones, spread=Dispersion(0.5, 10)) == plain


def test_zones_without_a_record_cannot_be_compared():
    with pytest.raises(ValueError, match="no zone has a record"):
        weighted_displacement_difference([Zone(0, 0)], [Zone(0, 0)])


# Ten areas, five of 10 then 20 and five of 20 then 10: each is 15 and 15 expected, 5 off twice,
# so chi-squared is 10 x 2 x 25 / 15 = 33.33 on 9 degrees of freedom.
def test_the_spread_of_small_areas_is_worked_by_hand():
    areas = pd.DataFrame({"before": [10, 20] * 5, "after": [20, 10] * 5})
    spread = area_dispersion(areas)
    assert spread.value == pytest.approx(100 / 27)
    assert spread.degrees_of_freedom == 9
    assert area_dispersion(areas.head(9)) is None
    alike = pd.DataFrame({"before": range(1, 11), "after": range(1, 11)})
    assert area_dispersion(alike).value == pytest.approx(0, abs=1e-12)


# Two zones, 24 months. In half the months they are 12 and 8, in half 8 and 12, in equal numbers
# before and after: every month 10 and 10 expected, 2 off twice, so chi-squared is 24 x 0.8 = 19.2
# on 48 - 26 = 22 degrees of freedom.
def test_the_spread_of_zones_month_by_month_is_worked_by_hand():
    months = [str(month) for month in (*BEFORE.months, *AFTER.months)]
    rows = [
        (zone, month, "before" if place < 12 else "after", 10 + sign * (2 if place % 2 else -2))
        for zone, sign in ((TREATED, 1), (COMPARISON, -1))
        for place, month in enumerate(months)
    ]
    monthly = pd.DataFrame(rows, columns=["zone", "month", "stretch", "count"])
    spread = zone_dispersion(monthly)
    assert spread.degrees_of_freedom == 22
    assert spread.value == pytest.approx(19.2 / 22)
    assert zone_dispersion(monthly[monthly["zone"] == TREATED]) is None
    assert zone_dispersion(monthly[monthly["month"] != months[0]]) is None
    assert zone_dispersion(monthly.assign(count=monthly["count"] // 15)) is None


def done(zones, *, statuses=None, missing="", before=BEFORE, after=AFTER, areas=1):
    """`zones` has (before, after) by zone, put in each first month; `areas` share them evenly."""
    months = [*before.months, *after.months]
    statuses = statuses or {}
    rows = []
    for zone, (then, now) in zones.items():
        for area in range(areas):
            for month in months:
                total = {before.start: then, after.start: now}.get(month, 0)
                share = total // areas + (area < total % areas)
                rows.append((zone, f"{zone} {area}", str(month), share))
    by_month = pd.DataFrame(rows, columns=["zone", "area_code", "month", "count"])
    status = [statuses.get(str(month), SOUND) for month in months]
    absent = {month for month, each in statuses.items() if each == ABSENT}
    return Intervention(
        measure=Measure("burglary", "Burglary"),
        area="Anytown",
        title="Alley gates",
        what="Gates were put up in back alleys",
        starts=after.start,
        before=before,
        after=after,
        zones=pd.DataFrame({"zone": list(zones), "areas": areas}),
        by_month=by_month[~by_month["month"].isin(absent)].astype({"count": "Int64"}),
        months=pd.DataFrame({"month": map(str, months), "status": status, "reason": ""}),
        source="data.police.uk",
        missing=missing,
    )


FOUR = {TREATED: (207, 110), COMPARISON: (308, 318), RING: (178, 157), RING_COMPARISON: (150, 140)}


def test_each_zone_is_set_against_what_its_own_comparison_suggests():
    """207 x 318 / 308 = 213.7; 178 x 140 / 150 = 166.1; together 379.9 against 267."""
    result = impact(done(FOUR))
    parts = result.parts.set_index("part")
    assert list(parts.index) == ["treated area", "ring", "together"]
    assert parts.loc["treated area", "expected"] == pytest.approx(213.7208, abs=1e-4)
    assert parts.loc["ring", "expected"] == pytest.approx(166.1333, abs=1e-4)
    assert parts.loc["together", "difference"] == pytest.approx(267 - 379.8541, abs=1e-4)
    # 110 + 207 + 157 + 178 + (207/308)^2 x 626 + (178/150)^2 x 290 = 1343.1
    reach = 1.959964 * sqrt(1343.111)
    low, high = parts.loc["together", ["lower", "upper"]]
    assert (low, high) == pytest.approx((-112.8541 - reach, -112.8541 + reach), abs=0.01)
    assert result.verdict == FEWER


def test_a_comparison_ten_times_the_size_does_not_swamp_the_area():
    """Both fell by a tenth: the treated area did what its comparison did, whatever their sizes."""
    result = impact(done({TREATED: (100, 90), COMPARISON: (1000, 900)}))
    assert result.parts["difference"].iloc[0] == pytest.approx(0)
    assert result.verdict == NO_CLEAR_DIFFERENCE


def test_a_ring_without_a_comparison_of_its_own_has_the_areas():
    """100 and 50 then 60 and 40, beside 200 then 200: 50 fewer, variance 250 + 0.75^2 x 400."""
    result = impact(done({TREATED: (100, 60), RING: (50, 40), COMPARISON: (200, 200)}))
    together = result.parts.iloc[-1]
    assert together["difference"] == pytest.approx(-50)
    reach = 1.959964 * sqrt(250 + 0.5625 * 400)
    assert together["lower"] == pytest.approx(-50 - reach, abs=1e-3)


def test_half_a_year_after_is_set_against_half_of_the_year_before():
    """120 in twelve months is 60 in six: 60 - 60 x (100/200 as the comparison had) is none."""
    after = Period.parse("2013-04..2013-09")
    zones = {TREATED: (120, 60), COMPARISON: (200, 100)}
    result = impact(done(zones, after=after))
    assert result.parts["difference"].iloc[0] == pytest.approx(0)
    assert result.parts["expected"].iloc[0] == pytest.approx(60)


def test_more_than_the_comparison_suggests_is_said_as_plainly():
    assert impact(done({TREATED: (100, 200), COMPARISON: (100, 100)})).verdict == MORE


def test_the_small_areas_of_the_comparison_say_how_much_places_vary():
    result = impact(done({TREATED: (200, 150), COMPARISON: (200, 200)}, areas=10))
    assert result.dispersion == pytest.approx(0, abs=1e-9)
    assert "small areas" in result.method
    alone = impact(done({TREATED: (200, 150), COMPARISON: (200, 200)}))
    assert alone.dispersion is None
    assert "not allowed for" in alone.method


UNJUDGED = [
    # zones                                         statuses                 reason
    ({TREATED: (9, 5), COMPARISON: (90, 90)}, {}, "the treated area had 9 records before"),
    ({TREATED: (90, 5), COMPARISON: (0, 9)}, {}, "the comparison area had 0 records before"),
    ({TREATED: (90, 50)}, {}, "there is no comparison area"),
    ({COMPARISON: (90, 50)}, {}, "there is no treated area"),
    (FOUR, {"2013-05": ABSENT}, "not every month before and after is sound (May 2013 absent)"),
    (FOUR, {"2012-04": ABNORMAL}, "(April 2012 abnormal)"),
]


@pytest.mark.parametrize(("zones", "statuses", "reason"), UNJUDGED)
def test_what_cannot_be_judged_says_why(zones, statuses, reason):
    result = impact(done(zones, statuses=statuses))
    assert result.verdict == NOT_JUDGED
    assert reason in result.reason
    assert result.parts.empty
    assert result.zones["complete"].all() == (not statuses)


def test_a_measure_that_cannot_be_had_is_not_judged():
    result = impact(done({}, missing="no file of the force is held"))
    assert (result.verdict, result.reason) == (NOT_JUDGED, "no file of the force is held")


counts = st.tuples(st.integers(10, 400), st.integers(0, 400))


@settings(max_examples=25, deadline=None)
@given(counts, counts, counts, st.integers(0, 23), st.sampled_from([ABSENT, ABNORMAL]))
def test_any_month_made_unsound_leaves_nothing_judged(treated, beside, ring, place, status):
    zones = {TREATED: treated, COMPARISON: beside, RING: ring}
    month = str((*BEFORE.months, *AFTER.months)[place])
    result = impact(done(zones, statuses={month: status}))
    assert result.verdict == NOT_JUDGED
    assert not result.zones["complete"].any()


@settings(max_examples=25, deadline=None)
@given(counts, counts)
def test_the_interval_contains_the_difference_and_the_verdict_follows_it(treated, beside):
    part = impact(done({TREATED: treated, COMPARISON: beside})).parts.iloc[0]
    assert part["lower"] <= part["difference"] <= part["upper"]
    assert (part["verdict"] == FEWER) == (part["upper"] < 0)
    assert (part["verdict"] == MORE) == (part["lower"] > 0)


@settings(max_examples=25, deadline=None)
@given(counts, counts, st.permutations(range(6)))
def test_the_names_and_order_of_small_areas_change_nothing(treated, beside, order):
    first = done({TREATED: treated, COMPARISON: beside}, areas=6)
    names = {f"{zone} {i}": f"area {j}{zone}" for zone in (TREATED, COMPARISON)
             for i, j in enumerate(order)}  # fmt: skip
    by_month = first.by_month.assign(area_code=first.by_month["area_code"].map(names))
    shuffled = by_month.sort_values(["area_code", "month"], ascending=False)
    other = Intervention(**{**vars(first), "by_month": shuffled.reset_index(drop=True)})
    pd.testing.assert_frame_equal(impact(first).parts, impact(other).parts)
