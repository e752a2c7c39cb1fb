"""A change between two periods, with its test."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.stats import t as student
from statsmodels.stats.rates import etest_poisson_2indep, test_poisson_2indep

from cspnb.measures.counts import Counts, Total, shortfall, total, totals_of_one_source
from cspnb.measures.definition import Measure
from cspnb.measures.dispersion import MONTHS_NEEDED, Dispersion, dispersion
from cspnb.measures.totals import coverage, named_once
from cspnb.periods import Period

CLEAR_RISE = "clear rise"
CLEAR_FALL = "clear fall"
NO_CLEAR_CHANGE = "no clear change"
NOT_COMPARED = "not compared"

LEAST_BASE_FOR_PERCENTAGE = 10
E_TEST_BELOW = 500  # the E-test's memory grows with the counts; beyond this the two tests agree


@dataclass(frozen=True)
class Change:
    """Two totals over the same months of two years, and whether they differ by more than chance.

    Where they are compared, both are of one source.
    `change_pct` is None on a base under 10. `verdict` is one of the four above; `method` names
    the test in words, and is empty where none was needed; `dispersion` is the variance over the
    mean after season, where 24 sound months allow it to be measured; `reason` says why nothing
    is compared.
    """

    measure: Measure
    area: str
    now: Total
    before: Total
    difference: int | None
    change_pct: float | None
    p_value: float | None
    verdict: str
    method: str = ""
    alpha: float = 0.05
    dispersion: float | None = None
    reason: str = ""

    @property
    def period(self) -> Period:
        """The later of the two periods."""
        return self.now.period

    @property
    def source(self) -> str:
        """Who gave the two counts, for readers."""
        return named_once([*self.before.sources, *self.now.sources])

    @property
    def coverage(self) -> str:
        """Whether both periods are whole, and what is missing where one is not."""
        return coverage([self.before, self.now])

    @property
    def is_tested(self) -> bool:
        """Whether a test stands behind the verdict: not where nothing differs or is compared."""
        return self.verdict != NOT_COMPARED and bool(self.difference) and bool(self.method)


def tests_named(changes: Iterable[Change]) -> str:
    """The test of each change, under its measure's name: a sentence each."""
    return " ".join(
        f"{change.measure.label}: {change.method}." for change in changes if change.is_tested
    )


class _Test(NamedTuple):
    p_value: float
    method: str
    dispersion: float | None = None


def change_between(counts: Counts, now: Period, before: Period, *, alpha: float = 0.05) -> Change:
    """The change in one measure between the same months of two years, and its verdict.

    Nothing is compared unless one source has both totals whole: the counts' own, else the first
    of `others`; two sources may not count alike. The test is two-sided, at `alpha`: the
    Poisson E-test (Krishnamoorthy and Thomson 2004) where both counts are under 500, else the
    score test; where 24 sound months show more than Poisson variation after season, the
    quasi-Poisson form of the score test. `docs/methods/change.md` has the worked rules.
    """
    of_one = totals_of_one_source(counts, now, before)
    total_now, total_before = of_one or (total(counts, now), total(counts, before))
    ends = {"measure": counts.measure, "area": counts.area, "alpha": alpha}
    ends |= {"now": total_now, "before": total_before}
    if reason := _why_not(counts, total_now, total_before, of_one=bool(of_one)):
        return Change(
            **ends,
            difference=None,
            change_pct=None,
            p_value=None,
            verdict=NOT_COMPARED,
            reason=reason,
        )
    test = _tested(counts, total_now, total_before)
    difference = total_now.count - total_before.count
    return Change(
        **ends,
        difference=difference,
        change_pct=percentage_change(total_now.count, total_before.count),
        p_value=test.p_value,
        verdict=_verdict(difference, test.p_value, alpha),
        method=test.method and f"{test.method}, at the {100 * alpha:g}% level",
        dispersion=test.dispersion,
    )


def percentage_change(now: float, before: float) -> float | None:
    """The change as a percentage of `before`; None where that is under 10."""
    if before < LEAST_BASE_FOR_PERCENTAGE:
        return None
    return 100 * (now - before) / before


def _why_not(counts: Counts, now: Total, before: Total, *, of_one: bool) -> str:
    if counts.missing:
        return counts.missing
    apart = now.period.start - before.period.start
    if len(now.period) != len(before.period) or apart % 12 or abs(apart) < len(now.period):
        names = f"{now.period.label} and {before.period.label}"
        return f"{names} are not the same months of two years, apart from one another"
    if reasons := [reason for reason in (shortfall(now), shortfall(before)) if reason]:
        return "; ".join(reasons)
    if not of_one:
        return _of_two_sources(now, before)
    if min(now.count, before.count) < 0:
        return "a total is below zero, as more offences were cancelled than recorded"
    return ""


def _of_two_sources(now: Total, before: Total) -> str:
    ends = (
        (each.period.label, " and ".join(each.sources) or each.origin) for each in (now, before)
    )
    (latest, its_own), (then, another) = ends
    return f"{latest} is from {its_own} and {then} from {another}, which may not count alike"


def _verdict(difference: int, p_value: float, alpha: float) -> str:
    if p_value >= alpha:
        return NO_CLEAR_CHANGE
    return CLEAR_RISE if difference > 0 else CLEAR_FALL


def _tested(counts: Counts, now: Total, before: Total) -> _Test:
    if now.count == before.count == 0:
        return _Test(1.0, "")  # nothing to test
    spread = dispersion(counts, now.period, before.period)
    if spread is not None and spread.value > 1:
        return _quasi_poisson(now.count, before.count, spread)
    p_value, name = _poisson(now.count, before.count)
    if spread is None:
        allowance = (
            f"monthly variation not allowed for, without {MONTHS_NEEDED} sound months "
            "of at least one a month on average"
        )
        return _Test(p_value, f"{name} ({allowance})")
    allowance = f"monthly variation after season no more than chance: {spread.value:.1f} times"
    return _Test(p_value, f"{name} ({allowance})", spread.value)


def _poisson(now: int, before: int) -> tuple[float, str]:
    if max(now, before) < E_TEST_BELOW:
        _, p_value = etest_poisson_2indep(now, 1, before, 1)
        return float(p_value), "Poisson E-test"
    return float(_score(now, before).pvalue), "Poisson score test"


def _score(now: int, before: int):
    with np.errstate(divide="ignore"):  # of their ratio, which comes with it and is not used
        return test_poisson_2indep(now, 1, before, 1, method="score")


def _quasi_poisson(now: int, before: int, spread: Dispersion) -> _Test:
    p_value = 2 * student.sf(
        abs(_score(now, before).statistic) / spread.value**0.5, spread.degrees_of_freedom
    )
    allowance = f"monthly variation after season {spread.value:.1f} times what chance gives"
    return _Test(float(p_value), f"quasi-Poisson score test ({allowance})", spread.value)
