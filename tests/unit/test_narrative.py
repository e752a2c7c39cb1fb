"""What the reader is told, in words, and the headline over each exhibit."""

from dataclasses import replace

import pandas as pd
import pytest

from cspnb import narrative, tables
from cspnb.analysis.comparison import Comparison
from cspnb.analysis.findings import findings
from cspnb.analysis.performance import Performance, Standing
from cspnb.measures.definition import Measure, Target
from cspnb.measures.funnel import Overdispersion
from cspnb.measures.proportions import weighted_proportion
from cspnb.narrative.wording import clause, in_sentence, listed, opening
from cspnb.periods import Period
from tests.unit.results_by_hand import (
    BEFORE,
    BURGLARY,
    BURGLARY_CHANGE,
    NO_ASB,
    NOW,
    REPORTING,
    REPORTS,
    SATISFACTION,
    TOTAL_CHANGE,
    burglary_trend,
    change,
    comparison,
    harborough_performance,
    missing_trend,
    not_compared,
    total,
    trend_of,
)


def told(exhibit):
    return " ".join(exhibit.body)


def test_a_clear_rise_is_told_with_both_counts_the_percentage_and_the_test():
    assert told(narrative.change(BURGLARY_CHANGE)) == (
        "Domestic burglary rose from 153 offences in 2012/13 to 253 in 2013/14 (+100, or +65.4%). "
        "This is a clear rise, and for the worse: a difference this large would seldom "
        "come about by chance (p < 0.001). Test: Poisson E-test (monthly variation not allowed "
        "for), at the 5% level."
    )


def test_no_clear_change_is_told_as_what_could_easily_be_chance():
    said = told(narrative.change(TOTAL_CHANGE))
    assert "was 2,773 offences in 2012/13 and 2,778 in 2013/14" in said
    assert "no clear change: a difference of this size could easily be chance (p = 0.95)" in said
    assert "significant" not in said


def test_total_crime_says_wherever_it_is_told_that_it_leaves_out_asb():
    trend = trend_of(TOTAL_CHANGE, [("2012/13", 2773, ""), ("2013/14", 2778, "")])
    for exhibit in (narrative.change(TOTAL_CHANGE), narrative.trend(trend)):
        assert NO_ASB in exhibit.notes
    assert NO_ASB in narrative.performance(harborough_performance()).notes
    assert NO_ASB in narrative.comparison(comparison()).notes


def test_a_caveat_given_twice_is_told_once():
    twice = ("It moves with recording.", "It moves with recording.")
    trend = trend_of(BURGLARY_CHANGE, [("2013/14", 253, "")], caveats=twice)
    assert narrative.trend(trend).caveats == ("Domestic burglary: it moves with recording.",)


def test_more_reports_are_not_of_themselves_good_or_bad_news():
    said = told(narrative.change(change(REPORTS, 59, 90, 0.01, "clear rise")))
    assert said.startswith(
        "Domestic abuse: more reports in 2013/14 than in 2012/13, 90 against 59 (+31, or +52.5%), "
        "which is not of itself good or bad news."
    )
    assert "worse" not in said


def test_a_rise_is_for_the_better_where_more_is_wanted():
    said = told(narrative.change(change(REPORTING, 20, 60, 0.0001, "clear rise")))
    assert "a clear rise, and for the better" in said


def test_no_percentage_is_given_on_a_base_under_ten():
    said = told(narrative.change(change(BURGLARY, 4, 9, 0.2, "no clear change")))
    assert "was 4 offences in 2012/13 and 9 in 2013/14" in said
    assert "(+5; no percentage is given on a base under 10)" in said
    assert "%" not in said.partition("Test:")[0]


def test_one_offence_is_in_the_singular():
    said = told(narrative.change(change(BURGLARY, 1, 3, 0.6, "no clear change")))
    assert "was 1 offence in 2012/13 and 3 in" in said


def test_the_same_count_twice_is_no_change_and_needs_no_test():
    result = change(BURGLARY, 0, 0, 1.0, "no clear change")
    assert told(narrative.change(result)) == (
        "Domestic burglary stood at 0 offences in 2013/14, the same as in 2012/13."
    )
    assert narrative.change(result).title == "No change in domestic burglary: 0 in both periods"


