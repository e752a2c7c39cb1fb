"""Show exhibits in a notebook, one under another, without saying anything twice."""

from dataclasses import replace

from cspnb.exhibits import Exhibit


def show(*exhibits: Exhibit) -> None:
    """Display each exhibit in turn.

    Of exhibits shown together, a statement leaves its notes to a later one that has the same,
    and one that only repeats the words of another is left out.
    """
    from IPython.display import display

    for exhibit in without_repeats(exhibits):
        display(exhibit)


def without_repeats(exhibits: tuple[Exhibit, ...]) -> list[Exhibit]:
    """The exhibits, each thing said once."""
    kept: list[Exhibit] = []
    for place, exhibit in enumerate(exhibits):
        if any(_same_words(exhibit, other) for other in kept):
            continue
        if exhibit.kind == "statement":
            later = {note for other in exhibits[place + 1 :] for note in _notes_of(other, exhibit)}
            notes = tuple(note for note in exhibit.notes if note not in later)
            exhibit = replace(exhibit, notes=notes)
        kept.append(exhibit)
    return kept


def _same_words(one: Exhibit, other: Exhibit) -> bool:
    return one.kind == other.kind == "statement" and one.body == other.body


def _notes_of(other: Exhibit, statement: Exhibit) -> tuple[str, ...]:
    """The notes of an exhibit that will be shown after a statement."""
    return () if _same_words(other, statement) else other.notes
