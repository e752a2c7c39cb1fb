"""What days would have had if they were ordinary: as the same weekdays, just before and after."""

import warnings
from dataclasses import dataclass
from math import inf

import pandas as pd
from scipy.stats import beta
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.proportion import proportion_confint
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

AROUND = 28
"""Days before the first and after the last that are compared with: four of each weekday a side."""

FEWEST_DAYS = 2
"""With fewer ordinary days of one of the weekdays than this there is nothing to expect by."""

FEWEST_EVENTS = 10
"""On the days and those compared with, together: with fewer, nothing can be told from chance."""

_DAYS_FOR_SPREAD = 60


@dataclass(frozen=True)
class Expected:
    """What some days had, and what the ordinary days around them lead one to expect.

    `variance` is that of `expected`, if ordinary days were Poisson; `compared` is how many events
    the ordinary days had, and `ordinary_days` how many days those were, beside `days` themselves.
    """

    events: int
    expected: float
    variance: float
    compared: int
    ordinary_days: int
    days: int = 1

    @property
    def exposure(self) -> float:
        """How many times as many ordinary days the expected count was counted on."""
        if self.expected == 0:
            return self.ordinary_days / self.days
        return self.expected / self.variance


@dataclass(frozen=True)
class DayRatio:
    """Events over expected, with its interval and the p-value of a two-sided exact test.

    `value` is None where none are expected, and `upper` then infinite.
    """

    value: float | None
    lower: float
    upper: float
    p_value: float


def expected_on(
    counts: pd.Series, key_days: pd.DatetimeIndex, first: pd.Timestamp, last: pd.Timestamp
) -> Expected | None:
    """What the days from `first` to `last` had, beside the same weekdays within 28 days of them.

    counts: events by day, for every day of which the count is known. key_days: days that are no
    ordinary ones. None where a day is not known, or a weekday has fewer than 2 ordinary days.
    """
    days = pd.date_range(first, last)
    if not days.isin(counts.index).all():
        return None
    around = pd.date_range(first - pd.Timedelta(days=AROUND), last + pd.Timedelta(days=AROUND))
    ordinary = counts[counts.index.isin(around.difference(days).difference(key_days))]
    by_weekday = ordinary.groupby(ordinary.index.day_of_week).agg(["sum", "size", "mean"])
    wanted = pd.Series(days.day_of_week).value_counts()
    known = by_weekday.reindex(wanted.index).fillna(0)
    if (known["size"] < FEWEST_DAYS).any():
        return None
    return Expected(
        events=int(counts[days].sum()),
        expected=float((wanted * known["mean"]).sum()),
        variance=float((wanted**2 * known["sum"] / known["size"] ** 2).sum()),
        compared=int(known["sum"].sum()),
        ordinary_days=int(known["size"].sum()),
        days=len(days),
    )


def pooled(parts: list[Expected]) -> Expected:
    """Several runs of days as one: of the same night in several years."""
    return Expected(
        events=sum(part.events for part in parts),
        expected=sum(part.expected for part in parts),
        variance=sum(part.variance for part in parts),
        compared=sum(part.compared for part in parts),
        ordinary_days=sum(part.ordinary_days for part in parts),
        days=sum(part.days for part in parts),
    )


def day_ratio(days: Expected, spread: float = 1.0, *, alpha: float = 0.05) -> DayRatio | None:
    """Events over expected, whether that is more or fewer than chance has, and its limits.

    Of the events on the days and on those compared with, the share on the days is a proportion;
    its exact test (twice the smaller tail) and its exact interval, which agree, give those of the
    ratio. The expected count is itself counted: it weighs as a Poisson count of its variance. A
    `spread` above 1 (variance over mean of ordinary days) divides both counts; counts that are
    then not whole are taken by the beta distribution, whose values at whole counts are the
    binomial's. None with fewer than 10 events in all. Source: Przyborowski and Wilenski 1940
    (conditional on the total); Clopper and Pearson 1934, statsmodels `proportion_confint`.
    """
    if days.events + days.compared < FEWEST_EVENTS:
        return None
    events = days.events / spread
    total = events + days.expected * days.exposure / spread
    lower, upper = proportion_confint(events, total, alpha=alpha, method="beta")
    return DayRatio(
        days.events / days.expected if days.expected else None,
        _ratio(float(lower), days.exposure),
        _ratio(float(upper), days.exposure),
        _exact_p(events, total, 1 / (1 + days.exposure)),
    )


def _ratio(share: float, exposure: float) -> float:
    """The ratio of the days to ordinary ones at which so large a share falls on them."""
    return share / (1 - share) * exposure if share < 1 else inf


def _exact_p(events: float, total: float, even: float) -> float:
    """Twice the smaller of the chances of so many or more, and of so many or fewer."""
    others = total - events
    or_more = beta.cdf(even, events, others + 1) if events > 0 else 1.0
    or_fewer = beta.sf(even, events + 1, others) if others > 0 else 1.0
    return float(min(1.0, 2 * min(or_more, or_fewer)))


def spread_of(counts: pd.Series, key_days: pd.DatetimeIndex) -> float | None:
    """Variance over mean of ordinary days, weekday and month taken out; None under 60 days.

    Pearson's chi-squared over its degrees of freedom, of a Poisson regression. Months without an
    event say nothing of spread and are left out. Source: as `cspnb.measures.dispersion`.
    """
    ordinary = counts[~counts.index.isin(key_days)]
    frame = pd.DataFrame({"count": ordinary, "month": ordinary.index.strftime("%Y-%m")})
    frame["weekday"] = ordinary.index.day_name()
    for factor in ("month", "weekday"):
        frame = frame[frame.groupby(factor)["count"].transform("sum") > 0]
    design = pd.get_dummies(frame[["month", "weekday"]], drop_first=True, dtype=float)
    design.insert(0, "level", 1.0)
    if len(frame) < max(_DAYS_FOR_SPREAD, design.shape[1] + 1):
        return None
    with warnings.catch_warnings():
        # Days that repeat exactly are fitted perfectly: a spread of nought, not a fault.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(frame["count"].astype(float), design, family=Poisson()).fit()
    return float(fit.pearson_chi2 / fit.df_resid)
