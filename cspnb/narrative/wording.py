"""Turns of phrase that every statement, table and chart shares."""

from collections.abc import Iterable

from cspnb.measures.change import CLEAR_FALL, CLEAR_RISE
from cspnb.measures.definition import Measure
from cspnb.measures.totals import named_once

_OPENERS = frozenset(
    ["A", "All", "An", "Each", "Every", "Fewer", "It", "Its", "Neither", "No", "Nobody", "None",
     "Not", "Nothing", "Only", "Some", "The", "There", "They", "This", "Too", "Without"]
)  # fmt: skip
"""Words that open a sentence and are no name: inside another they have a small letter."""

NOT_NEWS = "which is not of itself good or bad news"


def in_sentence(label: str) -> str:
    """A measure's label as it stands inside a sentence: 'domestic burglary', but 'ASB'."""
    first, *rest = label.split(" ")
    is_word = first[:1].isupper() and first[1:].islower()
    return " ".join([first.lower() if is_word or first == "A" else first, *rest])


def listed(items: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'; semicolons where an item has a comma of its own."""
    items = list(items)
    if len(items) < 3:
        return " and ".join(items)
    comma = "; " if any(", " in item for item in items) else ", "
    last = "; and " if comma == "; " else " and "
    return comma.join(items[:-1]) + last + items[-1]


def opening(labels: Iterable[str]) -> str:
    """Labels that open a sentence, the first alone with its capital: 'Burglary and arson'."""
    first, *rest = labels
    return listed([first, *map(in_sentence, rest)])


def sentence(text: str) -> str:
    """Text with a capital at its start and one full stop at its end."""
    text = text.strip()
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def lowered(text: str) -> str:
    """A sentence's words as they stand after others: its first letter small."""
    return text[:1].lower() + text[1:]


def clause(text: str) -> str:
    """A sentence without its full stop, to stand inside another; names keep their capital."""
    bare = text.strip().removesuffix(".")
    return lowered(bare) if bare.split(" ")[0] in _OPENERS else bare


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """The items that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(item for item in items if item))


def sources(parts: Iterable[object]) -> str:
    """The sources of several figures as one line, each named once."""
    return named_once(parts)


def always(measures: Iterable[Measure]) -> tuple[str, ...]:
    """What is said in full view wherever one of the measures is shown, each once."""
    return unique(sentence(text) for measure in measures for text in measure.said_always)


def caveats(measure: Measure, others: Iterable[str] = ()) -> tuple[str, ...]:
    """The cautions of a measure, then those of what was recorded, under the measure's name."""
    told = unique([*measure.caveats, *others])
    return tuple(sentence(f"{measure.label}: {lowered(text)}") for text in told)


def news(measure: Measure, verdict: str) -> str:
    """Whether a clear change is wanted: 'for the better', 'for the worse', or neither."""
    if verdict not in (CLEAR_RISE, CLEAR_FALL):
        return ""
    if measure.good not in ("lower", "higher"):
        return NOT_NEWS
    is_wanted = (verdict == CLEAR_FALL) == (measure.good == "lower")
    return "for the better" if is_wanted else "for the worse"
