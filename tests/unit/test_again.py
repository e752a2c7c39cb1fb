"""How repeats and near repeats are told, drawn and tabulated."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.analysis.near_repeats import NearRepeats
from cspnb.periods import Period
from tests.unit.events_by_hand import BURGLARY, YEAR, at, events_of

SVG = "{http://www.w3.org/2000/svg}"
TWO_YEARS = Period.parse("2012-04..2014-03")


def words(exhibit):
    return ["".join(text.itertext()) for text in ET.fromstring(exhibit.body).iter(f"{SVG}text")]


def again(single=30, twice=10, **said):
    """Victims on 1 May 2012, some of them on 11 May too, in two years of sound months."""
    rows = []
    for number in range(single + twice):
        days = ["2012-05-01", "2012-05-11"] if number < twice else ["2012-05-01"]
        rows += at(*days, victim_key=f"key {number}", location_key=f"place {number}")
    return events_of(rows, span=TWO_YEARS, **said)


def test_repeats_are_told_with_their_share_and_what_they_bear():
    exhibit = narrative.repeats(analysis.repeats(again()))
    assert exhibit.title == "Domestic burglary: 25% of victims again within 365 days"
    assert exhibit.body[0] == (
        "Domestic burglary in Harborough, April 2012 to March 2014: 40 victims on 50 occasions. Of "
        "them 10 (25%) are recorded more than once, and they bear 40% of the occasions."
    )
    assert exhibit.body[1] == (
        "Of 40 whose first record can be followed for 365 days, 10 (25%, 95% interval 14.2% to "
        "40.2%) were recorded again within them. 10 of these 10 came within 30 days of the first, "
        "where even spacing would have 0.8: more than chance (p < 0.001)."
    )


def test_places_are_called_places():
    exhibit = narrative.repeats(analysis.repeats(again(), by="location"))
    assert "40 places on 50 occasions" in exhibit.body[0]


def test_nobody_twice_is_said_without_a_percentage_of_nothing():
    exhibit = narrative.repeats(analysis.repeats(again(twice=0)))
    assert exhibit.body[0].endswith("30 victims, none of them recorded more than once.")
    assert charts.repeats(analysis.repeats(again(twice=0))).kind == "statement"


def test_what_does_not_say_whose_and_absent_months_are_told():
    events = again(absent=["2012-06"])
    rows = events.table.to_dict("records") + at("2012-05-02", "2012-05-03")
    rows += at("2012-05-01", victim_key="key 0")
    result = analysis.repeats(events_of(rows, span=TWO_YEARS, absent=["2012-06"]))
    notes = narrative.repeats(result).notes
    assert "2 of 53 records say nothing of the victim, and are left out." in notes
    assert "1 record is of a day that another of the same victim stands for." in notes
    assert "Left out: June 2012 absent." in notes
    assert "How soon is not said: none of them can be followed" in narrative.repeats(result).body[1]


@pytest.mark.parametrize("shown", [narrative.repeats, charts.repeats, tables.repeats])
def test_without_a_key_it_is_said_what_would_give_one(shown):
    exhibit = shown(analysis.repeats(events_of(at(*["2013-06-01"] * 60))))
    assert exhibit.kind == "statement"
    assert "needs an extract with a hashed victim key" in exhibit.body[0]


@pytest.mark.parametrize("shown", [narrative.repeats, charts.repeats, tables.repeats])
def test_a_measure_of_months_has_no_repeats(shown):
    exhibit = shown(analysis.repeats(events_of([], missing="It has months only.")))
    assert exhibit.body == (
        "Repeat victims of domestic burglary in Harborough are not known. It has months only.",
    )


def test_the_curve_is_labelled_at_its_end_and_told_in_words():
    exhibit = charts.repeats(analysis.repeats(again()))
    assert {"25%", "days after the first", "0", "365"} <= set(words(exhibit))
    assert exhibit.alternative == (
        "Line chart of Domestic burglary, Harborough, April 2012 to March 2014, victims recorded "
        "again. Domestic burglary: 25% of victims again within 365 days. 25% by day 30, 25% by day "
        "182, 25% by day 365."
    )
    last = exhibit.data.iloc[-1]
    assert (last["Days after the first"], last["Recorded again"], last["Followed"]) == (365, 10, 40)


def test_the_data_of_the_curve_hold_no_number_under_five():
    data = charts.repeats(analysis.repeats(again())).data
    assert data["Recorded again"].min() >= 5


def test_the_table_has_a_row_for_each_number_of_occasions():
    exhibit = tables.repeats(analysis.repeats(again()))
    assert exhibit.body.rows == (
        ("1", "30", "75%", "30", "60%"),
        ("2", "10", "25%", "20", "40%"),
        ("3 or more", "0", "0%", "0", "0%"),
        ("All", "40", "100%", "50", "100%"),
    )
    assert exhibit.data["% of victims"].tolist() == pytest.approx([75, 25, 0])


def test_facts_are_of_the_measure_and_who():
    facts = {fact.name: str(fact) for fact in narrative.repeats(analysis.repeats(again())).facts}
    assert facts["domestic_burglary.repeat_victims.share"] == "25%"
    assert facts["domestic_burglary.repeat_victims.within_365_days"] == "25%"


def near(*rows):
    """Bands drawn as metres from and to, days from and to, pairs, expected, q, more or not."""
    names = ["metres_from", "metres_to", "days_from", "days_to", "pairs", "expected", "q_value"]
    bands = pd.DataFrame(rows, columns=[*names, "is_more"])
    bands["ratio"] = bands["pairs"] / bands["expected"]
    return NearRepeats(
        BURGLARY, "Harborough", YEAR, YEAR, bands.assign(p_value=bands["q_value"]), 90, 80, 9, 1
    )  # fmt: skip


SAME = (0, 1, 0, 7, 8, 1.5, 0.003, True)
CLOSE = (1, 100, 0, 7, 28, 8.6, 0.003, True)
LATER = (1, 100, 7, 14, 9, 8.9, 0.8, False)
FURTHER = (100, 200, 14, 28, 40, 20.0, 0.02, True)


def test_near_repeats_are_told_by_band_with_what_chance_gives():
    exhibit = narrative.near_repeats(near(SAME, CLOSE, LATER))
    assert exhibit.body[0] == (
        "Domestic burglary in Harborough, 2013/14: 80 offences. Pairs of them that lie close in "
        "place and time are more than chance would give in 2 of 3 bands of distance and days: 8 "
        "pairs in the same place and 0 to 6 days later (chance gives 1.5) and 28 pairs 1 to under "
        "100 metres apart and 0 to 6 days later (chance gives 8.6)."
    )
    assert exhibit.notes[0] == (
        "Left out: 9 offences without a point and 1 offence that can lie on any of several days."
    )


def test_an_incident_recorded_twice_is_told():
    told = [
        narrative.near_repeats(replace(near(LATER), recorded_twice=number)).notes[0]
        for number in (1, 3)
    ]
    assert told == [
        "1 offence is of a point and a day that another stands for.",
        "3 offences are of a point and a day that another stands for.",
    ]


TITLES = [
    ([SAME, CLOSE, LATER], "Domestic burglary: more within 100 metres and 7 days than chance"),
    ([CLOSE, FURTHER], "Domestic burglary: more within 100 metres and 7 days than chance"),
    ([SAME, LATER], "Domestic burglary: more in the same place than chance, not nearby"),
    ([LATER], "Domestic burglary: no more close together than chance"),
]


@pytest.mark.parametrize(("rows", "title"), TITLES)
def test_a_title_claims_no_more_than_its_bands(rows, title):
    assert narrative.near_repeats(near(*rows)).title == title


def test_where_there_are_none_it_is_said():
    said = narrative.near_repeats(near(LATER, LATER)).body[0]
    assert "are no more than chance would give, at any of the 2" in said


def test_the_table_of_pairs_has_a_row_a_band():
    exhibit = tables.near_repeats(near(SAME, LATER))
    assert exhibit.body.rows == (
        ("In the same place", "0 to 6 days", "8", "1.5", "5.33", "● yes (q = 0.003)"),
        ("1 to under 100 metres", "7 to 13 days", "9", "8.9", "1.01", "no (q = 0.80)"),
    )


@pytest.mark.parametrize("shown", [narrative.near_repeats, tables.near_repeats])
def test_snap_points_and_months_give_the_reason(shown):
    snapped = shown(analysis.near_repeats(again(are_snapped=True)))
    assert "snap points" in snapped.body[0]
    months = shown(analysis.near_repeats(events_of([], missing="It has months only.")))
    assert months.body == (
        "Near repeats of domestic burglary in Harborough are not known. It has months only.",
    )
