"""An exhibit as plain text: for a terminal, a stored notebook, and a comparison of two runs."""

import re
import textwrap

from cspnb.exhibits.grid import Grid

WIDTH = 96

# Control characters break XML; the marks that turn text round can make one word read as another.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def printable(text: object) -> str:
    """Text without control characters or marks that reverse its direction."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(text))


def text_of(exhibit) -> str:
    """Title, subtitle, the table or the sentences, notes, source, cautions; blank lines between."""
    blocks = [_wrapped(exhibit.title), _wrapped(exhibit.subtitle)]
    if exhibit.kind == "statement":
        blocks = [_wrapped(paragraph) for paragraph in exhibit.body]
    elif exhibit.kind == "table":
        blocks.append(aligned(exhibit.body))
    else:
        blocks.append(_wrapped(exhibit.alternative))
        blocks.append(aligned(Grid.of(exhibit.data)) if exhibit.data is not None else "")
    blocks += [_wrapped(f"Note: {note}") for note in exhibit.notes]
    if exhibit.kind != "statement":
        blocks.append(_wrapped(f"Source: {exhibit.source}") if exhibit.source else "")
        blocks += [_wrapped(f"Bear in mind: {caveat}") for caveat in exhibit.caveats]
    return "\n\n".join(printable(block) for block in blocks if block)


def aligned(grid: Grid) -> str:
    """The cells in columns of equal width, numbers to the right, under their names."""
    rows = [grid.columns, *grid.rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(grid.columns))]
    lines = [
        "  ".join(
            cell.rjust(width) if name in grid.numeric else cell.ljust(width)
            for cell, width, name in zip(row, widths, grid.columns, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
