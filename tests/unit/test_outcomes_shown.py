"""Outcomes told, drawn and tabulated: one message, and each share where a reader looks for it."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.charts.drawing import colours
from cspnb.charts.outcomes import _apart
from cspnb.measures.definition import Measure
from cspnb.measures.months import ABSENT, SOUND
from cspnb.measures.outcomes import Outcomes
from cspnb.periods import Period
from tests.unit.test_charts import contrast_with_white, words

NOW = Period.parse("2021/22")
SPAN = Period(NOW.earlier().start, NOW.end)
CHARGED, UNABLE = "Suspect charged", "Unable to prosecute suspect"
NONE_FOUND, OPEN = "Investigation complete; no suspect identified", "Under investigation"


def result(now, before, *, edition="2022-10", absent=(), opened=(), missing=""):
    """The mix of outcomes drawn as {wording: so many a month}; one more is open in `opened`."""
    edition_of = edition if callable(edition) else lambda month: edition
    rows = [
        (str(month), edition_of(month), wording, count)
        for month in SPAN.months
        for wording, count in (now if month in NOW else before).items()
    ]
    rows += [(month, "2022-10", OPEN, 1) for month in opened]
    months = pd.DataFrame({"month": [str(month) for month in SPAN.months]}, dtype="str")
    status = [ABSENT if month in absent else SOUND for month in months["month"]]
    held = Outcomes(
        measure=Measure("burglary", "Burglary", said_always=("Burglary is always so.",)),
        area="Melton",
        period=NOW,
        span=SPAN,
        table=pd.DataFrame(rows, columns=["month", "edition", "outcome", "count"]),
        months=months.assign(status=status, reason=""),
        source="data.police.uk",
        dated_by="Files are dated by their archive.",
        missing=missing,
    )
    return analysis.outcomes(held)


def clear(**how):
    """1,200 outcomes, 80% charged, against 1,200 of which half were."""
    return result({CHARGED: 80, UNABLE: 20, OPEN: 5}, {CHARGED: 50, UNABLE: 50}, **how)


def test_what_is_some_is_never_none_and_what_is_most_is_never_all():
    """By hand: 12 of 24,012 is 0.05%, under what one place can show; 24,000 of it is 99.95%."""
    passed_on = "Further action is not in the public interest"
    rare = result({UNABLE: 2000, passed_on: 1}, {UNABLE: 2000})
    first = narrative.outcomes(rare).body[0]
    assert "in over 99.9%; " in first
    assert first.endswith("passed on in under 0.1%.")
    assert "over 99% of outcomes" in narrative.outcomes(rare).title
    drawn = [word for word in words(charts.outcomes(rare)) if word.endswith("%")]
    assert drawn == ["100%"]  # the year before has none passed on, and no label for it


def test_a_group_that_only_the_year_before_has_is_still_named():
    drawn = " ".join(words(charts.outcomes(result({UNABLE: 20}, {UNABLE: 10, CHARGED: 10}))))
    assert "0% charged or taken to court" in drawn


def test_years_seen_at_one_age_need_no_allowance_for_it():
    """Each year from the edition a year after its end: the crimes have had equally long."""

    def edition(month):
        return "2022-10" if month in NOW else "2021-10"

    same = clear(edition=edition)
    told = narrative.outcomes(same)
    assert same.older_by == 0
    assert clear().older_by == 12
    assert "longer" not in told.body[1]
    assert not any("longer" in caution for caution in told.caveats)
    assert any("had longer" in caution for caution in narrative.outcomes(clear()).caveats)


def test_one_crime_without_an_outcome_is_counted_as_one():
    rows = {CHARGED: 20, UNABLE: 3}
    made = result(rows, rows, opened=("2021-06",))
    [note] = [note for note in narrative.outcomes(made).notes if "no part" in note]
    assert note.startswith("2021/22: 1 of 277 offences (0.4%) has no outcome and is no part")


def test_the_title_is_the_largest_share_and_the_subtitle_says_of_what():
    exhibit = charts.outcomes(clear())
    assert exhibit.title == "Burglary: 80% of outcomes were “charged or taken to court”"
    assert exhibit.subtitle == (
        "Outcomes of burglary, Melton, 2020/21 and 2021/22, per cent of outcomes known"
    )


def test_the_statement_says_the_base_the_mix_and_what_is_more_than_chance():
    first, second = narrative.outcomes(clear()).body
    assert first == (
        "Burglary, Melton: of 1,260 offences in 2021/22, 1,200 have an outcome. Of these: charged "
        "or taken to court in 80.0%; suspect known, not prosecuted in 20.0%."
    )
    assert second.startswith(
        "Against 2020/21, more than chance would easily bring about (95% Newcombe intervals, each "
        "share on its own), some of it perhaps because the earlier crimes have had a year longer: "
        "“charged or taken to court” from 50.0% to 80.0%, up 30 percentage points "
        "(between 26.3 and 33.6)"
    )
    assert (
        "“suspect known, not prosecuted” from 50.0% to 20.0%, down 30 percentage points" in second
    )


def test_no_cause_is_claimed_and_nothing_is_called_significant():
    text = " ".join(narrative.outcomes(clear()).body)
    assert not re.search(r"significan|(?<!perhaps )because|due to|caused|led to", text)


def test_where_nothing_is_clear_it_says_so():
    told = narrative.outcomes(result({CHARGED: 5, UNABLE: 5}, {CHARGED: 5, UNABLE: 5}))
    assert told.body[1].startswith("No share differs from 2020/21 by more than chance")


def test_a_small_base_is_flagged_and_has_whole_percentages():
    told = narrative.outcomes(result({CHARGED: 1, UNABLE: 2}, {CHARGED: 1, UNABLE: 2}))
    assert "36 have an outcome: few, so the shares are in whole per cent." in told.body[0]
    assert "in 33%" in told.body[0]


def test_crimes_without_an_outcome_are_in_full_view():
    for shown in (narrative, charts, tables):
        exhibit = shown.outcomes(clear())
        assert any(
            note.startswith("2021/22: 60 of 1,260 offences (4.8%) have no outcome")
            for note in exhibit.notes
        )
        assert "Burglary is always so." in exhibit.notes


def test_part_of_a_year_is_named_by_its_months_everywhere():
    part = result({CHARGED: 80}, {CHARGED: 50, UNABLE: 50}, edition="2022-02")
    assert "April to August 2020 and April to August 2021" in charts.outcomes(part).subtitle
    assert {"Apr–Aug", "2020", "2021", "of 500", "of 400"} <= set(words(charts.outcomes(part)))
    assert "April to August 2021 number" in tables.outcomes(part).body.columns
    assert any(note.startswith("Months not counted: September") for note in
               narrative.outcomes(part).notes)  # fmt: skip


def test_a_wording_that_is_not_known_is_named():
    new = "Diverted to a course"
    told = narrative.outcomes(result({CHARGED: 80, new: 20}, {CHARGED: 80}))
    assert "Counted as “other, as published”: “Diverted to a course”." in told.notes


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: result({}, {}, missing="the files hold robbery only"), "the files hold robbery"),
        (lambda: result({CHARGED: 3, OPEN: 9}, {CHARGED: 3}), "108 of 144 crimes of 2021/22"),
        (lambda: result({CHARGED: 9}, {CHARGED: 9}, edition="2021-05"), "no month of 2021/22"),
    ],
)
def test_what_cannot_be_judged_is_a_sentence_in_all_three(made, said):
    for shown in (narrative, charts, tables):
        exhibit = shown.outcomes(made())
        assert exhibit.kind == "statement"
        assert said in exhibit.body[0]
        assert exhibit.body[0].startswith("Outcomes of burglary in Melton cannot be told")


def test_a_year_that_is_not_compared_is_drawn_alone_and_says_why():
    alone = result({CHARGED: 80, UNABLE: 20}, {OPEN: 50})
    assert narrative.outcomes(alone).body[1].startswith("Not compared with 2020/21: 600 of 600")
    assert "2020/21" not in words(charts.outcomes(alone))
    assert tables.outcomes(alone).body.columns == (
        "Outcome", "2021/22 number", "2021/22 share (95% interval)",
    )  # fmt: skip


def test_a_year_that_lacks_months_is_named_whole_and_its_months_keep_their_capitals():
    part = result({CHARGED: 80}, {CHARGED: 50}, absent=("2020-07",))
    assert narrative.outcomes(part).body[1] == (
        "Not compared with 2020/21: July 2020 cannot be counted, and the same months are counted "
        "in 2021/22."
    )
    assert "2020/21" not in charts.outcomes(part).subtitle


def test_the_chart_names_every_slice_beside_it_in_dark_words():
    exhibit = charts.outcomes(clear())
    drawn = " ".join(words(exhibit))
    assert "80.0% charged or taken to court" in drawn
    assert {"50.0%", "of 1,200"} <= set(words(exhibit))
    styles = [t.get("style", "") for t in ET.fromstring(exhibit.body).iter() if t.text]
    inks = {ink for style in styles for ink in re.findall(r"fill: (#\w{6})", style)}
    assert all(contrast_with_white(ink) >= 4.5 for ink in inks)


def test_slices_are_dark_enough_and_at_most_four_have_a_colour():
    wordings = [CHARGED, UNABLE, NONE_FOUND, "Local resolution", "New wording"]
    wordings += ["Further action is not in the public interest"]
    each = {wording: 10 for wording in wordings}
    body = charts.outcomes(result(each, each)).body
    names = ("dark_blue", "turquoise", "dark_pink", "orange")
    filled = {colours()[name] for name in names}
    assert all(contrast_with_white(ink) >= 3 for ink in filled)
    used = {ink.upper() for ink in re.findall(r"fill: (#\w{6})", body)}
    assert used <= filled | {colours()["paper"], colours()["dark_grey"]}


def slices(exhibit, ink):
    """Top and bottom of each shape of a colour, in the sheet's units from the top."""
    found = []
    for path in ET.fromstring(exhibit.body).iter("{http://www.w3.org/2000/svg}path"):
        if f"fill: {colours()[ink].lower()}" in path.get("style", ""):
            heights = [float(y) for y in re.findall(r"[ML] \S+ (\S+)", path.get("d"))]
            found.append((min(heights), max(heights)))
    return found


