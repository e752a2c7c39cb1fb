"""Rates of several measures: what has one, what has none and why, and how they are shown."""

import pandas as pd
import pytest

from cspnb import analysis, charts, narrative, tables
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.volumes import Volume
from cspnb.periods import Period
from tests.unit.results_by_hand import NO_ASB

YEAR = Period.parse("2013/14")
RESIDENTS, HOUSEHOLDS = "usual residents, mid-2013", "households, 2013"
TOTAL = Measure("total_crime", "Total crime", said_always=(NO_ASB,))
BURGLARY = Measure("burglary", "Burglary", denominator="households")
ROBBERY = Measure("robbery", "Robbery")
KNIVES = Measure("knives", "Knife crime")
FIRES = Measure("fires", "Fires", unit="fires", denominator="none")


def volume(
    measure, months, population=85_000, label=RESIDENTS, period=YEAR, missing="", lack="", **instead
):
    """`months` are drawn as for the rules of change: a count, or a dot where absent."""
    rows = [
        (str(month), None if cell == "." else int(cell), "absent" if cell == "." else "sound")
        for month, cell in zip(period.months, months.split(), strict=True)
    ]
    monthly = pd.DataFrame(rows, columns=["month", "count", "status"])
    monthly = monthly.assign(reason="", source="data.police.uk").astype({"count": "Int64"})
    stated = pd.DataFrame(columns=["start", "end", "value", "source"])
    counts = Counts(measure, "Harborough", period, monthly, stated, missing=missing)
    return Volume(counts, population, label, lack, **instead)


def harborough():
    return analysis.rates(
        [
            volume(TOTAL, "230 " * 11 + "248"),  # 2,778
            volume(BURGLARY, "21 " * 11 + "22", 35_000, HOUSEHOLDS),  # 253
            volume(ROBBERY, "1 0 1 0 1 0 1 0 1 0 1 0"),  # 6
            volume(KNIVES, "1 1 1 . . 1 1 1 1 1 1 1"),
            volume(FIRES, "2 " * 12, None, "", lack="a rate of it would mean nothing"),
        ]
    )


def test_each_measure_has_its_count_its_denominator_and_its_rate():
    table = harborough().table.set_index("key")
    assert table["count"].tolist() == [2778, 253, 6, 10, 24]
    assert table.loc["total_crime", "rate"] == pytest.approx(2778 / 85)
    assert table.loc["burglary", "rate"] == pytest.approx(253 / 35)
    assert table["denominator"].tolist()[:2] == ["residents", "households"]
    assert table["population"].tolist()[:2] == [85_000, 35_000]


def test_a_measure_that_is_not_whole_keeps_its_count_and_has_a_reason_and_no_rate():
    row = harborough().table.set_index("key").loc["knives"]
    assert (row["count"], row["complete"]) == (10, False)
    assert pd.isna(row["rate"])
    assert row["reason"] == "2013/14 is incomplete (July to August 2013 absent)"


def test_a_month_made_absent_never_makes_a_lower_rate():
    whole = analysis.rates([volume(ROBBERY, "5 " * 12)])
    part = analysis.rates([volume(ROBBERY, "5 " * 11 + ".")])
    assert whole.table["rate"].iloc[0] == pytest.approx(60 / 85)
    assert part.table["rate"].isna().all()
    assert part.reason == "2013/14 is incomplete (March 2014 absent)"


def test_without_residents_there_is_no_rate_and_the_reason_is_the_supply_s():
    result = analysis.rates([volume(ROBBERY, "5 " * 12, None, lack="no residents are held")])
    assert result.reason == "no residents are held"
    assert result.coverage == "The measure has no rate (no residents are held)."


def test_a_total_below_zero_has_no_rate():
    result = analysis.rates([volume(ROBBERY, "-1 " * 12)])
    assert "below zero" in result.reason


def test_byars_method_is_named_and_moves_the_limits_alone():
    few = [volume(TOTAL, "20 " * 12)]
    exact, byar = analysis.rates(few), analysis.rates(few, method="byar")
    assert exact.table["rate"].equals(byar.table["rate"])
    assert exact.table["rate_upper"].iloc[0] != byar.table["rate_upper"].iloc[0]
    assert "Byar" in byar.method and "Byar" not in exact.method


