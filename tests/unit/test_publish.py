"""The page of one report: what a reader may rely on, asked of its HTML."""

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from cspnb.errors import EditionError
from cspnb.publish import html
from cspnb.publish.masthead import Masthead
from tests.browser import example


def masthead(**changes):
    return Masthead(
        **{
            "title": "Annual review 2013/14",
            "partnership": "Harborough Community Safety Partnership",
            "period_dates": "1 April 2013 to 31 March 2014",
            "status": "final",
            "is_sample": False,
            **changes,
        }
    )


def page(*cells, show_code=False, **changes):
    text = html.page(v4.new_notebook(cells=list(cells)), masthead(**changes), show_code=show_code)
    return BeautifulSoup(text, "html.parser")


def words(source, kept=(), **content):
    cell = v4.new_markdown_cell(source, metadata={"user_expressions": list(kept)}, **content)
    return page(cell).main


def shown(**data):
    output = v4.new_output("display_data", data={k.replace("_", "/"): v for k, v in data.items()})
    return page(v4.new_code_cell("x", outputs=[output])).main


def result(expression, text, status="ok"):
    return {"expression": expression, "result": {"status": status, "data": {"text/plain": text}}}


# The head and the foot


def test_the_title_names_the_report_then_the_partnership():
    made = page()
    assert made.title.text == "Annual review 2013/14 – Harborough Community Safety Partnership"
    assert [h.text for h in made.find_all("h1")] == ["Annual review 2013/14"]
    assert made.html["lang"] == "en-GB"


def test_sample_data_says_so_in_the_title_on_top_and_at_the_foot():
    made = page(is_sample=True)
    assert made.title.text.endswith("– Invented sample data")
    assert "Invented sample data" in made.header.text
    assert "Invented sample data" in made.footer.text


def test_real_data_is_never_called_invented():
    assert "Invented" not in page().body.text


@pytest.mark.parametrize(
    ("status", "says"), [("draft", "Draft, not yet agreed"), ("final", "Final")]
)
def test_the_status_is_said_in_words(status, says):
    assert says in page(status=status).header.text


def test_an_unknown_status_is_refused():
    with pytest.raises(EditionError, match="'agreed' is not the status"):
        masthead(status="agreed")


def test_how_the_page_was_made_stands_at_its_end_and_in_the_contents():
    made = page(v4.new_markdown_cell("## Crime"), provenance=(("Source", "police.uk"),))
    assert [h.text for h in made.main.find_all("h2")] == ["Crime", "How this page was made"]
    assert (made.main.dt.text, made.main.dd.text) == ("Source", "police.uk")
    assert made.nav.find_all("a")[-1]["href"] == "#provenance-title"


def test_warnings_come_before_everything_else():
    made = page(v4.new_markdown_cell("## Crime"), warnings=("March is absent.",))
    assert [h.text for h in made.main.find_all("h2")] == ["Read this first", "Crime"]
    assert made.main.li.text == "March is absent."


def test_a_page_may_fetch_nothing_and_run_nothing():
    policy = page().find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "script-src" not in policy


# Headings


def test_the_notebooks_own_title_gives_way_to_the_masthead():
    made = page(v4.new_markdown_cell("# Template title"), v4.new_markdown_cell("## Crime"))
    assert "Template title" not in made.text
    assert [link.text for link in made.nav.find_all("a")] == ["Crime"]


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ([1, 2, 3], ["2", "3"]),
        ([2, 4, 4, 3, 2], ["2", "3", "3", "3", "2"]),
        ([4, 2], ["2", "2"]),
        ([1, 2, 1, 2], ["2", "2", "3"]),
        ([2, 3, 6, 5], ["2", "3", "4", "4"]),
    ],
)
def test_a_level_that_an_analyst_skipped_is_repaired(written, given):
    cells = [v4.new_markdown_cell(f"{'#' * level} Heading") for level in written]
    headings = page(*cells).main.find_all(["h2", "h3", "h4", "h5", "h6"])
    assert [heading.name[1] for heading in headings] == given


