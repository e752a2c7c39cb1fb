"""What came of crimes: only months old enough count, and only outcomes are in the mix."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cspnb.analysis.outcomes import outcomes
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABNORMAL, ABSENT, SOUND
from cspnb.measures.outcomes import (
    CHARGED,
    CLOSED_OTHERWISE,
    GROUPS,
    NO_SUSPECT,
    NOT_PROSECUTED,
    OTHER,
    OUT_OF_COURT,
    UNAVAILABLE,
    UNDER_INVESTIGATION,
    Outcomes,
    group_of,
    maturity,
)
from cspnb.periods import Period

NOW = Period.parse("2021/22")
SPAN = Period(NOW.earlier().start, NOW.end)
SUSPECT_CHARGED = "Suspect charged"
UNABLE = "Unable to prosecute suspect"
NONE_FOUND = "Investigation complete; no suspect identified"


def held(cells, *, edition="2022-10", status=(), missing=""):
    """Outcomes drawn as {(month, wording): count}; every month sound but those of `status`."""
    rows = [
        {"month": month, "edition": edition, "outcome": wording, "count": count}
        for (month, wording), count in cells.items()
    ]
    table = pd.DataFrame(rows, columns=["month", "edition", "outcome", "count"])
    months = pd.DataFrame({"month": [str(month) for month in SPAN.months]})
    state = [dict(status).get(month, SOUND) for month in months["month"]]
    return Outcomes(
        measure=Measure("burglary", "Burglary"),
        area="Melton",
        period=NOW,
        span=SPAN,
        table=table,
        months=months.assign(status=state, reason=""),
        source="data.police.uk",
        missing=missing,
    )


def every_month(now, before, months=SPAN.months):
    """The same outcomes in each month of a year."""
    return {
        (str(month), wording): count
        for month in months
        for wording, count in (now if month in NOW else before).items()
    }


# The 28 wordings of data.police.uk, and which group each belongs to.
WORDINGS = {
    CHARGED: [
        "Awaiting court outcome",
        "Court case unable to proceed",
        "Court result unavailable",
        "Defendant found not guilty",
        "Defendant sent to Crown Court",
        "Offender deprived of property",
        "Offender fined",
        "Offender given absolute discharge",
        "Offender given community sentence",
        "Offender given conditional discharge",
        "Offender given suspended prison sentence",
        "Offender ordered to pay compensation",
        "Offender otherwise dealt with",
        "Offender sent to prison",
        "Suspect charged",
        "Suspect charged as part of another case",
    ],
    OUT_OF_COURT: [
        "Local resolution",
        "Offender given a caution",
        "Offender given a drugs possession warning",
        "Offender given penalty notice",
    ],
    NOT_PROSECUTED: ["Unable to prosecute suspect"],
    NO_SUSPECT: ["Investigation complete; no suspect identified"],
    CLOSED_OTHERWISE: [
        "Action to be taken by another organisation",
        "Formal action is not in the public interest",
        "Further action is not in the public interest",
        "Further investigation is not in the public interest",
    ],
    UNDER_INVESTIGATION: ["Under investigation"],
    UNAVAILABLE: ["Status update unavailable"],
}


def test_each_of_the_28_published_wordings_has_its_group():
    assert sum(map(len, WORDINGS.values())) == 28
    for group, wordings in WORDINGS.items():
        assert {group_of(wording) for wording in wordings} == {group}


@pytest.mark.parametrize(
    ("wording", "group"),
    [
        ("Offender given a penalty notice", OUT_OF_COURT),  # as the API has it
        ("  suspect  CHARGED ", CHARGED),
        ("Outcome 22: diversionary activity", OTHER),
        (None, UNAVAILABLE),
        ("", UNAVAILABLE),
    ],
)
def test_spelling_does_not_matter_and_what_is_not_known_is_other(wording, group):
    assert group_of(wording) == group


@pytest.mark.parametrize(
    ("month", "edition", "months"),
    [("2022-04", "2022-10", 6), ("2021-12", "2022-02", 2), ("2022-10", "2022-10", 0)],
)
def test_maturity_is_the_months_from_the_crime_to_the_edition(month, edition, months):
    table = pd.DataFrame({"month": [month], "edition": [edition]})
    assert list(maturity(table)) == [months]


def test_maturity_is_not_known_without_an_edition():
    table = pd.DataFrame({"month": ["2022-04"], "edition": [None]}, dtype="str")
    assert maturity(table).isna().all()


def shares_of(result, period=NOW):
    rows = result.shares[result.shares["period"] == str(period)]
    return dict(zip(rows["group"], rows["share"], strict=True))


def test_the_worked_example():
    """12 x (8 charged, 2 unable, 1 open): 120 outcomes; before 12 x (5, 5): the docs' numbers."""
    now = {SUSPECT_CHARGED: 8, UNABLE: 2, UNDER_INVESTIGATION: 1}
    result = outcomes(held(every_month(now, {SUSPECT_CHARGED: 5, UNABLE: 5})))
    year = result.years.iloc[-1]
    assert (year["crimes"], year["known"], year["investigating"]) == (132, 120, 12)
    assert shares_of(result)[CHARGED] == pytest.approx(0.8)
    change = result.changes.set_index("group").loc[CHARGED]
    assert change["difference"] == pytest.approx(0.3)
    assert change["is_clear"]


