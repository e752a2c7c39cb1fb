"""What an exhibit puts into a page, a terminal and a record."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from cspnb import charts, narrative, tables
from cspnb.exhibits import EXHIBIT_MIME, Exhibit, Fact, Grid, printable
from tests.unit.results_by_hand import burglary_trend, comparison, harborough_performance

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script>",
    "{{7*7}}",
    "${7*7}",
    "\u202egnilrub",
    "\x00",
]


class Elements(HTMLParser):
    """The elements of a page, and whether each one that opens is closed in its turn."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def an_exhibit(kind="table", **changed):
    grid = Grid(
        ("Area", "Offences"), (("Blaby", "12"), ("Oadby", "1,403")), frozenset({"Offences"})
    )
    data = pd.DataFrame({"Area": ["Blaby", "Oadby"], "Offences": [12, 1403]})
    given = {
        "kind": kind,
        "title": "Oadby has most",
        "subtitle": "Offences, 2013/14",
        "body": ("One sentence.",) if kind == "statement" else grid,
        "data": data,
        "source": "police.uk",
        "method": "Counted.",
        "notes": ("A note.",),
        "facts": (Fact("total", np.int64(1415), "1,415"),),
    }
    return Exhibit(**(given | changed))


def test_a_fact_shows_itself_as_its_text():
    assert f"{Fact('burglary.now', 2778, '2,778')} offences" == "2,778 offences"


def test_every_table_has_a_caption_column_headers_and_row_headers():
    html = an_exhibit().to_html()
    assert '<th scope="col" class="numeric">Offences</th>' in html
    assert '<th scope="row">Blaby</th><td class="numeric">12</td>' in html
    assert html.count("<caption") == html.count("<table>") == 1
    assert 'role="region"' in html
    assert 'tabindex="0"' in html


def test_a_shape_is_hidden_from_a_screen_reader_and_its_word_is_not():
    grid = Grid(("Measure", "Target met?"), (("Burglary", "▲ missed"),))
    assert '<td><span aria-hidden="true">▲</span> missed</td>' in an_exhibit(body=grid).to_html()


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kind", ["table", "statement"])
def test_no_text_becomes_an_element(kind, hostile):
    body = (hostile,) if kind == "statement" else Grid((hostile,), ((hostile,),))
    words = {"title": hostile, "subtitle": hostile, "source": hostile, "method": hostile}
    shown = an_exhibit(kind, body=body, notes=(hostile,), **words).to_html()
    plain = an_exhibit(kind, body=("x",) if kind == "statement" else Grid(("x",), (("x",),)))
    assert Elements(shown).names == Elements(plain.to_html()).names
    assert "\x00" not in shown
    assert "\u202e" not in shown


def test_a_hostile_name_of_an_area_stays_text_in_a_drawing():
    result = comparison()
    result.rates.loc[0, "area_name"] = "</text><script>$x$\x00"
    html = charts.comparison(result).to_html()
    assert "script" not in Elements(html).names
    assert "&lt;/text&gt;" in html


def exhibits():
    return [
        charts.trend(burglary_trend()),
        charts.trends([burglary_trend()]),
        charts.comparison(comparison()),
        tables.performance(harborough_performance()),
    ]


def test_every_id_in_an_exhibit_starts_with_its_token_and_is_used_once():
    for exhibit in exhibits():
        attributes = [found for _, found in Elements(exhibit.to_html()).attributes]
        ids = [found["id"] for found in attributes if "id" in found]
        token = re.match(r"cspnb-x-[0-9a-f]{8}", ids[0])[0]
        assert all(name.startswith(token) for name in ids)
        assert len(ids) == len(set(ids))
        named = [found["aria-labelledby"] for found in attributes if "aria-labelledby" in found]
        assert set(named) <= set(ids)


def test_two_exhibits_have_different_tokens_and_the_same_one_the_same():
    one, same, other = an_exhibit(), an_exhibit(), an_exhibit(title="Blaby has least")
    token = re.compile(r"cspnb-x-[0-9a-f]{8}")
    assert token.findall(one.to_html()) == token.findall(same.to_html())
    assert token.search(one.to_html())[0] != token.search(other.to_html())[0]


def test_a_figure_has_a_role_a_text_alternative_and_its_data_beside_it():
    html = charts.trend(burglary_trend()).to_html()
    found = Elements(html)
    drawing = next(given for tag, given in found.attributes if tag == "svg")
    assert drawing["role"] == "img"
    assert f'<title id="{drawing["aria-labelledby"]}">Column chart of Domestic burglary' in html
    assert "<summary>Data and method</summary><table><caption>" in html
    assert not found.open


def test_a_statement_is_paragraphs_without_a_number_or_a_caption():
    html = an_exhibit("statement").to_html()
    assert html.startswith('<div class="exhibit exhibit-statement"><p>One sentence.</p>')
    assert "exhibit-number" not in html


def test_text_sets_numbers_to_the_right_under_their_names():
    drawn = """\
Oadby has most

Offences, 2013/14

Area   Offences
-----  --------
Blaby        12
Oadby     1,403

Note: A note.

Source: police.uk"""
    assert an_exhibit().to_text() == drawn


def test_a_record_holds_plain_values_and_null_for_what_is_missing():
    data = pd.DataFrame(
        {
            "count": pd.array([np.int64(3), pd.NA], dtype="Int64"),
            "rate": [np.nan, 1.5],
            "whole": [np.True_, np.False_],
        }
    )
    record = json.loads(json.dumps(an_exhibit(data=data).to_json(), allow_nan=False))
    assert record["data"]["rows"] == [[3, None, True], [None, 1.5, False]]
    assert record["facts"] == [{"name": "total", "value": 1415, "text": "1,415"}]
    assert an_exhibit(data=None).to_json()["data"] is None


def test_a_notebook_keeps_page_text_and_record(monkeypatch):
    monkeypatch.delenv("CSPNB_TEXT_ONLY", raising=False)
    assert set(an_exhibit()._repr_mimebundle_()) == {"text/html", "text/plain", EXHIBIT_MIME}


def test_under_test_a_notebook_keeps_the_text_alone(monkeypatch):
    monkeypatch.setenv("CSPNB_TEXT_ONLY", "1")
    exhibit = narrative.trend(burglary_trend())
    assert exhibit._repr_mimebundle_() == {"text/plain": exhibit.to_text()}


def test_control_characters_and_marks_that_turn_text_round_are_replaced():
    assert printable("a\x00b\u202ec\td\n") == "a\ufffdb\ufffdc\td\n"
