"""Generated, not real: answers to surveys in the project's own layout, with invented figures."""

COLUMNS = ["survey", "question", "answer", "period", "area", "percentage", "base", "weighting"]
AREA = "E07000131"
SURVEY = "Residents' survey"
AFTER_DARK = "How safe do you feel walking alone in this area after dark?"

FOUR = [("Very safe", "31"), ("Fairly safe", "41"), ("A bit unsafe", "19"), ("Very unsafe", "9")]
"""The four answers to one question, of 320 people; they add up to everybody."""


def rows(answers=FOUR, **changes):
    """One row an answer, as a dict of cells."""
    cells = {
        "survey": SURVEY,
        "question": AFTER_DARK,
        "period": "2023/24",
        "area": AREA,
        "base": "320",
        "weighting": "age and sex",
    }
    return [cells | {"answer": answer, "percentage": share} | changes for answer, share in answers]
