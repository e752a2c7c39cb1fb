"""From a template to one partnership's notebook: each repeated block, once per item."""

import copy

from cspnb.errors import EditionError

REPEATED = {"repeat:priorities": "report.priority()"}
"""Tag of a repeated block, and the call in it that gets the item's slug on expansion."""

LONGEST_ID = 64  # nbformat allows no more


def expand(template, repeats):
    """The template with each repeated block written out once per item.

    `repeats` maps a tag ('repeat:priorities') to slugs. Cells of a block stand together; the
    cell `position` becomes `position--road-safety`, and `report.priority()` in it becomes
    `report.priority("road-safety")`. A block without items disappears. The template is not
    changed.
    """
    notebook = copy.deepcopy(template)
    cells, block, tag = [], [], None
    for cell in [*notebook.cells, None]:
        tag_here = _repeat_tag(cell) if cell is not None else None
        if block and tag_here != tag:
            cells += _written_out(block, tag, repeats.get(tag, ()))
            block = []
        tag = tag_here
        if tag_here:
            block.append(cell)
        elif cell is not None:
            cells.append(cell)
    notebook.cells = cells
    return notebook


def _repeat_tag(cell):
    tags = [tag for tag in cell.metadata.get("tags", ()) if tag in REPEATED]
    return tags[0] if tags else None


def _written_out(block, tag, slugs):
    call = REPEATED[tag]
    for slug in slugs:
        for cell in block:
            item = copy.deepcopy(cell)
            item.id = _item_id(cell.id, slug)
            item.source = cell.source.replace(call, f'{call[:-1]}"{slug}")')
            yield item


def _item_id(cell_id, slug):
    name = f"{cell_id}--{slug}"
    if len(name) > LONGEST_ID:
        raise EditionError(
            f"the cell id '{name}' is longer than {LONGEST_ID} characters",
            remedy=f"Shorten the slug '{slug}' in the partnership's params.",
        )
    return name
