"""Turns of phrase for control charts: points of time, values, limits and signals."""

import math
from datetime import date, timedelta

import pandas as pd

from cspnb import numerals
from cspnb.analysis.control import Control
from cspnb.periods import MONTH_NAMES, Month, Period

ABOVE, BELOW = "above the upper limit", "below the lower limit"

_EXACT = 9
_WHOLE_FROM = 100

_TOLD = {
    ABOVE: "it was above the upper limit in {span}",
    BELOW: "it was below the lower limit in {span}",
    "rising": "it {rose} {each}, {span}",
    "falling": "it {fell} {each}, {span}",
    "run above the mean": "it {stayed} above the mean for {number}, {span}",
    "run below the mean": "it {stayed} below the mean for {number}, {span}",
    "near the upper limit": "it was near the upper limit, or above it, in {some_of}",
    "near the lower limit": "it was near the lower limit, or below it, in {some_of}",
    "well above the mean": "it was well above the mean in {some_of}",
    "well below the mean": "it was well below the mean in {some_of}",
    "up and down by turns": "it {went} up and down by turns for {number}, {span}",
    "close to the mean": "it {kept} close to the mean for {number}, {span}",
    "far from the mean": "it {kept} far from the mean for {number}, {span}",
}
_PAST = {"rose": "rose", "fell": "fell", "stayed": "stayed", "went": "went", "kept": "kept"}
_PERFECT = {
    **{"rose": "has risen", "fell": "has fallen", "stayed": "has stayed"},
    **{"went": "has gone", "kept": "has kept"},
}
_HEADED = {
    ABOVE: "above the usual range in {end}",
    BELOW: "below the usual range in {end}",
    "rising": "rising {each} since {start}",
    "falling": "falling {each} since {start}",
    "run above the mean": "above the mean for {number} running",
    "run below the mean": "below the mean for {number} running",
    "near the upper limit": "near the top of the usual range",
    "near the lower limit": "near the bottom of the usual range",
    "well above the mean": "well above the mean of late",
    "well below the mean": "well below the mean of late",
    "up and down by turns": "up and down by turns for {number}",
    "close to the mean": "unusually close to the mean for {number}",
    "far from the mean": "unusually far from the mean for {number}",
}


def when(label: str, to: str = "") -> str:
    """Points of time as a reader says them: 'April to June 2013', 'the week of 1 April 2013'.

    Several weeks are from the Monday of the first to the Sunday of the last.
    """
    if "W" not in label:
        return Period(Month.parse(label), Month.parse(to or label)).label
    first, last = monday(label), monday(to or label)
    if first == last:
        return f"the week of {_day(first)}"
    last += timedelta(days=6)
    start = _day(first).removesuffix(f" {last.year}")
    return f"{start} to {_day(last)}"


def monday(label: str) -> date:
    """The first day of a week written YYYY-Www."""
    year, _, number = label.partition("-W")
    return date.fromisocalendar(int(year), int(number), 1)


def one(result: Control) -> str:
    """'month' or 'week'."""
    return result.points.removesuffix("s")


def unit(result: Control) -> str:
    """'offences a month', 'offences per 1,000 residents a week'."""
    per = f" per {result.per}" if result.per else ""
    return f"{result.measure.unit}{per} a {one(result)}"


def amount(result: Control, value: float) -> str:
    """A point's value: a count in full, a rate to two or three figures."""
    if not result.per:
        return numerals.count(value)
    return numerals.rate(value, numerals.rate_places(_scale(result)))


def mean(result: Control, value: float) -> str:
    """The mean of a segment: one decimal, a count from 100 on without."""
    if result.per:
        return amount(result, value)
    return numerals.count(value) if value >= _WHOLE_FROM else numerals.rate(value, 1)


def lower_limit(result: Control, value: float) -> str:
    """The least that is usual: for counts the smallest whole number within the limits."""
    return amount(result, value if result.per else math.ceil(round(value, _EXACT)))


def usual_range(result: Control, row: dict) -> str:
    """The limits of a point as a range: '263 to 476'."""
    return f"{lower_limit(result, row['lower'])} to {upper_limit(result, row['upper'])}"


def upper_limit(result: Control, value: float) -> str:
    """The most that is usual: for counts the largest whole number within the limits."""
    return amount(result, value if result.per else math.floor(round(value, _EXACT)))


def counted(result: Control, value: float) -> str:
    """A value with its unit: '31 offences', '0.36 offences per 1,000 residents'."""
    if not result.per:
        return numerals.counted(value, result.measure.unit)
    return f"{amount(result, value)} {result.measure.unit} per {result.per}"


def table(result: Control) -> pd.DataFrame:
    """Every point, by names that readers know."""
    points = result.table
    columns = {
        one(result).capitalize(): [when(label) for label in points["label"]],
        result.measure.unit.capitalize(): points["count"],
    }
    if result.per:
        columns["Thousands to divide by"] = points["denominator"]
        columns[f"Rate per {result.per}"] = points["value"]
    columns |= {
        "Year before": points["last_year"],
        "Mean": points["centre"],
        "Lower limit": points["lower"],
        "Upper limit": points["upper"],
        "Signal": points["signal"],
        "State": points["status"],
        "What is missing": points["reason"],
    }
    if result.points == "weeks":
        columns["Bank holiday"] = points["holiday"].astype(bool)
    return pd.DataFrame(columns)


def told(result: Control, signal: dict) -> str:
    """A signal as a clause: 'it stayed below the mean for 8 months, May to December 2013'."""
    return _TOLD[signal["signal"]].format(**_filled(result, signal))


def headed(result: Control, signal: dict) -> str:
    """A signal that reaches the latest point, as the end of a headline."""
    return _HEADED[signal["signal"]].format(**_filled(result, signal))


def _filled(result: Control, signal: dict) -> dict:
    span = when(signal["start"], signal["end"])
    is_now = signal["end"] == result.latest["label"]
    return {
        "span": span,
        "some_of": f"{signal['number']} of the {result.points} {span}",
        "start": when(signal["start"]),
        "end": when(signal["end"]),
        "number": numerals.counted(signal["number"], result.points),
        "each": f"{one(result)} by {one(result)}",
        **(_PERFECT if is_now else _PAST),
    }


def _scale(result: Control) -> float:
    return float(result.table["value"].mean())


def _day(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