def test_what_is_not_compared_says_what_is_held_and_why():
    now = total(2105, reason="August 2013 absent")
    reason = "2013/14 is incomplete (August 2013 absent)"
    result = not_compared(BURGLARY, now, total(153, BEFORE), reason)
    assert told(narrative.change(result)) == (
        "Domestic burglary: 2,105 offences in the part of 2013/14 that is held. No change since "
        "2012/13 is given: 2013/14 is incomplete (August 2013 absent)."
    )
    fact = narrative.change(result).facts[0]
    assert (fact.name, fact.value, str(fact)) == (
        "domestic_burglary.now",
        2105,
        "2,105 (incomplete)",
    )


@pytest.mark.parametrize(
    ("result", "headline"),
    [
        (BURGLARY_CHANGE, "Domestic burglary rose clearly, from 153 to 253"),
        (TOTAL_CHANGE, "No clear change in total crime: 2,773, then 2,778"),
        (
            not_compared(BURGLARY, total(9, reason="May 2013 absent"), total(8, BEFORE), "x"),
            "Domestic burglary: 2013/14 is incomplete, so it is not compared",
        ),
        (
            not_compared(BURGLARY, total(None, reason="x"), total(8, BEFORE), "x"),
            "Domestic burglary: no figure for 2013/14",
        ),
    ],
)
def test_a_headline_is_the_verdict_in_about_ten_words(result, headline):
    assert narrative.change(result).title == headline


def test_the_range_of_years_leaves_out_those_that_are_not_whole():
    said = narrative.trend(burglary_trend()).body
    assert said[1] == (
        "Of the 3 complete periods shown, the highest was 253 in 2013/14 and the lowest was 153 "
        "in 2012/13."
    )
    assert said[2] == "2011/12 is incomplete: June to September 2011 absent."


@pytest.mark.parametrize(
    ("periods", "span"),
    [
        (("2012/13", "2013/14"), "2012/13 to 2013/14"),
        (("2012/13-Q3", "2013/14-Q3"), "October to December of each year, 2012 to 2013"),
        (("2013-03", "2014-03"), "March of each year, 2013 to 2014"),
    ],
)
def test_part_years_are_named_by_their_months_once(periods, span):
    trend = trend_of(BURGLARY_CHANGE, [(period, 9, "") for period in periods])
    trend = replace(trend, period=Period.parse(periods[-1]))
    assert narrative.trend(trend).subtitle == f"Domestic burglary, Harborough, {span}, offences"


def test_a_measure_that_cannot_be_had_says_what_and_why():
    exhibit = narrative.trend(missing_trend())
    assert exhibit.body == (
        "User satisfaction cannot be shown for Harborough: no figure has been supplied by a "
        "partner.",
    )
    assert exhibit.facts == ()


def test_several_measures_are_counted_by_verdict_then_named():
    rows = [("2012/13", 153, ""), ("2013/14", 253, "")]
    quiet = change(Measure("robbery", "Robbery"), 40, 41, 0.9, "no clear change")
    trends = [trend_of(BURGLARY_CHANGE, rows), trend_of(quiet, rows), missing_trend()]
    said = narrative.trends(trends).body
    assert said[0] == (
        "In 2013/14, against 2012/13: of 2 measures, 1 rose clearly and 1 showed no clear change."
    )
    assert said[1] == "Clear rise: domestic burglary (153 to 253, +65.4%)."
    assert said[2] == "No clear change: robbery (40 to 41, +2.5%)."
    assert said[3].startswith("User satisfaction cannot be shown")


