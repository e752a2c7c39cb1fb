"""A level that has shifted, in words: one mean describes no part of a series, and what then."""

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.narrative import control_words as words
from cspnb.narrative.wording import in_sentence, sentence

UNLIKE_THE_CHANGE = (
    "This asks whether a {one} fits with the {points} about it. The change against last year "
    "compares the totals of two years: a level that moved before both is a signal in a long "
    "series, and no change between them."
)


def shifted(result: Control) -> str:
    """That the level has shifted within the span, and what the latest points are judged against."""
    shift = result.shift
    if shift is None:
        return ""
    said = (
        f"The level of {in_sentence(result.measure.label)} has shifted within "
        f"{words.when(shift.start, shift.end)}: {shift.number} of {shift.sound} {result.points} "
        "lie in long runs above or below the mean of them all, "
        f"{words.mean(result, shift.centre)}. That one mean describes no part of it"
    )
    return f"{sentence(said)} {_what_then(result)}"


def _what_then(result: Control) -> str:
    shift = result.shift
    if not shift.restart:
        return sentence(
            f"A signal says on which side of it a {words.one(result)} lies, and not that anything "
            "has just moved"
        )
    return sentence(
        f"The latest {numerals.counted(shift.kept, result.points)}, from "
        f"{words.when(shift.restart)}, are therefore judged against a mean of their own"
    )


def unlike_the_change(result: Control) -> str:
    """How a signal differs from the change against last year."""
    return UNLIKE_THE_CHANGE.format(one=words.one(result), points=result.points)
