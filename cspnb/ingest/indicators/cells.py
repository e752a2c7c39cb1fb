"""What is wrong with one cell of supplied figures, in words, or '' where nothing is."""

import difflib
import re
from collections.abc import Collection
from functools import lru_cache

from cspnb.errors import PeriodError
from cspnb.ingest.indicators.layout import CHECKED
from cspnb.ingest.indicators.terms import Wanted
from cspnb.periods import Period

MOST = 10_000_000
"""No area's count, and nobody's number of respondents, comes near it."""

_NEWER = 20
"""More codes than were ever issued for one kind of area between two lookups."""

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|[A-Za-z]{3}-\d\d")
_SERIAL = re.compile(r"\d{5}")

_DISTRICT = re.compile(r"(E0[6-9]|W06)\d{6}")
_PARTNERSHIP = re.compile(r"(E22|W14)\d{6}")
_COUNTY = re.compile(r"E10\d{6}")
_UPPER_TIER = re.compile(r"(E06|E08|E09|E10|W06)\d{6}")


def number(written: str) -> float:
    """The number a sound cell holds: '1,632' is 1632."""
    return float(written.replace(",", ""))


def value_said(written: str, wanted: Wanted | None, note: str, leave: str) -> str:
    """Of a figure. wanted: None where nothing is known of its measure."""
    if said := _number_said(written, leave):
        return said
    if number(written) < 0:
        return f"'{written}' is below nothing; {leave} if the figure is not known"
    if wanted is not None and wanted.kind == "percentage":
        return _percentage_said(written, note)
    if wanted is not None and number(written) % 1:
        return f"'{written}' is not a whole number, and {wanted.unit} are counted; type the count"
    if number(written) > MOST:
        return f"'{written}' is more than any area has; check the figure"
    return ""


def base_said(written: str) -> str:
    """Of the number of respondents."""
    if said := _number_said(written, "leave it empty"):
        return said
    if not 1 <= number(written) <= MOST or number(written) % 1:
        return (
            f"'{written}' is not a number of people asked: a whole number of at least 1; "
            "leave it empty where it is not known"
        )
    return ""


def period_said(written: str) -> str:
    """Of a period."""
    if _DATE.fullmatch(written) or _SERIAL.fullmatch(written):
        return (
            f"'{written}' is a date, and it cannot be told which period it was: spreadsheets turn "
            "both the month 2011-12 and the year 2011/12 into 1 December 2011. Format the column "
            "as text, then type the period again"
        )
    try:
        Period.parse(written)
    except PeriodError as error:
        return f"{error.what}. {error.remedy}"
    return ""


def measure_said(written: str, known: Collection[str]) -> str:
    """Of a measure's key."""
    if written in known:
        return ""
    nearest = difflib.get_close_matches(written, sorted(known), n=1)
    guess = f"Did you mean '{nearest[0]}'?" if nearest else "Their names are the files there"
    return f"'{written}' is no measure of params/measures. {guess}"


def area_said(written: str, wanted: Wanted | None, known: frozenset[str]) -> str:
    """Of an area's code. known: the codes there are; none of a kind where no lookup is held."""
    kind = _kind_of(written)
    if not kind:
        return (
            f"'{written}' is the code of no district and of no partnership. District codes begin "
            "E06-E09 or W06, partnerships' E22 or W14, counties' E10"
        )
    if wanted is not None and wanted.published_for == "upper_tier":
        if not _UPPER_TIER.fullmatch(written):
            what = "a partnership" if kind is _PARTNERSHIP else "a district of a county"
            return (
                f"'{written}' is {what}, and {wanted.label} is published for counties and unitary "
                "authorities alone. Give the county's figure under its own code (E10...); what "
                "partners work out for a district is another measure"
            )
    elif wanted is not None and kind is _COUNTY:
        return f"'{written}' is a county, and {wanted.label} is wanted of districts or partnerships"
    if _is_unknown(written, known):
        return (
            f"'{written}' is in no lookup that is held. Check the code; if it is right, first take "
            "in a lookup that has it (cspnb ingest lookup)"
        )
    return ""


@lru_cache(maxsize=4096)
def _is_unknown(code, known):
    """Whether the lookups should have a code and do not: codes are issued in order.

    One a little beyond the newest that is held may be newer than the lookup.
    """
    serials = [int(each[3:]) for each in known if each[:3] == code[:3]]
    if code in known or not serials:
        return False
    return not 0 < int(code[3:]) - max(serials) <= _NEWER


def _kind_of(code):
    kinds = (_DISTRICT, _PARTNERSHIP, _COUNTY)
    return next((kind for kind in kinds if kind.fullmatch(code)), None)


def _number_said(written, leave):
    if _NUMBER.fullmatch(written):
        return ""
    if written.startswith("="):
        return (
            f"'{written}' is a formula that was never worked out; open the workbook and save it, "
            "or paste the figures as values"
        )
    if written.endswith("%"):
        return (
            f"'{written}' has a percent sign or a percent format; type 88, not 88%, in a cell of "
            "the format Number"
        )
    if _DATE.fullmatch(written):
        return f"'{written}' is a date; type the figure again, in a cell of the format Number"
    if any(letter.isdigit() for letter in written) and not written.startswith("["):
        return f"'{written}' is not a plain number; type digits only, in the measure's own unit"
    return f"'{written}' is not a number; {leave}"


def _percentage_said(written, note):
    figure = number(written)
    if figure > 100:
        return f"'{written}' is more than 100 per cent; type the percentage itself, 88 for 88%"
    if 0 < figure <= 1 and CHECKED not in note.casefold():
        return (
            f"'{written}' would be no more than one per cent; type 88, not 0.88, for 88%. If it "
            f"is right as it stands, write '{CHECKED}' in its note"
        )
    return ""
