"""How harmful? Recorded crime weighed by a harm index, beside its volume."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cspnb.analysis.harm_change import HarmChange, allowance
from cspnb.measures.definition import Measure
from cspnb.measures.harm import (
    HarmIndex,
    OffenceCounts,
    category_weights,
    weighted_rate,
    weights_of,
)
from cspnb.measures.proportions import FEW
from cspnb.periods import Period

MOST_UNWEIGHTED = 0.05
"""Of the offences of a year, the share that may be of codes without a weight."""

ONS_SCHEME = "ONS Crime Severity Score"

GROUPS = ["offence_group", "count", "share_of_count", "harm", "share_of_harm"]
CODES = ["offence_code", "offence", "offence_group", "count", "weight", "harm"]
YEARS = ["period", "label", "complete", "count", "unweighted", "harm", "population",
         "population_label", "score", "lower", "upper", "variance", "effective",
         "reason"]  # fmt: skip


@dataclass(frozen=True)
class Heaviest:
    """What the gravest offence of a year does to its score.

    `share`: of the year's harm; `one`: what one such offence adds to the score; `without`: the
    score without all `count` of them. `one` and `without` are None without a population.
    """

    offence_code: str
    offence: str
    count: int
    weight: float
    share: float
    one: float | None
    without: float | None


@dataclass(frozen=True)
class Harm:
    """Volume and harm of recorded crime in one area, this year and the years before.

    `groups` (GROUPS) has a row an offence group of the period, most harm first: shares are
    fractions of the offences with a weight, and of their harm. `codes` (CODES) has a row a code
    of the period; `weight` and `harm` are null where the index has none. `years` (YEARS) has a
    row a year: `harm` is the sum of counts times weights in the index's `unit`, `score` that over
    residents, with Dobson's 95% limits; `reason` says why a year has none. `change_pct` is the
    score's on the year before, `count_change_pct` that of the volume; `verdict` is one of those of
    a change, or of `harm_change` where `dispersion` is None: nobody knows how much more than
    chance months vary. `not_compared` says why there is no change. `approximation` is a
    sentence where categories stand for codes, else ''. `reason` says why nothing can be judged.
    """

    measure: Measure
    area: str
    period: Period
    scheme: str
    edition: str
    unit: str
    code_system: str
    groups: pd.DataFrame
    codes: pd.DataFrame
    years: pd.DataFrame
    heaviest: Heaviest | None
    verdict: str
    method: str
    source: str
    coverage: str
    change_pct: float | None = None
    count_change_pct: float | None = None
    p_value: float | None = None
    dispersion: float | None = None
    not_compared: str = ""
    approximation: str = ""
    caveats: tuple[str, ...] = ()
    reason: str = ""


def harm(counts: OffenceCounts, index: HarmIndex, *, alpha: float = 0.05) -> Harm:
    """Recorded crime weighed by an index, its score a year, and each group's share of both.

    The score is the sum of counts times weights over residents: the ONS's Crime Severity Score
    where the weights are the ONS's. A year in which more than 5% of the offences are of codes
    without a weight has no score. The change of the score is tested by its difference against
    the variance of two weighted sums of counts, times how much more than chance months vary.
    `docs/methods/harm.md` has worked rules.
    """
    weighed = _weighed(counts, index)
    missing = counts.missing or index.missing
    periods = list(counts.years.itertuples(index=False))
    years = [_year(row, weighed[weighed["period"] == row.period], missing) for row in periods]
    if counts.composition is not None:
        years = [year | {"lower": np.nan, "upper": np.nan} for year in years]
    now = weighed[weighed["period"] == str(counts.period)]
    reason = missing or _reason_of(years, counts.period)
    table = pd.DataFrame(years, columns=YEARS)
    change = HarmChange.between(years, counts, alpha, reason)
    return Harm(
        measure=counts.measure,
        area=counts.area,
        period=counts.period,
        scheme=index.scheme,
        edition=index.edition,
        unit=index.unit,
        code_system=counts.code_system,
        groups=_groups(now if not reason else now.iloc[:0]),
        codes=now[CODES].sort_values("harm", ascending=False).reset_index(drop=True),
        years=table,
        heaviest=None if reason or counts.composition is not None else _heaviest(now, years[-1]),
        verdict=change.verdict,
        method=_method(counts, index, alpha),
        source="; ".join(filter(None, [counts.source, index.source])),
        coverage="" if missing else _coverage(table),
        change_pct=change.score_pct,
        count_change_pct=change.count_pct,
        p_value=change.p_value,
        dispersion=None if counts.dispersion is None else counts.dispersion.value,
        not_compared=change.reason,
        approximation=_approximation(counts),
        caveats=counts.caveats,
        reason=reason,
    )


def _weighed(counts: OffenceCounts, index: HarmIndex) -> pd.DataFrame:
    """The counts with `weight` and `harm`, null where the index has no weight."""
    table = counts.table
    if counts.composition is None:
        weight = weights_of(table["offence_code"], index)
    else:
        found = category_weights(counts.composition, index)
        sound = found["weight"].where(found["unweighted"] <= MOST_UNWEIGHTED)
        weight = table["offence_code"].map(sound).astype("float64")
    return table.assign(weight=weight, harm=table["count"] * weight)


def _year(row, rows: pd.DataFrame, missing: str) -> dict:
    known = rows[rows["weight"].notna()]
    total, weighted = int(rows["count"].sum()), int(known["count"].sum())
    year = {"period": row.period, "label": row.label, "complete": bool(row.complete)}
    year |= {"count": total, "unweighted": total - weighted, "harm": float(known["harm"].sum())}
    year |= {"population": row.population, "population_label": row.population_label}
    reason = missing or row.reason or _why_not_weighed(year)
    year |= {"score": np.nan, "lower": np.nan, "upper": np.nan, "variance": np.nan}
    year |= {"effective": _effective(known), "reason": reason}
    if not reason and row.population and not pd.isna(row.population):
        found = weighted_rate(known["count"], known["weight"], row.population)
        limits = {"lower": found.lower, "upper": found.upper, "variance": found.variance}
        year |= {"score": found.value, **limits}
    return year


def _why_not_weighed(year: dict) -> str:
    total, without = year["count"], year["unweighted"]
    if total < FEW:
        return f"{total} offences of {year['label']} are too few to share out"
    if without / total > MOST_UNWEIGHTED:
        return (
            f"{without:,} of {total:,} offences of {year['label']} are of codes without a weight, "
            f"more than {100 * MOST_UNWEIGHTED:.0f}%"
        )
    if year["harm"] <= 0:
        return f"the offences of {year['label']} weigh nothing"
    return ""


def _effective(known: pd.DataFrame) -> float:
    """How many equal offences would make the weighted sum as uncertain as it is."""
    spread = float((known["count"].abs() * known["weight"] ** 2).sum())
    return float(known["harm"].sum()) ** 2 / spread if spread > 0 else 0.0


def _reason_of(years: list[dict], period: Period) -> str:
    if not years:
        return f"no offences of {period.label} are held by code"
    return years[-1]["reason"]


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["weight"].notna()]
    sums = known.groupby("offence_group", as_index=False)[["count", "harm"]].sum()
    for column in ("count", "harm"):
        sums[f"share_of_{column}"] = sums[column] / sums[column].sum()
    order = ["share_of_harm", "offence_group"]
    return sums.sort_values(order, ascending=[False, True]).reset_index(drop=True)[GROUPS]


def _heaviest(rows: pd.DataFrame, year: dict) -> Heaviest:
    there = rows[rows["weight"].notna() & (rows["count"] > 0)]
    order = ["weight", "offence_code"]
    row = there.sort_values(order, ascending=[False, True]).iloc[0]
    people = None if pd.isna(year["score"]) else year["population"]
    rest = year["harm"] - row["harm"]
    return Heaviest(
        offence_code=str(row["offence_code"]),
        offence=str(row["offence"]),
        count=int(row["count"]),
        weight=float(row["weight"]),
        share=float(row["harm"]) / year["harm"],
        one=None if people is None else float(row["weight"]) / people,
        without=None if people is None else float(rest / people),
    )


def _approximation(counts: OffenceCounts) -> str:
    if counts.composition is None:
        return ""
    return (
        "Approximate: no offences of the area are held by code. Each category of data.police.uk "
        f"weighs what an offence in it weighed on average in {counts.composed_of}"
    )


def _coverage(years: pd.DataFrame) -> str:
    told = []
    whole = list(years.loc[years["complete"].astype(bool), "label"])
    if whole:
        told.append(f"Complete: {', '.join(whole)}.")
    for year in years[~years["complete"].astype(bool)].to_dict("records"):
        told.append(f"{year['reason'][:1].upper()}{year['reason'][1:]}.")
    return " ".join(told)


def _method(counts: OffenceCounts, index: HarmIndex, alpha: float) -> str:
    score = "the ONS's Crime Severity Score" if index.scheme == ONS_SCHEME else "the score"
    named = f"{index.scheme}, edition “{index.edition}”"
    if counts.composition is not None:
        return (
            f"Each offence counts the average weight, in {named}, of what was recorded in its "
            f"category in {counts.composed_of}; the sum over residents approximates {score}. No "
            "interval and no change is given: the mix within each category is not known."
        )
    return (
        f"Each offence counts what its code weighs in {named}; the sum over residents is {score}. "
        "Intervals are 95% (Dobson and others 1991), and allow for chance only, not for months "
        "that vary more than that. The change is tested by the difference of two weighted sums of "
        f"counts, two-sided, at the {100 * alpha:g}% level ({allowance(counts.dispersion)})."
    )
