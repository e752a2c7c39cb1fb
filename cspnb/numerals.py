"""How a number is written for a reader: one place, so that words, tables and charts agree."""

import math

import pandas as pd

DASH = "–"
HIDDEN = "[c]"
"""In the place of a small count that is confidential, as the civil service writes it."""
MINUS = "\N{MINUS SIGN}"
_IRREGULAR = {"people": "person", "children": "child", "casualties": "casualty"}


def is_missing(value: object) -> bool:
    """Whether there is no number: None, NaN or NA."""
    return value is None or bool(pd.isna(value))


def count(value: float | None) -> str:
    """A whole number: '2,778'; a dash where there is none."""
    return DASH if is_missing(value) else _decimal(value, 0)


def difference(value: float | None) -> str:
    """A whole number with its sign: '+5', '−51', '0'."""
    return DASH if is_missing(value) else _with_sign(value, 0)


def percent_change(value: float | None) -> str:
    """A percentage change with its sign: '+0.2%', '−15.2%'."""
    return DASH if is_missing(value) else f"{_with_sign(value, 1)}%"


def level(value: float | None) -> str:
    """A percentage that is itself the measure: '88%', '88.4%'."""
    return DASH if is_missing(value) else f"{_trimmed(value)}%"


def share(value: float | None) -> str:
    """A percentage that is a part of a whole: '43.7%', '3.0%', and 'under 0.1%' of what is some."""
    if is_missing(value):
        return DASH
    if value in (0, 100):
        return f"{value:.0f}%"
    if value < 0.05:
        return "under 0.1%"
    return "over 99.9%" if value >= 99.95 else f"{_decimal(value, 1)}%"


def level_change(value: float | None) -> str:
    """A percentage change as a target is written: '−13%', '+2.5%'."""
    return DASH if is_missing(value) else f"{_with_sign(value, 1).removesuffix('.0')}%"


def points(value: float | None) -> str:
    """A gap between two percentages: '3 percentage points', '1 percentage point'."""
    if is_missing(value):
        return DASH
    size = _trimmed(abs(value))
    return f"{size} percentage point" + ("" if size == "1" else "s")


def rate(value: float | None, places: int = 1) -> str:
    """A rate per 1,000, to the places that `rate_places` gives."""
    return DASH if is_missing(value) else _decimal(value, places)


def rate_places(mean_rate: float | None) -> int:
    """Decimal places for rates shown together: one where they are 10 or more, else two."""
    return 1 if not is_missing(mean_rate) and mean_rate >= 10 else 2


def p_value(value: float | None) -> str:
    """'p = 0.48', 'p = 0.040', 'p < 0.001': three places where the second could mislead."""
    if is_missing(value):
        return DASH
    if value < 0.001:
        return "p < 0.001"
    return f"p = {value:.3f}" if value < 0.1 else f"p = {value:.2f}"


def counted(value: float, unit: str) -> str:
    """A count with its unit in the right number: '1 offence', '2,778 offences'."""
    return f"{count(value)} {singular(unit) if value == 1 else unit}"


def singular(unit: str) -> str:
    """One of a unit named in the plural: 'offences' gives 'offence'."""
    if unit in _IRREGULAR:
        return _IRREGULAR[unit]
    return unit.removesuffix("s")


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th'."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def plain(value: object) -> str:
    """Any cell of a table of data, as text: whole numbers in full, others to four figures."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return DASH
    if isinstance(value, str):
        return value or DASH
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_number(value):
        return _figures(float(value))
    return str(value)


def _figures(value: float) -> str:
    if value == round(value) and abs(value) < 1e15:
        return _decimal(value, 0)
    if abs(value) < 0.001:
        return "< 0.001" if value > 0 else f"> {MINUS}0.001"
    places = max(0, 3 - math.floor(math.log10(abs(value))))
    return _decimal(value, places)


def _decimal(value: float, places: int) -> str:
    text = f"{abs(value):,.{places}f}"
    below_zero = value < 0 and any(digit in "123456789" for digit in text)
    return f"{MINUS}{text}" if below_zero else text


def _with_sign(value: float, places: int) -> str:
    text = _decimal(value, places)
    is_nought = not any(digit in "123456789" for digit in text)
    return text if text.startswith(MINUS) or is_nought else f"+{text}"


def _trimmed(value: float) -> str:
    return _decimal(value, 1).removesuffix(".0")
