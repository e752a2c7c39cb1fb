"""A params file as plain values with the line of each; what YAML 1.1 would misread is refused.

YAML turns a bare `NO` into false, `2014-04-01` into a date, `01527` into an octal number and
`1:30` into ninety. Nothing here is converted so: each is a problem that says "put it in quotes".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from cspnb.params.problems import Problem

Place = tuple[str | int, ...]
"""The keys and list positions that lead to a value: ('plans', 0, 'targets', 2)."""

_QUOTES = "Put it in quotes."
_PLAIN_NUMBER = {
    "int": re.compile(r"^[-+]?(0|[1-9][0-9]*)$"),
    "float": re.compile(r"^[-+]?(0|[1-9][0-9]*)\.[0-9]+$"),
}
_MISREAD = {
    "timestamp": ("a date", _QUOTES),
    "int": ("a number written in another base", _QUOTES),
    "float": ("a number in an unusual form", "Put it in quotes, or write it as 2.5."),
    "bool": ("true or false", "Put it in quotes; or write true or false."),
}


@dataclass(frozen=True)
class Document:
    """What a file says, the line of each thing, and what could not be taken as it is written.

    Sequences are tuples. `misread` are the places of `problems` about a value (a blank is None),
    so that no second problem is made of it.
    """

    file: str
    values: Mapping
    lines: Mapping[Place, int]
    misread: frozenset[Place] = frozenset()
    problems: tuple[Problem, ...] = ()

    def line_of(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def problem(self, place: Place, what: str, remedy: str = "") -> Problem:
        """A problem at a value of this file."""
        return Problem(self.file, self.line_of(place), what, remedy)


def named(place: Place) -> str:
    """A place in words: 'force' in its quotes, or "entry 2 of 'measures'"."""
    last = place[-1] if place else "the file"
    return f"entry {last + 1} of '{place[-2]}'" if isinstance(last, int) else f"'{last}'"


def read(path: Path, file: str) -> Document:
    """The document at `path`, to be called `file` in messages. Never raises on what it holds."""
    try:
        root = _root(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return _unreadable(file, line, "this line is not UTF-8 text", "Save the file as UTF-8.")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "a character that YAML does not allow"
        return _unreadable(file, mark.line + 1 if mark else 1, f"not readable as YAML: {what}")
    if not isinstance(root, yaml.MappingNode):
        return _unreadable(file, 1, "there are no keys in this file", "Write 'key: value'.")
    walk = _Walk(file)
    values = walk.value(root, ())
    return Document(
        file,
        values,
        walk.lines,
        frozenset(walk.misread),
        tuple(walk.problems),
    )


class _Loader(yaml.SafeLoader):
    """Refuses `*alias`: a params file says each thing where it is used."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "aliases (*name) are not used here", mark)
        return super().compose_node(parent, index)


def _root(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _unreadable(file, line, what, remedy="") -> Document:
    remedy = remedy or (
        "Look at the indentation and quotes here and one line above; "
        "text with ': ' or ' #' in it, or that begins with a sign, goes in quotes."
    )
    return Document(file, {}, {}, problems=(Problem(file, line, what, remedy),))


@dataclass
class _Walk:
    """Takes YAML's nodes to values, noting lines and problems on the way."""

    file: str
    lines: dict = field(default_factory=dict)
    misread: set = field(default_factory=set)
    problems: list = field(default_factory=list)

    def value(self, node, place):
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._entries(node, place))
        return self._scalar(node, place)

    def _entries(self, node, place):
        for position, entry in enumerate(node.value):
            yield self.value(entry, (*place, position))

    def _mapping(self, node, place):
        values = {}
        for key_node, value_node in node.value:
            # A key is its text, whatever YAML would make of it.
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            here, line = (*place, key), key_node.start_mark.line + 1
            if here in self.lines:
                what = f"'{key}' is here twice: on line {self.lines[here]} and on line {line}"
                self.problems.append(Problem(self.file, line, what, "Take one of them out."))
                continue
            self.lines[here] = line
            values[key] = self.value(value_node, here)
        return values

    def _scalar(self, node, place):
        kind, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        if kind == "null":
            self._refuse(place, f"{named(place)} is blank", "Fill it in, or take the line out.")
            return None
        if kind == "bool" and text in ("true", "false"):
            return text == "true"
        if kind in _PLAIN_NUMBER and _PLAIN_NUMBER[kind].match(text):
            return int(text) if kind == "int" else float(text)
        if kind in _MISREAD:
            seen_as, remedy = _MISREAD[kind]
            self._refuse(place, f"YAML reads {text} as {seen_as}, not as text", remedy)
        elif kind not in ("str", "value", "merge"):
            self._refuse(place, f"the tag {node.tag} is not used here", "Write plain text.")
        return text

    def _refuse(self, place, what, remedy):
        self.misread.add(place)
        self.problems.append(Problem(self.file, self.lines[place], what, remedy))
