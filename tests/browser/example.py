"""A small report to look at: every kind of thing a page can hold, and data that means harm."""

import io
from html import escape

import matplotlib as mpl
from matplotlib.figure import Figure
from nbformat import v4

from cspnb.publish.index import Entry
from cspnb.publish.masthead import Masthead

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(2)</script>",
    "{{7*7}} ${7*7}",
    "\u202egnp.exe\x00",
    "javascript:alert(3)",
)

MASTHEAD = Masthead(
    title="Annual review 2013/14",
    partnership="Harborough Community Safety Partnership",
    period_dates="1 April 2013 to 31 March 2014",
    status="draft",
    is_sample=True,
    summary="Recorded crime was level with the year before; domestic burglary rose clearly.",
    provenance=(
        ("Report", "Annual review, template 3"),
        ("Source", f"Open data {HOSTILE[1]}"),
        ("Parameters", "partnership harborough, period 2013/14"),
    ),
    warnings=("March 2014 is absent from one file, so its total is shown as incomplete.",),
)


def chart(heights) -> str:
    """A column chart as SVG, its text as text."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "page", "font.size": 11}):
        figure = Figure(figsize=(7, 3.2), layout=None)
        axes = figure.add_axes((0.07, 0.12, 0.9, 0.82))
        axes.bar([str(2008 + n) for n in range(len(heights))], heights, color="#12436D", width=0.6)
        axes.spines[["top", "right", "left"]].set_visible(False)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue().partition("<svg")[2].join(("<svg", ""))


def exhibit(kind: str, token: str, title: str, body: str, **parts) -> dict:
    """A display output as the package's exhibits make it; `body` is markup, the rest is text."""
    token = f"cspnb-x-{token}"
    html = (
        f'<figure class="exhibit exhibit-{kind}" id="{token}" aria-labelledby="{token}-title">'
        f'<figcaption id="{token}-title"><p class="exhibit-title">'
        f'<span class="exhibit-number"></span>{escape(title)}</p>'
        f'<p class="exhibit-subtitle">{escape(parts.get("subtitle", ""))}</p></figcaption>'
        f"{body.replace('TOKEN', token)}"
        f'<p class="exhibit-source">Source: invented for this test</p>'
        f'<details class="exhibit-data"><summary>Data and method</summary>'
        f"<p>Counts of recorded offences.</p></details></figure>"
    )
    return _shown(html, {"kind": kind, "title": title}, title)


def figure(token: str, title: str, heights) -> dict:
    """A figure: the drawing with its text alternative inside it."""
    opening = '<svg role="img" aria-labelledby="TOKEN-alt"><title id="TOKEN-alt">'
    named = opening + escape(f"Column chart. {title}") + "</title>"
    drawing = chart(heights).replace("<svg ", named.partition(">")[0] + " ", 1)
    drawing = drawing.replace(">", f">{named.partition('>')[2]}", 1)
    drawing = drawing.replace('id="', 'id="TOKEN-').replace('id="TOKEN-TOKEN', 'id="TOKEN')
    drawing = drawing.replace('href="#', 'href="#TOKEN-').replace("url(#", "url(#TOKEN-")
    return exhibit("figure", token, title, drawing, subtitle="Domestic burglary, offences a year")