def test_the_interval_is_wilsons_and_that_of_a_difference_newcombes():
    """Published: Wilson 65/100 is 0.552544 to 0.736358; Newcombe 56/70 v 48/80 0.0524 to 0.3339."""
    months = {("2021-04", SUSPECT_CHARGED): 65, ("2021-04", NONE_FOUND): 35}
    row = outcomes(held(months)).shares.set_index(["period", "group"]).loc[(str(NOW), CHARGED)]
    assert (row["lower"], row["upper"]) == pytest.approx((0.552544, 0.736358), abs=5e-7)

    both = {
        ("2021-04", SUSPECT_CHARGED): 56,
        ("2021-04", UNABLE): 14,
        ("2020-04", SUSPECT_CHARGED): 48,
        ("2020-04", UNABLE): 32,
    }
    change = outcomes(held(both)).changes.set_index("group").loc[CHARGED]
    assert (change["lower"], change["upper"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_only_months_old_enough_count_and_the_others_are_named():
    cells = every_month({NONE_FOUND: 20}, {NONE_FOUND: 20})
    result = outcomes(held(cells, edition="2022-06"))  # December 2021 is the last six months old
    assert list(result.years["months"]) == [9, 9]
    assert list(result.years["label"]) == ["April to December 2020", "April to December 2021"]
    assert result.left_out == ("January to March 2022: under 6 months old",)
    assert "Sound but not counted: January to March 2022" in result.coverage


def test_the_rule_of_maturity_can_be_made_stricter_and_is_stated():
    cells = every_month({NONE_FOUND: 20}, {NONE_FOUND: 20})
    result = outcomes(held(cells, edition="2022-06"), mature_after=12)
    assert result.years["months"].iloc[-1] == 3
    assert "at least 12 months before the edition" in result.method


def test_a_month_takes_the_age_of_its_youngest_file():
    cells = held({("2021-04", NONE_FOUND): 20})
    younger = cells.table.assign(edition="2021-06", count=1)
    result = outcomes(
        Outcomes(**{**vars(cells), "table": pd.concat([cells.table, younger], ignore_index=True)})
    )
    assert "April 2021: under 6 months old" in result.left_out[0]


@pytest.mark.parametrize("status", [ABSENT, ABNORMAL])
def test_a_month_that_is_not_sound_is_not_counted(status):
    cells = every_month({NONE_FOUND: 20}, {NONE_FOUND: 20})
    result = outcomes(held(cells, status={"2021-07": status}))
    assert list(result.years["months"]) == [11, 11]  # the same calendar months of both years
    assert f"July 2021: {status}" in result.left_out


def test_a_year_that_lacks_a_month_of_this_one_is_not_compared():
    cells = every_month({NONE_FOUND: 20}, {NONE_FOUND: 20})
    result = outcomes(held(cells, status={"2020-07": ABSENT}))
    assert list(result.years["months"]) == [11, 12]
    assert result.changes.empty
    assert result.not_compared.startswith("July 2020 cannot be counted")
    assert set(result.shares["label"]) == {"2021/22"}


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ({NONE_FOUND: 20, UNDER_INVESTIGATION: 6}, "72 of 312 crimes"),
        ({NONE_FOUND: 20, UNAVAILABLE: 6}, "more than 20%"),
        ({NONE_FOUND: 0}, "0 outcomes are known for 2021/22, too few"),
    ],
)
def test_a_mix_is_refused_where_too_much_is_not_known(now, reason):
    result = outcomes(held(every_month(now, {NONE_FOUND: 20})))
    assert reason in result.reason
    assert str(NOW) not in set(result.shares["period"])
    assert result.changes.empty


