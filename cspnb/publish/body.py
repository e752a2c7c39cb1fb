"""The middle of a report's page: every cell that has something to show, in order."""

from dataclasses import dataclass
from html import escape
from itertools import count

from markupsafe import Markup

from cspnb.publish.grid import distinct_regions
from cspnb.publish.outline import Heading, Outline
from cspnb.publish.outputs import Outputs
from cspnb.publish.prose import cell_prose


@dataclass(frozen=True)
class Body:
    """Safe HTML of the cells, the contents made from their headings, and how many parts failed."""

    blocks: tuple[Markup, ...]
    contents: tuple[Heading, ...]
    failures: int


def body(cells, *, show_code: bool = False) -> Body:
    """The body made of notebook cells; code is left out unless asked for."""
    outline, outputs, tables = Outline(), Outputs(show_code=show_code), count(1)
    blocks = []
    for cell in cells:
        for html in _pieces(cell, outputs, show_code):
            blocks.append(Markup(distinct_regions(outline.place(html), tables)))
    return Body(tuple(blocks), tuple(outline.contents), outputs.failures)


def _pieces(cell, outputs: Outputs, show_code: bool):
    if cell.cell_type == "markdown":
        yield cell_prose(cell)
    if cell.cell_type == "code":
        if show_code and cell.source.strip():
            yield f'<pre class="code"><code>{escape(cell.source)}</code></pre>'
        for output in cell.outputs:
            yield outputs.html(output)