def table(token: str, title: str, rows) -> dict:
    """A table of display text: the first column names the row, the last says what it means."""
    columns = ("Measure", "2012/13", "2013/14", "Change", "Change %", "Verdict")
    head = "".join(f'<th scope="col"{_numeric(name)}>{name}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td{_numeric(name)}>{escape(text)}</td>"
            for name, text in zip(columns[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    grid = (
        '<div class="table-scroll" role="region" aria-labelledby="TOKEN-title" tabindex="0">'
        f'<table><caption class="visually-hidden">{escape(title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return exhibit("table", token, title, grid, subtitle="Harborough, offences recorded")


def statement(*paragraphs: str) -> dict:
    """A sentence or two that the package wrote."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    html = f'<div class="exhibit exhibit-statement">{text}</div>'
    return _shown(html, {"kind": "statement"}, paragraphs[0])


def failure() -> dict:
    """What is left where a cell failed."""
    return v4.new_output(
        "error",
        ename="StoreError",
        evalue="the store holds no population\n  What to do: run cspnb ingest population",
        traceback=["Traceback (most recent call last)", "\x1b[31mStoreError\x1b[0m"],
    )


def notebook():
    """The report as a run leaves it."""
    burglary = "Domestic burglary rose from 153 to 253: a clear rise."
    cells = [
        v4.new_markdown_cell("# Annual review"),
        _code(tags=["parameters"], source='partnership = "secret-parameter"'),
        v4.new_markdown_cell("## How much crime is recorded?\n\n" + _HOW_MUCH),
        _code(statement("2,778 offences were recorded, 5 more than the year before."), _MEASURES),
        v4.new_markdown_cell("## Priorities"),
        v4.new_markdown_cell("### Domestic burglary\n\nThe concern residents raise most."),
        _code(statement(burglary), figure("aaaaaaaa", "Burglary is at its highest", _BURGLARY)),
        _prose_with_numbers("#### What was done\n\nIt stands at {eval}`burglary.now`."),
        v4.new_markdown_cell("### Anti-social behaviour"),
        _code(figure("bbbbbbbb", "Incidents fell again", [1500, 1420, 1390, 1300, 1269, 1159])),
        v4.new_markdown_cell("### Road safety\n\nNo measure is held."),
        _code(failure()),
        v4.new_markdown_cell("## What an analyst added\n\n##### A level too deep\n\n" + _ADDED),
        _code(_frame(), _table_of_hostile_words()),
    ]
    return v4.new_notebook(cells=cells)


def entries() -> tuple[Entry, ...]:
    """The index's list: one of each result, one of them hostile."""
    harborough = ("Harborough", "Annual review")
    return (
        Entry(*harborough, "2013/14", "2013-04", "made", True, (), 4.2, "sample/a/report.html"),
        Entry(*harborough, "2012/13", "2012-04", "made before", True, href="sample/b/report.html"),
        Entry("Melton", HOSTILE[1], "2013/14", "2013-04", "failed", False, error=HOSTILE[0]),
    )


def _prose_with_numbers(source: str):
    kept = {
        "expression": "burglary.now",
        "result": {"status": "ok", "data": {"text/plain": "'253'"}},
    }
    return v4.new_markdown_cell(source, metadata={"user_expressions": [kept]})


def _code(*outputs, tags=(), source="show()"):
    return v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def _shown(html: str, record: dict, text: str) -> dict:
    data = {"text/html": html, "text/plain": text, "application/vnd.cspnb.exhibit+json": record}
    return v4.new_output("display_data", data=data)


def _frame() -> dict:
    html = (
        "<div><style scoped>td {color: red}</style><table border='1' class='dataframe'>"
        "<thead><tr style='text-align: right;'><th></th><th>ward</th><th>offences</th></tr></thead>"
        "<tbody><tr><th>0</th><td>Bosworth</td><td>41</td></tr>"
        f"<tr><th>1</th><td>{HOSTILE[1]}</td><td>12</td></tr></tbody></table></div>"
    )
    return v4.new_output("execute_result", data={"text/html": html, "text/plain": "ward"})


def _table_of_hostile_words() -> dict:
    rows = [(text, "1", "2", "+1", "", text) for text in HOSTILE]
    return table("cccccccc", f"Places as written {HOSTILE[2]}", rows)


def _numeric(column: str) -> str:
    return "" if column in ("Measure", "Verdict") else ' class="numeric"'


_BURGLARY = [180, 171, 166, 149, 153, 253]
_MEASURES = table(
    "dddddddd",
    "Three of five targets for crime were missed",
    [
        ("Total crime", "2,773", "2,778", "+5", "+0.2", "No clear change"),
        ("Domestic burglary", "153", "253", "+100", "+65.4", "Clear rise"),
        ("Theft from a vehicle", "335", "284", "−51", "−15.2", "Clear fall"),
        ("Theft of a vehicle", "38", "54", "+16", "+42.1", "No clear change"),
    ],
)
_HOW_MUCH = (
    "The partnership sets five aims with the police, the county council and the fire and rescue "
    "service. This section says what the police recorded, and how sure a reader can be that a "
    "change is more than chance. Anti-social behaviour is an incident and not a crime, so it is "
    "counted apart.\n\n"
    "- The counts are of offences recorded, not of offences committed.\n"
    "- A change is *clear* where chance alone would seldom bring it about.\n\n"
    "<!-- not for the reader -->"
)
_ADDED = (
    f"A [link](javascript:alert(4)), a [good one](https://www.example.org) and {HOSTILE[0]} "
    f"{HOSTILE[1]} with {{eval}}`no.such_name`.\n\n"
    "| ward | offences |\n| --- | ---: |\n| Bosworth | 41 |\n\n"
    "![A map](https://www.example.org/map.png)\n\n"
    "<svg onload=alert(5)></svg><iframe src='https://www.example.org'></iframe>"
)