def test_a_fifth_without_an_outcome_is_still_told():
    result = outcomes(held(every_month({NONE_FOUND: 80, UNAVAILABLE: 20}, {NONE_FOUND: 80})))
    assert result.reason == ""
    assert shares_of(result)[NO_SUSPECT] == 1


def test_months_without_any_outcome_published_say_nothing():
    cells = every_month({None: 20}, {None: 20})
    result = outcomes(held(cells))
    assert result.reason.startswith("no month of 2021/22 is sound and old enough")
    assert result.left_out == ("2021/22: without any outcome published",)


def test_files_of_no_known_edition_are_old_enough_for_nothing():
    result = outcomes(held(every_month({NONE_FOUND: 20}, {NONE_FOUND: 20}), edition=None))
    assert result.left_out == ("2021/22: in files whose edition is not known",)
    assert result.reason


def test_what_cannot_be_had_says_why():
    result = outcomes(held({}, missing="the files hold burglary only"))
    assert result.reason == "the files hold burglary only"


def test_wordings_that_nobody_knows_are_other_and_are_named():
    new = "Diversionary activity undertaken"
    result = outcomes(held(every_month({NONE_FOUND: 10, new: 10}, {NONE_FOUND: 10})))
    assert shares_of(result)[OTHER] == pytest.approx(0.5)
    assert result.unknown_wordings == (new,)


wordings = st.sampled_from([SUSPECT_CHARGED, "Local resolution", UNABLE, NONE_FOUND, "New wording"])
mixes = st.dictionaries(wordings, st.integers(1, 40), min_size=1)


@settings(max_examples=15, deadline=None)
@given(mixes, mixes)
def test_the_shares_of_a_year_add_up_to_one_and_lie_in_their_intervals(now, before):
    result = outcomes(held(every_month(now, before)))
    for _, year in result.shares.groupby("period"):
        assert year["share"].sum() == pytest.approx(1)
        assert set(year["group"]) == set(GROUPS)
        assert (year["lower"] <= year["share"] + 1e-9).all()
        assert (year["share"] <= year["upper"] + 1e-9).all()
    assert result.changes["difference"].sum() == pytest.approx(0, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(mixes, mixes, st.integers(0, 500))
def test_a_month_not_old_enough_never_changes_the_mix(now, before, young):
    cells = every_month(now, before)
    alone = outcomes(held({k: v for k, v in cells.items() if k[0] < "2021-10"}, edition="2022-03"))
    added = {key: value for key, value in cells.items() if key[0] < "2021-10"}
    added |= {("2022-01", SUSPECT_CHARGED): young, ("2022-02", "Under investigation"): 900}
    with_young = outcomes(held(added, edition="2022-03"))
    pd.testing.assert_frame_equal(alone.shares, with_young.shares)


@settings(max_examples=8, deadline=None)
@given(mixes, mixes)
def test_months_may_come_in_any_order(now, before):
    drawn = held(every_month(now, before))
    turned = Outcomes(**{**vars(drawn), "table": drawn.table.iloc[::-1].reset_index(drop=True)})
    pd.testing.assert_frame_equal(outcomes(drawn).shares, outcomes(turned).shares)


@settings(max_examples=8, deadline=None)
@given(mixes, mixes, st.integers(2, 5))
def test_so_many_times_the_crimes_is_the_same_mix_more_narrowly(now, before, times):
    once = outcomes(held(every_month(now, before))).shares
    often = {wording: times * count for wording, count in now.items()}
    more = outcomes(held(every_month(often, before))).shares
    here = once["period"] == str(NOW)
    assert list(more.loc[here, "share"]) == pytest.approx(list(once.loc[here, "share"]))
    widths = [table["upper"] - table["lower"] for table in (more[here], once[here])]
    assert (widths[0] < widths[1]).all()