def test_a_comparison_names_rate_group_rank_and_limits():
    exhibit = narrative.comparison(comparison())
    assert exhibit.body[0] == (
        "Total crime in Harborough stood at 32.5 per 1,000 residents in 2013/14: 2,778 offences "
        "among 85,400 residents (95% interval 31.3 to 33.8). Among the ONS statistical "
        "neighbours the average of 4 areas is 41.9, and Harborough has the 2nd lowest rate."
    )
    assert exhibit.body[1].startswith(
        "That is below the average by more than chance, which is better: at a population of its "
        "size, chance alone would leave 95 areas in 100 between 40.6 and 43.3."
    )
    assert exhibit.body[2] == "Left out: Melton (May 2013 absent)."
    assert exhibit.source == (
        "the ONS statistical neighbours: ONS, nearest neighbours, 2018; residents, mid-2013"
    )
    stands = "Harborough is below the average of the ONS statistical neighbours"
    assert exhibit.title == f"Total crime: {stands}"


def test_areas_left_out_for_one_reason_are_told_together():
    gone = [
        ("Melton", "no file is held"),
        ("Blaby", "May 2013 absent"),
        ("Oadby", "no file is held"),
    ]
    result = comparison(left_out=pd.DataFrame(gone, columns=["area_name", "reason"]))
    assert narrative.comparison(result).body[2] == (
        "Left out: Melton and Oadby (no file is held); Blaby (May 2013 absent)."
    )
    assert result.coverage == (
        "4 of 7 areas have a rate; none for Melton, Oadby (no file is held); Blaby (May 2013 "
        "absent)."
    )


def test_an_area_in_line_with_its_group_could_be_so_by_chance():
    said = narrative.comparison(comparison("in line")).body[1]
    assert said.startswith("The difference from the average could easily be chance")


def spread_comparison(verdict):
    return comparison(verdict, overdispersion=Overdispersion(12.3, 0.04, 11))


def test_an_area_within_what_its_peers_usually_differ_by_is_told_so():
    assert narrative.comparison(spread_comparison("in line")).body[1] == (
        "The difference from the average is no more than such areas usually differ: at a "
        "population of its size, chance and their usual differences would leave about nine "
        "areas in ten between 40.6 and 43.3."
    )


def test_an_area_beyond_what_its_peers_usually_differ_by_is_told_so():
    said = narrative.comparison(spread_comparison("below")).body[1]
    assert said.startswith(
        "That is below the average by more than such areas usually differ, which is better: "
    )


def test_a_comparison_carries_its_method_source_and_coverage():
    result = comparison(method="Means and limits.")
    exhibit = narrative.comparison(result)
    assert (exhibit.method, exhibit.source) == ("Means and limits.", result.source)
    assert (
        exhibit.coverage
        == result.coverage
        == ("4 of 5 areas have a rate; none for Melton (May 2013 absent).")
    )


def test_a_change_and_a_trend_say_which_periods_are_whole():
    assert narrative.change(BURGLARY_CHANGE).coverage == "Both periods are complete."
    assert burglary_trend().coverage == (
        "3 of 4 periods are complete; 2011/12 is incomplete (June to September 2011 absent)."
    )
    assert burglary_trend().source == "Harborough CSP annual review"
    assert missing_trend().reason == "no figure has been supplied by a partner"


@pytest.mark.parametrize(
    ("weighting", "said"),
    [
        ("unweighted", "71% of 80 answers, which are few, which chance alone would put between 60% "
         "and 80%; target 70%"),
        ("age and sex", "71% of 80 answers, which are few, which chance alone would put between "
         "60% and 80%, or somewhat wider, since the answers are weighted; target 70%"),
    ],
)  # fmt: skip
def test_a_percentage_is_told_with_its_base_and_what_chance_would_make_of_it(weighting, said):
    """71% of 80: Wilson's interval is 60.3% to 79.8%."""
    share = weighted_proportion(71, 80, weighting=weighting)
    standing = Standing(
        SATISFACTION, Target("level", 70), "met", level=71.0, base=80.0, share=share, gap=1.0
    )
    result = Performance("Harborough", NOW, (standing,))
    assert said in narrative.performance(result).body[1]
    assert "weights" in result.method
    numbers = tables.performance(result).data.iloc[0]
    assert (numbers["Lower"], numbers["Upper"]) == pytest.approx((60.3, 79.8), abs=0.05)
    assert (numbers["Weighting"] == weighting) == share.is_approximate