def test_two_headings_of_one_name_have_two_ids():
    made = page(v4.new_markdown_cell("## Burglary\n\n## Burglary"))
    ids = [heading["id"] for heading in made.main.find_all("h2")]
    assert ids == ["section-burglary", "section-burglary-2"]
    assert [link["href"] for link in made.nav.find_all("a")] == [f"#{name}" for name in ids]


# Exhibits


def test_figures_and_tables_are_numbered_apart_in_order_of_appearance():
    made = BeautifulSoup(html.page(example.notebook(), example.MASTHEAD), "html.parser")
    numbers = [span.text for span in made.find_all("span", class_="exhibit-number")]
    assert numbers == ["Table 1: ", "Figure 1: ", "Figure 2: ", "Table 2: "]


def test_the_same_exhibit_shown_twice_has_ids_of_its_own_each_time():
    twice = [example.figure("aaaaaaaa", "Burglary rose", [1, 2])] * 2
    made = page(v4.new_code_cell("x", outputs=twice))
    ids = [element["id"] for element in made.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert [f["id"] for f in made.find_all("figure")] == ["exhibit-1", "exhibit-2"]
    assert "cspnb-x-" not in str(made)


def test_a_drawing_keeps_its_text_alternative_and_its_text():
    drawing = page(
        v4.new_code_cell("x", outputs=[example.figure("aaaaaaaa", "Burglary rose", [1, 2])])
    ).svg
    assert drawing["role"] == "img"
    assert (
        drawing.find("title", id=drawing["aria-labelledby"]).text == "Column chart. Burglary rose"
    )
    assert "2008" in [text.text for text in drawing.find_all("text")]


# Code, and cells that are not for the reader


@pytest.mark.parametrize("tag", html.HIDDEN_TAGS)
def test_cells_not_meant_for_the_reader_are_not_shown(tag):
    cell = v4.new_code_cell(
        "secret = 1",
        outputs=[v4.new_output("stream", text="secret")],
        metadata={"tags": [tag]},
    )
    assert "secret" not in str(page(cell, show_code=True))


def test_code_is_shown_only_when_asked_for():
    cell = v4.new_code_cell("count < 3")
    assert "count" not in page(cell).main.text
    assert page(cell, show_code=True).find("pre", class_="code").text == "count < 3"


def test_the_notebook_is_left_as_it_was():
    notebook = example.notebook()
    before = v4.writes(notebook)
    html.page(notebook, example.MASTHEAD)
    assert v4.writes(notebook) == before


# Failures


def test_a_failed_part_is_shown_with_its_remedy_and_without_a_traceback():
    made = page(v4.new_code_cell("x", outputs=[example.failure()]))
    box = made.find(class_="failure")
    assert "This part could not be made" in box.text
    assert "run cspnb ingest population" in box.text
    assert "Traceback" not in made.text
    assert made.find("a", href=f"#{box['id']}").text == "See where"


def test_an_error_that_is_not_ours_is_named():
    output = v4.new_output("error", ename="KeyError", evalue="'burglary'", traceback=[])
    made = page(v4.new_code_cell("x", outputs=[output]))
    assert made.find(class_="failure-message").text == "KeyError: 'burglary'"


def test_the_traceback_comes_with_the_code_and_without_terminal_colours():
    made = page(v4.new_code_cell("x", outputs=[example.failure()]), show_code=True)
    assert made.find(class_="failure").pre.text.endswith("\nStoreError")


# Live numbers in prose


def test_an_expression_is_replaced_by_what_it_came_to():
    made = words("It stands at {eval}`now` today.", [result("now", "253")])
    assert made.p.text == "It stands at 253 today."


def test_a_text_result_loses_its_quotes():
    assert words("Up {eval}`pct`.", [result("pct", "'+65.4%'")]).p.text == "Up +65.4%."


def test_a_result_is_text_never_markup():
    made = words("{eval}`name`", [result("name", "'<b>*Kibworth*</b>'")])
    assert made.p.text == "<b>*Kibworth*</b>"
    assert made.find(["b", "em"]) is None


@pytest.mark.parametrize("kept", [[], [result("now", None, status="error")], [{}]])
def test_an_expression_without_a_result_is_marked(kept):
    made = words("It stands at {eval}`now`.", kept)
    assert made.find("mark", class_="unresolved").text == "not available: now"


def test_an_expression_in_a_code_block_is_left_alone():
    assert "{eval}`now`" in words("```\n{eval}`now`\n```", [result("now", "253")]).pre.text


# Hostile words


@pytest.mark.parametrize("text", example.HOSTILE)
def test_hostile_words_never_become_elements(text):
    made = page(
        v4.new_markdown_cell(f"{text} [here]({text}) ![there]({text})\n\n{text}"),
        title=text,
        summary=text,
        provenance=((text, text),),
        warnings=(text,),
    )
    assert made.find(["script", "iframe", "img"]) is None
    assert [e for e in made.find_all(True) if any(name.startswith("on") for name in e.attrs)] == []
    assert "javascript:" not in str([link.get("href") for link in made.find_all("a")])
    assert "49" not in made.text


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg onload='alert(1)'><script>alert(1)</script></svg>",
        "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
        "<svg><use xlink:href='https://www.example.org/x.svg#a'/></svg>",
        "<svg><rect style='fill: url(https://www.example.org/x)'/></svg>",
        "<svg><foreignObject><iframe src='https://www.example.org'></iframe></foreignObject></svg>",
    ],
)
def test_what_calls_itself_an_exhibit_passes_the_same_door(drawing):
    output = example.exhibit("figure", "aaaaaaaa", "A map", drawing)
    made = str(page(v4.new_code_cell("x", outputs=[output])).main)
    assert "alert" not in made
    assert "example.org" not in made


