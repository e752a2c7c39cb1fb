"""What a command is doing, on standard error, once it takes longer than people like to wait."""

from threading import Timer

import typer

PATIENCE = 2.0
"""Seconds before anything is said."""


class Progress:
    """Says what is being done, from the time it has taken longer than `patience` seconds."""

    def __init__(self, patience: float = PATIENCE):
        self._doing = ""
        self._is_late = False
        self._timer = Timer(patience, self._late)
        self._timer.daemon = True

    def __enter__(self) -> "Progress":
        self._timer.start()
        return self

    def __exit__(self, *_) -> None:
        self._timer.cancel()

    def __call__(self, doing: str) -> None:
        """Take note of what is being done next."""
        self._doing = doing
        if self._is_late:
            typer.echo(f"{doing} ...", err=True)

    def _late(self):
        self._is_late = True
        if self._doing:
            typer.echo(f"{self._doing} ...", err=True)
