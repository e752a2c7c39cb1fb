"""Harm: each offence counts what its code weighs, and what cannot be weighed is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.harm import harm
from cspnb.analysis.harm_change import FALL_BEYOND_COUNTING, RISE_BEYOND_COUNTING
from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE, NO_CLEAR_CHANGE, NOT_COMPARED
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.dispersion import Dispersion, dispersion
from cspnb.measures.harm import (
    CATEGORIES,
    HarmIndex,
    OffenceCounts,
    category_weights,
    weighted_rate,
    weights_of,
)
from cspnb.periods import Period

NOW = Period.parse("2017/18")
BEFORE = NOW.earlier()
ONS = "ONS Crime Severity Score"

# Weights of the ONS in the edition of early 2021.
EARLY_2021 = {
    "1/4.1/4.10/4.2": 7973.39,
    "19C": 2952.94,
    "28E": 465.38,
    "46": 11.86,
    "58C": 5.40,
}
# The ONS's first edition, as it was told: a homicide 7,979, possession of cannabis 3.
FIRST = {"1": 7979.0, "92E": 3.0}

GROUP = {
    "1": "Violence against the person",
    "1/4.1/4.10/4.2": "Violence against the person",
    "19C": "Sexual offences",
    "28E": "Theft offences",
    "46": "Theft offences",
    "58C": "Criminal damage and arson",
    "92E": "Drug offences",
}


def index(weights, scheme=ONS, edition="early 2021", missing=""):
    table = pd.DataFrame({"offence_code": list(weights), "weight": list(weights.values())})
    table = table.assign(offence=None).astype({"weight": "float64"})
    return HarmIndex(scheme, edition, table, "points", missing=missing)


STEADY = Dispersion(1.0, 11)
"""Months that vary no more than chance has them."""


def counts(now, before=None, *, population=50_000, reason="", **said):
    """Offences drawn as {code: count} of this year, and of the year before where there is one."""
    years = [(BEFORE, before, "")] if before is not None else []
    years.append((NOW, now, reason))
    rows = [
        {"period": str(period), "offence_code": code, "offence": f"offence {code}",
         "offence_group": GROUP.get(code, code), "count": count}
        for period, drawn, _ in years
        for code, count in drawn.items()
    ]  # fmt: skip
    columns = ["period", "offence_code", "offence", "offence_group", "count"]
    table = pd.DataFrame(rows, columns=columns).astype({"count": "int64"})
    told = pd.DataFrame(
        [
            {"period": str(period), "label": period.label, "complete": not why, "reason": why,
             "population": population, "population_label": "residents, mid-2017"}
            for period, _, why in years
        ]
    ).astype({"population": "float64"})  # fmt: skip
    return OffenceCounts(
        measure=Measure("total_crime", "Total recorded crime"),
        area="Leicestershire",
        period=NOW,
        table=table,
        years=told,
        code_system=CATEGORIES if "composition" in said else "Home Office offence codes",
        source="Home Office open data",
        composed_of="Leicestershire, 2017/18",
        **{"dispersion": STEADY} | said,
    )


# The worked example of the docs. Sum: 7,973.39 + 29,529.40 + 46,538.00 + 4,744.00 + 1,620.00.
WORKED = {"1/4.1/4.10/4.2": 1, "19C": 10, "28E": 100, "46": 400, "58C": 300}


def test_the_score_is_the_sum_of_counts_times_weights_over_residents():
    result = harm(counts(WORKED), index(EARLY_2021))
    year = result.years.iloc[-1]
    assert year["harm"] == pytest.approx(90_404.79)
    assert year["score"] == pytest.approx(90_404.79 / 50_000)
    assert (year["count"], year["unweighted"]) == (811, 0)


@pytest.mark.parametrize(
    ("group", "of_offences", "of_harm"),
    [
        ("Theft offences", 500 / 811, 51_282 / 90_404.79),
        ("Sexual offences", 10 / 811, 29_529.4 / 90_404.79),
        ("Violence against the person", 1 / 811, 7_973.39 / 90_404.79),
        ("Criminal damage and arson", 300 / 811, 1_620 / 90_404.79),
    ],
)
def test_each_group_has_its_share_of_volume_and_of_harm(group, of_offences, of_harm):
    found = harm(counts(WORKED), index(EARLY_2021)).groups.set_index("offence_group").loc[group]
    assert found["share_of_count"] == pytest.approx(of_offences)
    assert found["share_of_harm"] == pytest.approx(of_harm)


def test_the_gravest_offence_and_what_one_of_it_moves():
    found = harm(counts(WORKED), index(EARLY_2021)).heaviest
    assert (found.offence_code, found.count) == ("1/4.1/4.10/4.2", 1)
    assert found.one == pytest.approx(7_973.39 / 50_000)
    assert found.without == pytest.approx(82_431.40 / 50_000)
    assert found.share == pytest.approx(7_973.39 / 90_404.79)


def test_another_edition_gives_another_score_and_is_named():
    two_murders = counts({"1": 2, "92E": 10}, population=10_000)
    first = harm(two_murders, index(FIRST, edition="first"))
    assert first.years.iloc[-1]["score"] == pytest.approx((2 * 7979 + 10 * 3) / 10_000)
    assert first.edition == "first"
    assert "edition “first”" in first.method


def test_an_index_of_ones_own_serves_as_well():
    days = index({"46": 1, "19C": 1825, "28E": 20}, scheme="Cambridge-style days", edition="2020")
    result = harm(counts({"46": 100, "19C": 2, "28E": 10}, population=1_000), days)
    assert result.years.iloc[-1]["score"] == pytest.approx((100 + 3650 + 200) / 1_000)
    assert "the ONS's Crime Severity Score" not in result.method


@pytest.mark.parametrize(
    ("code", "weight"),
    [
        ("19C", 2952.94),
        (" 19c ", 2952.94),
        ("1/4.1/4.10/4.2", 7973.39),
        ("4.10", 7973.39),  # listed among others alone
        ("4.1", 7973.39),
        ("28E/46", None),  # its parts differ
        ("28E/28e", 465.38),
        ("54", None),
    ],
)
def test_which_weight_a_code_has(code, weight):
    found = weights_of(pd.Series([code]), index(EARLY_2021)).iloc[0]
    assert (None if pd.isna(found) else found) == weight


def test_codes_without_a_weight_are_left_out_of_the_shares_and_told():
    result = harm(counts(WORKED | {"54": 40}), index(EARLY_2021))  # 40 of 851: 4.7%
    year = result.years.iloc[-1]
    assert (year["count"], year["unweighted"]) == (851, 40)
    assert result.reason == ""
    assert result.groups["count"].sum() == 811
    assert year["score"] == pytest.approx(90_404.79 / 50_000)


def test_too_many_codes_without_a_weight_and_there_is_no_score():
    result = harm(counts(WORKED | {"54": 43}), index(EARLY_2021))  # 43 of 854: 5.04%
    assert result.reason.startswith("43 of 854 offences of 2017/18 are of codes without a weight")
    assert result.groups.empty
    assert pd.isna(result.years.iloc[-1]["score"])
    assert result.verdict == NOT_COMPARED


@pytest.mark.parametrize(
    ("made", "given", "reason"),
    [
        (counts(WORKED, reason="2017/18 is incomplete"), EARLY_2021, "2017/18 is incomplete"),
        (counts(WORKED, missing="no extract is held"), EARLY_2021, "no extract is held"),
        (counts({"46": 9}), EARLY_2021, "9 offences of 2017/18 are too few to share out"),
        (counts({"46": 90}), {"46": 0}, "the offences of 2017/18 weigh nothing"),
    ],
)
def test_what_cannot_be_judged_says_why(made, given, reason):
    result = harm(made, index(given))
    assert result.reason == reason
    assert (result.verdict, result.heaviest) == (NOT_COMPARED, None)


def test_without_weights_there_is_no_harm():
    result = harm(counts(WORKED), index({}, missing="no weights are held"))
    assert result.reason == "no weights are held"


def test_without_residents_there_are_shares_and_no_score():
    result = harm(counts(WORKED, WORKED, population=None), index(EARLY_2021))
    assert result.reason == ""
    assert result.groups["share_of_harm"].sum() == pytest.approx(1)
    assert pd.isna(result.years.iloc[-1]["score"])
    assert result.not_compared == "no count of residents is held for 2016/17"


def test_an_interval_of_equal_weights_is_the_exact_poisson_one():
    """Published: exact limits of 100 are 81.363991 and 121.626794."""
    found = weighted_rate(pd.Series([100]), pd.Series([10.0]), 1_000)
    assert found.value == pytest.approx(1.0)
    assert (found.lower, found.upper) == pytest.approx((0.81363991, 1.21626794), abs=5e-9)


def test_an_interval_of_unlike_weights_is_dobsons():
    """By hand: R 0.19, variance (90 + 10 x 100) / 1,000^2, so a step of 0.003301515 an offence."""
    found = weighted_rate(pd.Series([90, 10]), pd.Series([1.0, 10.0]), 1_000)
    assert found.value == pytest.approx(0.19)
    assert found.lower == pytest.approx(0.19 - 0.003301515 * (100 - 81.363991), abs=1e-7)
    assert found.upper == pytest.approx(0.19 + 0.003301515 * (121.626794 - 100), abs=1e-7)


def test_a_change_of_equal_weights_is_that_of_two_poisson_counts():
    """By hand: (600 - 480) / sqrt(1,080) = 3.6515 either side of the normal: p = 0.000261."""
    result = harm(counts({"46": 600}, {"46": 480}), index({"46": 7.0}))
    assert result.verdict == CLEAR_RISE
    assert result.p_value == pytest.approx(0.000261, abs=5e-7)
    assert result.change_pct == pytest.approx(25)
    assert result.count_change_pct == pytest.approx(25)


def test_months_that_vary_more_than_chance_make_a_change_less_clear():
    """By hand: 3.6515 over the root of 4 is 1.8257, of Student's t on 11 degrees of freedom a
    two-sided p of 0.0951 (2.201 is its 5% point, 1.796 its 10% point)."""
    drawn = {"46": 600}, {"46": 480}
    result = harm(counts(*drawn, dispersion=Dispersion(4.0, 11)), index({"46": 7.0}))
    assert result.verdict == NO_CLEAR_CHANGE
    assert result.p_value == pytest.approx(0.0951, abs=2e-4)
    assert "vary after season 4.0 times as much as chance gives" in result.method


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (600, 480, RISE_BEYOND_COUNTING),
        (480, 600, FALL_BEYOND_COUNTING),
        (490, 480, NO_CLEAR_CHANGE),
    ],
)
def test_no_change_is_clear_where_nobody_knows_how_months_vary(now, before, verdict):
    drawn = counts({"46": now}, {"46": before}, dispersion=None)
    result = harm(drawn, index({"46": 7.0}))
    assert result.verdict == verdict
    assert "clear" not in result.verdict.replace(NO_CLEAR_CHANGE, "")
    assert "no change is called clear" in result.method


def test_years_that_differ_by_chance_alone_are_seldom_called_clear():
    """Months of 100 offences on average that vary 6 times as much as chance has them, and no
    change between the years: of 60 such pairs some 3 are called clear at the 5% level, and not
    the 40% that a count's own chance would call so."""
    random = np.random.default_rng(20)
    called, alone = 0, 0
    for _ in range(60):
        level = random.gamma(20, 100 / 20, 24)  # variance over mean of the counts: 1 + 100 / 20
        monthly = random.poisson(level)
        years = [{"46": int(monthly[half].sum())} for half in (slice(12, 24), slice(12))]
        known = dispersion(_as_counts(monthly), NOW, BEFORE)
        found = [harm(counts(*years, dispersion=each), index(EARLY_2021)).verdict
                 for each in (known, None)]  # fmt: skip
        called += found[0] in (CLEAR_RISE, CLEAR_FALL)
        alone += found[1] in (RISE_BEYOND_COUNTING, FALL_BEYOND_COUNTING)
    assert called <= 8
    assert alone >= 15


