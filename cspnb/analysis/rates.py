"""How many, per whom? The measures of one area in a period, per 1,000 residents or households."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cspnb.measures.counts import shortfall
from cspnb.measures.definition import Measure
from cspnb.measures.rates import BYAR_FROM, EXACT, rate_per_1000
from cspnb.measures.totals import named_once
from cspnb.measures.volumes import DENOMINATORS, Volume
from cspnb.periods import Period

_NO_RATES = "no measure has both a whole count and a population"
_METHOD = (
    "Records of the whole period per 1,000 residents, or per 1,000 households where the measure "
    "says so and they are counted; a rate of part of a year is not made up to a year's. The "
    "intervals are 95% "
)
_EXACT = "exact Poisson intervals (Garwood 1936)."
_BYAR = (
    "Poisson intervals, by Byar's approximation (Breslow and Day 1987) for counts of "
    f"{BYAR_FROM} or more and exact (Garwood 1936) below."
)


@dataclass(frozen=True)
class Rates:
    """Counts and rates per 1,000 of several measures in one area over a period.

    `table` has one row a measure, in the order given: `key`, `label`, `unit` (text), `count`
    (Int64, null where nothing is held), `complete` (bool), `denominator` (residents, households
    or none), `population` (float), `population_label` (text: definition and year), `rate`,
    `rate_lower`, `rate_upper` (per 1,000; null where there is none), `reason` (text: why there is
    no rate, else empty), `source` (text: of the count). A rate's `denominator` is residents where
    its measure's is households and none are counted.
    """

    measures: tuple[Measure, ...]
    area: str
    period: Period
    table: pd.DataFrame
    method: str
    caveats: tuple[str, ...] = ()

    @cached_property
    def rated(self) -> pd.DataFrame:
        """The rows that have a rate."""
        return self.table[self.table["rate"].notna()]

    @property
    def stood_in(self) -> dict[str, list[str]]:
        """The labels of measures whose own denominator is not held, by what that is."""
        own = {measure.key: measure.denominator for measure in self.measures}
        found: dict[str, list[str]] = {}
        for row in self.rated.to_dict("records"):
            if row["denominator"] != own[row["key"]]:
                found.setdefault(own[row["key"]], []).append(row["label"])
        return found

    @cached_property
    def panels(self) -> tuple[tuple[str, pd.DataFrame], ...]:
        """The rows with a rate by what they are per, residents first; each highest first."""
        ordered = self.rated.sort_values("rate", ascending=False, kind="stable")
        parts = ((per, ordered[ordered["denominator"] == per]) for per in DENOMINATORS)
        return tuple((per, rows) for per, rows in parts if len(rows))

    @property
    def source(self) -> str:
        """Who gave the counts and the populations, for readers."""
        labels = self.rated["population_label"]
        return named_once([*self.table["source"], *labels])

    @property
    def coverage(self) -> str:
        """How many of the measures have a rate, and why the others have none."""
        number, rated = len(self.table), len(self.rated)
        lacking = self.table[self.table["rate"].isna()]
        if lacking.empty:
            return (
                f"All {number} measures have a rate." if number > 1 else "The measure has a rate."
            )
        if number == 1:
            return f"The measure has no rate ({lacking['reason'].iloc[0]})."
        has = "has" if rated == 1 else "have"
        without = "; ".join(
            f"{', '.join(labels)} ({reason})"
            for reason, labels in lacking.groupby("reason", sort=False)["label"]
        )
        return f"{rated or 'None'} of {number} measures {has} a rate; none for {without}."

    @property
    def reason(self) -> str:
        """Why there is no rate at all; '' where there is one."""
        if len(self.rated):
            return ""
        return "; ".join(dict.fromkeys(self.table["reason"])) or _NO_RATES


def rates(volumes: Iterable[Volume], *, method: str = EXACT) -> Rates:
    """Each measure's count in the period and its rate per 1,000, with the range of chance.

    A measure whose period is not whole, or whose residents or households are not known, keeps
    its row with the reason, and has no rate. method: 'exact', or 'byar', which serves counts of
    ten or more. Raises ValueError where no measure is given. docs/methods/rates.md has the rule.
    """
    volumes = tuple(volumes)
    if not volumes:
        raise ValueError("rates of no measure were asked for: give at least one")
    rows = pd.DataFrame([_row(volume) for volume in volumes]).astype(
        {"count": "Int64", "population": "float64", "complete": bool}
    )
    whole = rows["count"].where(rows["reason"] == "")
    found = rate_per_1000(whole, rows["population"], method=method)
    limits = found[["rate", "rate_lower", "rate_upper"]]
    table = rows.join(limits, how="left", validate="one_to_one")
    return Rates(
        measures=tuple(volume.measure for volume in volumes),
        area=volumes[0].area,
        period=volumes[0].period,
        table=table,
        method=_METHOD + (_EXACT if method == EXACT else _BYAR),
        caveats=tuple(note for volume in volumes for note in volume.counts.caveats),
    )


def _row(volume: Volume) -> dict:
    whole = volume.total
    return {
        "key": volume.measure.key,
        "label": volume.measure.label,
        "unit": volume.measure.unit,
        "count": whole.count,
        "complete": whole.complete,
        "denominator": volume.denominator,
        "population": volume.population,
        "population_label": volume.population_label,
        "reason": _why_not(volume),
        "source": "; ".join(whole.sources),
    }


def _why_not(volume: Volume) -> str:
    if volume.counts.missing:
        return volume.counts.missing.rstrip(".")
    if reason := shortfall(volume.total):
        return reason
    if volume.population is None:
        return volume.lack or f"no {volume.measure.denominator} are held"
    if volume.total.count < 0:
        return "the total is below zero, as more offences were cancelled than recorded"
    return "" if volume.population > 0 else "nobody lives there"
