"""Show exhibits in a notebook, one under another."""

from cspnb.exhibits import Exhibit


def show(*exhibits: Exhibit) -> None:
    """Display each exhibit in turn."""
    from IPython.display import display

    for exhibit in exhibits:
        display(exhibit)