def _as_counts(monthly):
    months = [str(month) for month in (*BEFORE.months, *NOW.months)]
    table = pd.DataFrame({"month": months, "count": monthly, "status": "sound", "reason": "",
                          "source": "police"}).astype({"count": "Int64"})  # fmt: skip
    measure = Measure("total_crime", "Total recorded crime")
    return Counts(measure, "Leicestershire", NOW, table, pd.DataFrame())


def test_a_grave_offence_makes_a_change_less_clear():
    """By hand: 600 and 480 of weight 1, one murder of 8,000 more: difference 8,120 on
    sqrt(1,080 + 2 x 8,000^2) = 11,313.8: z 0.718, no clear change though the score is up."""
    grave = {"46": 1.0, "1": 8_000.0}
    result = harm(counts({"46": 600, "1": 3}, {"46": 480, "1": 2}), index(grave))
    assert result.verdict == NOT_COMPARED  # it rests on some three offences in effect
    assert "too few offences to be tested" in result.not_compared

    more = harm(counts({"46": 600, "1": 21}, {"46": 480, "1": 20}), index(grave))
    assert more.verdict == NO_CLEAR_CHANGE


def test_volume_and_harm_can_go_apart():
    now, before = {"46": 500, "28E": 300}, {"46": 1_000, "28E": 100}
    result = harm(counts(now, before), index(EARLY_2021))
    assert result.verdict == CLEAR_RISE
    assert result.count_change_pct == pytest.approx(100 * (800 - 1100) / 1100)
    turned = harm(counts(before, now), index(EARLY_2021))
    assert turned.verdict == CLEAR_FALL
    assert turned.p_value == pytest.approx(result.p_value)


