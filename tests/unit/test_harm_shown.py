"""Harm told, drawn and tabulated: volume beside harm, and every caution that belongs to it."""

import dataclasses
import re
import xml.etree.ElementTree as ET

import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.charts.drawing import colours
from cspnb.measures.dispersion import Dispersion
from tests.spec.test_harm import EARLY_2021, FORCE_MIX, MIXED, WORKED, counts, index
from tests.unit.test_charts import contrast_with_white, shapes_filled, words


def worked(before=None, **changed):
    return analysis.harm(counts(WORKED, before, **changed), index(EARLY_2021))


def approximate():
    drawn = {"Burglary": 20, "Shoplifting": 300}
    return analysis.harm(counts(drawn, drawn, composition=FORCE_MIX), index(MIXED))


def test_the_title_is_the_group_whose_harm_is_furthest_above_its_volume():
    assert charts.harm(worked()).title == "Sexual offences: 1% of offences, 33% of harm"


def test_the_subtitle_names_the_weights_and_their_edition():
    assert charts.harm(worked()).subtitle == (
        "Volume and harm of recorded crime, Leicestershire, 2017/18, per cent of offences and of "
        "harm by ONS Crime Severity Score, edition “early 2021”"
    )


def test_the_statement_tells_the_score_what_makes_it_up_and_what_one_offence_moves():
    stands, made_of, one = narrative.harm(worked()).body
    assert stands.startswith(
        "In 2017/18 811 offences were recorded in Leicestershire, which by ONS Crime Severity "
        "Score (edition “early 2021”) weigh 90,405 points: a Crime Severity Score of 1.81 a "
        "resident (95% interval "
    )
    assert stands.endswith(
        "No change since 2016/17 is given: no offences of 2016/17 are held by code."
    )
    assert made_of == (
        "Most of the harm: theft offences, 62% of offences and 57% of harm; sexual offences, 1% of "
        "offences and 33% of harm. Many offences and less harm: criminal damage and arson, 37% of "
        "offences and 2% of harm."
    )
    assert one == (
        "The gravest offence recorded was “offence 1/4.1/4.10/4.2”: 1, at 7,973 points each, 9% of "
        "the harm. One more or fewer moves the score by 0.16; without it the score would be 1.65."
    )


def test_a_change_is_told_with_both_scores_both_counts_and_its_test():
    less = {"1/4.1/4.10/4.2": 1, "19C": 10, "28E": 60, "46": 500, "58C": 300}
    said = narrative.harm(worked(less)).body[0]
    assert "The score was 1.46 in 2016/17 and 1.81 in 2017/18 (+23.9%)" in said
    assert "the number of offences went from 871 to 811 (−6.9%)" in said
    assert re.search(r"Of the score this is (a clear rise|no clear change): .*\(p = 0\.\d+", said)


def test_a_change_says_what_its_test_allows_for_and_is_clear_only_where_it_does():
    fewer = {"46": 250, "28E": 60}
    for spread, told in (
        (Dispersion(1.5, 11), "months vary 1.5 times as much as chance gives"),
        (None, "this is a rise larger than the chance of counting alone would often bring"),
    ):
        found = analysis.harm(
            counts({"46": 250, "28E": 130}, fewer, dispersion=spread), index(EARLY_2021)
        )
        said = narrative.harm(found).body[0]
        assert told in said
        assert ("a clear rise" in said) == (spread is not None)


def test_no_cause_is_claimed_and_nothing_is_called_significant():
    text = " ".join(narrative.harm(worked(WORKED)).body)
    assert not re.search(r"significan|because|due to|caused|led to", text)


def test_offences_without_a_weight_are_in_full_view():
    result = analysis.harm(counts(WORKED | {"54": 40}), index(EARLY_2021))
    for room in (narrative, charts, tables):
        assert (
            "40 of 851 offences (4.7%) are of code 54, for which the index has no weight: left out "
            "of every share and of the harm."
        ) in room.harm(result).notes


def test_an_approximation_says_so_in_title_subtitle_words_notes_and_method():
    for room in (narrative, charts, tables):
        exhibit = room.harm(approximate())
        assert "about " in exhibit.title
        assert exhibit.subtitle.endswith(", approximate")
        assert exhibit.notes[0 if room is not tables else 2].startswith("Approximate: ")
        assert "approximates" in exhibit.method
    body = " ".join(narrative.harm(approximate()).body)
    assert "weigh about 12,200 points: a Crime Severity Score of about 0.24 a resident." in body
    assert "No change since 2016/17 is given: both years are weighed by one mix" in body
    assert "gravest offence" not in body
    assert any(word.startswith("about") for word in words(charts.harm(approximate())))


