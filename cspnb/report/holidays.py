"""Key dates of an area: bank holidays and nights by rule, school holidays as params give them."""

import pandas as pd

from cspnb.measures.key_dates import SCHOOL_HOLIDAY, Calendar, dates_of, key_dates, within
from cspnb.params.calendar import CalendarParams
from cspnb.periods import Period

_BANK = "bank holidays of England and Wales"
_NONE = "School holidays are not held."
_REMEDY = "School holidays are taken from a file of params/calendars (docs/params.md)."


def calendar_of(span: Period, params: CalendarParams | None) -> Calendar:
    """The key dates of a span, with an area's school holidays where a file gives them."""
    fixed = key_dates(span)
    if params is None:
        return Calendar(fixed, _BANK, missing=_NONE, remedy=_REMEDY)
    school = dates_of(
        (each.name, SCHOOL_HOLIDAY, each.first, each.last) for each in params.school_holidays
    )
    both = pd.concat([fixed, within(school, span)], ignore_index=True)
    ordered = both.sort_values(["first", "last", "name"]).reset_index(drop=True)
    return Calendar(ordered, f"{_BANK}; school holidays: {params.source}")
