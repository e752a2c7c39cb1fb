"""Imports of libraries that warn where nobody can do anything about it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quietly() -> Iterator[None]:
    """Import esda, libpysal or pointpats without the warning of a progress bar they bring.

    In a notebook without ipywidgets it would stand on the page, with a path of the machine.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="IProgress not found")
        yield