def test_the_cautions_say_that_weights_recording_and_single_cases_matter():
    cautions = " ".join(charts.harm(worked()).caveats)
    for said in ("sentenced", "recording", "one case", "Residents: residents, mid-2017"):
        assert said in cautions


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: worked(missing="no source has every offence by code"), "no source has every"),
        (
            lambda: analysis.harm(counts(WORKED), index({}, missing="no weights are held")),
            "no weights are held",
        ),
        (lambda: worked(reason="2017/18 is incomplete (May 2017 absent)"), "May 2017 absent"),
    ],
)
def test_what_cannot_be_judged_is_a_sentence_in_all_three(made, said):
    for room in (narrative, charts, tables):
        exhibit = room.harm(made())
        assert exhibit.kind == "statement"
        assert exhibit.body[0].startswith("The harm of recorded crime in Leicestershire cannot be")
        assert said in exhibit.body[0]


def test_without_residents_the_shares_are_told_and_no_score():
    result = worked(population=None)
    assert "no count of residents is held to divide by" in narrative.harm(result).body[0]
    assert "One more or fewer" not in narrative.harm(result).body[2]
    assert charts.harm(result).kind == "figure"


def test_each_group_has_two_bars_each_with_its_words():
    exhibit = charts.harm(worked())
    drawn = words(exhibit)
    assert {"Sexual offences", "1% of offences", "33% of harm"} <= set(drawn)
    assert "under 1% of offences" in drawn  # one homicide
    assert shapes_filled(exhibit, colours()["dark_blue"]) == 4
    assert shapes_filled(exhibit, colours()["orange"]) == 4
    assert all(contrast_with_white(colours()[ink]) >= 3 for ink in ("dark_blue", "orange"))
    styles = [t.get("style", "") for t in ET.fromstring(exhibit.body).iter() if t.text]
    inks = {ink for style in styles for ink in re.findall(r"fill: (#\w{6})", style)}
    assert all(contrast_with_white(ink) >= 4.5 for ink in inks)


def test_groups_beyond_what_there_is_room_for_are_named():
    many = {f"X{i:02}": 10 * i for i in range(1, 14)}
    result = analysis.harm(counts(many), index(dict.fromkeys(many, 1.0)))
    assert (
        charts.harm(result).notes[0]
        == "Too small to draw, and in the table: X04, X03, X02 and X01."
    )
    assert len(tables.harm(result).body.rows) == 14


def test_the_alternative_says_kind_both_shares_and_message():
    said = charts.harm(worked()).alternative
    assert said.startswith("Paired bar chart of Volume and harm of recorded crime, Leicestershire")
    assert "Theft offences: 62% of offences, 57% of harm; Sexual offences: 1% of offences" in said
    assert said.endswith("Sexual offences: 1% of offences, 33% of harm.")


def test_the_table_has_volume_harm_and_what_an_offence_weighs():
    exhibit = tables.harm(worked(WORKED))
    rows = {row[0]: row[1:] for row in exhibit.body.rows}
    assert rows["Theft offences"] == ("500", "61.7%", "51,282", "56.7%", "102.6")
    assert rows["All with a weight"] == ("811", "100%", "90,405", "100%", "111.5")
    assert exhibit.notes[1].startswith("Crime Severity Score in 2017/18: 1.81 a resident (95%")
    assert set(exhibit.data["Code"]) == set(WORKED)


def test_facts_are_named_after_the_measure():
    facts = {fact.name: str(fact) for fact in narrative.harm(worked(WORKED)).facts}
    assert facts == {
        "total_crime.harm_score": "1.81",
        "total_crime.harm_change_pct": "0.0%",
        "total_crime.harm_most_pct": "33%",
    }


def test_a_chart_is_the_same_bytes_every_time():
    assert charts.harm(worked()).to_html() == charts.harm(worked()).to_html()


def test_an_inline_figure_of_an_approximation_says_about():
    facts = {fact.name: str(fact) for fact in narrative.harm(approximate()).facts}
    assert facts["total_crime.harm_score"] == "about 0.24"
    assert facts["total_crime.harm_change_pct"] == "–"


def test_the_coverage_says_which_years_are_whole_and_what_others_lack():
    made = counts(WORKED, WORKED)
    years = made.years.assign(
        complete=[False, True], reason=["2016/17 is incomplete (May 2016 absent)", ""]
    )
    result = analysis.harm(dataclasses.replace(made, years=years), index(EARLY_2021))
    assert result.coverage == "Complete: 2017/18. 2016/17 is incomplete (May 2016 absent)."
    assert (
        "No change since 2016/17 is given: 2016/17 is incomplete"
        in (narrative.harm(result).body[0])
    )