def test_characters_that_break_or_turn_the_text_are_shown_as_marks():
    assert words("gnp\u202eexe").p.text == "gnp\ufffdexe"


def test_a_comment_in_prose_is_not_for_the_reader():
    assert words("Seen.<!-- unseen -->").text.strip() == "Seen."


# What an analyst displayed


def test_a_data_frame_becomes_a_table_with_headers_that_say_what_they_head():
    frame = (
        "<style>td {color: red}</style><table border='1'><thead><tr><th></th><th>ward</th></tr>"
        "</thead><tbody><tr><th>0</th><td>Bosworth</td></tr></tbody></table>"
    )
    made = shown(text_html=frame, text_plain="ward")
    assert [(th.text, th["scope"]) for th in made.find_all("th")] == [("ward", "col"), ("0", "row")]
    assert made.find(class_="table-scroll")["aria-label"] == "Unnumbered table 1"
    assert "color: red" not in str(made)


def test_html_with_nothing_left_to_say_gives_way_to_its_text():
    made = shown(text_html="<iframe src='https://www.example.org'></iframe>", text_plain="A map")
    assert made.pre.text == "A map"


def test_a_picture_carries_the_description_its_author_gave():
    data = {"image/png": "iVBORw0KGgo="}
    described = v4.new_output("display_data", data=data, metadata={"image/png": {"alt": "A map"}})
    bare = v4.new_output("display_data", data=data)
    first, second = page(v4.new_code_cell("x", outputs=[described, bare])).main.find_all("figure")
    assert first.img["alt"] == "A map"
    assert second.figcaption.text == "Picture without a description"


def test_a_drawing_of_unknown_origin_is_a_picture_and_runs_nothing():
    made = shown(**{"image_svg+xml": "<svg onload='alert(1)'/>"})
    assert made.img["src"].startswith("data:image/svg+xml,%3Csvg")
    assert made.find("svg") is None


def test_a_picture_on_another_machine_is_named_not_fetched():
    made = words("![Hot spots](https://www.example.org/map.png)")
    assert made.mark.text == "picture not in this page: Hot spots"


def test_a_picture_attached_to_a_cell_is_in_the_page():
    attached = {"map.png": {"image/png": "iVBORw0KGgo="}}
    made = words("![Hot spots](attachment:map.png)", attachments=attached)
    assert (made.img["alt"], made.img["src"]) == (
        "Hot spots",
        "data:image/png;base64,iVBORw0KGgo=",
    )
