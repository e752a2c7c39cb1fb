"""Impact, priorities, residents and the scan as they are told, drawn and tabulated."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.analysis.concerns import Concern, Question
from cspnb.analysis.priority_matrix import Issue, Issues
from cspnb.analysis.scan import SMALL_AREAS
from cspnb.charts.drawing import colours
from cspnb.measures.definition import Break, Measure
from cspnb.measures.intervention import COMPARISON, RING, TREATED
from cspnb.measures.months import ABSENT
from cspnb.measures.priority_matrix import Criterion, Scheme
from cspnb.narrative.effects import EASILY, NO_CAUSE, REGRESSION
from cspnb.narrative.rankings import JUDGEMENTS
from cspnb.narrative.residents import NOT_ALIKE
from cspnb.periods import Month, Period
from tests.spec.test_concerns import recorded, shares
from tests.spec.test_impact import FOUR, done
from tests.spec.test_scan import changed, counts_of, published

SVG = "{http://www.w3.org/2000/svg}"
YEAR = Period.parse("2013/14")
SCHEME = Scheme(
    "Impact by likelihood",
    (
        Criterion("impact", "Impact", "impact", 1, 4),
        Criterion("likelihood", "Likelihood", "likelihood", 1, 4),
    ),
    note="the points are judgements",
)


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def column(table, name):
    place = table.body.columns.index(name)
    return [row[place] for row in table.body.rows]


def gates(**how):
    return analysis.impact(done(FOUR, **how))


def matrix(*issues):
    issues = issues or (
        Issue("Domestic abuse", {"impact": 4, "likelihood": 4}, ("Domestic abuse",), "lead"),
        Issue("Burglary", {"impact": 3, "likelihood": 2}, ("Burglary",), "analyst"),
        Issue("Litter", {"impact": 2, "likelihood": 3}),
        Issue("Hate crime", {"impact": 3}),
    )
    return analysis.priority_matrix(
        Issues("Anytown", YEAR, SCHEME, issues, "the partnership", ("Scored in haste",))
    )


def asked():
    waves = {"A": (70, 60), "B": (60, 40), "C": (20, 20)}
    counts = {"A": 10, "B": 200, "C": 3000}
    concerns = [
        Concern(
            f"Answer {name}",
            shares(f"Answer {name}", ("2012/13", then, 500), ("2013/14", now, 500)),
            recorded(f"Measure {name}", counts[name]),
        )
        for name, (then, now) in waves.items()
    ]
    dogs = Concern("Loose dogs", shares("Loose dogs", ("2013/14", 5, 500)))
    return analysis.concerns(Question("Anytown", YEAR, "What first?", (*concerns, dogs)))


def test_an_impact_is_told_with_both_counts_and_what_the_comparison_suggests():
    told = narrative.impact(gates())
    assert told.title == "Alley gates: 113 fewer than the comparison suggests"
    assert told.body[0] == (
        "Gates were put up in back alleys. It began in April 2013 in 1 LSOA of Anytown."
    )
    assert told.body[1] == (
        "Burglary in the treated area went from 207 offences in 2012/13 to 110 in 2013/14. Had it "
        "changed as its comparison did (308 to 318), there would have been about 214."
    )
    assert told.body[3].startswith(
        "Taken together, that is 113 offences fewer than the comparison suggests (95% interval: "
        "41 to 185 fewer). Fewer than the comparison suggests: a difference this large would "
        "seldom come about by chance."
    )
    assert told.notes[:2] == (NO_CAUSE, REGRESSION)
    assert {fact.name: fact.text for fact in told.facts}["burglary.impact"] == "−113"


def test_no_sentence_of_an_impact_names_a_cause():
    told = " ".join((*narrative.impact(gates()).body, *narrative.impact(gates()).notes)).lower()
    for causal in ("because", "caused", "due to", "thanks to", "led to", "effect", "worked"):
        assert causal not in told


def test_no_clear_difference_is_told_as_such():
    result = analysis.impact(done({TREATED: (100, 95), COMPARISON: (100, 100)}))
    told = narrative.impact(result)
    assert told.title == "Alley gates: no clear difference from the comparison"
    assert "5 offences fewer than the comparison suggests" in told.body[-1]
    assert "could easily be chance" in told.body[-1]
    alike = narrative.impact(analysis.impact(done({TREATED: (100, 100), COMPARISON: (90, 90)})))
    assert "that is what the comparison suggests" in alike.body[-1]


def test_the_chart_of_an_impact_has_a_row_a_part():
    drawn = charts.impact(gates())
    found = words(drawn)
    assert {"Treated area", "Ring", "Both together", "−104", "−9", "−113"} <= set(found)
    assert "207 to 110; about 214 expected" in found
    assert drawn.alternative.startswith(
        "Dot chart with intervals of Burglary, Anytown, 2012/13 and 2013/14, offences."
    )
    assert list(drawn.data["Part"]) == ["treated area", "ring", "together"]


def test_the_table_of_an_impact_has_a_row_a_zone_then_both_together():
    table = tables.impact(gates())
    assert column(table, "Zone") == [
        "Treated area", "Comparison area", "Ring", "Ring's comparison", "Treated area and ring",
    ]  # fmt: skip
    assert column(table, "Before") == ["207", "308", "178", "150", "385"]
    assert column(table, "Verdict")[1] == "–"


def test_an_impact_that_cannot_be_judged_says_why_and_draws_nothing():
    result = gates(statuses={"2013-05": ABSENT})
    why = "not every month before and after is sound (May 2013 absent)"
    assert narrative.impact(result).title == "Alley gates: not judged"
    assert f"Alley gates is not judged: {why}." in narrative.impact(result).body
    assert charts.impact(result).kind == "statement"
    table = tables.impact(result)
    assert column(table, "After")[0] == "110 (incomplete)"
    assert set(column(table, "Verdict")) == {"–"}
    assert f"Alley gates is not judged: {why}." in table.notes


def test_an_impact_that_crosses_a_date_of_the_register_says_so():
    sheds = Break(Month(2013, 6), "burglary takes in sheds")
    measure = Measure("burglary", "Burglary", breaks=(sheds,), said_always=("Homes only",))
    result = analysis.impact(replace(done(FOUR), measure=measure))
    for exhibit in (narrative.impact(result), charts.impact(result), tables.impact(result)):
        assert "From June 2013 burglary takes in sheds." in exhibit.notes
        assert "Homes only." in exhibit.notes


def test_a_ring_alone_is_told_beside_the_whole():
    result = analysis.impact(done({TREATED: (200, 100), COMPARISON: (200, 200), RING: (100, 100)}))
    assert "In the ring by itself, no difference" in narrative.impact(result).body[-1]


def test_issues_are_told_with_which_ranks_are_firm():
    told = narrative.priority_matrix(matrix())
    assert told.title == "Domestic abuse ranks first, whichever one score moves by a point"
    assert told.body[0] == (
        "By score, the highest first: domestic abuse (16), burglary (6) and litter (6)."
    )
    assert told.body[1] == ("Domestic abuse stands where it is, whichever one score moves by one.")
    assert "burglary (now equal 2nd, 2nd to 3rd)" in told.body[2]
    assert "Burglary and litter score alike and share 2nd place." in told.body
    assert "Not scored: hate crime (no score for likelihood)." in told.body
    assert told.notes == (JUDGEMENTS, "Scored in haste.", "The points are judgements.")


def test_first_place_may_be_shared_and_may_be_loose():
    alike = [Issue(name, {"impact": 2, "likelihood": 2}) for name in "ABC"]
    assert narrative.priority_matrix(matrix(*alike)).title == "3 issues share first place"
    assert narrative.priority_matrix(matrix(*alike[:2])).title == "A and B share first place"
    close = [Issue("A", {"impact": 3, "likelihood": 4}), Issue("B", {"impact": 3, "likelihood": 3})]
    title = narrative.priority_matrix(matrix(*close)).title
    assert title == "A ranks first, but within a point of others"


def test_the_table_of_issues_has_ranks_ranges_and_those_not_scored():
    table = tables.priority_matrix(matrix())
    assert column(table, "Issue") == ["Domestic abuse", "Burglary", "Litter", "Hate crime"]
    assert column(table, "Rank") == ["1", "2=", "2=", "–"]
    assert column(table, "If one score moves by 1") == ["1", "2 to 3", "2 to 3", "–"]
    assert column(table, "Firm?") == ["yes", "no", "no", "–"]
    assert column(table, "Evidence")[-1] == "not scored: no score for likelihood"


def test_the_chart_of_issues_has_a_row_an_issue_and_names_the_unscored():
    drawn = charts.priority_matrix(matrix())
    assert {"1 Domestic abuse", "score 16", "impact 4, likelihood 4"} <= set(words(drawn))
    assert "Not scored: hate crime (no score for likelihood)." in drawn.notes
    assert "2=, burglary, 2 to 3" in drawn.alternative


def test_without_issues_a_sentence_says_so():
    result = analysis.priority_matrix(
        Issues("Anytown", YEAR, None, missing="nobody has scored issues yet")
    )
    for shown in (narrative, charts, tables):
        exhibit = shown.priority_matrix(result)
        assert exhibit.kind == "statement"
        assert exhibit.body == ("Nobody has scored issues yet.",)


def test_residents_are_told_with_ranges_gaps_and_changes():
    told = narrative.concerns(asked())
    assert told.title == "Residents name answer A most: 60%"
    assert told.body[0] == (
        "In the survey of 2013/14 residents of Anytown named most often answer A (60%; 56% to "
        "64%), answer B (40%; 36% to 44%) and answer C (20%; 17% to 24%); the ranges allow for "
        "chance alone."
    )
    assert told.body[1] == (
        "Named more often than its place in the record, of 3 that have both: answer A (1st among "
        "residents, 3rd in the record)."
    )
    assert "answer C (3rd among residents, 1st in the record)" in told.body[2]
    assert told.body[3].startswith("Changed since 2012/13 by more than chance would often bring:")
    assert told.body[4] == "Without a recorded volume: loose dogs (no measure here records it)."
    assert NOT_ALIKE in told.notes
    for word in ("should", "because", "underestimate", "misjudge"):
        assert word not in " ".join(told.body).lower()


def test_the_table_of_residents_has_base_range_change_and_record():
    table = tables.concerns(asked())
    assert column(table, "Residents")[0] == "60%"
    assert column(table, "People who answered")[0] == "500"
    assert column(table, "Since the wave before")[2] == ("0 points (−5 to +5): no clear change")
    assert column(table, "Since the wave before")[3] == "not compared"
    assert column(table, "Recorded")[:3] == ["10", "200", "3,000"]
    assert column(table, "Measure")[3] == "no measure here records it"


def test_a_small_base_is_marked_and_told():
    concern = Concern("A", shares("A", ("2013/14", 50, 40, "by age")))
    result = analysis.concerns(Question("Anytown", YEAR, "What first?", (concern,)))
    assert column(tables.concerns(result), "Residents") == ["50% *"]
    assert "50% *" in words(charts.concerns(result))
    for exhibit in (narrative.concerns(result), charts.concerns(result), tables.concerns(result)):
        assert any("Fewer than 100 people" in note for note in exhibit.notes)
        assert "weighting: by age" in exhibit.subtitle


def test_the_chart_of_residents_has_the_record_in_words_beside_each_dot():
    drawn = charts.concerns(asked())
    assert {"Answer A", "60%", "10 recorded, 3rd of 3 in the record"} <= set(words(drawn))
    assert "no measure records it" in words(drawn)
    assert drawn.alternative.startswith("Dot chart with intervals. What first? Anytown, 2013/14")


def test_without_a_survey_a_sentence_says_so():
    missing = shares("A", missing="no survey held asks it of Anytown")
    result = analysis.concerns(Question("Anytown", YEAR, "What first?", (Concern("A", missing),)))
    said = (
        "What residents of Anytown would have dealt with cannot be shown: no survey held asks it "
        "of Anytown."
    )
    assert narrative.concerns(result).body == (said,)
    assert charts.concerns(result).body == (said,)
    assert said in tables.concerns(result).notes
    assert column(tables.concerns(result), "Residents") == ["–"]
    every = tables.concerns(result)
    assert sum(cell.count("no survey") for row in every.body.rows for cell in row) == 0


def test_a_scan_tells_what_is_clear_among_all_and_how_many_seemed_so():
    told = narrative.scan(analysis.scan(published()))
    assert told.title == "4 of 15 measures changed clearly"
    assert told.body[0] == (
        "4 of 15 measures changed clearly in 2013/14, against 2012/13, once the number of tests "
        "is allowed for."
    )
    assert told.body[1].startswith("Clear fall: type 0 (100 to 95), type 1 (100 to 95)")
    assert told.body[2].startswith("5 more would be called clear by themselves")


def test_a_scan_of_areas_names_the_areas():
    several = [changed("Burglary", p, 9, f"Ward {i}") for i, p in enumerate((0.001, 0.6, None))]
    several[2] = changed("Burglary", None, area="Ward 2", reason="the year is incomplete")
    told = narrative.scan(analysis.scan(several, area="Anytown"))
    assert told.title == "1 of 2 areas changed clearly"
    assert told.subtitle == "Burglary, Anytown, 2012/13 and 2013/14, offences"
    assert "Clear rise: Ward 0 (100 to 109)." in told.body
    assert "Not tested: Ward 2 (the year is incomplete)." in told.body


def test_a_scan_of_small_areas_makes_no_promise_of_how_few_are_chance():
    several = [changed("Burglary", p, 9, f"Ward {i}") for i, p in enumerate((0.001, 0.6))]
    of_areas = analysis.scan(several, area="Anytown")
    assert SMALL_AREAS in of_areas.method
    assert "at most 5% of those called" not in of_areas.method
    for room in (narrative, tables):
        assert SMALL_AREAS in room.scan(of_areas).notes
    of_measures = analysis.scan(published())
    assert "at most 5% of those called clear are chance" in of_measures.method
    assert SMALL_AREAS not in narrative.scan(of_measures).notes


def test_an_impact_says_that_neighbours_are_called_clear_too_easily():
    for room in (narrative, charts, tables):
        assert EASILY in room.impact(gates()).notes


def test_the_table_of_a_scan_has_both_verdicts_and_keeps_the_rest_in_the_data():
    several = [changed(f"Type {i}", 0.0001 if i < 2 else 0.5) for i in range(40)]
    table = tables.scan(analysis.scan(several))
    assert len(table.body.rows) == 30
    assert len(table.data) == 40
    assert column(table, "Among all")[:3] == ["● clear fall", "● clear fall", "no clear change"]
    assert table.notes[0] == "10 further changes are in the data, none of them clear."


@pytest.mark.parametrize(
    ("several", "title"),
    [
        ([changed("A", 0.01)], "The one measure tested shows a clear change"),
        ([changed("A", 0.5)], "The one measure tested shows no clear change"),
        ([changed("A", 0.5), changed("B", 0.6)], "None of 2 measures changed clearly"),
        ([counts_of("A", 0, 0)], "No change could be tested"),
    ],
)
def test_the_headline_of_a_scan_has_its_numbers_right(several, title):
    assert narrative.scan(analysis.scan(several)).title == title


def test_a_scan_of_nothing_is_a_sentence():
    for shown in (narrative, tables):
        exhibit = shown.scan(analysis.scan([]))
        assert exhibit.body == ("Nothing could be scanned: no measure was given.",)


DRAWN = [
    lambda: charts.impact(gates()),
    lambda: charts.priority_matrix(matrix()),
    lambda: charts.concerns(asked()),
]


@pytest.mark.parametrize("draw", DRAWN)
def test_a_chart_is_the_same_each_time_in_house_inks_with_words_dark_enough(draw):
    first = draw()
    assert draw().to_html() == first.to_html()
    inks = set(re.findall(r"(?:fill|stroke): (#\w{6})", first.body))
    assert inks <= {ink.lower() for ink in colours().values()}
    styles = [t.get("style", "") for t in ET.fromstring(first.body).iter(f"{SVG}text")]
    dark = {colours()["dark_blue"].lower(), colours()["dark_grey"].lower()}
    assert {ink for style in styles for ink in re.findall(r"fill: (#\w{6})", style)} <= dark


@pytest.mark.parametrize("draw", DRAWN)
def test_a_chart_has_its_data_source_and_method(draw):
    exhibit = draw()
    assert isinstance(exhibit.data, pd.DataFrame)
    assert all(name[0].isupper() for name in exhibit.data.columns)
    assert exhibit.source
    assert exhibit.method
    assert exhibit.coverage
