"""A file of params/checklists: information that partners must share, item by item."""

from cspnb.params.fields import MeasureKey, Part, Slug, Text


class Item(Part):
    """One thing that a body must share."""

    body: Text
    """Who shares it: Police, Council."""
    information: Text
    """What it is of."""
    asked: Text
    """In what detail it must be shared."""
    measures: tuple[MeasureKey, ...] = ()
    """The measures that show it between them. None: nothing here reads it yet."""


class Checklist(Part):
    """A checklist; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    title: Text
    """What it is called."""
    note: Text
    """What a reader must know of it."""
    source: Text
    """The law or guidance it is from."""
    items: tuple[Item, ...]
    """What must be shared, by body."""
