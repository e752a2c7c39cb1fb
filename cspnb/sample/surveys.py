"""A residents' survey: what people would have dealt with first, and how safe they feel."""

import pandas as pd

from cspnb.sample.model import stream
from cspnb.sample.notice import INVENTED
from cspnb.sample.partnerships import PARTNERSHIPS, Partnership

FIRST = "Which of these should be dealt with first? Choose up to three."
_AFTER_DARK = "How safe do you feel walking alone in this area after dark?"
_BY_DAY = "How safe do you feel walking alone in this area during the day?"

_PROBLEMS = {
    "Anti-social behaviour": 44,
    "Burglary": 37,
    "Drugs": 31,
    "Vehicle crime": 26,
    "Criminal damage and arson": 24,
    "Violence and sexual offences": 22,
    "Shoplifting": 6,
}
"""Per cent who chose each, about which partnerships and years vary."""

_SAFETY = {
    _AFTER_DARK: {"Very safe": 24, "Fairly safe": 47, "A bit unsafe": 21, "Very unsafe": 8},
    _BY_DAY: {"Very safe": 58, "Fairly safe": 37, "A bit unsafe": 4, "Very unsafe": 1},
}
_SURVEY = "Residents' survey"
_COLUMNS = [
    *("survey", "question", "answer", "period", "area", "count", "base", "weighting"),
    *("choice", "supplier", "note"),
]


def surveys(seed: int) -> pd.DataFrame:
    """A row an answer, in the report's year and the year before: as the door `surveys` takes it."""
    parts = [_of(each, stream(seed, f"survey {each.slug}")) for each in PARTNERSHIPS]
    return pd.concat(parts, ignore_index=True)[_COLUMNS]


def _of(partnership: Partnership, chance) -> pd.DataFrame:
    rows = []
    for district in partnership.districts:
        for year in partnership.years[-2:]:
            base = int(chance.integers(380, 620))
            for answer, per_cent in _PROBLEMS.items():
                chosen = chance.binomial(base, per_cent / 100 * chance.uniform(0.85, 1.15))
                rows.append((FIRST, answer, str(year), district, chosen, base, "several"))
            for question, answers in _SAFETY.items():
                shares = [share / 100 for share in answers.values()]
                for answer, number in zip(answers, chance.multinomial(base, shares), strict=True):
                    rows.append((question, answer, str(year), district, number, base, "one"))
    columns = ["question", "answer", "period", "area", "count", "base", "choice"]
    fixed = {"survey": _SURVEY, "weighting": "unweighted", "supplier": INVENTED, "note": ""}
    return pd.DataFrame(rows, columns=columns).assign(**fixed)
