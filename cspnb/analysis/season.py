"""Is it the season? What each calendar month usually has, beyond the trend."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.measures.change import LEAST_BASE_FOR_PERCENTAGE
from cspnb.measures.counts import Counts
from cspnb.measures.definition import Measure
from cspnb.measures.month_index import decomposed, month_shares, season_test, strength
from cspnb.measures.months import coverage
from cspnb.measures.sound_run import below_zero, sound_run, span_of
from cspnb.measures.totals import named_once
from cspnb.periods import MONTH_NAMES, Period

CLEAR_SEASON = "clear season"
NO_CLEAR_SEASON = "no clear season"
NOT_JUDGED = "not judged"

MONTHS_NEEDED = 36
"""Of two years, one unusual one is half: it alone can make a season that later years deny."""
FINANCIAL_ORDER = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)

_METHOD = (
    "STL decomposition of {months} months in a row (robust, period 12, the season held the same "
    "every year; Cleveland and others 1990). The index is a month's share of the trend over all "
    "its years, 100 being an average month. Strength of season after Wang, Smith and Hyndman 2006."
    " Whether months differ by more than chance: {test} on calendar month beside year, at the "
    "{level:g}% level{spread}."
)


@dataclass(frozen=True)
class Season:
    """How each calendar month of one measure lies about its trend, and whether that is chance.

    `span` is the run of sound months it rests on, None where there is none. `months` has one row
    a month of it: `month` (YYYY-MM), `count`, `trend` (float, a month), `ratio` (the count, 100
    being an average month at the trend of the time; null where that trend is under ten). `index`
    has one row a calendar month, April first: `number` (1 to 12), `name`, `index` (100 is an
    average month), `lowest`, `highest` (of the ratios of its years), `count` and `trend` (sums
    over its years: numerator and denominator), `years` (how many).
    Both are empty where nothing is judged. `strength` runs from 0 to 1. `verdict` is one of the
    three above, at `alpha`; `cautions` say what weakens it, `reason` why it cannot be judged.
    """

    measure: Measure
    area: str
    period: Period
    span: Period | None
    months: pd.DataFrame
    index: pd.DataFrame
    verdict: str
    strength: float | None = None
    p_value: float | None = None
    alpha: float = 0.05
    cautions: tuple[str, ...] = ()
    method: str = ""
    source: str = ""
    coverage: str = ""
    reason: str = ""
    caveats: tuple[str, ...] = ()

    @property
    def strongest(self) -> pd.Series:
        """The row of the index that lies highest."""
        return self.index.loc[self.index["index"].idxmax()]

    @property
    def weakest(self) -> pd.Series:
        """The row of the index that lies lowest."""
        return self.index.loc[self.index["index"].idxmin()]


def season(counts: Counts, *, alpha: float = 0.05) -> Season:
    """Which calendar months usually have more and fewer, and whether by more than chance.

    Judged on the sound months in a row that end at the latest sound one: at least 36, and
    at least ten offences expected of each calendar month over its years,
    as the index is a percentage. `docs/methods/season.md` has the worked rules.
    """
    run = sound_run(counts)
    known = {
        "measure": counts.measure,
        "area": counts.area,
        "period": counts.period,
        "span": span_of(run),
        "alpha": alpha,
        "source": named_once(run["source"]),
        "coverage": coverage(counts.monthly) if len(counts.monthly) else "",
        "caveats": counts.caveats,
    }
    if reason := counts.missing or _too_short(run) or below_zero(run):
        return _not_judged(known, reason)
    months = _months(run)
    index = _index(months)
    if reason := _too_few(index):
        return _not_judged(known, reason)
    return _judged(known, months, index, alpha)


def _judged(known: dict, months: pd.DataFrame, index: pd.DataFrame, alpha: float) -> Season:
    test = season_test(months["count"].to_numpy(), _numbers(months))
    spread = "" if test.dispersion <= 1 else f" (variation {test.dispersion:.1f} times chance)"
    return Season(
        **known,
        months=months[["month", "count", "trend", "ratio"]],
        index=index,
        verdict=CLEAR_SEASON if test.p_value < alpha else NO_CLEAR_SEASON,
        strength=strength(months),
        p_value=test.p_value,
        cautions=_cautions(known["span"], known["period"]),
        method=_METHOD.format(
            months=len(months), test=test.method, level=100 * alpha, spread=spread
        ),
    )


def _not_judged(known: dict, reason: str) -> Season:
    months = pd.DataFrame(columns=["month", "count", "trend", "ratio"])
    columns = ["number", "name", "index", "lowest", "highest", "count", "trend", "years"]
    return Season(
        **known,
        months=months,
        index=pd.DataFrame(columns=columns),
        verdict=NOT_JUDGED,
        method=f"A season is told from {MONTHS_NEEDED} or more sound months in a row.",
        reason=reason,
    )


def _too_short(run: pd.DataFrame) -> str:
    if len(run) >= MONTHS_NEEDED:
        return ""
    if run.empty:
        return "no month is sound"
    months = "month stands" if len(run) == 1 else "months in a row stand"
    return (
        f"only {len(run)} sound {months} up to {span_of(run).end.label}, and {MONTHS_NEEDED} are "
        "needed to tell a season from what one year brought"
    )


def _too_few(index: pd.DataFrame) -> str:
    """An index is a percentage, and none is given on a base under ten."""
    fewest = index.loc[index["trend"].idxmin()]
    if fewest["trend"] >= LEAST_BASE_FOR_PERCENTAGE:
        return ""
    return (
        f"the base is too small: the trend gives {fewest['name']} under "
        f"{LEAST_BASE_FOR_PERCENTAGE} in its {fewest['years']} years together"
    )


def _months(run: pd.DataFrame) -> pd.DataFrame:
    """The run taken apart; `ratio` is each month's count, 100 being an average month's."""
    parts = run.join(decomposed(run["count"].to_numpy()), how="left", validate="one_to_one")
    average = month_shares(parts, _numbers(parts)).mean()
    base = parts["trend"].where(parts["trend"] >= LEAST_BASE_FOR_PERCENTAGE)
    ratio = 100 * 100 / average * parts["count"] / base
    return parts.assign(ratio=ratio, number=_numbers(parts))


def _index(months: pd.DataFrame) -> pd.DataFrame:
    by_number = months.groupby("number")
    table = by_number.agg(
        lowest=("ratio", "min"),
        highest=("ratio", "max"),
        count=("count", "sum"),
        trend=("trend", "sum"),
        years=("count", "size"),
    )
    shares = month_shares(months, _numbers(months))
    table.insert(0, "index", 100 * shares / shares.mean())
    table = table.loc[list(FINANCIAL_ORDER)].reset_index(names="number")
    table.insert(1, "name", [MONTH_NAMES[number - 1] for number in table["number"]])
    return table.astype({"count": int})


def _numbers(months: pd.DataFrame) -> np.ndarray:
    return months["month"].str[5:].astype(int).to_numpy()


def _cautions(span: Period, period: Period) -> tuple[str, ...]:
    if span.end == period.end:
        return ()
    end = span.end.label
    return (f"The latest months are not sound: the season is that of the months to {end}.",)
