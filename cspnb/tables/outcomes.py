"""How crimes ended, as a table: numbers, shares with their intervals, and what chance explains."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.outcomes import OutcomeMix
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import endings as told
from cspnb.periods import Period

_DASH_MEANS = "A dash stands where a figure does not apply."
_CHANCE = {True: "yes: clear {way}", False: "no: could easily be chance"}


def outcomes(result: OutcomeMix) -> Exhibit:
    """A row a group of outcomes, then the crimes that have none."""
    if told.is_missing(result):
        return told.outcomes(result)
    years = [row for row in result.years.to_dict("records") if not row["reason"]]
    columns = _columns(result, years)
    rows = (*_groups(result, years), *_others(result, years, len(columns)))
    numeric = frozenset(columns[1:]) - {"Distinguishable from chance?"}
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(columns, rows, numeric),
        alternative=f"Table of {len(rows)} rows: {told.headline(result)}.",
        data=_data(result, years),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_DASH_MEANS, *told.notes(result)),
        caveats=told.cautions(result),
        facts=told.facts(result),
    )


def _columns(result: OutcomeMix, years: list[dict]) -> tuple[str, ...]:
    of_years = [
        name
        for year in years
        for name in (f"{year['label']} number", f"{year['label']} share (95% interval)")
    ]
    compared = () if result.not_compared else ("Points", "Distinguishable from chance?")
    return ("Outcome", *of_years, *compared)


def _groups(result: OutcomeMix, years: list[dict]) -> list[tuple[str, ...]]:
    by_year = [told.of_year(result, Period.parse(y["period"])).set_index("group") for y in years]
    changes = result.changes.set_index("group").to_dict("index")
    rows = []
    for group in by_year[-1].index:
        cells = [cell for year in by_year for cell in _share(year.loc[group])]
        rows.append((group, *cells, *_change(changes.get(group))))
    return rows


def _share(row: pd.Series) -> tuple[str, str]:
    share, low, high = (
        told.percentage(row[name], base=row["known"]) for name in ("share", "lower", "upper")
    )
    return numerals.count(row["count"]), f"{share} ({low} to {high})"


def _change(change: dict | None) -> tuple[str, ...]:
    if change is None:
        return ()
    points = numerals.percent_change(100 * change["difference"]).removesuffix("%")
    way = "rise" if change["difference"] > 0 else "fall"
    return points, _CHANCE[bool(change["is_clear"])].format(way=way)


def _others(result: OutcomeMix, years: list[dict], wide: int) -> list[tuple[str, ...]]:
    """The outcomes known, and the crimes without one: numbers alone."""
    named = {
        "All outcomes known": "known",
        "None yet: under investigation": "investigating",
        "None published: status unavailable": "unavailable",
        f"All {result.measure.unit}": "crimes",
    }
    rows = []
    for label, column in named.items():
        cells = [cell for year in years for cell in (numerals.count(year[column]), numerals.DASH)]
        rows.append((label, *cells, *[numerals.DASH] * (wide - 1 - len(cells))))
    return rows


def _data(result: OutcomeMix, years: list[dict]) -> pd.DataFrame:
    shares = result.shares[result.shares["period"].isin([year["period"] for year in years])]
    changes = result.changes.assign(period=str(result.period))
    both = shares.merge(
        changes,
        on=["period", "group"],
        how="left",
        validate="one_to_one",
        suffixes=("", "_of_difference"),
    )
    counts = result.years.set_index("period")[["crimes", "investigating", "unavailable"]]
    both = both.join(counts, on="period", how="left", validate="many_to_one")
    return pd.DataFrame(
        {
            "Period": both["label"],
            "Outcome": both["group"],
            "Number": both["count"],
            "Outcomes known": both["known"],
            "Share (%)": 100 * both["share"],
            "Lower limit (%)": 100 * both["lower"],
            "Upper limit (%)": 100 * both["upper"],
            "Points on the year before": 100 * both["difference"].astype("float64"),
            "Lower limit (points)": 100 * both["lower_of_difference"].astype("float64"),
            "Upper limit (points)": 100 * both["upper_of_difference"].astype("float64"),
            "More than chance": both["is_clear"].map({True: "yes", False: "no"}),
            f"All {result.measure.unit}": both["crimes"],
            "Under investigation": both["investigating"],
            "Status unavailable": both["unavailable"],
        }
    )
