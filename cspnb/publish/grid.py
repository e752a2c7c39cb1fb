"""Tables that an analyst wrote or displayed, made readable by ear and on a narrow screen.

Works on what the sanitiser wrote, whose markup is regular; a table of ours needs none of this.
"""

import re
from itertools import count

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<thead>.*?</thead>", re.DOTALL)
_ROWS = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
_HEADER = re.compile(r"<th(?![a-z])(?![^>]* scope=)")
_EMPTY_HEADER = re.compile(r"<th[^>]*>\s*</th>")


def accessible_tables(html: str) -> str:
    """The HTML with a scope on every header and each table in a region that scrolls by itself."""
    return _TABLE.sub(lambda found: _region(found[0]), html)


def _region(table: str) -> str:
    table = _EMPTY_HEADER.sub("<td></td>", table)
    table = _HEAD.sub(lambda head: _HEADER.sub('<th scope="col"', head[0]), table)
    table = _ROWS.sub(lambda rows: _HEADER.sub('<th scope="row"', rows[0]), table)
    return f'<div class="table-scroll" role="region" aria-label="Table" tabindex="0">{table}</div>'


def distinct_regions(html: str, numbers: count) -> str:
    """The HTML with 'Table' as a region's name made 'Unnumbered table 1', '2' ... down the page."""
    return re.sub(
        r'role="region" aria-label="Table"',
        lambda _: f'role="region" aria-label="Unnumbered table {next(numbers)}"',
        html,
    )
