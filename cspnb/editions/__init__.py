"""One folder of outputs: which report it holds, and where it is."""

import re
from dataclasses import dataclass
from pathlib import Path

from cspnb.errors import EditionError
from cspnb.periods import Period

_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(frozen=True)
class EditionKey:
    """Which report, on whom, on when: it names the folder."""

    report: str
    partnership: str
    period: Period
    subject: str = ""
    is_sample: bool = False

    def __post_init__(self):
        for name in (self.report, self.partnership, *([self.subject] if self.subject else [])):
            if not _SLUG.match(name):
                raise EditionError(
                    f"'{name}' cannot be part of an edition's name",
                    remedy="Use small letters, digits and single hyphens: annual-review.",
                )

    def folder(self, outputs: Path) -> Path:
        """outputs/[sample/]<partnership>/<period>/<report>[--<subject>]."""
        top = outputs / "sample" if self.is_sample else outputs
        leaf = f"{self.report}--{self.subject}" if self.subject else self.report
        return top / self.partnership / self.period.slug / leaf

    def __str__(self) -> str:
        subject = f" ({self.subject})" if self.subject else ""
        return f"{self.report}{subject}, {self.partnership}, {self.period}"
