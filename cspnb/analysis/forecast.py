"""Where is it going? The next months with their ranges, where past forecasts did well enough."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.forecast_error import CONFIDENCES, Errors, back_test, limits
from cspnb.measures.months import ABSENT, SOUND, coverage
from cspnb.measures.smoothing import DRAWS, futures
from cspnb.measures.sound_run import below_zero, sound_run, span_of
from cspnb.measures.totals import named_once
from cspnb.periods import Month, Period

LEARN_FROM = 24
MONTHS_NEEDED = 36
MOST_ORIGINS = 24
LEAST_MEAN = 1

_METHOD = (
    "Holt-Winters exponential smoothing (additive season, no trend) of the square roots of "
    "{months} monthly counts, by least squares; ranges from {draws} simulated futures, which allow "
    "for chance but not for a change of circumstances, nor for the fit's own uncertainty. "
)
_TESTED = (
    "Back-test: forecasts of 1 to {ahead} months made from {origins} past months, each from what "
    "was then known, against repeating the year before (seasonal naive)"
)
_MASE = "; mean absolute scaled error (Hyndman and Koehler 2006) {mase:.2f}, against {naive:.2f}"


@dataclass(frozen=True)
class YearEnd:
    """What a financial year may come to: the months so far, and those still to come.

    `so_far` is the count of its first `months_so_far` months. `central` is the middle of what
    the whole year may come to; the limits hold it in 80 and 95 of 100 draws. `last_year` is the
    total of the year before, None where it is not all in the history.
    """

    period: Period
    months_so_far: int
    so_far: int
    central: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float
    last_year: int | None


@dataclass(frozen=True)
class Forecast:
    """The next months of one measure in one area, with ranges and how such forecasts have done.

    `history` has `month` (YYYY-MM) and `count` (float) of the sound months it rests on. `ahead`
    has a row a month to come: `month`, `central`, `lower_80`, `upper_80`, `lower_95`, `upper_95`
    (counts, none below zero); empty where none is given. `errors` are those of the back-test,
    None where there was none. `shortened` says that the history starts at a date of the register.
    `reason` says why no forecast is given.
    """

    measure: Measure
    area: str
    period: Period
    history: pd.DataFrame
    ahead: pd.DataFrame
    errors: Errors | None = None
    year_end: YearEnd | None = None
    shortened: str = ""
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    caveats: tuple[str, ...] = ()


def forecast(counts: Counts, *, months: int = 12) -> Forecast:
    """What the next months may bring, and the financial year that they end or fill.

    It rests on the sound months in a row to the end of the period, from the latest date on at
    which the register says that figures are no longer alike. None is given where there are under
    36 of them, where one is below zero, where they average under one a month, or where forecasts
    of past months were further out than the same months of the year before. Raises ValueError for
    months over 12, a horizon that 36 months cannot test. `docs/methods/forecast.md` has the worked
    rules.
    """
    if not 1 <= months <= 12:
        raise ValueError(f"a forecast is of 1 to 12 months, not {months}")
    history, shortened = _history(counts)
    known = {
        "measure": counts.measure,
        "area": counts.area,
        "period": counts.period,
        "history": history[["month", "count"]],
        "shortened": shortened,
        "source": named_once(history["source"]),
        "coverage": coverage(counts.monthly) if len(counts.monthly) else "",
        "caveats": counts.caveats,
    }
    if reason := _why_not(counts, history):
        method = f"A forecast needs {MONTHS_NEEDED} sound months in a row: {LEARN_FROM} to learn"
        return _without(known, f"{method} from, and 12 to be tested on.", reason)
    return _tested(known, history["count"].to_numpy(), months)


def _tested(known: dict, values: np.ndarray, months: int) -> Forecast:
    errors = back_test(values, months, futures, learn_from=LEARN_FROM, most=MOST_ORIGINS)
    method = _method(len(values), months, errors)
    if errors.loses:
        return _without(known, method, "repeating the year before would have done better", errors)
    drawn = futures(values, months)
    end = known["period"].end
    return Forecast(
        **known,
        ahead=_ahead(drawn, end),
        errors=errors,
        year_end=_year_end(known["history"], drawn, end),
        method=method,
    )


def _without(known: dict, method: str, reason: str, errors: Errors | None = None) -> Forecast:
    columns = ["month", "central", "lower_80", "upper_80", "lower_95", "upper_95"]
    ahead = pd.DataFrame(columns=columns)
    return Forecast(**known, ahead=ahead, errors=errors, method=method, reason=reason)


def _history(counts: Counts) -> tuple[pd.DataFrame, str]:
    """The sound months in a row, from the latest break in them on, and the break in words."""
    run = sound_run(counts)
    if (span := span_of(run)) is None:
        return run, ""
    breaks = [each for each in counts.measure.breaks if each.re_bases and each.is_crossed_by(span)]
    if not breaks:
        return run, ""
    latest = max(breaks, key=lambda each: each.start)
    kept = run[run["month"] >= str(latest.start)].reset_index(drop=True)
    text = latest.text.strip().removesuffix(".")
    return kept, f"Months before {latest.start.label} are left out: {text[:1].lower()}{text[1:]}."


def _why_not(counts: Counts, history: pd.DataFrame) -> str:
    if counts.missing:
        return counts.missing
    end = counts.period.end
    if history.empty or history["month"].iloc[-1] != str(end):
        return f"{end.label}, from which it would start, is {_status(counts, end)}"
    if len(history) < MONTHS_NEEDED:
        held = "1 sound month stands" if len(history) == 1 else f"{len(history)} sound months stand"
        return (
            f"only {held} in a row up to {end.label}, and {MONTHS_NEEDED} are needed to make a "
            "forecast and to test it"
        )
    if reason := below_zero(history):
        return reason
    if history["count"].mean() < LEAST_MEAN:
        return f"the base is too small: under {LEAST_MEAN} a month on average"
    return ""


def _status(counts: Counts, month: Month) -> str:
    held = counts.monthly.loc[counts.monthly["month"] == str(month), "status"]
    return held.iloc[0] if len(held) and held.iloc[0] != SOUND else ABSENT


def _method(held: int, ahead: int, errors: Errors) -> str:
    said = _METHOD.format(months=held, draws=f"{DRAWS:,}")
    said += _TESTED.format(ahead=ahead, origins=errors.origins)
    if errors.mase is not None:
        said += _MASE.format(mase=errors.mase, naive=errors.naive_mase)
    return f"{said}."


def _ahead(drawn: np.ndarray, end: Month) -> pd.DataFrame:
    table = {
        "month": [str(end + step) for step in range(1, len(drawn) + 1)],
        "central": np.median(drawn, axis=1),
    }
    for level in CONFIDENCES:
        lower, upper = limits(drawn, level)
        table |= {f"lower_{100 * level:g}": lower, f"upper_{100 * level:g}": upper}
    return pd.DataFrame(table)


def _year_end(history: pd.DataFrame, drawn: np.ndarray, end: Month) -> YearEnd | None:
    """The year that the first month to come is in; None where the forecast stops short of its end.

    Limits are of the totals of whole futures: the months' own limits do not add up to them.
    """
    year = (end + 1).financial_year
    so_far = [str(month) for month in year.months if month <= end]
    to_come = len(year) - len(so_far)
    if to_come > len(drawn):
        return None
    count = int(history.loc[history["month"].isin(so_far), "count"].sum())
    totals = count + drawn[:to_come].sum(axis=0)
    ranges = {}
    for level in CONFIDENCES:
        lower, upper = limits(totals, level)
        ranges |= {f"lower_{100 * level:g}": float(lower), f"upper_{100 * level:g}": float(upper)}
    before = history[history["month"].isin([str(month) for month in year.earlier().months])]
    return YearEnd(
        period=year,
        months_so_far=len(so_far),
        so_far=count,
        central=float(np.median(totals)),
        last_year=int(before["count"].sum()) if len(before) == len(year) else None,
        **ranges,
    )
