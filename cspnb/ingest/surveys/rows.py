"""A sheet of answers to surveys read as rows, and all that can be wrong with one."""

import re
from dataclasses import replace

import pandas as pd

from cspnb.errors import IngestError, PeriodError
from cspnb.ingest.sheets import Sheet
from cspnb.periods import Period
from cspnb.schemas import SURVEYS

REQUIRED = ("survey", "question", "answer", "period", "area", "base", "weighting")
FIGURES = ("percentage", "count")
OPTIONAL = ("weighted_base", "choice", "supplier", "note", "source_note")
NOT_STATED = "not stated"
ONE, SEVERAL = "one", "several"
SMALL = 100
"""Answers of fewer people than this are counted in what is said of the file."""

ROUNDING = 0.5
"""Of each percentage of a question, for they may be printed without decimals."""

_AREA = r"(E0[6-9]|W06|E22|W14|E10|E12|E23|W15)\d{6}|E92000001|W92000004"
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[A-Za-z]{3}-\d\d|\d{5}")
_ASKED = ["survey", "question", "area", "period"]
KEY = ["survey", "question", "answer", "area_code", "start", "end"]


def with_our_columns(sheet: Sheet) -> Sheet:
    """The sheet with its columns in lower case; IngestError for one missing or unknown."""
    frame = sheet.frame.rename(columns=lambda name: re.sub(r"[ _]+", "_", name.casefold()))
    absent = [name for name in REQUIRED if name not in frame]
    given = [name for name in FIGURES if name in frame]
    unknown = [n for n in frame if n not in REQUIRED + FIGURES + OPTIONAL]
    if absent or unknown or len(given) != 1 or frame.columns.has_duplicates:
        raise IngestError(
            f"{_fault(absent, given, unknown)}; the columns are {', '.join(sheet.frame.columns)}",
            where=sheet.name,
            remedy=f"The first row names {', '.join(REQUIRED)}; either percentage or count; and, "
            f"if need be, {', '.join(OPTIONAL)}, in any order.",
        )
    return replace(sheet, frame=frame)


def answers(sheet: Sheet) -> pd.DataFrame:
    """The sheet's answers, indexed by line: SURVEYS' columns but `source_id`.

    Raises IngestError for a blank or malformed cell, a base of nobody, a count above its base,
    and answers to a question of one choice that are more than everybody.
    """
    text = sheet.frame
    for column in ("survey", "question", "answer", "period", "area"):
        sheet.refuse(text[column].isna(), column, "is no answer", "Fill it, or drop the row.")
    _refuse_without_base(sheet)
    right = text["area"].str.fullmatch(_AREA).eq(True)
    sheet.refuse(~right, "area", "is the code of no area", "As in E07000131, or E22000161.")
    base = sheet.whole_numbers("base", at_least=1)
    percentage = _percentages(sheet, base)
    _refuse_too_many(sheet, percentage)
    periods = [_period(sheet, line, written) for line, written in text["period"].items()]
    rows = pd.DataFrame(
        {
            "survey": text["survey"],
            "question": text["question"],
            "answer": text["answer"],
            "choice": _choices(sheet),
            "area_code": text["area"],
            "start": [str(period.start) for period in periods],
            "end": [str(period.end) for period in periods],
            "percentage": percentage,
            "base": base,
            "weighted_base": _weighted_bases(sheet),
            "weighting": text["weighting"],
            "supplier": text.get("supplier"),
            "note": text.get("note"),
        },
        index=text.index,
    ).fillna({"supplier": NOT_STATED})
    numbers = ("percentage", "base", "weighted_base")
    rows = rows[[name for name in SURVEYS.columns if name != "source_id"]]
    return rows.astype({name: "str" for name in rows if name not in numbers})


def _fault(absent, given, unknown):
    if absent:
        return f"column '{absent[0]}' is missing"
    if unknown:
        return f"column '{unknown[0]}' is not known"
    if len(given) == 2:
        return "there is both a percentage and a count"
    return "a column stands twice" if given else "there is neither a percentage nor a count"


def _refuse_without_base(sheet):
    why = "stands where every answer needs one: a percentage cannot be judged without"
    sheet.refuse(
        sheet.frame["base"].isna(),
        "base",
        f"{why} how many people were asked",
        "Ask the supplier for the unweighted number of people who answered the question.",
    )
    sheet.refuse(
        sheet.frame["weighting"].isna(),
        "weighting",
        f"{why} how it was weighted",
        "Write 'unweighted', or how it was weighted: 'age, sex and district'.",
    )


def _percentages(sheet, base):
    """As given, or of the count and the base; '62%' is a percentage here."""
    if "percentage" in sheet.frame:
        plain = sheet.frame["percentage"].str.removesuffix("%").str.rstrip()
        percentage = replace(sheet, frame=sheet.frame.assign(percentage=plain)).numbers(
            "percentage"
        )
        outside = ~percentage.between(0, 100)
        sheet.refuse(outside, "percentage", "is not between 0 and 100")
        return percentage
    weighted = sheet.frame["weighting"].str.casefold().ne("unweighted")
    sheet.refuse(
        weighted, "weighting", "goes with a count of people, which is unweighted",
        "Give the weighted percentage, and the unweighted base.",
    )  # fmt: skip
    count = sheet.whole_numbers("count")
    sheet.refuse(count > base, "count", "is more than the base: all who answered")
    return 100 * count / base


def _choices(sheet):
    """How many answers a person could give; one, where nothing is said."""
    if "choice" not in sheet.frame:
        return pd.Series(ONE, index=sheet.frame.index, dtype="str")
    choices = sheet.frame["choice"].fillna(ONE)
    sheet.refuse(~choices.isin([ONE, SEVERAL]), "choice", "is neither 'one' nor 'several'")
    return choices


def _refuse_too_many(sheet, percentage):
    """Answers to a question of one choice add up to everybody at most, but for rounding."""
    of_one = _choices(sheet).eq(ONE)
    asked = [sheet.frame[column] for column in _ASKED]
    once = ~sheet.frame.duplicated([*_ASKED, "answer"])
    share = percentage.where(once & of_one, 0.0)
    number = (once & of_one).groupby(asked).transform("sum")
    total = share.groupby(asked).transform("sum")
    column = "percentage" if "percentage" in sheet.frame else "count"
    sheet.refuse(
        total > 100 + ROUNDING * number,
        column,
        "is among answers to one question that add up to more than everybody",
        "If people could give several answers, say so in a column 'choice': several.",
    )


def _period(sheet, line, written):
    if _DATE.fullmatch(written):
        raise IngestError(
            f"'{written}' is a date, and it cannot be told which period it was: spreadsheets turn "
            "both the month 2011-12 and the year 2011/12 into 1 December 2011",
            where=sheet.where(line, "period"),
            remedy="Format the column as text, then type the period again.",
        )
    try:
        return Period.parse(written)
    except PeriodError as error:
        raise IngestError(
            error.what, where=sheet.where(line, "period"), remedy=error.remedy
        ) from error


def _weighted_bases(sheet):
    """As numbers of at least nothing; a blank one is missing."""
    if "weighted_base" not in sheet.frame:
        return float("nan")
    stated = replace(sheet, frame=sheet.frame[sheet.frame["weighted_base"].notna()])
    bases = stated.numbers("weighted_base") if len(stated.frame) else pd.Series(dtype=float)
    stated.refuse(bases < 0, "weighted_base", "is below nothing")
    return bases.reindex(sheet.frame.index)