def test_cancelled_offences_take_harm_away_and_add_to_doubt():
    found = weighted_rate(pd.Series([100, -2]), pd.Series([10.0, 50.0]), 1_000)
    assert found.value == pytest.approx(0.9)
    assert found.variance == pytest.approx((100 * 100 + 2 * 2_500) / 1_000**2)


# Categories in the place of codes.

FORCE_MIX = pd.DataFrame(
    [("Burglary", "28E", 90), ("Burglary", "30C", 10), ("Shoplifting", "46", 50)],
    columns=["category", "offence_code", "count"],
)
MIXED = {"28E": 465.38, "30C": 123.02, "46": 11.86}


def test_a_category_weighs_the_mean_of_what_was_recorded_in_it_by_number():
    """By hand: (90 x 465.38 + 10 x 123.02) / 100 = 431.144; by codes alone it would be 294.20."""
    found = category_weights(FORCE_MIX, index(MIXED))
    assert found.loc["Burglary", "weight"] == pytest.approx(431.144)
    assert found.loc["Shoplifting", "weight"] == pytest.approx(11.86)


def test_categories_are_told_to_be_approximate_and_have_no_interval_and_no_change():
    drawn = {"Burglary": 20, "Shoplifting": 30}
    result = harm(counts(drawn, drawn, composition=FORCE_MIX), index(MIXED))
    year = result.years.iloc[-1]
    assert year["harm"] == pytest.approx(20 * 431.144 + 30 * 11.86)
    assert pd.isna(year["lower"])
    assert result.approximation.startswith("Approximate: ")
    assert "Leicestershire, 2017/18" in result.approximation
    assert (result.verdict, result.heaviest) == (NOT_COMPARED, None)
    assert "approximates" in result.method


