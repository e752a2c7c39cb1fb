"""What a page says about itself, above and below what the notebook says."""

from dataclasses import dataclass

from cspnb.errors import EditionError

STATUS_WORDS = {
    "draft": "Draft, not yet agreed for publication",
    "final": "Final",
}


@dataclass(frozen=True)
class Masthead:
    """The head and foot of one report's page.

    `provenance` is (label, value) pairs; `warnings` are whole sentences; `status` is 'draft' or
    'final', and anything else raises EditionError. All of it is text: markup in it is shown, not
    obeyed.
    """

    title: str
    partnership: str
    period_dates: str
    status: str
    is_sample: bool
    summary: str = ""
    provenance: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self):
        if self.status not in STATUS_WORDS:
            raise EditionError(
                f"'{self.status}' is not the status of an edition",
                remedy=f"Use one of: {', '.join(STATUS_WORDS)}.",
            )

    @property
    def status_words(self) -> str:
        """The status as a reader would say it."""
        return STATUS_WORDS[self.status]