def test_a_comparison_that_cannot_be_made_says_why():
    held = comparison()
    empty = held.rates.iloc[:0]
    lacking = Comparison(
        held.group, empty, held.left_out, None, None, None, None, "not compared", "no population"
    )
    assert narrative.comparison(lacking).body == (
        "Total crime in Harborough is not compared with the ONS statistical neighbours for "
        "2013/14: no population.",
    )


def test_targets_are_tallied_then_each_told_with_its_gap():
    said = narrative.performance(harborough_performance()).body
    assert said[0] == (
        "Of 5 measures with a target in Harborough for 2013/14, 2 met it and 3 missed it."
    )
    assert "theft from motor vehicles (335 to 284, −15.2%; target −14%" in said[1]
    assert "that is at most 288; 4 fewer than needed)" in said[1]
    assert "user satisfaction (88%; target 85%; 3 percentage points over)" in said[1]
    assert "that is at most 133; 120 too many)" in said[2]
    assert said[3] == "Without a target: commercial burglary (107 to 106, −0.9%)."
    assert said[4] == (
        "More than chance would explain: domestic burglary (clear rise) and theft from motor "
        "vehicles (clear fall)."
    )


def test_a_target_that_cannot_be_judged_says_why_and_is_not_called_missed():
    unknown = Standing(SATISFACTION, Target("level", 85), "not known", reason="no figure is held")
    exhibit = narrative.performance(Performance("Harborough", NOW, (unknown,)))
    assert "Not known for user satisfaction: no figure is held." in exhibit.body
    assert exhibit.title == "No target can be judged for 2013/14"


def test_the_headline_findings_are_three_to_six_short_paragraphs():
    found = findings(harborough_performance(), [comparison()], [missing_trend()])
    said = narrative.findings(found).body
    assert said == (
        "Total crime was 2,773 offences in 2012/13 and 2,778 in 2013/14 (+5, or +0.2%). "
        "This is no clear change: a difference of this size could easily be chance "
        "(p = 0.95).",
        "Of 5 targets, 2 met, 3 missed. Missed by most: domestic burglary (120 too many), theft "
        "of motor vehicles (20 too many) and total crime (144 too many).",
        "Rose by more than chance: domestic burglary (153 to 253, +65.4%, for the worse).",
        "Fell by more than chance: theft from motor vehicles (335 to 284, −15.2%, for the better).",
        "Compared with the ONS statistical neighbours, Harborough stands below the average for "
        "total crime (32.5 against 41.9 per 1,000 residents).",
        "Not known, for reasons given where each is shown: user satisfaction.",
    )


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Domestic burglary", "domestic burglary"), ("ASB reported", "ASB reported")],
)
def test_a_label_inside_a_sentence_keeps_its_initials(label, inside):
    assert in_sentence(label) == inside


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, x", "b", "c"], "a, x; b; and c"),
    ],
)
def test_a_list_reads_as_a_list(items, text):
    assert listed(items) == text


def test_figures_of_two_sources_side_by_side_are_told():
    clear = change(BURGLARY, 400, 60, 0.0001, "clear fall")
    mixed = replace(clear, before=replace(clear.before, sources=("Leicestershire Police",)))

    assert any("from Leicestershire Police" in note for note in narrative.change(mixed).notes)
    assert narrative.change(clear).notes == ()


@pytest.mark.parametrize(
    ("said", "inside"),
    [
        ("No source held has it.", "no source held has it"),
        ("The file of May 2013 is absent", "the file of May 2013 is absent"),
        ("Harborough has no outline.", "Harborough has no outline"),
        ("May 2013 absent", "May 2013 absent"),
        ("LSOAs are not held", "LSOAs are not held"),
    ],
)
def test_a_sentence_inside_another_has_a_capital_only_where_it_opens_with_a_name(said, inside):
    assert clause(said) == inside


def test_of_labels_that_open_a_sentence_the_first_alone_keeps_its_capital():
    labels = ["Burglary", "Criminal damage and arson", "ASB"]
    assert opening(labels) == "Burglary, criminal damage and arson and ASB"
    assert opening(labels[:1]) == "Burglary"
