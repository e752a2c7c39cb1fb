"""What a report shows: a body with its title, text alternative, data, source and caveats."""

from cspnb.exhibits.exhibit import EXHIBIT_MIME, Exhibit, Fact
from cspnb.exhibits.grid import Grid
from cspnb.exhibits.text import printable

__all__ = ["EXHIBIT_MIME", "Exhibit", "Fact", "Grid", "printable"]