def test_slices_stand_on_one_another_from_the_top_and_are_as_high_as_their_shares():
    exhibit = charts.outcomes(clear())
    charged, unable = slices(exhibit, "dark_blue"), slices(exhibit, "dark_pink")
    whole = unable[1][1] - charged[1][0]
    assert [top for top, _ in charged] == pytest.approx([charged[0][0]] * 2)
    assert [bottom for _, bottom in charged] == pytest.approx([top for top, _ in unable])
    shares = [(bottom - top) / whole for top, bottom in (*charged, *unable)]
    assert shares == pytest.approx([0.5, 0.8, 0.5, 0.2], abs=1e-3)


def test_the_alternative_says_kind_shares_of_both_years_and_message():
    assert charts.outcomes(clear()).alternative == (
        "Stacked column chart of Outcomes of burglary, Melton, 2020/21 and 2021/22, per cent of "
        "outcomes known. 2020/21: 50.0% charged or taken to court; 50.0% suspect known, not "
        "prosecuted. 2021/22: 80.0% charged or taken to court; 20.0% suspect known, not "
        "prosecuted. "
        "Burglary: 80% of outcomes were “charged or taken to court”."
    )


def test_the_table_has_numbers_shares_intervals_points_and_the_crimes_without():
    grid = tables.outcomes(clear()).body
    rows = {row[0]: row[1:] for row in grid.rows}
    assert rows["Charged or taken to court"] == (
        "600", "50.0% (47.2% to 52.8%)", "960", "80.0% (77.6% to 82.2%)", "+30.0",
        "yes: clear rise",
    )  # fmt: skip
    assert rows["None yet: under investigation"][:4] == ("0", "–", "60", "–")
    assert rows["All offences"][2] == "1,260"


