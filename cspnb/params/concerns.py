"""A file of params/concerns: a question put to residents, and what records the like."""

from pydantic import Field, model_validator

from cspnb.params.fields import MeasureKey, Part, Slug, Text, refuse, repeats


class AnswerParams(Part):
    """One answer that residents could give."""

    answer: Text
    """As the survey's file has it."""
    measure: MeasureKey | None = None
    """The measure that records the like: a file of params/measures; left out: none does."""


class ConcernsParams(Part):
    """A question on what residents are concerned about; the file's name is its `slug`."""

    slug: Slug
    """The file's name."""
    question: Text
    """As the survey's file has it."""
    answers: tuple[AnswerParams, ...] = Field(min_length=1)
    """The answers to compare with the record, in any order."""

    @model_validator(mode="after")
    def _names_each_once(self):
        if findings := [*repeats("the answer", "answers", [a.answer for a in self.answers])]:
            refuse(*findings)
        return self
