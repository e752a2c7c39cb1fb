"""Headings: one order, one id each, and the table of contents made from them."""

import re
from dataclasses import dataclass, field
from html import unescape

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Heading:
    """A line of the contents, and the lines below it."""

    anchor: str
    text: str
    below: list["Heading"] = field(default_factory=list)


class Outline:
    """The headings of one page, taken as they come.

    The notebook's own title (a first heading of level 1) is left to the masthead. Every other
    heading is at least level 2 and one deeper than the one it stands under, whatever levels the
    analyst skipped.
    """

    def __init__(self):
        self.contents: list[Heading] = []
        self._above: list[int] = []
        self._anchors: set[str] = set()
        self._begun = False

    def place(self, html: str) -> str:
        """The HTML with its headings at their right level and with their ids."""
        return _HEADING.sub(self._placed, html)

    def _placed(self, match: re.Match) -> str:
        written, inner = int(match[1]), match[2]
        text = unescape(_TAG.sub("", inner)).strip()
        is_title = written == 1 and not self._begun
        self._begun = True
        if is_title or not text:
            return ""
        level, anchor = self._level(written), self._anchor(text)
        self._list(level, Heading(anchor, text))
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    def _level(self, written: int) -> int:
        while self._above and self._above[-1] >= written:
            self._above.pop()
        self._above.append(written)
        return min(len(self._above) + 1, 6)

    def _anchor(self, text: str) -> str:
        stem = "section-" + (re.sub(r"\W+", "-", text.lower()).strip("-")[:60] or "untitled")
        anchor, copies = stem, 1
        while anchor in self._anchors:
            copies += 1
            anchor = f"{stem}-{copies}"
        self._anchors.add(anchor)
        return anchor

    def _list(self, level: int, heading: Heading) -> None:
        if level == 2:
            self.contents.append(heading)
        elif level == 3:
            self.contents[-1].below.append(heading)