def test_no_measure_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        analysis.rates([])


def test_rates_are_told_first_in_full_then_the_others_by_what_they_are_per():
    assert narrative.rates(harborough()).body == (
        "Total crime in Harborough came to 2,778 offences in 2013/14, which is 32.68 per 1,000 "
        "residents (95% interval 31.48 to 33.92).",
        "Per 1,000 residents: robbery 0.07 (6 offences).",
        "Per 1,000 households: burglary 7.23 (253 offences).",
        "Rates per 1,000 residents are of 85,000 (usual residents, mid-2013).",
        "Rates per 1,000 households are of 35,000 (households, 2013).",
        "No rate is given for knife crime (10 offences in the months held): 2013/14 is incomplete "
        "(July to August 2013 absent).",
        "No rate is given for fires (24 fires): a rate of it would mean nothing.",
    )


def test_where_households_are_not_held_a_rate_is_per_residents_and_says_so():
    result = analysis.rates(
        [
            volume(TOTAL, "230 " * 11 + "248"),
            volume(BURGLARY, "21 " * 11 + "22", stand_in="residents"),  # 253 / 85
        ]
    )
    assert [per for per, _ in result.panels] == ["residents"]
    assert result.coverage == "All 2 measures have a rate."
    told = narrative.rates(result).body
    assert told[1] == "Per 1,000 residents: burglary 2.98 (253 offences)."
    said = "Burglary is per 1,000 residents, as no count of households is held."
    assert told[-1] == said
    assert said in charts.rates(result).notes and said in tables.rates(result).notes


def test_what_is_always_said_of_total_crime_is_said():
    result = harborough()
    for exhibit in (narrative.rates(result), charts.rates(result), tables.rates(result)):
        assert NO_ASB in exhibit.notes


def test_a_part_of_a_year_is_not_made_up_to_a_year():
    quarter = Period.parse("2013/14-Q3")
    result = analysis.rates([volume(TOTAL, "30 30 25", period=quarter)])
    assert result.table["rate"].iloc[0] == pytest.approx(1)
    assert "These are rates of 3 months alone, not of a year." in narrative.rates(result).notes


def test_households_stand_apart_from_residents_in_the_chart():
    exhibit = charts.rates(harborough())
    body = exhibit.body
    assert body.index("Per 1,000 residents") < body.index("Robbery")
    assert body.index("Robbery") < body.index("Per 1,000 households") < body.index("Burglary")
    assert "Both parts are drawn to one scale." in exhibit.notes[0]
    assert exhibit.alternative.startswith(
        "Bar chart of rates of 5 measures, Harborough, 2013/14, per 1,000 residents and per 1,000 "
        "households, highest first. Per 1,000 residents: total crime 32.68 and robbery 0.07."
    )


def test_the_title_is_the_first_measures_rate():
    assert charts.rates(harborough()).title == ("Total crime: 32.68 per 1,000 residents in 2013/14")


def test_the_table_has_a_row_a_measure_and_no_empty_cell():
    exhibit = tables.rates(harborough())
    rows = {row[0]: row[1:] for row in exhibit.body.rows}
    assert rows["Total crime"] == (
        *("2,778", "offences", "32.68", "31.48 to 33.92", "residents", "–"),
    )
    assert rows["Knife crime"][0] == "10 (incomplete)"
    assert rows["Fires"][-1] == "a rate of it would mean nothing"
    assert all(cell for row in exhibit.body.rows for cell in row)


def test_where_nothing_has_a_rate_all_three_say_why():
    result = analysis.rates([volume(KNIVES, ". " * 12)])
    for exhibit in (narrative.rates(result), charts.rates(result)):
        assert "2013/14 absent" in " ".join(exhibit.body)
    assert "2013/14 absent" in tables.rates(result).body.rows[0][-1]
    assert charts.rates(result).kind == "statement"


def test_the_facts_are_counts_and_rates_under_the_measures_names():
    facts = {fact.name: fact.text for fact in narrative.rates(harborough()).facts}
    assert facts["burglary.count"] == "253"
    assert facts["burglary.rate_per_1000"] == "7.23"
