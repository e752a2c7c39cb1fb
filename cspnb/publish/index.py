"""The first page: every report there is, what failed and why."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from cspnb.publish.shell import TEMPLATES, furnish, printable

RESULTS = ("made", "made before", "failed")


@dataclass(frozen=True)
class Entry:
    """One report of one partnership for one period, as it came out.

    `status` is one of RESULTS; `period_sort` puts periods in time order; `href` leads from the
    index to the page, and is empty when the report failed; `seconds` is None when nothing ran.
    """

    partnership: str
    report: str
    period: str
    period_sort: str
    status: str
    is_sample: bool
    warnings: tuple[str, ...] = ()
    seconds: float | None = None
    href: str = ""
    error: str = ""

    @property
    def link(self) -> str:
        """The href fit for an attribute: a path below the index, never another scheme."""
        return quote(self.href, safe="/")


def page(
    entries: tuple[Entry, ...], *, heading: str = "Community Safety Partnership reports"
) -> str:
    """The index page, failed reports first, as text to be written in UTF-8."""
    template = _environment().get_template("index/index.html.j2")
    listed = _ordered(entries)
    return printable(template.render(entries=listed, heading=heading, tally=tally(listed)))


def as_json(entries: tuple[Entry, ...]) -> str:
    """The same list for a machine: counts by status, then the entries in the page's order."""
    listed = _ordered(entries)
    counts = Counter(entry.status for entry in listed)
    content = {
        "counts": {status: counts[status] for status in RESULTS},
        "entries": [asdict(entry) for entry in listed],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def tally(entries: tuple[Entry, ...]) -> str:
    """The counts in words: '5 reports: 4 made, 1 failed'."""
    counts = Counter(entry.status for entry in entries)
    noun = "report" if len(entries) == 1 else "reports"
    parts = ", ".join(f"{counts[status]} {status}" for status in RESULTS if counts[status])
    return f"{len(entries)} {noun}: {parts}" if parts else "No reports yet"


def _ordered(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    def place(entry: Entry):
        return (entry.status != "failed", entry.partnership, entry.report, entry.period_sort)

    return tuple(sorted(entries, key=place))


@cache
def _environment() -> Environment:
    return furnish(Environment(loader=FileSystemLoader(TEMPLATES, encoding="utf-8")))