def test_the_data_behind_the_chart_are_the_shares_with_their_limits():
    data = charts.outcomes(clear()).data.set_index(["Period", "Outcome"])
    row = data.loc[("2021/22", "Charged or taken to court")]
    assert (row["Number"], row["Outcomes known"]) == (960, 1200)
    assert row["Share (%)"] == pytest.approx(80)


def test_facts_are_named_after_the_measure():
    facts = {fact.name: str(fact) for fact in narrative.outcomes(clear()).facts}
    assert facts["burglary.charged_pct"] == "80.0%"
    assert facts["burglary.outcomes_known"] == "1,200"


def test_a_chart_is_the_same_bytes_every_time():
    assert charts.outcomes(clear()).to_html() == charts.outcomes(clear()).to_html()


def test_labels_keep_apart_and_on_the_sheet():
    places = _apart([0.99, 0.98, 0.97, 0.5], [0.1, 0.1, 0.1, 0.1])
    gaps = [above - below for above, below in zip(places, places[1:], strict=False)]
    assert all(gap >= 0.1 - 1e-9 for gap in gaps)
    low = _apart([0.03, 0.02, 0.01], [0.1, 0.1, 0.1])
    assert min(low) >= 0.03 - 1e-9
    assert low == sorted(low, reverse=True)
