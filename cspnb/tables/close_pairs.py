"""Pairs of events by distance and days apart, beside chance."""

from cspnb import numerals
from cspnb.analysis.near_repeats import NearRepeats
from cspnb.exhibits import Exhibit, Grid
from cspnb.narrative import close_pairs as told
from cspnb.narrative.wording import caveats, sentence

_NUMERIC = ("Pairs", "Expected", "Pairs over expected")
_DATA = {
    "metres_from": "Metres from",
    "metres_to": "Metres to, left out",
    "days_from": "Days from",
    "days_to": "Days to, left out",
    "pairs": "Pairs",
    "expected": "Expected",
    "ratio": "Pairs over expected",
    "p_value": "p value",
    "q_value": "q value",
    "is_more": "More than chance",
}


def near_repeats(result: NearRepeats) -> Exhibit:
    """A row a band of distance and days, with the pairs in it and those that chance gives."""
    if result.reason:
        return told.near_repeats(result)
    rows = tuple(_row(row) for row in result.bands.to_dict("records"))
    columns = ("Apart", "Within", *_NUMERIC, "More than chance?")
    return Exhibit(
        kind="table",
        title=told.headline(result),
        subtitle=told.subtitle(result),
        body=Grid(columns, rows, frozenset(_NUMERIC)),
        alternative=f"Table of {len(rows)} bands: {told.headline(result)}.",
        data=result.bands[list(_DATA)].rename(columns=_DATA),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=told.notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=told.facts(result),
    )


def _row(row: dict) -> tuple[str, ...]:
    chance = "● yes" if row["is_more"] else "no"
    return (
        sentence(told.distance(row).removesuffix(" apart")).removesuffix("."),
        told.lapse(row),
        numerals.count(row["pairs"]),
        numerals.rate(row["expected"], 1),
        numerals.rate(row["ratio"], 2),
        f"{chance} (q{numerals.p_value(row['q_value'])[1:]})",
    )
