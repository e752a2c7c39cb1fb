"""Counts and rates per 1,000 of several measures."""

from cspnb import numerals
from cspnb.analysis.rates import Rates
from cspnb.exhibits import Exhibit, Grid
from cspnb.measures.volumes import DENOMINATORS
from cspnb.narrative import volumes
from cspnb.narrative.wording import clause

_COLUMNS = (
    "Measure",
    "Count",
    "Unit",
    "Rate per 1,000",
    "95% interval",
    "Per 1,000",
    "Why no rate",
)
_NUMERIC = frozenset({"Count", "Rate per 1,000"})
_DASH_MEANS = "A dash stands where a figure is not held or does not apply."


def rates(result: Rates) -> Exhibit:
    """A row a measure, in the order given: its count, its rate, and why it has none."""
    rows = tuple(_row(row, result) for row in result.table.to_dict("records"))
    named = {"label": "Measure", "count": "Count", "unit": "Unit", "complete": "Complete"}
    named |= {"rate": "Rate per 1,000", "rate_lower": "Lower limit", "rate_upper": "Upper limit"}
    named |= {"denominator": "Per 1,000", "population": "Number of them"}
    named |= {"population_label": "Definition", "reason": "Why no rate", "source": "Source"}
    return Exhibit(
        kind="table",
        title=volumes.headline(result),
        subtitle=volumes.subtitle(result),
        body=Grid(_COLUMNS, rows, _NUMERIC),
        alternative=f"Table of {numerals.counted(len(rows), 'measures')}: "
        f"{volumes.headline(result)}.",
        data=result.table[list(named)].rename(columns=named),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=(_DASH_MEANS, *volumes.populations(result), *volumes.notes(result)),
        caveats=volumes.cautions(result),
        facts=volumes.facts(result),
    )


def _row(row: dict, result: Rates) -> tuple[str, ...]:
    held = not numerals.is_missing(row["count"])
    mark = " (incomplete)" if held and not row["complete"] else ""
    known = (row["label"], f"{numerals.count(row['count'])}{mark}", row["unit"])
    per = row["denominator"] if row["denominator"] in DENOMINATORS else numerals.DASH
    if numerals.is_missing(row["rate"]):
        return *known, numerals.DASH, numerals.DASH, per, clause(row["reason"])
    rate, lower, upper = (
        numerals.rate(row[name], volumes.places(result))
        for name in ("rate", "rate_lower", "rate_upper")
    )
    return *known, rate, f"{lower} to {upper}", per, numerals.DASH
