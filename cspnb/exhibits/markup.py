"""An exhibit as HTML: headings, row and column headers, a text alternative, nothing unescaped."""

import hashlib
import html
import json
import re
from functools import partial

from cspnb.exhibits.grid import Grid
from cspnb.exhibits.record import record_of
from cspnb.exhibits.text import printable

_SHAPE = re.compile(r"^([●▲■◆○]) (.*)$", re.DOTALL)
_SVG_ID = re.compile(r'(\bid="|href="#|url\(#)')


def html_of(exhibit) -> str:
    """The markup of an exhibit; every id in it starts with the exhibit's token."""
    if exhibit.kind == "statement":
        paragraphs = [_paragraph(text) for text in exhibit.body]
        parts = [*paragraphs, *_notes(exhibit)]
        return f'<div class="exhibit exhibit-statement">{"".join(parts)}</div>'
    token = token_of(exhibit)
    body = _svg(exhibit, token) if exhibit.kind == "figure" else _scrolling(exhibit, token)
    parts = [_caption(exhibit, token), body, *_notes(exhibit), _source(exhibit), _details(exhibit)]
    return (
        f'<figure class="exhibit exhibit-{exhibit.kind}" id="{token}" '
        f'aria-labelledby="{token}-title">{"".join(parts)}</figure>'
    )


def token_of(exhibit) -> str:
    """`cspnb-x-` with eight hexadecimal digits of all that the exhibit holds."""
    content = json.dumps([record_of(exhibit), repr(exhibit.body)], ensure_ascii=True)
    return f"cspnb-x-{hashlib.sha256(content.encode('utf-8')).hexdigest()[:8]}"


def table_html(grid: Grid, caption: str, *, caption_class: str = "") -> str:
    """A table with caption, column headers and row headers; numbers have the class `numeric`."""
    classed = partial(_classed, grid)
    head = "".join(f'<th scope="col"{classed(name)}>{_escaped(name)}</th>' for name in grid.columns)
    rows = "".join(
        f'<tr><th scope="row"{classed(grid.columns[0])}>{_cell(row[0])}</th>'
        + "".join(
            f"<td{classed(name)}>{_cell(text)}</td>"
            for name, text in zip(grid.columns[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in grid.rows
    )
    kind = f' class="{caption_class}"' if caption_class else ""
    return (
        f"<table><caption{kind}>{_escaped(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _caption(exhibit, token: str) -> str:
    subtitle = _paragraph(exhibit.subtitle, "exhibit-subtitle") if exhibit.subtitle else ""
    return (
        f'<figcaption id="{token}-title"><p class="exhibit-title">'
        f'<span class="exhibit-number"></span>{_escaped(exhibit.title)}</p>{subtitle}</figcaption>'
    )


def _svg(exhibit, token: str) -> str:
    named = _SVG_ID.sub(rf"\g<1>{token}-", exhibit.body)
    title = f'<title id="{token}-alt">{_escaped(exhibit.alternative)}</title>'
    opening, inside = named.split(">", 1)
    return f'{opening} role="img" aria-labelledby="{token}-alt">{title}{inside}'


def _scrolling(exhibit, token: str) -> str:
    table = table_html(exhibit.body, exhibit.title, caption_class="visually-hidden")
    return (
        f'<div class="table-scroll" role="region" aria-labelledby="{token}-title" '
        f'tabindex="0">{table}</div>'
    )


def _details(exhibit) -> str:
    """The data of a figure, then method, coverage, cautions; a table shows its data already."""
    with_data = exhibit.kind == "figure" and exhibit.data is not None
    parts = [table_html(Grid.of(exhibit.data), f"Data: {exhibit.subtitle}")] if with_data else []
    parts += [
        _paragraph(f"{name}: {text}", f"exhibit-{name.lower()}")
        for name, text in (("Method", exhibit.method), ("Coverage", exhibit.coverage))
        if text
    ]
    parts += _caveats(exhibit)
    if not parts:
        return ""
    summary = "Data and method" if with_data else "Method and cautions"
    inside = "".join(parts)
    return f'<details class="exhibit-data"><summary>{summary}</summary>{inside}</details>'


def _caveats(exhibit) -> list[str]:
    if not exhibit.caveats:
        return []
    items = "".join(f"<li>{_escaped(text)}</li>" for text in exhibit.caveats)
    return [_paragraph("Bear in mind:"), f'<ul class="exhibit-caveats">{items}</ul>']


def _notes(exhibit) -> list[str]:
    return [_paragraph(note, "exhibit-note") for note in exhibit.notes]


def _source(exhibit) -> str:
    return _paragraph(f"Source: {exhibit.source}", "exhibit-source") if exhibit.source else ""


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{_escaped(text)}</p>' if kind else f"<p>{_escaped(text)}</p>"


def _classed(grid: Grid, column: str) -> str:
    return ' class="numeric"' if column in grid.numeric else ""


def _cell(text: str) -> str:
    """A shape is for the eye only: the word beside it says the same."""
    if shaped := _SHAPE.match(text):
        return f'<span aria-hidden="true">{shaped[1]}</span> {_escaped(shaped[2])}'
    return _escaped(text)


def _escaped(text: object) -> str:
    return html.escape(printable(text))