def test_a_category_whose_codes_mostly_have_no_weight_has_none():
    drawn = {"Burglary": 20, "Shoplifting": 30}
    result = harm(counts(drawn, composition=FORCE_MIX), index({"28E": 465.38, "46": 11.86}))
    assert result.reason.startswith("20 of 50 offences")  # 30C is a tenth of burglary


codes = st.sampled_from(["1", "19C", "28E", "46", "58C", "92E"])
drawings = st.dictionaries(codes, st.integers(10, 400), min_size=1)
ALL = {"1": 7979, "19C": 2952.94, "28E": 465.38, "46": 11.86, "58C": 5.4, "92E": 1.77}


@settings(max_examples=20, deadline=None)
@given(drawings)
def test_scores_add_up_over_groups_and_shares_to_one(drawn):
    result = harm(counts(drawn), index(ALL))
    year = result.years.iloc[-1]
    assert result.groups["harm"].sum() == pytest.approx(year["harm"])
    assert result.groups["count"].sum() == year["count"]
    for share in ("share_of_count", "share_of_harm"):
        assert result.groups[share].sum() == pytest.approx(1)
    assert year["lower"] <= year["score"] <= year["upper"]


@settings(max_examples=20, deadline=None)
@given(drawings, st.randoms(use_true_random=False))
def test_codes_may_come_in_any_order(drawn, chance):
    turned = list(drawn.items())
    chance.shuffle(turned)
    one, other = (harm(counts(dict(each)), index(ALL)) for each in (drawn.items(), turned))
    assert other.years["score"].iloc[-1] == pytest.approx(one.years["score"].iloc[-1])
    assert list(other.groups["offence_group"]) == list(one.groups["offence_group"])


@settings(max_examples=20, deadline=None)
@given(drawings, st.integers(2, 50))
def test_another_unit_of_weight_scales_the_score_and_no_share(drawn, times):
    scaled = {code: times * weight for code, weight in ALL.items()}
    one, other = harm(counts(drawn), index(ALL)), harm(counts(drawn), index(scaled))
    assert other.years["score"].iloc[-1] == pytest.approx(times * one.years["score"].iloc[-1])
    shares = [list(each.groups["share_of_harm"]) for each in (one, other)]
    assert shares[1] == pytest.approx(shares[0])


@settings(max_examples=20, deadline=None)
@given(drawings)
def test_the_score_without_its_gravest_offence_is_never_more(drawn):
    result = harm(counts(drawn), index(ALL))
    assert result.heaviest.without <= result.years["score"].iloc[-1] + 1e-9
    found = result.heaviest
    rest = {code: number for code, number in drawn.items() if code != found.offence_code}
    total = sum(ALL[code] * number for code, number in rest.items())
    assert found.without == pytest.approx(total / 50_000)


@settings(max_examples=20, deadline=None)
@given(drawings, drawings)
def test_swapping_the_years_turns_the_verdict_alone(now, before):
    forth, back = harm(counts(now, before), index(ALL)), harm(counts(before, now), index(ALL))
    turned = {CLEAR_RISE: CLEAR_FALL, CLEAR_FALL: CLEAR_RISE}
    assert back.verdict == turned.get(forth.verdict, forth.verdict)
    assert back.p_value == pytest.approx(forth.p_value)
