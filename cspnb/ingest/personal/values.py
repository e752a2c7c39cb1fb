"""What the cells of a column say of the personal data in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cspnb.ingest.personal.names import are_names, names_somebody

MOST = 0.8
HALF = 0.5
LONGEST = 100
MOST_WORDS = 12
"""The names of offences in the Home Office's list have up to 66 signs and 12 words."""

_EMAIL = r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}"
_TELEPHONE = r"(?:(?:\+|00)44|0)[1237]\d{9}"
_MOBILE_IN_TEXT = r"(?<![\w/+=])(?:\+44 ?|0)7\d{3} ?\d{3} ?\d{3}(?![\w/+=])"
_INSURANCE = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"
_AREA = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|"
    "E|EC|EH|EN|EX|FK|FY|G|GL|GU|HA|HD|HG|HP|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|"
    "LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|"
    "SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_OUTWARD = rf"(?:{_AREA})\d[A-Z\d]?"
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_ORDINAL = r"(?-i:1st|2nd|3rd|\dth)"
_POSTCODE_IN_TEXT = rf"(?<![\w/+=]){_OUTWARD} +(?!{_ORDINAL}){_INWARD}(?!\w)"
_POSTCODE_ALONE = _OUTWARD + _INWARD
_HASHED = r"(?:0[xX])?[0-9A-Fa-f]{16,}"
_LETTERED = 0.9
"""Of a thousand hashes of 16 digits hardly one is without a letter."""
_CARD = r"[2-6]\d{14,15}"
_NATIONAL_COMPUTER = r"(?:\d{2}|\d{4})/\d{1,7}[A-Z]"
_REGISTRATION = r"[A-Z]{2}\d{2} ?[A-Z]{3}"
_STREETS = (
    "Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Way|Court|Crescent|Cres|Place|Square|Grove|"
    "Gardens|Terrace|Walk|Rise|Row|Mews|Hill|Green|View"
)
_STREETS = f"(?:{_STREETS}|{_STREETS.upper()})"
_DOOR_AND_STREET = (
    r"(?<![\w/.])\d{1,4}[A-Za-z]?,? +(?!(?:[Mm][Pp][Hh]|O[Nn]|I[Nn]|O[Ff]|T[Oo])\b)"
    rf"[A-Z][\w'’-]+ +(?:[A-Z][\w'’-]+ +)?{_STREETS}\b"
)


@dataclass(frozen=True)
class Rule:
    """A kind of personal data, the test of a cell, and the share of a column's cells that pass it.

    certain: cells that pass are of that kind, whatever anyone says of the column.
    """

    kind: str
    shows: Callable[[str], object]
    share: float = 0.0
    at_least: int = 1
    certain: bool = False


def _found(pattern):
    return re.compile(pattern).search


def _fits(pattern, without=r"\s"):
    whole, passed_over = re.compile(pattern), re.compile(without)
    return lambda cell: whole.fullmatch(passed_over.sub("", cell))


def _is_telephone(cell):
    return _ALONE(cell) or _IN_TEXT(cell)


def _is_health_number(cell):
    """Ten digits of which the last is the check digit of the nine before it, modulo 11."""
    digits = re.sub(r"[\s-]", "", cell)
    if not re.fullmatch(r"\d{10}", digits):
        return False
    return sum(int(d) * w for d, w in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


def _is_card(cell):
    """Fifteen or sixteen digits of which the last is the check digit of Luhn's method."""
    digits = re.sub(r"[\s-]", "", cell)
    if not re.fullmatch(_CARD, digits):
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


_ALONE = _fits(_TELEPHONE, r"[\s()-]")
_IN_TEXT = _found(_MOBILE_IN_TEXT)

RULES = (
    Rule("e-mail addresses", _found(_EMAIL), certain=True),
    Rule("telephone numbers", _is_telephone, certain=True),
    Rule("National Insurance numbers", _fits(_INSURANCE), certain=True),
    Rule("full postcodes", _found(rf"(?i){_POSTCODE_IN_TEXT}"), certain=True),
    Rule("full postcodes", _fits(_POSTCODE_ALONE), share=0.2, certain=True),
    Rule("telephone numbers", _fits(r"7\d{9}"), share=MOST, at_least=5),
    Rule("NHS numbers", _is_health_number, share=MOST, at_least=5),
    Rule("payment card numbers", _is_card, share=HALF, at_least=2),
    Rule("police computer numbers", _fits(_NATIONAL_COMPUTER), share=HALF),
    Rule("vehicle registrations", _fits(_REGISTRATION), share=HALF),
    Rule("addresses", _found(_DOOR_AND_STREET)),
)


def held_in(cells: pd.Series) -> tuple[str, bool, str] | None:
    """The kind of personal data in filled cells, whether that is certain, and one cell of it.

    None where no rule finds any. The rules that are certain come first.
    """
    counted = cells.value_counts(sort=False).to_dict()
    if _are_hashes(cells):
        return None
    for rule in RULES:
        shown = [cell for cell in counted if rule.shows(cell)]
        count = sum(counted[cell] for cell in shown)
        if count >= max(rule.at_least, rule.share * len(cells)):
            return rule.kind, rule.certain, shown[0]
    if are_names(cells):
        return "names of people", False, cells.iloc[0]
    if _is_free_text(cells):
        return "free text", False, cells.iloc[0]
    return None


def tells_of_somebody(cell: str) -> bool:
    """Whether a cell is too long for the name of an offence, a status or a code, or names people.

    A narrative in a column of offences is no column of narratives: each cell is looked at.
    """
    return len(cell) > LONGEST or len(cell.split()) > MOST_WORDS or names_somebody(cell)


def _are_hashes(cells):
    hashed = cells.str.fullmatch(_HASHED).all()
    return hashed and cells.str.contains(r"(?i)[a-f]").mean() >= _LETTERED


def are_birth_dates(cells: pd.Series, events: pd.Series) -> bool:
    """Whether most cells are dates of 10 to 90 years before the events of their rows.

    Only years are compared, so that the order of days and months does not matter. A year alone
    counts as a date, and '78' as the last such year before the event.
    """
    written = cells.str.extract(_DATE)
    dated = written.notna().any(axis="columns")
    if len(cells) < 3 or dated.mean() < MOST:
        return False
    happened = events.reindex(cells.index).str.extract(r"((?:19|20)\d\d)")[0].astype(float)
    short = written["short"].astype(float)
    century = happened // 100 * 100
    short = (century + short).mask(century + short > happened, century + short - 100)
    years = written["long"].fillna(written["first"]).fillna(written["alone"]).astype(float)
    age = happened - years.fillna(short)
    return bool(age.between(10, 90).mean() > HALF)


_DATE = (
    r"^(?:\d{1,2}[/. -](?:\d{1,2}|[A-Za-z]{3,9})[/. -](?:(?P<long>(?:19|20)\d\d)|(?P<short>\d\d))"
    r"(?: .*)?|(?P<first>(?:19|20)\d\d)[/.-]\d\d?[/.-]\d\d?(?:[ T].*)?|(?P<alone>(?:19|20)\d\d))$"
)


def _is_free_text(cells):
    """Sentences of which hardly two are alike."""
    long = cells.str.count(r"\S+").mean() >= 8
    return long and len(cells) >= 10 and cells.nunique() > HALF * len(cells)
