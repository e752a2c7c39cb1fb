"""The index: every report, what failed and why."""

import json

import pytest
from bs4 import BeautifulSoup

from cspnb.publish import index
from cspnb.publish.index import Entry


def entry(partnership="Harborough", period="2013/14", status="made", **more):
    given = {"report": "Annual review", "period_sort": period, "is_sample": False, **more}
    return Entry(partnership=partnership, period=period, status=status, **given)


def listed(*entries):
    return BeautifulSoup(index.page(entries), "html.parser")


MADE = entry(href="harborough/fy-2013-14/annual-review/report.html", seconds=4.26)
FAILED = entry("Melton", status="failed", error="the store holds no population")


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        (["made"] * 4 + ["failed"], "5 reports: 4 made, 1 failed"),
        (["made before", "made before", "made"], "3 reports: 1 made, 2 made before"),
        (["failed"], "1 report: 1 failed"),
        ([], "No reports yet"),
    ],
)
def test_the_counts_are_said_in_words(statuses, says):
    entries = [entry(status=status) for status in statuses]
    assert says in listed(*entries).header.text


def test_failed_reports_come_first_with_their_reason_and_no_link():
    first, second = listed(MADE, FAILED).tbody.find_all("tr")
    assert first.th.text == "Melton"
    assert "the store holds no population" in first.text
    assert first.a is None
    assert second.a["href"] == "harborough/fy-2013-14/annual-review/report.html"


def test_the_rest_come_by_partnership_and_time():
    entries = [entry("Melton"), entry(period="2013/14"), entry(period="2012/13")]
    rows = listed(*entries).tbody.find_all("tr")
    assert [(row.th.text, row.find_all("td")[1].text) for row in rows] == [
        ("Harborough", "2012/13"),
        ("Harborough", "2013/14"),
        ("Melton", "2013/14"),
    ]


def test_a_failed_report_may_still_lead_to_an_earlier_page():
    failed = entry(status="failed", error="no data", href="a/report.html")
    assert "(an earlier page)" in listed(failed).tbody.text


def test_a_link_says_where_it_leads_when_read_alone():
    assert listed(MADE).a.find_next("a").text == "Annual review, Harborough, 2013/14"


def test_a_link_is_a_path_whatever_it_was_given():
    assert listed(entry(href="javascript:alert(1)")).tbody.a["href"] == "javascript%3Aalert%281%29"


def test_sample_reports_are_marked_one_by_one():
    made = listed(entry(is_sample=True), entry("Melton"))
    assert ["Invented sample data" in row.text for row in made.tbody.find_all("tr")] == [
        True,
        False,
    ]
    assert "Invented sample data" in made.title.text
    assert "Invented" not in listed(entry("Melton")).text


def test_hostile_words_stay_words():
    made = listed(entry('"><img src=x onerror=alert(1)>', error="<script>alert(1)</script>"))
    assert made.find(["img", "script"]) is None
    assert made.tbody.th.text == '"><img src=x onerror=alert(1)>'


def test_the_list_for_machines_says_the_same():
    content = json.loads(index.as_json((MADE, FAILED)))
    assert content["counts"] == {"made": 1, "made before": 0, "failed": 1}
    assert [e["partnership"] for e in content["entries"]] == ["Melton", "Harborough"]
    assert content["entries"][1]["seconds"] == 4.26
