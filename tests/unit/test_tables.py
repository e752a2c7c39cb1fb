"""Tables of results: what stands in each cell."""

import pandas as pd

from cspnb import tables
from cspnb.analysis.performance import Performance, Standing
from cspnb.measures.definition import Target
from tests.unit.results_by_hand import (
    BEFORE,
    BURGLARY,
    NOW,
    SATISFACTION,
    burglary_trend,
    harborough_performance,
    missing_trend,
    not_compared,
    total,
)


def rows(exhibit):
    return {row[0]: row[1:] for row in exhibit.body.rows}


def test_harboroughs_figure_3_comes_out_as_published_with_gap_and_chance():
    """Counts, differences and percentages as printed in the report of May 2014."""
    drawn = rows(tables.performance(harborough_performance()))
    chance = "no: could easily be chance"
    assert drawn["Total crime"] == (
        *("−5%", "2,773", "2,778", "+5", "+0.2%"),
        *("▲ missed", "144 too many", f"{chance} (p = 0.95)"),
    )
    assert drawn["Domestic burglary"] == (
        *("−13%", "153", "253", "+100", "+65.4%"),
        *("▲ missed", "120 too many", "yes: clear rise (p < 0.001)"),
    )
    assert drawn["Theft from motor vehicles"] == (
        *("−14%", "335", "284", "−51", "−15.2%"),
        *("● met", "4 fewer than needed", "yes: clear fall (p = 0.040)"),
    )
    assert drawn["Commercial burglary"][0] == drawn["Commercial burglary"][5] == "no target"
    assert drawn["User satisfaction"] == (
        *("85%", "–", "88%", "–", "–"),
        *("● met", "3 percentage points over", "not tested"),
    )


def test_no_cell_is_blank_and_the_dash_is_explained():
    exhibit = tables.performance(harborough_performance())
    assert all(cell for row in exhibit.body.rows for cell in row)
    assert any("dash" in note for note in exhibit.notes)


def test_an_incomplete_year_is_marked_and_its_reason_given():
    change = not_compared(
        BURGLARY, total(90, reason="May 2013 absent"), total(153, BEFORE), "2013/14 is incomplete"
    )
    standing = Standing(
        BURGLARY, Target("change", -13), "not known", change=change, reason=change.reason
    )
    exhibit = tables.performance(Performance("Harborough", NOW, (standing,)))
    assert rows(exhibit)["Domestic burglary"] == (
        *("−13%", "153", "90 (incomplete)", "–", "–"),
        *("◆ not known", "–", "not compared"),
    )
    assert "Not known for domestic burglary: 2013/14 is incomplete." in exhibit.notes


def test_a_measure_with_no_target_and_no_figure_says_so():
    standing = Standing(SATISFACTION, None, "no target", level=90.0)
    assert rows(tables.performance(Performance("Harborough", NOW, (standing,))))[
        "User satisfaction"
    ][:3] == ("no target", "–", "90%")


def test_the_data_behind_the_table_are_numbers():
    data = tables.performance(harborough_performance()).data.set_index("Measure")
    assert data.loc["Domestic burglary", "Count that meets the target"] == 133
    assert data.loc["Domestic burglary", "Gap to target"] == 120
    assert pd.isna(data.loc["Commercial burglary", "Gap to target"])


def test_months_in_the_same_state_are_one_row():
    months = pd.DataFrame(
        {
            "month": ["2019-12", "2020-01", "2020-02", "2020-03", "2020-04"],
            "status": ["sound", "sound", "sound", "abnormal", "sound"],
            "reason": ["", "", "", "46 records where about 400 are usual", ""],
        }
    )
    exhibit = tables.coverage(months, area="Harborough")
    assert exhibit.title == "1 month of 5 cannot be relied on"
    assert exhibit.body.rows == (
        ("December 2019 to February 2020", "3", "sound", "–"),
        ("March 2020", "1", "abnormal", "46 records where about 400 are usual"),
        ("April 2020", "1", "sound", "–"),
    )


def test_months_absent_for_one_reason_are_one_row_and_one_warning():
    """Whatever month each reason names; and nothing is in doubt where nothing is held."""
    held = "the file held for {} covers burglary only"
    months = pd.DataFrame({"month": ["2018-04", "2018-05", "2018-06"], "status": "absent"})
    months["reason"] = [held.format(f"{name} 2018") for name in ("April", "May", "June")]
    exhibit = tables.coverage(months, area="Barnet", subject="Recorded crime")
    why = "the file held covers burglary only"
    assert exhibit.body.rows == (("April to June 2018", "3", "absent", why),)
    assert exhibit.title == "Recorded crime cannot be given for any of 3 months"
    assert exhibit.warnings == (f"{exhibit.title}: {why}.",)
    months.loc[2] = ["2018-06", "sound", ""]
    part = tables.coverage(months, area="Barnet", subject="Recorded crime")
    assert part.warnings == (f"Recorded crime cannot be given for 2 of 3 months: {why}.",)
    months.loc[2] = ["2018-06", "absent", "no file of the force is held for June 2018"]
    mixed = tables.coverage(months, area="Barnet", subject="Recorded crime")
    assert mixed.title == "3 months of 3 cannot be relied on"


def test_sources_show_what_is_not_given_and_the_start_of_each_hash():
    files = pd.DataFrame(
        {
            "file": ["2013-06-leicestershire-street.csv", "figures.csv", "2017-04.zip"],
            "publisher": ["police.uk", "the district council", "police.uk"],
            "edition": ["2017-04", None, "2017-04"],
            "records": [7123, 1, 90210],
            "licence": ["OGL v3.0", None, "OGL v3.0"],
            "inside": [0, 0, 35],
            "sha256": ["0123456789abcdef" * 4, "fedcba9876543210" * 4, None],
        }
    )
    exhibit = tables.sources(files)
    assert exhibit.title == "The figures come from 3 files"
    assert exhibit.body.rows[0][2:] == ("April 2017", "7,123", "OGL v3.0", "0123456789ab")
    assert exhibit.body.rows[1][2:] == ("not given", "1", "not given", "fedcba987654")
    assert exhibit.body.rows[2][-1] == "of each of 35 files inside"


def test_a_year_that_is_not_whole_says_what_is_missing():
    drawn = rows(tables.years(burglary_trend()))
    assert drawn["2011/12"] == (
        "88",
        "incomplete",
        "June to September 2011 absent",
        "Harborough CSP annual review",
    )
    assert drawn["2013/14"] == ("253", "yes", "nothing", "Harborough CSP annual review")


def test_a_table_of_no_years_says_why():
    exhibit = tables.years(missing_trend())
    assert "no figure has been supplied by a partner" in exhibit.notes[0]
